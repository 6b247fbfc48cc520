//! Statistics: how well a score ranks, how honest a probability is, how wide an interval must be.

mod anderson_darling;
mod auc;
mod average_precision;
mod bootstrap;
mod brier;
mod calibration_error;
mod count_tails;
mod false_discovery;
mod first_digits;
mod isotonic;
mod next_source;
mod power_law;
mod proportion;
mod quantile_regression;
mod rank_correlation;
mod risk_control;
mod roc;
mod splits;
mod summary;
mod two_samples;

pub use anderson_darling::{AndersonDarling, anderson_darling};
pub use auc::{auc, auc_weighted};
pub use average_precision::average_precision;
pub use bootstrap::Bootstrap;
pub use brier::{brier, log_loss};
pub use calibration_error::{ReliabilityBin, debiased_calibration_error, expected_calibration_error, reliability};
pub use count_tails::{ln_negative_binomial_tail, ln_poisson_tail};
pub use false_discovery::benjamini_hochberg;
pub use first_digits::{FirstDigits, first_digits};
pub use isotonic::IsotonicFit;
pub use next_source::bound_of_next;
pub use power_law::PowerLawTail;
pub use proportion::{RoganGladen, clopper_pearson, rogan_gladen, wilson};
pub use quantile_regression::QuantileLine;
pub use rank_correlation::rank_correlation;
pub use risk_control::risk_controlling_threshold;
pub use roc::{RocPoint, accuracy, balanced_accuracy, best_accuracy, roc, sensitivity_at_specificity};
pub use splits::{Split, grouped_folds, stratified_split};
pub use summary::{mean, median, quantile, standard_deviation};
pub use two_samples::{kolmogorov_smirnov, wasserstein};

/// The 95th percentile of the standard normal law: 90 % lie within so many standard deviations.
pub const Z_90: f64 = 1.644_853_626_951_472_2;
