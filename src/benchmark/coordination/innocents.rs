//! People who were called together, beside deliveries of like shape: how often each is called, and what tells them apart.

use super::delivery::{Begins, Camouflage, Drawn};
use super::gathering::Gathering;
use super::group_features::{GroupFeatures, MEASURED, degrees};
use super::trial::groups;
use super::world::Population;
use super::{Background, CoordinationSettings, Delivery, World};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, optional};
use crate::error::Result;
use crate::graph::LockstepGroup;
use crate::statistics::mean;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeSet, HashSet};

/// Shares of the follows in time between which something is planted: late enough that most accounts are there.
const WITHIN: (f64, f64) = (0.5, 0.95);

/// What is planted in the shape of one occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Planted {
    /// People who were called.
    Called,
    /// Accounts of vendors, each creator's delivery at a time of its own.
    OrderedApart,
    /// The same, all at once.
    OrderedTogether,
    /// Accounts of people, taken over, each creator's delivery at a time of its own.
    TakenOver,
}

impl Planted {
    pub(super) const ALL: [Self; 4] = [Self::Called, Self::OrderedApart, Self::OrderedTogether, Self::TakenOver];
    /// Without deliveries that come all at once.
    pub(super) const APART: [Self; 3] = [Self::Called, Self::OrderedApart, Self::TakenOver];

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Called => "people, called",
            Self::OrderedApart => "vendor, each creator at its own time",
            Self::OrderedTogether => "vendor, all at once",
            Self::TakenOver => "vendor with people's accounts, each creator at its own time",
        }
    }

    /// Draws it in the shape of an occasion.
    pub(super) fn draw(self, gathering: Gathering, background: &Background, population: &Population, seed: u64) -> Drawn {
        let occasion = gathering.occasion();
        let pool = |start_s: u32, rng: &mut ChaCha8Rng| {
            let rows = if matches!(self, Self::Called | Self::TakenOver) { &population.people } else { &population.fakes };
            let is_made = |row: &&u32| population.made[**row as usize].seconds().is_none_or(|made_s| made_s < start_s);
            let mut pool: Vec<u32> = rows.iter().filter(is_made).copied().collect();
            pool.shuffle(rng);
            pool.truncate(occasion.n_people as usize);
            pool
        };
        if self == Self::Called {
            return occasion.draw(background, WITHIN, &pool, seed);
        }
        let delivery = Delivery {
            n_accounts: occasion.n_people,
            n_creators: occasion.n_creators,
            density: occasion.share,
            hours: occasion.hours_a_creator(),
            begins: if self == Self::OrderedTogether { Begins::Together } else { Begins::Apart },
            camouflage: Camouflage::None,
        };
        delivery.draw_from(background, WITHIN, &pool, seed)
    }
}

/// What was called of one plant, draw by draw.
#[derive(Debug, Default)]
struct Outcome {
    draws: usize,
    draws_called: usize,
    planted: Vec<f64>,
    accounts: Vec<f64>,
    creators: Vec<f64>,
    groups: Vec<GroupFeatures>,
}

impl Outcome {
    fn note(&mut self, (background, population): (&Background, &Population), drawn: &Drawn) -> Result<()> {
        let planted: HashSet<(u32, u32)> = drawn.ordered.iter().map(|edge| (edge.row, edge.column)).collect();
        let rows: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.row).collect();
        let degrees = degrees(background, &drawn.ordered, drawn.n_accounts);
        let holds = |group: &LockstepGroup| {
            let actions = group.members.iter().flat_map(|member| member.actions.iter().map(|action| (member.row, action.0)));
            actions.filter(|action| planted.contains(action)).count() * 2 > group.n_actions()
        };
        let groups: Vec<LockstepGroup> = groups(background, drawn)?.into_iter().filter(holds).collect();
        let members: BTreeSet<u32> = groups.iter().flat_map(|group| group.members.iter().map(|member| member.row)).collect();
        let targets = groups.iter().flat_map(|group| &group.targets);
        let creators: BTreeSet<u32> = targets
            .filter(|target| target.members_count >= super::alarms::MEMBERS_FOR_FINDING)
            .map(|target| target.column)
            .collect();
        self.draws += 1;
        self.draws_called += usize::from(!groups.is_empty());
        self.planted.push(rows.len() as f64);
        self.accounts.push(rows.intersection(&members).count() as f64 / rows.len().max(1) as f64);
        self.creators.push(creators.len() as f64);
        self.groups.extend(groups.iter().map(|group| GroupFeatures::of(group, &degrees, population)));
        Ok(())
    }
}

/// Three tables a world: what was called; the middle of what was measured of the groups; every group.
pub(super) fn innocents(worlds: &[World], settings: &CoordinationSettings) -> Result<Vec<EvaluationTable>> {
    let mut tables = Vec::new();
    for world in worlds {
        let (background, population) = world.draw_with_accounts(settings.seed)?;
        let (mut called, mut middles, mut each) =
            (called_table(&background, settings), middle_table(&background), each_table(&background));
        for gathering in Gathering::ALL {
            for planted in Planted::ALL {
                let mut outcome = Outcome::default();
                for seed in (settings.seed..).take(settings.n_repeats as usize) {
                    let drawn = planted.draw(gathering, &background, &population, seed);
                    outcome.note((&background, &population), &drawn)?;
                }
                called.push(called_row(gathering, planted, &outcome));
                middles.push(middle_row(gathering, planted, &outcome));
                outcome.groups.iter().for_each(|group| each.push(group_row(gathering, planted, group)));
            }
        }
        tables.extend([called, middles, each]);
    }
    Ok(tables)
}

fn called_table(background: &Background, settings: &CoordinationSettings) -> EvaluationTable {
    let caption = format!(
        "People who were called together, and deliveries of like shape, planted into {} ({} edges), {} draws each: a group counts if more than half of its \
         actions are planted",
        background.name,
        count(background.edges.len()),
        settings.n_repeats
    );
    let columns = [
        "occasion",
        "planted",
        "accounts",
        "draws with a group",
        "share of the accounts in one",
        "creators called",
        "of",
        "occasions",
    ];
    EvaluationTable::new(caption, &columns)
}

fn called_row(gathering: Gathering, planted: Planted, outcome: &Outcome) -> [String; 8] {
    let occasion = if planted == Planted::Called { gathering.words() } else { gathering.name() };
    [
        occasion.to_owned(),
        planted.words().to_owned(),
        mean(&outcome.planted).map_or_else(String::new, |mean| count(mean.round() as usize)),
        format!("{} of {}", outcome.draws_called, outcome.draws),
        optional(mean(&outcome.accounts)),
        mean(&outcome.creators).map_or_else(String::new, |mean| format!("{mean:.1}")),
        count(gathering.occasion().n_creators as usize),
        GroupFeatures::middles(&outcome.groups)[4].clone(),
    ]
}

fn middle_table(background: &Background) -> EvaluationTable {
    let mut columns = vec!["occasion", "planted", "groups"];
    columns.extend(MEASURED);
    let caption = format!(
        "What was measured of these groups in {}, medians over groups. Hours a creator: within which the middle half of the members arrives; hours a member: \
         from its first to its last action in the group; share of its actions: of all its actions in the data, in the group; days between makings: between \
         the quartiles of the members' making; fake by profile: mean over members, shipped model",
        background.name
    );
    EvaluationTable::new(caption, &columns)
}

fn middle_row(gathering: Gathering, planted: Planted, outcome: &Outcome) -> Vec<String> {
    let mut row = vec![gathering.name().to_owned(), planted.words().to_owned(), count(outcome.groups.len())];
    row.extend(GroupFeatures::middles(&outcome.groups));
    row
}

fn each_table(background: &Background) -> EvaluationTable {
    let mut columns = vec!["occasion", "planted"];
    columns.extend(MEASURED);
    EvaluationTable::new(format!("The same in {}, every group", background.name), &columns)
}

fn group_row(gathering: Gathering, planted: Planted, group: &GroupFeatures) -> Vec<String> {
    let mut row = vec![gathering.name().to_owned(), planted.words().to_owned()];
    row.extend(group.cells());
    row
}
