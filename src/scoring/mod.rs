//! From predictions to scores: account classes, the fake share of an audience, creator scores and verdicts.

mod account;
mod audience;
mod class;
mod creator;
mod detectable;
mod finite_population;
mod prevalence;

pub use account::AccountScores;
pub use audience::Audiences;
pub use class::{INFLUENCER_FOLLOWERS, MASS_FOLLOWER_FOLLOWING, classify};
pub use creator::{ClassShare, CreatorScore, Estimate, NotMeasured};
pub use detectable::{DetectableShares, SHOWN_ABOVE_SHARE};
pub use prevalence::{Prevalence, PrevalenceEstimator, SampleDesign, UNLIKE_SHIFT_SDS};
