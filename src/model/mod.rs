//! Fitted models: fit, predict, calibrate, explain, and the artifact on disk.

mod additive;
mod additive_fit;
mod bounded_logistic;
mod cholesky;
mod prediction;
mod prevalence_calibration;
mod ramps;
mod share_margins;
mod share_posterior;

pub use additive::{AdditiveModel, AdditiveParams, AdditiveTerm, AdditiveValidParams, TrainingRow};
pub use prediction::{AccountPredictions, Explanation, Reason};
pub use prevalence_calibration::{HeldOutScores, PrevalenceCalibration, ScoreTemplate};
pub use ramps::{Ramps, Scale};
pub use share_posterior::{SampleCount, ScoreProbability, ShareGrid, SharePosterior};
