//! `bonafide import`.

use super::args::ImportArgs;
use super::{Console, Outcome};
use crate::domain::Table;
use crate::error::{Error, Result};
use crate::tables::import::{self, FORMATS, ImportOptions, Importer};
use crate::tables::{Format, StagedFolder, TableWriter, write_manifest};
use arrow_array::RecordBatch;
use std::collections::BTreeMap;
use std::path::Path;

/// Turns a foreign export into a dataset folder.
///
/// # Errors
/// The source is not what the format promises, or the folder cannot be written; nothing is left behind then.
pub fn run(args: &ImportArgs, console: Console) -> Result<Outcome> {
    if args.format == "list" {
        console.print(&listing())?;
        return Ok(Outcome::Done);
    }
    let importer = import::find(&args.format)?;
    let Some(source) = &args.source else {
        return Err(Error::invalid_argument("SOURCE", "missing", importer.expects));
    };
    let Some(out) = &args.out else {
        return Err(Error::invalid_argument("--out", "missing", "the dataset folder to make"));
    };
    let options = ImportOptions { creator: args.creator.clone() };
    let (rows, notes) = write((importer, &options), source, out, args.tables.into())?;
    print_counts(&rows, console)?;
    notes.iter().for_each(|note| console.note(note));
    console.note(&format!("dataset: {}", out.display()));
    Ok(Outcome::Done)
}

/// Prints how many rows each table of a new dataset has.
pub fn print_counts(rows: &BTreeMap<Table, u64>, console: Console) -> Result<()> {
    if console.json() {
        let counts: BTreeMap<&str, u64> = rows.iter().map(|(table, count)| (table.name(), *count)).collect();
        return console.print_json(&counts);
    }
    rows.iter().try_for_each(|(table, count)| console.print(&format!("{table:<18} {count:>10} rows")))
}

type Written = (BTreeMap<Table, u64>, Vec<String>);

fn write((importer, options): (&Importer, &ImportOptions), source: &Path, out: &Path, format: Format) -> Result<Written> {
    let staged = StagedFolder::create(out)?;
    let mut tables = DatasetFolder { staged: &staged, format, writers: BTreeMap::new(), rows: BTreeMap::new() };
    let imported = importer.read(source, options, &mut |table, batch| tables.write(table, &batch))?;
    let rows = tables.finish()?;
    write_manifest(staged.path(), &imported.manifest)?;
    staged.commit()?;
    Ok((rows, imported.notes))
}

/// The tables of a dataset on their way to disk, each begun with its first batch.
pub struct DatasetFolder<'a> {
    /// Where they go for now.
    pub staged: &'a StagedFolder,
    /// How they are written.
    pub format: Format,
    /// Begun tables.
    pub writers: BTreeMap<Table, TableWriter>,
    /// Rows written so far.
    pub rows: BTreeMap<Table, u64>,
}

impl DatasetFolder<'_> {
    /// Appends a batch to its table.
    pub fn write(&mut self, table: Table, batch: &RecordBatch) -> Result<()> {
        let writer = match self.writers.entry(table) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(TableWriter::create(self.staged.path(), table.name(), batch.schema(), self.format)?)
            }
        };
        *self.rows.entry(table).or_default() += batch.num_rows() as u64;
        writer.write(batch)
    }

    /// Ends all tables.
    pub fn finish(self) -> Result<BTreeMap<Table, u64>> {
        for writer in self.writers.into_values() {
            writer.finish()?;
        }
        Ok(self.rows)
    }
}

fn listing() -> String {
    let width = FORMATS.iter().map(|format| format.name.len()).max().unwrap_or(0);
    let lines: Vec<String> =
        FORMATS.iter().map(|format| format!("{:<width$}  {}; SOURCE: {}", format.name, format.title, format.expects)).collect();
    lines.join("\n")
}
