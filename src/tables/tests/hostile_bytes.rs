//! Whatever the bytes: an error or rejects, never a panic; and the CSV splitter reads what the `csv` crate reads.

use super::*;
use crate::tables::chunk::CsvRowEnds;
use crate::tables::csv_fields::Fields;
use proptest::collection::vec;
use proptest::prelude::*;

const NAMES: [&str; 7] = [
    "accounts.csv",
    "accounts.ndjson",
    "accounts.parquet",
    "accounts.csv.gz",
    "accounts.csv.zst",
    "accounts.ndjson.gz",
    "accounts.jsonl.zst",
];

fn csvish() -> impl Strategy<Value = String> {
    vec(prop_oneof![Just("\""), Just(","), Just("\n"), Just("\r\n"), Just("\""), Just("a"), Just("é"), Just(" ")], 0..40)
        .prop_map(|parts| parts.concat())
}

fn rows_of(text: &str) -> Vec<Vec<String>> {
    let mut fields = Fields::new(text);
    let mut rows = Vec::new();
    while fields.begin_row() {
        let mut row = Vec::new();
        loop {
            let (field, more) = fields.next();
            row.push(field.text.into_owned());
            if !more {
                break;
            }
        }
        rows.push(row);
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..400), name in 0..NAMES.len()) {
        let _ = read_accounts(NAMES[name], &bytes);
    }

    #[test]
    fn random_rows_never_panic(bytes in vec(any::<u8>(), 0..400), json: bool) {
        let (name, mut content) = if json { ("accounts.ndjson", vec![]) } else { ("accounts.csv", b"account_id,followers\n".to_vec()) };
        content.extend_from_slice(&bytes);
        if let Ok(read) = read_accounts(name, &content) {
            let summary = &read.dataset.summaries[&crate::domain::Table::Accounts];
            prop_assert!(summary.rejected <= summary.rows);
        }
    }

    #[test]
    fn damaged_parquet_never_panics(at in 0..2000_usize, byte: u8) {
        let mut bytes = small_parquet().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read_accounts("accounts.parquet", &bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn fields_are_those_of_the_csv_crate(text in csvish()) {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(rows_of(&text), expected);
    }

    #[test]
    fn cutting_at_row_ends_changes_nothing(text in csvish(), block in 1..9_usize) {
        let (mut ends, mut cuts, mut base) = (CsvRowEnds::default(), vec![0], 0);
        for block in text.as_bytes().chunks(block) {
            let mut at = 0;
            while let Some(end) = ends.next(block, at) {
                cuts.push(base + end);
                at = end;
            }
            base += block.len();
        }
        cuts.push(text.len());
        let pieces: Vec<Vec<String>> = cuts.windows(2).flat_map(|cut| rows_of(&text[cut[0]..cut[1]])).collect();
        prop_assert_eq!(pieces, rows_of(&text));
    }
}

fn small_parquet() -> &'static [u8] {
    static BYTES: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
        use crate::tables::{Format, TableWriter};
        use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt64Array};
        use std::sync::Arc;
        let ids = Arc::new(StringArray::from_iter_values((0..50).map(|id| format!("a{id}")))) as ArrayRef;
        let counts = Arc::new(UInt64Array::from_iter_values(0..50)) as ArrayRef;
        let batch = RecordBatch::try_from_iter([("account_id", ids), ("followers", counts)]).unwrap();
        let place = tempfile::tempdir().unwrap();
        let mut writer = TableWriter::create(place.path(), "accounts", batch.schema(), Format::Parquet).unwrap();
        writer.write(&batch).unwrap();
        std::fs::read(writer.finish().unwrap()).unwrap()
    });
    &BYTES
}
