//! What coordinated groups propose as findings about creators.

use super::score::ScoredCreator;
use super::wording::{count, count_of, percent};
use crate::domain::{CoordinatedGroup, Finding, GroupKind, GroupTarget, Interval, Severity};
use crate::signals::creator_signal;

/// Fewest members of a group on a creator for a finding about it: the smallest group has five.
const MIN_MEMBERS: u64 = 5;
/// Share of the listed followers from which a group is a warning.
const WARNING_SHARE: f64 = 0.05;

/// Findings about one creator, one a group with at least five members on it, weightiest first.
pub fn group_findings(creator: &ScoredCreator, groups: &[CoordinatedGroup]) -> Vec<Finding> {
    let on_creator = groups.iter().filter_map(|group| Some((group, group.target(creator.score.id)?)));
    let mut findings: Vec<Finding> = on_creator
        .filter(|(group, target)| group.kind == GroupKind::Pod || target.members_count >= MIN_MEMBERS)
        .map(|(group, target)| finding(creator, group, target))
        .collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

fn finding(creator: &ScoredCreator, group: &CoordinatedGroup, target: &GroupTarget) -> Finding {
    let listed = creator.score.audience_listed_count;
    let is_follow = group.kind == GroupKind::FollowLockstep;
    let share = (is_follow && listed > 0).then(|| target.members_count as f64 / listed as f64);
    let signal = match group.kind {
        GroupKind::Pod => "coordination.pod",
        GroupKind::FollowLockstep => "coordination.follow_lockstep",
        _ => "coordination.engagement_lockstep",
    };
    Finding {
        creator: creator.score.id,
        signal,
        severity: if share.is_none_or(|share| share >= WARNING_SHARE) { Severity::Warning } else { Severity::Notice },
        value: share.or(Some(target.members_count as f64)),
        expected: Interval::new(0.0, 0.0),
        window: target.first_at.zip(target.last_at),
        statement: statement(creator, group, target),
        benign_causes: creator_signal(signal).map_or_else(Vec::new, |signal| signal.benign_causes.to_vec()),
        evidence: vec![group.id.clone()],
    }
}

fn statement(creator: &ScoredCreator, group: &CoordinatedGroup, target: &GroupTarget) -> String {
    if group.kind == GroupKind::Pod {
        return pod_statement(group, target);
    }
    let (listed, others) = (creator.score.audience_listed_count, group.targets.len() as u64 - 1);
    let who = match group.kind {
        GroupKind::FollowLockstep if listed > 0 => format!(
            "{} of {} ({})",
            count(target.members_count),
            count_of(listed, "listed follower"),
            percent(target.members_count as f64 / listed as f64)
        ),
        _ => count_of(target.members_count, "account"),
    };
    let what = if group.kind == GroupKind::FollowLockstep { "followed" } else { "engaged with" };
    let when =
        target.first_at.zip(target.last_at).map_or_else(String::new, |(first, last)| format!(" between {first} and {last}"));
    format!(
        "{who} {what} this creator{when} and {} in bursts of their own: group {}, {}, which act on {} of its creators on average. Chance and shared \
         communities would make its most alike pair of bursts with a probability of 10^{:.0}, all pairs counted.",
        count_of(others, "other creator"),
        group.id,
        count_of(group.members.len() as u64, "account"),
        percent(group.density),
        group.log10_p
    )
}

fn pod_statement(group: &CoordinatedGroup, target: &GroupTarget) -> String {
    format!(
        "This creator and {} engage with one another's posts far sooner than their audiences do, week after week: group {}, in which {} of the \
         possible pairs engage and this creator with {} beyond chance.",
        count_of(group.members.len() as u64 - 1, "other account"),
        group.id,
        percent(group.density),
        count_of(target.members_count, "other")
    )
}
