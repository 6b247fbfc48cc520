//! Simulated markets: how many of the creators with ordered followers are called, how many of the others, and who is in the groups.

use super::World;
use super::alarms::MEMBERS_FOR_FINDING;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, optional};
use crate::benchmark::simulated_dataset;
use crate::domain::{AccountId, Dataset, Label, LabelSubject};
use crate::error::Result;
use crate::graph::{BipartiteGraph, FollowEdges, LockstepSettings, find_lockstep};
use std::collections::{BTreeMap, BTreeSet};

/// One row a market.
pub(super) fn markets(markets: &[World], seed: u64) -> Result<EvaluationTable> {
    let mut table = EvaluationTable::new(
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
    for market in markets {
        table.push(row(&market.name, &simulated_dataset(&market.scenario, seed)?)?);
    }
    Ok(table)
}

fn row(name: &str, dataset: &Dataset) -> Result<[String; 9]> {
    let edges = FollowEdges::of(dataset);
    let graph = BipartiteGraph::build(&edges)?;
    let columns: Vec<AccountId> = edges.creators().collect();
    let groups = find_lockstep(&graph, &columns.iter().map(|id| id.0).collect::<Vec<_>>(), &LockstepSettings::for_follows())?;
    let label = |subject| -> BTreeMap<AccountId, Label> {
        dataset.labels.iter().filter(|row| row.subject == subject).map(|row| (row.id, row.label)).collect()
    };
    let (creators, accounts) = (label(LabelSubject::Creator), label(LabelSubject::Account));
    let targets = groups.iter().flat_map(|group| &group.targets).filter(|target| target.members_count >= MEMBERS_FOR_FINDING);
    let called: BTreeSet<AccountId> = targets.map(|target| columns[target.column as usize]).collect();
    let of = |label: Label| creators.iter().filter(move |(_, is)| **is == label).map(|(id, _)| *id);
    let called_of = |label: Label| of(label).filter(|id| called.contains(id)).count();
    let members: BTreeSet<AccountId> =
        groups.iter().flat_map(|group| group.members.iter().map(|member| AccountId(member.row))).collect();
    let is_fake = |id: &AccountId| accounts.get(id) == Some(&Label::Fake);
    let fake_follows = dataset.follows.follower.iter().filter(|id| is_fake(id)).count();
    let caught: usize = groups
        .iter()
        .flat_map(|group| &group.members)
        .filter(|member| is_fake(&AccountId(member.row)))
        .map(|member| member.actions.len())
        .sum();
    let ratio = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
    Ok([
        name.to_owned(),
        count(of(Label::Fake).count()),
        count(called_of(Label::Fake)),
        optional(ratio(called_of(Label::Fake), of(Label::Fake).count())),
        count(of(Label::Genuine).count()),
        count(called_of(Label::Genuine)),
        count(members.len()),
        optional(ratio(members.iter().filter(|id| is_fake(id)).count(), members.len())),
        optional(ratio(caught, fake_follows)),
    ])
}
