//! Edges as a stream that can be read again, so that a graph is built without ever holding their list.

use super::edge_time::EdgeTime;
use crate::Result;

/// Some edges: one slot an edge in every column.
#[derive(Debug, Clone, Copy)]
pub struct EdgeBatch<'a> {
    /// Who acts.
    pub rows: &'a [u32],
    /// On whom, or on what.
    pub columns: &'a [u32],
    /// When; `None` if the source has no times.
    pub times: Option<&'a [EdgeTime]>,
}

/// Edges from rows (accounts that act) to columns (creators, or posts), both numbered densely from 0.
///
/// A graph is built in two passes, so [`EdgeSource::replay`] is called twice and must give the same edges both times.
pub trait EdgeSource {
    /// How many rows there are, those without an edge included.
    fn n_rows(&self) -> usize;

    /// How many columns there are, those without an edge included.
    fn n_columns(&self) -> usize;

    /// The row that a column belongs to (the account of a creator, the author of a post), one slot a column; [`NO_OWNER`] if it is
    /// no row. An edge from the owner is a self-loop.
    fn owners(&self) -> Option<&[u32]> {
        None
    }

    /// Gives every edge, in batches of any size and in any order.
    ///
    /// # Errors
    /// What the source or `visit` reports.
    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()>;
}

/// Marks a column that belongs to no row.
pub const NO_OWNER: u32 = u32::MAX;

/// Edges in memory, chiefly for tests and small graphs.
///
/// # Examples
/// ```
/// use bonafide::graph::{BipartiteGraph, EdgeList};
/// let edges = EdgeList { n_rows: 3, n_columns: 2, rows: &[0, 2, 2], columns: &[1, 0, 1], times: None };
/// let graph = BipartiteGraph::build(&edges)?;
/// assert_eq!((graph.columns_of(2), graph.rows_of(1)), (&[0, 1][..], &[0, 2][..]));
/// # Ok::<(), bonafide::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct EdgeList<'a> {
    /// How many rows there are.
    pub n_rows: usize,
    /// How many columns there are.
    pub n_columns: usize,
    /// The row of each edge.
    pub rows: &'a [u32],
    /// The column of each edge.
    pub columns: &'a [u32],
    /// The time of each edge, if times are known at all.
    pub times: Option<&'a [EdgeTime]>,
}

impl EdgeSource for EdgeList<'_> {
    fn n_rows(&self) -> usize {
        self.n_rows
    }

    fn n_columns(&self) -> usize {
        self.n_columns
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        visit(EdgeBatch { rows: self.rows, columns: self.columns, times: self.times })
    }
}
