//! Figures of a series of posts that are held against other creators of the same size.

use crate::statistics::{median, quantile};

/// Posts with both counts below which no rate is given.
pub const MIN_POST_COUNT: usize = 3;
/// Posts below which no spread is given.
pub const MIN_SPREAD_COUNT: usize = 12;

/// Counts of one post, as the platform shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostCount {
    /// Likes.
    pub likes: Option<u64>,
    /// Comments.
    pub comments: Option<u64>,
    /// Views.
    pub views: Option<u64>,
}

/// Mean of likes and comments of a post.
///
/// # Missing
/// `None` with fewer than three posts that have both: a missing count is not zero.
pub fn mean_interactions(posts: &[PostCount]) -> Option<f64> {
    let both = posts.iter().filter_map(|post| Some((post.likes?, post.comments?)));
    let (count, sum) = both.fold((0_usize, 0.0), |(n, sum), (likes, comments)| (n + 1, sum + likes as f64 + comments as f64));
    (count >= MIN_POST_COUNT).then(|| sum / count as f64)
}

/// Comments for each like, over all posts that have both.
///
/// # Missing
/// `None` with fewer than three such posts, or without a like.
pub fn comments_per_like(posts: &[PostCount]) -> Option<f64> {
    ratio(posts.iter().filter_map(|post| Some((post.comments?, post.likes?))))
}

/// Likes for each view, over all posts that have both.
///
/// # Missing
/// `None` with fewer than three such posts, or without a view.
pub fn likes_per_view(posts: &[PostCount]) -> Option<f64> {
    ratio(posts.iter().filter_map(|post| Some((post.likes?, post.views?))))
}

/// Sum of the first over the sum of the second of each pair; `None` below three pairs.
pub(super) fn ratio(pairs: impl Iterator<Item = (u64, u64)>) -> Option<f64> {
    let (count, above, below) =
        pairs.fold((0, 0.0, 0.0), |(n, above, below), (a, b)| (n + 1, above + a as f64, below + b as f64));
    (count >= MIN_POST_COUNT && below > 0.0).then(|| above / below)
}

/// How unevenly posts are liked: half the distance between the 16th and the 84th of a hundred of ln(likes + ½), of which the noise of
/// counting is taken away: √(s² − 1 / median).
///
/// # Missing
/// `None` for fewer than twelve posts with likes.
///
/// # Cost
/// O(posts log posts).
pub fn likes_spread(posts: &[PostCount]) -> Option<f64> {
    let likes: Vec<f64> = posts.iter().filter_map(|post| post.likes).map(|likes| likes as f64).collect();
    if likes.len() < MIN_SPREAD_COUNT {
        return None;
    }
    let logs: Vec<f64> = likes.iter().map(|likes| (likes + 0.5).ln()).collect();
    let spread = 0.5 * (quantile(&logs, 0.84)? - quantile(&logs, 0.16)?);
    Some((spread.powi(2) - 1.0 / median(&likes)?.max(1.0)).max(0.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(likes: u64, comments: u64, views: u64) -> PostCount {
        PostCount { likes: Some(likes), comments: Some(comments), views: Some(views) }
    }

    #[test]
    fn figures_by_hand() {
        let posts = [post(90, 10, 1_000), post(190, 10, 1_000), post(20, 10, 1_000), PostCount::default()];
        assert_eq!(mean_interactions(&posts), Some(330.0 / 3.0));
        assert_eq!(comments_per_like(&posts), Some(30.0 / 300.0));
        assert_eq!(likes_per_view(&posts), Some(0.1));
        assert_eq!((mean_interactions(&posts[..2]), likes_per_view(&[post(1, 1, 0); 5])), (None, None));
    }

    #[test]
    fn spread_agrees_with_numpy() {
        // np.quantile(np.log(np.arange(1, 13) * 100 + .5), [.16, .84]): half their distance, less 1 / 650 under the root.
        let posts: Vec<PostCount> = (1..=12).map(|i| post(i * 100, 0, 0)).collect();
        let (low, high) = (5.608_335_71, 6.931_118_69);
        let expected = ((0.5_f64 * (high - low)).powi(2) - 1.0 / 650.0).sqrt();
        assert!((likes_spread(&posts).unwrap() - expected).abs() < 1e-6, "{:?}", likes_spread(&posts));
        assert_eq!((likes_spread(&[post(50, 0, 0); 12]), likes_spread(&posts[..11])), (Some(0.0), None));
    }
}
