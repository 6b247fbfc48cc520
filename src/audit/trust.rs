//! Where verified accounts and mutual follows become the trust that reaches everybody else.

use crate::domain::{AccountId, Dataset};
use crate::error::Result;
use crate::graph::{BipartiteGraph, FollowEdges, MutualGraph, trust_ranks};

/// Trust that reaches each account from the verified ones, over follows that both ends wanted.
///
/// # Missing
/// Empty where no verified account has a mutual link: then nothing says whom to trust. Where platforms sell the mark it vouches for nobody,
/// which the data do not show.
///
/// # Errors
/// Those of building a graph.
///
/// # Cost
/// One pass over follows where nobody can have a mutual link, as in an export of followers alone; else that of the graph and
/// O((accounts + links) log accounts).
pub(super) fn find_trust(dataset: &Dataset) -> Result<Vec<Option<f64>>> {
    if !may_have_links(dataset) {
        return Ok(Vec::new());
    }
    let edges = FollowEdges::of(dataset);
    let owners: Vec<u32> = edges.creators().map(|owner| owner.0).collect();
    let mutual = MutualGraph::of(&BipartiteGraph::build(&edges)?, &owners);
    let is_seed = |id: &AccountId| is_verified(dataset, *id) && !mutual.links_of(id.0).is_empty();
    let seeds: Vec<u32> = dataset.account_ids().filter(is_seed).map(|id| id.0).collect();
    if seeds.is_empty() { Ok(Vec::new()) } else { trust_ranks(&mutual, &seeds) }
}

fn is_verified(dataset: &Dataset, id: AccountId) -> bool {
    dataset.accounts.is_verified.get(id.index()) == Some(true)
}

/// Whether a verified account both follows and is followed.
fn may_have_links(dataset: &Dataset) -> bool {
    if dataset.accounts.is_verified.is_absent() {
        return false;
    }
    let mut follows = vec![false; dataset.n_accounts()];
    for id in &dataset.follows.follower {
        follows[id.index()] = true;
    }
    dataset.follows.followed.iter().any(|&id| follows[id.index()] && is_verified(dataset, id))
}
