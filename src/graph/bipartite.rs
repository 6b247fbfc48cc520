//! The follower and the engagement graph: who acts on whom, in both directions.

use super::build;
use super::csr::Csr;
use super::edge_source::EdgeSource;
use super::edge_time::EdgeTime;
use crate::Result;

/// Rows (accounts that act) and columns (creators, or posts), linked by edges without repetition, in both directions.
///
/// # Shape
/// Rows are numbered 0..`n_rows`, columns 0..`n_columns`. As one undirected graph, row r is node r and column c is node
/// `n_rows + c`. Every list is ascending. Times stand once, beside the rows of each column.
///
/// # Cost
/// 8 bytes an edge and 4 a row or column; 4 bytes an edge more where times are known. At most 2^32 − 1 edges, rows and columns
/// together likewise.
///
/// # Examples
/// ```
/// use bonafide::domain::Timestamp;
/// use bonafide::graph::{BipartiteGraph, EdgeList, EdgeTime};
/// let (time, _) = Timestamp::parse("2024-06-14T00:00:00Z").unwrap();
/// let times = [EdgeTime::MISSING, EdgeTime::from(time), EdgeTime::MISSING];
/// let edges = EdgeList { n_rows: 2, n_columns: 3, rows: &[0, 1, 1], columns: &[2, 2, 2], times: Some(&times) };
/// let graph = BipartiteGraph::build(&edges)?;
/// assert_eq!((graph.n_edges(), graph.reading().repeated), (2, 1));
/// assert_eq!((graph.rows_of(2), graph.rows_of(0)), (&[0, 1][..], &[][..]));
/// assert_eq!(graph.time(1, 2), Some(time));
/// # Ok::<(), bonafide::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BipartiteGraph {
    pub(super) by_row: Csr,
    pub(super) by_column: Csr,
    pub(super) times: Option<Vec<EdgeTime>>,
    pub(super) reading: Reading,
}

/// What building a graph did to the edges it was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// Edges in the source.
    pub read: u64,
    /// Edges from the owner of a column to that column, left out.
    pub self_loops: u64,
    /// Edges that repeat another, merged with it: the earliest time known is kept.
    pub repeated: u64,
    /// Edges of the graph whose time is missing.
    pub without_time: u64,
}

impl BipartiteGraph {
    /// Builds the graph in two passes over the edges.
    ///
    /// # Errors
    /// An id that is not below the number of rows or columns, more than 2^32 − 1 edges or nodes, a source that gives other edges
    /// in its second pass, and what the source itself reports.
    ///
    /// # Cost
    /// O(E log d) for lists of d edges that come unsorted, O(E) else. Beside the graph itself 4 bytes a column and 64 KiB; columns
    /// with times that come unsorted take 8 bytes for each edge of the longest while they are sorted.
    pub fn build<S: EdgeSource + ?Sized>(source: &S) -> Result<Self> {
        build::build(source)
    }

    /// How many rows there are, those without an edge included.
    pub fn n_rows(&self) -> usize {
        self.by_row.n_lists()
    }

    /// How many columns there are, those without an edge included.
    pub fn n_columns(&self) -> usize {
        self.by_column.n_lists()
    }

    /// Rows and columns together.
    pub fn n_nodes(&self) -> usize {
        self.n_rows() + self.n_columns()
    }

    /// How many different edges there are.
    pub fn n_edges(&self) -> usize {
        self.by_column.targets().len()
    }

    /// What building did to the edges given.
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// The columns that a row is linked to, ascending.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn columns_of(&self, row: u32) -> &[u32] {
        self.by_row.list(row)
    }

    /// The rows that are linked to a column, ascending.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn rows_of(&self, column: u32) -> &[u32] {
        self.by_column.list(column)
    }

    /// When each of [`BipartiteGraph::rows_of`] was linked to the column, one slot a row.
    ///
    /// # Missing
    /// `None` if no edge of the graph has a time.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn times_of(&self, column: u32) -> Option<&[EdgeTime]> {
        Some(&self.times.as_ref()?[self.by_column.range(column)])
    }

    /// When a row was linked to a column.
    ///
    /// # Missing
    /// `None` if there is no such edge, or its time is missing.
    ///
    /// # Cost
    /// O(log d) for a column of d rows.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn time(&self, row: u32, column: u32) -> Option<crate::domain::Timestamp> {
        let at = self.rows_of(column).binary_search(&row).ok()?;
        self.times_of(column)?[at].get()
    }

    /// Whether a row is linked to a column, looked up in the shorter list.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn has_edge(&self, row: u32, column: u32) -> bool {
        let (columns, rows) = (self.columns_of(row), self.rows_of(column));
        if columns.len() < rows.len() { columns.binary_search(&column).is_ok() } else { rows.binary_search(&row).is_ok() }
    }

    /// Bytes that the graph holds.
    pub fn held_bytes(&self) -> usize {
        self.by_row.held_bytes() + self.by_column.held_bytes() + self.times.as_ref().map_or(0, |times| 4 * times.capacity())
    }
}
