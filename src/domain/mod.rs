//! The nouns of the field and the shape of a dataset. See the glossary in `src/README.md`.

mod builder;
mod column;
mod dataset;
mod finding;
mod group;
mod interner;
mod measure;
mod nearest;
mod schema;
mod time;
mod vocabulary;

pub use builder::DatasetBuilder;
pub use column::{Column, TextColumn};
pub use dataset::{
    Accounts, Creator, Dataset, Engagements, Follows, HistoryPoint, InputFile, LabelRow, Manifest, Posts, TableSummary,
};
pub use finding::{Finding, WeighedCause};
pub use group::{BatchOrigin, BatchTrait, CoordinatedGroup, GroupMember, GroupTarget};
pub use interner::{AccountId, Interner};
pub use measure::{INTERVAL_LEVEL, Interval, Probability, ShareEstimate};
pub use nearest::nearest;
pub use schema::{ColumnKind, ColumnSpec, Table};
pub use time::{DAY_MS, EARLIEST_MS, LATEST_MS, TimeForm, Timestamp};
pub use vocabulary::{
    AccountClass, AccountStatus, EngagementKind, GroupKind, Label, LabelSubject, Platform, PostKind, Sampling, Severity, Tier,
    Verdict,
};
