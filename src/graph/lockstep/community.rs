//! How many accounts two bursts would share if those who act on both owners came to the one independently of when they came to the other.

use super::burst_cells::{BurstCells, Cell};
use super::owner_audiences::OwnerAudiences;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// Accounts added to those who act on both owners, as if they had come to each like its audience as a whole: where hardly anybody else acts on
/// both, nothing is learned from nobody. Less than one, because a delivery may be most of a small creator's audience, which would then explain
/// itself; with .1 in place of 1 thin deliveries to small creators are found in higgs_twitter (300 × 40 at .15: .46 to .56 of the edges at precision .88, in place of none) and .2 %
/// of its creators are called in place of .1 %; dense worlds without orders stay without a group (`evaluate coordination`).
const PRIOR: f64 = 0.1;

/// Two owners' common audience.
#[derive(Debug, Clone, Copy)]
struct Both {
    accounts: f64,
    /// Σ_u x_u y_u for x_u actions on the one and y_u on the other.
    products: f64,
}

/// Of a burst's accounts, those who also act on another owner, and their actions there.
#[derive(Debug, Clone, Copy)]
struct Part {
    accounts: f64,
    actions: f64,
}

/// Overlaps expected within the common audience of one column's owner and others.
///
/// Of the J accounts that act on both owners let a come in the one burst, b in the other, s in both. By those who came in one of them only, the
/// two times being independent, (a − s)(b − s)/(J − a − b + s) would come in both: a community that follows both anyhow, at whatever times, is allowed for
/// in full, and a delivery cannot explain itself, for its accounts come in both or in none. Where an owner has several columns (posts), fans who act
/// on many of them meet more often: no less than Σ_u (x_u − 1_a)(y_u − 1_b) · A/X · B/Y is expected, with x_u actions of u on the one
/// owner of X in all, y_u on the other of Y, and bursts of A and B arrivals.
///
/// # Cost
/// O(d) for the smaller owner's audience once for each pair of owners, O(A log Y) for a burst of A arrivals once for each owner of Y.
///
/// # Source
/// Quasi-independence in incomplete tables: Goodman, *The analysis of cross-classified data: independence, quasi-independence, and interactions in
/// contingency tables with or without missing entries*, JASA 1968.
#[derive(Debug)]
pub(super) struct Community<'a> {
    audiences: &'a OwnerAudiences<'a>,
    bursts: &'a BurstCells,
    owner: u32,
    both: HashMap<u32, Both, FixedState>,
    here: HashMap<(u32, u32), Part, FixedState>,
    there: HashMap<u32, Part, FixedState>,
}

impl<'a> Community<'a> {
    /// For pairs of a burst on this column and one elsewhere.
    pub fn of(audiences: &'a OwnerAudiences<'a>, bursts: &'a BurstCells, column: u32) -> Self {
        let owner = audiences.owner_of(column);
        let (both, here, there) = (HashMap::default(), HashMap::default(), HashMap::default());
        Self { audiences, bursts, owner, both, here, there }
    }

    /// Expected number of accounts that a burst here and one elsewhere share, given that they do share `shared`.
    pub fn expected(&mut self, first: u32, second: u32, shared: f64) -> f64 {
        let (a, b) = (&self.bursts.cells[first as usize], &self.bursts.cells[second as usize]);
        let other = self.audiences.owner_of(b.column);
        let both = *self.both.entry(other).or_insert_with(|| in_both(self.audiences, self.owner, other));
        let here = *self.here.entry((first, other)).or_insert_with(|| part_of(self.audiences, a, other));
        let there = *self.there.entry(second).or_insert_with(|| part_of(self.audiences, b, self.owner));
        let share = |cell: &Cell, owner: u32| cell.arrivals.len() as f64 / self.audiences.len(owner).max(1) as f64;
        let only_here = (here.accounts - shared).max(0.0) + PRIOR * share(a, self.owner);
        let only_there = (there.accounts - shared).max(0.0) + PRIOR * share(b, other);
        let neither = (both.accounts - here.accounts - there.accounts + shared).max(0.0) + PRIOR;
        let part = |cell: &Cell, owner: u32| cell.arrivals.len() as f64 / self.audiences.total(owner).max(1.0);
        let elsewhere = (both.products - here.actions - there.actions + shared).max(0.0);
        (only_here * only_there / neither).max(elsewhere * part(a, self.owner) * part(b, other))
    }
}

fn in_both(audiences: &OwnerAudiences<'_>, one: u32, other: u32) -> Both {
    let (few, many) = if audiences.len(one) <= audiences.len(other) { (one, other) } else { (other, one) };
    let mut both = Both { accounts: 0.0, products: 0.0 };
    audiences.each(few, |row, actions| {
        let others = audiences.actions(many, row);
        both.accounts += f64::from(u8::from(others > 0));
        both.products += f64::from(actions) * f64::from(others);
    });
    both
}

fn part_of(audiences: &OwnerAudiences<'_>, cell: &Cell, owner: u32) -> Part {
    let mut part = Part { accounts: 0.0, actions: 0.0 };
    for arrival in &cell.arrivals {
        let actions = audiences.actions(owner, arrival.row);
        part.accounts += f64::from(u8::from(actions > 0));
        part.actions += f64::from(actions);
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::lockstep::LockstepSettings;
    use crate::graph::{BipartiteGraph, EdgeList, EdgeTime};

    const DAY_S: u32 = 86_400;

    /// Two columns, one action a day each but for a burst on day 50; the accounts that act on each at which time are given.
    fn graph(edges: &[(u32, u32, u32)]) -> BipartiteGraph {
        let times: Vec<EdgeTime> = edges.iter().map(|edge| EdgeTime::from_seconds(edge.2)).collect();
        let (rows, columns): (Vec<u32>, Vec<u32>) = edges.iter().map(|edge| (edge.0, edge.1)).unzip();
        let list = EdgeList { n_rows: 1_000, n_columns: 2, rows: &rows, columns: &columns, times: Some(&times) };
        BipartiteGraph::build(&list).unwrap()
    }

    /// One follower a day for 100 days from the account `first` on, and those of `burst` within the hour on day 50.
    fn column(column: u32, first: u32, burst: std::ops::Range<u32>) -> impl Iterator<Item = (u32, u32, u32)> {
        let every_day = (0..100).map(move |day| (first + day, column, day * DAY_S));
        every_day.chain(burst.enumerate().map(move |(place, row)| (row, column, 50 * DAY_S + 60 * place as u32 + 60)))
    }

    fn expected(edges: &[(u32, u32, u32)], shared: f64) -> f64 {
        let graph = graph(edges);
        let settings = LockstepSettings { scales_s: vec![3_600], ..LockstepSettings::for_follows() };
        let bursts = BurstCells::find(&graph, &settings);
        assert_eq!(bursts.cells.len(), 2);
        let audiences = OwnerAudiences::of(&graph, &[0, 1]);
        Community::of(&audiences, &bursts, 0).expected(0, 1, shared)
    }

    #[test]
    fn a_community_is_expected_in_both_bursts() {
        // One follows both every day; 30 in the one burst and 30 in the other, of whom each follows the other column some day, ten in both bursts.
        let edges: Vec<_> = column(0, 0, 200..230).chain(column(1, 0, 220..250)).collect();
        let some_day = |row: u32, column| (row, column, (row - 200) * DAY_S + 7);
        let others = (200..220).map(|row| some_day(row, 1)).chain((230..250).map(|row| some_day(row, 0)));
        let edges: Vec<_> = edges.into_iter().chain(others).collect();
        // By hand: 150 act on both; a = b = 31 arrivals (the day's follower among them), all of whom act on both; s = 11. By those in one burst only
        // (20 + 3.1/150)² / (99 + .1) = 4.045 are expected in both, by the 99 in neither 99 (31/150)² = 4.228.
        assert!((expected(&edges, 11.0) - 99.0 * (31.0_f64 / 150.0).powi(2)).abs() < 1e-9, "{}", expected(&edges, 11.0));
        // Had but one been in both: (30 + 3.1/150)² / (89 + .1) = 10.115.
        assert!((expected(&edges, 1.0) - (30.0 + 3.1_f64 / 150.0).powi(2) / 89.1).abs() < 1e-9, "{}", expected(&edges, 1.0));
    }

    #[test]
    fn a_delivery_does_not_explain_itself() {
        let edges: Vec<_> = column(0, 0, 200..230).chain(column(1, 500, 200..230)).collect();
        assert!(expected(&edges, 30.0) < 0.1, "{}", expected(&edges, 30.0));
    }
}
