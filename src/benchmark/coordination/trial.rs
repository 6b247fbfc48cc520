//! One delivery, looked for: what was found of it, and what else was called.

use super::delivery::Drawn;
use super::{Background, Delivery, Edge};
use crate::error::Result;
use crate::graph::{ColumnWeights, LockstepGroup, LockstepSettings, densest_block, find_lockstep};
use std::collections::{HashMap, HashSet};

/// Edges, by row and column.
pub(super) type Edges = HashSet<(u32, u32)>;

/// A background with what is called in it untouched.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub background: &'a Background,
    called: Edges,
}

/// How much of a delivery was called, and how much of what was called is the delivery.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// Of the ordered edges, called.
    pub recall: f64,
    /// Of the called edges, ordered; edges that are called in the untouched background too are left out of the count.
    /// `None` if nothing was called.
    pub precision: Option<f64>,
}

impl Found {
    pub(super) fn of(ordered: &Edges, called: &Edges, before: &Edges) -> Self {
        let right = called.intersection(ordered).count() as f64;
        let wrong = called.iter().filter(|edge| !ordered.contains(edge) && !before.contains(edge)).count() as f64;
        Self { recall: right / ordered.len().max(1) as f64, precision: (right + wrong > 0.0).then(|| right / (right + wrong)) }
    }

    /// Harmonic mean of recall and precision; zero if nothing was called.
    pub fn f1(&self) -> f64 {
        self.precision.map_or(0.0, |precision| {
            let sum = precision + self.recall;
            if sum > 0.0 { 2.0 * precision * self.recall / sum } else { 0.0 }
        })
    }
}

impl<'a> Field<'a> {
    /// Looks for groups in the untouched background.
    pub fn survey(background: &'a Background) -> Result<Self> {
        let called = called(&groups(background, &Drawn { n_accounts: background.n_accounts, ..Drawn::default() })?);
        Ok(Self { background, called })
    }

    /// Leaves the groups of the untouched background out of account: for what looks for none.
    pub fn unsurveyed(background: &'a Background) -> Self {
        Self { background, called: Edges::default() }
    }

    /// Puts a delivery in and looks for it, by lockstep.
    pub fn lockstep(&self, delivery: &Delivery, seed: u64) -> Result<Found> {
        let drawn = delivery.draw(self.background, seed);
        let groups = groups(self.background, &drawn)?;
        Ok(Found::of(&pairs(&drawn.ordered), &called(&groups), &self.called))
    }

    /// Looks for what was put in: what was found, how many of the edges of accounts with two or more were found of how many, and the number
    /// of groups that hold an edge put in.
    pub fn find(&self, drawn: &Drawn) -> Result<(Found, (usize, usize), usize)> {
        let groups = groups(self.background, drawn)?;
        let (ordered, called) = (pairs(&drawn.ordered), called(&groups));
        let mut degrees: HashMap<u32, u32> = HashMap::new();
        ordered.iter().for_each(|(row, _)| *degrees.entry(*row).or_default() += 1);
        let several: Vec<&(u32, u32)> = ordered.iter().filter(|(row, _)| degrees[row] >= 2).collect();
        let caught = several.iter().filter(|edge| called.contains(edge)).count();
        let hit = groups.iter().filter(|group| group.members.iter().any(|member| degrees.contains_key(&member.row))).count();
        Ok((Found::of(&ordered, &called, &self.called), (caught, several.len()), hit))
    }

    /// The same delivery, looked for without times: the edges of FRAUDAR's block.
    pub fn densest(&self, delivery: &Delivery, seed: u64) -> Result<Found> {
        let drawn = delivery.draw(self.background, seed);
        let graph = self.background.graph_with(&[drawn.ordered.as_slice(), &drawn.camouflage].concat(), drawn.n_accounts)?;
        let block = densest_block(&graph, &ColumnWeights::logarithmic(&graph));
        let columns: HashSet<u32> = block.columns.iter().copied().collect();
        let called: Edges = block
            .rows
            .iter()
            .flat_map(|&row| {
                graph.columns_of(row).iter().filter(|column| columns.contains(column)).map(move |&column| (row, column))
            })
            .collect();
        Ok(Found::of(&pairs(&drawn.ordered), &called, &Edges::default()))
    }
}

/// Groups in a background with a delivery.
pub(super) fn groups(background: &Background, drawn: &Drawn) -> Result<Vec<LockstepGroup>> {
    let graph = background.graph_with(&[drawn.ordered.as_slice(), &drawn.camouflage].concat(), drawn.n_accounts)?;
    let owners: Vec<u32> = (0..background.n_columns).collect();
    find_lockstep(&graph, &owners, &LockstepSettings::for_follows())
}

/// Row and column of each edge.
pub(super) fn pairs(edges: &[Edge]) -> Edges {
    edges.iter().map(|edge| (edge.row, edge.column)).collect()
}

/// Rows and columns of the actions in groups.
pub(super) fn called(groups: &[LockstepGroup]) -> Edges {
    let members = groups.iter().flat_map(|group| &group.members);
    members.flat_map(|member| member.actions.iter().map(|(column, _)| (member.row, *column))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(pairs: &[(u32, u32)]) -> Edges {
        pairs.iter().copied().collect()
    }

    #[test]
    fn what_was_called_before_is_no_mistake_of_the_trial() {
        let found = Found::of(&edges(&[(1, 1), (1, 2)]), &edges(&[(1, 1), (7, 7), (8, 8)]), &edges(&[(7, 7)]));
        assert_eq!(found, Found { recall: 0.5, precision: Some(0.5) });
        assert!((found.f1() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn nothing_called_is_no_precision() {
        let found = Found::of(&edges(&[(1, 1)]), &edges(&[]), &edges(&[]));
        assert_eq!((found.precision, found.f1()), (None, 0.0));
    }
}
