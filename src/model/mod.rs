//! Fitted models: fit, predict, calibrate, explain, and the artifact on disk.

mod prediction;

pub use prediction::{AccountPredictions, Explanation, Reason};
