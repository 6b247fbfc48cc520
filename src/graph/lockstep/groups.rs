//! From pairs of bursts to groups of accounts: components, then dense blocks within each, then members by their own evidence.

use super::LockstepSettings;
use super::burst_cells::BurstCells;
use super::group::{LockstepGroup, LockstepMember, LockstepTarget};
use super::membership::{Candidate, Membership, fit_membership};
use super::numbering::Numbering;
use super::shared_bursts::SharedPairs;
use crate::Result;
use crate::graph::{BipartiteGraph, ColumnWeights, EdgeList, EdgeTime, densest_block};
use petgraph::unionfind::UnionFind;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Blocks taken from one component at most: a guard against data that never run out of them.
const MOST_BLOCKS: usize = 64;
/// Blocks in a row that make no group before the rest of a component is left alone.
const MOST_FAILURES: usize = 8;

/// Largest log10 of a group's probability by chance.
const MOST_LOG10_P: f64 = -2.0;

/// One arrival in the bursts of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Action {
    column: u32,
    row: u32,
    at_s: u32,
}

/// Groups of all components, the one with most actions first.
pub(super) fn groups(
    graph: &BipartiteGraph,
    bursts: &BurstCells,
    pairs: &SharedPairs,
    settings: &LockstepSettings,
) -> Result<Vec<LockstepGroup>> {
    let components = components(bursts, pairs);
    let found: Result<Vec<Vec<LockstepGroup>>> =
        components.into_par_iter().map(|component| Component::of(graph, bursts, component, settings).groups()).collect();
    let mut groups = found?.concat();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.n_actions()), group.members[0].row, group.targets[0].column));
    Ok(groups)
}

/// Bursts that hang together, with their pairs: columns and ln p, corrected for all pairs.
fn components(bursts: &BurstCells, pairs: &SharedPairs) -> Vec<(Vec<u32>, Vec<PairOfColumns>)> {
    let mut sets: UnionFind<u32> = UnionFind::new(bursts.cells.len());
    for pair in &pairs.pairs {
        sets.union(pair.cells.0, pair.cells.1);
    }
    let mut components: BTreeMap<u32, (Vec<u32>, Vec<PairOfColumns>)> = BTreeMap::new();
    for pair in &pairs.pairs {
        let (cells, of_columns) = components.entry(sets.find(pair.cells.0)).or_default();
        cells.extend([pair.cells.0, pair.cells.1]);
        let column = |cell: u32| bursts.cells[cell as usize].column;
        of_columns
            .push(PairOfColumns { columns: [column(pair.cells.0), column(pair.cells.1)], ln_p: pair.ln_p + pairs.tested.ln() });
    }
    components
        .into_values()
        .map(|(mut cells, of_columns)| {
            cells.sort_unstable();
            cells.dedup();
            (cells, of_columns)
        })
        .collect()
}

/// Two columns of a pair of bursts.
#[derive(Debug, Clone, Copy)]
struct PairOfColumns {
    columns: [u32; 2],
    ln_p: f64,
}

/// The actions in the bursts of a component that no group has taken yet.
struct Component<'a> {
    graph: &'a BipartiteGraph,
    settings: &'a LockstepSettings,
    pairs: Vec<PairOfColumns>,
    /// By column, then row.
    left: Vec<Action>,
}

impl<'a> Component<'a> {
    fn of(
        graph: &'a BipartiteGraph,
        bursts: &BurstCells,
        (cells, pairs): (Vec<u32>, Vec<PairOfColumns>),
        settings: &'a LockstepSettings,
    ) -> Self {
        let mut left: Vec<Action> = cells
            .iter()
            .map(|&cell| &bursts.cells[cell as usize])
            .flat_map(|cell| {
                cell.arrivals.iter().map(|arrival| Action { column: cell.column, row: arrival.row, at_s: arrival.at_s })
            })
            .collect();
        left.sort_unstable();
        left.dedup();
        Self { graph, settings, pairs, left }
    }

    /// Takes the densest block, fits who belongs to it, and goes on with what is left.
    fn groups(mut self) -> Result<Vec<LockstepGroup>> {
        let mut found = Vec::new();
        let mut failures = 0;
        for _ in 0..MOST_BLOCKS {
            let Some(block) = self.block()? else { break };
            match self.group(&block) {
                Some(group) => {
                    failures = 0;
                    self.remove(|action| has_action(&group, action));
                    if group.purity >= self.settings.min_purity {
                        found.push(group);
                    }
                }
                None => {
                    failures += 1;
                    self.remove(|action| {
                        block.rows.binary_search(&action.row).is_ok() && block.columns.binary_search(&action.column).is_ok()
                    });
                    if failures == MOST_FAILURES {
                        break;
                    }
                }
            }
        }
        Ok(found)
    }

    fn remove(&mut self, taken: impl Fn(&Action) -> bool) {
        self.left.retain(|action| !taken(action));
    }

    /// The densest block of what is left, by FRAUDAR's peel; `None` where it is too small to hold a group.
    fn block(&self) -> Result<Option<Block>> {
        let rows = Numbering::of(self.left.iter().map(|action| (action.row, action.at_s)).collect());
        let columns = Numbering::of(self.left.iter().map(|action| (action.column, action.at_s)).collect());
        if rows.len() < self.settings.min_members || columns.len() < self.settings.min_columns {
            return Ok(None);
        }
        let edge_rows: Vec<u32> = self.left.iter().map(|action| rows.number(action.row)).collect();
        let edge_columns: Vec<u32> = self.left.iter().map(|action| columns.number(action.column)).collect();
        let edges =
            EdgeList { n_rows: rows.len(), n_columns: columns.len(), rows: &edge_rows, columns: &edge_columns, times: None };
        let block = {
            let graph = BipartiteGraph::build(&edges)?;
            densest_block(&graph, &ColumnWeights::logarithmic(&graph))
        };
        Ok((!block.rows.is_empty()).then(|| Block { rows: rows.ids(&block.rows), columns: columns.ids(&block.columns) }))
    }

    /// The group around a block: all that arrived in its columns' bursts are weighed, whether or not the peel kept them.
    fn group(&self, block: &Block) -> Option<LockstepGroup> {
        let mut actions: Vec<Action> =
            self.left.iter().filter(|action| block.columns.binary_search(&action.column).is_ok()).copied().collect();
        actions.sort_unstable_by_key(|action| (action.row, action.column));
        let of_rows: Vec<&[Action]> = actions.chunk_by(|a, b| a.row == b.row).collect();
        let membership = self.membership(block, &of_rows, actions.len());
        let members: Vec<LockstepMember> = of_rows
            .iter()
            .enumerate()
            .filter(|(slot, of_row)| membership.posterior[*slot] > 0.5 && of_row.len() >= 2)
            .map(|(slot, of_row)| LockstepMember {
                row: of_row[0].row,
                actions: of_row.iter().map(|action| (action.column, EdgeTime::from_seconds(action.at_s))).collect(),
                log_likelihood_ratio: membership.log_likelihood_ratios[slot],
                posterior: membership.posterior[slot],
            })
            .collect();
        let (members, targets) = settled(members, &actions);
        let log10_p = self.ln_p(&targets) / std::f64::consts::LN_10;
        if members.len() < self.settings.min_members || targets.len() < self.settings.min_columns || log10_p > MOST_LOG10_P {
            return None;
        }
        let n_actions = members.iter().map(|member| member.actions.len()).sum::<usize>() as f64;
        let arrivals: u32 = targets.iter().map(|target| target.arrivals_count).sum();
        Some(LockstepGroup {
            density: n_actions / (members.len() * targets.len()) as f64,
            purity: n_actions / f64::from(arrivals),
            log10_p,
            members,
            targets,
        })
    }

    /// ln p of the least likely pair of bursts on two of the targets, corrected for all pairs of bursts.
    fn ln_p(&self, targets: &[LockstepTarget]) -> f64 {
        let is_target = |column: &u32| targets.binary_search_by_key(column, |target| target.column).is_ok();
        let within = self.pairs.iter().filter(|pair| pair.columns.iter().all(is_target));
        within.map(|pair| pair.ln_p).fold(0.0, f64::min)
    }

    fn membership(&self, block: &Block, of_rows: &[&[Action]], n_actions: usize) -> Membership {
        let share_of_edges = n_actions as f64 / self.graph.n_edges() as f64;
        let candidates: Vec<Candidate> = of_rows
            .iter()
            .map(|of_row| {
                let degree = self.graph.columns_of(of_row[0].row).len() as f64;
                Candidate { actions: of_row.len() as u32, expected: degree * share_of_edges }
            })
            .collect();
        let in_block: Vec<f64> = of_rows
            .iter()
            .filter(|of_row| block.rows.binary_search(&of_row[0].row).is_ok())
            .map(|of_row| of_row.len() as f64)
            .collect();
        let rate = in_block.iter().sum::<f64>() / (in_block.len().max(1) * block.columns.len()) as f64;
        fit_membership(&candidates, block.columns.len() as u32, in_block.len() as f64 / candidates.len() as f64, rate)
    }
}

/// A dense block in the graph's own numbers, ascending.
struct Block {
    rows: Vec<u32>,
    columns: Vec<u32>,
}

fn has_action(group: &LockstepGroup, action: &Action) -> bool {
    group
        .members
        .binary_search_by_key(&action.row, |member| member.row)
        .is_ok_and(|place| group.members[place].actions.binary_search_by_key(&action.column, |(column, _)| *column).is_ok())
}

/// Members with two actions or more on columns on which two members or more act: what falls away on one side may take with it what is on the other.
fn settled(mut members: Vec<LockstepMember>, actions: &[Action]) -> (Vec<LockstepMember>, Vec<LockstepTarget>) {
    loop {
        let targets = targets(&members, actions);
        let is_target = |column: u32| targets.binary_search_by_key(&column, |target| target.column).is_ok();
        let before = members.iter().map(|member| member.actions.len()).sum::<usize>();
        members.iter_mut().for_each(|member| member.actions.retain(|(column, _)| is_target(*column)));
        members.retain(|member| member.actions.len() >= 2);
        if members.iter().map(|member| member.actions.len()).sum::<usize>() == before {
            return (members, targets);
        }
    }
}

/// Columns on which two members or more act.
fn targets(members: &[LockstepMember], actions: &[Action]) -> Vec<LockstepTarget> {
    let mut times: BTreeMap<u32, Vec<EdgeTime>> = BTreeMap::new();
    for (column, at) in members.iter().flat_map(|member| &member.actions) {
        times.entry(*column).or_default().push(*at);
    }
    let mut arrivals: BTreeMap<u32, Vec<EdgeTime>> = BTreeMap::new();
    for action in actions.iter().filter(|action| times.contains_key(&action.column)) {
        arrivals.entry(action.column).or_default().push(EdgeTime::from_seconds(action.at_s));
    }
    times
        .into_iter()
        .filter(|(_, times)| times.len() >= 2)
        .map(|(column, mut times)| {
            times.sort_unstable();
            let (members_count, first_at, last_at) = (times.len() as u32, times[0], times[times.len() - 1]);
            let arrivals_count = arrivals[&column].iter().filter(|at| (first_at..=last_at).contains(at)).count() as u32;
            LockstepTarget { column, members_count, arrivals_count, first_at, last_at }
        })
        .collect()
}
