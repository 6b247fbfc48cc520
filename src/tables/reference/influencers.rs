//! Posts of Indonesian creators, 2020 (adiptamartulandi): `influencer_names_final.csv` and `data_batch_*.csv`.

use super::{PostCounts, PostSeries};
use crate::error::Result;
use crate::tables::import::csv_rows::CsvRows;
use crate::tables::import::source::{files, stem};
use std::collections::BTreeMap;
use std::path::Path;

const NAMES: &str = "influencer_names_final";
const BATCH: &str = "data_batch";

/// Reads the folder. A creator without followers or posts, and a post without a time or likes, is left out; a post listed
/// twice counts once.
pub(super) fn read(folder: &Path) -> Result<Vec<PostSeries>> {
    let tables = files(folder, &["csv"])?;
    let mut followers: BTreeMap<String, u64> = BTreeMap::new();
    for table in tables.iter().filter(|table| stem(table) == NAMES) {
        let mut rows = CsvRows::open(table, &["username", "followers"])?;
        while rows.step()? {
            if let Some(count) = rows.count("followers")? {
                followers.insert(rows.id("username")?, count);
            }
        }
    }
    let mut posts: BTreeMap<String, Vec<PostCounts>> = BTreeMap::new();
    for table in tables.iter().filter(|table| stem(table).starts_with(BATCH)) {
        let mut rows = CsvRows::open(table, &["likes", "comment_counts", "dates", "username"])?;
        while rows.step()? {
            if let Some(post) = post(&rows)? {
                posts.entry(rows.id("username")?).or_default().push(post);
            }
        }
    }
    let series = posts.into_iter().filter_map(|(name, mut posts)| {
        posts.sort_unstable_by_key(|post| (post.at_s, post.likes, post.comments));
        posts.dedup();
        let followers = followers.get(&name).copied().filter(|&count| count > 0)?;
        Some(PostSeries { followers, posts })
    });
    Ok(series.collect())
}

fn post(rows: &CsvRows) -> Result<Option<PostCounts>> {
    let counts = (rows.count("dates")?, rows.count("likes")?, rows.count("comment_counts")?);
    let (Some(at_s), Some(likes), Some(comments)) = counts else { return Ok(None) };
    Ok(Some(PostCounts { at_s: at_s as i64, likes, comments }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_posts_and_followers_in_order_of_time() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("influencer_names_final.csv", "username,following,post,followers\namber,1,2,900\nbirch,1,2,0\n");
        write(
            "data_batch_1.csv",
            "link,likes,comment_counts,dates,captions,type_posts,username\nl,30,2,1594174009,\"two\nlines\",GraphImage,amber\nl,20,1,1594170000,c,GraphImage,amber\nl,20,1,1594170000,c,GraphImage,amber\nl,,1,1594170001,c,GraphImage,amber\nl,9,1,1594170000,c,GraphImage,birch\n",
        );
        let series = read(folder.path()).unwrap();
        let post = |at_s, likes, comments| PostCounts { at_s, likes, comments };
        let posts = vec![post(1_594_170_000, 20, 1), post(1_594_174_009, 30, 2)];
        assert_eq!(series, [PostSeries { followers: 900, posts }]);
    }
}
