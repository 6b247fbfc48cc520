//! A dataset in memory: the contract's tables as columns over dense ids.

use super::column::{Column, TextColumn};
use super::interner::{AccountId, Interner};
use super::schema::Table;
use super::time::{TimeForm, Timestamp};
use super::vocabulary::{AccountStatus, EngagementKind, Label, LabelSubject, Platform, PostKind, Sampling};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What `dataset.toml` says, or its defaults.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manifest {
    /// Platform of creators that have none of their own.
    pub platform: Option<Platform>,
    /// The instant that the export describes, if stated.
    pub captured_at: Option<Timestamp>,
    /// How follows were sampled.
    pub follows_sampling: Sampling,
    /// How engagements were sampled.
    pub engagements_sampling: Sampling,
}

/// Profiles, one slot an [`AccountId`]; ids without a row have everything missing.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    /// Whether the table has a row for the id.
    pub listed: Column<bool>,
    /// The name by which the platform addresses it.
    pub handle: TextColumn,
    /// The name it shows.
    pub display_name: TextColumn,
    /// Biography.
    pub bio: TextColumn,
    /// Whether it has a picture of its own.
    pub has_avatar: Column<bool>,
    /// Accounts that follow it.
    pub followers: Column<u64>,
    /// Accounts that it follows.
    pub following: Column<u64>,
    /// Posts it has published.
    pub posts: Column<u64>,
    /// Whether it hides its posts.
    pub is_private: Column<bool>,
    /// Whether the platform vouches for it.
    pub is_verified: Column<bool>,
    /// Whether it is a business or professional account.
    pub is_business: Column<bool>,
    /// Whether the profile links elsewhere (from `external_url` where present, else `has_external_url`).
    pub has_external_url: Column<bool>,
    /// When it was made.
    pub created_at: Column<i64>,
    /// When it was last seen doing something.
    pub last_active_at: Column<i64>,
    /// Language, as given.
    pub language: TextColumn,
    /// Country, as given.
    pub country: TextColumn,
    /// What the platform says of its state.
    pub status: Column<AccountStatus>,
    /// Characters of the handle (only where the handle is absent).
    pub handle_length: Column<u64>,
    /// Digits of the handle (only where the handle is absent).
    pub handle_digit_count: Column<u64>,
    /// Share of digits in the handle (only where neither the handle nor both counts are given).
    pub handle_digit_share: Column<f64>,
    /// Words of the display name (only where it is absent).
    pub display_name_words: Column<u64>,
    /// Characters of the biography (only where it is absent).
    pub bio_length: Column<u64>,
    /// When the profile was read, if it differs from the dataset's `captured_at`, in UTC milliseconds.
    pub captured_at: Column<i64>,
}

/// One creator.
#[derive(Debug, Clone, PartialEq)]
pub struct Creator {
    /// Its account.
    pub id: AccountId,
    /// Where it publishes.
    pub platform: Platform,
    /// Topic, as given.
    pub category: Option<String>,
    /// Country, as given.
    pub country: Option<String>,
    /// Language, as given.
    pub language: Option<String>,
    /// Price of one sponsored post.
    pub price: Option<f64>,
    /// Currency of the price.
    pub currency: Option<String>,
}

/// Who follows whom, one slot an edge, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Follows {
    /// The follower.
    pub follower: Vec<AccountId>,
    /// The followed.
    pub followed: Vec<AccountId>,
    /// When, in UTC milliseconds.
    pub followed_at: Column<i64>,
    /// Place in the platform's list; 0 is the newest.
    pub position: Column<u64>,
}

/// Posts, one slot a post in reading order.
#[derive(Debug, Clone, Default)]
pub struct Posts {
    /// Post ids.
    pub ids: Interner,
    /// The creator of each.
    pub creator: Vec<AccountId>,
    /// When it was published, in UTC milliseconds.
    pub published_at: Column<i64>,
    /// Form.
    pub kind: Column<PostKind>,
    /// Caption.
    pub caption: TextColumn,
    /// Likes, as the platform counts them.
    pub likes: Column<u64>,
    /// Comments, likewise.
    pub comments: Column<u64>,
    /// Shares, likewise.
    pub shares: Column<u64>,
    /// Saves, likewise.
    pub saves: Column<u64>,
    /// Views, likewise.
    pub views: Column<u64>,
    /// Whether it is marked as sponsored.
    pub is_sponsored: Column<bool>,
}

/// Who did what with which post, one slot an action in reading order.
#[derive(Debug, Clone, Default)]
pub struct Engagements {
    /// The actor.
    pub actor: Vec<AccountId>,
    /// The post, as a number of [`Engagements::post_ids`].
    pub post: Vec<u32>,
    /// Ids of the posts acted upon, whether or not the table `posts` lists them.
    pub post_ids: Interner,
    /// The creator, where the row or the table `posts` says so.
    pub creator: Column<u32>,
    /// What was done.
    pub kind: Vec<EngagementKind>,
    /// When, in UTC milliseconds.
    pub at: Column<i64>,
    /// Text of a comment.
    pub text: TextColumn,
}

/// One reading of a creator's counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HistoryPoint {
    /// The creator.
    pub creator: AccountId,
    /// When.
    pub at: Timestamp,
    /// Followers then.
    pub followers: u64,
    /// Accounts followed then.
    pub following: Option<u64>,
    /// Posts then.
    pub posts: Option<u64>,
}

/// One piece of ground truth.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelRow {
    /// What the label speaks of.
    pub subject: LabelSubject,
    /// The account or creator.
    pub id: AccountId,
    /// The label.
    pub label: Label,
    /// Who says so.
    pub source: Option<Arc<str>>,
}

/// What reading a table did to its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableSummary {
    /// Rows in the files.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Identical repetitions merged.
    pub merged: u64,
    /// Rows replaced by a later one with the same id.
    pub replaced: u64,
    /// Columns of the contract that were there.
    pub columns: Vec<&'static str>,
    /// Columns that the contract does not know.
    pub unknown_columns: Vec<String>,
    /// The forms in which times were written, with their counts.
    pub time_forms: BTreeMap<TimeForm, u64>,
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct InputFile {
    /// Path relative to the dataset's folder, with forward slashes.
    pub path: String,
    /// The table it belongs to; `None` for `dataset.toml`.
    pub table: Option<Table>,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// Rows read, rejected ones included.
    pub rows: u64,
}

/// A whole dataset: what the tables say, and how they were read.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// What `dataset.toml` says.
    pub manifest: Manifest,
    /// Every account id of every table.
    pub ids: Interner,
    /// Profiles.
    pub accounts: Accounts,
    /// Creators, in reading order.
    pub creators: Vec<Creator>,
    /// Follow edges.
    pub follows: Follows,
    /// Posts.
    pub posts: Posts,
    /// Engagements.
    pub engagements: Engagements,
    /// Counts over time, in reading order.
    pub history: Vec<HistoryPoint>,
    /// Ground truth.
    pub labels: Vec<LabelRow>,
    /// Ids that rows of the table labels give two labels, in reading order; the last one counts.
    pub contradictory_labels: Vec<(LabelSubject, AccountId)>,
    /// The newest instant in the tables, if any.
    pub newest_at: Option<Timestamp>,
    /// What reading did, by table that was present.
    pub summaries: BTreeMap<Table, TableSummary>,
    /// The files read, in path order.
    pub files: Vec<InputFile>,
    /// What a person should know about the reading, in plain sentences.
    pub warnings: Vec<String>,
}

impl Dataset {
    /// How many accounts there are, creators and dangling ids included.
    pub fn n_accounts(&self) -> usize {
        self.ids.len()
    }

    /// All account ids.
    pub fn account_ids(&self) -> impl Iterator<Item = AccountId> + use<> {
        (0..self.ids.len() as u32).map(AccountId)
    }

    /// The string id of an account.
    pub fn name(&self, id: AccountId) -> &str {
        self.ids.name(id.0)
    }

    /// Whether a table was there.
    pub fn has(&self, table: Table) -> bool {
        self.summaries.contains_key(&table)
    }

    /// The instant that the data describe: stated in `dataset.toml`, else the newest in the tables.
    pub fn captured_at(&self) -> Option<Timestamp> {
        self.manifest.captured_at.or(self.newest_at)
    }

    /// When an account's profile was read: its own `captured_at`, else the dataset's.
    pub fn account_captured_at(&self, id: AccountId) -> Option<Timestamp> {
        self.accounts.captured_at.get(id.index()).and_then(Timestamp::from_ms).or_else(|| self.captured_at())
    }

    /// The platform of each account: the dataset's if it has one or all creators share one,
    /// else that of a creator it is, follows or engages with (the first in reading order).
    ///
    /// # Cost
    /// One pass over follows and engagements where creators differ.
    pub fn account_platforms(&self) -> Vec<Option<Platform>> {
        let mut shared = self.creators.first().map(|creator| creator.platform);
        if self.creators.iter().any(|creator| Some(creator.platform) != shared) {
            shared = None;
        }
        if self.creators.is_empty() {
            shared = self.manifest.platform;
        }
        if shared.is_some() {
            return vec![shared; self.n_accounts()];
        }
        let mut platforms = vec![None; self.n_accounts()];
        for creator in &self.creators {
            platforms[creator.id.index()] = Some(creator.platform);
        }
        let own = platforms.clone();
        for (follower, followed) in self.follows.follower.iter().zip(&self.follows.followed) {
            adopt(&mut platforms, *follower, own[followed.index()]);
        }
        for (index, actor) in self.engagements.actor.iter().enumerate() {
            let creator = self.engagements.creator.get(index);
            adopt(&mut platforms, *actor, creator.and_then(|id| own[id as usize]));
        }
        platforms
    }
}

fn adopt(platforms: &mut [Option<Platform>], account: AccountId, platform: Option<Platform>) {
    let slot = &mut platforms[account.index()];
    *slot = slot.or(platform);
}
