//! Small stand-ins for large sets, from which likeness is told without comparing the sets.

mod bottom_k;
mod creator_sketch;
mod min_hash;

pub use bottom_k::{BottomK, Kept, SKETCH_SIZE, SketchEstimate, account_key, overlap, union, weighted_jaccard};
pub use creator_sketch::{AudienceBasis, CreatorSketch};
pub use min_hash::{MinHash, N_BANDS, jaccard};
