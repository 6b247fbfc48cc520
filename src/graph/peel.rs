//! Nodes taken away one after the other, always one with the least weight of edges left.

use super::bipartite::BipartiteGraph;
use super::bucket_queue::{BATCH, BucketQueue};
use fixedbitset::FixedBitSet;
use rayon::prelude::*;

/// What becomes of the neighbours of a node that is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fall {
    /// Their keys fall by the edge's weight.
    Free,
    /// The same, but not below the highest key at which a node was taken so far.
    ToLevel,
}

/// A graph under removal. Each edge weighs what its column weighs.
pub(super) struct Peel<'a, W> {
    graph: &'a BipartiteGraph,
    weight: W,
    queue: BucketQueue,
    /// Rows taken away: a bit each, so that the look-up stays in the cache where the keys do not.
    gone: FixedBitSet,
    /// Neighbours still there, of one column.
    there: Vec<u32>,
}

impl<'a, W: Fn(u32) -> u32 + Copy + Sync> Peel<'a, W> {
    /// Keys begin as the weights of each node's edges: rows first, then columns.
    ///
    /// # Shape
    /// The weights of every node's edges must add up to less than 2^31.
    pub(super) fn new(graph: &'a BipartiteGraph, weight: W, n_buckets: usize) -> Self {
        let rows = (0..graph.n_rows() as u32).into_par_iter();
        let columns = (0..graph.n_columns() as u32).into_par_iter();
        let row_key = |row| graph.columns_of(row).iter().map(|&column| weight(column)).sum::<u32>();
        let column_key = |column| graph.rows_of(column).len() as u32 * weight(column);
        let mut keys = Vec::with_capacity(graph.n_nodes());
        keys.par_extend(rows.map(row_key));
        keys.par_extend(columns.map(column_key));
        Self {
            graph,
            weight,
            queue: BucketQueue::new(keys, n_buckets),
            gone: FixedBitSet::with_capacity(graph.n_rows()),
            there: Vec::new(),
        }
    }

    /// Lets every node begin with a key raised by its load.
    ///
    /// # Shape
    /// A load a node; with the weights of its edges still below 2^31.
    pub(super) fn with_loads(self, loads: &[u32], n_buckets: usize) -> Self {
        let keys = self.queue.into_keys().into_iter().zip(loads).map(|(key, load)| key + load).collect();
        Self { queue: BucketQueue::new(keys, n_buckets), ..self }
    }

    /// Takes every node away and calls `taken` with each and its key at that moment.
    pub(super) fn run(mut self, fall: Fall, mut taken: impl FnMut(u32, u32)) {
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(key) = self.queue.least(&mut batch) {
            self.fetch(&batch);
            for at in 0..batch.len() {
                if self.queue.may_hold_below(key) {
                    self.queue.put_back(&batch[at..], key);
                    break;
                }
                if self.queue.key(batch[at]) == key {
                    taken(batch[at], key);
                    match fall {
                        Fall::Free => self.take(batch[at], |queue, node, by| queue.lower(node, by)),
                        Fall::ToLevel => self.take(batch[at], |queue, node, by| {
                            if queue.key(node) > key {
                                queue.lower(node, by);
                            }
                        }),
                    }
                }
            }
        }
    }

    /// Reads the beginnings of the nodes' lists, which are far apart in memory, so that the waits for them overlap.
    fn fetch(&self, nodes: &[u32]) {
        let n_rows = self.graph.n_rows() as u32;
        let first = |&node: &u32| {
            let list = if node < n_rows { self.graph.columns_of(node) } else { self.graph.rows_of(node - n_rows) };
            list.first().copied().unwrap_or_default()
        };
        std::hint::black_box(nodes.iter().map(first).fold(0, u32::wrapping_add));
    }

    fn take(&mut self, node: u32, lower: impl Fn(&mut BucketQueue, u32, u32)) {
        self.queue.remove(node);
        let n_rows = self.graph.n_rows() as u32;
        if node < n_rows {
            self.gone.insert(node as usize);
            for &column in self.graph.columns_of(node) {
                lower(&mut self.queue, n_rows + column, (self.weight)(column));
            }
            return;
        }
        let by = (self.weight)(node - n_rows);
        let rows = self.graph.rows_of(node - n_rows);
        if self.there.len() < rows.len() {
            self.there.resize(rows.len(), 0);
        }
        let mut n_there = 0;
        for &row in rows {
            self.there[n_there] = row;
            n_there += usize::from(!self.gone[row as usize]);
        }
        for &row in &self.there[..n_there] {
            lower(&mut self.queue, row, by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph_of;
    use petgraph::visit::IntoNeighbors;
    use proptest::prelude::*;

    /// Weights of columns that differ and do not divide each other.
    fn weight(column: u32) -> u32 {
        [571, 421, 97, 64][column as usize % 4] + column
    }

    /// Follows a peel node by node and checks that each was the lightest left.
    fn check(graph: &BipartiteGraph, n_buckets: usize) {
        let n_rows = graph.n_rows() as u32;
        let edge = |a: u32, b: u32| weight(a.max(b) - n_rows);
        let mut left: Vec<Option<u32>> =
            (0..graph.n_nodes() as u32).map(|node| Some(graph.neighbors(node).map(|other| edge(node, other)).sum())).collect();
        let mut n_taken = 0;
        Peel::new(graph, weight, n_buckets).run(Fall::Free, |node, key| {
            assert_eq!(left[node as usize], Some(key));
            assert_eq!(left.iter().flatten().min(), Some(&key));
            left[node as usize] = None;
            for other in graph.neighbors(node) {
                if let Some(weight) = &mut left[other as usize] {
                    *weight -= edge(node, other);
                }
            }
            n_taken += 1;
        });
        assert_eq!(n_taken, graph.n_nodes());
    }

    proptest! {
        #[test]
        fn takes_the_lightest_node_each_time(edges in proptest::collection::vec((0_u32..25, 0_u32..12), 0..200)) {
            check(&graph_of(&edges, 25, 12), 8192);
        }

        #[test]
        fn the_size_of_the_window_does_not_matter(edges in proptest::collection::vec((0_u32..25, 0_u32..12), 0..200)) {
            check(&graph_of(&edges, 25, 12), 64);
        }
    }

    #[test]
    fn blocks_that_fall_apart_are_followed_to_the_end() {
        // Complete blocks of several sizes: once a block has lost a node, its keys fall far below those of the next one.
        let mut edges = Vec::new();
        for (block, size) in [(0, 20), (1, 23), (2, 20), (3, 31)] {
            edges.extend((0..size).flat_map(|row| (0..size).map(move |column| (block * 40 + row, block * 40 + column))));
        }
        for n_buckets in [64, 1024, 8192] {
            check(&graph_of(&edges, 160, 160), n_buckets);
        }
    }
}
