//! Profiles on their way into the contract's tables: one pseudo-creator whom every account follows.

use crate::domain::{Label, LabelSubject, Manifest, Platform, Table, Timestamp};
use crate::error::{Error, ErrorKind, Result};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use std::sync::Arc;

/// Takes the batches of an import, in order.
pub(super) type Sink<'a> = &'a mut dyn FnMut(Table, RecordBatch) -> Result<()>;

/// Rows a batch.
pub(super) const BATCH_ROWS: usize = 8192;

/// One account as a source describes it; what it does not hold stays missing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Profile {
    pub(super) id: String,
    pub(super) handle: Option<String>,
    pub(super) display_name: Option<String>,
    pub(super) bio: Option<String>,
    pub(super) has_avatar: Option<bool>,
    pub(super) followers: Option<u64>,
    pub(super) following: Option<u64>,
    pub(super) posts: Option<u64>,
    pub(super) is_private: Option<bool>,
    pub(super) is_verified: Option<bool>,
    pub(super) external_url: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) language: Option<String>,
    pub(super) handle_length: Option<u64>,
    pub(super) handle_digit_count: Option<u64>,
    pub(super) handle_digit_share: Option<f64>,
    pub(super) display_name_words: Option<u64>,
    pub(super) bio_length: Option<u64>,
    pub(super) has_external_url: Option<bool>,
    pub(super) captured_at: Option<Timestamp>,
}

/// Gathers profiles and labels into batches and hands them on.
pub(super) struct Audience<'a> {
    creator: &'static str,
    platform: Platform,
    columns: &'static [&'static str],
    profiles: Vec<Profile>,
    labels: Vec<(String, Label, String)>,
    newest_at: Option<Timestamp>,
    n_accounts: u64,
    sink: Sink<'a>,
}

impl<'a> Audience<'a> {
    /// An empty audience of one pseudo-creator; `columns` are those of `accounts` that the source can fill.
    pub(super) fn new(creator: &'static str, platform: Platform, columns: &'static [&'static str], sink: Sink<'a>) -> Self {
        Self { creator, platform, columns, profiles: vec![], labels: vec![], newest_at: None, n_accounts: 0, sink }
    }

    /// Adds an account with the labels that the source gives it.
    pub(super) fn push(&mut self, profile: Profile, labels: &[Label], source: &str) -> Result<()> {
        self.labels.extend(labels.iter().map(|&label| (profile.id.clone(), label, source.to_owned())));
        self.newest_at = self.newest_at.max(profile.captured_at);
        self.profiles.push(profile);
        if self.profiles.len() == BATCH_ROWS { self.flush() } else { Ok(()) }
    }

    /// Hands on what is left; the dataset describes the newest instant at which a profile was read, where known.
    pub(super) fn finish(mut self) -> Result<Manifest> {
        if self.n_accounts == 0 && self.profiles.is_empty() {
            let detail = "the source holds no account".to_owned();
            return Err(Error::new(ErrorKind::NotEnoughData { purpose: "import", detail }));
        }
        self.flush()?;
        Ok(Manifest { platform: Some(self.platform), captured_at: self.newest_at, ..Manifest::default() })
    }

    fn flush(&mut self) -> Result<()> {
        if self.n_accounts == 0 {
            let columns = vec![texts([self.creator].map(Some)), texts([self.platform.word()].map(Some))];
            (self.sink)(Table::Creators, batch(Table::Creators, &["creator_id", "platform"], columns))?;
        }
        let profiles = std::mem::take(&mut self.profiles);
        self.n_accounts += profiles.len() as u64;
        let columns = self.columns.iter().map(|name| account_column(name, &profiles)).collect();
        (self.sink)(Table::Accounts, batch(Table::Accounts, self.columns, columns))?;
        let followers = texts(profiles.iter().map(|profile| Some(&profile.id)));
        let followed = texts(profiles.iter().map(|_| Some(self.creator)));
        (self.sink)(Table::Follows, batch(Table::Follows, &["follower_id", "followed_id"], vec![followers, followed]))?;
        self.flush_labels()
    }

    fn flush_labels(&mut self) -> Result<()> {
        let labels = std::mem::take(&mut self.labels);
        if labels.is_empty() {
            return Ok(());
        }
        let columns = vec![
            texts(labels.iter().map(|_| Some(LabelSubject::Account.word()))),
            texts(labels.iter().map(|(id, ..)| Some(id))),
            texts(labels.iter().map(|(_, label, _)| Some(label.word()))),
            texts(labels.iter().map(|(.., source)| Some(source))),
        ];
        (self.sink)(Table::Labels, batch(Table::Labels, &["subject", "id", "label", "source"], columns))
    }
}

pub(super) fn batch(table: Table, names: &[&str], columns: Vec<ArrayRef>) -> RecordBatch {
    let indices: Vec<usize> = names.iter().filter_map(|name| table.column_index(name)).collect();
    let schema = table.arrow_schema().project(&indices).expect("the indices come from the same table");
    RecordBatch::try_new(Arc::new(schema), columns).expect("columns are built with the types of the contract")
}

pub(super) fn account_column(name: &str, profiles: &[Profile]) -> ArrayRef {
    let text = |field: fn(&Profile) -> &Option<String>| texts(profiles.iter().map(|profile| field(profile).as_deref()));
    let count = |field: fn(&Profile) -> Option<u64>| Arc::new(profiles.iter().map(field).collect::<UInt64Array>()) as ArrayRef;
    let real = |field: fn(&Profile) -> Option<f64>| Arc::new(profiles.iter().map(field).collect::<Float64Array>()) as ArrayRef;
    let flag = |field: fn(&Profile) -> Option<bool>| Arc::new(profiles.iter().map(field).collect::<BooleanArray>()) as ArrayRef;
    match name {
        "account_id" => texts(profiles.iter().map(|profile| Some(&profile.id))),
        "handle" => text(|profile| &profile.handle),
        "display_name" => text(|profile| &profile.display_name),
        "bio" => text(|profile| &profile.bio),
        "external_url" => text(|profile| &profile.external_url),
        "language" => text(|profile| &profile.language),
        "has_avatar" => flag(|profile| profile.has_avatar),
        "is_private" => flag(|profile| profile.is_private),
        "is_verified" => flag(|profile| profile.is_verified),
        "has_external_url" => flag(|profile| profile.has_external_url),
        "followers" => count(|profile| profile.followers),
        "following" => count(|profile| profile.following),
        "posts" => count(|profile| profile.posts),
        "handle_length" => count(|profile| profile.handle_length),
        "handle_digit_count" => count(|profile| profile.handle_digit_count),
        "display_name_words" => count(|profile| profile.display_name_words),
        "bio_length" => count(|profile| profile.bio_length),
        "handle_digit_share" => real(|profile| profile.handle_digit_share),
        "created_at" => times(profiles.iter().map(|profile| profile.created_at)),
        "captured_at" => times(profiles.iter().map(|profile| profile.captured_at)),
        _ => unreachable!("no importer fills `{name}`"),
    }
}

pub(super) fn texts<T: AsRef<str>>(values: impl IntoIterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(values.into_iter().collect::<StringArray>())
}

pub(super) fn times(values: impl Iterator<Item = Option<Timestamp>>) -> ArrayRef {
    let times: TimestampMillisecondArray = values.map(|time| time.map(Timestamp::ms)).collect();
    Arc::new(times.with_timezone("UTC"))
}
