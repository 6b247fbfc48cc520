//! How many accounts two bursts would share if it were chance who arrives where.

use super::burst_cells::Cell;
use crate::graph::BipartiteGraph;

/// Rows whose activity is counted; where there are more, an even choice of them.
const ROWS_COUNTED: usize = 1 << 20;

/// The null: accounts keep how much they act in each slice of time, creators keep their arrivals, and who arrives where is
/// chance.
///
/// With a_uw the actions of account u in slice w and A_w their sum, the expected overlap of a burst of s arrivals in w and one of s' in w' is
/// λ = s s' Σ_u a_uw a_uw' / (A_w A_w').
///
/// # Source
/// The configuration model of Chung and Lu (*Connected components in random graphs with given expected degree sequences*, 2002), kept apart by
/// time, so that young accounts, which can only act late, do not look arranged.
#[derive(Debug)]
pub(super) struct ExpectedOverlap {
    /// First second of every slice but the first, ascending.
    bounds_s: Vec<u32>,
    /// λ for two bursts of one arrival, by slice and slice.
    rates: Vec<f64>,
}

impl ExpectedOverlap {
    /// Counts the activity of all accounts, or of an even choice of 2^20.
    ///
    /// # Cost
    /// O(E), and 4 bytes a slice for each account counted.
    pub fn of(graph: &BipartiteGraph, n_slices: usize) -> Self {
        let bounds_s = bounds(graph, n_slices);
        let n_slices = bounds_s.len() + 1;
        let every = graph.n_rows().div_ceil(ROWS_COUNTED).max(1);
        let mut activity = vec![0_u32; graph.n_rows().div_ceil(every) * n_slices];
        for column in 0..graph.n_columns() as u32 {
            let Some(times) = graph.times_of(column) else { continue };
            for (&row, time) in graph.rows_of(column).iter().zip(times) {
                if let (0, Some(at_s)) = (row as usize % every, time.seconds()) {
                    activity[row as usize / every * n_slices + slice(&bounds_s, at_s)] += 1;
                }
            }
        }
        Self { rates: rates(&activity, n_slices, every), bounds_s }
    }

    /// λ of two bursts, from the activity of all accounts.
    pub fn by_chance(&self, a: &Cell, b: &Cell) -> f64 {
        let n_slices = self.bounds_s.len() + 1;
        let rate = self.rates[slice(&self.bounds_s, a.middle_s) * n_slices + slice(&self.bounds_s, b.middle_s)];
        a.arrivals.len() as f64 * b.arrivals.len() as f64 * rate
    }
}

fn slice(bounds_s: &[u32], at_s: u32) -> usize {
    bounds_s.partition_point(|&bound| bound <= at_s)
}

/// Instants that cut the edges with a time into parts of about equal numbers, from an even choice of 2^20 of them.
fn bounds(graph: &BipartiteGraph, n_slices: usize) -> Vec<u32> {
    let every = graph.n_edges().div_ceil(ROWS_COUNTED).max(1);
    let columns = 0..graph.n_columns() as u32;
    let times = columns.filter_map(|column| graph.times_of(column)).flatten();
    let mut chosen: Vec<u32> = times.step_by(every).filter_map(|time| time.seconds()).collect();
    chosen.sort_unstable();
    let mut bounds: Vec<u32> = (1..n_slices).filter_map(|part| chosen.get(part * chosen.len() / n_slices).copied()).collect();
    bounds.dedup();
    bounds
}

/// Σ_u a_uw a_uw' / (A_w A_w'), pairs of different actions only; a rate is never zero, since what was not seen is not impossible.
fn rates(activity: &[u32], n_slices: usize, every: usize) -> Vec<f64> {
    let (mut totals, mut products) = (vec![0.0_f64; n_slices], vec![0.0_f64; n_slices * n_slices]);
    for account in activity.chunks_exact(n_slices) {
        for (slice, &actions) in account.iter().enumerate().filter(|(_, actions)| **actions > 0) {
            totals[slice] += f64::from(actions);
            for (other, &others) in account.iter().enumerate() {
                let pairs = f64::from(others) - f64::from(u8::from(slice == other));
                products[slice * n_slices + other] += f64::from(actions) * pairs;
            }
        }
    }
    let pairs = |at: usize| (totals[at / n_slices] * totals[at % n_slices]).max(1.0);
    (0..products.len()).map(|at| (products[at] + 1.0) / (pairs(at) * every as f64)).collect()
}
