//! Signals: the catalogue, and the tables of measurements.

mod account;
mod band;
mod catalogue;
mod creator;
mod measure;
mod profile;
mod table;

pub use account::{ACCOUNT_SIGNALS, AccountSignal, AccountTiming, AccountTimings, TIMING_SIGNALS, account_signal_column};
pub use band::{Band, BandBasis, BandRule, Peers};
pub use catalogue::{Signal, Trend};
pub use creator::{
    Activities, CREATOR_SIGNALS, CommentCorpus, CommentForm, CommentMeasures, CommentText, CommentedLanguage, CreatorActivity,
    CreatorMeasures, EngagementMeasures, EngagementOf, FollowOf, GrowthBasis, GrowthMeasures, MIN_CLOCKS, MIN_TIMED_ACTIONS,
    MIN_TIMED_ENGAGERS, PostActivity, RepeatedText, SharedBy, TimingMeasures, creator_signal,
};
pub use measure::{measurable, measure_account_range, measure_accounts};
pub use profile::Profile;
pub use table::SignalTable;
