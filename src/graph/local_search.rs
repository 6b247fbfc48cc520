//! A block made denser by single rows and columns.

use super::bipartite::BipartiteGraph;
use super::column_weights::ColumnWeights;
use super::fraudar::Block;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// From any set of rows and columns to one that no single row or column, let in or let out, makes denser: nodes outside whose edges
/// into the set weigh more than its density come in, the heaviest first; nodes inside whose edges weigh less go out, the lightest
/// first. Small blocks that a peel of the whole graph passes by are found from a seed inside them, such as a group that was found by
/// its times.
///
/// # Shape
/// Ids out of range and repetitions in the set given are left out.
///
/// # Missing
/// An empty block of density 0 if the set given has no edge inside.
///
/// # Cost
/// The edges of every node that is ever inside, a few times over; memory for their neighbours only. Density rises with every step,
/// so the search ends.
///
/// # Source
/// Shin, Hooi and Faloutsos, *Fast, accurate and flexible algorithms for dense subtensor mining*, TKDD 2018 (M-Biz), with FRAUDAR's
/// density.
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, ColumnWeights, EdgeList, local_search};
/// // Rows 0..4 are linked to columns 0..4 each; row 4 to column 0 only.
/// let (mut rows, mut columns): (Vec<u32>, Vec<u32>) = (0..16).map(|i| (i / 4, i % 4)).unzip();
/// rows.push(4);
/// columns.push(0);
/// let edges = EdgeList { n_rows: 5, n_columns: 4, rows: &rows, columns: &columns, times: None };
/// let graph = BipartiteGraph::build(&edges)?;
/// let block = local_search(&graph, &ColumnWeights::logarithmic(&graph), &[0, 4], &[0, 1]);
/// assert_eq!((block.rows, block.columns), (vec![0, 1, 2, 3], vec![0, 1, 2, 3]));
/// # Ok::<(), bonafide::Error>(())
/// ```
pub fn local_search(graph: &BipartiteGraph, weights: &ColumnWeights, rows: &[u32], columns: &[u32]) -> Block {
    let mut search = Search { graph, weights, nodes: HashMap::with_hasher(FixedState::with_seed(0)), total: 0, n: 0 };
    let n_rows = graph.n_rows() as u32;
    for &row in rows.iter().filter(|&&row| row < n_rows) {
        search.let_in(row);
    }
    for &column in columns.iter().filter(|&&column| (column as usize) < graph.n_columns()) {
        search.let_in(n_rows + column);
    }
    while search.total > 0 && search.let_lighter_out() | search.let_heavier_in() {}
    search.block()
}

/// A node that is inside, or next to one.
#[derive(Clone, Copy, Default)]
struct Node {
    /// Weight of its edges into the set.
    key: u64,
    inside: bool,
}

struct Search<'a> {
    graph: &'a BipartiteGraph,
    weights: &'a ColumnWeights,
    nodes: HashMap<u32, Node, FixedState>,
    total: u64,
    n: u64,
}

impl Search<'_> {
    fn let_in(&mut self, node: u32) {
        let entry = self.nodes.entry(node).or_default();
        if !entry.inside {
            entry.inside = true;
            self.total += entry.key;
            self.n += 1;
            self.for_each_edge(node, |other, weight| other.key += weight);
        }
    }

    fn let_out(&mut self, node: u32) {
        let entry = self.nodes.entry(node).or_default();
        entry.inside = false;
        self.total -= entry.key;
        self.n -= 1;
        self.for_each_edge(node, |other, weight| other.key -= weight);
    }

    fn for_each_edge(&mut self, node: u32, mut change: impl FnMut(&mut Node, u64)) {
        let n_rows = self.graph.n_rows() as u32;
        if node < n_rows {
            for &column in self.graph.columns_of(node) {
                change(self.nodes.entry(n_rows + column).or_default(), u64::from(self.weights.of(column)));
            }
        } else {
            let weight = u64::from(self.weights.of(node - n_rows));
            for &row in self.graph.rows_of(node - n_rows) {
                change(self.nodes.entry(row).or_default(), weight);
            }
        }
    }

    fn let_lighter_out(&mut self) -> bool {
        let mut changed = false;
        for node in self.sorted(|search, node| node.inside && node.key * search.n < search.total, |key| key) {
            let key = self.nodes[&node].key;
            if key * self.n < self.total {
                self.let_out(node);
                changed = true;
            }
        }
        changed
    }

    fn let_heavier_in(&mut self) -> bool {
        let mut changed = false;
        for node in self.sorted(|search, node| !node.inside && node.key * search.n > search.total, |key| u64::MAX - key) {
            if self.nodes[&node].key * self.n > self.total {
                self.let_in(node);
                changed = true;
            }
        }
        changed
    }

    /// The nodes wanted, in an order that does not depend on the table's.
    fn sorted(&self, wanted: impl Fn(&Self, &Node) -> bool, order: impl Fn(u64) -> u64) -> Vec<u32> {
        let found = self.nodes.iter().filter(|(_, node)| wanted(self, node));
        let mut found: Vec<(u64, u32)> = found.map(|(&number, node)| (order(node.key), number)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, number)| number).collect()
    }

    fn block(self) -> Block {
        if self.total == 0 {
            return Block::default();
        }
        let n_rows = self.graph.n_rows() as u32;
        let mut nodes: Vec<u32> = self.nodes.iter().filter(|(_, node)| node.inside).map(|(&number, _)| number).collect();
        nodes.sort_unstable();
        let columns = nodes.split_off(nodes.partition_point(|&node| node < n_rows));
        let density = self.total as f64 / self.weights.scale() / self.n as f64;
        Block { rows: nodes, columns: columns.into_iter().map(|node| node - n_rows).collect(), density }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::densest_block;
    use crate::graph::testing::graph_of;
    use proptest::prelude::*;

    /// The weight inside a set of nodes and how many they are.
    fn weigh(graph: &BipartiteGraph, weights: &ColumnWeights, nodes: &[u32]) -> (u64, u64) {
        let n_rows = graph.n_rows() as u32;
        let columns = nodes.iter().filter_map(|node| node.checked_sub(n_rows));
        let inside = |column| graph.rows_of(column).iter().filter(|row| nodes.contains(row)).count() as u64;
        (columns.map(|column| u64::from(weights.of(column)) * inside(column)).sum(), nodes.len() as u64)
    }

    proptest! {
        #[test]
        fn ends_where_no_single_node_helps(
            edges in proptest::collection::vec((0_u32..10, 0_u32..8), 1..60), rows in proptest::collection::vec(0_u32..12, 0..6)
        ) {
            let graph = graph_of(&edges, 10, 8);
            let weights = ColumnWeights::logarithmic(&graph);
            let block = local_search(&graph, &weights, &rows, &[0, 3]);
            let nodes: Vec<u32> = block.rows.iter().copied().chain(block.columns.iter().map(|column| 10 + column)).collect();
            if !nodes.is_empty() {
                let (total, n) = weigh(&graph, &weights, &nodes);
                prop_assert_eq!(block.density, total as f64 / 1024.0 / n as f64);
                for node in 0..18 {
                    let mut other = nodes.clone();
                    if nodes.contains(&node) {
                        other.retain(|&inside| inside != node);
                    } else {
                        other.push(node);
                    }
                    let (other_total, other_n) = weigh(&graph, &weights, &other);
                    prop_assert!(other_total * n <= total * other_n);
                }
            }
        }

        #[test]
        fn never_makes_a_block_thinner(edges in proptest::collection::vec((0_u32..20, 0_u32..15), 1..150)) {
            let graph = graph_of(&edges, 20, 15);
            let weights = ColumnWeights::logarithmic(&graph);
            let peeled = densest_block(&graph, &weights);
            let searched = local_search(&graph, &weights, &peeled.rows, &peeled.columns);
            prop_assert!(searched.density >= peeled.density);
        }
    }

    #[test]
    fn a_set_without_edges_gives_nothing() {
        let graph = graph_of(&[(0, 0), (1, 1)], 2, 2);
        let block = local_search(&graph, &ColumnWeights::logarithmic(&graph), &[0], &[1, 9]);
        assert_eq!((block.rows.len(), block.density), (0, 0.0));
    }
}
