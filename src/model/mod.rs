//! Fitted models: fit, predict, calibrate, explain, and the artifact on disk.

mod abstention;
mod account_model;
mod account_scorer;
mod account_terms;
mod additive;
mod additive_fit;
mod artifact;
mod artifact_check;
mod bounded_logistic;
mod cholesky;
mod measured_accuracy;
mod prediction;
mod prevalence_calibration;
mod ramps;
mod set_calibration;
mod share_margins;
mod share_posterior;
mod sparse_logistic;
mod timing_fit;
mod timing_model;

pub use abstention::{MIN_COMPLETE_SIGNALS, SUSPICIOUS_THRESHOLD, is_incomplete};
pub use account_model::{AccountModel, ModelDescription, TermDescription};
pub use account_scorer::AccountScorer;
pub use account_terms::account_terms;
pub use additive::{AdditiveModel, AdditiveParams, AdditiveTerm, AdditiveValidParams, TrainingRow};
pub use artifact::{MODEL_FORMAT_VERSION, Provenance, TrainingSource};
pub use measured_accuracy::MeasuredAccuracy;
pub use prediction::{AccountPredictions, Explanation, Reason};
pub use prevalence_calibration::{HeldOutScores, PrevalenceCalibration, ScoreTemplate};
pub use ramps::{Ramps, Scale};
pub use share_posterior::{ScoreProbability, SetEvidence, ShareGrid, SharePosterior};
pub use sparse_logistic::{SparseLogistic, SparseLogisticParams, SparseRows};
pub use timing_fit::{LabelledHistory, folds_by_class};
pub use timing_model::{GAP_RATIO, GapModels, TimingHistory, TimingModel, TimingSettings, TimingTerms};
