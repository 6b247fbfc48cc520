//! Where graphs of follows and engagements become groups of named accounts.

use crate::domain::{AccountId, CoordinatedGroup, Dataset, GroupKind, GroupMember, GroupTarget};
use crate::error::Result;
use crate::graph::{
    BipartiteGraph, CreatorActions, EngagementEdges, FollowEdges, LockstepGroup, LockstepSettings, NO_OWNER, Pod, PodSettings,
    find_lockstep, find_pods,
};
use std::collections::BTreeMap;

/// Groups over several creators, without ids: lockstep of follows, then of engagements, then pods; of each kind the largest first.
///
/// # Missing
/// Follows, or engagements, without any time hold no group that can be seen this way.
///
/// # Errors
/// Those of building a graph.
pub fn find_groups(dataset: &Dataset) -> Result<Vec<CoordinatedGroup>> {
    let mut groups = Vec::new();
    if !dataset.follows.followed_at.is_absent() {
        groups.extend(follow_lockstep(dataset)?);
    }
    if !dataset.engagements.at.is_absent() {
        groups.extend(engagement_lockstep(dataset)?);
        groups.extend(find_pods(&CreatorActions::of(dataset), &PodSettings::default()).pods.iter().map(of_pod));
    }
    groups.retain(|group: &CoordinatedGroup| !group.targets.is_empty());
    Ok(groups)
}

fn follow_lockstep(dataset: &Dataset) -> Result<Vec<CoordinatedGroup>> {
    let edges = FollowEdges::of(dataset);
    let creators: Vec<AccountId> = edges.creators().collect();
    let owners: Vec<u32> = creators.iter().map(|creator| creator.0).collect();
    let found = find_lockstep(&BipartiteGraph::build(&edges)?, &owners, &LockstepSettings::for_follows())?;
    Ok(found.iter().map(|group| named(group, GroupKind::FollowLockstep, |column| Some(creators[column as usize]))).collect())
}

/// Likes, comments and whatever else accounts did to posts, each post with the creator who published it; posts of creators who are not known count as one
/// creator's, so that they are not compared with each other.
fn engagement_lockstep(dataset: &Dataset) -> Result<Vec<CoordinatedGroup>> {
    let edges = EngagementEdges::on_posts(dataset, None);
    let creators: Vec<Option<AccountId>> = edges.creators().collect();
    let owners: Vec<u32> = creators.iter().map(|creator| creator.map_or(NO_OWNER, |creator| creator.0)).collect();
    let found = find_lockstep(&BipartiteGraph::build(&edges)?, &owners, &LockstepSettings::for_engagements())?;
    Ok(found.iter().map(|group| named(group, GroupKind::EngagementLockstep, |column| creators[column as usize])).collect())
}

/// A pod as a group: its creators are members and targets both; how many others each is tied to stands for the members on it.
fn of_pod(pod: &Pod) -> CoordinatedGroup {
    let (first_at, last_at) = pod.window.unzip();
    let members = pod.members.iter().map(|member| GroupMember {
        account: member.account,
        first_at: member.first_at,
        last_at: member.last_at,
        actions_count: member.actions_count,
        actions: Vec::new(),
    });
    let tied = |creator: AccountId| pod.ties.iter().filter(|tie| tie.accounts.contains(&creator)).count() as u64;
    let creators = pod.members.iter().filter(|member| member.is_creator).map(|member| member.account);
    let mut targets: Vec<GroupTarget> =
        creators.map(|creator| GroupTarget { creator, members_count: tied(creator), first_at, last_at }).collect();
    targets.sort_unstable_by_key(|target| target.creator);
    CoordinatedGroup {
        id: String::new(),
        kind: GroupKind::Pod,
        members: members.collect(),
        targets,
        density: pod.density,
        log10_p: pod.log10_p,
        purity: None,
        batch: None,
    }
}

/// A group in the dataset's ids; columns of one creator (posts) become one target.
fn named(group: &LockstepGroup, kind: GroupKind, creator: impl Fn(u32) -> Option<AccountId>) -> CoordinatedGroup {
    let mut targets: BTreeMap<AccountId, GroupTarget> = BTreeMap::new();
    for target in &group.targets {
        let Some(creator) = creator(target.column) else { continue };
        let (first_at, last_at) = (target.first_at.get(), target.last_at.get());
        let of = targets.entry(creator).or_insert(GroupTarget { creator, members_count: 0, first_at, last_at });
        of.first_at = of.first_at.min(first_at);
        of.last_at = of.last_at.max(last_at);
    }
    let mut targets: Vec<GroupTarget> = targets.into_values().collect();
    let number = |targets: &[GroupTarget], id: AccountId| targets.binary_search_by_key(&id, |target| target.creator).ok();
    let members: Vec<GroupMember> = group
        .members
        .iter()
        .map(|member| {
            let mut actions: Vec<(u32, Option<crate::domain::Timestamp>)> = member
                .actions
                .iter()
                .filter_map(|(column, at)| Some((number(&targets, creator(*column)?)? as u32, at.get())))
                .collect();
            actions.sort_unstable();
            let times = || actions.iter().filter_map(|action| action.1);
            GroupMember {
                account: AccountId(member.row),
                first_at: times().min(),
                last_at: times().max(),
                actions_count: actions.len() as u64,
                actions,
            }
        })
        .collect();
    for member in &members {
        for acted in member.actions.chunk_by(|a, b| a.0 == b.0) {
            targets[acted[0].0 as usize].members_count += 1;
        }
    }
    CoordinatedGroup {
        id: String::new(),
        kind,
        members,
        targets,
        density: group.density,
        log10_p: group.log10_p,
        purity: Some(group.purity),
        batch: None,
    }
}
