//! Accounts that act together on posts, from rows to what is said of creators.

use super::coordination::find_groups;
use super::trial::{calibration, predictions};
use super::*;
use crate::domain::{AccountId, DatasetBuilder, GroupKind, Manifest, Table};
use crate::signals::CREATOR_SIGNALS;
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
use ndarray::Array2;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::sync::Arc;

const DAY_MS: i64 = 86_400_000;
const START_MS: i64 = 1_600_000_000_000;
/// Posts that the pool acts on, of five creators.
const ORDERED: [i64; 5] = [11, 32, 53, 74, 95];

#[derive(Debug, Clone)]
struct Act {
    actor: String,
    post: i64,
    at_ms: Option<i64>,
}

fn published_ms(post: i64) -> i64 {
    START_MS + (post / 10) * 3 * DAY_MS + (post % 10) * 7_000_000
}

/// 120 posts of ten creators; fans act on most posts of two creators or three, most of them within the day.
fn fans(rng: &mut ChaCha8Rng) -> Vec<Act> {
    let mut acts = Vec::new();
    for post in 0..120 {
        for fan in 0..2_000_i64 {
            let follows = [fan % 10, fan / 10 % 10, fan / 100 % 10].contains(&(post % 10));
            if follows && rng.random_bool(if fan % 4 == 0 { 0.9 } else { 0.3 }) {
                let after_ms = (-(1.0 - rng.random::<f64>()).ln() * 6.0 * 3_600_000.0) as i64;
                acts.push(Act { actor: format!("f-{fan}"), post, at_ms: Some(published_ms(post) + after_ms) });
            }
        }
    }
    acts
}

/// Forty accounts that act on five of the posts, each within ten minutes.
fn pool(rng: &mut ChaCha8Rng) -> Vec<Act> {
    let mut acts = Vec::new();
    for post in ORDERED {
        for account in 0..40 {
            let at_ms = published_ms(post) + 20_000_000 + rng.random_range(0..600_000);
            acts.push(Act { actor: format!("p-{account}"), post, at_ms: Some(at_ms) });
        }
    }
    acts
}

fn ordered(seed: u64) -> Vec<Act> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut acts = fans(&mut rng);
    acts.extend(pool(&mut rng));
    acts
}

/// The rows as a dataset; `is_known`: whether the creator of the posts is told.
fn dataset(acts: &[Act], is_known: bool) -> Dataset {
    let texts = |values: Vec<String>| -> ArrayRef { Arc::new(StringArray::from(values)) };
    let mut builder = DatasetBuilder::new(Manifest::default());
    let ids: Vec<String> = (0..10).map(|creator| format!("c{creator}")).collect();
    let platforms = texts(vec!["instagram".to_owned(); 10]);
    builder.push(Table::Creators, &RecordBatch::try_from_iter([("creator_id", texts(ids)), ("platform", platforms)]).unwrap());
    let of = |text: &dyn Fn(&Act) -> String| texts(acts.iter().map(text).collect());
    let times = TimestampMillisecondArray::from(acts.iter().map(|act| act.at_ms).collect::<Vec<_>>()).with_timezone("UTC");
    let mut columns = vec![
        ("actor_id", of(&|act| act.actor.clone())),
        ("post_id", of(&|act| format!("post-{}", act.post))),
        ("kind", of(&|_| "like".to_owned())),
        ("at", Arc::new(times) as ArrayRef),
    ];
    if is_known {
        columns.push(("creator_id", of(&|act| format!("c{}", act.post % 10))));
    }
    builder.push(Table::Engagements, &RecordBatch::try_from_iter(columns).unwrap());
    builder.finish()
}

fn lockstep(dataset: &Dataset) -> Vec<CoordinatedGroup> {
    let groups = find_groups(dataset).unwrap();
    groups.into_iter().filter(|group| group.kind == GroupKind::EngagementLockstep).collect()
}

fn names(dataset: &Dataset, group: &CoordinatedGroup) -> BTreeSet<String> {
    group.members.iter().map(|member| dataset.name(member.account).to_owned()).collect()
}

fn audit_of(dataset: &Dataset) -> Audit {
    let signals = SignalTable::new(vec![&CREATOR_SIGNALS[0]], Array2::from_elem((dataset.n_accounts(), 1), f64::NAN));
    let evidence = AccountEvidence {
        signals,
        predictions: predictions(dataset, |_: AccountId| 0.0),
        suspicious_threshold: 0.7,
        prevalence: calibration(),
    };
    Audit::from_evidence(dataset, evidence).unwrap()
}

#[test]
fn a_pool_is_found_to_its_members_and_minutes() {
    let dataset = dataset(&ordered(14), true);
    let groups = lockstep(&dataset);
    assert_eq!(groups.len(), 1);
    let group = &groups[0];
    assert_eq!(names(&dataset, group), (0..40).map(|account| format!("p-{account}")).collect());
    assert_eq!(group.targets.len(), 5);
    for (target, post) in group.targets.iter().zip(ORDERED) {
        let (first, last) = (target.first_at.unwrap().ms(), target.last_at.unwrap().ms());
        let begins_ms = published_ms(post) + 20_000_000;
        assert_eq!((dataset.name(target.creator), target.members_count), (format!("c{}", post % 10).as_str(), 40));
        assert!(begins_ms - 1_000 <= first && last < begins_ms + 600_000, "{first} {last}");
    }
    assert!(group.members.iter().all(|member| member.actions_count == 5));
}

#[test]
fn a_creator_is_told_which_part_of_its_engagers_acts_together() {
    let acts = ordered(14);
    let dataset = dataset(&acts, true);
    let audit = audit_of(&dataset);
    let found: Vec<&Finding> =
        audit.findings.iter().filter(|finding| finding.signal == "coordination.engagement_lockstep").collect();
    assert_eq!(found.len(), 5);
    let engagers: BTreeSet<&str> = acts.iter().filter(|act| act.post % 10 == 1).map(|act| act.actor.as_str()).collect();
    assert_eq!(found[0].value, Some(40.0 / engagers.len() as f64));
    assert!(
        found[0].statement.starts_with("40 of ") && found[0].statement.contains("4 other creators"),
        "{}",
        found[0].statement
    );
    let column = CREATOR_SIGNALS.iter().position(|signal| signal.id == "coordination.engagement_lockstep").unwrap();
    assert_eq!(audit.creator_signals.values()[[1, column]], 40.0 / engagers.len() as f64);
    assert_eq!(audit.creator_signals.values()[[0, column]], 0.0);
    assert!(audit.creators.iter().all(|creator| creator.not_measured.iter().all(|gap| gap.what != "engagement_lockstep")));
}

#[test]
fn fans_and_actors_shuffled_among_each_creator_s_posts_make_no_group() {
    for seed in 20..23 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        assert_eq!(lockstep(&dataset(&fans(&mut rng), true)), vec![]);
        let mut acts = ordered(seed);
        for creator in 0..10 {
            let rows: Vec<usize> = (0..acts.len()).filter(|&row| acts[row].post % 10 == creator).collect();
            let mut actors: Vec<String> = rows.iter().map(|&row| acts[row].actor.clone()).collect();
            actors.shuffle(&mut rng);
            rows.into_iter().zip(actors).for_each(|(row, actor)| acts[row].actor = actor);
        }
        assert_eq!(lockstep(&dataset(&acts, true)), vec![]);
    }
}

#[test]
fn one_instant_for_everything_tells_nothing() {
    let acts: Vec<Act> = ordered(15).into_iter().map(|act| Act { at_ms: Some(START_MS), ..act }).collect();
    assert_eq!(lockstep(&dataset(&acts, true)), vec![]);
}

#[test]
fn without_every_second_time_what_is_found_is_still_the_pool() {
    let mut acts = ordered(16);
    acts.iter_mut().step_by(2).for_each(|act| act.at_ms = None);
    let dataset = dataset(&acts, true);
    let groups = lockstep(&dataset);
    assert!(!groups.is_empty());
    assert!(groups.iter().flat_map(|group| names(&dataset, group)).all(|name| name.starts_with("p-")));
}

#[test]
fn creators_who_act_on_their_own_posts_are_in_no_group() {
    let mut acts = ordered(17);
    for creator in 0..10_i64 {
        // At the very minutes of the pool, on its own posts.
        let own = ORDERED.into_iter().filter(|post| post % 10 == creator);
        acts.extend(own.map(|post| Act { actor: format!("c{creator}"), post, at_ms: Some(published_ms(post) + 20_100_000) }));
    }
    let dataset = dataset(&acts, true);
    let groups = lockstep(&dataset);
    assert_eq!(groups.len(), 1);
    assert!(names(&dataset, &groups[0]).iter().all(|name| name.starts_with("p-")));
}

#[test]
fn posts_of_nobody_known_and_actions_without_a_time_make_no_group_and_that_is_said() {
    let unknown = dataset(&ordered(18), false);
    assert_eq!(lockstep(&unknown), vec![]);
    let untimed: Vec<Act> = ordered(18).into_iter().map(|act| Act { at_ms: None, ..act }).collect();
    let untimed = dataset(&untimed, true);
    assert_eq!(lockstep(&untimed), vec![]);
    for dataset in [unknown, untimed] {
        let audit = audit_of(&dataset);
        assert!(audit.creators[0].not_measured.iter().any(|gap| gap.what == "engagement_lockstep"));
    }
}
