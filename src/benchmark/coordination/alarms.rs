//! What is called where nobody is known to have ordered anything.

use super::delivery::Drawn;
use super::trial::groups;
use super::{Background, World};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal, share, with_interval};
use crate::error::Result;
use crate::graph::LockstepGroup;
use crate::statistics::wilson;
use std::collections::BTreeSet;

/// Members that a creator must have in one group for a finding about it.
pub(super) const MEMBERS_FOR_FINDING: u32 = 5;

/// What was called in some worlds of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Called {
    worlds: usize,
    worlds_called: usize,
    edges: usize,
    creators: usize,
    groups: usize,
    accounts: usize,
    creators_called: usize,
}

impl Called {
    fn add(&mut self, background: &Background) -> Result<()> {
        let groups = groups(background, &Drawn { n_accounts: background.n_accounts, ..Drawn::default() })?;
        let targets = groups.iter().flat_map(|group| &group.targets);
        let called: BTreeSet<u32> =
            targets.filter(|target| target.members_count >= MEMBERS_FOR_FINDING).map(|target| target.column).collect();
        let creators = background.popularity().iter().filter(|&&edges| edges > 0).count();
        self.note(background.edges.len(), creators, &groups, called.len());
        Ok(())
    }

    /// Adds what was called in one world.
    pub(super) fn note(&mut self, edges: usize, creators: usize, groups: &[LockstepGroup], creators_called: usize) {
        let accounts: BTreeSet<u32> = groups.iter().flat_map(|group| group.members.iter().map(|member| member.row)).collect();
        self.worlds += 1;
        self.worlds_called += usize::from(creators_called > 0);
        self.edges += edges;
        self.creators += creators;
        self.groups += groups.len();
        self.accounts += accounts.len();
        self.creators_called += creators_called;
    }

    pub(super) fn row(&self, name: &str) -> [String; 9] {
        let rate = self.creators_called as f64 / self.creators.max(1) as f64;
        let interval = wilson(self.creators_called as u64, self.creators as u64, crate::benchmark::settings::ACCURACY_LEVEL);
        [
            name.to_owned(),
            count(self.worlds),
            count(self.edges / self.worlds.max(1)),
            count(self.creators),
            count(self.groups),
            count(self.accounts),
            count(self.creators_called),
            interval.map_or_else(|| decimal(rate), |interval| share_of(rate, interval)),
            count(self.worlds_called),
        ]
    }
}

/// One row a background, and one a kind of dense world, drawn several times.
pub(super) fn alarms(backgrounds: &[Background], dense: &[World], (seed, n_worlds): (u64, u64)) -> Result<EvaluationTable> {
    let mut table = alarms_table(
        "Alarms where nobody is known to have ordered anything: creators with at least five members of a group among those who act on them; to meet: .01 of \
         the creators at most. Intervals take creators as independent, which those of one world are not: the last column counts worlds. \
         \"4000 listed\": dense worlds, with so many follows of each creator in the data among few accounts",
        "edges a world",
    );
    for background in backgrounds {
        let mut called = Called::default();
        called.add(background)?;
        table.push(called.row(&background.name));
    }
    for world in dense {
        let mut called = Called::default();
        for seed in (seed..).take(n_worlds as usize) {
            called.add(&world.draw(seed)?)?;
        }
        table.push(called.row(&world.name));
    }
    Ok(table)
}

/// An empty table of alarms; `edges` says what is counted of a world.
pub(super) fn alarms_table(caption: &str, edges: &str) -> EvaluationTable {
    let columns = [
        "background",
        "worlds",
        edges,
        "creators",
        "groups",
        "accounts in groups",
        "creators called",
        "share of creators",
        "worlds with a creator called",
    ];
    EvaluationTable::new(caption, &columns)
}

fn share_of(rate: f64, interval: crate::domain::Interval) -> String {
    if rate < 0.01 { with_interval(Some(rate), Some(interval)) } else { share(rate, interval) }
}
