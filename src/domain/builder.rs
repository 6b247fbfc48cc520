//! From record batches of the contract's tables to one [`Dataset`].

use super::dataset::{Accounts, Creator, Dataset, HistoryPoint, LabelRow, Manifest, TableSummary};
use super::interner::AccountId;
use super::schema::Table;
use super::time::Timestamp;
use super::vocabulary::{AccountStatus, EngagementKind, Label, LabelSubject, Platform, PostKind};
use super::{Column, TextColumn};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, TimestampMillisecondType, UInt64Type};
use arrow_array::{Array, BooleanArray, Float64Array, PrimitiveArray, RecordBatch, StringArray, UInt64Array};
use arrow_schema::DataType;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::BuildHasher;

type Times = PrimitiveArray<TimestampMillisecondType>;

/// Gathers batches, table by table in any order, into a [`Dataset`].
///
/// Batches carry the contract's column names and Arrow types ([`Table::arrow_schema`]); optional columns may be
/// absent. Rows are taken as valid: whoever reads files rejects what is not. Identical rows are merged, of
/// conflicting rows with one id the last is kept; both are counted.
///
/// # Cost
/// Memory: the columns kept and 8 bytes a row of accounts, follows and engagements until [`DatasetBuilder::finish`].
///
/// # Examples
/// ```
/// use arrow_array::{RecordBatch, StringArray};
/// use bonafide::domain::{DatasetBuilder, Manifest, Table};
/// use std::sync::Arc;
/// let follows = RecordBatch::try_from_iter([
///     ("follower_id", Arc::new(StringArray::from(vec!["ann", "bob", "bob"])) as _),
///     ("followed_id", Arc::new(StringArray::from(vec!["cleo", "cleo", "cleo"])) as _),
/// ]).unwrap();
/// let mut builder = DatasetBuilder::new(Manifest::default());
/// builder.push(Table::Follows, &follows);
/// let dataset = builder.finish();
/// assert_eq!(dataset.follows.follower.len(), 2);
/// assert_eq!(dataset.summaries[&Table::Follows].merged, 1);
/// ```
#[derive(Debug, Default)]
pub struct DatasetBuilder {
    dataset: Dataset,
    account_hashes: Column<u64>,
    post_hashes: Vec<u64>,
    follow_hashes: Vec<u64>,
    engagement_hashes: Vec<u64>,
    creator_rows: HashMap<AccountId, usize>,
    history_rows: HashMap<(AccountId, i64), usize>,
    label_rows: HashMap<(LabelSubject, AccountId), usize>,
}

impl DatasetBuilder {
    /// An empty dataset with what `dataset.toml` says.
    pub fn new(manifest: Manifest) -> Self {
        Self { dataset: Dataset { manifest, ..Dataset::default() }, ..Self::default() }
    }

    /// Marks a table as present, also where it holds no row.
    pub fn summary_mut(&mut self, table: Table) -> &mut TableSummary {
        self.dataset.summaries.entry(table).or_default()
    }

    /// Adds the rows of one batch; `rows` of the table's summary counts them.
    pub fn push(&mut self, table: Table, batch: &RecordBatch) {
        self.summary_mut(table).rows += batch.num_rows() as u64;
        self.note_newest(batch);
        match table {
            Table::Creators => self.push_creators(batch),
            Table::Accounts => self.push_accounts(batch),
            Table::Follows => self.push_follows(batch),
            Table::Posts => self.push_posts(batch),
            Table::Engagements => self.push_engagements(batch),
            Table::AudienceHistory => self.push_history(batch),
            Table::Labels => self.push_labels(batch),
        }
    }

    /// Merges identical edges and engagements, resolves creators of engagements, and warns of dangling ids.
    pub fn finish(mut self) -> Dataset {
        self.merge_follows();
        self.merge_engagements();
        self.resolve_engaged_creators();
        self.warn_of_repairs();
        self.warn_of_dangling_ids();
        self.dataset
    }

    fn note_newest(&mut self, batch: &RecordBatch) {
        for column in batch.columns() {
            if let Some(times) = column.as_primitive_opt::<TimestampMillisecondType>() {
                let newest = times.iter().flatten().max().and_then(Timestamp::from_ms);
                self.dataset.newest_at = self.dataset.newest_at.max(newest);
            }
        }
    }

    fn intern(&mut self, name: &str) -> AccountId {
        AccountId(self.dataset.ids.intern(name))
    }

    fn push_creators(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let default = self.dataset.manifest.platform.unwrap_or_default();
        for row in 0..batch.num_rows() {
            let Some(name) = rows.text("creator_id", row) else { continue };
            let id = self.intern(name);
            let owned = |column: &str| rows.text(column, row).map(str::to_owned);
            let creator = Creator {
                id,
                platform: rows.text("platform", row).and_then(Platform::from_word).unwrap_or(default),
                category: owned("category"),
                country: owned("country"),
                language: owned("language"),
                price: rows.real("price", row),
                currency: owned("currency"),
            };
            keep_last(&mut self.dataset.creators, &mut self.creator_rows, id, creator, {
                self.dataset.summaries.entry(Table::Creators).or_default()
            });
        }
    }

    fn push_accounts(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let hashes = row_hashes(batch);
        for (row, &hash) in hashes.iter().enumerate() {
            let Some(name) = rows.text("account_id", row) else { continue };
            let id = self.intern(name).index();
            if let Some(known) = self.account_hashes.get(id) {
                let summary = self.summary_mut(Table::Accounts);
                if known == hash {
                    summary.merged += 1;
                    continue;
                }
                summary.replaced += 1;
            }
            self.account_hashes.set(id, hash);
            put_account(&mut self.dataset.accounts, id, &rows, row);
        }
    }

    fn push_follows(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let hashes = row_hashes(batch);
        for (row, &hash) in hashes.iter().enumerate() {
            let (Some(follower), Some(followed)) = (rows.text("follower_id", row), rows.text("followed_id", row)) else {
                continue;
            };
            let (follower, followed) = (self.intern(follower), self.intern(followed));
            let follows = &mut self.dataset.follows;
            let slot = follows.follower.len();
            follows.follower.push(follower);
            follows.followed.push(followed);
            if let Some(at) = rows.time("followed_at", row) {
                follows.followed_at.set(slot, at);
            }
            if let Some(position) = rows.count("position", row) {
                follows.position.set(slot, position);
            }
            self.follow_hashes.push(hash);
        }
    }

    fn push_posts(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let hashes = row_hashes(batch);
        for (row, &hash) in hashes.iter().enumerate() {
            let (Some(post), Some(creator)) = (rows.text("post_id", row), rows.text("creator_id", row)) else { continue };
            let creator = self.intern(creator);
            let posts = &mut self.dataset.posts;
            let id = posts.ids.intern(post) as usize;
            if id < posts.creator.len() {
                let same = self.post_hashes[id] == hash;
                let summary = self.summary_mut(Table::Posts);
                summary.merged += u64::from(same);
                summary.replaced += u64::from(!same);
                if same {
                    continue;
                }
                self.dataset.posts.creator[id] = creator;
                self.post_hashes[id] = hash;
            } else {
                posts.creator.push(creator);
                self.post_hashes.push(hash);
            }
            let posts = &mut self.dataset.posts;
            posts.published_at.put(id, rows.time("published_at", row));
            posts.kind.put(id, rows.text("kind", row).and_then(PostKind::from_word));
            posts.caption.put(id, rows.text("caption", row));
            posts.likes.put(id, rows.count("likes", row));
            posts.comments.put(id, rows.count("comments", row));
            posts.shares.put(id, rows.count("shares", row));
            posts.saves.put(id, rows.count("saves", row));
            posts.views.put(id, rows.count("views", row));
            posts.is_sponsored.put(id, rows.flag("is_sponsored", row));
        }
    }

    fn push_engagements(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let hashes = row_hashes(batch);
        for (row, &hash) in hashes.iter().enumerate() {
            let kind = rows.text("kind", row).and_then(EngagementKind::from_word);
            let (Some(actor), Some(post), Some(kind)) = (rows.text("actor_id", row), rows.text("post_id", row), kind) else {
                continue;
            };
            let actor = self.intern(actor);
            let creator = rows.text("creator_id", row).map(|name| self.intern(name).0);
            let engagements = &mut self.dataset.engagements;
            let slot = engagements.actor.len();
            let post = engagements.post_ids.intern(post);
            engagements.actor.push(actor);
            engagements.post.push(post);
            engagements.kind.push(kind);
            engagements.creator.put(slot, creator);
            engagements.at.put(slot, rows.time("at", row));
            engagements.text.put(slot, rows.text("text", row));
            self.engagement_hashes.push(hash);
        }
    }

    fn push_history(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        for row in 0..batch.num_rows() {
            let at = rows.time("at", row).and_then(Timestamp::from_ms);
            let (Some(name), Some(at), Some(followers)) = (rows.text("creator_id", row), at, rows.count("followers", row)) else {
                continue;
            };
            let creator = self.intern(name);
            let point =
                HistoryPoint { creator, at, followers, following: rows.count("following", row), posts: rows.count("posts", row) };
            keep_last(&mut self.dataset.history, &mut self.history_rows, (creator, at.ms()), point, {
                self.dataset.summaries.entry(Table::AudienceHistory).or_default()
            });
        }
    }

    fn push_labels(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        for row in 0..batch.num_rows() {
            let subject = rows.text("subject", row).and_then(LabelSubject::from_word);
            let label = rows.text("label", row).and_then(Label::from_word);
            let (Some(subject), Some(name), Some(label)) = (subject, rows.text("id", row), label) else { continue };
            let id = self.intern(name);
            let source = rows.text("source", row).map(str::to_owned);
            keep_last(&mut self.dataset.labels, &mut self.label_rows, (subject, id), LabelRow { subject, id, label, source }, {
                self.dataset.summaries.entry(Table::Labels).or_default()
            });
        }
    }

    fn merge_follows(&mut self) {
        let hashes = std::mem::take(&mut self.follow_hashes);
        let follows = &mut self.dataset.follows;
        let repeated = repeated_rows(&hashes, |a, b| {
            let same = |column: &Column<i64>| column.get(a) == column.get(b);
            follows.follower[a] == follows.follower[b]
                && follows.followed[a] == follows.followed[b]
                && same(&follows.followed_at)
                && follows.position.get(a) == follows.position.get(b)
        });
        if repeated.is_empty() {
            return;
        }
        let kept = kept_rows(follows.follower.len(), &repeated);
        follows.follower = gather(&follows.follower, &kept);
        follows.followed = gather(&follows.followed, &kept);
        follows.followed_at = kept.iter().map(|&row| follows.followed_at.get(row)).collect();
        follows.position = kept.iter().map(|&row| follows.position.get(row)).collect();
        self.summary_mut(Table::Follows).merged += repeated.len() as u64;
    }

    fn merge_engagements(&mut self) {
        let hashes = std::mem::take(&mut self.engagement_hashes);
        let engagements = &mut self.dataset.engagements;
        let repeated = repeated_rows(&hashes, |a, b| {
            engagements.actor[a] == engagements.actor[b]
                && engagements.post[a] == engagements.post[b]
                && engagements.kind[a] == engagements.kind[b]
                && engagements.creator.get(a) == engagements.creator.get(b)
                && engagements.at.get(a) == engagements.at.get(b)
                && engagements.text.get(a) == engagements.text.get(b)
        });
        if repeated.is_empty() {
            return;
        }
        let kept = kept_rows(engagements.actor.len(), &repeated);
        engagements.actor = gather(&engagements.actor, &kept);
        engagements.post = gather(&engagements.post, &kept);
        engagements.kind = gather(&engagements.kind, &kept);
        engagements.creator = kept.iter().map(|&row| engagements.creator.get(row)).collect();
        engagements.at = kept.iter().map(|&row| engagements.at.get(row)).collect();
        let text: TextColumn = kept.iter().map(|&row| engagements.text.get(row)).collect();
        engagements.text = text;
        self.summary_mut(Table::Engagements).merged += repeated.len() as u64;
    }

    /// The table `posts` decides whose a post is; the row's own `creator_id` serves where it does not list the post.
    fn resolve_engaged_creators(&mut self) {
        let Dataset { posts, engagements, .. } = &mut self.dataset;
        let owners: Vec<Option<u32>> = (0..engagements.post_ids.len() as u32)
            .map(|post| posts.ids.find(engagements.post_ids.name(post)).map(|id| posts.creator[id as usize].0))
            .collect();
        for (slot, &post) in engagements.post.iter().enumerate() {
            if let Some(owner) = owners[post as usize] {
                engagements.creator.set(slot, owner);
            }
        }
    }

    fn warn_of_repairs(&mut self) {
        for (table, summary) in &self.dataset.summaries {
            if summary.replaced > 0 {
                let rows = summary.replaced;
                self.dataset
                    .warnings
                    .push(format!("{table}: {rows} rows contradict an earlier row with the same id; the last one counts"));
            }
        }
    }

    fn warn_of_dangling_ids(&mut self) {
        let mut is_creator = vec![false; self.dataset.n_accounts()];
        for creator in &self.dataset.creators {
            is_creator[creator.id.index()] = true;
        }
        let listed = |ids: &mut dyn Iterator<Item = AccountId>| ids.filter(|id| !is_creator[id.index()]).count();
        let posts = listed(&mut self.dataset.posts.creator.iter().copied());
        let history = listed(&mut self.dataset.history.iter().map(|point| point.creator));
        let engagements = &self.dataset.engagements;
        let ownerless = (0..engagements.actor.len()).filter(|&slot| engagements.creator.get(slot).is_none()).count();
        for (count, what) in [
            (posts, "posts belong to a creator that the table creators does not list"),
            (history, "rows of audience_history belong to a creator that the table creators does not list"),
            (ownerless, "engagements belong to a post whose creator is not known"),
        ] {
            if count > 0 {
                self.dataset.warnings.push(format!("{count} {what}; they are not used"));
            }
        }
    }
}

fn put_account(accounts: &mut Accounts, id: usize, rows: &Rows<'_>, row: usize) {
    accounts.listed.set(id, true);
    accounts.handle.put(id, rows.text("handle", row));
    accounts.display_name.put(id, rows.text("display_name", row));
    accounts.bio.put(id, rows.text("bio", row));
    accounts.has_avatar.put(id, rows.flag("has_avatar", row));
    accounts.followers.put(id, rows.count("followers", row));
    accounts.following.put(id, rows.count("following", row));
    accounts.posts.put(id, rows.count("posts", row));
    accounts.is_private.put(id, rows.flag("is_private", row));
    accounts.is_verified.put(id, rows.flag("is_verified", row));
    accounts.is_business.put(id, rows.flag("is_business", row));
    let url = rows.text("external_url", row).map(|url| !url.trim().is_empty());
    accounts.has_external_url.put(id, url.or_else(|| rows.flag("has_external_url", row)));
    accounts.created_at.put(id, rows.time("created_at", row));
    accounts.last_active_at.put(id, rows.time("last_active_at", row));
    accounts.language.put(id, rows.text("language", row));
    accounts.country.put(id, rows.text("country", row));
    accounts.status.put(id, rows.text("status", row).and_then(AccountStatus::from_word));
    accounts.handle_length.put(id, rows.count("handle_length", row));
    accounts.handle_digit_count.put(id, rows.count("handle_digit_count", row));
    accounts.handle_digit_share.put(id, rows.real("handle_digit_share", row));
    accounts.display_name_words.put(id, rows.count("display_name_words", row));
    accounts.bio_length.put(id, rows.count("bio_length", row));
    accounts.captured_at.put(id, rows.time("captured_at", row));
}

/// Replaces the row of a known key (counting it as merged or replaced) or adds a new one.
fn keep_last<K: std::hash::Hash + Eq, T: PartialEq>(
    kept: &mut Vec<T>,
    slots: &mut HashMap<K, usize>,
    key: K,
    value: T,
    summary: &mut TableSummary,
) {
    match slots.entry(key) {
        std::collections::hash_map::Entry::Vacant(entry) => {
            entry.insert(kept.len());
            kept.push(value);
        }
        std::collections::hash_map::Entry::Occupied(entry) => {
            let slot = &mut kept[*entry.get()];
            summary.merged += u64::from(*slot == value);
            summary.replaced += u64::from(*slot != value);
            *slot = value;
        }
    }
}

/// Typed access to a batch by column name; an absent column is missing everywhere.
struct Rows<'a> {
    texts: Vec<(&'a str, &'a StringArray)>,
    counts: Vec<(&'a str, &'a UInt64Array)>,
    reals: Vec<(&'a str, &'a Float64Array)>,
    flags: Vec<(&'a str, &'a BooleanArray)>,
    times: Vec<(&'a str, &'a Times)>,
}

impl<'a> Rows<'a> {
    fn new(batch: &'a RecordBatch) -> Self {
        let mut rows = Self { texts: vec![], counts: vec![], reals: vec![], flags: vec![], times: vec![] };
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let name = field.name().as_str();
            match column.data_type() {
                DataType::Utf8 => rows.texts.push((name, column.as_string())),
                DataType::UInt64 => rows.counts.push((name, column.as_primitive::<UInt64Type>())),
                DataType::Float64 => rows.reals.push((name, column.as_primitive::<Float64Type>())),
                DataType::Boolean => rows.flags.push((name, column.as_boolean())),
                DataType::Timestamp(..) => {
                    if let Some(times) = column.as_primitive_opt::<TimestampMillisecondType>() {
                        rows.times.push((name, times));
                    }
                }
                _ => {}
            }
        }
        rows
    }

    fn text(&self, name: &str, row: usize) -> Option<&'a str> {
        let array = find(&self.texts, name)?;
        array.is_valid(row).then(|| array.value(row))
    }

    fn count(&self, name: &str, row: usize) -> Option<u64> {
        let array = find(&self.counts, name)?;
        array.is_valid(row).then(|| array.value(row))
    }

    fn real(&self, name: &str, row: usize) -> Option<f64> {
        let array = find(&self.reals, name)?;
        array.is_valid(row).then(|| array.value(row))
    }

    fn flag(&self, name: &str, row: usize) -> Option<bool> {
        let array = find(&self.flags, name)?;
        array.is_valid(row).then(|| array.value(row))
    }

    fn time(&self, name: &str, row: usize) -> Option<i64> {
        let array = find(&self.times, name)?;
        array.is_valid(row).then(|| array.value(row))
    }
}

fn find<'a, T: ?Sized>(columns: &[(&str, &'a T)], name: &str) -> Option<&'a T> {
    columns.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
}

/// One hash a row over all columns, missing values included.
fn row_hashes(batch: &RecordBatch) -> Vec<u64> {
    let hasher = FixedState::with_seed(0x0005_eed0_f500);
    let mut hashes = vec![0_u64; batch.num_rows()];
    for column in batch.columns() {
        for (row, hash) in hashes.iter_mut().enumerate() {
            let part = if column.is_null(row) { 1 } else { hash_value(&hasher, column.as_ref(), row) };
            *hash = hasher.hash_one((*hash, part));
        }
    }
    hashes
}

fn hash_value(hasher: &FixedState, column: &dyn Array, row: usize) -> u64 {
    match column.data_type() {
        DataType::Utf8 => hasher.hash_one(column.as_string::<i32>().value(row)),
        DataType::UInt64 => hasher.hash_one(column.as_primitive::<UInt64Type>().value(row)),
        DataType::Float64 => hasher.hash_one(column.as_primitive::<Float64Type>().value(row).to_bits()),
        DataType::Boolean => hasher.hash_one(column.as_boolean().value(row)),
        _ => column.as_primitive_opt::<TimestampMillisecondType>().map_or(0, |times| hasher.hash_one(times.value(row))),
    }
}

/// Rows whose hash an earlier row has and that `same` confirms, in ascending order.
fn repeated_rows(hashes: &[u64], same: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<u32> = (0..hashes.len() as u32).collect();
    order.par_sort_unstable_by_key(|&row| (hashes[row as usize], row));
    let mut repeated: Vec<usize> = order
        .windows(2)
        .map(|pair| (pair[0] as usize, pair[1] as usize))
        .filter(|&(a, b)| hashes[a] == hashes[b] && same(a, b))
        .map(|(_, b)| b)
        .collect();
    repeated.sort_unstable();
    repeated
}

fn kept_rows(n_rows: usize, repeated: &[usize]) -> Vec<usize> {
    let mut dropped = repeated.iter().peekable();
    (0..n_rows).filter(|row| dropped.next_if(|next| *next == row).is_none()).collect()
}

fn gather<T: Copy>(values: &[T], kept: &[usize]) -> Vec<T> {
    kept.iter().map(|&row| values[row]).collect()
}
