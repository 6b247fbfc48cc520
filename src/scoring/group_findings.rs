//! What coordinated groups propose as findings about creators.

use super::proposal::Proposal;
use super::score::ScoredCreator;
use super::wording::{count, count_of, percent};
use crate::domain::{CoordinatedGroup, Finding, GroupKind, GroupTarget, Severity};

/// Fewest members of a group on a creator for a finding about it: the smallest group has five.
const MIN_MEMBERS: u64 = 5;

/// Findings about one creator, one a group with at least five members on it, and one a pod that it is in. All are notices: how often people who
/// were called together look the same has not been measured on real accounts.
pub fn group_findings(creator: &ScoredCreator, groups: &[CoordinatedGroup]) -> Vec<Finding> {
    let on_creator = groups.iter().filter_map(|group| Some((group, group.target(creator.score.id)?)));
    on_creator
        .filter(|(group, target)| group.kind == GroupKind::Pod || target.members_count >= MIN_MEMBERS)
        .map(|(group, target)| finding(creator, group, target))
        .collect()
}

fn finding(creator: &ScoredCreator, group: &CoordinatedGroup, target: &GroupTarget) -> Finding {
    let listed = creator.score.audience_listed_count;
    let (signal, value, statement) = match group.kind {
        GroupKind::Pod => ("coordination.pod", target.members_count as f64, pod_statement(group, target)),
        _ => {
            ("coordination.follow_lockstep", target.members_count as f64 / listed.max(1) as f64, statement(listed, group, target))
        }
    };
    let window = target.first_at.zip(target.last_at);
    let evidence = vec![group.id.clone()];
    Proposal { signal, severity: Severity::Notice, value: Some(value), expected: None, window, statement, evidence }
        .about(creator.score.id)
}

fn statement(listed: u64, group: &CoordinatedGroup, target: &GroupTarget) -> String {
    let others = group.targets.len() as u64 - 1;
    let when =
        target.first_at.zip(target.last_at).map_or_else(String::new, |(first, last)| format!(" between {first} and {last}"));
    format!(
        "{} of {} ({}) arrived{when}, and members of the same group ({}, {}) also arrived together at {}. That is more than chance and what their \
         audiences share otherwise explain; who called them together, and why, the data do not say.",
        count(target.members_count),
        count_of(listed, "listed follower"),
        percent(target.members_count as f64 / listed.max(1) as f64),
        group.id,
        count_of(group.members.len() as u64, "account"),
        count_of(others, "other creator")
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
