//! Each card of a public data set tells what its files and its importer really give.

use crate::real_data;
use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use bonafide::domain::Table;
use bonafide::tables::import::{self, ImportOptions, Reader};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The block of TOML at the head of a card.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    name: String,
    importer: String,
    folder: String,
    licence: String,
    captured_at: Option<String>,
    accounts: u64,
    file: Vec<PublishedFile>,
    labels: BTreeMap<String, LabelCounts>,
    known: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishedFile {
    path: String,
    rows: u64,
    columns: Vec<String>,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct LabelCounts {
    #[serde(default)]
    genuine: u64,
    #[serde(default)]
    fake: u64,
}

fn cards() -> Vec<(PathBuf, Card)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let pages = ["README.md", "TABLES.md", "RUN.md", "instagram-export.md"];
    let is_page = |path: &Path| pages.iter().any(|page| path.ends_with(page));
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "md") && !is_page(path));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let block = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
            let block = block.unwrap_or_else(|| panic!("{} has no block of TOML", path.display()));
            let card = toml::from_str(block).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path, card)
        })
        .collect()
}

#[test]
fn every_importer_has_a_card_and_the_index_names_each() {
    let index = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/README.md")).unwrap();
    let cards = cards();
    for importer in import::FORMATS {
        let has_card = match importer.reader {
            Reader::PublicSet(_) => cards.iter().any(|(_, card)| card.importer == importer.name),
            Reader::AccountExport(_) => index.contains(&format!("({}.md)", importer.name)),
        };
        assert!(has_card, "no card or page speaks of the importer {}", importer.name);
    }
    for (path, card) in &cards {
        let file = path.file_name().unwrap().to_str().unwrap();
        assert_eq!(file, format!("{}.md", card.name));
        assert!(index.contains(&format!("({file})")), "datasets/README.md does not name {file}");
        assert!(!card.licence.is_empty() && import::find(&card.importer).is_ok());
        let labelled: u64 = card.labels.values().map(|counts| counts.genuine + counts.fake).sum();
        assert!(labelled <= card.accounts, "{file}: more labels than accounts");
        assert!(card.known.keys().all(|column| Table::Accounts.column_index(column).is_some()), "{file}: a column of no table");
    }
}

#[test]
fn files_have_the_rows_and_columns_that_their_card_states() {
    let Some(data) = real_data::folder("files_have_the_rows_and_columns_that_their_card_states") else { return };
    for (_, card) in cards() {
        for file in &card.file {
            let path = data.join(&card.folder).join(&file.path);
            let (rows, columns) = published(&path);
            assert_eq!(rows, file.rows, "rows of {}", path.display());
            assert_eq!(columns, file.columns.iter().cloned().collect(), "columns of {}", path.display());
        }
    }
}

#[test]
fn importers_yield_what_the_cards_state() {
    let Some(data) = real_data::folder("importers_yield_what_the_cards_state") else { return };
    for (_, card) in cards() {
        let mut yielded = Yielded::default();
        let importer = import::find(&card.importer).unwrap();
        let imported = importer
            .read(&data.join(&card.folder), &ImportOptions::default(), &mut |table, batch| {
                yielded.count(table, &batch);
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{}: {error}", card.name));
        assert_eq!(imported.manifest.captured_at.map(|time| time.to_string()), card.captured_at, "captured_at of {}", card.name);
        assert_eq!((yielded.creators, yielded.accounts, yielded.follows), (1, card.accounts, card.accounts), "{}", card.name);
        assert_eq!(yielded.labels, card.labels, "labels of {}", card.name);
        assert_eq!(yielded.known, card.known, "known values of {}", card.name);
    }
}

/// What an importer handed on.
#[derive(Default)]
struct Yielded {
    creators: u64,
    accounts: u64,
    follows: u64,
    labels: BTreeMap<String, LabelCounts>,
    known: BTreeMap<String, u64>,
}

impl Yielded {
    fn count(&mut self, table: Table, batch: &RecordBatch) {
        let rows = batch.num_rows() as u64;
        match table {
            Table::Creators => self.creators += rows,
            Table::Follows => self.follows += rows,
            Table::Labels => self.count_labels(batch),
            Table::Accounts => {
                self.accounts += rows;
                for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()).skip(1) {
                    *self.known.entry(field.name().clone()).or_default() += rows - column.null_count() as u64;
                }
            }
            other => panic!("no set holds the table {other}"),
        }
    }

    fn count_labels(&mut self, batch: &RecordBatch) {
        let (labels, sources) = (batch.column(2).as_string::<i32>(), batch.column(3).as_string::<i32>());
        for (label, source) in labels.iter().zip(sources) {
            let counts = self.labels.entry(source.unwrap().to_owned()).or_default();
            let is_fake = label == Some("fake");
            counts.fake += u64::from(is_fake);
            counts.genuine += u64::from(!is_fake);
        }
    }
}

/// Rows and columns of a published file, read without the importers; a user object's fields stand as `user.field`.
fn published(path: &Path) -> (u64, BTreeSet<String>) {
    let mut bytes = Vec::new();
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_some_and(|kind| kind == "gz") {
        MultiGzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    } else {
        { file }.read_to_end(&mut bytes).unwrap();
    }
    if !path.to_str().unwrap().contains(".json") {
        let delimiter = if path.to_str().unwrap().contains(".tsv") { b'\t' } else { b',' };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
        let columns = rows.headers().unwrap().iter().map(str::to_owned).collect();
        return (rows.byte_records().count() as u64, columns);
    }
    let records: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&bytes).unwrap();
    let mut columns = BTreeSet::new();
    for (name, value) in records.iter().flatten() {
        match value.as_object() {
            Some(object) => columns.extend(object.keys().map(|field| format!("{name}.{field}"))),
            None => _ = columns.insert(name.clone()),
        }
    }
    (records.len() as u64, columns)
}
