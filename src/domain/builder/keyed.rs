//! Small tables of whole rows with a key, of which the last row counts: creators, history, labels.

use super::DatasetBuilder;
use super::rows::Rows;
use crate::domain::dataset::{Creator, HistoryPoint, LabelRow, TableSummary};
use crate::domain::schema::Table;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Label, LabelSubject, Platform};
use arrow_array::RecordBatch;
use std::sync::Arc;

impl DatasetBuilder {
    pub(super) fn push_creators(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let (names, platforms, prices) = (rows.texts("creator_id"), rows.texts("platform"), rows.reals("price"));
        let others = ["category", "country", "language", "currency"].map(|name| rows.texts(name));
        let default = self.dataset.manifest.platform.unwrap_or_default();
        for row in 0..batch.num_rows() {
            let Some(name) = names.get(row) else { continue };
            let id = self.intern(name);
            let [category, country, language, currency] = others.map(|texts| texts.get(row).map(str::to_owned));
            let platform = platforms.get(row).and_then(Platform::from_word).unwrap_or(default);
            let creator = Creator { id, platform, category, country, language, price: prices.get(row), currency };
            let known = self.creator_rows.get(id.index());
            let summary = self.dataset.summaries.entry(Table::Creators).or_default();
            let slot = keep_last(&mut self.dataset.creators, known, creator, summary);
            self.creator_rows.set(id.index(), slot);
        }
    }

    pub(super) fn push_history(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let (names, times) = (rows.texts("creator_id"), rows.times("at"));
        let [followers, following, posts] = ["followers", "following", "posts"].map(|name| rows.counts(name));
        for row in 0..batch.num_rows() {
            let at = times.get(row).and_then(Timestamp::from_ms);
            let (Some(name), Some(at), Some(followers)) = (names.get(row), at, followers.get(row)) else { continue };
            let creator = self.intern(name);
            let point = HistoryPoint { creator, at, followers, following: following.get(row), posts: posts.get(row) };
            let key = (creator, at.ms());
            let known = self.history_rows.get(&key).copied();
            let summary = self.dataset.summaries.entry(Table::AudienceHistory).or_default();
            let slot = keep_last(&mut self.dataset.history, known, point, summary);
            self.history_rows.insert(key, slot);
        }
    }

    pub(super) fn push_labels(&mut self, batch: &RecordBatch) {
        let rows = Rows::new(batch);
        let (names, sources) = (rows.texts("id"), rows.texts("source"));
        let (subjects, labels) = (rows.texts("subject"), rows.texts("label"));
        let known_ids = self.find_all(names);
        let mut last_source: Option<Arc<str>> = None;
        for row in 0..batch.num_rows() {
            let subject = subjects.get(row).and_then(LabelSubject::from_word);
            let label = labels.get(row).and_then(Label::from_word);
            let (Some(subject), Some(name), Some(label)) = (subject, names.get(row), label) else { continue };
            let id = self.intern_known(&known_ids, row, name);
            let source = sources.get(row);
            if last_source.as_deref() != source {
                last_source = source.map(Arc::from);
            }
            let rows = &mut self.label_rows[subject as usize];
            let before = rows.get(id.index()).map(|slot| self.dataset.labels[slot as usize].label);
            if before.is_some_and(|before| before != label) {
                self.dataset.contradictory_labels.push((subject, id));
            }
            let summary = self.dataset.summaries.entry(Table::Labels).or_default();
            let value = LabelRow { subject, id, label, source: last_source.clone() };
            let slot = keep_last(&mut self.dataset.labels, rows.get(id.index()), value, summary);
            rows.set(id.index(), slot);
        }
    }
}

/// Replaces the row of a known key (counting it as merged or replaced) or adds a new one; gives back its slot.
fn keep_last<T: PartialEq>(kept: &mut Vec<T>, known: Option<u32>, value: T, summary: &mut TableSummary) -> u32 {
    let Some(slot) = known else {
        kept.push(value);
        return u32::try_from(kept.len() - 1).expect("as many rows as ids at most, and of these there are fewer than 2^32");
    };
    let row = &mut kept[slot as usize];
    summary.merged += u64::from(*row == value);
    summary.replaced += u64::from(*row != value);
    *row = value;
    slot
}
