//! Lockstep groups: accounts that arrive together, on many columns, in their bursts.
//!
//! One arrival in a burst says nothing: a viral post draws thousands. *Who* arrives tells: bursts of different creators share
//! accounts only as far as chance and their common community explain. Where two share more, the same hands are at work, or the same
//! people were called to both; groups of such bursts, and of the accounts in them, are what is found here.

mod burst_cells;
mod bursts;
mod community;
mod expected_overlap;
mod group;
mod groups;
mod membership;
mod numbering;
mod owner_audiences;
mod settings;
mod shared_bursts;
#[cfg(test)]
mod tests;

pub use bursts::{Burst, find_bursts};
pub use group::{LockstepGroup, LockstepMember, LockstepTarget};
pub use settings::LockstepSettings;

use super::{BipartiteGraph, NO_OWNER};
use crate::Result;
use burst_cells::BurstCells;
use groups::groups;
use shared_bursts::shared_pairs;
use std::collections::BTreeSet;

/// Finds groups of accounts that act in lockstep.
///
/// 1. Bursts of every column at several scales ([`find_bursts`]).
/// 2. Pairs of bursts, on columns of different owners, that share more accounts than a null explains which keeps how much every account acts in
///    each slice of time, and several times more than the two owners' common audience would share if the times of its actions were independent; false
///    discoveries are controlled over all pairs.
/// 3. Components of the pairs; within each, FRAUDAR's peel finds the densest block of accounts × columns; a mixture of members and
///    passers-by then weighs every account that arrived, by its own actions.
///
/// Candidates are found through each account's list of bursts and not by hashing sets of accounts: two bursts of a service that delivers 15 % of its
/// pool to each order share a tenth of their accounts, which hashing that finds half of the pairs at a similarity of .37 would miss.
///
/// # Shape
/// `owners`: one slot a column, a number that columns of one owner share (the creator of a post). Pairs of one owner are not compared: its
/// own fans come first to everything it does. Columns whose owner is not known ([`NO_OWNER`]) are not compared with each other either, and count
/// for none of the owners that a group must have.
///
/// # Missing
/// Edges without a time are in no burst; without any time there is no group. What can be said without times is said by
/// [`densest_block`](super::densest_block).
///
/// # Errors
/// None that a graph in memory can cause; those of [`BipartiteGraph::build`].
///
/// # Cost
/// O(E log d) for the bursts; O(Σ_u b_u²) for accounts in b_u bursts. Columns, bursts and components run in parallel; the result does not depend on
/// the number of threads.
///
/// # Source
/// Cao et al., *SynchroTrap*, CCS 2014 (same object, same time); Beutel et al., *CopyCatch*, WWW 2013; Benjamini and Hochberg, 1995; Hooi et
/// al., *FRAUDAR*, KDD 2016. The null by slices of time and the comparison of bursts instead of accounts are ours.
pub fn find_lockstep(graph: &BipartiteGraph, owners: &[u32], settings: &LockstepSettings) -> Result<Vec<LockstepGroup>> {
    let bursts = BurstCells::find(graph, settings);
    let pairs = shared_pairs(graph, owners, &bursts, settings);
    let mut groups = groups(graph, &bursts, &pairs, settings)?;
    groups.retain(|group| n_owners(group, owners) >= settings.min_owners);
    Ok(groups)
}

fn n_owners(group: &LockstepGroup, owners: &[u32]) -> usize {
    let of_targets = group.targets.iter().map(|target| owners[target.column as usize]);
    of_targets.filter(|owner| *owner != NO_OWNER).collect::<BTreeSet<u32>>().len()
}
