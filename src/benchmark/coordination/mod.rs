//! How well coordinated groups are found: known blocks in organic graphs.

mod inject;

pub use inject::{Camouflage, InjectedEdges, Injection};
