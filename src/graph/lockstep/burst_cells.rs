//! The bursts of all columns, with who arrived in each, and each account's bursts.

use super::LockstepSettings;
use super::bursts::find_bursts;
use crate::graph::BipartiteGraph;
use rayon::prelude::*;
use std::ops::Range;

/// An arrival in a burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrival {
    pub row: u32,
    /// Seconds as in [`EdgeTime`](crate::graph::EdgeTime).
    pub at_s: u32,
}

/// One burst of one column.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub column: u32,
    /// The instant in the middle of the burst, in seconds.
    pub middle_s: u32,
    pub ln_p: f64,
    /// By row, ascending.
    pub arrivals: Vec<Arrival>,
}

/// All bursts, and the bursts of each account.
#[derive(Debug)]
pub(super) struct BurstCells {
    /// By column, ascending.
    pub cells: Vec<Cell>,
    offsets: Vec<usize>,
    of_rows: Vec<u32>,
}

impl BurstCells {
    /// Looks for bursts in all columns, on all threads.
    pub fn find(graph: &BipartiteGraph, settings: &LockstepSettings) -> Self {
        let cells: Vec<Cell> =
            (0..graph.n_columns() as u32).into_par_iter().flat_map_iter(|column| cells_of(graph, column, settings)).collect();
        Self::index(cells, graph.n_rows(), settings.max_bursts_per_account)
    }

    /// The numbers of the bursts of each column that has any.
    pub fn by_column(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        self.cells.chunk_by(|a, b| a.column == b.column).scan(0, |next, cells| {
            let first = std::mem::replace(next, *next + cells.len() as u32);
            Some(first..*next)
        })
    }

    /// The bursts that an account arrived in, ascending; the least likely ones where it is in too many.
    pub fn of_row(&self, row: u32) -> &[u32] {
        &self.of_rows[self.offsets[row as usize]..self.offsets[row as usize + 1]]
    }

    /// No more pairs of bursts than this share two accounts or more: each takes two of the pairs that accounts make.
    pub fn most_pairs(&self) -> f64 {
        let of_account = |ends: &[usize]| (ends[1] - ends[0]) as f64;
        self.offsets.windows(2).map(of_account).map(|bursts| bursts * (bursts - 1.0) / 4.0).sum()
    }

    fn index(cells: Vec<Cell>, n_rows: usize, most: usize) -> Self {
        let mut offsets = vec![0_usize; n_rows + 1];
        for arrival in cells.iter().flat_map(|cell| &cell.arrivals) {
            offsets[arrival.row as usize + 1] += 1;
        }
        for row in 0..n_rows {
            offsets[row + 1] += offsets[row];
        }
        let mut next = offsets.clone();
        let mut of_rows = vec![0_u32; offsets[n_rows]];
        for (number, cell) in cells.iter().enumerate() {
            for arrival in &cell.arrivals {
                let place = &mut next[arrival.row as usize];
                of_rows[*place] = number as u32;
                *place += 1;
            }
        }
        let mut kept = Self { cells, offsets: vec![0; n_rows + 1], of_rows: Vec::with_capacity(of_rows.len()) };
        for row in 0..n_rows {
            let bursts = &mut of_rows[offsets[row]..offsets[row + 1]];
            if bursts.len() > most {
                bursts.sort_by(|&a, &b| kept.cells[a as usize].ln_p.total_cmp(&kept.cells[b as usize].ln_p).then(a.cmp(&b)));
                bursts[..most].sort_unstable();
            }
            kept.of_rows.extend_from_slice(&bursts[..bursts.len().min(most)]);
            kept.offsets[row + 1] = kept.of_rows.len();
        }
        kept
    }
}

fn cells_of(graph: &BipartiteGraph, column: u32, settings: &LockstepSettings) -> Vec<Cell> {
    let Some(times) = graph.times_of(column) else { return Vec::new() };
    if times.len() < settings.min_burst {
        return Vec::new();
    }
    let mut arrivals: Vec<(u32, u32)> =
        graph.rows_of(column).iter().zip(times).filter_map(|(&row, time)| Some((time.seconds()?, row))).collect();
    arrivals.sort_unstable();
    let times: Vec<u32> = arrivals.iter().map(|arrival| arrival.0).collect();
    let cell = |burst: super::Burst| {
        let within = &arrivals[burst.arrivals];
        let (first, last) = (within[0].0, within[within.len() - 1].0);
        let mut members: Vec<Arrival> = within.iter().map(|&(at_s, row)| Arrival { row, at_s }).collect();
        members.sort_unstable();
        Cell { column, middle_s: first + (last - first) / 2, ln_p: burst.ln_p, arrivals: members }
    };
    find_bursts(&times, settings).into_iter().map(cell).collect()
}
