//! A folder of tables becomes a dataset.

use super::batch::FormCounts;
use super::folder::{DatasetFiles, MANIFEST_NAME, TableFile};
use super::layout::{Layout, Needs, missing_column};
use super::manifest::read_manifest;
use super::piece::Piece;
use super::pipeline::{Step, read_files};
use super::reject::{Reject, RejectedRows};
use super::source::tally_of;
use crate::domain::{Dataset, DatasetBuilder, InputFile, Manifest, Table, TableSummary};
use crate::error::{Locate, Result, Shown};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Share of a table's rows, in per cent, that may be rejected unless stated otherwise.
pub const DEFAULT_MAX_REJECTED_PERCENT: f64 = 1.0;

/// How to read a dataset.
#[derive(Clone, Copy)]
pub struct ReadOptions<'a> {
    /// Share of each table's rows, in per cent, above which reading fails.
    pub max_rejected_percent: f64,
    /// Tables to read; all when `None`. A folder read in part need not be complete.
    pub tables: Option<&'a [Table]>,
    /// Called from the reading thread after each batch.
    pub progress: Option<&'a (dyn Fn(ReadProgress) + Sync)>,
}

impl Default for ReadOptions<'_> {
    fn default() -> Self {
        Self { max_rejected_percent: DEFAULT_MAX_REJECTED_PERCENT, tables: None, progress: None }
    }
}

impl fmt::Debug for ReadOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadOptions")
            .field("max_rejected_percent", &self.max_rejected_percent)
            .field("tables", &self.tables)
            .finish_non_exhaustive()
    }
}

/// How far reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadProgress {
    /// Bytes of the files read.
    pub bytes: u64,
    /// Bytes of all files to be read.
    pub total_bytes: u64,
    /// Rows read.
    pub rows: u64,
}

/// A dataset and the rows that did not become part of it.
#[derive(Debug)]
pub struct ReadOutcome {
    /// The dataset.
    pub dataset: Dataset,
    /// The rows that could not be read.
    pub rejected: RejectedRows,
}

/// Reads a dataset's folder.
///
/// # Missing
/// An absent column or value stays missing. In CSV an empty field is missing, as are the bare words `NULL`, `null`, `NaN`,
/// `nan` and `\N`; `""` is a known-empty text, unless the file quotes everything, its header included (quotes say nothing
/// there). In NDJSON and Parquet an empty text is known to be empty, and null is missing.
///
/// # Errors
/// No folder, no or too few tables, a table there twice, a damaged file, a missing required column, more rejected rows
/// than allowed ([`crate::ErrorKind::TooManyRejected`], with the first of them).
///
/// # Cost
/// Time: one pass over the files. Memory: the dataset's columns and ids, and a few pieces of a mebibyte.
///
/// # Examples
/// ```
/// use bonafide::tables::{ReadOptions, read_dataset};
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("creators.csv"), "creator_id,platform\n12345678901234567890,tiktok\n")?;
/// std::fs::write(folder.path().join("follows.ndjson"), r#"{"follower_id": 7, "followed_id": 12345678901234567890}"#)?;
/// let read = read_dataset(folder.path(), &ReadOptions::default())?;
/// assert_eq!(read.dataset.name(read.dataset.follows.followed[0]), "12345678901234567890");
/// assert!(read.rejected.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_dataset(folder: &Path, options: &ReadOptions<'_>) -> Result<ReadOutcome> {
    let found = DatasetFiles::find(folder)?;
    if options.tables.is_none() {
        found.check_complete().at_file(folder)?;
    }
    let manifest = read_manifest(folder)?;
    let needs = Needs { default_platform: manifest.platform.is_some() };
    let wanted = |table: &Table| options.tables.is_none_or(|tables| tables.contains(table));
    let files: Vec<(Table, &TableFile)> = found
        .tables
        .iter()
        .filter(|(table, _)| wanted(table))
        .flat_map(|(table, files)| files.iter().map(|file| (*table, file)))
        .collect();
    let progress = AtomicU64::new(0);
    let total_bytes = files.iter().map(|(_, file)| file.bytes).sum();
    let mut intake = Intake::new(manifest, total_bytes, options);
    read_files(&files, needs, rayon::current_num_threads(), &progress, &mut |step| intake.take(step, &progress))?;
    intake.check_rejected()?;
    if let Some(path) = &found.manifest {
        let tally = tally_of(path)?;
        let path = MANIFEST_NAME.to_owned();
        intake.files.push(InputFile { path, table: None, bytes: tally.bytes, sha256: tally.sha256, rows: 0 });
    }
    Ok(intake.finish(&found.ignored))
}

/// Gathers what the files yield.
struct Intake<'a> {
    builder: DatasetBuilder,
    summaries: BTreeMap<Table, TableSummary>,
    rejected: RejectedRows,
    files: Vec<InputFile>,
    current: Option<Current>,
    rows: u64,
    total_bytes: u64,
    options: &'a ReadOptions<'a>,
}

/// The file at hand.
struct Current {
    table: Table,
    file: TableFile,
    layout: Arc<Layout>,
    named_in_rows: bool,
    next_row: u64,
    rows: u64,
    seen: u64,
}

impl<'a> Intake<'a> {
    fn new(manifest: Manifest, total_bytes: u64, options: &'a ReadOptions<'a>) -> Self {
        Self {
            builder: DatasetBuilder::new(manifest),
            summaries: BTreeMap::new(),
            rejected: RejectedRows::default(),
            files: Vec::new(),
            current: None,
            rows: 0,
            total_bytes,
            options,
        }
    }

    fn take(&mut self, step: Step<'_>, progress: &AtomicU64) -> Result<()> {
        match step {
            Step::Begin { table, file, layout, first_row } => {
                let named_in_rows = file.format == super::format::Format::Ndjson;
                let summary = self.summaries.entry(table).or_default();
                note_unknown(summary, &layout.unknown);
                if !named_in_rows {
                    note_columns(summary, table, |name| layout.columns.iter().any(|spec| spec.name == name));
                }
                let file = file.clone();
                self.current = Some(Current { table, file, layout, named_in_rows, next_row: first_row, rows: 0, seen: 0 });
                Ok(())
            }
            Step::Rows(piece) => {
                self.take_rows(piece)?;
                let bytes = progress.load(Ordering::Relaxed).min(self.total_bytes);
                let report = ReadProgress { bytes, total_bytes: self.total_bytes, rows: self.rows };
                self.options.progress.iter().for_each(|tell| tell(report));
                Ok(())
            }
            Step::End { tally } => {
                let Some(current) = self.current.take() else { return Ok(()) };
                current.check_columns()?;
                let summary = self.summaries.entry(current.table).or_default();
                if current.named_in_rows {
                    note_columns(summary, current.table, |name| current.has_seen(name));
                }
                let (path, table, rows) = (current.file.relative, Some(current.table), current.rows);
                self.files.push(InputFile { path, table, bytes: tally.bytes, sha256: tally.sha256, rows });
                Ok(())
            }
        }
    }

    fn take_rows(&mut self, piece: Piece) -> Result<()> {
        let Some(current) = &mut self.current else { return Ok(()) };
        let table = current.table;
        let summary = self.summaries.entry(table).or_default();
        summary.rejected += piece.rejects.len() as u64;
        note_unknown(summary, &piece.unknown);
        add_forms(summary, piece.forms);
        for reject in piece.rejects {
            let (file, row) = (current.file.relative.clone(), current.next_row + reject.row);
            let column = reject.column.map(str::to_owned);
            self.rejected.push(table, Reject { file, row, column, reason: reject.reason, value: reject.value })?;
        }
        if let Some(batch) = piece.batch {
            self.builder.push(table, &batch);
        }
        self.rows += piece.rows;
        current.rows += piece.rows;
        current.next_row += piece.lines;
        current.seen |= piece.seen;
        Ok(())
    }

    fn check_rejected(&self) -> Result<()> {
        for table in self.rejected.tables() {
            let rows = self.files.iter().filter(|file| file.table == Some(table)).map(|file| file.rows).sum();
            self.rejected.check(table, rows, self.options.max_rejected_percent)?;
        }
        Ok(())
    }

    fn finish(mut self, ignored: &[String]) -> ReadOutcome {
        let mut warnings = Vec::new();
        for (table, read) in self.summaries {
            if !read.unknown_columns.is_empty() {
                let names = read.unknown_columns.join(", ");
                let names = Shown(&names);
                warnings.push(format!("{table}: columns that are not known are not used: {names}"));
            }
            let summary = self.builder.summary_mut(table);
            summary.rows += read.rejected;
            summary.rejected = read.rejected;
            summary.columns = read.columns;
            summary.unknown_columns = read.unknown_columns;
            summary.time_forms = read.time_forms;
        }
        if !ignored.is_empty() {
            warnings.push(format!("not tables, not read: {}", Shown(ignored.join(", "))));
        }
        let mut dataset = self.builder.finish();
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        dataset.files = self.files;
        warnings.append(&mut dataset.warnings);
        dataset.warnings = warnings;
        ReadOutcome { dataset, rejected: self.rejected }
    }
}

impl Current {
    fn has_seen(&self, name: &str) -> bool {
        self.layout.columns.iter().position(|spec| spec.name == name).is_some_and(|column| self.seen >> column & 1 == 1)
    }

    /// A column that every row needs and none has is one error, not a reject a row.
    fn check_columns(&self) -> Result<()> {
        if !self.named_in_rows || self.rows == 0 || self.seen == 0 {
            return Ok(());
        }
        for (spec, required) in self.layout.columns.iter().zip(&self.layout.required) {
            if *required && !self.has_seen(spec.name) {
                let found: Vec<&str> =
                    self.layout.columns.iter().map(|spec| spec.name).filter(|name| self.has_seen(name)).collect();
                return Err(missing_column(spec.name, &found).at_file(&self.file.path));
            }
        }
        Ok(())
    }
}

fn note_columns(summary: &mut TableSummary, table: Table, has: impl Fn(&str) -> bool) {
    let known = std::mem::take(&mut summary.columns);
    let names = table.columns().iter().map(|spec| spec.name);
    summary.columns = names.filter(|name| known.contains(name) || has(name)).collect();
}

fn note_unknown(summary: &mut TableSummary, names: &[String]) {
    for name in names {
        if !summary.unknown_columns.contains(name) && summary.unknown_columns.len() < 100 {
            summary.unknown_columns.push(name.clone());
        }
    }
}

fn add_forms(summary: &mut TableSummary, forms: FormCounts) {
    for (form, count) in forms.into_map() {
        *summary.time_forms.entry(form).or_default() += count;
    }
}
