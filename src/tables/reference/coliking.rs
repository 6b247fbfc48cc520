//! sdmirch 2017: `interaction_dict.json`, who liked one post of each of some Instagram creators; no times.

use super::Like;
use crate::error::{Error, Result};
use crate::tables::import::source::{open, undecodable};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Creator {
    /// Absent where the post was never read.
    #[serde(default)]
    likes: Vec<String>,
}

/// Reads `{creator: {"likes": [account, …], …}, …}`; a creator without likes has no post. Names become numbers in reading order, posts in the
/// order of the creators' names.
pub(super) fn read(path: &Path) -> Result<Vec<Like>> {
    let creators: BTreeMap<String, Creator> = serde_json::from_reader(open(path)?).map_err(|error| {
        let error = if error.is_io() { undecodable(error.into()) } else { Error::malformed("creators with likes", error) };
        error.at_file(path)
    })?;
    let mut accounts: BTreeMap<String, u32> = BTreeMap::new();
    let mut found = Vec::new();
    let liked = creators.into_values().map(|creator| creator.likes).filter(|likes| !likes.is_empty());
    for (likes, post) in liked.zip(0..) {
        for name in likes {
            let next = accounts.len() as u32;
            found.push(Like { account: *accounts.entry(name).or_insert(next), post });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Like>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("likes.json");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn numbers_accounts_and_posts_and_passes_creators_without_likes() {
        let text = r#"{"12": {"max_likes": 1, "post": "b", "likes": ["7", "9"]}, "11": {"post": "a", "num_follow": 3},
            "13": {"post": "c", "likes": ["9"]}}"#;
        let like = |account, post| Like { account, post };
        assert_eq!(read_text(text).unwrap(), [like(0, 0), like(1, 0), like(1, 1)]);
    }

    #[test]
    fn what_is_something_else_is_named() {
        assert!(read_text("[1]").unwrap_err().to_string().contains("likes.json"));
    }
}
