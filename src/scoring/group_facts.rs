//! What would tell accounts that a service sends from people who were called together: measured, not judged.

use super::account::AccountScores;
use crate::domain::{AccountId, CoordinatedGroup, DAY_MS, Dataset, GroupKind, GroupMember, INTERVAL_LEVEL, ShareEstimate};
use crate::statistics::{quantile, wilson};
use std::collections::{HashMap, HashSet};

/// Fewest accounts behind a spread or a share: the smallest group has five members.
const FEWEST: usize = 5;
/// Pause on one creator after which the next action belongs to another occasion, in milliseconds. Assumption: longer than a week is neither a
/// giveaway nor an order that is being delivered.
const PAUSE_MS: i64 = 7 * DAY_MS;

/// The middle of some values, and the half around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// A quarter is smaller.
    pub low: f64,
    /// Half are smaller.
    pub median: f64,
    /// A quarter is larger.
    pub high: f64,
    /// Values.
    pub sample_count: u64,
}

/// The same thing of the members, and of everybody else who follows the same creators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared<T> {
    /// Of the members; `None` where fewer than five have it.
    pub members: Option<T>,
    /// Of the others, likewise.
    pub others: Option<T>,
}

impl<T> Default for Compared<T> {
    fn default() -> Self {
        Self { members: None, others: None }
    }
}

/// Facts about a group that its finding does not rest on.
///
/// They point either way and none decides: a service delivers at many times to accounts that follow little else, were made alike and never
/// come back; people who were called together came once, have lives of their own, and many stay.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct GroupFacts {
    /// Occasions; see [`instants_count`].
    pub instants_count: Option<u64>,
    /// Actions of the members that are the group's, and all of theirs of that kind in the data.
    pub actions: Option<(u64, u64)>,
    /// Ages of the accounts when the data were captured, in days.
    pub age_days: Compared<Spread>,
    /// Share of the measured profiles that the model decides to be fake at its threshold, with its 90 % interval.
    pub looks_fake: Compared<ShareEstimate>,
    /// Share that acted on a post of the group's creators in the data; of a group that is one by acting on posts, missing.
    pub engages: Compared<ShareEstimate>,
}

impl GroupFacts {
    /// Measures groups, one result a group in their order; `threshold` is the model's threshold of *suspicious*.
    ///
    /// # Missing
    /// `None` for pods, whose members are creators and have no rest of an audience to stand beside.
    ///
    /// # Cost
    /// One pass over follows and engagements for all groups together, and O(audience log audience) a group for those of its creators. Memory: 9 B an account
    /// of the dataset, 4 B a follow of the groups' creators and an engagement with them.
    pub fn measure(
        dataset: &Dataset,
        accounts: &AccountScores,
        groups: &[&CoordinatedGroup],
        threshold: f64,
    ) -> Vec<Option<Self>> {
        let mut around = Surroundings::of(dataset, groups);
        groups.iter().map(|group| around.facts(dataset, accounts, group, threshold)).collect()
    }
}

/// On how many occasions a group came: windows of actions on one creator without a pause of more than a week; windows that overlap, of
/// whichever creators, count as one.
///
/// # Missing
/// `None` where no action has a time.
pub fn instants_count(group: &CoordinatedGroup) -> Option<u64> {
    let mut times: Vec<(u32, i64)> = group
        .members
        .iter()
        .flat_map(|member| &member.actions)
        .filter_map(|(target, at)| Some((*target, at.as_ref()?.ms())))
        .collect();
    times.sort_unstable();
    let of_one = |a: &(u32, i64), b: &(u32, i64)| a.0 == b.0 && b.1 - a.1 <= PAUSE_MS;
    let mut windows: Vec<(i64, i64)> = times.chunk_by(of_one).map(|run| (run[0].1, run[run.len() - 1].1)).collect();
    windows.sort_unstable();
    let mut latest = None;
    let mut count = 0;
    for (from, to) in windows {
        count += u64::from(latest.is_none_or(|latest| from > latest));
        latest = latest.max(Some(to));
    }
    (count > 0).then_some(count)
}

/// What the facts of all groups read of the follows and engagements, gathered in one pass over each.
struct Surroundings {
    /// Followers of each creator that a group acts on.
    followers: HashMap<AccountId, Vec<AccountId>>,
    /// Who acted on posts of each of them.
    engagers: HashMap<AccountId, Vec<AccountId>>,
    /// Follows by each account.
    follows_count: Vec<u32>,
    /// Engagements by each account.
    engagements_count: Vec<u32>,
    /// Marks of one group at a time; empty in between.
    is_member: Vec<bool>,
}

impl Surroundings {
    fn of(dataset: &Dataset, groups: &[&CoordinatedGroup]) -> Self {
        let compared = groups.iter().filter(|group| group.kind != GroupKind::Pod);
        let targets: HashSet<AccountId> = compared.flat_map(|group| &group.targets).map(|target| target.creator).collect();
        let none = || vec![0; dataset.n_accounts()];
        let mut around = Self {
            followers: HashMap::new(),
            engagers: HashMap::new(),
            follows_count: none(),
            engagements_count: none(),
            is_member: vec![false; dataset.n_accounts()],
        };
        for (follower, followed) in dataset.follows.follower.iter().zip(&dataset.follows.followed) {
            around.follows_count[follower.index()] += 1;
            if targets.contains(followed) {
                around.followers.entry(*followed).or_default().push(*follower);
            }
        }
        for (row, actor) in dataset.engagements.actor.iter().enumerate() {
            around.engagements_count[actor.index()] += 1;
            let creator = dataset.engagements.creator.get(row).map(AccountId);
            if let Some(creator) = creator.filter(|creator| targets.contains(creator)) {
                around.engagers.entry(creator).or_default().push(*actor);
            }
        }
        around
    }

    fn facts(
        &mut self,
        dataset: &Dataset,
        accounts: &AccountScores,
        group: &CoordinatedGroup,
        threshold: f64,
    ) -> Option<GroupFacts> {
        if group.kind == GroupKind::Pod {
            return None;
        }
        let crowd = self.crowd(group);
        let age = |id: AccountId| {
            let made = dataset.accounts.created_at.get(id.index())?;
            let age = dataset.account_captured_at(id)?.ms().checked_sub(made)?;
            (age >= 0).then_some(age as f64 / DAY_MS as f64)
        };
        let is_fake = |id: AccountId| accounts.is_measured(id).then(|| accounts.is_called_fake(id, threshold));
        let engaged = if group.kind == GroupKind::EngagementLockstep { None } else { self.engaged(group) };
        let is_engaged = |id: AccountId| engaged.as_ref().map(|engaged| engaged.contains(&id));
        Some(GroupFacts {
            instants_count: instants_count(group),
            actions: self.actions(group, &crowd),
            age_days: crowd.compare(|ids| spread(ids.iter().filter_map(|&id| age(id)))),
            looks_fake: crowd.compare(|ids| share(ids.iter().filter_map(|&id| is_fake(id)))),
            engages: crowd.compare(|ids| share(ids.iter().filter_map(|&id| is_engaged(id)))),
        })
    }

    fn crowd(&mut self, group: &CoordinatedGroup) -> Crowd {
        let members: Vec<AccountId> = group.members.iter().map(|member| member.account).collect();
        members.iter().for_each(|member| self.is_member[member.index()] = true);
        let targets: HashSet<AccountId> = group.targets.iter().map(|target| target.creator).collect();
        let followers = targets.iter().filter_map(|target| self.followers.get(target)).flatten().copied();
        let mut others: Vec<AccountId> =
            followers.filter(|follower| !self.is_member[follower.index()] && !targets.contains(follower)).collect();
        others.sort_unstable();
        others.dedup();
        members.iter().for_each(|member| self.is_member[member.index()] = false);
        Crowd { members, others }
    }

    /// Distinct pairs of member and creator in the group, and the members' follows (or engagements) in all.
    fn actions(&self, group: &CoordinatedGroup, crowd: &Crowd) -> Option<(u64, u64)> {
        let (counts, own): (_, fn(&GroupMember) -> usize) = match group.kind {
            GroupKind::EngagementLockstep => (&self.engagements_count, |member| member.actions.len()),
            _ => (&self.follows_count, |member| member.actions.chunk_by(|a, b| a.0 == b.0).count()),
        };
        let members: HashSet<AccountId> = crowd.members.iter().copied().collect();
        let all = members.iter().map(|member| u64::from(counts[member.index()])).sum();
        let own = group.members.iter().map(|member| own(member) as u64).sum();
        (all > 0).then_some((own, all))
    }

    /// Who acted on a post of the group's creators; `None` where the data hold no engagement with them.
    fn engaged(&self, group: &CoordinatedGroup) -> Option<HashSet<AccountId>> {
        let of_targets = group.targets.iter().filter_map(|target| self.engagers.get(&target.creator));
        let engaged: HashSet<AccountId> = of_targets.flatten().copied().collect();
        (!engaged.is_empty()).then_some(engaged)
    }
}

/// The members, and everybody else who follows a creator of the group.
struct Crowd {
    members: Vec<AccountId>,
    others: Vec<AccountId>,
}

impl Crowd {
    fn compare<T>(&self, of: impl Fn(&[AccountId]) -> Option<T>) -> Compared<T> {
        Compared { members: of(&self.members), others: of(&self.others) }
    }
}

fn spread(values: impl Iterator<Item = f64>) -> Option<Spread> {
    let values: Vec<f64> = values.collect();
    let at = |q| quantile(&values, q).filter(|_| values.len() >= FEWEST);
    Some(Spread { low: at(0.25)?, median: at(0.5)?, high: at(0.75)?, sample_count: values.len() as u64 })
}

fn share(flags: impl Iterator<Item = bool>) -> Option<ShareEstimate> {
    let (yes, all) = flags.fold((0_u64, 0_u64), |(yes, all), flag| (yes + u64::from(flag), all + 1));
    let interval = wilson(yes, all, INTERVAL_LEVEL).filter(|_| all >= FEWEST as u64)?;
    Some(ShareEstimate { share: yes as f64 / all as f64, interval, sample_count: all })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{GroupTarget, Manifest, Timestamp};
    use crate::model::AccountPredictions;
    use std::collections::BTreeSet;

    const HOUR_MS: i64 = 3_600_000;
    const NOW_MS: i64 = 1_700_000_000_000;

    fn at(ms: i64) -> Option<Timestamp> {
        Timestamp::from_ms(NOW_MS - 400 * DAY_MS + ms)
    }

    /// A group whose members act on target 0, 1 … at these times, each member on all of them.
    fn group(members: &[AccountId], creators: &[AccountId], times: &[&[i64]]) -> CoordinatedGroup {
        let actions: Vec<(u32, Option<Timestamp>)> =
            (0..).zip(times).flat_map(|(target, times)| times.iter().map(move |&ms| (target, at(ms)))).collect();
        let member = |&account: &AccountId| GroupMember {
            account,
            first_at: None,
            last_at: None,
            actions_count: actions.len() as u64,
            actions: actions.clone(),
        };
        let target = |&creator: &AccountId| GroupTarget { creator, members_count: 0, first_at: None, last_at: None };
        CoordinatedGroup {
            id: "g1".into(),
            kind: GroupKind::FollowLockstep,
            members: members.iter().map(member).collect(),
            targets: creators.iter().map(target).collect(),
            density: 1.0,
            log10_p: -9.0,
            purity: None,
            batch: None,
        }
    }

    #[test]
    fn windows_that_overlap_are_one_occasion_and_a_long_pause_parts_them() {
        let ids = [AccountId(0)];
        let count = |times: &[&[i64]]| instants_count(&group(&ids, &ids, times));
        assert_eq!(count(&[&[0, HOUR_MS], &[HOUR_MS, 2 * HOUR_MS], &[3 * HOUR_MS]]), Some(2));
        assert_eq!(count(&[&[0, 6 * DAY_MS], &[2 * DAY_MS, 3 * DAY_MS]]), Some(1));
        assert_eq!(count(&[&[0, 8 * DAY_MS], &[DAY_MS]]), Some(3));
        assert_eq!(count(&[]), None);
    }

    /// Two creators; members m0 … m4 follow both and one creator more; o0 … o9 follow the first. Members are 10 days old, others 100, 200 …;
    /// members 0 to 3 and other 0 look fake; other 1 to 5 and member 0 engage.
    fn world() -> (Dataset, AccountScores, Vec<AccountId>, Vec<AccountId>) {
        let mut dataset = Dataset {
            manifest: Manifest { captured_at: Timestamp::from_ms(NOW_MS), ..Manifest::default() },
            ..Dataset::default()
        };
        let mut make = |prefix: &str, n: usize| -> Vec<AccountId> {
            (0..n).map(|i| AccountId(dataset.ids.intern(&format!("{prefix}{i}")))).collect()
        };
        let (creators, members, others) = (make("c", 3), make("m", 5), make("o", 10));
        let mut follow = |follower: AccountId, followed: AccountId| {
            dataset.follows.follower.push(follower);
            dataset.follows.followed.push(followed);
        };
        for &member in &members {
            creators.iter().for_each(|&creator| follow(member, creator));
        }
        others.iter().for_each(|&other| follow(other, creators[0]));
        for (number, member) in members.iter().enumerate() {
            dataset.accounts.created_at.set(member.index(), NOW_MS - (10 + number as i64) * DAY_MS);
        }
        for (number, other) in others.iter().enumerate() {
            dataset.accounts.created_at.set(other.index(), NOW_MS - 100 * (1 + number as i64) * DAY_MS);
        }
        for (row, actor) in others[1..6].iter().chain(&members[..1]).enumerate() {
            dataset.engagements.actor.push(*actor);
            dataset.engagements.creator.set(row, creators[0].0);
        }
        let fake: BTreeSet<AccountId> = members[..4].iter().chain(&others[..1]).copied().collect();
        let odds = |id: AccountId| if fake.contains(&id) { 5.0 } else { -5.0 };
        let log_odds: Vec<f64> = dataset.account_ids().map(odds).collect();
        let n = log_odds.len();
        let predictions = AccountPredictions {
            log_odds,
            is_abstained: vec![false; n],
            measured_count: vec![3; n],
            ..AccountPredictions::default()
        };
        let accounts = AccountScores::from_predictions(&dataset, predictions, 0.7);
        (dataset, accounts, creators, members)
    }

    fn measured(dataset: &Dataset, accounts: &AccountScores, group: &CoordinatedGroup) -> Option<GroupFacts> {
        GroupFacts::measure(dataset, accounts, &[group], 0.7).remove(0)
    }

    #[test]
    fn facts_by_hand() {
        let (dataset, accounts, creators, members) = world();
        let group = group(&members, &creators[..2], &[&[0], &[DAY_MS]]);
        let facts = measured(&dataset, &accounts, &group).unwrap();
        assert_eq!((facts.instants_count, facts.actions), (Some(2), Some((10, 15))));
        assert_eq!(facts.age_days.members, Some(Spread { low: 11.0, median: 12.0, high: 13.0, sample_count: 5 }));
        assert_eq!(facts.age_days.others, Some(Spread { low: 325.0, median: 550.0, high: 775.0, sample_count: 10 }));
        let shares = |of: Compared<ShareEstimate>| [of.members, of.others].map(|of| of.map(|of| (of.share, of.sample_count)));
        assert_eq!(shares(facts.looks_fake), [Some((0.8, 5)), Some((0.1, 10))]);
        assert_eq!(shares(facts.engages), [Some((0.2, 5)), Some((0.5, 10))]);
        // Wilson's formula for 4 in 5 at 90 %, worked out with the normal quantile of Python's statistics.NormalDist.
        let interval = facts.looks_fake.members.unwrap().interval;
        assert!((interval.low() - 0.435_292_6).abs() < 1e-6 && (interval.high() - 0.954_037_5).abs() < 1e-6, "{interval:?}");
    }

    #[test]
    fn what_is_not_in_the_data_is_missing() {
        let (mut dataset, _, creators, members) = world();
        dataset.accounts.created_at = Default::default();
        dataset.engagements = Default::default();
        let unmeasured =
            AccountPredictions { log_odds: vec![0.0; 18], measured_count: vec![0; 18], ..AccountPredictions::default() };
        let accounts = AccountScores::from_predictions(&dataset, unmeasured, 0.7);
        let facts = measured(&dataset, &accounts, &group(&members, &creators[..2], &[])).unwrap();
        assert_eq!(facts, GroupFacts { actions: Some((0, 15)), ..GroupFacts::default() });
        let pod = CoordinatedGroup { kind: GroupKind::Pod, ..group(&members, &creators[..2], &[]) };
        assert_eq!(measured(&dataset, &accounts, &pod), None);
    }

    #[test]
    fn groups_together_have_the_facts_that_each_has_alone() {
        let (dataset, accounts, creators, members) = world();
        let one = group(&members, &creators[..2], &[&[0], &[DAY_MS]]);
        let shared = group(&members[2..], &creators, &[&[0], &[DAY_MS], &[HOUR_MS]]);
        let pod = CoordinatedGroup { kind: GroupKind::Pod, ..one.clone() };
        let on_posts = CoordinatedGroup { kind: GroupKind::EngagementLockstep, ..group(&members[..1], &creators[..1], &[&[0]]) };
        let together = GroupFacts::measure(&dataset, &accounts, &[&one, &pod, &shared, &on_posts], 0.7);
        let alone = [&one, &pod, &shared, &on_posts].map(|group| measured(&dataset, &accounts, group));
        assert_eq!(together, alone);
        // By hand. Three members follow three creators each; the two members left over follow a creator of the group as the ten others do.
        let of_shared = together[2].unwrap();
        assert_eq!(of_shared.actions, Some((9, 9)));
        assert_eq!(of_shared.looks_fake.others.map(|share| (share.share, share.sample_count)), Some((0.25, 12)));
        // One engagement of the only member, and no share of fewer than five.
        assert_eq!(
            together[3].map(|facts| (facts.actions, facts.engages.members, facts.looks_fake.members)),
            Some((Some((1, 1)), None, None))
        );
    }
}
