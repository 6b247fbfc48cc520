//! Signals: the catalogue, and the tables of measurements.

mod account;
mod band;
mod catalogue;
mod creator;
mod measure;
mod profile;
mod table;

pub use account::{ACCOUNT_SIGNALS, AccountSignal, account_signal_column};
pub use band::{Band, BandBasis, BandRule, Peers};
pub use catalogue::{Signal, Trend};
pub use creator::{
    Activities, CREATOR_SIGNALS, CommentCorpus, CommentForm, CommentMeasures, CommentText, CommentedLanguage, CreatorActivity,
    CreatorMeasures, EngagementMeasures, EngagementOf, FollowOf, GrowthMeasures, PostActivity, RepeatedText, TimingMeasures,
    creator_signal,
};
pub use measure::{measurable, measure_account_range, measure_accounts};
pub use profile::Profile;
pub use table::SignalTable;
