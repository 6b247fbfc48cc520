//! Small graphs for tests.

use super::bipartite::BipartiteGraph;
use super::edge_source::EdgeList;

/// The graph of some edges (row, column).
pub(super) fn graph_of(edges: &[(u32, u32)], n_rows: usize, n_columns: usize) -> BipartiteGraph {
    let (rows, columns): (Vec<u32>, Vec<u32>) = edges.iter().copied().unzip();
    BipartiteGraph::build(&EdgeList { n_rows, n_columns, rows: &rows, columns: &columns, times: None }).unwrap()
}
