//! Labelled accounts of several sets in one table, measured once.

use super::reference_sets::LabelledSet;
use crate::domain::{AccountId, Label, LabelSubject, Platform};
use crate::signals::{ACCOUNT_SIGNALS, SignalTable, account_signal_column, measure_accounts};
use crate::text::HandleModel;
use ndarray::{Array2, Axis};
use std::collections::{BTreeSet, HashSet};

/// Id of the signal that depends on what was fitted, and is measured anew for every fit.
const HANDLE_SURPRISE: &str = "audience.handle_surprise";

/// Labelled accounts, exact duplicates dropped.
///
/// # Shape
/// Rows in the order of the sets and their labels.
#[derive(Debug, Clone)]
pub struct LabelledRows {
    labels: Vec<Label>,
    sources: Vec<String>,
    source: Vec<usize>,
    handles: Vec<Option<String>>,
    platforms: Vec<Option<Platform>>,
    languages: Vec<Option<String>>,
    table: SignalTable,
}

impl LabelledRows {
    /// Gathers the labelled accounts. Rows of one source with the same label, handle and measurements are one account
    /// published twice: the first is kept.
    ///
    /// # Panics
    /// Never: every row is measured by every signal.
    pub fn gather(sets: &[LabelledSet]) -> Self {
        let mut rows = Rows::default();
        for set in sets {
            rows.add(set);
        }
        let width = ACCOUNT_SIGNALS.len();
        let values = Array2::from_shape_vec((rows.labels.len(), width), rows.values).expect("one cell a row and signal");
        let table = SignalTable::new(ACCOUNT_SIGNALS.iter().map(|entry| &entry.signal).collect(), values);
        let Rows { labels, sources, source, handles, platforms, languages, .. } = rows;
        Self { labels, sources, source, handles, platforms, languages, table }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The label of each row.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Names of the sources (`srf`, `cresci:fake_followers` …), in order of appearance.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// The source of a row, as an index of [`LabelledRows::sources`].
    pub fn source(&self, row: usize) -> usize {
        self.source[row]
    }

    /// The rows of the named sources.
    pub fn rows_of(&self, sources: &[&str]) -> Vec<usize> {
        (0..self.len()).filter(|&row| sources.contains(&self.sources[self.source[row]].as_str())).collect()
    }

    /// The handle of a row, if given.
    pub fn handle(&self, row: usize) -> Option<&str> {
        self.handles[row].as_deref()
    }

    /// The language that a row's source states of it (a tag such as `en`), if it does.
    pub fn language(&self, row: usize) -> Option<&str> {
        self.languages[row].as_deref()
    }

    /// The platform of each of the given rows.
    pub fn platforms(&self, rows: &[usize]) -> Vec<Option<Platform>> {
        rows.iter().map(|&row| self.platforms[row]).collect()
    }

    /// Account signals of the given rows, handles measured by a model that was not fitted on them.
    pub fn table(&self, rows: &[usize], handles: &HandleModel) -> SignalTable {
        self.table_left_out(rows, handles, &BTreeSet::new())
    }

    /// The same for rows that a fit uses: a handle of the corpus is measured with its own part taken out.
    pub(super) fn table_left_out(&self, rows: &[usize], handles: &HandleModel, corpus: &BTreeSet<&str>) -> SignalTable {
        let column = account_signal_column(HANDLE_SURPRISE).expect("the catalogue has it");
        let values = self.table.values().select(Axis(0), rows);
        let surprise = rows.iter().map(|&row| {
            let handle = self.handle(row)?;
            if corpus.contains(handle) { handles.surprise_left_out(handle) } else { handles.surprise(handle) }
        });
        SignalTable::new(self.table.signals().to_vec(), values).with_column(column, surprise)
    }
}

#[derive(Default)]
struct Rows {
    labels: Vec<Label>,
    sources: Vec<String>,
    source: Vec<usize>,
    handles: Vec<Option<String>>,
    platforms: Vec<Option<Platform>>,
    languages: Vec<Option<String>>,
    values: Vec<f64>,
    seen: HashSet<(usize, Label, Option<String>, Vec<u64>)>,
}

impl Rows {
    fn add(&mut self, set: &LabelledSet) {
        let dataset = &set.dataset;
        let table = measure_accounts(dataset, &HandleModel::default());
        let platforms = dataset.account_platforms();
        for label in dataset.labels.iter().filter(|label| label.subject == LabelSubject::Account) {
            let AccountId(id) = label.id;
            let index = id as usize;
            let source = self.source_index(label.source.as_deref().unwrap_or(&set.name));
            let handle = dataset.accounts.handle.get(index).filter(|handle| !handle.is_empty()).map(str::to_owned);
            let bits = table.row(index).iter().map(|value| value.to_bits()).collect();
            if self.seen.insert((source, label.label, handle.clone(), bits)) {
                self.labels.push(label.label);
                self.source.push(source);
                self.handles.push(handle);
                self.platforms.push(platforms[index]);
                self.languages.push(dataset.accounts.language.get(index).map(str::to_owned));
                self.values.extend(table.row(index));
            }
        }
    }

    fn source_index(&mut self, name: &str) -> usize {
        self.sources.iter().position(|known| known == name).unwrap_or_else(|| {
            self.sources.push(name.to_owned());
            self.sources.len() - 1
        })
    }
}
