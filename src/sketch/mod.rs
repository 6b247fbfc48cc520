//! Small stand-ins for large sets, from which likeness is told without comparing the sets.

mod min_hash;

pub use min_hash::{MinHash, N_BANDS, jaccard};
