//! Simulated markets: how many of the creators with ordered followers are called, how many of the others, who is in the groups, and what could be found.

use super::World;
use super::alarms::MEMBERS_FOR_FINDING;
use super::group_features::{GroupFeatures, MEASURED};
use super::world::Population;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, optional};
use crate::benchmark::simulated_dataset::simulated_with_truth;
use crate::domain::{AccountId, Dataset, Label, LabelSubject};
use crate::error::Result;
use crate::graph::{BipartiteGraph, FollowEdges, LockstepGroup, LockstepSettings, find_lockstep};
use crate::simulation::{CreatorTruth, OrderKind};
use std::collections::{BTreeMap, BTreeSet};

/// A simulated export with who was ordered for whom.
pub(super) struct Market {
    pub dataset: Dataset,
    /// What is true of the creators.
    pub creators: Vec<CreatorTruth>,
    /// The ordered accounts in the export, each with the creators that it was ordered for.
    ordered: BTreeMap<String, BTreeSet<String>>,
}

impl Market {
    pub(super) fn draw(world: &World, seed: u64) -> Result<Self> {
        let mut ordered: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut of_creators: Vec<CreatorTruth> = Vec::new();
        let dataset = simulated_with_truth(&world.scenario, seed, &mut |truth| {
            of_creators.extend(truth.creators);
            let of_followers = truth.orders.into_iter().filter(|order| order.kind == OrderKind::Followers);
            let creators: BTreeMap<String, String> = of_followers.map(|order| (order.order_id, order.creator_id)).collect();
            for member in truth.members {
                if let Some(creator) = creators.get(&member.order_id) {
                    ordered.entry(member.account_id).or_default().insert(creator.clone());
                }
            }
            Ok(())
        })?;
        Ok(Self { dataset, creators: of_creators, ordered })
    }

    fn groups(&self) -> Result<(Vec<AccountId>, Vec<LockstepGroup>)> {
        let edges = FollowEdges::of(&self.dataset);
        let columns: Vec<AccountId> = edges.creators().collect();
        let owners: Vec<u32> = columns.iter().map(|id| id.0).collect();
        let groups = find_lockstep(&BipartiteGraph::build(&edges)?, &owners, &LockstepSettings::for_follows())?;
        Ok((columns, groups))
    }

    /// Labels of accounts, or of creators.
    pub(super) fn labels(&self, subject: LabelSubject) -> BTreeMap<AccountId, Label> {
        self.dataset.labels.iter().filter(|row| row.subject == subject).map(|row| (row.id, row.label)).collect()
    }

    /// Inflated creators, and how many of them have so many ordered accounts that were ordered for another creator too, both in the export, that
    /// they could be called.
    fn in_reach(&self) -> (usize, usize) {
        let mut shared: BTreeMap<&str, u32> = BTreeMap::new();
        for creators in self.ordered.values().filter(|creators| creators.len() >= 2) {
            creators.iter().for_each(|creator| *shared.entry(creator).or_default() += 1);
        }
        let creators = self.labels(LabelSubject::Creator);
        let inflated = || creators.iter().filter(|(_, label)| **label == Label::Fake);
        let is_in_reach =
            |id: AccountId| shared.get(self.dataset.name(id)).is_some_and(|&accounts| accounts >= MEMBERS_FOR_FINDING);
        (inflated().count(), inflated().filter(|(id, _)| is_in_reach(**id)).count())
    }
}

/// Two tables: what was called, and what the export holds of the orders; one row a market.
pub(super) fn markets(markets: &[World], seed: u64) -> Result<Vec<EvaluationTable>> {
    let mut called = EvaluationTable::new(
        "Simulated markets (scenarios for reporting): creators called from the follows in the export alone",
        &[
            "scenario",
            "creators inflated",
            "called of them",
            "share",
            "other creators",
            "called of them",
            "accounts in groups",
            "of them fake",
            "share of fake follows in groups",
        ],
    );
    let mut columns = vec!["scenario", "members fake"];
    columns.extend(MEASURED);
    let mut each =
        EvaluationTable::new("Groups called in the simulated markets, as measured where people were called together", &columns);
    let mut held = EvaluationTable::new(
        "The same markets: what the export holds of the orders. Lists are samples, so of an account ordered for ten creators it may hold one follow, and \
         one follow is in lockstep with nothing. In reach: creators with five accounts or more that were ordered for another creator too, both in the export",
        &[
            "scenario",
            "follows listed of each creator at most",
            "ordered accounts in the export",
            "of them with two ordered follows or more",
            "with three or more",
            "inflated creators in reach",
            "share of them",
        ],
    );
    for world in markets {
        let market = Market::draw(world, seed)?;
        let (columns, groups) = market.groups()?;
        called.push(called_row(&world.name, &market, (&columns, &groups)));
        held.push(held_row(world, &market));
        group_rows(&world.name, &market, &groups)?.into_iter().for_each(|row| each.push(row));
    }
    Ok(vec![called, held, each])
}

fn called_row(name: &str, market: &Market, (columns, groups): (&[AccountId], &[LockstepGroup])) -> [String; 9] {
    let (creators, accounts) = (market.labels(LabelSubject::Creator), market.labels(LabelSubject::Account));
    let targets = groups.iter().flat_map(|group| &group.targets).filter(|target| target.members_count >= MEMBERS_FOR_FINDING);
    let called: BTreeSet<AccountId> = targets.map(|target| columns[target.column as usize]).collect();
    let of = |label: Label| creators.iter().filter(move |(_, is)| **is == label).map(|(id, _)| *id);
    let called_of = |label: Label| of(label).filter(|id| called.contains(id)).count();
    let members: BTreeSet<AccountId> =
        groups.iter().flat_map(|group| group.members.iter().map(|member| AccountId(member.row))).collect();
    let is_fake = |id: &AccountId| accounts.get(id) == Some(&Label::Fake);
    let fake_follows = market.dataset.follows.follower.iter().filter(|id| is_fake(id)).count();
    let of_fakes = groups.iter().flat_map(|group| &group.members).filter(|member| is_fake(&AccountId(member.row)));
    let caught: usize = of_fakes.map(|member| member.actions.len()).sum();
    [
        name.to_owned(),
        count(of(Label::Fake).count()),
        count(called_of(Label::Fake)),
        ratio(called_of(Label::Fake), of(Label::Fake).count()),
        count(of(Label::Genuine).count()),
        count(called_of(Label::Genuine)),
        count(members.len()),
        ratio(members.iter().filter(|id| is_fake(id)).count(), members.len()),
        ratio(caught, fake_follows),
    ]
}

/// What is measured of each group, and how many of its members are fake.
fn group_rows(name: &str, market: &Market, groups: &[LockstepGroup]) -> Result<Vec<Vec<String>>> {
    let population = Population::of(&market.dataset)?;
    let fakes: BTreeSet<u32> = population.fakes.iter().copied().collect();
    let mut degrees = vec![0; population.made.len()];
    market.dataset.follows.follower.iter().for_each(|id| degrees[id.index()] += 1);
    let row = |group: &LockstepGroup| {
        let fake = group.members.iter().filter(|member| fakes.contains(&member.row)).count();
        let mut row = vec![name.to_owned(), ratio(fake, group.members.len())];
        row.extend(GroupFeatures::of(group, &degrees, &population).cells());
        row
    };
    Ok(groups.iter().map(row).collect())
}

fn held_row(world: &World, market: &Market) -> [String; 7] {
    let with = |least: usize| market.ordered.values().filter(|creators| creators.len() >= least).count();
    let share = |least: usize| ratio(with(least), market.ordered.len());
    let (inflated, reach) = market.in_reach();
    [
        world.name.clone(),
        count(world.scenario.sampling.follows_per_creator as usize),
        count(market.ordered.len()),
        share(2),
        share(3),
        count(reach),
        ratio(reach, inflated),
    ]
}

/// A part of a whole; a dash of words where there is no whole.
pub(super) fn ratio(part: usize, whole: usize) -> String {
    optional((whole > 0).then(|| part as f64 / whole as f64))
}
