//! What coordinated groups propose as findings about creators.

use super::proposal::Proposal;
use super::score::ScoredCreator;
use super::wording::{count, count_of, name, percent};
use crate::domain::{AccountId, CoordinatedGroup, Dataset, Finding, GroupKind, GroupTarget, Severity};

/// Fewest members of a group on a creator for a finding about it: the smallest group has five.
const MIN_MEMBERS: u64 = 5;
/// Other creators named in a sentence at most, those with most members first.
const N_NAMED: usize = 3;

/// Findings about one creator, one a group over several creators with at least five members on it, and one a pod that it is in. All are
/// notices: how often people who were called together look the same has not been measured on real accounts.
pub fn group_findings(dataset: &Dataset, creator: &ScoredCreator, groups: &[CoordinatedGroup]) -> Vec<Finding> {
    let on_creator = groups.iter().filter_map(|group| Some((group, group.target(creator.score.id)?)));
    on_creator
        .filter(|(group, target)| match group.kind {
            GroupKind::FollowBatch => false,
            GroupKind::Pod => true,
            _ => target.members_count >= MIN_MEMBERS,
        })
        .map(|(group, target)| finding(dataset, creator, (group, target)))
        .collect()
}

fn finding(dataset: &Dataset, creator: &ScoredCreator, (group, target): (&CoordinatedGroup, &GroupTarget)) -> Finding {
    let listed = creator.score.audience_listed_count;
    let (signal, value, statement) = match group.kind {
        GroupKind::Pod => ("coordination.pod", target.members_count as f64, pod_statement(dataset, group, target)),
        GroupKind::CommentCopies => {
            ("coordination.comment_copies", target.members_count as f64, copies_statement(dataset, group, target))
        }
        GroupKind::EngagementLockstep => {
            let engagers = creator.engaged_in_lockstep.map_or(target.members_count, |engaged| engaged.engagers_count);
            let share = target.members_count as f64 / engagers.max(1) as f64;
            ("coordination.engagement_lockstep", share, engaged_statement(dataset, engagers, (group, target)))
        }
        _ => {
            let share = target.members_count as f64 / listed.max(1) as f64;
            ("coordination.follow_lockstep", share, statement(dataset, listed, (group, target)))
        }
    };
    let window = target.first_at.zip(target.last_at);
    let evidence = vec![group.id.clone()];
    Proposal { signal, severity: Severity::Notice, value: Some(value), expected: None, window, statement, evidence }
        .about(creator.score.id)
}

fn statement(dataset: &Dataset, listed: u64, (group, target): (&CoordinatedGroup, &GroupTarget)) -> String {
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
        other_creators(dataset, group, target.creator)
    )
}

fn engaged_statement(dataset: &Dataset, engagers: u64, (group, target): (&CoordinatedGroup, &GroupTarget)) -> String {
    let when =
        target.first_at.zip(target.last_at).map_or_else(String::new, |(first, last)| format!(" between {first} and {last}"));
    format!(
        "{} of {} ({}) acted on posts of this creator in the same bursts{when}, and members of the same group ({}, {}) also acted together on posts of {}. That \
         is more than chance and what their audiences share otherwise explain; who called them together, and why, the data do not say.",
        count(target.members_count),
        count_of(engagers, "account"),
        percent(target.members_count as f64 / engagers.max(1) as f64),
        group.id,
        count_of(group.members.len() as u64, "account"),
        other_creators(dataset, group, target.creator)
    )
}

fn copies_statement(dataset: &Dataset, group: &CoordinatedGroup, target: &GroupTarget) -> String {
    format!(
        "{} commented here, nearly word for word, what other members of a group ({}, {}) wrote here or at {}. Each shares several such \
         sentences with another member; shuffling the same comments among those who commented on each creator hardly ever ties accounts so. Why they say the \
         same, the data do not tell.",
        count_of(target.members_count, "account"),
        group.id,
        count_of(group.members.len() as u64, "account"),
        other_creators(dataset, group, target.creator)
    )
}

fn pod_statement(dataset: &Dataset, group: &CoordinatedGroup, target: &GroupTarget) -> String {
    format!(
        "This creator and {} engage with one another's posts far sooner than their audiences do, week after week: group {} with {}, in which {} of \
         the possible pairs engage and this creator with {} beyond chance.",
        count_of(group.members.len() as u64 - 1, "other account"),
        group.id,
        other_creators(dataset, group, target.creator),
        percent(group.density),
        count_of(target.members_count, "other")
    )
}

/// `11 other creators (anna.k, b_cooks, leo and 8 more)`: those with most members first, of equals the first by name.
pub fn other_creators(dataset: &Dataset, group: &CoordinatedGroup, this: AccountId) -> String {
    let mut others: Vec<(std::cmp::Reverse<u64>, String)> = group
        .targets
        .iter()
        .filter(|target| target.creator != this)
        .map(|target| (std::cmp::Reverse(target.members_count), name(dataset, target.creator)))
        .collect();
    others.sort();
    let names: Vec<&str> = others.iter().take(N_NAMED).map(|(_, name)| name.as_str()).collect();
    let more = others.len() - names.len();
    let listed = match (names.as_slice(), more) {
        ([], _) => return count_of(0, "other creator"),
        ([only], 0) => (*only).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (all, more) => format!("{} and {} more", all.join(", "), count(more as u64)),
    };
    format!("{} ({listed})", count_of(others.len() as u64, "other creator"))
}
