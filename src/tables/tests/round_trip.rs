//! What is written reads back the same, in every format and compression.

use super::*;
use crate::domain::{ColumnKind, ColumnSpec, Dataset, EARLIEST_MS, LATEST_MS, Table};
use crate::tables::{Compression, Format, TableWriter};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use proptest::prelude::*;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

const FORMS: [(Format, Compression); 7] = [
    (Format::Parquet, Compression::None),
    (Format::Csv, Compression::None),
    (Format::Csv, Compression::Gzip),
    (Format::Csv, Compression::Zstd),
    (Format::Ndjson, Compression::None),
    (Format::Ndjson, Compression::Gzip),
    (Format::Ndjson, Compression::Zstd),
];

/// Texts that formats are known to stumble over.
const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "NULL",
    "null",
    "NaN",
    "\\N",
    "\"",
    "\"\"",
    ",",
    "\n",
    "\r\n",
    "\r",
    "a,b\"c\nd",
    "ünï",
    "🦀👩‍👩‍👧",
    "<script>",
    "-1",
    "1e5",
    "true",
    "\t",
    "\u{feff}x",
    "\u{202e}",
    "=cmd()",
    "'",
    "\\",
    "\u{1}",
    "{}",
    "[",
    "\u{2028}",
    "007",
];

fn text(rng: &mut impl Rng) -> String {
    (0..rng.random_range(0..4)).map(|_| TEXTS[rng.random_range(0..TEXTS.len())]).collect()
}

fn values<T>(
    spec: &ColumnSpec,
    n_rows: usize,
    rng: &mut ChaCha8Rng,
    draw: fn(&mut ChaCha8Rng, &ColumnSpec) -> T,
) -> Vec<Option<T>> {
    (0..n_rows).map(|_| (spec.required || rng.random_bool(0.6)).then(|| draw(rng, spec))).collect()
}

fn column(spec: &ColumnSpec, n_rows: usize, rng: &mut ChaCha8Rng) -> ArrayRef {
    match spec.kind {
        ColumnKind::Id => {
            let id = |rng: &mut ChaCha8Rng, _: &ColumnSpec| {
                if rng.random_bool(0.7) { format!("id{}", rng.random_range(0..20)) } else { text(rng) + "x" }
            };
            Arc::new(StringArray::from(values(spec, n_rows, rng, id)))
        }
        ColumnKind::Text => Arc::new(StringArray::from(values(spec, n_rows, rng, |rng, _| text(rng)))),
        ColumnKind::Choice(..) => {
            let word = |rng: &mut ChaCha8Rng, spec: &ColumnSpec| match spec.kind {
                ColumnKind::Choice(_, words) => words[rng.random_range(0..words.len())],
                _ => "",
            };
            Arc::new(StringArray::from(values(spec, n_rows, rng, word)))
        }
        ColumnKind::Count { .. } => {
            let count = |rng: &mut ChaCha8Rng, spec: &ColumnSpec| match spec.kind {
                // No more digits than the shortest handle has characters.
                _ if spec.name == "handle_digit_count" => rng.random_range(0..10),
                _ if spec.name == "handle_length" => rng.random_range(10..=10_000),
                ColumnKind::Count { most } => (rng.random::<u64>() >> rng.random_range(0..64)).min(most),
                _ => 0,
            };
            Arc::new(UInt64Array::from(values(spec, n_rows, rng, count)))
        }
        ColumnKind::Real { .. } => {
            let real = |rng: &mut ChaCha8Rng, spec: &ColumnSpec| match spec.kind {
                ColumnKind::Real { least, most } => {
                    Some(f64::from_bits(rng.random())).filter(|value| (least..=most).contains(value)).unwrap_or(-0.0)
                }
                _ => 0.0,
            };
            Arc::new(Float64Array::from(values(spec, n_rows, rng, real)))
        }
        ColumnKind::Flag => Arc::new(BooleanArray::from(values(spec, n_rows, rng, |rng, _| rng.random::<bool>()))),
        ColumnKind::Time => {
            let times = values(spec, n_rows, rng, |rng, _| rng.random_range(EARLIEST_MS..LATEST_MS));
            Arc::new(TimestampMillisecondArray::from(times).with_timezone("UTC"))
        }
    }
}

fn random_batch(table: Table, seed: u64) -> RecordBatch {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let n_rows = rng.random_range(0..30);
    let columns = table.columns().iter().map(|spec| column(spec, n_rows, &mut rng)).collect();
    RecordBatch::try_new(table.arrow_schema(), columns).unwrap()
}

fn write(folder: &Path, table: Table, batch: &RecordBatch, (format, compression): (Format, Compression)) {
    let mut writer = TableWriter::create_compressed(folder, table.name(), table.arrow_schema(), format, compression).unwrap();
    writer.write(&batch.slice(0, batch.num_rows() / 2)).unwrap();
    writer.write(&batch.slice(batch.num_rows() / 2, batch.num_rows() - batch.num_rows() / 2)).unwrap();
    writer.finish().unwrap();
}

/// All that a dataset says, without how its files looked.
fn content(mut dataset: Dataset) -> String {
    dataset.files.clear();
    dataset.summaries.values_mut().for_each(|summary| summary.time_forms.clear());
    let names: Vec<&str> = dataset.account_ids().map(|id| dataset.ids.name(id.0)).collect();
    let counts: Vec<_> = dataset.summaries.iter().map(|(table, summary)| (table, summary.rows, summary.rejected)).collect();
    format!(
        "{names:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {counts:?}",
        dataset.accounts,
        dataset.creators,
        dataset.follows,
        dataset.posts,
        dataset.engagements,
        dataset.history,
        dataset.labels,
        dataset.newest_at,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_dataset_reads_the_same_from_every_format(seed: u64) {
        let batches: Vec<(Table, RecordBatch)> = Table::ALL.into_iter().map(|table| (table, random_batch(table, seed ^ table as u64))).collect();
        let mut expected = crate::domain::DatasetBuilder::default();
        batches.iter().for_each(|(table, batch)| expected.push(*table, batch));
        let expected = content(expected.finish());
        for form in FORMS {
            let place = tempfile::tempdir().unwrap();
            batches.iter().for_each(|(table, batch)| write(place.path(), *table, batch, form));
            let read = read_dataset(place.path(), &ReadOptions { max_rejected_percent: 0.0, ..ReadOptions::default() }).unwrap();
            prop_assert!(content(read.dataset) == expected, "{:?}", form);
        }
    }
}

#[test]
fn every_table_round_trips_in_every_format() {
    for table in Table::ALL {
        let batch = random_batch(table, 7 + table as u64);
        let mut expected = crate::domain::DatasetBuilder::default();
        expected.push(table, &batch);
        let expected = content(expected.finish());
        for form in FORMS {
            let place = tempfile::tempdir().unwrap();
            write(place.path(), table, &batch, form);
            let only = ReadOptions { max_rejected_percent: 0.0, tables: Some(&[table]), progress: None };
            let read = read_dataset(place.path(), &only).unwrap();
            assert!(content(read.dataset) == expected, "{table} {form:?}");
        }
    }
}

#[test]
fn parts_in_mixed_formats_are_one_table() {
    let files: &[(&str, &[u8])] = &[
        ("creators.jsonl", b"{\"platform\":\"x\",\"creator_id\":\"cleo\"}"),
        ("follows/a.csv", b"followed_id,follower_id\ncleo,ann\n"),
        ("follows/b.ndjson", b"{\"follower_id\":\"bob\",\"followed_id\":\"cleo\",\"position\":3}\n"),
        ("follows/_SUCCESS", b""),
        ("follows/.b.crc", b"\0"),
    ];
    let read = read_all(folder(files).path()).unwrap();
    assert_eq!(read.dataset.follows.follower.len(), 2);
    assert_eq!(read.dataset.follows.position.get(1), Some(3));
    let summary = &read.dataset.summaries[&Table::Follows];
    assert_eq!(summary.columns, ["follower_id", "followed_id", "position"]);
    assert_eq!(read.dataset.files.len(), 3);
}

#[test]
fn rows_keep_their_order_and_numbers_across_pieces() {
    let mut csv = b"follower_id,followed_id,followed_at,position\n".to_vec();
    for row in 0..60_000_u64 {
        let position = if row % 10_000 == 9_999 { "x".to_owned() } else { row.to_string() };
        std::io::Write::write_fmt(&mut csv, format_args!("follower-{row},cleo,2024-06-14T00:00:00Z,{position}\n")).unwrap();
    }
    assert!(csv.len() > 2 << 20, "more than one piece");
    let place = folder(&[("creators.csv", CREATORS), ("follows.csv", &csv)]);
    let read = read_all(place.path()).unwrap();
    assert_eq!(read.rejected.count(Table::Follows), 6);
    assert_eq!(read.rejected.first(Table::Follows).unwrap().row, 10_001);
    assert!((0..59_994).is_sorted_by_key(|slot| read.dataset.follows.position.get(slot).unwrap()));
    assert_eq!(read.dataset.summaries[&Table::Follows].time_forms.values().sum::<u64>(), 60_000);
}

#[test]
fn progress_ends_at_the_whole() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let place = folder(&[("creators.csv", CREATORS), ("accounts.csv", b"account_id\na\nb\n")]);
    let rows = AtomicU64::new(0);
    let tell = |progress: crate::tables::ReadProgress| {
        assert!(progress.bytes <= progress.total_bytes);
        rows.store(progress.rows, Ordering::Relaxed);
    };
    read_dataset(place.path(), &ReadOptions { progress: Some(&tell), ..ReadOptions::default() }).unwrap();
    assert_eq!(rows.into_inner(), 3);
}
