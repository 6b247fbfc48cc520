//! Who follows whom and who acts on what, as graphs; one algorithm a file.

mod batch_edges;
mod bipartite;
mod bucket_queue;
mod build;
mod column_weights;
mod core_numbers;
mod csr;
mod dataset_edges;
mod edge_source;
mod edge_time;
mod fraudar;
mod merge;
mod peel;
mod petgraph_visit;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod transpose;

pub use batch_edges::BatchEdges;
pub use bipartite::{BipartiteGraph, Reading};
pub use column_weights::ColumnWeights;
pub use core_numbers::core_numbers;
pub use dataset_edges::{EngagementEdges, FollowEdges};
pub use edge_source::{EdgeBatch, EdgeList, EdgeSource, NO_OWNER};
pub use edge_time::EdgeTime;
pub use fraudar::{Block, densest_block};
pub use petgraph_visit::{AllLinks, Link, Links, Neighbours};
