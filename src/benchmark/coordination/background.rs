//! Graphs of real or simulated actions in which nobody is known to have ordered anything.

use super::Edge;
use crate::domain::Dataset;
use crate::error::Result;
use crate::graph::{BipartiteGraph, EdgeList, EdgeSource, EdgeTime, FollowEdges};
use crate::tables::reference::{Interaction, Like};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Edges below which a creator is not chosen: nobody buys for an account that nobody follows.
const LEAST_FOLLOWED: u32 = 10;

/// Edges with times between accounts and those they act upon.
#[derive(Debug, Clone)]
pub struct Background {
    /// What it is, as tables print it.
    pub name: String,
    /// Accounts, numbered 0..n.
    pub n_accounts: u32,
    /// Columns, numbered 0..n.
    pub n_columns: u32,
    pub(super) edges: Vec<Edge>,
}

impl Background {
    /// The follows of a dataset.
    ///
    /// # Errors
    /// None that a dataset in memory can cause.
    pub fn of_follows(name: impl Into<String>, dataset: &Dataset) -> Result<Self> {
        Self::of_source(name, &FollowEdges::of(dataset))
    }

    /// The edges of a source.
    ///
    /// # Errors
    /// Those of the source.
    pub(super) fn of_source(name: impl Into<String>, source: &impl EdgeSource) -> Result<Self> {
        let mut edges = Vec::new();
        source.replay(&mut |batch| {
            let times = batch.times.unwrap_or(&[]);
            let time = |slot: usize| times.get(slot).copied().unwrap_or(EdgeTime::MISSING);
            edges.extend((0..batch.rows.len()).map(|slot| Edge {
                row: batch.rows[slot],
                column: batch.columns[slot],
                at: time(slot),
            }));
            Ok(())
        })?;
        Ok(Self { name: name.into(), n_accounts: source.n_rows() as u32, n_columns: source.n_columns() as u32, edges })
    }

    /// Who first acted upon whom, and when.
    pub fn of_interactions(name: impl Into<String>, interactions: &[Interaction]) -> Self {
        let mut accounts = BTreeMap::new();
        let mut columns = BTreeMap::new();
        let mut edges = Vec::with_capacity(interactions.len());
        for act in interactions {
            let n = accounts.len() as u32;
            let row = *accounts.entry(act.actor).or_insert(n);
            let n = columns.len() as u32;
            let column = *columns.entry(act.target).or_insert(n);
            edges.push(Edge { row, column, at: EdgeTime::from(act.at) });
        }
        Self { name: name.into(), n_accounts: accounts.len() as u32, n_columns: columns.len() as u32, edges }
    }

    /// Who liked which post, without times.
    pub fn of_likes(name: impl Into<String>, likes: &[Like]) -> Self {
        let most = |number: fn(&Like) -> u32| likes.iter().map(number).max().map_or(0, |most| most + 1);
        let edges = likes.iter().map(|like| Edge { row: like.account, column: like.post, at: EdgeTime::MISSING });
        Self {
            name: name.into(),
            n_accounts: most(|like| like.account),
            n_columns: most(|like| like.post),
            edges: edges.collect(),
        }
    }

    /// The graph of these edges and some more between `n_accounts` accounts and the same columns.
    ///
    /// # Errors
    /// Those of [`BipartiteGraph::build`].
    pub(super) fn graph_with(&self, more: &[Edge], n_accounts: u32) -> Result<BipartiteGraph> {
        let all = || self.edges.iter().chain(more);
        let (rows, columns): (Vec<u32>, Vec<u32>) = all().map(|edge| (edge.row, edge.column)).unzip();
        let times: Vec<EdgeTime> = all().map(|edge| edge.at).collect();
        BipartiteGraph::build(&EdgeList {
            n_rows: n_accounts as usize,
            n_columns: self.n_columns as usize,
            rows: &rows,
            columns: &columns,
            times: Some(&times),
        })
    }

    /// Edges of each column.
    pub(super) fn popularity(&self) -> Vec<u32> {
        let mut counts = vec![0; self.n_columns as usize];
        self.edges.iter().for_each(|edge| counts[edge.column as usize] += 1);
        counts
    }

    /// Columns with so many edges that somebody may want more, in a random order.
    pub(super) fn wanted_columns(&self, rng: &mut ChaCha8Rng) -> Vec<u32> {
        let popularity = self.popularity();
        let mut columns: Vec<u32> = (0..self.n_columns).filter(|&column| popularity[column as usize] >= LEAST_FOLLOWED).collect();
        columns.shuffle(rng);
        columns
    }

    /// Instants in seconds between which a share `from`..`to` of the edges with a time lies.
    pub(super) fn span(&self, from: f64, to: f64) -> (u32, u32) {
        let mut times: Vec<u32> = self.edges.iter().filter_map(|edge| edge.at.seconds()).collect();
        times.sort_unstable();
        let at = |share: f64| times.get((share * (times.len().saturating_sub(1)) as f64) as usize).copied().unwrap_or(0);
        (at(from), at(to))
    }
}
