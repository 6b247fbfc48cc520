//! Whole folders: what is written reads back, and every bad input ends as a clear error or a counted reject.

mod bad_input;
mod hostile_bytes;
mod round_trip;

use super::{ReadOptions, ReadOutcome, read_dataset};
use crate::error::Result;
use std::path::Path;
use tempfile::TempDir;

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

/// Reads a folder with no limit on rejected rows.
fn read_all(folder: &Path) -> Result<ReadOutcome> {
    read_dataset(folder, &ReadOptions { max_rejected_percent: 100.0, ..ReadOptions::default() })
}

/// Reads one accounts file beside a small `creators`, with no limit on rejected rows.
fn read_accounts(name: &str, content: &[u8]) -> Result<ReadOutcome> {
    read_all(folder(&[("creators.csv", CREATORS), (name, content)]).path())
}

const CREATORS: &[u8] = b"creator_id,platform\ncleo,instagram\n";
