//! The sample dataset, held in the binary so that it is at hand in any folder.

/// Seed from which the sample was simulated: the default of `--seed`.
pub const SAMPLE_SEED: u64 = 20_261_122;

/// The files of the sample that make a dataset: names and contents.
pub fn embedded_files() -> &'static [(&'static str, &'static [u8])] {
    &[
        ("dataset.toml", include_bytes!("../../datasets/sample/dataset.toml")),
        ("creators.csv", include_bytes!("../../datasets/sample/creators.csv")),
        ("accounts.parquet", include_bytes!("../../datasets/sample/accounts.parquet")),
        ("follows.parquet", include_bytes!("../../datasets/sample/follows.parquet")),
        ("posts.csv", include_bytes!("../../datasets/sample/posts.csv")),
        ("engagements.parquet", include_bytes!("../../datasets/sample/engagements.parquet")),
        ("audience_history.csv", include_bytes!("../../datasets/sample/audience_history.csv")),
        ("labels.parquet", include_bytes!("../../datasets/sample/labels.parquet")),
    ]
}

/// What lies beside the tables: the card of the sample, how it was made, and the truth.
pub fn embedded_notes() -> &'static [(&'static str, &'static [u8])] {
    &[
        ("README.md", include_bytes!("../../datasets/sample/README.md")),
        ("scenario.toml", include_bytes!("../../datasets/sample/scenario.toml")),
        ("truth/creators.csv", include_bytes!("../../datasets/sample/truth/creators.csv")),
        ("truth/orders.csv", include_bytes!("../../datasets/sample/truth/orders.csv")),
        ("truth/order_members.csv", include_bytes!("../../datasets/sample/truth/order_members.csv")),
    ]
}

/// The scenario of the sample.
pub fn embedded_scenario() -> &'static str {
    include_str!("../../datasets/sample/scenario.toml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Dataset, Label, LabelSubject, Table};
    use crate::simulation::{Scenario, Truth, creators_table, members_table, orders_table, simulate_with_truth};
    use crate::tables::{Format, ReadOptions, TableWriter, read_dataset, write_manifest};
    use arrow_array::RecordBatch;
    use std::collections::{BTreeMap, HashSet};
    use std::io::Read;
    use std::path::{Path, PathBuf};

    /// Small tables as CSV, to be looked at; large ones as Parquet.
    fn format(table: Table) -> Format {
        match table {
            Table::Creators | Table::Posts | Table::AudienceHistory => Format::Csv,
            Table::Accounts | Table::Follows | Table::Engagements | Table::Labels => Format::Parquet,
        }
    }

    fn write_whole(folder: &Path, name: &str, batch: &RecordBatch) {
        let mut writer = TableWriter::create(folder, name, batch.schema(), Format::Csv).unwrap();
        writer.write(batch).unwrap();
        writer.finish().unwrap();
    }

    fn write_sample(folder: &Path) {
        let scenario = Scenario::parse(embedded_scenario()).unwrap();
        let mut writers: BTreeMap<Table, TableWriter> = BTreeMap::new();
        let mut truth = Truth::default();
        let mut write = |table: Table, batch: RecordBatch| {
            let begin = || TableWriter::create(folder, table.name(), batch.schema(), format(table)).unwrap();
            writers.entry(table).or_insert_with(begin).write(&batch)
        };
        let manifest = simulate_with_truth(&scenario, SAMPLE_SEED, &mut write, &mut |some| {
            truth.creators.extend(some.creators);
            truth.orders.extend(some.orders);
            truth.members.extend(some.members);
            Ok(())
        });
        writers.into_values().for_each(|writer| drop(writer.finish().unwrap()));
        write_manifest(folder, &manifest.unwrap()).unwrap();
        let beside = folder.join("truth");
        std::fs::create_dir(&beside).unwrap();
        write_whole(&beside, "orders", &orders_table(&truth.orders));
        write_whole(&beside, "order_members", &members_table(&truth.members));
        write_whole(&beside, "creators", &creators_table(&truth.creators));
    }

    fn shipped() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/sample")
    }

    fn read(folder: &Path) -> Dataset {
        let outcome = read_dataset(folder, &ReadOptions::default()).unwrap();
        assert!(outcome.rejected.is_empty());
        outcome.dataset
    }

    /// Everything but the files' own bytes, which depend on the version of the writer.
    fn content(data: &Dataset) -> [String; 8] {
        let names: Vec<&str> = data.account_ids().map(|id| data.name(id)).collect();
        let posts: Vec<&str> = (0..data.posts.ids.len() as u32).map(|id| data.posts.ids.name(id)).collect();
        let posts_columns =
            (&data.posts.creator, &data.posts.published_at, &data.posts.kind, &data.posts.caption, &data.posts.likes);
        let acts = &data.engagements;
        [
            format!("{:?} {names:?} {posts:?}", data.manifest),
            format!("{:?}", data.creators),
            format!("{:?}", data.accounts),
            format!("{:?}", data.follows),
            format!("{posts_columns:?} {:?} {:?}", data.posts.comments, data.posts.views),
            format!("{:?} {:?} {:?} {:?} {:?}", acts.actor, acts.post, acts.kind, acts.at, acts.text),
            format!("{:?}", data.history),
            format!("{:?}", data.labels),
        ]
    }

    /// To make the sample anew after a change of the simulation: set `BONAFIDE_WRITE_SAMPLE` to a folder that does not
    /// exist, run this test, and copy what it holds.
    #[test]
    fn the_sample_is_what_its_scenario_and_seed_give() {
        if let Some(folder) = std::env::var_os("BONAFIDE_WRITE_SAMPLE") {
            std::fs::create_dir(&folder).unwrap();
            write_sample(Path::new(&folder));
        }
        let folder = tempfile::tempdir().unwrap();
        write_sample(folder.path());
        let parts = ["ids", "creators", "accounts", "follows", "posts", "engagements", "history", "labels"];
        let (anew, there) = (content(&read(folder.path())), content(&read(&shipped())));
        for ((part, anew), there) in parts.iter().zip(&anew).zip(&there) {
            assert!(anew == there, "{part} of the sample differ from what its scenario and seed give");
        }
        for name in ["truth/orders.csv", "truth/order_members.csv", "truth/creators.csv"] {
            let text = |folder: &Path| std::fs::read_to_string(folder.join(name)).unwrap();
            assert_eq!(text(folder.path()), text(&shipped()), "{name}");
        }
    }

    #[test]
    fn the_embedded_files_are_a_dataset_of_the_stated_size() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in embedded_files() {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let data = read(folder.path());
        assert!(data.warnings.is_empty(), "{:?}", data.warnings);
        assert_eq!(Table::ALL.map(|table| data.has(table)), [true; 7]);
        assert_eq!(data.creators.len(), 40);
        assert!((13_000..16_000).contains(&data.n_accounts()));
        let bytes: usize = embedded_files().iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(bytes < 1_500_000, "{bytes}");
        let ordered = data.labels.iter().filter(|row| row.subject == LabelSubject::Creator && row.label == Label::Fake);
        assert!((8..=20).contains(&ordered.count()), "some creators have orders, most have none");
    }

    #[test]
    fn no_handle_of_the_sample_is_one_of_a_real_account() {
        let Some(folder) = std::env::var_os("BONAFIDE_DATA") else {
            let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: BONAFIDE_DATA is not set\n");
            return;
        };
        let real = real_handles(Path::new(&folder));
        assert!(real.len() > 900, "{} handles found", real.len());
        let data = read(&shipped());
        let taken: Vec<&str> = (0..data.n_accounts())
            .filter_map(|slot| data.accounts.handle.get(slot))
            .filter(|handle| real.contains(&handle.to_lowercase()))
            .collect();
        assert!(taken.is_empty(), "{} handles", taken.len());
    }

    /// Handles of the public sets that hold any as a column.
    fn real_handles(folder: &Path) -> HashSet<String> {
        let mut handles = HashSet::new();
        let sources = [
            ("srf_instagram_2017/labelled_1000_inclprivate.csv", "Username"),
            ("ig_influencers_2020/influencer_names_final.csv.gz", "username"),
            ("cresci_2017/genuine_users.csv.gz", "screen_name"),
            ("cresci_2017/fake_followers.csv.gz", "screen_name"),
        ];
        for (name, column) in sources {
            let Ok(file) = std::fs::File::open(folder.join(name)) else { continue };
            let input: Box<dyn Read> =
                if name.ends_with(".gz") { Box::new(flate2::read::MultiGzDecoder::new(file)) } else { Box::new(file) };
            let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(input);
            let place = rows.byte_headers().unwrap().iter().position(|found| found == column.as_bytes()).unwrap();
            for row in rows.byte_records().flatten() {
                let handle = row.get(place).map(String::from_utf8_lossy).unwrap_or_default();
                handles.insert(handle.to_lowercase());
            }
        }
        handles
    }
}
