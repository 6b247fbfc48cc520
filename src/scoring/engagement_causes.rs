//! What else was seen of a post that stands out, and what that says of the causes.

use crate::domain::{DAY_MS, Timestamp};
use crate::error::Result;
use crate::signals::{ArrivalMeasures, CreatorActivity, PostActivity};
use crate::statistics::median;
use crate::timing::causes::{Cause, CauseLikelihoods, CauseOdds, Observed};

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

/// The odds between causes of a post that stands out, from what else the data hold of it.
///
/// # Errors
/// `Malformed` if the table that ships with this build is not whole.
pub fn weigh_engagement_causes(
    activity: &CreatorActivity<'_>,
    row: usize,
    arrivals: Option<&ArrivalMeasures>,
) -> Result<CauseOdds> {
    let table = CauseLikelihoods::parse(include_str!("../../models/engagement/causes.csv"))?;
    Ok(table.weigh(&observe(activity, row, arrivals), &ENGAGEMENT_CAUSES))
}

/// What was seen beside the likes of a post.
fn observe(activity: &CreatorActivity<'_>, row: usize, arrivals: Option<&ArrivalMeasures>) -> Vec<Observed> {
    let Some(post) = activity.posts().find(|post| post.row == Some(row)) else { return Vec::new() };
    let outcome = |observation, is_so: Option<bool>, (yes, no): (&'static str, &'static str)| {
        is_so.map(|is_so| Observed { observation, outcome: if is_so { yes } else { no } })
    };
    let along = ("along", "absent");
    let in_window = arrivals.and_then(|own| own.comments_ratio).map(|ratio| ratio >= ALONG);
    let comments = in_window.or_else(|| is_raised(activity, &post, |post| post.comments()));
    let even = arrivals.and_then(|own| own.widest).filter(|(of, _)| *of == row).map(|(_, excess)| excess.first_half <= EVEN);
    [
        outcome("comments", comments, along),
        outcome("views", is_raised(activity, &post, |post| post.views()), along),
        outcome("sponsored", post.is_sponsored(), ("yes", "no")),
        outcome("arrival", even, ("even", "dying")),
        outcome("growth", post.published_at().and_then(|at| has_grown(activity, at)), along),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a count lies well above the median of the creator's other posts.
fn is_raised(activity: &CreatorActivity<'_>, post: &PostActivity<'_>, of: fn(&PostActivity<'_>) -> Option<u64>) -> Option<bool> {
    let others: Vec<f64> =
        activity.posts().filter(|other| other.row != post.row).filter_map(|other| of(&other)).map(|count| count as f64).collect();
    let middle = median(&others).filter(|&middle| others.len() >= MIN_POSTS && middle > 0.0)?;
    of(post).map(|count| count as f64 >= ALONG * middle)
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
