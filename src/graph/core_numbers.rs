//! How deep in the graph a node lies.

use super::bipartite::BipartiteGraph;
use super::column_weights::ColumnWeights;
use super::fraudar;
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

/// The weighted core number of each node: the largest k such that the node is in a part of the graph where the edges of every node
/// weigh k or more together. A node of a set S that is as dense as can be has at least the number g(S) of [`densest_block`].
///
/// # Shape
/// Rows first, then columns; in the weights' natural unit.
///
/// # Cost
/// As [`densest_block`].
///
/// # Source
/// Batagelj and Zaveršnik, *Generalized cores*, 2002 (the core of a vertex property function that adds up weights).
///
/// [`densest_block`]: super::densest_block
pub fn weighted_core_numbers(graph: &BipartiteGraph, weights: &ColumnWeights) -> Vec<f64> {
    let mut numbers = vec![0.0; graph.n_nodes()];
    let mut level = 0;
    Peel::new(graph, |column| weights.of(column), fraudar::N_BUCKETS).run(Fall::Free, |node, key| {
        level = level.max(key);
        numbers[node as usize] = f64::from(level) / weights.scale();
    });
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph_of;
    use petgraph::visit::IntoNeighbors;
    use proptest::prelude::*;

    /// By the definition: nodes whose edges left weigh less than k are struck out until none is left to strike out.
    fn by_definition(graph: &BipartiteGraph, weight: impl Fn(u32) -> usize) -> Vec<u32> {
        let n_rows = graph.n_rows() as u32;
        let mut numbers = vec![0; graph.n_nodes()];
        for k in 1.. {
            let mut inside = vec![true; graph.n_nodes()];
            loop {
                let edge = |node: u32, other: u32| weight(node.max(other) - n_rows);
                let degree = |node: usize| {
                    let others = graph.neighbors(node as u32).filter(|&other| inside[other as usize]);
                    others.map(|other| edge(node as u32, other)).sum::<usize>()
                };
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
            prop_assert_eq!(core_numbers(&graph), by_definition(&graph, |_| 1));
        }

        #[test]
        fn weighted_ones_too(edges in proptest::collection::vec((0_u32..6, 0_u32..4), 0..16)) {
            let graph = graph_of(&edges, 6, 4);
            let weights = ColumnWeights::logarithmic(&graph);
            let expected = by_definition(&graph, |column| weights.of(column) as usize);
            let found: Vec<u32> = weighted_core_numbers(&graph, &weights).iter().map(|number| (number * 1024.0) as u32).collect();
            prop_assert_eq!(found, expected);
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
