//! Batches and bursts, from rows to what is said of creators.

use super::trial::{calibration, predictions};
use super::*;
use crate::domain::{AccountId, BatchTrait, DAY_MS, DatasetBuilder, GroupKind, Manifest, Severity};
use crate::signals::CREATOR_SIGNALS;
use ndarray::Array2;

const START_MS: i64 = 1_500_000_000_000;
const MINUTE_MS: i64 = 60_000;
/// Followers of the creator, and the ranks of those who came together.
const N: usize = 3_000;
const PLANTED: std::ops::Range<usize> = 1_500..1_720;

/// What a list tells of its order.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Known {
    Times,
    Positions,
    Nothing,
}

/// A creator with 3,000 followers, one every seven hours or so, whose accounts were made at any time before; those at the planted ranks were made
/// within five days `aged_days` before they followed within two hours.
pub(crate) fn dataset(known: Known, aged_days: i64) -> Dataset {
    let manifest = Manifest { captured_at: Timestamp::from_ms(START_MS + 1_000 * DAY_MS), ..Manifest::default() };
    let mut dataset = DatasetBuilder::new(manifest).finish();
    let mut id = |name: String| AccountId(dataset.ids.intern(&name));
    let (star, other) = (id("star".into()), id("other".into()));
    let followers: Vec<AccountId> = (0..N).map(|rank| id(format!("f{rank}"))).collect();
    let creator = |id: AccountId| crate::domain::Creator {
        id,
        platform: Platform::Instagram,
        category: None,
        country: None,
        language: None,
        price: None,
        currency: None,
    };
    dataset.creators = vec![creator(star), creator(other)];
    for (rank, follower) in followers.iter().enumerate() {
        let place = rank as i64;
        let (mut followed_ms, mut made_ms) = (START_MS + place * 420 * MINUTE_MS + place * 7_919 % 97 * MINUTE_MS, START_MS);
        made_ms += (place * 7_919 % 2_999) * (400 + place / 4) * DAY_MS / 2_999 + (place * 104_729) % DAY_MS - 400 * DAY_MS;
        if PLANTED.contains(&rank) {
            let begun_ms = START_MS + 1_500 * 420 * MINUTE_MS;
            followed_ms = begun_ms + (place - 1_500) * 30_000 + place * 7 % 1_000;
            made_ms = begun_ms - aged_days * DAY_MS + place * 271_828_183 % (5 * DAY_MS);
        }
        dataset.accounts.created_at.set(follower.index(), made_ms);
        dataset.follows.follower.push(*follower);
        dataset.follows.followed.push(star);
        match known {
            Known::Times => dataset.follows.followed_at.set(rank, followed_ms),
            Known::Positions => dataset.follows.position.set(rank, (N - 1 - rank) as u64),
            Known::Nothing => (),
        }
    }
    dataset
}

pub(crate) fn audit_of(dataset: &Dataset) -> Audit {
    let signals = SignalTable::new(vec![&CREATOR_SIGNALS[0]], Array2::from_elem((dataset.n_accounts(), 1), f64::NAN));
    let predictions = predictions(dataset, |_| 0.0);
    Audit::from_evidence(dataset, AccountEvidence { signals, predictions, suspicious_threshold: 0.7, prevalence: calibration() })
        .unwrap()
}

fn feature(audit: &Audit, id: &str) -> Option<f64> {
    let column = CREATOR_SIGNALS.iter().position(|signal| signal.id == id).unwrap();
    audit.creator_signals.get(0, column)
}

fn of_signal<'a>(audit: &'a Audit, signal: &str) -> Option<&'a Finding> {
    audit.findings.iter().find(|finding| finding.signal == signal)
}

#[test]
fn a_batch_is_a_group_of_one_creator_with_its_accounts_and_minutes() {
    let dataset = dataset(Known::Times, 200);
    let audit = audit_of(&dataset);
    let group = &audit.groups[0];
    assert_eq!((audit.groups.len(), group.id.as_str(), group.kind, group.targets.len()), (1, "g1", GroupKind::FollowBatch, 1));
    let planted = PLANTED.map(|rank| AccountId(dataset.ids.find(&format!("f{rank}")).unwrap())).collect::<Vec<_>>();
    let hits = group.members.iter().filter(|member| planted.contains(&member.account)).count();
    assert!(hits >= 210 && group.members.len() - hits <= 30, "{hits} of {}", group.members.len());
    let origin = group.batch.as_ref().unwrap();
    let BatchTrait::MadeBetween(from, to) = origin.shared else { panic!("{origin:?}") };
    assert!(to.ms() - from.ms() <= 30 * DAY_MS && origin.expected_count < 25.0, "{origin:?}");
    assert!((190.0..=210.0).contains(&origin.median_age_days.unwrap()));
    assert!(group.log10_p < -20.0 && group.members[100].first_at.is_some());
    let (first, last) = group.window().unwrap();
    assert!(group.members.iter().all(|member| (first..=last).contains(&member.first_at.unwrap())));
}

#[test]
fn a_batch_of_settled_accounts_is_a_notice_and_one_of_new_ones_a_remark() {
    for (aged_days, severity) in [(200, Severity::Notice), (8, Severity::Info)] {
        let audit = audit_of(&dataset(Known::Times, aged_days));
        let found = of_signal(&audit, "timing.follow_batch").unwrap();
        assert_eq!((found.severity, found.evidence.as_slice()), (severity, ["g1".to_owned()].as_slice()), "{aged_days}");
        assert!(
            found.statement.contains("of 3,000 followers") && found.statement.contains("one to expect"),
            "{}",
            found.statement
        );
        assert!(found.benign_causes.len() >= 3 && found.value > Some(found.expected.unwrap().high()));
    }
}

#[test]
fn a_batch_changes_no_account_and_no_other_count() {
    let dataset = dataset(Known::Times, 200);
    let audit = audit_of(&dataset);
    let member = audit.groups[0].members[50].account;
    assert_eq!((audit.accounts.group_of(member), audit.accounts.p_fake[member.index()]), (None, 0.5));
    assert_eq!(audit.creators[0].coordinated_followers_count, None);
}

#[test]
fn a_burst_is_told_by_minutes_and_accuses_nobody() {
    let audit = audit_of(&dataset(Known::Times, 200));
    let found = of_signal(&audit, "timing.follow_burst").unwrap();
    assert_eq!(found.severity, Severity::Info);
    assert!(found.statement.contains("A burst alone does not say who came"), "{}", found.statement);
    let share = feature(&audit, "timing.follow_burst").unwrap();
    assert!((0.07..0.09).contains(&share), "{share}");
}

#[test]
fn the_order_of_a_list_shows_batches_where_times_are_hidden() {
    let audit = audit_of(&dataset(Known::Positions, 200));
    let group = &audit.groups[0];
    assert!(group.kind == GroupKind::FollowBatch && group.members.len() >= 210);
    assert!(group.members.iter().all(|member| member.first_at.is_none()));
    let (not_before, not_after) = group.window().unwrap();
    assert!(not_before < not_after);
    assert!(of_signal(&audit, "timing.follow_burst").is_none() && feature(&audit, "timing.follow_burst").is_none());
    assert!(feature(&audit, "timing.follow_batch").unwrap() > 0.07);
}

#[test]
fn without_order_and_times_nothing_was_measured() {
    let audit = audit_of(&dataset(Known::Nothing, 200));
    assert!(audit.groups.is_empty());
    assert_eq!((feature(&audit, "timing.follow_batch"), feature(&audit, "timing.follow_burst")), (None, None));
}

/// Thirty accounts and the creator follow each other; one of them is verified.
#[test]
fn trust_needs_a_verified_account_and_links_that_both_ends_wanted() {
    let mut dataset = dataset(Known::Nothing, 200);
    let star = dataset.creators[0].id;
    let friends: Vec<AccountId> = (0..30).map(|rank| AccountId(dataset.ids.find(&format!("f{rank}")).unwrap())).collect();
    assert_eq!(feature(&audit_of(&dataset), "coordination.mutual_trust"), None);
    for &friend in &friends {
        dataset.follows.follower.push(star);
        dataset.follows.followed.push(friend);
    }
    assert_eq!(feature(&audit_of(&dataset), "coordination.mutual_trust"), None);
    dataset.accounts.is_verified.set(friends[0].index(), true);
    let audit = audit_of(&dataset);
    let trust = |id: AccountId| audit.accounts.trust(id);
    let stranger = AccountId(dataset.ids.find("f99").unwrap());
    assert!(trust(friends[1]).is_some() && trust(friends[1]) == trust(friends[2]) && trust(stranger).is_none());
    assert_eq!(feature(&audit, "coordination.mutual_trust"), trust(friends[1]));
}
