//! `groups` and `group_members`: coordinated groups.

use super::columns::Columns;
use super::{LIST_SEPARATOR, RunTable};
use crate::audit::Audit;
use crate::domain::{CoordinatedGroup, Dataset, GroupMember};
use crate::scoring::instants_count;
use crate::statistics::median;
use std::borrow::Cow;

/// One row a group; `creators` are the ids of the creators it acts on.
pub(super) fn groups<'a>(dataset: &'a Dataset, audit: &'a Audit) -> RunTable<'a> {
    let groups = &audit.groups;
    let creators = move |group: &CoordinatedGroup| {
        let names: Vec<&str> = group.targets.iter().map(|target| dataset.name(target.creator)).collect();
        names.join(LIST_SEPARATOR)
    };
    let columns = Columns::default()
        .text("group_id", |row| Some(groups[row].id.as_str().into()))
        .text("kind", |row| Some(groups[row].kind.word().into()))
        .count("members_count", |row| Some(groups[row].members.len() as u64))
        .count("targets_count", |row| Some(groups[row].targets.len() as u64))
        .time("window_start", |row| groups[row].window().map(|(start, _)| start.ms()))
        .time("window_end", |row| groups[row].window().map(|(_, end)| end.ms()))
        .real("density", |row| Some(groups[row].density))
        .real("log10_p", |row| Some(groups[row].log10_p))
        .text("creators", move |row| Some(Cow::from(creators(&groups[row]))))
        .real("purity", |row| groups[row].purity)
        .count("instants_count", |row| instants_count(&groups[row]))
        .real("median_members_per_creator", |row| median_members(&groups[row]))
        .real("expected_count", |row| groups[row].batch.as_ref().map(|batch| batch.expected_count))
        .real("median_age_days", |row| groups[row].batch.as_ref().and_then(|batch| batch.median_age_days));
    let schema = columns.schema();
    RunTable { name: "groups", schema, always_parquet: false, batches: Box::new(columns.batches(groups.len())) }
}

fn median_members(group: &CoordinatedGroup) -> Option<f64> {
    median(&group.targets.iter().map(|target| target.members_count as f64).collect::<Vec<f64>>())
}

/// One row a member of a group.
pub(super) fn members<'a>(dataset: &'a Dataset, audit: &'a Audit) -> RunTable<'a> {
    let members: Vec<(&'a CoordinatedGroup, &'a GroupMember)> =
        audit.groups.iter().flat_map(|group| group.members.iter().map(move |member| (group, member))).collect();
    let members = std::rc::Rc::new(members);
    let of = |members: &std::rc::Rc<Vec<(&'a CoordinatedGroup, &'a GroupMember)>>| {
        let members = std::rc::Rc::clone(members);
        move |row: usize| members[row]
    };
    let (group, account, first, last, actions) = (of(&members), of(&members), of(&members), of(&members), of(&members));
    let columns = Columns::default()
        .text("group_id", move |row| Some(group(row).0.id.as_str().into()))
        .text("account_id", move |row| Some(dataset.name(account(row).1.account).into()))
        .time("first_at", move |row| first(row).1.first_at.map(|at| at.ms()))
        .time("last_at", move |row| last(row).1.last_at.map(|at| at.ms()))
        .count("actions_count", move |row| Some(actions(row).1.actions_count));
    let schema = columns.schema();
    RunTable { name: "group_members", schema, always_parquet: false, batches: Box::new(columns.batches(members.len())) }
}
