//! What an edge to a column counts.

use super::bipartite::BipartiteGraph;
use super::bucket_queue::KEY_LIMIT;

/// Unit of the weights at most; a power of two, so that it divides out without rounding.
const SCALE: u32 = 1024;
/// The constant in FRAUDAR's logarithm (Hooi et al. 2016, section 4.3).
const OFFSET: f64 = 5.0;

/// Weights of columns as whole numbers in units of 1 / `scale`.
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, ColumnWeights, EdgeList};
/// let edges = EdgeList { n_rows: 2, n_columns: 1, rows: &[0, 1], columns: &[0, 0], times: None };
/// let weights = ColumnWeights::logarithmic(&BipartiteGraph::build(&edges)?);
/// // round(1024 / ln 7)
/// assert_eq!((weights.of(0), weights.scale()), (526, 1024.0));
/// # Ok::<(), bonafide::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnWeights {
    weights: Vec<u32>,
    scale: u32,
}

impl ColumnWeights {
    /// FRAUDAR's weights: round(scale / ln(d + 5)) for a column of d rows. The scale is 1024, halved until the edges of every
    /// node weigh less than 2^31 together.
    ///
    /// # Cost
    /// O(rows + columns), O(E) for a graph with a node of several million edges; 4 bytes a column.
    ///
    /// # Source
    /// Hooi et al., KDD 2016, section 4.3: c_ij = 1 / log(d_j + 5).
    pub fn logarithmic(graph: &BipartiteGraph) -> Self {
        let mut scale = SCALE;
        loop {
            let degrees = (0..graph.n_columns() as u32).map(|column| graph.rows_of(column).len());
            let weights = degrees.map(|degree| (f64::from(scale) / (degree as f64 + OFFSET).ln()).round() as u32).collect();
            let weights = Self { weights, scale };
            if weights.fit(graph) || scale == 1 {
                return weights;
            }
            scale /= 2;
        }
    }

    /// The weight of an edge to this column, in units of 1 / `scale`.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn of(&self, column: u32) -> u32 {
        self.weights[column as usize]
    }

    /// How many units make 1.
    pub fn scale(&self) -> f64 {
        f64::from(self.scale)
    }

    /// The weights of some columns, numbered anew in that order.
    pub(super) fn of_columns(&self, columns: &[u32]) -> Self {
        Self { weights: columns.iter().map(|&column| self.of(column)).collect(), scale: self.scale }
    }

    /// The weight of all edges of the heaviest node, in units.
    pub(super) fn heaviest_node(&self, graph: &BipartiteGraph) -> u64 {
        let of_column = |column| u64::from(self.of(column)) * graph.rows_of(column).len() as u64;
        let of_row = |row| graph.columns_of(row).iter().map(|&column| u64::from(self.of(column))).sum();
        let columns = (0..graph.n_columns() as u32).map(of_column);
        columns.chain((0..graph.n_rows() as u32).map(of_row)).max().unwrap_or(0)
    }

    /// The weight of all edges, in units.
    pub(super) fn total(&self, graph: &BipartiteGraph) -> u64 {
        let columns = self.weights.iter().zip(0..);
        columns.map(|(&weight, column)| u64::from(weight) * graph.rows_of(column).len() as u64).sum()
    }

    /// Whether the edges of every node weigh less than the queue's limit.
    fn fit(&self, graph: &BipartiteGraph) -> bool {
        let limit = u64::from(KEY_LIMIT);
        let heaviest = u64::from(self.weights.iter().copied().max().unwrap_or(0));
        let column_fits = |column| u64::from(self.of(column)) * (graph.rows_of(column).len() as u64) < limit;
        let row_fits = |row| {
            let columns = graph.columns_of(row);
            columns.len() as u64 * heaviest < limit
                || columns.iter().map(|&column| u64::from(self.of(column))).sum::<u64>() < limit
        };
        (0..graph.n_columns() as u32).all(column_fits) && (0..graph.n_rows() as u32).all(row_fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph_of;

    #[test]
    fn popular_columns_weigh_less() {
        let edges: Vec<(u32, u32)> = (0..1_000).map(|row| (row, 0)).chain([(0, 1)]).collect();
        let weights = ColumnWeights::logarithmic(&graph_of(&edges, 1_000, 3));
        // round(1024 / ln 1005), round(1024 / ln 6), round(1024 / ln 5)
        assert_eq!(weights.weights, [148, 572, 636]);
    }

    #[test]
    fn the_scale_gives_way_before_the_keys_grow_too_large() {
        let graph = graph_of(&[(0, 0)], 1, 1);
        let heavy = |weight| ColumnWeights { weights: vec![weight], scale: 1 };
        assert!(heavy(KEY_LIMIT - 1).fit(&graph) && !heavy(KEY_LIMIT).fit(&graph));
    }
}
