//! What accounts do to posts, as a background.

use super::alarms::{Called, MEMBERS_FOR_FINDING};
use super::delivery::Drawn;
use super::{Background, World};
use crate::benchmark::simulated_dataset;
use crate::domain::Dataset;
use crate::error::Result;
use crate::graph::{EngagementEdges, LockstepGroup, LockstepSettings, NO_OWNER, find_lockstep};
use std::collections::{BTreeMap, BTreeSet};

/// Actions on posts, each post with its creator.
pub(super) struct Posts {
    pub background: Background,
    /// The creator of each column.
    pub owners: Vec<u32>,
    /// The first action on each post, in seconds.
    pub first_s: Vec<u32>,
}

impl Posts {
    /// What accounts do to posts in a dataset.
    pub fn of(name: &str, dataset: &Dataset) -> Result<Self> {
        let edges = EngagementEdges::on_posts(dataset, None);
        let owners: Vec<u32> = edges.creators().map(|creator| creator.map_or(NO_OWNER, |creator| creator.0)).collect();
        let background = Background::of_source(name, &edges)?;
        let mut first_s = vec![u32::MAX; owners.len()];
        for edge in &background.edges {
            let first = &mut first_s[edge.column as usize];
            *first = edge.at.seconds().map_or(*first, |at_s| at_s.min(*first));
        }
        Ok(Self { background, owners, first_s })
    }

    /// The same of one draw of a world.
    pub fn draw(world: &World, seed: u64) -> Result<Self> {
        Self::of(&world.name, &simulated_dataset(&world.scenario, seed)?)
    }

    /// Groups over three creators or more, once the delivery has come.
    pub fn groups(&self, drawn: &Drawn) -> Result<Vec<LockstepGroup>> {
        let n_accounts = drawn.n_accounts.max(self.background.n_accounts);
        let graph = self.background.graph_with(&drawn.ordered, n_accounts)?;
        find_lockstep(&graph, &self.owners, &LockstepSettings::for_engagements())
    }

    /// The members of a group on each creator.
    fn members_of(&self, group: &LockstepGroup) -> BTreeMap<u32, BTreeSet<u32>> {
        let mut members: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (row, column) in group.members.iter().flat_map(|member| member.actions.iter().map(|act| (member.row, act.0))) {
            members.entry(self.owners[column as usize]).or_default().insert(row);
        }
        members
    }

    /// Creators with five members of one group or more.
    pub fn called(&self, groups: &[LockstepGroup]) -> BTreeSet<u32> {
        let members = groups.iter().flat_map(|group| self.members_of(group));
        members.filter(|(_, members)| members.len() >= MEMBERS_FOR_FINDING as usize).map(|(creator, _)| creator).collect()
    }

    /// Adds what is called with nothing put in.
    pub fn note(&self, called: &mut Called) -> Result<()> {
        let groups = self.groups(&Drawn::default())?;
        let acted_on = self.background.popularity().into_iter().zip(&self.owners).filter(|(edges, _)| *edges > 0);
        let creators: BTreeSet<u32> = acted_on.map(|(_, owner)| *owner).collect();
        called.note(self.background.edges.len(), creators.len(), &groups, self.called(&groups).len());
        Ok(())
    }
}
