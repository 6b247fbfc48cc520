//! Why numbers moved: causes, what speaks for each of them, and the odds between them.
//!
//! A detector says what happened; here what else is known of that time is held against what each cause would leave behind. The odds are
//! ratios of likelihoods: how much more probable the observations are under one cause than under another, whatever each is worth beforehand.

mod cause;
mod fit;
mod likelihoods;
mod odds;

pub use cause::Cause;
pub use fit::{CauseCase, CauseFit};
pub use likelihoods::{CauseLikelihoods, Observed};
pub use odds::{CauseOdds, TOLD_APART};
