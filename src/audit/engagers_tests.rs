//! Who likes and comments, from rows to score and finding.

use super::trial;
use super::*;
use crate::domain::{DatasetBuilder, Manifest, Platform, Sampling, Severity, Table, Timestamp};
use crate::scoring::{CreatorScore, EngagerScorer};
use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, UInt64Array};
use std::sync::Arc;

fn texts(values: &[String]) -> ArrayRef {
    Arc::new(values.iter().map(Some).collect::<StringArray>())
}

/// One creator, `c`, with four posts. 60 fakes like all of them, 140 genuine accounts one each, and 19 genuine ones comment once; nobody follows.
fn dataset(sampling: Sampling, reversed: bool) -> Dataset {
    let manifest = Manifest {
        platform: Some(Platform::Instagram),
        captured_at: Timestamp::from_ms(1_700_000_000_000),
        engagements_sampling: sampling,
        ..Manifest::default()
    };
    let names = |kind: &str, count: usize| (0..count).map(|i| format!("{kind}-{i}")).collect::<Vec<_>>();
    let (fakes, people) = (names("f", 60), names("g", 140));
    let mut rows: Vec<(String, String, String)> = Vec::new();
    for post in 0..4 {
        rows.extend(fakes.iter().map(|name| (name.clone(), format!("p{post}"), "like".to_owned())));
    }
    rows.extend(people.iter().enumerate().map(|(i, name)| (name.clone(), format!("p{}", i % 4), "like".to_owned())));
    rows.extend(people.iter().take(19).map(|name| (name.clone(), "p0".to_owned(), "comment".to_owned())));
    rows.push(("c".to_owned(), "p0".to_owned(), "like".to_owned()));
    let mut accounts = [fakes, people].concat();
    if reversed {
        rows.reverse();
        accounts.reverse();
    }
    let mut builder = DatasetBuilder::new(manifest);
    let mut push = |table, columns: Vec<(&str, ArrayRef)>| {
        builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
    };
    push(Table::Creators, vec![("creator_id", texts(&["c".to_owned()]))]);
    let counts: ArrayRef = Arc::new(UInt64Array::from_iter_values(accounts.iter().map(|_| 50)));
    let avatars: ArrayRef = Arc::new(accounts.iter().map(|name| Some(name.starts_with('g'))).collect::<BooleanArray>());
    push(Table::Accounts, vec![("account_id", texts(&accounts)), ("followers", counts), ("has_avatar", avatars)]);
    let posts: Vec<String> = (0..4).map(|post| format!("p{post}")).collect();
    push(Table::Posts, vec![("post_id", texts(&posts)), ("creator_id", texts(&vec!["c".to_owned(); 4]))]);
    let column = |of: fn(&(String, String, String)) -> &String| texts(&rows.iter().map(of).cloned().collect::<Vec<_>>());
    push(
        Table::Engagements,
        vec![("actor_id", column(|row| &row.0)), ("post_id", column(|row| &row.1)), ("kind", column(|row| &row.2))],
    );
    builder.finish()
}

#[test]
fn likers_are_scored_and_too_few_commenters_are_not() {
    let dataset = dataset(Sampling::Random, false);
    let audit = trial::audit(&dataset);
    let score = &audit.creators[0];
    let likers = score.likers_fake.unwrap();
    // 60 of 200 accounts that liked are fake; the creator's own like is none.
    assert!((likers.share - 0.3).abs() < 0.05 && likers.interval.contains(0.3), "{likers:?}");
    assert_eq!((likers.sample_count, score.commenters_fake), (200, None));
    // Of 240 + 140 likes and 19 comments 240 are theirs.
    let (engagement, truth) = (score.engagement_fake.unwrap(), 240.0 / 399.0);
    assert!((engagement.share - truth).abs() < 0.06 && engagement.interval.contains(truth), "{engagement:?}");
    // (60 · 4 + 121 + 19 · 2)²/(60 · 16 + 121 + 19 · 4) = 137.6 accounts instead of 200: less sure.
    assert!(engagement.interval.width() > likers.interval.width());
    let whole = score.score.unwrap();
    assert!((whole.value - 100.0 * (1.0 - engagement.share)).abs() < 1e-9);
    assert!((whole.interval.low() - 100.0 * (1.0 - engagement.interval.high())).abs() < 1e-9);
    let why = |what: &str| score.not_measured.iter().find(|gap| gap.what == what).map(|gap| gap.why);
    assert!(why("commenters_fake_share").unwrap().contains("at least 20"));
    assert_eq!((why("engagement_fake_share"), why("likers_fake_share")), (None, None));
}

#[test]
fn a_share_of_likers_above_the_bounds_is_a_finding() {
    let dataset = dataset(Sampling::Random, false);
    let audit = trial::audit(&dataset);
    let likers = audit.creators[0].likers_fake.unwrap();
    let found = audit.findings.iter().find(|finding| finding.signal == "engagement.likers_fake_share").unwrap();
    let severity = if likers.interval.low() >= 0.25 { Severity::Warning } else { Severity::Notice };
    assert!(likers.interval.low() >= 0.1 && found.severity == severity && found.value == Some(likers.share));
    assert_eq!((found.evidence.len(), found.evidence.iter().all(|id| id.starts_with("f-"))), (20, true));
    assert!(audit.findings.iter().all(|finding| finding.signal != "engagement.commenters_fake_share"));
    let column = |id: &str| audit.creator_signals.signals().iter().position(|signal| signal.id == id).unwrap();
    assert_eq!(audit.creator_signals.get(0, column("engagement.likers_fake_share")), Some(likers.share));
    assert_eq!(audit.creator_signals.get(0, column("engagement.commenters_fake_share")), None);
}

#[test]
fn only_a_complete_list_of_engagements_narrows_the_interval() {
    let width = |sampling: Sampling| trial::audit(&dataset(sampling, false)).creators[0].likers_fake.unwrap().interval.width();
    let [complete, random, newest, unknown] =
        [Sampling::Complete, Sampling::Random, Sampling::NewestFirst, Sampling::Unknown].map(width);
    assert!(complete < random, "{complete} {random}");
    assert_eq!((random, random), (newest, unknown));
}

#[test]
fn shares_of_engagers_do_not_depend_on_the_order_of_rows() {
    let [forward, backward] = [false, true].map(|reversed| trial::audit(&dataset(Sampling::Random, reversed)));
    let (a, b) = (&forward.creators[0], &backward.creators[0]);
    assert_eq!(CreatorScore { id: b.id, ..a.clone() }, *b);
}

#[test]
fn a_part_of_the_engagers_speaks_for_itself() {
    let dataset = dataset(Sampling::Random, false);
    let (audit, activities) = (trial::audit(&dataset), Activities::gather(&dataset));
    let estimator = PrevalenceEstimator::new(trial::calibration()).unwrap();
    let scorer = EngagerScorer::new(&activities, &audit.accounts, &estimator);
    assert_eq!(scorer.score(0).likers.estimate, audit.creators[0].likers_fake);
    let people = scorer.score_part(0, |id| dataset.name(id).starts_with('g'));
    assert_eq!((people.likers.listed_count, people.commenters.listed_count), (140, 19));
    assert!(people.likers.estimate.unwrap().share < 0.05 && !people.commenters.is_conclusive);
    assert_eq!(scorer.score_part(0, |_| false).likers.estimate, None);
}
