//! Sets of creators that hang together by mutual ties.

use super::PodSettings;
use crate::domain::AccountId;
use crate::graph::k_truss::{triangle_communities, truss_numbers};
use crate::graph::reciprocity::Tie;
use petgraph::graph::UnGraph;
use std::collections::BTreeMap;

/// Members' ties within a circle, beside the median member's, at least: fewer are a friend of some members. Assumption.
const TIES_SHARE: f64 = 1.0 / 3.0;

/// One set: its creators, ascending, and their ties.
#[derive(Debug, Clone)]
pub(super) struct Circle {
    pub creators: Vec<AccountId>,
    pub ties: Vec<Tie>,
}

/// All sets, and how deep each creator is in mutual company.
pub(super) struct Circles {
    pub circles: Vec<Circle>,
    pub depths: Vec<(AccountId, u32)>,
}

/// The triangle communities of the k-truss, without those who hang on by few ties.
pub(super) fn dense_circles(graph: &UnGraph<AccountId, Tie>, settings: &PodSettings) -> Circles {
    let numbers = truss_numbers(graph);
    let is_kept: Vec<bool> = numbers.iter().map(|&number| number >= settings.truss).collect();
    let mut depths = BTreeMap::new();
    let mut by_set: BTreeMap<u32, Vec<Tie>> = BTreeMap::new();
    for ((tie, number), set) in graph.edge_weights().zip(&numbers).zip(triangle_communities(graph, &is_kept)) {
        for account in tie.accounts {
            let depth = depths.entry(account).or_insert(0);
            *depth = (*number).max(*depth);
        }
        if let Some(set) = set {
            by_set.entry(set).or_default().push(*tie);
        }
    }
    let circles = by_set.into_values().map(trimmed).filter(|circle| circle.creators.len() >= settings.members_min).collect();
    Circles { circles, depths: depths.into_iter().collect() }
}

/// Drops creators with few ties until none is left.
fn trimmed(mut ties: Vec<Tie>) -> Circle {
    loop {
        let mut counts: BTreeMap<AccountId, usize> = BTreeMap::new();
        ties.iter().flat_map(|tie| tie.accounts).for_each(|account| *counts.entry(account).or_insert(0) += 1);
        let mut sorted: Vec<usize> = counts.values().copied().collect();
        sorted.sort_unstable();
        let least = sorted.get(sorted.len() / 2).map_or(0.0, |&median| median as f64 * TIES_SHARE);
        let is_kept = |account: &AccountId| counts[account] as f64 >= least;
        let before = ties.len();
        ties.retain(|tie| tie.accounts.iter().all(is_kept));
        if ties.len() == before {
            return Circle { creators: counts.into_keys().collect(), ties };
        }
    }
}
