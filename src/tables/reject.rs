//! Rows that could not be read: kept, counted, written out, limited.

use super::cell::Reason;
use crate::domain::Table;
use crate::error::{Error, ErrorKind, Locate, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::SpooledTempFile;

/// Characters of a raw value that a reject keeps.
const VALUE_CHARS: usize = 200;
/// Examples kept of each kind of reject.
const N_EXAMPLES: usize = 3;
/// Kinds of reject told apart in a table.
const MAX_KINDS: usize = 200;
/// Bytes of rejects of one table held in memory before they move to a temporary file.
const SPOOL_BYTES: usize = 1 << 20;

/// One row that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reject {
    /// File, relative to the dataset's folder.
    pub file: String,
    /// Line (CSV with its header as line 1, NDJSON) or row (Parquet), from 1.
    pub row: u64,
    /// Column, where it is one column's fault.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
    /// The raw value, cut to 200 characters.
    pub value: Option<String>,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, row {}", self.file, self.row)?;
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        write!(f, ": {}", self.reason)?;
        self.value.as_ref().map_or(Ok(()), |value| write!(f, " ({value:?})"))
    }
}

/// A reject whose row is counted from the start of its part of the file.
#[derive(Debug, Clone)]
pub(super) struct RawReject {
    pub(super) row: u64,
    pub(super) column: Option<&'static str>,
    pub(super) reason: String,
    pub(super) value: Option<String>,
}

impl RawReject {
    /// One cell's fault.
    pub(super) fn cell(row: u64, column: &'static str, reason: Reason, value: &str) -> Self {
        let value = (!value.is_empty()).then(|| cut(value));
        Self { row, column: Some(column), reason: reason.to_string(), value }
    }

    /// The whole row's fault.
    pub(super) fn row(row: u64, reason: String, value: Option<&str>) -> Self {
        Self { row, column: None, reason, value: value.map(cut) }
    }
}

fn cut(value: &str) -> String {
    value.chars().take(VALUE_CHARS).collect()
}

/// Rejected rows with one column and one reason.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectKind {
    /// How many there are.
    pub count: u64,
    /// The first of them, at most three.
    pub examples: Vec<Reject>,
}

impl TableRejects {
    /// Kinds beyond the first [`MAX_KINDS`] count as one: reasons may hold words of the data.
    fn count_kind(&mut self, reject: Reject) {
        let mut key = (reject.column.clone(), reject.reason.clone());
        if self.kinds.len() >= MAX_KINDS && !self.kinds.contains_key(&key) {
            key = (None, String::new());
        }
        let kind = self.kinds.entry(key).or_insert_with(|| RejectKind { count: 0, examples: Vec::new() });
        kind.count += 1;
        if kind.examples.len() < N_EXAMPLES {
            kind.examples.push(reject);
        }
    }
}

/// The rejected rows of a dataset, by table.
#[derive(Debug, Default)]
pub struct RejectedRows {
    tables: BTreeMap<Table, TableRejects>,
}

#[derive(Debug)]
struct TableRejects {
    count: u64,
    kinds: BTreeMap<(Option<String>, String), RejectKind>,
    first: Reject,
    lines: SpooledTempFile,
}

impl RejectedRows {
    pub(super) fn push(&mut self, table: Table, reject: Reject) -> Result<()> {
        let mut line = serde_json::to_vec(&reject).map_err(std::io::Error::from)?;
        line.push(b'\n');
        let rejects = self.tables.entry(table).or_insert_with(|| TableRejects {
            count: 0,
            kinds: BTreeMap::new(),
            first: reject.clone(),
            lines: SpooledTempFile::new(SPOOL_BYTES),
        });
        rejects.count += 1;
        rejects.count_kind(reject);
        rejects.lines.write_all(&line)?;
        Ok(())
    }

    /// Whether no row was rejected.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// How many rows of a table were rejected.
    pub fn count(&self, table: Table) -> u64 {
        self.tables.get(&table).map_or(0, |rejects| rejects.count)
    }

    /// The first rejected row of a table.
    pub fn first(&self, table: Table) -> Option<&Reject> {
        self.tables.get(&table).map(|rejects| &rejects.first)
    }

    /// The rejected rows of a table by column and reason, the most frequent first.
    pub fn kinds(&self, table: Table) -> Vec<&RejectKind> {
        let mut kinds: Vec<&RejectKind> =
            self.tables.get(&table).into_iter().flat_map(|rejects| rejects.kinds.values()).collect();
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
        kinds
    }

    /// The tables that have rejected rows.
    pub fn tables(&self) -> impl Iterator<Item = Table> + '_ {
        self.tables.keys().copied()
    }

    /// Writes `rejected/<table>.ndjson` into a folder for each table that has rejects; nothing where none has.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the disk refuses.
    pub fn write_into(&mut self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        for (table, rejects) in &mut self.tables {
            let folder = folder.join("rejected");
            std::fs::create_dir_all(&folder).at_file(&folder)?;
            let path = folder.join(format!("{table}.ndjson"));
            let mut file = super::staged::create_file(&path)?;
            rejects.lines.seek(SeekFrom::Start(0)).at_file(&path)?;
            std::io::copy(&mut rejects.lines, &mut file).at_file(&path)?;
            written.push(path);
        }
        Ok(written)
    }

    /// Fails where more than `limit` per cent of a table's rows were rejected.
    pub(super) fn check(&self, table: Table, rows: u64, limit: f64) -> Result<()> {
        let Some(rejects) = self.tables.get(&table) else { return Ok(()) };
        let percent = 100.0 * rejects.count as f64 / rows.max(1) as f64;
        if percent <= limit {
            return Ok(());
        }
        let first = rejects.first.to_string();
        Err(Error::new(ErrorKind::TooManyRejected { rejected: rejects.count, rows, percent, limit, first }).at_file(table.name()))
    }
}
