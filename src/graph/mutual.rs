//! Accounts that follow each other.

use super::bipartite::BipartiteGraph;
use super::csr::Csr;
use super::edge_source::NO_OWNER;

/// Links between accounts that follow each other. A link in one direction costs nothing, one in both needs the other's consent.
///
/// # Shape
/// Accounts are the rows of the graph that it was read from; lists are ascending. Only accounts that are followed and follow can
/// have a link, so that an export of followers alone has none.
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, EdgeList, MutualGraph};
/// // Accounts 1 and 2 own columns 0 and 1. Account 0 follows both, 1 and 2 follow each other.
/// let edges = EdgeList { n_rows: 3, n_columns: 2, rows: &[0, 0, 1, 2], columns: &[0, 1, 1, 0], times: None };
/// let mutual = MutualGraph::of(&BipartiteGraph::build(&edges)?, &[1, 2]);
/// assert_eq!((mutual.links_of(0), mutual.links_of(1)), (&[][..], &[2][..]));
/// # Ok::<(), bonafide::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MutualGraph {
    links: Csr,
}

impl MutualGraph {
    /// The mutual follows of a graph; `owners` holds the row of each column, as in
    /// [`EdgeSource::owners`](super::EdgeSource::owners).
    ///
    /// # Cost
    /// O(log d) for each follow of a followed account, d being the followers or follows of the other.
    ///
    /// # Panics
    /// If there are fewer owners than columns.
    pub fn of(graph: &BipartiteGraph, owners: &[u32]) -> Self {
        const NONE: u32 = u32::MAX;
        let mut column_of = vec![NONE; graph.n_rows()];
        for (column, &owner) in (0..graph.n_columns() as u32).zip(owners) {
            if let Some(own) = column_of.get_mut(owner as usize) {
                *own = column;
            }
        }
        let mut targets = Vec::new();
        let mut offsets = vec![0];
        for (account, &own) in (0..).zip(&column_of) {
            let start = targets.len();
            if own != NONE {
                let followed = graph.columns_of(account).iter().map(|&column| owners[column as usize]);
                let known = followed.filter(|&other| other != NO_OWNER && other != account && (other as usize) < graph.n_rows());
                targets.extend(known.filter(|&other| graph.has_edge(other, own)));
                targets[start..].sort_unstable();
            }
            offsets.push(targets.len() as u32);
        }
        Self { links: Csr::new(offsets, targets) }
    }

    /// How many accounts there are, those without a link included.
    pub fn n_accounts(&self) -> usize {
        self.links.n_lists()
    }

    /// How many pairs of accounts follow each other.
    pub fn n_links(&self) -> usize {
        self.links.targets().len() / 2
    }

    /// The accounts that an account follows and is followed by, ascending.
    ///
    /// # Panics
    /// If there is no such account.
    pub fn links_of(&self, account: u32) -> &[u32] {
        self.links.list(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph_of;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn are_the_pairs_that_follow_each_other(follows in proptest::collection::vec((0_u32..9, 0_u32..6), 0..50)) {
            // Column c belongs to account 8 - c, the last one to nobody.
            let owners = [8, 7, 6, 5, 4, NO_OWNER];
            let mutual = MutualGraph::of(&graph_of(&follows, 9, 6), &owners);
            let follows_account = |a: u32, b: u32| (4..=8).contains(&b) && follows.contains(&(a, 8 - b));
            for a in 0..9 {
                let expected: Vec<u32> = (0..9).filter(|&b| a != b && follows_account(a, b) && follows_account(b, a)).collect();
                prop_assert_eq!(mutual.links_of(a), &expected);
            }
        }
    }
}
