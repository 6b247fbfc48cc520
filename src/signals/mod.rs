//! Signals: the catalogue, and the tables of measurements.

mod account;
mod band;
mod catalogue;
mod creator;
mod engagement_bands;
mod measure;
mod profile;
mod table;

pub use account::{ACCOUNT_SIGNALS, AccountSignal, AccountTiming, AccountTimings, TIMING_SIGNALS, account_signal_column};
pub use band::{Band, BandBasis, BandRule, Peers};
pub use catalogue::{Signal, Trend};
pub use creator::{
    Activities, ArrivalMeasures, CREATOR_SIGNALS, CommentCorpus, CommentForm, CommentMeasures, CommentText, CommentedLanguage,
    CreatorActivity, CreatorMeasures, EngagementMeasures, EngagementOf, FollowOf, GrowthBasis, GrowthMeasures, LikeTimes,
    MIN_CLOCKS, MIN_POST_COUNT, MIN_TIMED_ACTIONS, MIN_TIMED_ENGAGERS, PostActivity, PostAnomaly, PostCount, RepeatedText,
    SharedBy, TimingMeasures, comments_per_like, creator_signal, engagement_rate, like_times, likes_per_view, likes_spread,
    mean_interactions,
};
pub use engagement_bands::{BAND_LEVELS, BandPiece, CategoryShift, EngagementBands};
pub use measure::{measurable, measure_account_range, measure_accounts};
pub use profile::Profile;
pub use table::SignalTable;
