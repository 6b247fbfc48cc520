//! From record batches of the contract's tables to one [`Dataset`].

use super::dataset::{Accounts, Creator, Dataset, HistoryPoint, LabelRow, Manifest, Posts, TableSummary};
use super::interner::AccountId;
use super::schema::Table;
use super::time::Timestamp;
use super::vocabulary::{AccountStatus, EngagementKind, Label, LabelSubject, Platform, PostKind};
use super::{Column, TextColumn};
use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMillisecondType;
use arrow_array::{Array, ArrayAccessor, BooleanArray, Float64Array, PrimitiveArray, RecordBatch, StringArray, UInt64Array};
use arrow_schema::DataType;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

type Times = PrimitiveArray<TimestampMillisecondType>;

/// Seed of the hashes that find repeated rows.
const HASH_SEED: u64 = 0x0005_eed0_f500;
/// Stands for an id that is not known yet.
const NOT_FOUND: u32 = u32::MAX;
/// Look-ups that are worth a thread's while.
const FIND_ROWS: usize = 4096;
/// Rows whose hashes are sorted at a time: 16 bytes each.
const PART_ROWS: usize = 1 << 25;

/// Gathers batches, table by table in any order, into a [`Dataset`].
///
/// Batches carry the contract's column names and Arrow types ([`Table::arrow_schema`]); optional columns may be
/// absent. Rows are taken as valid: whoever reads files rejects what is not. Identical rows are merged, of
/// conflicting rows with one id the last is kept; both are counted.
///
/// # Cost
/// Memory: the columns kept, 8 bytes an account and a post, and half a gibibyte at most to find repeated edges.
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
        let names = rows.texts("account_id");
        let hashes = row_hashes(batch);
        let known = self.find_all(names);
        let mut kept = Vec::with_capacity(batch.num_rows());
        for (row, &hash) in hashes.iter().enumerate() {
            let Some(name) = names.get(row) else { continue };
            let id = self.intern_known(&known, row, name).index();
            if let Some(known) = self.account_hashes.get(id) {
                let summary = self.summary_mut(Table::Accounts);
                if known == hash {
                    summary.merged += 1;
                    continue;
                }
                summary.replaced += 1;
            }
            self.account_hashes.set(id, hash);
            kept.push((row, id));
        }
        put_accounts(&mut self.dataset.accounts, &rows, &kept);
    }

    /// The numbers of the ids that are known already, looked up on all threads.
    fn find_all(&self, names: Texts<'_>) -> Vec<u32> {
        let mut found = vec![NOT_FOUND; names.len()];
        found.par_chunks_mut(FIND_ROWS).enumerate().for_each(|(chunk, found)| {
            let start = chunk * FIND_ROWS;
            // Sources often list one creator's rows together: such a run is looked up once.
            let (mut wanted, mut runs) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
            for row in start..start + found.len() {
                let name = names.get(row);
                if wanted.last() != Some(&name) {
                    wanted.push(name);
                }
                runs.push(wanted.len() - 1);
            }
            let mut numbers = vec![NOT_FOUND; wanted.len()];
            self.dataset.ids.find_each(&wanted, &mut numbers, NOT_FOUND);
            found.iter_mut().zip(runs).for_each(|(found, run)| *found = numbers[run]);
        });
        found
    }

    fn intern_known(&mut self, known: &[u32], row: usize, name: &str) -> AccountId {
        if known[row] == NOT_FOUND { self.intern(name) } else { AccountId(known[row]) }
    }

    fn push_follows(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let (followers, followed) = (rows.texts("follower_id"), rows.texts("followed_id"));
        let (times, positions) = (rows.times("followed_at"), rows.counts("position"));
        let (known_followers, known_followed) = (self.find_all(followers), self.find_all(followed));
        for row in 0..batch.num_rows() {
            let (Some(follower), Some(followed)) = (followers.get(row), followed.get(row)) else { continue };
            let follower = self.intern_known(&known_followers, row, follower);
            let followed = self.intern_known(&known_followed, row, followed);
            let follows = &mut self.dataset.follows;
            let slot = follows.follower.len();
            follows.follower.push(follower);
            follows.followed.push(followed);
            follows.followed_at.put(slot, times.get(row));
            follows.position.put(slot, positions.get(row));
        }
    }

    fn push_posts(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let hashes = row_hashes(batch);
        let (post_ids, creator_ids) = (rows.texts("post_id"), rows.texts("creator_id"));
        let mut kept = Vec::with_capacity(batch.num_rows());
        for (row, &hash) in hashes.iter().enumerate() {
            let (Some(post), Some(creator)) = (post_ids.get(row), creator_ids.get(row)) else { continue };
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
            kept.push((row, id));
        }
        put_posts(&mut self.dataset.posts, &rows, &kept);
    }

    fn push_engagements(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let (actors, posts, creators) = (rows.texts("actor_id"), rows.texts("post_id"), rows.texts("creator_id"));
        let (kinds, times, texts) = (rows.texts("kind"), rows.times("at"), rows.texts("text"));
        let known = self.find_all(actors);
        let mut last_post = (String::new(), 0);
        for row in 0..batch.num_rows() {
            let kind = kinds.get(row).and_then(EngagementKind::from_word);
            let (Some(actor), Some(post), Some(kind)) = (actors.get(row), posts.get(row), kind) else { continue };
            let actor = self.intern_known(&known, row, actor);
            let creator = creators.get(row).map(|name| self.intern(name).0);
            let engagements = &mut self.dataset.engagements;
            let slot = engagements.actor.len();
            if slot == 0 || last_post.0 != post {
                last_post = (post.to_owned(), engagements.post_ids.intern(post));
            }
            engagements.actor.push(actor);
            engagements.post.push(last_post.1);
            engagements.kind.push(kind);
            engagements.creator.put(slot, creator);
            engagements.at.put(slot, times.get(row));
            engagements.text.put(slot, texts.get(row));
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
        let follows = &mut self.dataset.follows;
        let row =
            |row: usize| (follows.follower[row], follows.followed[row], follows.followed_at.get(row), follows.position.get(row));
        let hasher = FixedState::with_seed(HASH_SEED);
        let repeated = repeated_rows(follows.follower.len(), |at| hasher.hash_one(row(at)), |a, b| row(a) == row(b));
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
        let engagements = &mut self.dataset.engagements;
        let row = |row: usize| {
            let action = (engagements.actor[row], engagements.post[row], engagements.kind[row]);
            (action, engagements.creator.get(row), engagements.at.get(row), engagements.text.get(row))
        };
        let hasher = FixedState::with_seed(HASH_SEED);
        let repeated = repeated_rows(engagements.actor.len(), |at| hasher.hash_one(row(at)), |a, b| row(a) == row(b));
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

/// Writes rows of a batch into the slots of their ids.
fn put_accounts(accounts: &mut Accounts, rows: &Rows<'_>, kept: &[(usize, usize)]) {
    let (urls, has_url) = (rows.texts("external_url"), rows.flags("has_external_url"));
    let statuses = rows.texts("status");
    for &(row, id) in kept {
        accounts.listed.set(id, true);
        let url = urls.get(row).map(|url| !url.trim().is_empty());
        accounts.has_external_url.put(id, url.or_else(|| has_url.get(row)));
        accounts.status.put(id, statuses.get(row).and_then(AccountStatus::from_word));
    }
    put_texts(&mut accounts.handle, rows.texts("handle"), kept);
    put_texts(&mut accounts.display_name, rows.texts("display_name"), kept);
    put_texts(&mut accounts.bio, rows.texts("bio"), kept);
    put(&mut accounts.has_avatar, rows.flags("has_avatar"), kept);
    put(&mut accounts.followers, rows.counts("followers"), kept);
    put(&mut accounts.following, rows.counts("following"), kept);
    put(&mut accounts.posts, rows.counts("posts"), kept);
    put(&mut accounts.is_private, rows.flags("is_private"), kept);
    put(&mut accounts.is_verified, rows.flags("is_verified"), kept);
    put(&mut accounts.is_business, rows.flags("is_business"), kept);
    put(&mut accounts.created_at, rows.times("created_at"), kept);
    put(&mut accounts.last_active_at, rows.times("last_active_at"), kept);
    put_texts(&mut accounts.language, rows.texts("language"), kept);
    put_texts(&mut accounts.country, rows.texts("country"), kept);
    put(&mut accounts.handle_length, rows.counts("handle_length"), kept);
    put(&mut accounts.handle_digit_count, rows.counts("handle_digit_count"), kept);
    put(&mut accounts.handle_digit_share, rows.reals("handle_digit_share"), kept);
    put(&mut accounts.display_name_words, rows.counts("display_name_words"), kept);
    put(&mut accounts.bio_length, rows.counts("bio_length"), kept);
    put(&mut accounts.captured_at, rows.times("captured_at"), kept);
}

fn put_posts(posts: &mut Posts, rows: &Rows<'_>, kept: &[(usize, usize)]) {
    let kinds = rows.texts("kind");
    for &(row, id) in kept {
        posts.kind.put(id, kinds.get(row).and_then(PostKind::from_word));
    }
    put(&mut posts.published_at, rows.times("published_at"), kept);
    put_texts(&mut posts.caption, rows.texts("caption"), kept);
    put(&mut posts.likes, rows.counts("likes"), kept);
    put(&mut posts.comments, rows.counts("comments"), kept);
    put(&mut posts.shares, rows.counts("shares"), kept);
    put(&mut posts.saves, rows.counts("saves"), kept);
    put(&mut posts.views, rows.counts("views"), kept);
    put(&mut posts.is_sponsored, rows.flags("is_sponsored"), kept);
}

fn put<A: ArrayAccessor + Copy>(column: &mut Column<A::Item>, values: Values<A>, kept: &[(usize, usize)])
where
    A::Item: Copy + Default,
{
    for &(row, id) in kept {
        column.put(id, values.get(row));
    }
}

fn put_texts(column: &mut TextColumn, values: Texts<'_>, kept: &[(usize, usize)]) {
    for &(row, id) in kept {
        column.put(id, values.get(row));
    }
}

/// Replaces the row of a known key (counting it as merged or replaced) or adds a new one.
fn keep_last<K: Hash + Eq, T: PartialEq>(
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

/// One column of a batch; an absent column is missing everywhere.
#[derive(Clone, Copy)]
struct Values<A>(Option<A>);

type Texts<'a> = Values<&'a StringArray>;

impl<A: ArrayAccessor + Copy> Values<A> {
    fn get(&self, row: usize) -> Option<A::Item> {
        let array = self.0?;
        array.is_valid(row).then(|| array.value(row))
    }

    fn len(&self) -> usize {
        self.0.map_or(0, |array| array.len())
    }
}

/// Typed access to the columns of a batch by name.
struct Rows<'a>(&'a RecordBatch);

impl<'a> Rows<'a> {
    fn new(batch: &'a RecordBatch) -> Self {
        Self(batch)
    }

    fn column(&self, name: &str) -> Option<&'a dyn Array> {
        self.0.column_by_name(name).map(AsRef::as_ref)
    }

    fn texts(&self, name: &str) -> Texts<'a> {
        Values(self.column(name).and_then(|column| column.as_string_opt()))
    }

    fn counts(&self, name: &str) -> Values<&'a UInt64Array> {
        Values(self.column(name).and_then(|column| column.as_primitive_opt()))
    }

    fn reals(&self, name: &str) -> Values<&'a Float64Array> {
        Values(self.column(name).and_then(|column| column.as_primitive_opt()))
    }

    fn flags(&self, name: &str) -> Values<&'a BooleanArray> {
        Values(self.column(name).and_then(|column| column.as_boolean_opt()))
    }

    fn times(&self, name: &str) -> Values<&'a Times> {
        Values(self.column(name).and_then(|column| column.as_primitive_opt()))
    }

    fn text(&self, name: &str, row: usize) -> Option<&'a str> {
        self.texts(name).get(row)
    }

    fn count(&self, name: &str, row: usize) -> Option<u64> {
        self.counts(name).get(row)
    }

    fn real(&self, name: &str, row: usize) -> Option<f64> {
        self.reals(name).get(row)
    }

    fn time(&self, name: &str, row: usize) -> Option<i64> {
        self.times(name).get(row)
    }
}

/// One hash a row over its present values and the names of their columns: the columns' order does not matter, and an
/// absent column is as good as a missing value.
fn row_hashes(batch: &RecordBatch) -> Vec<u64> {
    let rows = Rows::new(batch);
    let mut hashes = vec![0_u64; batch.num_rows()];
    for field in batch.schema_ref().fields() {
        let name = field.name();
        let seed = FixedState::with_seed(HASH_SEED).hash_one(name);
        match field.data_type() {
            DataType::Utf8 => add_hashes(&mut hashes, rows.texts(name), seed, |text| text),
            DataType::UInt64 => add_hashes(&mut hashes, rows.counts(name), seed, |count| count),
            DataType::Float64 => add_hashes(&mut hashes, rows.reals(name), seed, f64::to_bits),
            DataType::Boolean => add_hashes(&mut hashes, rows.flags(name), seed, |flag| flag),
            _ => add_hashes(&mut hashes, rows.times(name), seed, |time| time),
        }
    }
    hashes
}

fn add_hashes<A: ArrayAccessor + Copy, H: Hash>(hashes: &mut [u64], values: Values<A>, seed: u64, key: fn(A::Item) -> H) {
    let hasher = FixedState::with_seed(seed);
    for (row, hash) in hashes.iter_mut().enumerate() {
        if let Some(value) = values.get(row) {
            *hash = hash.wrapping_add(hasher.hash_one(key(value)));
        }
    }
}

/// Rows whose hash an earlier row has and that `same` confirms, in ascending order.
///
/// Works through one part of the hashes after the other, so that its memory does not grow with the rows.
fn repeated_rows(n_rows: usize, hash: impl Fn(usize) -> u64 + Sync, same: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let n_parts = (n_rows / PART_ROWS + 1) as u64;
    let mut repeated = Vec::new();
    for part in 0..n_parts {
        let keyed = |row: usize| (hash(row), row as u32);
        let in_part = |(hash, _): &(u64, u32)| n_parts == 1 || hash % n_parts == part;
        let mut keys: Vec<(u64, u32)> = (0..n_rows).into_par_iter().map(keyed).filter(in_part).collect();
        keys.par_sort_unstable();
        let pairs = keys.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let pairs = pairs.map(|pair| (pair[0].1 as usize, pair[1].1 as usize));
        repeated.extend(pairs.filter(|&(a, b)| same(a, b)).map(|(_, b)| b));
    }
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
