//! Akyon and Kalfaoglu 2019: `nonautomatedAccountData.json`, organic accounts with the counts of their posts.

use super::{PostCounts, PostSeries};
use crate::error::Result;
use crate::tables::import::json_records;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    user_follower_count: u64,
    media_like_numbers: Vec<u64>,
    media_comment_numbers: Vec<u64>,
    media_comments_are_disabled: Vec<u8>,
    media_upload_times: Vec<i64>,
}

/// Reads the file. Accounts without followers or posts are left out, and posts whose comments are switched off.
pub(super) fn read(path: &Path) -> Result<Vec<PostSeries>> {
    let mut series = Vec::new();
    json_records::for_each(path, "an array of instafake accounts with posts", &mut |account: Account| {
        let counts = account.media_like_numbers.iter().zip(&account.media_comment_numbers);
        let rest = account.media_upload_times.iter().zip(&account.media_comments_are_disabled);
        let open = counts.zip(rest).filter(|(_, (_, disabled))| **disabled == 0);
        let mut posts: Vec<PostCounts> =
            open.map(|((&likes, &comments), (&at_s, _))| PostCounts { at_s, likes, comments }).collect();
        posts.sort_unstable_by_key(|post| (post.at_s, post.likes, post.comments));
        if account.user_follower_count > 0 && !posts.is_empty() {
            series.push(PostSeries { followers: account.user_follower_count, posts });
        }
        Ok(())
    })?;
    Ok(series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_posts_oldest_first_and_leaves_out_closed_ones() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let account = |followers: u64| {
            format!(
                r#"{{"userFollowerCount": {followers}, "mediaLikeNumbers": [9, 7, 5], "mediaCommentNumbers": [1, 0, 0], "mediaCommentsAreDisabled": [0, 1, 0], "mediaUploadTimes": [30, 20, 10], "userIsPrivate": 0}}"#
            )
        };
        std::fs::write(&path, format!("[{}, {}]", account(100), account(0))).unwrap();
        let posts = vec![PostCounts { at_s: 10, likes: 5, comments: 0 }, PostCounts { at_s: 30, likes: 9, comments: 1 }];
        assert_eq!(read(&path).unwrap(), [PostSeries { followers: 100, posts }]);
    }
}
