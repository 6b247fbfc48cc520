//! From record batches of the contract's tables to one [`Dataset`].

mod finish;
mod keyed;
mod put;
mod repeated;
mod rows;

use super::Column;
use super::dataset::{Dataset, Manifest, TableSummary};
use super::interner::AccountId;
use super::schema::Table;
use super::time::Timestamp;
use super::vocabulary::EngagementKind;
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMillisecondType;
use foldhash::fast::FixedState;
use put::{put_accounts, put_posts};
use rayon::prelude::*;
use repeated::row_hashes;
use rows::{Rows, Texts};
use std::collections::HashMap;

/// Stands for an id that is not known yet.
const NOT_FOUND: u32 = u32::MAX;
/// Look-ups that are worth a thread's while.
const FIND_ROWS: usize = 4096;

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
    creator_rows: Column<u32>,
    history_rows: HashMap<(AccountId, i64), u32, FixedState>,
    /// One column a [`LabelSubject`](super::vocabulary::LabelSubject).
    label_rows: [Column<u32>; 2],
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
}
