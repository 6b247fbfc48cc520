//! What happened over time: followers counted, followers arriving, posts and their engagement.

use super::Subject;
use super::findings::ReasonText;
use crate::domain::{DAY_MS, Finding, Timestamp};
use crate::report::number;
use serde::Serialize;

/// Most points of a series; beyond it evenly thinned, ends kept.
const N_POINTS: usize = 240;
/// Most posts listed: the newest.
const N_POSTS: usize = 60;

/// Followers that the busiest 24 hours must have brought to be remarked on. Assumption.
const BUSY_COUNT: u64 = 20;
/// Their share of all with a known time: of even growth over a year a day brings 0.3 %. Assumption.
const BUSY_SHARE: f64 = 0.05;
/// Time that the arrivals must span. Assumption.
const BUSY_SPAN_MS: i64 = 30 * DAY_MS;

/// A number over time.
#[derive(Debug, Clone, Serialize)]
pub struct TimeSeries {
    /// What it shows, in a sentence.
    pub statement: String,
    /// What the values count.
    pub unit: &'static str,
    /// Points in the data; the list holds at most 240 of them, ends included.
    pub points_count: u64,
    /// In ascending time.
    pub points: Vec<SeriesPoint>,
    /// Times that findings speak of, in ascending order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<MarkedWindow>,
}

/// A time that a finding speaks of, marked in the picture.
#[derive(Debug, Clone, Serialize)]
pub struct MarkedWindow {
    /// Its number in the picture, from 1.
    pub number: usize,
    /// When it begins, in milliseconds since 1970.
    pub from_ms: i64,
    /// When it ends, likewise.
    pub to_ms: i64,
    /// What was found, and what explains it.
    pub statement: String,
}

/// One point of a [`TimeSeries`].
#[derive(Debug, Clone, Serialize)]
pub struct SeriesPoint {
    /// RFC 3339, UTC.
    pub at: String,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The count.
    pub value: u64,
}

/// Posts and what they drew.
#[derive(Debug, Clone, Serialize)]
pub struct PostSection {
    /// What they show, in a sentence.
    pub statement: String,
    /// Posts of the creator in the data.
    pub posts_count: u64,
    /// Median of likes and comments of those listed that have them counted.
    pub median_interactions: Option<f64>,
    /// The newest posts, at most 60, oldest first.
    pub posts: Vec<PostPoint>,
}

/// One post.
#[derive(Debug, Clone, Serialize)]
pub struct PostPoint {
    /// Id in the dataset.
    pub post_id: String,
    /// RFC 3339, UTC.
    pub published_at: Option<String>,
    /// Milliseconds since 1970.
    pub published_at_ms: Option<i64>,
    /// Form.
    pub kind: Option<&'static str>,
    /// Likes, as the platform counts them.
    pub likes: Option<u64>,
    /// Comments, likewise.
    pub comments: Option<u64>,
    /// Views, likewise.
    pub views: Option<u64>,
    /// Likes and comments together; null where either is missing.
    pub interactions: Option<u64>,
    /// Whether it is marked as sponsored.
    pub is_sponsored: Option<bool>,
}

pub(super) fn follower_history(subject: &Subject<'_>) -> Option<TimeSeries> {
    let history = subject.source.dataset.history.iter().filter(|point| point.creator == subject.creator.id);
    let mut points: Vec<(i64, u64)> = history.map(|point| (point.at.ms(), point.followers)).collect();
    points.sort_unstable();
    let (first, last) = (points.first()?, points.last()?);
    let statement = format!(
        "From {} followers on {} to {} on {} ({} readings).",
        number::count(first.1),
        day(first.0),
        number::count(last.1),
        day(last.0),
        number::count(points.len() as u64)
    );
    let windows = marked_windows(subject);
    series(&points, "followers", statement).map(|series| TimeSeries { windows, ..series })
}

/// Unexpected gains and losses by time.
fn marked_windows(subject: &Subject<'_>) -> Vec<MarkedWindow> {
    let is_meant =
        |finding: &&Finding| finding.creator == subject.creator.id && matches!(finding.signal, "growth.gain" | "growth.loss");
    let found = subject.source.audit.findings.iter().filter(is_meant);
    let mut windows: Vec<(i64, i64, &str)> =
        found.filter_map(|finding| Some((finding.window?.0.ms(), finding.window?.1.ms(), finding.statement.as_str()))).collect();
    windows.sort_unstable();
    let numbered = windows.into_iter().zip(1..);
    numbered
        .map(|((from_ms, to_ms, statement), number)| MarkedWindow { number, from_ms, to_ms, statement: statement.to_owned() })
        .collect()
}

/// When the sampled followers arrived, as far as it is known, in ascending order.
fn arrival_times(subject: &Subject<'_>) -> Vec<i64> {
    let follows = &subject.source.dataset.follows;
    let of_creator = (0..follows.followed.len()).filter(|&edge| follows.followed[edge] == subject.creator.id);
    let mut times: Vec<i64> = of_creator.filter_map(|edge| follows.followed_at.get(edge)).collect();
    times.sort_unstable();
    times
}

pub(super) fn follow_times(subject: &Subject<'_>) -> Option<TimeSeries> {
    let times = arrival_times(subject);
    let (busiest_from, busiest_count) = busiest_day(&times)?;
    let statement = format!(
        "{} with a known time of arrival, {} to {}; the busiest 24 hours, from {}, brought {} of them ({}).",
        number::count_of(times.len() as u64, "sampled follower"),
        day(*times.first()?),
        day(*times.last()?),
        Timestamp::from_ms(busiest_from).map(number::minute)?,
        number::count(busiest_count),
        number::percent(busiest_count as f64 / times.len() as f64)
    );
    let points: Vec<(i64, u64)> = times.into_iter().zip(1..).collect();
    series(&points, "sampled followers", statement)
}

/// The busiest 24 hours as a remark, where they brought many of the followers: a rule of thumb, not a judgement.
pub(super) fn busiest_day_remark(subject: &Subject<'_>) -> Option<ReasonText> {
    let times = arrival_times(subject);
    let (from, count) = busiest_day(&times)?;
    let (span, share) = (times.last()? - times.first()?, count as f64 / times.len() as f64);
    if count < BUSY_COUNT || share < BUSY_SHARE || span < BUSY_SPAN_MS {
        return None;
    }
    let statement = format!(
        "{} of the {} with a known time of arrival ({}) came within the 24 hours from {}.",
        number::count(count),
        number::count_of(times.len() as u64, "sampled follower"),
        number::percent(share),
        Timestamp::from_ms(from).map(number::minute)?
    );
    let benign_causes = vec!["a viral post", "a giveaway", "press or a mention by a larger account"];
    Some(ReasonText { signal: "growth.busiest_day", severity: "info", statement, benign_causes })
}

/// The 24 hours with the most instants, the first such: where they begin and how many they hold.
fn busiest_day(ascending: &[i64]) -> Option<(i64, u64)> {
    let mut end = 0;
    let mut best = None;
    for (start, &from) in ascending.iter().enumerate() {
        while end < ascending.len() && ascending[end] < from + DAY_MS {
            end += 1;
        }
        if best.is_none_or(|(_, count)| (end - start) as u64 > count) {
            best = Some((from, (end - start) as u64));
        }
    }
    best
}

fn day(ms: i64) -> String {
    Timestamp::from_ms(ms).map_or_else(String::new, number::day)
}

fn series(points: &[(i64, u64)], unit: &'static str, statement: String) -> Option<TimeSeries> {
    let spans_time = points.first()?.0 < points.last()?.0;
    let point =
        |&(at_ms, value): &(i64, u64)| Timestamp::from_ms(at_ms).map(|at| SeriesPoint { at: at.to_string(), at_ms, value });
    let thinned = thinned(points.len(), N_POINTS).filter_map(|index| point(&points[index])).collect();
    spans_time.then_some(TimeSeries { statement, unit, points_count: points.len() as u64, points: thinned, windows: Vec::new() })
}

/// At most `most` indices of `n`, evenly spread, first and last among them.
fn thinned(n: usize, most: usize) -> impl Iterator<Item = usize> {
    let kept = n.min(most);
    (0..kept).map(move |slot| if kept < 2 { slot } else { slot * (n - 1) / (kept - 1) })
}

pub(super) fn posts(subject: &Subject<'_>) -> Option<PostSection> {
    let posts = &subject.source.dataset.posts;
    let mut slots: Vec<usize> = (0..posts.creator.len()).filter(|&slot| posts.creator[slot] == subject.creator.id).collect();
    let posts_count = slots.len() as u64;
    slots.sort_by_key(|&slot| (posts.published_at.get(slot), slot));
    let newest = slots.split_off(slots.len().saturating_sub(N_POSTS));
    let listed: Vec<PostPoint> = newest.into_iter().map(|slot| post(subject, slot)).collect();
    let mut counted: Vec<u64> = listed.iter().filter_map(|post| post.interactions).collect();
    counted.sort_unstable();
    let middle = |shift: usize| counted.get((counted.len().saturating_sub(shift)) / 2).map(|&count| count as f64);
    let median_interactions = middle(1).zip(middle(0)).map(|(low, high)| f64::midpoint(low, high));
    let statement = post_statement(posts_count, &listed, median_interactions);
    (!listed.is_empty()).then_some(PostSection { statement, posts_count, median_interactions, posts: listed })
}

fn post_statement(posts_count: u64, listed: &[PostPoint], median: Option<f64>) -> String {
    let Some(median) = median else { return "Likes and comments of the posts are not in the data.".to_owned() };
    let counted = || listed.iter().filter_map(|post| post.interactions);
    format!(
        "The newest {} of {} posts drew {} to {} likes and comments, {} at the median.",
        number::count(counted().count() as u64),
        number::count(posts_count),
        number::count(counted().min().unwrap_or(0)),
        number::count(counted().max().unwrap_or(0)),
        number::plain(median)
    )
}

fn post(subject: &Subject<'_>, slot: usize) -> PostPoint {
    let posts = &subject.source.dataset.posts;
    let published_at_ms = posts.published_at.get(slot);
    let (likes, comments) = (posts.likes.get(slot), posts.comments.get(slot));
    PostPoint {
        post_id: posts.ids.name(slot as u32).to_owned(),
        published_at: published_at_ms.and_then(Timestamp::from_ms).map(|at| at.to_string()),
        published_at_ms,
        kind: posts.kind.get(slot).map(|kind| kind.word()),
        likes,
        comments,
        views: posts.views.get(slot),
        interactions: likes.zip(comments).map(|(likes, comments)| likes.saturating_add(comments)),
        is_sponsored: posts.is_sponsored.get(slot),
    }
}

#[cfg(test)]
mod tests {
    use super::{busiest_day, thinned};
    use crate::domain::DAY_MS;

    #[test]
    fn finds_the_busiest_day_and_its_first_instant() {
        assert_eq!(busiest_day(&[0, DAY_MS, DAY_MS + 5, 2 * DAY_MS - 1, 2 * DAY_MS]), Some((DAY_MS, 3)));
        assert_eq!(busiest_day(&[]), None);
    }

    #[test]
    fn thins_evenly_and_keeps_both_ends() {
        assert_eq!(thinned(3, 5).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(thinned(100, 4).collect::<Vec<_>>(), [0, 33, 66, 99]);
        assert_eq!((thinned(0, 4).count(), thinned(1, 4).count()), (0, 1));
    }
}
