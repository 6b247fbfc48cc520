//! The contract's tables: names, columns, types. Everything that reads or writes a table asks here.

use super::vocabulary::{AccountStatus, EngagementKind, Label, LabelSubject, Platform, PostKind};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use std::sync::{Arc, LazyLock};

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub enum ColumnKind {
    /// An opaque, non-empty id.
    Id,
    /// Free text; empty text is a value (a known-empty biography), absence is missing.
    Text,
    /// A whole number from 0.
    Count {
        /// The largest that can be true; beyond it is damage.
        most: u64,
    },
    /// A finite number.
    Real {
        /// The smallest that can be true.
        least: f64,
        /// The largest that can be true.
        most: f64,
    },
    /// Yes or no.
    Flag,
    /// An instant, as UTC milliseconds.
    Time,
    /// One word of a closed list.
    Choice(fn(&str) -> Option<&'static str>, &'static [&'static str]),
}

impl ColumnKind {
    /// A count without a limit.
    pub const COUNT: Self = Self::Count { most: u64::MAX };
    /// A share.
    pub const SHARE: Self = Self::Real { least: 0.0, most: 1.0 };
    /// An amount of money.
    pub const AMOUNT: Self = Self::Real { least: 0.0, most: f64::MAX };

    /// The Arrow type of the column in memory and in Parquet.
    pub fn data_type(self) -> DataType {
        match self {
            Self::Id | Self::Text | Self::Choice(..) => DataType::Utf8,
            Self::Count { .. } => DataType::UInt64,
            Self::Real { .. } => DataType::Float64,
            Self::Flag => DataType::Boolean,
            Self::Time => DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
        }
    }
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    /// Its name in files.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether a row without it is rejected.
    pub required: bool,
}

/// A table of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The creators to be scored.
    Creators,
    /// Profiles of creators, followers and engagers alike.
    Accounts,
    /// Who follows whom.
    Follows,
    /// What creators published.
    Posts,
    /// Who did what with which post.
    Engagements,
    /// Creators' counts over time.
    AudienceHistory,
    /// Ground truth.
    Labels,
}

/// Reads a word through a vocabulary and gives back its canonical spelling.
macro_rules! choice {
    ($vocabulary:ty) => {
        ColumnKind::Choice(|word| <$vocabulary>::from_word(word).map(<$vocabulary>::word), <$vocabulary>::WORDS)
    };
}

const fn required(name: &'static str, kind: ColumnKind) -> ColumnSpec {
    ColumnSpec { name, kind, required: true }
}

const fn optional(name: &'static str, kind: ColumnKind) -> ColumnSpec {
    ColumnSpec { name, kind, required: false }
}

use ColumnKind::{Count, Flag, Id, Text, Time};

const COUNT: ColumnKind = ColumnKind::COUNT;
/// Characters of a handle: hundreds of times what any platform allows.
const HANDLE_CHARACTERS: ColumnKind = Count { most: 10_000 };
/// Characters of a biography: likewise.
const BIO_CHARACTERS: ColumnKind = Count { most: 1_000_000 };

const CREATORS: &[ColumnSpec] = &[
    required("creator_id", Id),
    required("platform", choice!(Platform)),
    optional("category", Text),
    optional("country", Text),
    optional("language", Text),
    optional("price", ColumnKind::AMOUNT),
    optional("currency", Text),
];

const ACCOUNTS: &[ColumnSpec] = &[
    required("account_id", Id),
    optional("handle", Text),
    optional("display_name", Text),
    optional("bio", Text),
    optional("has_avatar", Flag),
    optional("followers", COUNT),
    optional("following", COUNT),
    optional("posts", COUNT),
    optional("is_private", Flag),
    optional("is_verified", Flag),
    optional("is_business", Flag),
    optional("external_url", Text),
    optional("created_at", Time),
    optional("last_active_at", Time),
    optional("language", Text),
    optional("country", Text),
    optional("status", choice!(AccountStatus)),
    optional("handle_length", HANDLE_CHARACTERS),
    optional("handle_digit_count", HANDLE_CHARACTERS),
    // For sources that publish only the rounded share, from which neither count can be known.
    optional("handle_digit_share", ColumnKind::SHARE),
    optional("display_name_words", COUNT),
    optional("bio_length", BIO_CHARACTERS),
    optional("has_external_url", Flag),
    // For sources whose profiles were not all read at one time: ages count from here.
    optional("captured_at", Time),
];

const FOLLOWS: &[ColumnSpec] =
    &[required("follower_id", Id), required("followed_id", Id), optional("followed_at", Time), optional("position", COUNT)];

const POSTS: &[ColumnSpec] = &[
    required("post_id", Id),
    required("creator_id", Id),
    optional("published_at", Time),
    optional("kind", choice!(PostKind)),
    optional("caption", Text),
    optional("likes", COUNT),
    optional("comments", COUNT),
    optional("shares", COUNT),
    optional("saves", COUNT),
    optional("views", COUNT),
    optional("is_sponsored", Flag),
];

const ENGAGEMENTS: &[ColumnSpec] = &[
    required("actor_id", Id),
    required("post_id", Id),
    optional("creator_id", Id),
    required("kind", choice!(EngagementKind)),
    optional("at", Time),
    optional("text", Text),
];

const AUDIENCE_HISTORY: &[ColumnSpec] = &[
    required("creator_id", Id),
    required("at", Time),
    required("followers", COUNT),
    optional("following", COUNT),
    optional("posts", COUNT),
];

const LABELS: &[ColumnSpec] = &[
    required("subject", choice!(LabelSubject)),
    required("id", Id),
    required("label", choice!(Label)),
    optional("source", Text),
];

impl Table {
    /// Every table, in reading order: creators and accounts before what refers to them.
    pub const ALL: [Self; 7] =
        [Self::Creators, Self::Accounts, Self::Follows, Self::Posts, Self::Engagements, Self::AudienceHistory, Self::Labels];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Creators => "creators",
            Self::Accounts => "accounts",
            Self::Follows => "follows",
            Self::Posts => "posts",
            Self::Engagements => "engagements",
            Self::AudienceHistory => "audience_history",
            Self::Labels => "labels",
        }
    }

    /// The table of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its columns, in the contract's order.
    pub fn columns(self) -> &'static [ColumnSpec] {
        match self {
            Self::Creators => CREATORS,
            Self::Accounts => ACCOUNTS,
            Self::Follows => FOLLOWS,
            Self::Posts => POSTS,
            Self::Engagements => ENGAGEMENTS,
            Self::AudienceHistory => AUDIENCE_HISTORY,
            Self::Labels => LABELS,
        }
    }

    /// Pairs of counts of which the first counts part of what the second counts, so that it is never the larger one.
    pub fn contained_counts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Accounts => &[("handle_digit_count", "handle_length")],
            _ => &[],
        }
    }

    /// The index of a column by its name.
    pub fn column_index(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|column| column.name == name)
    }

    /// Its Arrow schema: all columns in order, nullable unless required.
    ///
    /// # Examples
    /// ```
    /// use bonafide::domain::Table;
    /// assert_eq!(Table::Follows.arrow_schema().field(0).name(), "follower_id");
    /// ```
    pub fn arrow_schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<Vec<SchemaRef>> = LazyLock::new(|| {
            Table::ALL
                .into_iter()
                .map(|table| {
                    let fields: Vec<Field> = table
                        .columns()
                        .iter()
                        .map(|column| Field::new(column.name, column.kind.data_type(), !column.required))
                        .collect();
                    Arc::new(Schema::new(fields))
                })
                .collect()
        });
        Arc::clone(&SCHEMAS[self as usize])
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}
