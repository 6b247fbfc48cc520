//! How deep in the graph a node lies.

use super::bipartite::BipartiteGraph;
use super::peel::{Fall, Peel};

/// Keys side by side in the queue; degrees fall by one.
const N_BUCKETS: usize = 128;

/// The core number of each node: the largest k such that the node is in a part of the graph where every node has k neighbours.
///
/// # Shape
/// Rows first, then columns.
///
/// # Cost
/// O(E); 13 bytes a node.
///
/// # Source
/// Batagelj and Zaveršnik, *An O(m) algorithm for cores decomposition of networks*, 2003.
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, EdgeList, core_numbers};
/// // Two accounts that both follow two creators, and a third account that follows one of these.
/// let edges = EdgeList { n_rows: 3, n_columns: 2, rows: &[0, 0, 1, 1, 2], columns: &[0, 1, 0, 1, 1], times: None };
/// assert_eq!(core_numbers(&BipartiteGraph::build(&edges)?), [2, 2, 1, 2, 2]);
/// # Ok::<(), bonafide::Error>(())
/// ```
pub fn core_numbers(graph: &BipartiteGraph) -> Vec<u32> {
    let mut numbers = vec![0; graph.n_nodes()];
    Peel::new(graph, |_| 1, N_BUCKETS).run(Fall::ToLevel, |node, key| numbers[node as usize] = key);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph_of;
    use petgraph::visit::IntoNeighbors;
    use proptest::prelude::*;

    /// By the definition: nodes with fewer than k neighbours left are struck out until none is left to strike out.
    fn by_definition(graph: &BipartiteGraph) -> Vec<u32> {
        let mut numbers = vec![0; graph.n_nodes()];
        for k in 1.. {
            let mut inside = vec![true; graph.n_nodes()];
            loop {
                let degree = |node: usize| graph.neighbors(node as u32).filter(|&other| inside[other as usize]).count();
                let out: Vec<usize> = (0..inside.len()).filter(|&node| inside[node] && degree(node) < k).collect();
                if out.is_empty() {
                    break;
                }
                out.into_iter().for_each(|node| inside[node] = false);
            }
            if !inside.contains(&true) {
                return numbers;
            }
            inside.iter().zip(&mut numbers).filter(|(inside, _)| **inside).for_each(|(_, number)| *number = k as u32);
        }
        numbers
    }

    proptest! {
        #[test]
        fn are_those_of_the_definition(edges in proptest::collection::vec((0_u32..14, 0_u32..10), 0..90)) {
            let graph = graph_of(&edges, 14, 10);
            prop_assert_eq!(core_numbers(&graph), by_definition(&graph));
        }
    }

    #[test]
    fn degrees_beyond_the_window_are_no_bound() {
        let n = 3 * N_BUCKETS as u32;
        let complete: Vec<(u32, u32)> = (0..n).flat_map(|row| (0..n).map(move |column| (row, column))).collect();
        let numbers = core_numbers(&graph_of(&complete, n as usize, n as usize + 1));
        assert!(numbers[..2 * n as usize].iter().all(|&number| number == n));
        assert_eq!(numbers[2 * n as usize], 0);
    }
}
