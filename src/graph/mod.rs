//! Who follows whom and who acts on what, as graphs; one algorithm a file.

mod batch_edges;
mod bipartite;
mod bucket_queue;
mod build;
mod column_weights;
mod core_numbers;
mod creator_actions;
mod csr;
mod dataset_edges;
mod edge_source;
mod edge_time;
mod fraudar;
mod k_truss;
mod merge;
mod peel;
mod petgraph_visit;
mod reciprocity;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod transpose;

pub use batch_edges::BatchEdges;
pub use bipartite::{BipartiteGraph, Reading};
pub use column_weights::ColumnWeights;
pub use core_numbers::core_numbers;
pub use creator_actions::{ActionsReading, CreatorActions, PostAction, PostOf};
pub use dataset_edges::{EngagementEdges, FollowEdges};
pub use edge_source::{EdgeBatch, EdgeList, EdgeSource, NO_OWNER};
pub use edge_time::EdgeTime;
pub use fraudar::{Block, densest_block};
pub use k_truss::{triangle_communities, truss_numbers};
pub use petgraph_visit::{AllLinks, Link, Links, Neighbours};
pub use reciprocity::{ReciprocityNull, Tie, reciprocal_graph, reciprocal_ties};
