//! Pairs of bursts that share more accounts than chance and community explain.

use super::LockstepSettings;
use super::burst_cells::BurstCells;
use super::community::Community;
use super::expected_overlap::ExpectedOverlap;
use super::owner_audiences::OwnerAudiences;
use crate::graph::BipartiteGraph;
use crate::statistics::ln_poisson_tail;
use rayon::prelude::*;
use std::ops::Range;

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
/// O(Σ_u b_u²) for accounts in b_u bursts, b_u at most `max_bursts_per_account`; 4 bytes a burst and thread. For the pairs that chance does not
/// explain, that of [`Community`].
pub(super) fn shared_pairs(
    graph: &BipartiteGraph,
    owners: &[u32],
    bursts: &BurstCells,
    settings: &LockstepSettings,
) -> SharedPairs {
    let n_cells = bursts.cells.len();
    let tested = n_cells as f64 * (n_cells as f64 - 1.0) / 2.0;
    // No more pairs can be called than there are with two accounts or more, so none above this line will be.
    let line = (settings.false_discovery_rate * (bursts.most_pairs() / tested).min(1.0)).ln();
    let null = ExpectedOverlap::of(graph, settings.slices);
    let audiences = OwnerAudiences::of(graph, owners);
    let search = Search { bursts, null: &null, audiences: &audiences, lift: settings.organic_lift, line };
    let columns: Vec<Range<u32>> = bursts.by_column().collect();
    let mut pairs: Vec<SharedPair> = columns
        .into_par_iter()
        .map_init(
            || Overlaps { counts: vec![0; n_cells], touched: Vec::new() },
            |overlaps, cells| search.pairs_of_column(cells, overlaps),
        )
        .flatten_iter()
        .collect();
    pairs.sort_by(|a, b| a.ln_p.total_cmp(&b.ln_p).then(a.cells.cmp(&b.cells)));
    let called = |rank: usize| settings.false_discovery_rate.ln() + ((rank + 1) as f64).ln() - tested.ln();
    let kept = (0..pairs.len()).rev().find(|&rank| pairs[rank].ln_p <= called(rank)).map_or(0, |rank| rank + 1);
    pairs.truncate(kept);
    SharedPairs { pairs, tested }
}

/// Accounts shared with each burst, and the bursts for which that is not zero.
struct Overlaps {
    counts: Vec<u32>,
    touched: Vec<u32>,
}

struct Search<'a> {
    bursts: &'a BurstCells,
    null: &'a ExpectedOverlap,
    audiences: &'a OwnerAudiences<'a>,
    lift: f64,
    line: f64,
}

impl Search<'_> {
    /// Pairs of a burst on one column and a later one on another owner's.
    fn pairs_of_column(&self, cells: Range<u32>, overlaps: &mut Overlaps) -> Vec<SharedPair> {
        let column = self.bursts.cells[cells.start as usize].column;
        let mut community = Community::of(self.audiences, self.bursts, column);
        let mut pairs = Vec::new();
        for first in cells {
            self.count(first, overlaps);
            for second in overlaps.touched.drain(..) {
                let shared = std::mem::take(&mut overlaps.counts[second as usize]);
                pairs.extend(self.pair(first, second, u64::from(shared), &mut community));
            }
        }
        pairs
    }

    /// The pair, if neither chance nor community explains what it shares.
    fn pair(&self, first: u32, second: u32, shared: u64, community: &mut Community<'_>) -> Option<SharedPair> {
        let cell = |number: u32| &self.bursts.cells[number as usize];
        let by_chance = (shared >= 2).then(|| self.null.by_chance(cell(first), cell(second)))?;
        if ln_poisson_tail(shared, by_chance) > self.line {
            return None;
        }
        let by_community = self.lift * community.expected(first, second, shared as f64);
        let ln_p = ln_poisson_tail(shared, by_chance.max(by_community));
        (ln_p <= self.line).then_some(SharedPair { cells: (first, second), ln_p })
    }

    /// Adds up, for every later burst with another owner, the accounts that it shares with the first.
    fn count(&self, first: u32, overlaps: &mut Overlaps) {
        let owner = |cell: u32| self.audiences.owner_of(self.bursts.cells[cell as usize].column);
        let owner_of_first = owner(first);
        for arrival in &self.bursts.cells[first as usize].arrivals {
            let others = self.bursts.of_row(arrival.row);
            // The account's list may leave this burst out: then nothing of the account counts for it.
            let Ok(place) = others.binary_search(&first) else { continue };
            for &second in &others[place + 1..] {
                if owner(second) != owner_of_first {
                    if overlaps.counts[second as usize] == 0 {
                        overlaps.touched.push(second);
                    }
                    overlaps.counts[second as usize] += 1;
                }
            }
        }
    }
}
