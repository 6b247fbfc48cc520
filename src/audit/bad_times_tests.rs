//! Times and counts as bad as real exports hold them, from rows to what is said: nothing is called, and what could not be measured is missing.

use super::*;
use crate::domain::{DAY_MS, DatasetBuilder, Manifest, Sampling, Severity, Table};
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use std::sync::Arc;

const START_MS: i64 = 1_600_000_000_000;
const CAPTURED_MS: i64 = START_MS + 400 * DAY_MS;

/// When each was published, and its likes.
type Posts = Vec<(i64, Option<u64>)>;
/// Number of the post, and when.
type Likes = Vec<(usize, i64)>;

/// What is known of one creator. Times in UTC milliseconds.
#[derive(Default)]
struct Export {
    /// Readings of followers.
    history: Vec<(i64, u64)>,
    /// Posts with their likes.
    posts: Posts,
    /// Likes: number of the post, and when.
    likes: Likes,
}

fn texts(values: impl Iterator<Item = String>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<StringArray>())
}

fn times(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(TimestampMillisecondArray::from_iter_values(values).with_timezone("UTC"))
}

impl Export {
    fn dataset(&self) -> Dataset {
        let manifest = Manifest {
            platform: Some(Platform::Instagram),
            captured_at: Timestamp::from_ms(CAPTURED_MS),
            engagements_sampling: Sampling::Complete,
            ..Manifest::default()
        };
        let mut builder = DatasetBuilder::new(manifest);
        let mut push = |table, columns: Vec<(&str, ArrayRef)>| builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
        let of_creator = |n: usize| texts((0..n).map(|_| "c".to_owned()));
        push(Table::Creators, vec![("creator_id", of_creator(1))]);
        push(
            Table::AudienceHistory,
            vec![
                ("creator_id", of_creator(self.history.len())),
                ("at", times(self.history.iter().map(|point| point.0))),
                ("followers", Arc::new(UInt64Array::from_iter_values(self.history.iter().map(|point| point.1)))),
            ],
        );
        let n = self.posts.len();
        push(
            Table::Posts,
            vec![
                ("post_id", texts((0..n).map(|post| format!("p{post}")))),
                ("creator_id", of_creator(n)),
                ("published_at", times(self.posts.iter().map(|post| post.0))),
                ("likes", Arc::new(self.posts.iter().map(|post| post.1).collect::<UInt64Array>())),
                ("comments", Arc::new(UInt64Array::from(vec![9; n]))),
            ],
        );
        let n = self.likes.len();
        push(
            Table::Engagements,
            vec![
                ("actor_id", texts((0..n).map(|like| format!("u{}", like % 400)))),
                ("post_id", texts(self.likes.iter().map(|like| format!("p{}", like.0)))),
                ("creator_id", of_creator(n)),
                ("kind", texts((0..n).map(|_| "like".to_owned()))),
                ("at", times(self.likes.iter().map(|like| like.1))),
            ],
        );
        builder.finish()
    }

    fn audit(&self) -> Audit {
        audit(&self.dataset(), &AccountModel::embedded().unwrap(), &AuditSettings::default()).unwrap()
    }
}

/// The value of a signal of the one creator.
fn value(audit: &Audit, id: &str) -> Option<f64> {
    let column = audit.creator_signals.column_of(id)?;
    Some(audit.creator_signals.values()[[0, column]]).filter(|value| value.is_finite())
}

fn is_called(audit: &Audit) -> bool {
    audit.findings.iter().any(|finding| finding.severity >= Severity::Warning)
}

fn is_missing(audit: &Audit, what: &str) -> bool {
    value(audit, what).is_none() && audit.creators[0].not_measured.iter().any(|gap| gap.what == what)
}

/// A year of readings, a few more followers a day.
fn year() -> Vec<(i64, u64)> {
    (0..365).map(|day| (START_MS + day * DAY_MS, 20_000 + 30 * day as u64 + [0, 11, 4, 19, 7][day as usize % 5])).collect()
}

/// A post every five days, with likes that differ and times at which they came.
fn posts() -> (Posts, Likes) {
    let at = |post: i64| START_MS + 5 * post * DAY_MS + 36_000_000;
    let posts = (0..40).map(|post| (at(post), Some(100 + 17 * (post as u64 % 6)))).collect();
    let likes = (0..40).flat_map(|post| (0..60).map(move |like| (post as usize, at(post) + 60_000 + like * like * like * 500)));
    (posts, likes.collect())
}

#[test]
fn a_history_of_two_readings_is_missing_and_says_what_is_needed() {
    let said = Export { history: vec![(START_MS, 5_000), (START_MS + 90 * DAY_MS, 90_000)], ..Export::default() }.audit();
    assert!(is_missing(&said, "growth.gain") && is_missing(&said, "growth.loss") && !is_called(&said));
}

#[test]
fn months_without_readings_are_no_jump() {
    let history =
        year().into_iter().filter(|point| !(START_MS + 90 * DAY_MS..START_MS + 270 * DAY_MS).contains(&point.0)).collect();
    let said = Export { history, ..Export::default() }.audit();
    assert_eq!((value(&said, "growth.gain"), value(&said, "growth.loss")), (Some(0.0), Some(0.0)));
    assert!(!is_called(&said));
}

#[test]
fn readings_reset_to_zero_are_neither_loss_nor_gain() {
    let mut history = year();
    (100..103).for_each(|day| history[day].1 = 0);
    history[250].1 = 0;
    let said = Export { history, ..Export::default() }.audit();
    assert_eq!((value(&said, "growth.gain"), value(&said, "growth.loss")), (Some(0.0), Some(0.0)));
    assert!(!is_called(&said));
}

#[test]
fn counts_rounded_to_thousands_do_not_jump() {
    let history = year().into_iter().map(|(at, followers)| (at, followers / 1_000 * 1_000)).collect();
    let said = Export { history, ..Export::default() }.audit();
    assert_eq!((value(&said, "growth.gain"), value(&said, "growth.loss")), (Some(0.0), Some(0.0)));
    assert!(!is_called(&said));
}

#[test]
fn hidden_likes_are_missing_whether_absent_or_zero() {
    for likes in [None, Some(0)] {
        let posts = posts().0.into_iter().map(|post| (post.0, likes)).collect();
        let said = Export { history: year(), posts, ..Export::default() }.audit();
        assert!(is_missing(&said, "engagement.likes_excess") && value(&said, "engagement.rate").is_none(), "{likes:?}");
        assert!(!is_called(&said));
    }
}

#[test]
fn posts_of_one_minute_have_no_course_and_are_not_called() {
    let (posts, likes) = posts();
    let at = |post: usize| START_MS + 200 * DAY_MS + 1_000 * post as i64;
    let squeezed: Posts = posts.iter().enumerate().map(|(post, of)| (at(post), of.1)).collect();
    let likes = likes.iter().map(|&(post, time)| (post, time - posts[post].0 + at(post))).collect();
    let said = Export { history: year(), posts: squeezed, likes }.audit();
    assert!(is_missing(&said, "growth.engagement_gap") && !is_called(&said));
    // What needs no course is measured all the same: (100 + … + 185)/6 likes and 9 comments, of 30,927 followers at most.
    let rate = value(&said, "engagement.rate").unwrap();
    assert!((0.004..0.008).contains(&rate), "{rate}");
}

#[test]
fn without_a_clock_hours_of_night_are_missing() {
    let (posts, likes) = posts();
    let said = Export { history: year(), posts, likes }.audit();
    assert_eq!(value(&said, "timing.engagement_night_share"), None);
    assert!(!is_called(&said));
}

#[test]
fn what_lies_after_the_capture_changes_nothing() {
    let (posts, likes) = posts();
    let plain = Export { history: year(), posts: posts.clone(), likes: likes.clone() };
    let later = |days: i64| CAPTURED_MS + days * DAY_MS;
    let mut more = Export { history: year(), posts, likes };
    more.history.extend((2..40).map(|day| (later(day), 900_000)));
    more.likes.extend((0..300).map(|like| (5, later(3) + like)));
    let (plain, more) = (plain.audit(), more.audit());
    for id in ["growth.gain", "growth.loss", "engagement.arrival_excess", "engagement.late_ratio"] {
        assert_eq!(value(&plain, id), value(&more, id), "{id}");
    }
    assert!(!is_called(&more));
}
