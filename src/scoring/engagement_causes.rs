//! What else was seen of a post that stands out, and what that says of the causes.

use crate::domain::{DAY_MS, Timestamp};
use crate::signals::{ArrivalMeasures, CreatorActivity, PostActivity};
use crate::statistics::median;
use crate::timing::causes::{Cause, CauseLikelihoods, Observed};
use std::sync::LazyLock;

/// Causes that can move the counts of posts.
pub const ENGAGEMENT_CAUSES: [Cause; 7] =
    [Cause::Inflated, Cause::Attack, Cause::Viral, Cause::Giveaway, Cause::Shoutout, Cause::Advertisement, Cause::Ripple];
/// Times the median of the other posts from which a count has come along. Assumption.
const ALONG: f64 = 1.5;
/// Share of an excess in the first half of its window up to which it came at an even rate: a constant rate makes it one half.
const EVEN: f64 = 0.6;
/// Growth in the week after the post over the week before, from which it came along. Assumption.
const GREW: f64 = 1.5;
/// Posts with a count below which it is not compared.
const MIN_POSTS: usize = 5;

/// Times the median of the other posts from which the likes of a post whose arrivals stand out are raised, and from which they are those of a viral post.
/// Assumption.
const RAISED: (f64, f64) = (2.5, 5.0);
/// Standard deviations from which a window's likes stand out clearly, and far: people seldom do that by themselves.
const CLEAR: (f64, f64) = (6.0, 10.0);
/// Hours of a window up to which it is short, and up to which it is none of days.
const HOURS: (f64, f64) = (2.0, 12.0);

/// The shipped table: `bonafide evaluate engagement --fit` makes it from the tuning scenarios.
static LIKELIHOODS: LazyLock<CauseLikelihoods> = LazyLock::new(|| {
    CauseLikelihoods::parse(include_str!("../../models/engagement/causes.csv")).expect("a test reads the shipped table")
});

/// The shipped likelihoods of causes.
pub fn engagement_likelihoods() -> &'static CauseLikelihoods {
    &LIKELIHOODS
}

/// What was seen beside the likes of a post that stands out; `arrivals` where it is their widest window that does. What a caption says is a cause of
/// comments and growth alike and is seen in growth's causes.
///
/// # Missing
/// What could not be observed is left out.
///
/// # Cost
/// O(posts + readings).
pub fn observe_engagement(activity: &CreatorActivity<'_>, row: usize, arrivals: Option<&ArrivalMeasures>) -> Vec<Observed> {
    let Some(post) = activity.posts().find(|post| post.row == Some(row)) else { return Vec::new() };
    let outcome = |observation, is_so: Option<bool>, (yes, no): (&'static str, &'static str)| {
        is_so.map(|is_so| Observed { observation, outcome: if is_so { yes } else { no } })
    };
    let seen = |observation, outcome: Option<&'static str>| outcome.map(|outcome| Observed { observation, outcome });
    let along = ("along", "absent");
    let in_window = arrivals.and_then(|own| own.comments_ratio).map(|ratio| ratio >= ALONG);
    let comments = in_window.or_else(|| is_raised(activity, &post, |post| post.comments()));
    let own = arrivals.and_then(|own| own.widest).filter(|(of, _)| *of == row).map(|(_, excess)| excess);
    let likes = own.and_then(|_| over_others(activity, &post, |post| post.likes())).map(|ratio| match ratio {
        ratio if ratio < RAISED.0 => "usual",
        ratio if ratio < RAISED.1 => "raised",
        _ => "viral",
    });
    let window = own.map(|excess| match (excess.window_s.1 - excess.window_s.0) / 3_600.0 {
        hours if hours <= HOURS.0 => "short",
        hours if hours <= HOURS.1 => "hours",
        _ => "day",
    });
    let excess = own.map(|excess| match excess.z {
        z if z < CLEAR.0 => "slight",
        z if z < CLEAR.1 => "clear",
        _ => "far",
    });
    let even = arrivals.and_then(|own| own.widest).filter(|(of, _)| *of == row).map(|(_, excess)| excess.first_half <= EVEN);
    [
        outcome("comments", comments, along),
        outcome("views", is_raised(activity, &post, |post| post.views()), along),
        outcome("sponsored", post.is_sponsored(), ("yes", "no")),
        outcome("arrival", even, ("even", "dying")),
        outcome("growth", post.published_at().and_then(|at| has_grown(activity, at)), along),
    ]
    .into_iter()
    .chain([seen("likes", likes), seen("window", window), seen("excess", excess)])
    .flatten()
    .collect()
}

/// Whether a count lies well above the median of the creator's other posts.
fn is_raised(activity: &CreatorActivity<'_>, post: &PostActivity<'_>, of: fn(&PostActivity<'_>) -> Option<u64>) -> Option<bool> {
    over_others(activity, post, of).map(|ratio| ratio >= ALONG)
}

/// A count over the median of the creator's other posts.
fn over_others(activity: &CreatorActivity<'_>, post: &PostActivity<'_>, of: fn(&PostActivity<'_>) -> Option<u64>) -> Option<f64> {
    let others: Vec<f64> =
        activity.posts().filter(|other| other.row != post.row).filter_map(|other| of(&other)).map(|count| count as f64).collect();
    let middle = median(&others).filter(|&middle| others.len() >= MIN_POSTS && middle > 0.0)?;
    of(post).map(|count| count as f64 / middle)
}

/// Whether more followers came in the week after than in the week before.
fn has_grown(activity: &CreatorActivity<'_>, at: Timestamp) -> Option<bool> {
    let reading = |ms: i64| {
        let near = activity.history().filter(|point| (point.at.ms() - ms).abs() <= 2 * DAY_MS);
        near.min_by_key(|point| (point.at.ms() - ms).abs()).map(|point| point.followers as f64)
    };
    let (before, then, after) = (reading(at.ms() - 7 * DAY_MS)?, reading(at.ms())?, reading(at.ms() + 7 * DAY_MS)?);
    Some(after - then > GREW * (then - before).max(0.0) && after > then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_knows_every_outcome() {
        let outcomes = [
            ("comments", ["along", "absent"].as_slice()),
            ("views", &["along", "absent"]),
            ("sponsored", &["yes", "no"]),
            ("arrival", &["even", "dying"]),
            ("growth", &["along", "absent"]),
            ("likes", &["usual", "raised", "viral"]),
            ("window", &["short", "hours", "day"]),
            ("excess", &["slight", "clear", "far"]),
        ];
        for (observation, names) in outcomes {
            for &outcome in names {
                let odds = engagement_likelihoods().weigh(&[Observed { observation, outcome }], &ENGAGEMENT_CAUSES);
                assert_eq!(odds.n_observed(), 1, "{observation} {outcome}");
            }
        }
    }
}
