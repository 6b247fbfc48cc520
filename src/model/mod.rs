//! Fitted models: fit, predict, calibrate, explain, and the artifact on disk.

mod prediction;
mod prevalence_calibration;
mod share_margins;
mod share_posterior;

pub use prediction::{AccountPredictions, Explanation, Reason};
pub use prevalence_calibration::{HeldOutScores, PrevalenceCalibration, ScoreTemplate};
pub use share_posterior::{SampleCount, ScoreProbability, ShareGrid, SharePosterior};
