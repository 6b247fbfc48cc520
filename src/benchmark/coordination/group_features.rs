//! What can be measured of a group, and could tell an order from a call.

use super::Background;
use super::world::Population;
use crate::benchmark::figure::decimal_to;
use crate::domain::{AccountId, CoordinatedGroup, GroupKind, GroupMember};
use crate::graph::{LockstepGroup, LockstepMember};
use crate::scoring::instants_count;
use crate::statistics::{mean, median, quantile};
use std::collections::BTreeMap;

const HOUR_S: f64 = 3_600.0;
const DAY_S: f64 = 86_400.0;

/// Measurements of one group.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GroupFeatures {
    pub n_members: usize,
    pub n_creators: usize,
    pub density: f64,
    pub purity: f64,
    /// Occasions, as reports count them.
    pub n_instants: Option<u64>,
    /// Hours within which the middle half of the members arrives at a creator: median over creators.
    pub hours_a_creator: Option<f64>,
    /// Hours from a member's first to its last action in the group: median over members.
    pub hours_a_member: Option<f64>,
    /// Share of a member's actions in the data that lie in the group: median over members.
    pub share_of_life: Option<f64>,
    /// Days between the first and the third quartile of the members' making.
    pub age_spread_days: Option<f64>,
    /// Days from a member's making to its first action in the group: median over members.
    pub age_days: Option<f64>,
    /// Probability of *fake* from the profile alone: mean over members.
    pub p_fake_profile: Option<f64>,
}

impl GroupFeatures {
    /// Measures a group of accounts that the population knows; what it does not know is missing. `degrees`: all actions of each account in the data.
    pub fn of(group: &LockstepGroup, degrees: &[u32], population: &Population) -> Self {
        let members = || group.members.iter();
        let times = |member: &LockstepMember| -> Vec<f64> {
            member.actions.iter().filter_map(|(_, at)| at.seconds()).map(f64::from).collect()
        };
        let spans = members().filter_map(|member| span(&times(member))).map(|span| span / HOUR_S);
        let shares = members().filter_map(|member| {
            let all = degrees.get(member.row as usize).copied().filter(|&all| all > 0)?;
            Some(member.actions.len() as f64 / f64::from(all))
        });
        let made = |row: u32| population.made.get(row as usize).and_then(|at| at.seconds()).map(f64::from);
        let ages = members().filter_map(|member| {
            let first = times(member).into_iter().reduce(f64::min)?;
            Some((first - made(member.row)?) / DAY_S)
        });
        let profiles = members().filter_map(|member| population.p_fake_profile.get(member.row as usize).copied().flatten());
        let columns = columns(group);
        let halves: Vec<f64> = columns.values().filter_map(|times| half(times)).map(|half| half / HOUR_S).collect();
        Self {
            n_members: group.members.len(),
            n_creators: group.targets.len(),
            density: group.density,
            purity: group.purity,
            n_instants: instants_count(&in_reports(group, GroupKind::FollowLockstep)),
            hours_a_creator: median(&halves),
            hours_a_member: median(&spans.collect::<Vec<_>>()),
            share_of_life: median(&shares.collect::<Vec<_>>()),
            age_spread_days: half(&members().filter_map(|member| made(member.row)).collect::<Vec<_>>()).map(|half| half / DAY_S),
            age_days: median(&ages.collect::<Vec<_>>()),
            p_fake_profile: mean(&profiles.collect::<Vec<_>>()),
        }
    }
}

/// What is measured of a group, in the order of [`GroupFeatures::cells`].
pub(super) const MEASURED: [&str; 11] = [
    "members",
    "creators",
    "density",
    "purity",
    "occasions",
    "hours a creator",
    "hours a member",
    "share of its actions",
    "days between makings",
    "days from making to group",
    "fake by profile",
];

impl GroupFeatures {
    /// One cell a measurement; what is missing is a dash.
    pub fn cells(&self) -> [String; 11] {
        Self::middles(std::slice::from_ref(self))
    }

    /// The same of several groups: medians.
    pub fn middles(groups: &[Self]) -> [String; 11] {
        let of = |feature: fn(&Self) -> Option<f64>, decimals: usize| {
            let values: Vec<f64> = groups.iter().filter_map(feature).collect();
            median(&values).map_or_else(|| "–".to_owned(), |middle| decimal_to(middle, decimals))
        };
        [
            of(|group| Some(group.n_members as f64), 0),
            of(|group| Some(group.n_creators as f64), 0),
            of(|group| Some(group.density), 2),
            of(|group| Some(group.purity), 2),
            of(|group| group.n_instants.map(|n| n as f64), 0),
            of(|group| group.hours_a_creator, 2),
            of(|group| group.hours_a_member, 2),
            of(|group| group.share_of_life, 2),
            of(|group| group.age_spread_days, 0),
            of(|group| group.age_days, 0),
            of(|group| group.p_fake_profile, 3),
        ]
    }
}

/// All actions of each account in a background with some more.
pub(super) fn degrees(background: &Background, more: &[super::Edge], n_accounts: u32) -> Vec<u32> {
    let mut degrees = vec![0; n_accounts as usize];
    background.edges.iter().chain(more).for_each(|edge| degrees[edge.row as usize] += 1);
    degrees
}

fn columns(group: &LockstepGroup) -> BTreeMap<u32, Vec<f64>> {
    let mut columns: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (column, at) in group.members.iter().flat_map(|member| &member.actions) {
        columns.entry(*column).or_default().extend(at.seconds().map(f64::from));
    }
    columns
}

fn span(values: &[f64]) -> Option<f64> {
    let (least, most) = (values.iter().copied().reduce(f64::min)?, values.iter().copied().reduce(f64::max)?);
    Some(most - least)
}

fn half(values: &[f64]) -> Option<f64> {
    Some(quantile(values, 0.75)? - quantile(values, 0.25)?)
}

/// What of the group the count of occasions and the weighing of groups read.
pub(super) fn in_reports(group: &LockstepGroup, kind: GroupKind) -> CoordinatedGroup {
    let member = |member: &LockstepMember| GroupMember {
        account: AccountId(member.row),
        first_at: None,
        last_at: None,
        actions_count: member.actions.len() as u64,
        actions: member.actions.iter().map(|(column, at)| (*column, at.get())).collect(),
    };
    CoordinatedGroup {
        id: String::new(),
        kind,
        members: group.members.iter().map(member).collect(),
        targets: Vec::new(),
        density: group.density,
        log10_p: group.log10_p,
        purity: None,
        batch: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::EdgeTime;

    fn group(members: &[&[(u32, u32)]]) -> LockstepGroup {
        let member = |(row, actions): (u32, &&[(u32, u32)])| LockstepMember {
            row,
            actions: actions.iter().map(|&(column, hour)| (column, EdgeTime::from_seconds(hour * 3_600))).collect(),
            log_likelihood_ratio: 1.0,
            posterior: 1.0,
        };
        let members = (0..).zip(members).map(member).collect();
        LockstepGroup { members, targets: Vec::new(), log10_p: -9.0, density: 0.5, purity: 0.9 }
    }

    #[test]
    fn occasions_are_counted_and_spans_are_medians() {
        // Creators 1 and 2 within hours, creator 3 two days later.
        let group = group(&[&[(1, 100), (2, 101), (3, 150)], &[(1, 102), (2, 103)], &[(2, 104), (3, 151)]]);
        let population = Population {
            made: vec![EdgeTime::from_seconds(0), EdgeTime::from_seconds(86_400), EdgeTime::MISSING],
            p_fake_profile: vec![Some(0.2), None, Some(0.6)],
            ..Population::default()
        };
        let features = GroupFeatures::of(&group, &[6, 2, 0], &population);
        assert_eq!((features.n_members, features.n_instants), (3, Some(2)));
        assert_eq!(features.hours_a_member, Some(47.0));
        assert_eq!(features.share_of_life, Some(0.75));
        assert!((features.p_fake_profile.unwrap() - 0.4).abs() < 1e-12);
        // Made on day 0 and day 1, first actions at hours 100 and 102.
        assert!((features.age_days.unwrap() - (100.0 / 24.0 + 78.0 / 24.0) / 2.0).abs() < 1e-9);
        assert_eq!(features.age_spread_days, Some(0.5));
    }
}
