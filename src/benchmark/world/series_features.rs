//! The posts of a creator as numbers that do not speak of its size.

use super::burstiness::{burstiness, gaps};
use super::line::Line;
use crate::statistics::{mean, median, quantile, rank_correlation, standard_deviation};
use crate::tables::reference::{PostCounts, PostSeries};
use std::f64::consts::TAU;

/// Newest posts that count.
const NEWEST: usize = 24;
/// Fewest posts of a creator that counts.
const FEWEST: usize = 12;

/// Names of the features, in order.
pub(super) const NAMES: [&str; 12] = [
    "rate beside the line",
    "spread of likes",
    "trend of likes",
    "step of likes",
    "highest likes",
    "lowest likes",
    "comments a like",
    "spread of comments a like",
    "comments go with likes",
    "share at weekends",
    "narrowness of hours",
    "burstiness of posting",
];

/// ln of mean likes by follower, for the line.
pub(super) fn rate_point(series: &PostSeries) -> Option<(f64, f64)> {
    let posts = newest(series)?;
    let likes: Vec<f64> = posts.iter().map(|post| post.likes as f64).collect();
    let rate = mean(&likes)? / series.followers as f64;
    (rate > 0.0).then(|| ((series.followers as f64).ln(), rate.ln()))
}

/// The features of a creator.
///
/// # Missing
/// `None` for fewer than twelve posts, or where likes or comments do not vary.
pub(super) fn series_features(series: &PostSeries, line: &Line) -> Option<Vec<f64>> {
    let posts = newest(series)?;
    let likes: Vec<f64> = posts.iter().map(|post| (post.likes as f64).ln_1p()).collect();
    let talk: Vec<f64> = posts.iter().map(|post| ((post.comments as f64 + 0.5) / (post.likes as f64 + 0.5)).ln()).collect();
    let comments: Vec<f64> = posts.iter().map(|post| post.comments as f64).collect();
    let spread = standard_deviation(&likes).filter(|&spread| spread > 0.0)?;
    let nth: Vec<(f64, f64)> = likes.iter().enumerate().map(|(nth, &likes)| (nth as f64, likes)).collect();
    let middle = median(&likes)?;
    let times: Vec<i64> = posts.iter().map(|post| post.at_s).collect();
    Some(vec![
        line.residuals(&[rate_point(series)?])[0],
        spread,
        Line::fit(&nth)?.slope,
        step(&likes)?,
        (quantile(&likes, 1.0)? - middle) / spread,
        (quantile(&likes, 0.0)? - middle) / spread,
        median(&talk)?,
        standard_deviation(&talk)?,
        rank_correlation(&likes, &comments)?,
        weekend_share(posts),
        narrowness(posts),
        burstiness(&gaps(&times))?,
    ])
}

fn newest(series: &PostSeries) -> Option<&[PostCounts]> {
    (series.posts.len() >= FEWEST).then(|| &series.posts[series.posts.len().saturating_sub(NEWEST)..])
}

/// Correlation of each value with the next.
fn step(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    let square: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    (square > 0.0).then(|| values.windows(2).map(|pair| (pair[0] - centre) * (pair[1] - centre)).sum::<f64>() / square)
}

fn weekend_share(posts: &[PostCounts]) -> f64 {
    let is_weekend = |post: &&PostCounts| (post.at_s.div_euclid(86_400) + 3).rem_euclid(7) >= 5;
    posts.iter().filter(is_weekend).count() as f64 / posts.len() as f64
}

/// Length of the mean of the hours as points on a circle: 1 where all posts have one hour.
fn narrowness(posts: &[PostCounts]) -> f64 {
    let angles = || posts.iter().map(|post| TAU * post.at_s.rem_euclid(86_400) as f64 / 86_400.0);
    angles().map(f64::cos).sum::<f64>().hypot(angles().map(f64::sin).sum()) / posts.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_do_not_change_with_size_along_the_line() {
        let posts = |scale: u64| -> Vec<PostCounts> {
            let post = |nth: u64| {
                let (likes, comments) = ((100 + nth * 7 % 60) * scale, (2 + nth % 3) * scale);
                PostCounts { at_s: (nth * 50_000 + nth * nth) as i64, likes, comments }
            };
            (0..20).map(post).collect()
        };
        let line = Line { intercept: 0.0, slope: 0.0 };
        let features = |followers, scale| series_features(&PostSeries { followers, posts: posts(scale) }, &line).unwrap();
        let (small, large) = (features(10_000, 10), features(1_000_000, 1_000));
        assert_eq!(small.len(), NAMES.len());
        for ((name, small), large) in NAMES.iter().zip(&small).zip(&large) {
            assert!((small - large).abs() < 0.02, "{name}: {small} {large}");
        }
        assert!(series_features(&PostSeries { followers: 9, posts: posts(1)[..11].to_vec() }, &line).is_none());
    }

    #[test]
    fn one_hour_is_narrow_and_two_opposite_ones_are_not() {
        let at = |at_s| PostCounts { at_s, likes: 1, comments: 0 };
        assert!((narrowness(&[at(3_600), at(90_000)]) - 1.0).abs() < 1e-9);
        assert!(narrowness(&[at(0), at(43_200)]) < 1e-9);
        assert_eq!(weekend_share(&[at(2 * 86_400), at(0)]), 0.5);
    }
}
