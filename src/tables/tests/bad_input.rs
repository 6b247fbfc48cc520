//! One test a kind of bad input.

use super::*;
use crate::domain::{AccountId, Platform, Table};
use crate::error::ErrorKind;
use crate::tables::{Compression, Format, TableWriter};
use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use std::io::Write;
use std::sync::Arc;

fn error(files: &[(&str, &[u8])]) -> crate::error::Error {
    read_dataset(folder(files).path(), &ReadOptions::default()).map(|read| read.dataset.warnings).unwrap_err()
}

/// The rejects of an accounts file as `row column: reason (value)`.
fn rejects(name: &str, content: &[u8]) -> Vec<String> {
    let mut read = read_accounts(name, content).unwrap();
    let out = tempfile::tempdir().unwrap();
    let Some(path) = read.rejected.write_into(out.path()).unwrap().pop() else { return vec![] };
    assert_eq!(path, out.path().join("rejected/accounts.ndjson"));
    let lines = std::fs::read_to_string(path).unwrap();
    let line = |line: &str| {
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| json[key].as_str().unwrap_or("-").to_owned();
        assert_eq!(text("file"), name);
        format!("{} {}: {} ({})", json["row"], text("column"), text("reason"), text("value"))
    };
    let lines: Vec<String> = lines.lines().map(line).collect();
    assert_eq!(read.rejected.count(Table::Accounts), lines.len() as u64);
    assert_eq!(read.dataset.summaries[&Table::Accounts].rejected, lines.len() as u64);
    lines
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn many_rows() -> Vec<u8> {
    let mut text = b"account_id,followers\n".to_vec();
    for row in 0..20_000_u64 {
        writeln!(text, "a{},{}", row.wrapping_mul(0x9E37_79B9_7F4A_7C15), row).unwrap();
    }
    text
}

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = TableWriter::create(folder.path(), "accounts", batch.schema(), Format::Parquet).unwrap();
    writer.write(&batch).unwrap();
    std::fs::read(writer.finish().unwrap()).unwrap()
}

#[test]
fn an_empty_folder_is_no_dataset() {
    assert!(matches!(error(&[]).kind(), ErrorKind::EmptyDataset));
    assert!(matches!(error(&[("readme.txt", b"hello")]).kind(), ErrorKind::EmptyDataset));
}

#[test]
fn creators_are_needed_and_one_other_table() {
    let without = error(&[("accounts.csv", b"account_id\nann\n")]);
    assert!(matches!(without.kind(), ErrorKind::MissingTable { table: "creators", .. }), "{without}");
    let alone = error(&[("creators.csv", CREATORS)]);
    assert!(alone.to_string().contains("at least one other table"), "{alone}");
}

#[test]
fn what_is_not_a_folder_is_named() {
    let place = folder(&[("export.zip", b"PK")]);
    let path = place.path().join("export.zip");
    let file = read_dataset(&path, &ReadOptions::default()).unwrap_err();
    assert!(file.to_string().contains("export.zip; a folder"), "{file}");
    let nothing = read_dataset(&place.path().join("nowhere"), &ReadOptions::default()).unwrap_err();
    assert!(matches!(nothing.kind(), ErrorKind::Io(_)) && nothing.to_string().contains("nowhere"), "{nothing}");
}

#[test]
fn a_table_that_is_there_twice_is_refused() {
    let two: &[(&str, &[u8])] = &[("creators.csv", CREATORS), ("follows.csv", b""), ("follows.ndjson", b"")];
    assert!(error(two).to_string().contains("follows.csv and as follows.ndjson"), "{}", error(two));
    let both: &[(&str, &[u8])] = &[("creators.csv", CREATORS), ("follows.csv", b""), ("follows/1.csv", b"")];
    assert!(error(both).to_string().contains("the folder follows/"), "{}", error(both));
}

#[test]
fn a_folder_of_parts_holds_parts_only() {
    let strange = error(&[("creators.csv", CREATORS), ("follows/1.csv", b"follower_id,followed_id\n"), ("follows/2.xlsx", b"")]);
    assert!(strange.to_string().contains("follows/2.xlsx"), "{strange}");
}

#[test]
fn unknown_columns_and_files_are_listed_once() {
    let files: &[(&str, &[u8])] = &[
        ("creators.csv", CREATORS),
        ("followers.csv", b"x"),
        ("accounts/1.csv", b"account_id,shoe_size,mood\nann,39,good\n"),
        ("accounts/2.ndjson", b"{\"account_id\":\"bob\",\"mood\":[1,{\"a\":null}]}\n"),
    ];
    let read = read_all(folder(files).path()).unwrap();
    let warnings = read.dataset.warnings.join("\n");
    assert!(warnings.contains("accounts: columns that are not known are not used: shoe_size, mood"), "{warnings}");
    assert_eq!(warnings.matches("mood").count(), 1);
    assert!(warnings.contains("followers.csv"), "{warnings}");
    assert_eq!(read.dataset.summaries[&Table::Accounts].rows, 2);
}

#[test]
fn a_missing_required_column_names_what_was_found() {
    let csv = error(&[("creators.csv", CREATORS), ("follows.csv", b"follower_id;followed_id\na;b\n")]);
    assert!(
        csv.to_string().contains("follows.csv: the required column `follower_id` is missing; found: follower_id;followed_id"),
        "{csv}"
    );
    let json = error(&[("creators.csv", CREATORS), ("accounts.jsonl", b"{\"id\":1,\"handle\":\"x\"}\n")]);
    assert!(matches!(json.kind(), ErrorKind::MissingColumn { column, .. } if column == "account_id"), "{json}");
    let typed = parquet(vec![("handle", Arc::new(StringArray::from(vec!["x"])) as ArrayRef)]);
    let parquet = error(&[("creators.csv", CREATORS), ("accounts.parquet", &typed)]);
    assert!(matches!(parquet.kind(), ErrorKind::MissingColumn { found, .. } if found == "handle"), "{parquet}");
}

#[test]
fn the_platform_may_come_from_the_manifest() {
    let files: &[(&str, &[u8])] = &[
        ("creators.csv", b"creator_id\ncleo\n"),
        ("follows.csv", b"follower_id,followed_id\nann,cleo\n"),
        ("dataset.toml", b"platform = \"tiktok\"\n"),
    ];
    assert_eq!(read_all(folder(files).path()).unwrap().dataset.creators[0].platform, Platform::Tiktok);
    assert!(matches!(error(&files[..2]).kind(), ErrorKind::MissingColumn { .. }));
}

#[test]
fn columns_of_one_name_are_refused() {
    let twice = error(&[("creators.csv", CREATORS), ("accounts.csv", b"account_id,bio,bio\na,b,c\n")]);
    assert!(twice.to_string().contains("column `bio`") && twice.to_string().contains("accounts.csv"), "{twice}");
    assert_eq!(
        rejects("accounts.ndjson", b"{\"account_id\":1,\"bio\":\"a\",\"bio\":\"b\"}\n{\"account_id\":2}\n"),
        ["1 -: the key `bio` occurs twice ({\"account_id\":1,\"bio\":\"a\",\"bio\":\"b\"})"]
    );
}

#[test]
fn cells_of_the_wrong_type_reject_their_row() {
    let csv = b"account_id,followers,is_private,created_at,status\n\
        a,12,yes,2020-01-01,active\nb,many,no,,\nc,1,perhaps,,\nd,1,no,soon,\ne,1,no,,lost\n";
    assert_eq!(
        rejects("accounts.csv", csv),
        [
            "3 followers: not a whole number from 0 (many)",
            "4 is_private: neither true nor false (perhaps)",
            "5 created_at: not a time (soon)",
            "6 status: not one of: active, suspended, deleted (lost)",
        ]
    );
}

#[test]
fn impossible_counts_are_rejected_in_every_format() {
    let csv = b"account_id,followers\na,-3\nb,12.5\nc,18446744073709551616\nd,12.0\ne,1e3\nf,NaN\n";
    let bad: Vec<String> = rejects("accounts.csv", csv);
    assert_eq!(bad.len(), 3, "{bad:?}");
    let json =
        b"{\"account_id\":1,\"followers\":-3}\n{\"account_id\":2,\"followers\":12.5}\n{\"account_id\":3,\"followers\":12.0}\n\
        {\"account_id\":4,\"followers\":\"NaN\"}\n{\"account_id\":5,\"followers\":NaN}\n{\"account_id\":6,\"followers\":[1]}\n";
    let bad = rejects("accounts.ndjson", json);
    assert_eq!(bad.len(), 5, "{bad:?}");
    assert!(bad[4].contains("followers: holds a list ([1])"), "{bad:?}");
    let typed = parquet(vec![
        ("account_id", Arc::new(StringArray::from(vec!["a", "b", "c"])) as ArrayRef),
        ("followers", Arc::new(Int64Array::from(vec![Some(-1), None, Some(7)]))),
        ("following", Arc::new(Float64Array::from(vec![1.0, f64::NAN, 7.0]))),
    ]);
    assert_eq!(
        rejects("accounts.parquet", &typed),
        ["1 followers: not a whole number from 0 (-1)", "2 following: not a whole number from 0 (NaN)"]
    );
}

#[test]
fn words_for_missing_in_csv_are_missing() {
    let csv = b"account_id,followers,bio\na,NULL,NULL\nb,null,\\N\nc,NaN,\nd,,\"\"\n";
    let read = read_accounts("accounts.csv", csv).unwrap();
    let accounts = &read.dataset.accounts;
    assert!(accounts.followers.is_absent() && read.rejected.is_empty());
    assert_eq!(accounts.bio.present_count(), 1);
    let d = read.dataset.ids.find("d").unwrap();
    assert_eq!(accounts.bio.get(d as usize), Some(""));
}

#[test]
fn quotes_say_nothing_where_everything_is_quoted() {
    let csv = b"\"account_id\",\"followers\",\"bio\"\n\"a\",\"\",\"\"\n\"b\",\"NULL\",\"tea\"\n";
    let read = read_accounts("accounts.csv", csv).unwrap();
    assert!(read.dataset.accounts.followers.is_absent());
    assert_eq!(read.dataset.accounts.bio.present_count(), 1);
}

#[test]
fn times_out_of_range_are_rejected() {
    let csv = b"account_id,created_at\na,1901-12-13T20:45:52Z\nb,2999-01-01\nc,-2147483648\nd,1718323200\n";
    let bad = rejects("accounts.csv", csv);
    assert_eq!(bad.len(), 3, "{bad:?}");
    assert!(bad[0].starts_with("2 created_at: time outside 1990 to 2100 (1901"), "{bad:?}");
}

#[test]
fn a_missing_id_is_rejected() {
    let bad = rejects("accounts.csv", b"account_id,handle\n,ann\n  ,bob\nNULL,cy\nd,dora\n");
    assert_eq!(bad.len(), 3, "{bad:?}");
    assert!(bad[0].starts_with("2 account_id: missing, but required"), "{bad:?}");
    let bad = rejects("accounts.ndjson", b"{\"handle\":\"ann\"}\n\n{\"account_id\":null}\n{\"account_id\":1}\n");
    assert_eq!(bad.iter().map(|line| &line[..1]).collect::<Vec<_>>(), ["1", "3"]);
}

#[test]
fn ids_of_twenty_digits_keep_every_digit() {
    let id = "12345678901234567890";
    let csv = format!("account_id\n{id}\n");
    let json = format!("{{\"account_id\":{id}}}\n");
    for (name, content) in [("accounts.csv", csv), ("accounts.ndjson", json)] {
        let read = read_accounts(name, content.as_bytes()).unwrap();
        assert_eq!(read.dataset.name(AccountId(1)), id, "{name}");
    }
    let typed = parquet(vec![("account_id", Arc::new(arrow_array::UInt64Array::from(vec![12_345_678_901_234_567_890])) as _)]);
    assert_eq!(read_accounts("accounts.parquet", &typed).unwrap().dataset.name(AccountId(1)), id);
}

#[test]
fn rows_of_the_wrong_width_are_rejected() {
    let bad = rejects("accounts.csv", b"account_id,handle,bio\na,ann\nb,bob,x,y\nc,cy,\"two\nlines\"\nd\n");
    assert_eq!(
        bad,
        [
            "2 -: has 2 fields where the header has 3 (a,ann)",
            "3 -: has 4 fields where the header has 3 (b,bob,x,y)",
            "6 -: has 1 fields where the header has 3 (d)",
        ]
    );
}

#[test]
fn broken_utf8_rejects_its_row_alone() {
    let bad = rejects("accounts.csv", b"account_id,handle\na,\"x\ny\"\nb,caf\xE9\nc,caf\xC3\xA9\n");
    assert_eq!(bad, ["4 handle: broken encoding: not UTF-8 (b,caf\u{FFFD})"]);
    let bad = rejects("accounts.ndjson", b"{\"account_id\":\"a\"}\n{\"account_id\":\"caf\xE9\"}\n");
    assert!(bad[0].starts_with("2 -: broken encoding"), "{bad:?}");
}

#[test]
fn nul_bytes_reject_their_row() {
    assert_eq!(rejects("accounts.csv", b"account_id,bio\na,x\0y\nb,z\n").len(), 1);
    assert_eq!(rejects("accounts.ndjson", b"{\"account_id\":\"a\\u0000\"}\n{\"account_id\":\"b\"}\n").len(), 1);
    let typed = parquet(vec![("account_id", Arc::new(StringArray::from(vec!["a\0", "b"])) as ArrayRef)]);
    assert_eq!(rejects("accounts.parquet", &typed).len(), 1);
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let read = read_accounts("accounts.csv", b"\xEF\xBB\xBFaccount_id,handle\r\na,ann\r\n").unwrap();
    assert_eq!(read.dataset.n_accounts(), 2);
    let utf16 = read_accounts("accounts.csv", b"\xFF\xFEa\0c\0").unwrap_err();
    assert!(utf16.to_string().contains("UTF-16"), "{utf16}");
}

#[test]
fn lines_that_are_not_json_objects_are_rejected() {
    let bad = rejects("accounts.ndjson", b"[1,2]\n{\"account_id\":\n\"text\"\n{\"account_id\":1} x\n{\"account_id\":2}\n");
    assert_eq!(bad.len(), 4, "{bad:?}");
    assert!(bad[0].contains("not a JSON object") && bad[1].contains("not JSON"), "{bad:?}");
}

#[test]
fn truncated_and_damaged_compression_is_an_error_of_its_file() {
    let whole = gzip(&many_rows());
    let zstd = zstd::encode_all(&many_rows()[..], 1).unwrap();
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0x55);
    for (name, content, expected) in [
        ("accounts.csv.gz", &whole[..whole.len() / 2], "gzip"),
        ("accounts.csv.gz", &damaged[..], "gzip"),
        ("accounts.csv.zst", &zstd[..zstd.len() - 9], "zstd"),
        ("accounts.csv.gz", b"account_id\na\n", "gzip"),
        ("accounts.csv.zst", b"account_id\na\n", "zstd"),
        ("accounts.csv", &whole[..], "text"),
    ] {
        let error = read_accounts(name, content).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Malformed { expected: what, .. } if what == expected), "{name}: {error}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn truncated_parquet_is_an_error_of_its_file() {
    let ids: Vec<String> = (0..1000).map(|id| format!("account-{id}")).collect();
    let whole = parquet(vec![("account_id", Arc::new(StringArray::from(ids)) as ArrayRef)]);
    let mut damaged = whole.clone();
    damaged[100..400].fill(0xAA);
    for content in [&whole[..whole.len() / 2], &whole[..8], &damaged, b"account_id\na\n", b""] {
        let error = read_accounts("accounts.parquet", content).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Malformed { expected, .. } if expected == "Parquet"), "{error}");
    }
}

#[test]
fn a_line_without_end_takes_bounded_memory() {
    for (name, open, close) in [
        ("accounts.csv", "account_id,bio\na,x\nb,\"", "\n\"\nc,y\n"),
        ("accounts.ndjson", "{\"account_id\":\"a\"}\n{\"account_id\":\"", "\"}\n{\"account_id\":\"c\"}\n"),
    ] {
        let mut content = open.as_bytes().to_vec();
        content.resize(content.len() + (17 << 20), b'z');
        content.extend_from_slice(close.as_bytes());
        let read = read_accounts(name, &content).unwrap();
        assert_eq!(read.rejected.count(Table::Accounts), 1, "{name}");
        let first = read.rejected.first(Table::Accounts).unwrap();
        assert!(first.reason.contains("longer than 16 MiB"), "{first}");
        assert_eq!(first.row, open.lines().count() as u64);
        assert!(read.dataset.ids.find("a").is_some() && read.dataset.ids.find("c").is_some());
    }
}

#[test]
fn a_quote_that_never_closes_is_an_error() {
    let error = read_accounts("accounts.csv", b"account_id,bio\na,\"tea\nb,x\nc,y\n").unwrap_err();
    assert!(error.to_string().contains("a quoted field never ends") && error.to_string().contains("a,"), "{error}");
}

#[test]
fn duplicate_and_dangling_ids_are_counted_not_rejected() {
    let files: &[(&str, &[u8])] = &[
        ("creators.csv", CREATORS),
        ("accounts.csv", b"account_id,handle\na,ann\na,ann\na,anna\n"),
        ("follows.csv", b"follower_id,followed_id\nnobody,cleo\nnobody,cleo\n"),
        ("posts.csv", b"post_id,creator_id\n1,unknown\n"),
    ];
    let read = read_all(folder(files).path()).unwrap();
    let accounts = &read.dataset.summaries[&Table::Accounts];
    assert_eq!((accounts.merged, accounts.replaced, accounts.rejected), (1, 1, 0));
    assert_eq!(read.dataset.summaries[&Table::Follows].merged, 1);
    assert!(read.dataset.ids.find("nobody").is_some());
    assert!(read.dataset.warnings.iter().any(|warning| warning.contains("does not list")), "{:?}", read.dataset.warnings);
}

#[test]
fn too_many_rejects_fail_with_the_first() {
    let mut csv = b"account_id,followers\n".to_vec();
    for row in 0..98 {
        writeln!(csv, "a{row},1").unwrap();
    }
    csv.extend_from_slice(b"b,-1\nc,-2\n");
    let place = folder(&[("creators.csv", CREATORS), ("accounts.csv", &csv)]);
    let error = read_dataset(place.path(), &ReadOptions::default()).unwrap_err();
    let ErrorKind::TooManyRejected { rejected, rows, first, .. } = error.kind() else { panic!("{error}") };
    assert_eq!((*rejected, *rows), (2, 100));
    assert_eq!(first, "accounts.csv, row 100, column `followers`: not a whole number from 0 (\"-1\")");
    let enough = ReadOptions { max_rejected_percent: 2.0, ..ReadOptions::default() };
    assert_eq!(read_dataset(place.path(), &enough).unwrap().dataset.n_accounts(), 99);
}

#[test]
fn an_empty_file_is_an_error_for_csv_and_no_rows_for_ndjson() {
    let error = read_accounts("accounts.csv", b"").unwrap_err();
    assert!(error.to_string().contains("accounts.csv") && error.to_string().contains("empty"), "{error}");
    let read = read_accounts("accounts.ndjson", b"").unwrap();
    assert!(read.dataset.has(Table::Accounts) && read.dataset.summaries[&Table::Accounts].rows == 0);
}

#[test]
fn a_raw_value_is_cut_to_two_hundred_characters() {
    let long = "ä".repeat(5000);
    let bad = rejects("accounts.csv", format!("account_id,followers\na,{long}\nb,1\n").as_bytes());
    assert_eq!(bad[0].matches('ä').count(), 200);
}

#[test]
fn files_are_hashed_as_stored() {
    let packed = gzip(b"account_id\nann\nbob\n");
    let read = read_accounts("accounts.csv.gz", &packed).unwrap();
    let file = read.dataset.files.iter().find(|file| file.path == "accounts.csv.gz").unwrap();
    assert_eq!((file.bytes, file.rows, file.table), (packed.len() as u64, 2, Some(Table::Accounts)));
    let creators = read.dataset.files.iter().find(|file| file.path == "creators.csv").unwrap();
    // printf 'creator_id,platform\ncleo,instagram\n' | sha256sum
    assert_eq!(creators.sha256, CREATORS_SHA256);
    assert_eq!(Compression::Gzip.ending(), ".gz");
}

const CREATORS_SHA256: &str = "c3b6f89d7b18152c0256a6142e16f14cd62b2f94fbb152d2a04b8495bf49d20d";

#[test]
fn a_column_type_that_tables_do_not_hold_is_refused_by_the_writer() {
    let place = tempfile::tempdir().unwrap();
    let array = Arc::new(arrow_array::Int8Array::from(vec![1])) as ArrayRef;
    let batch = RecordBatch::try_from_iter([("x", array)]).unwrap();
    let error = TableWriter::create(place.path(), "t", batch.schema(), Format::Csv).unwrap_err();
    assert!(error.to_string().contains("column `x`"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named() {
    let place = tempfile::tempdir().unwrap();
    for format in [Format::Csv, Format::Ndjson, Format::Parquet] {
        let batch =
            RecordBatch::try_from_iter([("x", Arc::new(StringArray::from(vec!["y".repeat(1 << 20)])) as ArrayRef)]).unwrap();
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let path = place.path().join("table");
        let mut writer = TableWriter::over(full, path, batch.schema(), format, Compression::None).unwrap();
        let outcome = writer.write(&batch).and_then(|()| writer.finish());
        let error = outcome.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Io(_)) && error.to_string().contains("No space left"), "{error}");
    }
}

/// As Arrow writes it, with columns that this crate never writes.
fn arrow_parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn a_parquet_column_of_nothing_but_nulls_is_missing_whatever_its_type() {
    use arrow_schema::{DataType, Field, TimeUnit};
    let ids = || Arc::new(StringArray::from(vec!["a", "b"])) as ArrayRef;
    let text = || Box::new(DataType::Utf8);
    for empty in [
        DataType::Null,
        DataType::Int8,
        DataType::Dictionary(Box::new(DataType::Int32), text()),
        DataType::List(Arc::new(Field::new("item", *text(), true))),
        DataType::Time32(TimeUnit::Second),
        DataType::Duration(TimeUnit::Second),
    ] {
        let nulls = || arrow_array::new_null_array(&empty, 2);
        for optional in ["handle", "followers", "is_private", "created_at", "status", "handle_digit_share"] {
            let typed = arrow_parquet(vec![("account_id", ids()), (optional, nulls())]);
            assert_eq!(rejects("accounts.parquet", &typed), [""; 0], "{empty} {optional}");
        }
        let typed = arrow_parquet(vec![("account_id", nulls()), ("handle", ids())]);
        let expected = ["1 account_id: missing, but required (-)", "2 account_id: missing, but required (-)"];
        assert_eq!(rejects("accounts.parquet", &typed), expected, "{empty}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_before_they_are_opened() {
    for (name, target) in [("accounts.csv", "/dev/zero"), ("accounts.parquet", "/dev/zero"), ("dataset.toml", "/dev/zero")] {
        let place = folder(&[("creators.csv", CREATORS), ("follows.csv", b"follower_id,followed_id\n")]);
        std::os::unix::fs::symlink(target, place.path().join(name)).unwrap();
        let error = read_all(place.path()).unwrap_err().to_string();
        assert!(error.contains(&format!("{name} is not a regular file")), "{error}");
    }
    let place = folder(&[("creators.csv", CREATORS), ("accounts/1.csv", b"account_id\n")]);
    let pipe = place.path().join("accounts/2.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let error = read_all(place.path()).unwrap_err().to_string();
    assert!(error.contains("accounts/2.csv is not a regular file"), "{error}");
}

#[test]
fn a_folder_with_the_name_of_a_file_is_named_with_its_dataset() {
    for (inside, expected) in [
        ("accounts.csv/1.csv", "accounts.csv is a folder; under this name a regular file is read"),
        ("accounts/1.csv/x.csv", "accounts/1.csv is a folder"),
        ("accounts/README.txt", "part is accounts/README.txt; a folder of parts holds"),
    ] {
        let place = folder(&[("creators.csv", CREATORS), (inside, b"account_id\n")]);
        let error = read_all(place.path()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}: {expected}", place.path().display())), "{error}");
    }
}

/// The same table in every format.
fn in_every_format(table: &str, columns: Vec<(&str, ArrayRef)>) -> Vec<(TempDir, Format)> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let one = |format: Format| {
        let place = tempfile::tempdir().unwrap();
        let mut writer = TableWriter::create(place.path(), table, batch.schema(), format).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        (place, format)
    };
    [Format::Csv, Format::Ndjson, Format::Parquet].into_iter().map(one).collect()
}

/// The only reject of a table as `column: reason (value)`.
fn only_reject(folder: &Path, table: Table) -> String {
    let only = ReadOptions { max_rejected_percent: 100.0, tables: Some(&[table]), progress: None };
    let read = read_dataset(folder, &only).unwrap();
    assert_eq!(read.rejected.count(table), 1);
    let first = read.rejected.first(table).unwrap();
    format!("{}: {} ({})", first.column.as_deref().unwrap_or("-"), first.reason, first.value.as_deref().unwrap_or("-"))
}

#[test]
fn impossible_numbers_are_rejected_in_every_format() {
    let texts = |values: [&str; 3]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let reals = |bad: f64| Arc::new(Float64Array::from(vec![Some(bad), Some(1.0), None])) as ArrayRef;
    let counts = |bad: u64| Arc::new(arrow_array::UInt64Array::from(vec![Some(bad), Some(9), None])) as ArrayRef;
    let accounts: [(&str, ArrayRef, &str); 5] = [
        ("handle_digit_share", reals(1.5), "more than 1 (1.5)"),
        ("handle_digit_share", reals(-0.5), "less than 0 (-0.5)"),
        ("handle_length", counts(10_001), "more than 10000 (10001)"),
        ("handle_digit_count", counts(10_001), "more than 10000 (10001)"),
        ("bio_length", counts(1_000_001), "more than 1000000 (1000001)"),
    ];
    for (column, array, expected) in accounts {
        for (place, format) in in_every_format("accounts", vec![("account_id", texts(["a", "b", "c"])), (column, array.clone())])
        {
            assert_eq!(only_reject(place.path(), Table::Accounts), format!("{column}: {expected}"), "{format}");
        }
    }
    let creators = vec![("creator_id", texts(["a", "b", "c"])), ("platform", texts(["x"; 3])), ("price", reals(-3.5))];
    for (place, format) in in_every_format("creators", creators) {
        assert_eq!(only_reject(place.path(), Table::Creators), "price: less than 0 (-3.5)", "{format}");
    }
}

#[test]
fn more_digits_than_characters_are_rejected_in_every_format() {
    let ids = Arc::new(StringArray::from(vec!["a", "b", "c", "d"])) as ArrayRef;
    let counts = |values: [Option<u64>; 4]| Arc::new(arrow_array::UInt64Array::from(values.to_vec())) as ArrayRef;
    let digits = counts([Some(8), Some(9), Some(9), None]);
    let length = counts([Some(8), Some(8), None, Some(3)]);
    let columns = vec![("account_id", ids), ("handle_digit_count", digits), ("handle_length", length)];
    for (place, format) in in_every_format("accounts", columns) {
        let expected = "handle_digit_count: more than `handle_length` (9)";
        assert_eq!(only_reject(place.path(), Table::Accounts), expected, "{format}");
    }
}

#[test]
fn a_parquet_duration_is_no_count() {
    let ids = Arc::new(StringArray::from(vec!["a", "b"])) as ArrayRef;
    let spans = Arc::new(arrow_array::DurationSecondArray::from(vec![Some(7), None])) as ArrayRef;
    let typed = arrow_parquet(vec![("account_id", ids), ("followers", spans)]);
    assert_eq!(rejects("accounts.parquet", &typed), ["1 followers: holds a duration (a duration)"]);
}

#[test]
fn data_behind_a_gzip_stream_are_named_and_a_second_member_is_read() {
    let whole = gzip(b"account_id\na\n");
    for garbage in [&b"x"[..], b"garbage", b"\0\0\0\0", b"\x1fgarbage"] {
        let error = read_accounts("accounts.csv.gz", &[&whole[..], garbage].concat()).unwrap_err();
        assert!(error.to_string().contains("not gzip: data after the end of the gzip stream"), "{error}");
    }
    let two = [whole, gzip(b"b\n")].concat();
    assert_eq!(read_accounts("accounts.csv.gz", &two).unwrap().dataset.n_accounts(), 3);
    let error = read_accounts("accounts.csv.gz", &two[..two.len() - 3]).unwrap_err();
    assert!(error.to_string().contains("truncated"), "{error}");
}

#[test]
fn a_separator_other_than_the_comma_is_named() {
    for (header, mark) in [("followed_id;follower_id", "`;`"), ("\"follower_id\"\tfollowed_id", "tabs"), ("follower_id|x", "`|`")]
    {
        let error = error(&[("creators.csv", CREATORS), ("follows.csv", format!("{header}\n").as_bytes())]).to_string();
        assert!(error.ends_with(&format!("; fields seem to be separated by {mark}; bonafide reads commas")), "{error}");
    }
    let other = error(&[("creators.csv", CREATORS), ("follows.csv", b"a;b,c\n")]).to_string();
    assert!(other.ends_with("found: a;b, c"), "{other}");
}

#[test]
fn characters_that_steer_a_terminal_are_shown_as_their_numbers() {
    let follows: (&str, &[u8]) = ("follows.csv", b"follower_id,followed_id\n");
    let column = error(&[("creators.csv", CREATORS), ("follows.csv", "\u{1b}[2J,\"a\nb\",\u{202e}c\n".as_bytes())]).to_string();
    assert!(column.ends_with("found: \\u{1b}[2J, a\\u{a}b, \\u{202e}c"), "{column}");
    let key = error(&[("creators.csv", CREATORS), follows, ("dataset.toml", b"\"\\u001b[2J\" = 1")]).to_string();
    assert!(key.contains("the key `\\u{1b}[2J`"), "{key}");
    let syntax = error(&[("creators.csv", CREATORS), follows, ("dataset.toml", b"platform = \"x\"\n= 1\n")]).to_string();
    assert!(syntax.contains("dataset.toml, row 2: damaged or not TOML") && !syntax.contains("u{a}"), "{syntax}");
    let part = error(&[("creators.csv", CREATORS), ("follows/\u{1b}[2J.txt", b"")]).to_string();
    assert!(part.contains("part is follows/\\u{1b}[2J.txt"), "{part}");
    let names = "account_id,\u{9b}x,\u{2066}y\na,1,2\n";
    let read = folder(&[("creators.csv", CREATORS), ("accounts.csv", names.as_bytes()), ("\u{7}\u{200f}", b"")]);
    let warnings = read_all(read.path()).unwrap().dataset.warnings.join("; ");
    assert!(warnings.contains("\\u{9b}x, \\u{2066}y") && warnings.contains("\\u{7}\\u{200f}"), "{warnings}");
    assert!(!warnings.chars().any(|character| character.is_control() || ('\u{200f}'..='\u{2069}').contains(&character)));
}
