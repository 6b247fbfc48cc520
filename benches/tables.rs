//! Reading a dataset's folder: rows a second from every format, files to `Dataset`.
//!
//! `cargo bench --bench tables` makes its own data: 1,000,000 follows, 200,000 accounts and 300,000 engagements;
//! `benches/peers.sh` sets the reading of one folder beside Polars and DuckDB in one run.

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use bonafide::domain::Table;
use bonafide::tables::{Compression, Format, ReadOptions, TableWriter, read_dataset};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

const FOLLOWS: u64 = 1_000_000;
const ACCOUNTS: u64 = 200_000;
const ENGAGEMENTS: u64 = 300_000;
const CREATORS: u64 = 100;
const START_MS: i64 = 1_700_000_000_000;

/// A bijective scramble: ids look random and every run makes the same.
fn scramble(number: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 29)
}

fn account(number: u64) -> String {
    scramble(number % ACCOUNTS).to_string()
}

fn creator(number: u64) -> String {
    scramble(number % CREATORS).to_string()
}

fn ids(n: u64, name: impl Fn(u64) -> String) -> ArrayRef {
    Arc::new(StringArray::from_iter_values((0..n).map(name)))
}

fn counts(n: u64, range: u64) -> ArrayRef {
    Arc::new(UInt64Array::from_iter_values((0..n).map(|row| scramble(row) % range)))
}

fn times(n: u64) -> ArrayRef {
    let ms = (0..n).map(|row| START_MS + (scramble(row) % 30_000_000) as i64 * 1000);
    Arc::new(TimestampMillisecondArray::from_iter_values(ms).with_timezone("UTC"))
}

fn flags(n: u64) -> ArrayRef {
    Arc::new(BooleanArray::from_iter((0..n).map(|row| Some(scramble(row).is_multiple_of(3)))))
}

fn tables() -> Vec<(Table, RecordBatch)> {
    let follows = vec![
        ("follower_id", ids(FOLLOWS, |row| account(scramble(row)))),
        ("followed_id", ids(FOLLOWS, |row| creator(row / (FOLLOWS / CREATORS)))),
        ("followed_at", times(FOLLOWS)),
    ];
    let accounts = vec![
        ("account_id", ids(ACCOUNTS, account)),
        ("handle", ids(ACCOUNTS, |row| format!("user_{row}"))),
        ("bio", ids(ACCOUNTS, |row| format!("coffee, \"books\" and number {row}"))),
        ("has_avatar", flags(ACCOUNTS)),
        ("followers", counts(ACCOUNTS, 5000)),
        ("following", counts(ACCOUNTS, 5000)),
        ("created_at", times(ACCOUNTS)),
    ];
    let engagements = vec![
        ("actor_id", ids(ENGAGEMENTS, |row| account(scramble(row)))),
        ("post_id", ids(ENGAGEMENTS, |row| format!("post-{}", row / 300))),
        ("kind", ids(ENGAGEMENTS, |row| if row % 5 == 0 { "comment".to_owned() } else { "like".to_owned() })),
        ("at", times(ENGAGEMENTS)),
    ];
    let creators = vec![("creator_id", ids(CREATORS, creator)), ("platform", ids(CREATORS, |_| "instagram".to_owned()))];
    [(Table::Creators, creators), (Table::Accounts, accounts), (Table::Follows, follows), (Table::Engagements, engagements)]
        .into_iter()
        .map(|(table, columns)| (table, RecordBatch::try_from_iter(columns).expect("columns of one length")))
        .collect()
}

fn write(folder: &Path, format: Format, compression: Compression) {
    for (table, batch) in tables() {
        let mut writer =
            TableWriter::create_compressed(folder, table.name(), batch.schema(), format, compression).expect("a new file");
        writer.write(&batch).expect("room on the disk");
        writer.finish().expect("room on the disk");
    }
}

fn read_every_format(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read_dataset");
    group.sample_size(10).throughput(Throughput::Elements(FOLLOWS + ACCOUNTS + ENGAGEMENTS + CREATORS));
    for (name, format, compression) in [
        ("parquet", Format::Parquet, Compression::None),
        ("csv", Format::Csv, Compression::None),
        ("csv.gz", Format::Csv, Compression::Gzip),
        ("csv.zst", Format::Csv, Compression::Zstd),
        ("ndjson", Format::Ndjson, Compression::None),
    ] {
        let place = tempfile::tempdir().expect("a temporary folder");
        write(place.path(), format, compression);
        group.bench_with_input(BenchmarkId::from_parameter(name), place.path(), |bencher, folder| {
            bencher.iter(|| black_box(read_dataset(folder, &ReadOptions::default()).expect("a good dataset")));
        });
    }
    group.finish();
}

/// Reads the folder that `BONAFIDE_BENCH_DATASET` names: for `peers.sh`, so that all read the same files.
fn read_a_folder(criterion: &mut Criterion) {
    let Some(folder) = std::env::var_os("BONAFIDE_BENCH_DATASET") else { return };
    let mut group = criterion.benchmark_group("folder");
    group.sample_size(10);
    group.bench_function("read", |bencher| {
        bencher.iter(|| black_box(read_dataset(Path::new(&folder), &ReadOptions::default()).expect("a good dataset")));
    });
    group.finish();
}

criterion_group!(benches, read_every_format, read_a_folder);
criterion_main!(benches);
