//! Zouzou and Varol 2024: the followers of one creator on X, as `{"id": {"rank", "timestamp"}, …}`.

use crate::error::{Error, ErrorKind, Result};
use crate::tables::import::source::{open, undecodable};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Follower {
    /// 0 is the first who followed.
    rank: u64,
    /// When the account was made, in seconds since 1970.
    timestamp: i64,
}

/// When each follower's account was made, in seconds since 1970, the oldest follower first.
///
/// # Errors
/// The file is not there, or something else.
pub fn load_follow_order(root: &Path) -> Result<Vec<i64>> {
    let path = root.join("followeranalyzer/sample_follower_data.json.gz");
    let followers: BTreeMap<String, Follower> = serde_json::from_reader(open(&path)?).map_err(|error| {
        let error = if error.is_io() { undecodable(error.into()) } else { Error::malformed("followers by id", error) };
        error.at_file(&path)
    })?;
    let mut ranked: Vec<(u64, i64)> = followers.into_values().map(|follower| (follower.rank, follower.timestamp)).collect();
    ranked.sort_unstable();
    if ranked.is_empty() {
        let detail = "the list is empty".to_owned();
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "read a follow order", detail }).at_file(&path));
    }
    Ok(ranked.into_iter().map(|(_, created_s)| created_s).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn load(text: &str) -> Result<Vec<i64>> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("followeranalyzer")).unwrap();
        let file = std::fs::File::create(folder.path().join("followeranalyzer/sample_follower_data.json.gz")).unwrap();
        let mut encoder = GzEncoder::new(file, Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap();
        load_follow_order(folder.path())
    }

    #[test]
    fn ranks_order_the_list() {
        let text = r#"{"9": {"rank": 1, "timestamp": 20}, "7": {"rank": 0, "timestamp": 30}, "8": {"rank": 2, "timestamp": 5}}"#;
        assert_eq!(load(text).unwrap(), [30, 20, 5]);
    }

    #[test]
    fn what_is_something_else_is_named() {
        assert!(load("[1]").unwrap_err().to_string().contains("sample_follower_data.json.gz: damaged or not followers by id"));
        assert!(load("{}").unwrap_err().to_string().contains("the list is empty"));
        assert!(load_follow_order(Path::new("nowhere")).is_err());
    }
}
