//! Groups, from rows to what is said of accounts and creators.

use super::trial::{calibration, predictions};
use super::*;
use crate::domain::{AccountId, DatasetBuilder, GroupKind, Manifest, Sampling, Severity, Table};
use crate::signals::CREATOR_SIGNALS;
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use ndarray::Array2;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

const N_CREATORS: usize = 40;
const HOUR_MS: i64 = 3_600_000;
const START_MS: i64 = 1_600_000_000_000;

/// Follower, creator, time. Forty creators with 150 followers each over 400 days; thirty accounts follow twelve of them, each within six hours.
fn follows() -> Vec<(String, String, i64)> {
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    let mut rows: Vec<(String, String, i64)> = Vec::new();
    for creator in 0..N_CREATORS {
        for _ in 0..150 {
            let follower = format!("g-{}", rng.random_range(0..4_000));
            rows.push((
                follower,
                format!("c{creator}"),
                START_MS + rng.random_range(0..400 * 24) * HOUR_MS + rng.random_range(0..HOUR_MS),
            ));
        }
    }
    for creator in 0..12 {
        let begins_ms = START_MS + rng.random_range(100 * 24..300 * 24) * HOUR_MS;
        for account in 0..30 {
            rows.push((format!("f-{account}"), format!("c{creator}"), begins_ms + rng.random_range(0..6 * HOUR_MS)));
        }
    }
    rows
}

fn dataset(with_times: bool) -> Dataset {
    dataset_of(follows(), |_| true, with_times)
}

/// The creators c0, c1 … and these follows; accounts with a profile as said.
fn dataset_of(rows: Vec<(String, String, i64)>, has_profile: impl Fn(&str) -> bool, with_times: bool) -> Dataset {
    let texts = |values: Vec<String>| -> ArrayRef { Arc::new(StringArray::from(values)) };
    let creators: Vec<String> = (0..N_CREATORS).map(|creator| format!("c{creator}")).collect();
    let mut names: Vec<String> = rows.iter().map(|row| row.0.clone()).filter(|name| has_profile(name)).collect();
    names.sort();
    names.dedup();
    let manifest = Manifest { follows_sampling: Sampling::Random, ..Manifest::default() };
    let mut builder = DatasetBuilder::new(manifest);
    let platforms = texts(vec!["instagram".to_owned(); N_CREATORS]);
    let creators = RecordBatch::try_from_iter([("creator_id", texts(creators)), ("platform", platforms)]).unwrap();
    builder.push(Table::Creators, &creators);
    let counts: ArrayRef = Arc::new(UInt64Array::from(vec![50; names.len()]));
    builder.push(Table::Accounts, &RecordBatch::try_from_iter([("account_id", texts(names)), ("followers", counts)]).unwrap());
    let times: ArrayRef =
        Arc::new(TimestampMillisecondArray::from_iter_values(rows.iter().map(|row| row.2)).with_timezone("UTC"));
    let (from, to): (Vec<String>, Vec<String>) = rows.into_iter().map(|row| (row.0, row.1)).unzip();
    let mut columns = vec![("follower_id", texts(from)), ("followed_id", texts(to))];
    if with_times {
        columns.push(("followed_at", times));
    }
    builder.push(Table::Follows, &RecordBatch::try_from_iter(columns).unwrap());
    builder.finish()
}

/// Every profile is as likely fake as not.
fn audit_of(dataset: &Dataset) -> Audit {
    audit_with(dataset, |_| 0.0)
}

fn audit_with(dataset: &Dataset, log_odds: impl Fn(AccountId) -> f64) -> Audit {
    let signals = SignalTable::new(vec![&CREATOR_SIGNALS[0]], Array2::from_elem((dataset.n_accounts(), 1), f64::NAN));
    let predictions = predictions(dataset, log_odds);
    Audit::from_evidence(dataset, AccountEvidence { signals, predictions, suspicious_threshold: 0.7, prevalence: calibration() })
        .unwrap()
}

fn id(dataset: &Dataset, name: &str) -> AccountId {
    AccountId(dataset.ids.find(name).unwrap())
}

#[test]
fn a_pool_becomes_one_group_with_its_accounts_and_hours() {
    let dataset = dataset(true);
    let audit = audit_of(&dataset);
    assert_eq!(audit.groups.len(), 1);
    let group = &audit.groups[0];
    assert_eq!(
        (group.id.as_str(), group.kind, group.members.len(), group.targets.len()),
        ("g1", GroupKind::FollowLockstep, 30, 12)
    );
    assert!(group.members.iter().all(|member| dataset.name(member.account).starts_with("f-") && member.actions.len() == 12));
    for target in &group.targets {
        let (first, last) = (target.first_at.unwrap(), target.last_at.unwrap());
        assert!(last.ms() - first.ms() <= 6 * HOUR_MS && target.members_count == 30);
    }
}

#[test]
fn own_repeated_and_endless_follows_and_ids_never_seen_leave_the_group_as_it_is() {
    let mut rows = follows();
    // Nobody follows the last creator.
    rows.retain(|row| row.1 != format!("c{}", N_CREATORS - 1));
    let repeated: Vec<_> = rows.iter().step_by(3).map(|row| (row.0.clone(), row.1.clone(), row.2 + 9 * HOUR_MS)).collect();
    rows.extend(repeated);
    rows.extend((0..12).map(|creator| (format!("c{creator}"), format!("c{creator}"), START_MS + 200 * 24 * HOUR_MS)));
    // One account follows ten thousand others, all other creators among them, at one instant before the pool comes: in the midst of it, it would be taken for one of
    // the pool, for membership is weighed by what an account does in the group's bursts.
    rows.extend(
        (0..10_000)
            .filter(|place| *place != N_CREATORS - 1)
            .map(|place| ("busy".to_owned(), format!("c{place}"), START_MS + 50 * 24 * HOUR_MS)),
    );
    let dataset = dataset_of(rows, |name| name.starts_with('f'), true);
    let audit = audit_of(&dataset);
    let members: Vec<&str> = audit.groups[0].members.iter().map(|member| dataset.name(member.account)).collect();
    assert_eq!((audit.groups.len(), members.len(), audit.groups[0].targets.len()), (1, 30, 12));
    assert!(members.iter().all(|name| name.starts_with("f-")), "{members:?}");
    let last = audit.creators.last().unwrap();
    assert_eq!((last.audience_listed_count, last.audience_fake), (0, None));
    assert_eq!(dataset.name(last.id), format!("c{}", N_CREATORS - 1));
}

#[test]
fn profiles_that_look_fake_raise_all_members_and_the_share_of_those_who_have_them() {
    let dataset = dataset(true);
    let is_member = |id: AccountId| dataset.name(id).starts_with("f-");
    // Every second member looks fake, all others look like people.
    let profile = |id: AccountId| if is_member(id) && id.0.is_multiple_of(2) { 3.0 } else { -3.0 };
    let (with, without) = (audit_with(&dataset, profile), audit_with(&dataset, |_| -3.0));
    for id in dataset.account_ids() {
        let Some(before) = with.accounts.p_fake_profile(id) else { continue };
        let after = with.accounts.p_fake(id).unwrap();
        assert!(if is_member(id) { after > 0.9 } else { after == before }, "{} {before} {after}", dataset.name(id));
        assert!(with.accounts.p_fake_interval(id).unwrap().contains(after));
    }
    assert!(without.accounts.raised_by_group.is_empty());
    let share = |audit: &Audit, row: usize| audit.creators[row].audience_fake.unwrap();
    // 30 of the some 170 listed followers are members.
    let raised = share(&with, 0).share - share(&without, 0).share;
    assert!((0.1..0.25).contains(&raised), "{raised}");
    assert!(share(&with, 0).interval.contains(share(&with, 0).share));
}

#[test]
fn a_group_moves_no_share_but_those_of_its_creators() {
    let dataset = dataset(true);
    let with = audit_with(&dataset, |id| if dataset.name(id).starts_with("f-") { 3.0 } else { -3.0 });
    assert_eq!(with.accounts.raised_by_group.len(), 30);
    let plain = AccountScores::from_predictions(&dataset, with.accounts.predictions.clone(), 0.7);
    let (activities, audiences) = (Activities::gather(&dataset), Audiences::gather(&dataset));
    let estimator = PrevalenceEstimator::new(calibration()).unwrap();
    let scorer = CreatorScorer::new(&activities, &audiences, &plain, &estimator, (&with.groups, &[]));
    for row in 0..N_CREATORS {
        let without = scorer.score(row).score.audience_fake;
        assert_eq!(with.creators[row].audience_fake == without, row >= 12, "{row}");
    }
}

#[test]
fn membership_is_told_and_changes_no_probability_where_profiles_are_like_everybody_s() {
    let dataset = dataset(true);
    let audit = audit_of(&dataset);
    let (member, other) = (id(&dataset, "f-3"), id(&dataset, "g-7"));
    assert_eq!((audit.accounts.p_fake_profile(member), audit.accounts.p_fake(member)), (Some(0.5), Some(0.5)));
    assert_eq!(audit.groups[audit.accounts.group_of(member).unwrap() as usize].id, "g1");
    assert_eq!(audit.accounts.group_of(other), None);
}

#[test]
fn a_creator_is_told_how_many_came_with_the_group_and_when() {
    let dataset = dataset(true);
    let audit = audit_of(&dataset);
    let (hit, spared) = (&audit.creators[0], &audit.creators[20]);
    assert_eq!((hit.coordinated_followers_count, spared.coordinated_followers_count), (Some(30), Some(0)));
    let found: Vec<&Finding> = audit.findings.iter().filter(|finding| finding.signal.starts_with("coordination.")).collect();
    assert_eq!(found.len(), 12);
    assert_eq!(
        (found[0].creator, found[0].severity, found[0].evidence.as_slice()),
        (hit.id, Severity::Notice, ["g1".to_owned()].as_slice())
    );
    assert!(
        found[0].statement.starts_with("30 of 17") && found[0].statement.contains("11 other creators"),
        "{}",
        found[0].statement
    );
}

#[test]
fn without_times_nothing_was_measured_and_that_is_said() {
    let dataset = dataset(false);
    let audit = audit_of(&dataset);
    assert!(audit.groups.is_empty());
    assert_eq!(audit.creators[0].coordinated_followers_count, None);
    assert!(audit.creators[0].not_measured.iter().any(|missing| missing.what == "coordinated_followers_count"));
}
