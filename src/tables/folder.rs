//! Which files of a folder are which tables.

use super::format::{Compression, Format, split_name};
use crate::domain::Table;
use crate::error::{Error, ErrorKind, Locate, Result};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// Name of the file that describes a dataset.
pub const MANIFEST_NAME: &str = "dataset.toml";
/// What `simulate` and `demo` lay beside the tables, and is no table.
const BESIDE_TABLES: [&str; 3] = ["README.md", "scenario.toml", "truth"];

/// One file of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// Where it is.
    pub path: PathBuf,
    /// Path relative to the dataset's folder, with forward slashes.
    pub relative: String,
    /// How its rows are written.
    pub format: Format,
    /// How it is compressed as a whole.
    pub compression: Compression,
    /// Its size.
    pub bytes: u64,
}

/// The files of a dataset's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatasetFiles {
    /// `dataset.toml`, if there.
    pub manifest: Option<PathBuf>,
    /// Each table's files in reading order: one file, or the parts by name.
    pub tables: BTreeMap<Table, Vec<TableFile>>,
    /// Names of what is there and not read.
    pub ignored: Vec<String>,
}

impl DatasetFiles {
    /// Looks into a folder without opening its files.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it is no readable folder; [`ErrorKind::InvalidArgument`] where a table is there twice, is no
    /// regular file (a pipe, a device), or a folder of parts holds something else than parts.
    pub fn find(folder: &Path) -> Result<Self> {
        if !std::fs::metadata(folder).at_file(folder)?.is_dir() {
            return Err(Error::invalid_argument("dataset", folder.display(), "a folder that holds the tables as files"));
        }
        let mut found = Self::default();
        for name in sorted_names(folder)? {
            found.add(folder, &name).at_file(folder)?;
        }
        Ok(found)
    }

    /// Whether there is enough to read: `creators` and one other table.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyDataset`] or [`ErrorKind::MissingTable`].
    pub fn check_complete(&self) -> Result<()> {
        let missing = |table: Table, why| Err(Error::new(ErrorKind::MissingTable { table: table.name(), why }));
        if self.tables.is_empty() {
            return Err(Error::new(ErrorKind::EmptyDataset));
        }
        if !self.tables.contains_key(&Table::Creators) {
            return missing(Table::Creators, "it lists the creators to be scored and is always needed");
        }
        if self.tables.len() == 1 {
            return missing(
                Table::Accounts,
                "besides `creators` at least one other table is needed (accounts, follows, engagements …)",
            );
        }
        Ok(())
    }

    /// Size of all tables' files.
    pub fn bytes(&self) -> u64 {
        self.tables.values().flatten().map(|file| file.bytes).sum()
    }

    fn add(&mut self, folder: &Path, name: &str) -> Result<()> {
        let path = folder.join(name);
        let metadata = std::fs::metadata(&path).at_file(&path)?;
        if let (true, Some(table)) = (metadata.is_dir(), Table::from_name(name)) {
            return self.insert(table, find_parts(&path, name)?);
        }
        let named = split_name(name).and_then(|(stem, format, compression)| Some((Table::from_name(stem)?, format, compression)));
        if name == MANIFEST_NAME {
            check_regular(&metadata, name)?;
            self.manifest = Some(path);
        } else if let Some((table, format, compression)) = named {
            check_regular(&metadata, name)?;
            let (relative, bytes) = (name.to_owned(), metadata.len());
            self.insert(table, vec![TableFile { path, relative, format, compression, bytes }])?;
        } else if !BESIDE_TABLES.contains(&name) {
            self.ignored.push(name.to_owned());
        }
        Ok(())
    }

    fn insert(&mut self, table: Table, files: Vec<TableFile>) -> Result<()> {
        if let Some(known) = self.tables.get(&table) {
            let place = |files: &[TableFile]| match files {
                [one] if !one.relative.contains('/') => one.relative.clone(),
                _ => format!("the folder {table}/"),
            };
            let both = format!("there as {} and as {}", place(known), place(&files));
            return Err(Error::invalid_argument(format!("the table `{table}`"), both, "keep one of them"));
        }
        self.tables.insert(table, files);
        Ok(())
    }
}

fn find_parts(folder: &Path, table: &str) -> Result<Vec<TableFile>> {
    let mut parts = Vec::new();
    for name in sorted_names(folder)? {
        let path = folder.join(&name);
        let metadata = std::fs::metadata(&path).at_file(&path)?;
        let relative = format!("{table}/{name}");
        let Some((_, format, compression)) = split_name(&name) else {
            let expected = "a folder of parts holds .csv, .ndjson, .jsonl (plain, .gz or .zst) or .parquet files only";
            return Err(Error::invalid_argument("part", relative, expected));
        };
        check_regular(&metadata, &relative)?;
        parts.push(TableFile { path, relative, format, compression, bytes: metadata.len() });
    }
    if parts.is_empty() {
        return Err(Error::invalid_argument("folder of parts", format!("empty: {table}/"), "at least one part").at_file(folder));
    }
    Ok(parts)
}

/// Pipes and devices are refused before they are opened: reading one may never end.
fn check_regular(metadata: &Metadata, name: &str) -> Result<()> {
    let found = match metadata {
        file if file.is_file() => return Ok(()),
        folder if folder.is_dir() => "a folder",
        _ => "not a regular file",
    };
    Err(Error::invalid_argument(name, found, "under this name a regular file is read"))
}

/// Names in a folder in byte order, without hidden files and the markers that cluster engines leave (`_SUCCESS`).
fn sorted_names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).at_file(folder)? {
        let name = entry.at_file(folder)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with(['.', '_']) {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}
