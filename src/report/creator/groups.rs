//! Coordinated groups that act on the creator: who, on whom, when.

use super::Subject;
use super::group_facts::{GroupFactText, facts};
use crate::domain::{CoordinatedGroup, GroupKind, GroupMember, Timestamp};
use crate::market::{Action, price_range};
use crate::report::number;
use crate::scoring::other_creators;
use serde::Serialize;

/// Groups shown in full at most, those with most members on the creator first.
const N_GROUPS: usize = 5;
/// Accounts listed and drawn of one group at most, spread evenly over them.
const N_ACCOUNTS: usize = 100;
/// Other creators drawn of one group at most, those with most members first.
const N_CREATORS: usize = 40;

/// Groups that act on the creator.
#[derive(Debug, Clone, Serialize)]
pub struct GroupSection {
    /// How many groups there are.
    pub total_count: u64,
    /// The first of them, at most five.
    pub groups: Vec<GroupText>,
}

/// One group.
#[derive(Debug, Clone, Serialize)]
pub struct GroupText {
    /// Its id in the run.
    pub group_id: String,
    /// Kind of coordination.
    pub kind: &'static str,
    /// What it is, in a sentence.
    pub statement: String,
    /// How likely it is by chance, in a sentence.
    pub chance_note: String,
    /// What would tell a service from people who were called together, as far as the data show it.
    pub facts: Vec<GroupFactText>,
    /// What an order of as many units was sold for, in a sentence.
    pub price_note: Option<String>,
    /// Members.
    pub members_count: u64,
    /// Members that act on this creator.
    pub members_here_count: u64,
    /// Share of the possible pairs of member and target that occur.
    pub density: f64,
    /// Share of the members' actions among all actions in the group's bursts; null for pods.
    pub purity: Option<f64>,
    /// log10 of the probability by chance and a shared community.
    pub log10_p: f64,
    /// First action of any member.
    pub window_start: Option<String>,
    /// Last action of any member.
    pub window_end: Option<String>,
    /// Creators that it acts on.
    pub creators_count: u64,
    /// The creators that it acts on, those with most members first, at most 40; this one is marked.
    pub creators: Vec<GroupCreator>,
    /// Members, by first action, at most 100 of them, evenly chosen.
    pub accounts: Vec<GroupAccount>,
}

/// A creator that a group acts on.
#[derive(Debug, Clone, Serialize)]
pub struct GroupCreator {
    /// Id in the dataset.
    pub creator_id: String,
    /// The name by which the platform addresses it.
    pub handle: Option<String>,
    /// Whether it is the creator of the report.
    pub is_this: bool,
    /// Members that act on it.
    pub members_count: u64,
    /// First action of a member on it.
    pub first_at: Option<String>,
    /// Last action of a member on it.
    pub last_at: Option<String>,
}

/// A member of a group.
#[derive(Debug, Clone, Serialize)]
pub struct GroupAccount {
    /// Id in the dataset.
    pub account_id: String,
    /// Probability of *fake* after all evidence; null where no profile was measured.
    pub p_fake: Option<f64>,
    /// Its actions on the creators listed: place in `creators`, and when.
    pub actions: Vec<GroupAction>,
}

/// One action of a member.
#[derive(Debug, Clone, Serialize)]
pub struct GroupAction {
    /// Place in the group's `creators`.
    pub creator: usize,
    /// When.
    pub at: Option<String>,
    /// The same in milliseconds, for pictures.
    #[serde(skip)]
    pub at_ms: Option<i64>,
}

/// The groups over several creators that act on this one; `None` if there is none. Batches of its own list stand on the follower map.
pub(super) fn assemble(subject: &Subject<'_>) -> Option<GroupSection> {
    let id = subject.creator.id;
    let all = subject.source.audit.groups.iter().filter(|group| group.kind != GroupKind::FollowBatch);
    let mut groups: Vec<(&CoordinatedGroup, u64)> =
        all.filter_map(|group| Some((group, group.target(id)?.members_count))).collect();
    groups.sort_by_key(|(_, members)| std::cmp::Reverse(*members));
    let total_count = groups.len() as u64;
    groups.truncate(N_GROUPS);
    let facts = facts(subject.source, &groups.iter().map(|(group, _)| *group).collect::<Vec<_>>());
    let groups: Vec<GroupText> =
        groups.into_iter().zip(facts).map(|((group, here), facts)| text(subject, group, here, facts)).collect();
    (total_count > 0).then_some(GroupSection { total_count, groups })
}

fn text(subject: &Subject<'_>, group: &CoordinatedGroup, here: u64, facts: Vec<GroupFactText>) -> GroupText {
    let window = group.window();
    let mut places: Vec<usize> = (0..group.targets.len()).collect();
    let is_other = |place: usize| group.targets[place].creator != subject.creator.id;
    places.sort_by_key(|&place| (is_other(place), std::cmp::Reverse(group.targets[place].members_count)));
    places.truncate(N_CREATORS);
    let mut members: Vec<&GroupMember> = group.members.iter().collect();
    members.sort_by_key(|member| (member.first_at, member.account));
    let every = members.len().div_ceil(N_ACCOUNTS).max(1);
    GroupText {
        group_id: group.id.clone(),
        kind: group.kind.word(),
        statement: statement(subject, group, here),
        chance_note: chance_note(group),
        facts,
        price_note: price_note(subject, group, here),
        members_count: group.members.len() as u64,
        members_here_count: here,
        density: group.density,
        purity: group.purity,
        log10_p: group.log10_p,
        window_start: window.map(|(start, _)| start.to_string()),
        window_end: window.map(|(_, end)| end.to_string()),
        creators_count: group.targets.len() as u64,
        creators: places.iter().map(|&place| creator(subject, group, place)).collect(),
        accounts: members.into_iter().step_by(every).map(|member| account(subject, member, &places)).collect(),
    }
}

fn statement(subject: &Subject<'_>, group: &CoordinatedGroup, here: u64) -> String {
    let others = other_creators(subject.source.dataset, group, subject.creator.id);
    let what = match group.kind {
        GroupKind::FollowLockstep => "follow the same creators in the same bursts",
        GroupKind::EngagementLockstep => "act on posts of the same creators in the same bursts",
        GroupKind::Pod => "engage with one another's posts far sooner than their audiences do",
        GroupKind::FollowBatch => "came and were made together",
        GroupKind::CommentCopies => "copy comments from one another",
    };
    if group.kind == GroupKind::CommentCopies {
        return format!(
            "{} accounts write the same sentences, several of them, under posts of {}; {} of them under posts of this one.",
            number::count(group.members.len() as u64),
            number::count_of(group.targets.len() as u64, "creator"),
            number::count(here)
        );
    }
    if group.kind == GroupKind::Pod {
        return format!(
            "{} accounts {what}, with this creator {others}; {} of the pairs of creators among them do, this creator with {} others.",
            number::count(group.members.len() as u64),
            number::percent(group.density),
            number::count(here)
        );
    }
    let of = if group.kind == GroupKind::EngagementLockstep { "the posts concerned" } else { "these creators" };
    format!(
        "{} accounts {what}: this one and {others}; a member acts on {} of {of} on average. {} act on this one.",
        number::count(group.members.len() as u64),
        number::percent(group.density),
        number::count(here)
    )
}

fn chance_note(group: &CoordinatedGroup) -> String {
    if group.kind == GroupKind::CommentCopies {
        let exponent = group.log10_p.round();
        return format!(
            "Common phrases would tie as many pairs of accounts anywhere in the data with a probability of 10^{exponent:.0}, by shuffling the comments under each creator."
        );
    }
    let (what, of) = match group.kind {
        GroupKind::Pod => ("so many engagements among any such circle", "all circles of its size"),
        _ => ("its two most alike bursts as many accounts in common", "all pairs of bursts"),
    };
    let exponent = group.log10_p.round();
    format!("Chance and how much each acts at all would give {what} with a probability of 10^{exponent:.0}, {of} counted.")
}

/// Context, not evidence: nothing says that anything was ordered.
fn price_note(subject: &Subject<'_>, group: &CoordinatedGroup, here: u64) -> Option<String> {
    let (action, unit) = match group.kind {
        GroupKind::FollowLockstep => (Action::Follow, "followers"),
        GroupKind::EngagementLockstep => (Action::Like, "likes"),
        GroupKind::CommentCopies => (Action::Comment, "comments"),
        _ => return None,
    };
    let (low, high) = price_range(subject.creator.platform, action, here);
    Some(format!(
        "For scale: {} {unit} were offered for {low:.0} to {high:.0} roubles in 2021 (medians of offers by claimed quality). \
         Whether anything was ordered, and by whom, the data do not say.",
        number::count(here)
    ))
}

fn creator(subject: &Subject<'_>, group: &CoordinatedGroup, place: usize) -> GroupCreator {
    let target = &group.targets[place];
    GroupCreator {
        creator_id: subject.source.dataset.name(target.creator).to_owned(),
        handle: subject.source.dataset.accounts.handle.get(target.creator.index()).map(str::to_owned),
        is_this: target.creator == subject.creator.id,
        members_count: target.members_count,
        first_at: target.first_at.map(|at| at.to_string()),
        last_at: target.last_at.map(|at| at.to_string()),
    }
}

fn account(subject: &Subject<'_>, member: &GroupMember, places: &[usize]) -> GroupAccount {
    let action = |(target, at): &(u32, Option<Timestamp>)| {
        let creator = places.iter().position(|&place| place == *target as usize)?;
        Some(GroupAction { creator, at: at.map(|at| at.to_string()), at_ms: at.map(Timestamp::ms) })
    };
    GroupAccount {
        account_id: subject.source.dataset.name(member.account).to_owned(),
        p_fake: subject.source.audit.accounts.p_fake(member.account),
        actions: member.actions.iter().filter_map(action).collect(),
    }
}
