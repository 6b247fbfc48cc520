//! petgraph's algorithms on our graph.
//!
//! Row r is node r, column c is node `n_rows + c`, edges have no direction and weigh nothing. Do not use petgraph's `page_rank`: it
//! takes O(V² E) an iteration.

use super::bipartite::BipartiteGraph;
use fixedbitset::FixedBitSet;
use petgraph::Undirected;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors,
    IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use std::ops::Range;

/// An edge seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    source: u32,
    target: u32,
}

impl EdgeRef for Link {
    type NodeId = u32;
    type EdgeId = (u32, u32);
    type Weight = ();

    fn source(&self) -> u32 {
        self.source
    }

    fn target(&self) -> u32 {
        self.target
    }

    fn weight(&self) -> &() {
        &()
    }

    /// The lower node (a row) and the higher one (a column), from whichever end the edge is seen.
    fn id(&self) -> (u32, u32) {
        (self.source.min(self.target), self.source.max(self.target))
    }
}

/// The nodes next to one.
#[derive(Debug, Clone)]
pub struct Neighbours<'a> {
    list: std::slice::Iter<'a, u32>,
    shift: u32,
}

impl Iterator for Neighbours<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.list.next().map(|node| node + self.shift)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.list.size_hint()
    }
}

/// The edges of one node, which is their source.
#[derive(Debug, Clone)]
pub struct Links<'a> {
    source: u32,
    neighbours: Neighbours<'a>,
}

impl Iterator for Links<'_> {
    type Item = Link;

    fn next(&mut self) -> Option<Link> {
        self.neighbours.next().map(|target| Link { source: self.source, target })
    }
}

/// Every edge once, from its row.
#[derive(Debug, Clone)]
pub struct AllLinks<'a> {
    graph: &'a BipartiteGraph,
    rows: Range<u32>,
    links: Links<'a>,
}

impl Iterator for AllLinks<'_> {
    type Item = Link;

    fn next(&mut self) -> Option<Link> {
        loop {
            if let Some(link) = self.links.next() {
                return Some(link);
            }
            self.links = self.graph.edges(self.rows.next()?);
        }
    }
}

impl GraphBase for BipartiteGraph {
    type NodeId = u32;
    type EdgeId = (u32, u32);
}

impl Data for BipartiteGraph {
    type NodeWeight = ();
    type EdgeWeight = ();
}

impl GraphProp for BipartiteGraph {
    type EdgeType = Undirected;
}

impl NodeCount for BipartiteGraph {
    fn node_count(&self) -> usize {
        self.n_nodes()
    }
}

impl EdgeCount for BipartiteGraph {
    fn edge_count(&self) -> usize {
        self.n_edges()
    }
}

impl NodeIndexable for BipartiteGraph {
    fn node_bound(&self) -> usize {
        self.n_nodes()
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        index as u32
    }
}

impl NodeCompactIndexable for BipartiteGraph {}

impl Visitable for BipartiteGraph {
    type Map = FixedBitSet;

    fn visit_map(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.n_nodes())
    }

    fn reset_map(&self, map: &mut FixedBitSet) {
        map.clear();
        map.grow(self.n_nodes());
    }
}

/// The lists themselves answer, in O(log d): a matrix would take a bit for every pair of nodes.
impl GetAdjacencyMatrix for BipartiteGraph {
    type AdjMatrix = ();

    fn adjacency_matrix(&self) {}

    fn is_adjacent(&self, (): &(), a: u32, b: u32) -> bool {
        let (row, column, first) = (a.min(b), a.max(b), self.n_rows() as u32);
        row < first && column >= first && self.has_edge(row, column - first)
    }
}

impl<'a> IntoNeighbors for &'a BipartiteGraph {
    type Neighbors = Neighbours<'a>;

    fn neighbors(self, node: u32) -> Neighbours<'a> {
        let first = self.n_rows() as u32;
        if node < first {
            Neighbours { list: self.columns_of(node).iter(), shift: first }
        } else {
            Neighbours { list: self.rows_of(node - first).iter(), shift: 0 }
        }
    }
}

impl IntoNodeIdentifiers for &BipartiteGraph {
    type NodeIdentifiers = Range<u32>;

    fn node_identifiers(self) -> Range<u32> {
        0..self.n_nodes() as u32
    }
}

impl IntoNodeReferences for &BipartiteGraph {
    type NodeRef = (u32, &'static ());
    type NodeReferences = std::iter::Map<Range<u32>, fn(u32) -> (u32, &'static ())>;

    fn node_references(self) -> Self::NodeReferences {
        self.node_identifiers().map(|node| (node, &()))
    }
}

impl<'a> IntoEdgeReferences for &'a BipartiteGraph {
    type EdgeRef = Link;
    type EdgeReferences = AllLinks<'a>;

    fn edge_references(self) -> AllLinks<'a> {
        let none = Links { source: 0, neighbours: Neighbours { list: [].iter(), shift: 0 } };
        AllLinks { graph: self, rows: 0..self.n_rows() as u32, links: none }
    }
}

impl<'a> IntoEdges for &'a BipartiteGraph {
    type Edges = Links<'a>;

    fn edges(self, node: u32) -> Links<'a> {
        Links { source: node, neighbours: self.neighbors(node) }
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::testing::graph_of;
    use petgraph::algo::{connected_components, dijkstra, is_bipartite_undirected, min_spanning_tree};
    use petgraph::graph::{NodeIndex, UnGraph};
    use petgraph::visit::{Bfs, EdgeRef, GetAdjacencyMatrix, IntoEdgeReferences};
    use proptest::prelude::*;

    fn theirs(edges: &[(u32, u32)], n_rows: u32, n_columns: u32) -> UnGraph<(), ()> {
        let mut graph = UnGraph::new_undirected();
        (0..n_rows + n_columns).for_each(|_| _ = graph.add_node(()));
        for &(row, column) in edges {
            graph.update_edge(NodeIndex::from(row), NodeIndex::from(n_rows + column), ());
        }
        graph
    }

    proptest! {
        #[test]
        fn its_algorithms_see_the_graph_that_petgraph_would_hold(edges in proptest::collection::vec((0_u32..12, 0_u32..9), 0..40)) {
            let (ours, theirs) = (graph_of(&edges, 12, 9), theirs(&edges, 12, 9));
            prop_assert_eq!(connected_components(&ours), connected_components(&theirs));
            prop_assert_eq!(min_spanning_tree(&ours).count(), min_spanning_tree(&theirs).count());
            let distances = dijkstra(&ours, 0, None, |_| 1_u32);
            let expected = dijkstra(&theirs, NodeIndex::from(0), None, |_| 1_u32);
            prop_assert_eq!(distances.len(), expected.len());
            for (node, distance) in expected {
                prop_assert_eq!(distances[&(node.index() as u32)], distance);
            }
            let mut visit = Bfs::new(&ours, 12);
            let reached = std::iter::from_fn(|| visit.next(&ours)).count();
            let mut expected = Bfs::new(&theirs, NodeIndex::from(12));
            prop_assert_eq!(reached, std::iter::from_fn(|| expected.next(&theirs)).count());
            prop_assert!(is_bipartite_undirected(&ours, 0));
            for a in 0..21 {
                for b in 0..21 {
                    let expected = theirs.contains_edge(NodeIndex::from(a), NodeIndex::from(b));
                    prop_assert_eq!(ours.is_adjacent(&(), a, b), expected);
                }
            }
        }
    }

    #[test]
    fn every_edge_is_seen_once() {
        let graph = graph_of(&[(0, 1), (2, 0), (2, 1)], 4, 2);
        let links: Vec<_> = (&graph).edge_references().map(|link| (link.source(), link.target(), link.id())).collect();
        assert_eq!(links, [(0, 5, (0, 5)), (2, 4, (2, 4)), (2, 5, (2, 5))]);
    }
}
