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
mod dense_blocks;
mod edge_source;
mod edge_time;
mod fraudar;
mod greedy_plus_plus;
mod k_truss;
mod local_search;
mod lockstep;
mod merge;
mod mutual;
mod peel;
mod petgraph_visit;
mod pods;
mod reciprocity;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod transpose;
mod trust;

pub use batch_edges::BatchEdges;
pub use bipartite::{BipartiteGraph, Reading};
pub use column_weights::ColumnWeights;
pub use core_numbers::{core_numbers, weighted_core_numbers};
pub use creator_actions::{ActionsReading, CreatorActions, PostAction, PostOf};
pub use dataset_edges::{EngagementEdges, FollowEdges};
pub use dense_blocks::dense_blocks;
pub use edge_source::{EdgeBatch, EdgeList, EdgeSource, NO_OWNER};
pub use edge_time::EdgeTime;
pub use fraudar::{Block, densest_block};
pub use greedy_plus_plus::greedy_plus_plus;
pub use k_truss::{triangle_communities, truss_numbers};
pub use local_search::local_search;
pub use lockstep::{Burst, LockstepGroup, LockstepMember, LockstepSettings, LockstepTarget, find_bursts, find_lockstep};
pub use mutual::MutualGraph;
pub use petgraph_visit::{AllLinks, Link, Links, Neighbours};
pub use pods::{Pod, PodMember, PodSearch, PodSettings, Promptness, SetAside, find_pods};
pub use reciprocity::{ReciprocityNull, Tie, reciprocal_graph, reciprocal_ties};
pub use trust::trust_ranks;
