//! Whether engagement went the way that followers went.

use super::history::FollowerHistory;
use crate::domain::DAY_MS;

/// Growth of followers beside growth of engagement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrowthAgainstEngagement {
    /// ln(followers at the middle of the later posts / at the middle of the earlier ones).
    pub followers: f64,
    /// The same of the typical post's likes and comments.
    pub engagement: f64,
    /// Standard error of the difference, from the spread of the posts.
    pub standard_error: f64,
    /// Posts on both sides.
    pub n_posts: usize,
    /// When the first post was published, in UTC milliseconds.
    pub from_ms: i64,
    /// When the last post was published, in UTC milliseconds.
    pub to_ms: i64,
}

/// Posts that each side needs. Assumption.
const LEAST_POSTS: usize = 4;
/// Time between the middles of both sides. Assumption.
const LEAST_APART_MS: i64 = 21 * DAY_MS;

impl GrowthAgainstEngagement {
    /// ln of followers' growth over engagement's; above 0 engagement fell behind.
    pub fn difference(&self) -> f64 {
        self.followers - self.engagement
    }
}

/// Compares the earlier half of the posts with the later half: ln followers and mean ln(1 + likes and comments).
///
/// A larger audience is expected to react less per head: the rate falls with size (slope near −.3 over real creators), so that a difference below a
/// third of the growth is nothing.
///
/// # Shape
/// `posts`: times in UTC milliseconds with likes and comments, in any order.
///
/// # Missing
/// `None` with fewer than four posts on a side, sides less than three weeks apart, or posts outside the history.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Welch's standard error of a difference of means.
pub fn growth_against_engagement(history: &FollowerHistory, posts: &[(i64, u64)]) -> Option<GrowthAgainstEngagement> {
    let (first_ms, last_ms) = history.span_ms()?;
    let mut posts: Vec<(i64, f64)> = posts
        .iter()
        .filter(|(at, _)| (first_ms..=last_ms).contains(at))
        .map(|&(at, count)| (at, (count as f64).ln_1p()))
        .collect();
    posts.sort_by_key(|post| post.0);
    let half = posts.len() / 2;
    if half < LEAST_POSTS {
        return None;
    }
    let (early, late) = (&posts[..half], &posts[posts.len() - half..]);
    let middle = |side: &[(i64, f64)]| side[side.len() / 2].0;
    if middle(late) - middle(early) < LEAST_APART_MS {
        return None;
    }
    let ln_followers = |side| history.followers_at(middle(side)).map(|count: f64| (count + 1.0).ln());
    let (of_early, of_late) = (moments(early), moments(late));
    Some(GrowthAgainstEngagement {
        followers: ln_followers(late)? - ln_followers(early)?,
        engagement: of_late.0 - of_early.0,
        standard_error: ((of_early.1 + of_late.1) / half as f64).sqrt(),
        n_posts: 2 * half,
        from_ms: posts[0].0,
        to_ms: posts[posts.len() - 1].0,
    })
}

/// Mean and variance.
fn moments(side: &[(i64, f64)]) -> (f64, f64) {
    let n = side.len() as f64;
    let mean = side.iter().map(|post| post.1).sum::<f64>() / n;
    (mean, side.iter().map(|post| (post.1 - mean).powi(2)).sum::<f64>() / (n - 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::history::testing::daily;
    use super::*;

    #[test]
    fn followers_that_double_without_engagement_differ_by_ln_2() {
        let history = daily((0..100).map(|day| if day < 50 { 10_000 } else { 20_000 }));
        let posts: Vec<(i64, u64)> = (0..20).map(|place| (place * 5 * DAY_MS, 499 + 2 * (place as u64 % 2))).collect();
        let both = growth_against_engagement(&history, &posts).unwrap();
        assert!((both.followers - 2.0_f64.ln()).abs() < 1e-3, "{both:?}");
        assert!((both.difference() - 2.0_f64.ln()).abs() < 0.01 && both.standard_error < 0.01);
        assert_eq!(both.n_posts, 20);
    }

    #[test]
    fn posts_of_one_minute_or_too_few_tell_nothing() {
        let history = daily(std::iter::repeat_n(1_000, 100));
        assert_eq!(growth_against_engagement(&history, &[(50 * DAY_MS, 9); 30]), None);
        assert_eq!(growth_against_engagement(&history, &[(DAY_MS, 9), (90 * DAY_MS, 9)]), None);
        assert_eq!(growth_against_engagement(&daily([]), &[]), None);
    }
}
