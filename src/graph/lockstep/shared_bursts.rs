//! Pairs of bursts that share more accounts than chance and community explain.

use super::LockstepSettings;
use super::burst_cells::BurstCells;
use super::expected_overlap::ExpectedOverlap;
use crate::graph::BipartiteGraph;
use crate::statistics::ln_poisson_tail;
use rayon::prelude::*;

/// Two bursts on columns of different owners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SharedPair {
    pub cells: (u32, u32),
    /// Natural logarithm of the probability of as large an overlap under the null.
    pub ln_p: f64,
}

/// Pairs that remain after control of the false-discovery rate over *all* pairs of bursts, and how many pairs that is.
#[derive(Debug)]
pub(super) struct SharedPairs {
    /// Least likely first.
    pub pairs: Vec<SharedPair>,
    pub tested: f64,
}

/// Counts the accounts that bursts share, through each account's list of bursts: pairs of bursts without a common account are never
/// visited, pairs of accounts never formed.
///
/// # Cost
/// O(Σ_u b_u²) for accounts in b_u bursts, b_u at most `max_bursts_per_account`; 4 bytes a burst and thread.
pub(super) fn shared_pairs(
    graph: &BipartiteGraph,
    owners: &[u32],
    bursts: &BurstCells,
    settings: &LockstepSettings,
) -> SharedPairs {
    let null = ExpectedOverlap::of(graph, settings.slices);
    let n_cells = bursts.cells.len();
    let tested = n_cells as f64 * (n_cells as f64 - 1.0) / 2.0;
    // No more pairs can be called than there are with two accounts or more, so none above this line will be.
    let line = (settings.false_discovery_rate * (bursts.most_pairs() / tested).min(1.0)).ln();
    let mut pairs: Vec<SharedPair> = (0..n_cells as u32)
        .into_par_iter()
        .map_init(
            || (vec![0_u32; n_cells], Vec::new()),
            |(counts, touched), first| {
                count_overlaps(owners, bursts, first, (counts, touched));
                let found = touched.iter().filter_map(|&second| {
                    let (a, b, shared) =
                        (&bursts.cells[first as usize], &bursts.cells[second as usize], u64::from(counts[second as usize]));
                    if shared < 2 || ln_poisson_tail(shared, null.by_chance(a, b)) > line {
                        return None;
                    }
                    let ln_p = ln_poisson_tail(shared, null.with_community(graph, a, b));
                    (ln_p <= line).then_some(SharedPair { cells: (first, second), ln_p })
                });
                let found: Vec<SharedPair> = found.collect();
                touched.drain(..).for_each(|cell: u32| counts[cell as usize] = 0);
                found
            },
        )
        .flatten_iter()
        .collect();
    pairs.sort_by(|a, b| a.ln_p.total_cmp(&b.ln_p).then(a.cells.cmp(&b.cells)));
    let called = |rank: usize| settings.false_discovery_rate.ln() + ((rank + 1) as f64).ln() - tested.ln();
    let kept = (0..pairs.len()).rev().find(|&rank| pairs[rank].ln_p <= called(rank)).map_or(0, |rank| rank + 1);
    pairs.truncate(kept);
    SharedPairs { pairs, tested }
}

/// Adds up, for every later burst with another owner, the accounts that it shares with the first.
fn count_overlaps(owners: &[u32], bursts: &BurstCells, first: u32, (counts, touched): (&mut [u32], &mut Vec<u32>)) {
    let owner = |cell: u32| owners[bursts.cells[cell as usize].column as usize];
    for arrival in &bursts.cells[first as usize].arrivals {
        let others = bursts.of_row(arrival.row);
        // The account's list may leave this burst out: then nothing of the account counts for it.
        let Ok(place) = others.binary_search(&first) else { continue };
        for &second in &others[place + 1..] {
            if owner(second) != owner(first) {
                if counts[second as usize] == 0 {
                    touched.push(second);
                }
                counts[second as usize] += 1;
            }
        }
    }
}
