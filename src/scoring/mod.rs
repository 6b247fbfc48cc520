//! From predictions to scores: account classes, the fake share of an audience, creator scores and verdicts.

mod account;
mod audience;
mod audience_profile;
mod class;
mod class_shares;
mod creator;
mod detectable;
mod engagement_rate;
mod features;
mod findings;
mod finite_population;
mod group_findings;
mod group_membership;
mod not_measured;
mod prevalence;
mod removed;
mod score;
mod verdict;
mod wording;

pub use crate::model::MIN_COMPLETE_SIGNALS;
pub use account::AccountScores;
pub use audience::Audiences;
pub use audience_profile::{AudienceProfile, INACTIVE_AFTER_DAYS, MIN_FIELD_COUNT};
pub use class::{INFLUENCER_FOLLOWERS, MASS_FOLLOWER_FOLLOWING, classify};
pub use class_shares::class_shares;
pub use creator::{ClassShare, CreatorScore, Estimate, NotMeasured};
pub use detectable::{DETECTION_POWER, DetectableShares, SHOWN_ABOVE_SHARE};
pub use engagement_rate::{MIN_POST_COUNT, mean_interactions};
pub use features::creator_features;
pub use findings::{NOTICE_FAKE_SHARE, WARNING_FAKE_SHARE, audience_findings};
pub use group_findings::group_findings;
pub use prevalence::{Prevalence, PrevalenceEstimator, SampleDesign, UNLIKE_SHIFT_SDS};
pub use removed::{LARGE_REMOVED_SHARE, RemovedFollowers};
pub use score::{CreatorScorer, MAX_EVIDENCE_COUNT, ScoredCreator};
pub use verdict::{MAX_ABSTAINED_SHARE, MAX_DETECTABLE_SHARE, MIN_MEASURED_COUNT, MIN_MEASURED_SHARE, decide};
pub use wording::{SCORE_MEANING, count, count_of};
