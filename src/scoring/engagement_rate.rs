//! Likes and comments of a post over followers.

use crate::domain::Dataset;
use std::collections::HashMap;

/// Posts with both counts below which no rate is given.
pub const MIN_POST_COUNT: u64 = 3;

/// Mean likes and comments of a post, one slot a creator in the dataset's order.
///
/// # Missing
/// `None` with fewer than three posts that have both likes and comments: a missing count is not zero.
///
/// # Cost
/// One pass over the posts.
pub fn mean_interactions(dataset: &Dataset) -> Vec<Option<f64>> {
    let row_of: HashMap<u32, usize> = dataset.creators.iter().enumerate().map(|(row, creator)| (creator.id.0, row)).collect();
    let mut sums = vec![(0_u64, 0_u128); dataset.creators.len()];
    for (post, creator) in dataset.posts.creator.iter().enumerate() {
        let counts = dataset.posts.likes.get(post).zip(dataset.posts.comments.get(post));
        if let (Some(&row), Some((likes, comments))) = (row_of.get(&creator.0), counts) {
            sums[row].0 += 1;
            sums[row].1 += u128::from(likes) + u128::from(comments);
        }
    }
    sums.iter().map(|&(posts, total)| (posts >= MIN_POST_COUNT).then(|| total as f64 / posts as f64)).collect()
}
