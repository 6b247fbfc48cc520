//! The densest block of a graph, where popular columns count less.

use super::bipartite::BipartiteGraph;
use super::column_weights::ColumnWeights;
use super::peel::{Fall, Peel};

/// Keys side by side in the queue: a dozen edges or so.
pub(super) const N_BUCKETS: usize = 2048;

/// A set of rows and columns, and how dense it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// Rows, ascending.
    pub rows: Vec<u32>,
    /// Columns, ascending.
    pub columns: Vec<u32>,
    /// g(S) = Σ c_j over the edges inside, divided by the number of rows and columns.
    pub density: f64,
}

/// FRAUDAR's block: rows and columns are taken away one by one, always the one whose edges left weigh least, and of all the sets
/// passed the one with the greatest g(S) = f(S) / |S| is kept, f(S) = Σ c_j over the edges (i, j) inside, c_j = 1 / ln(d_j + 5). At
/// least half as dense as the densest set there is.
///
/// Weights are whole numbers ([`ColumnWeights`]), so that the result is exact and the same everywhere. Of equally dense sets the
/// largest is kept; of nodes that weigh the same, which goes first is fixed but has no meaning.
///
/// # Missing
/// An empty block of density 0 if the graph has no edge.
///
/// # Cost
/// O(E) for graphs whose weights fall in small steps; beside the graph 17 bytes a node.
///
/// # Source
/// Hooi, Song, Beutel, Shah, Shin and Faloutsos, *FRAUDAR: bounding graph fraud in the face of camouflage*, KDD 2016, algorithm 1
/// and theorem 1 (its bound is that of Charikar, *Greedy approximation algorithms for finding dense components*, 2000).
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, ColumnWeights, EdgeList, densest_block};
/// // Rows 0..3 are linked to columns 0..3 each; row 3 to one column only.
/// let (mut rows, mut columns): (Vec<u32>, Vec<u32>) = (0..9).map(|i| (i / 3, i % 3)).unzip();
/// rows.push(3);
/// columns.push(0);
/// let edges = EdgeList { n_rows: 4, n_columns: 3, rows: &rows, columns: &columns, times: None };
/// let graph = BipartiteGraph::build(&edges)?;
/// let block = densest_block(&graph, &ColumnWeights::logarithmic(&graph));
/// assert_eq!((block.rows, block.columns), (vec![0, 1, 2], vec![0, 1, 2]));
/// # Ok::<(), bonafide::Error>(())
/// ```
pub fn densest_block(graph: &BipartiteGraph, weights: &ColumnWeights) -> Block {
    densest_block_and(graph, weights, |_, _| {})
}

/// The same, and calls `taken` with each node and its key as it is taken away.
pub(super) fn densest_block_and(graph: &BipartiteGraph, weights: &ColumnWeights, mut taken: impl FnMut(u32, u32)) -> Block {
    let mut passed = Passed::new(graph, weights);
    Peel::new(graph, |column| weights.of(column), N_BUCKETS).run(Fall::Free, |node, key| {
        taken(node, key);
        passed.take(node, u64::from(key));
    });
    passed.densest(graph, weights)
}

/// The sets passed while nodes are taken away, and the densest of them.
pub(super) struct Passed {
    order: Vec<u32>,
    total: u64,
    n: u64,
    best_total: u64,
    best_n: u64,
}

impl Passed {
    pub(super) fn new(graph: &BipartiteGraph, weights: &ColumnWeights) -> Self {
        let (total, n) = (weights.total(graph), graph.n_nodes() as u64);
        Self { order: Vec::with_capacity(graph.n_nodes()), total, n, best_total: total, best_n: n }
    }

    /// One node less, and the weight of its edges.
    pub(super) fn take(&mut self, node: u32, weight: u64) {
        self.order.push(node);
        self.total -= weight;
        self.n -= 1;
        // total / n > best_total / best_n, without rounding
        if u128::from(self.total) * u128::from(self.best_n) > u128::from(self.best_total) * u128::from(self.n) {
            (self.best_total, self.best_n) = (self.total, self.n);
        }
    }

    /// The densest set, once every node is gone; an empty block if there was no edge.
    pub(super) fn densest(mut self, graph: &BipartiteGraph, weights: &ColumnWeights) -> Block {
        if self.best_total == 0 {
            return Block::default();
        }
        let mut nodes = self.order.split_off(self.order.len() - self.best_n as usize);
        nodes.sort_unstable();
        let n_rows = graph.n_rows() as u32;
        let columns = nodes.split_off(nodes.partition_point(|&node| node < n_rows));
        let density = self.best_total as f64 / weights.scale() / self.best_n as f64;
        Block { rows: nodes, columns: columns.into_iter().map(|node| node - n_rows).collect(), density }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph_of;
    use proptest::prelude::*;

    /// 2,690 edges of 400 rows and 149 columns with a block of 40 × 15 at density .7; the same as in `benches/graph_peers.py`.
    fn reference_edges() -> Vec<(u32, u32)> {
        let mut state = 1_u32;
        let mut draw = move |n: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 16) * n) >> 16
        };
        let mut edges = Vec::new();
        for _ in 0..2_400 {
            let (row, column) = (draw(400), draw(150));
            edges.push((row, column * column / 150));
        }
        for row in 0..40 {
            edges.extend((0..15).filter(|_| draw(10) < 7).map(|column| (row * 9 + 3, 60 + column * 5)));
        }
        edges
    }

    #[test]
    fn agrees_with_the_python_package_rgmining_fraudar() {
        // rgmining-fraudar 0.7.6 from PyPI: greedy.detectMultiple(M, greedy.logWeightedAveDegree, 1); benches/graph_peers.py prints it
        let graph = graph_of(&reference_edges(), 400, 149);
        assert_eq!(graph.n_edges(), 2_690);
        let block = densest_block(&graph, &ColumnWeights::logarithmic(&graph));
        let expected: Vec<u32> = (0..40).filter(|row| ![18, 23].contains(row)).map(|row| row * 9 + 3).collect();
        assert_eq!(block.rows, expected);
        assert_eq!(block.columns, [0, 4, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110, 115, 120, 125, 130]);
        assert!((block.density / 2.082_229_537_742_707 - 1.0).abs() < 1e-3, "{}", block.density);
    }

    /// g of a set of nodes, in floating point.
    fn density(graph: &BipartiteGraph, inside: impl Fn(u32) -> bool) -> f64 {
        let n_rows = graph.n_rows() as u32;
        let mut total = 0.0;
        for column in (0..graph.n_columns() as u32).filter(|column| inside(n_rows + column)) {
            let rows = graph.rows_of(column);
            total += rows.iter().filter(|row| inside(**row)).count() as f64 / (rows.len() as f64 + 5.0).ln();
        }
        total / (0..graph.n_nodes() as u32).filter(|node| inside(*node)).count().max(1) as f64
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn is_at_least_half_as_dense_as_the_densest_set(edges in proptest::collection::vec((0_u32..6, 0_u32..5), 1..30)) {
            let graph = graph_of(&edges, 6, 5);
            let block = densest_block(&graph, &ColumnWeights::logarithmic(&graph));
            let best = (1_u32..1 << 11).map(|set| density(&graph, |node| set >> node & 1 == 1)).fold(0.0, f64::max);
            prop_assert!(block.density >= best / 2.0 - 2e-3 && block.density <= best + 2e-3, "{} {best}", block.density);
            let inside = |node| {
                if node < 6 { block.rows.contains(&node) } else { block.columns.contains(&(node - 6)) }
            };
            prop_assert!((density(&graph, inside) - block.density).abs() < 2e-3);
        }
    }

    #[test]
    fn a_graph_without_edges_has_no_block() {
        for graph in [graph_of(&[], 0, 0), graph_of(&[], 3, 2)] {
            let block = densest_block(&graph, &ColumnWeights::logarithmic(&graph));
            assert_eq!((block.rows.len(), block.columns.len(), block.density), (0, 0, 0.0));
        }
    }
}
