//! Tables of how well pods are found in simulated worlds, seen well and less well, and of what is set aside.

use super::{Innocents, PodAccuracy, PodTruth, accuracy, views};
use crate::benchmark::figure::{count, decimal, optional};
use crate::benchmark::simulated_dataset::simulated_with_truth;
use crate::benchmark::{EvaluationReport, EvaluationTable};
use crate::domain::AccountId;
use crate::error::Result;
use crate::graph::{CreatorActions, PodSettings, find_pods};
use crate::simulation::Scenario;
use crate::statistics::mean;
use std::collections::BTreeSet;

/// Shares of the actions that an export may hold.
const THINNED: [f64; 5] = [0.5, 0.2, 0.1, 0.05, 0.02];
/// Shares of the pods' members whose own posts are in the data.
const LISTED: [f64; 3] = [0.5, 0.25, 0.1];

/// How much work the evaluation of pods puts into its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PodEvaluation {
    /// Seed of the first world of each scenario; the others take the next ones.
    pub seed: u64,
    /// Worlds drawn from each scenario.
    pub n_worlds: u64,
}

impl PodEvaluation {
    /// A quick look: one world each.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_worlds: 1 }
    }

    /// What is printed.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_worlds: 5 }
    }
}

/// Measures how well pods are found in worlds of some scenarios, and how often innocent circles are taken for pods.
///
/// # Errors
/// Those of [`simulate`](crate::simulation::simulate).
///
/// # Cost
/// One simulated export in memory at a time; some seconds a world.
pub fn evaluate_pod_worlds(scenarios: &[Scenario], settings: &PodEvaluation) -> Result<EvaluationReport> {
    let mut report = EvaluationReport { title: "Pods".into(), ..EvaluationReport::default() };
    for scenario in scenarios {
        let (mut seen, mut planted) = (Vec::new(), Vec::new());
        let mut sizes = Vec::new();
        for seed in (settings.seed..).take(settings.n_worlds as usize) {
            let world = PodWorld::draw(scenario, seed)?;
            sizes.extend(world.truth.pods.iter().map(|pod| pod.len()));
            seen.push(world.seen());
            planted.push(world.planted());
        }
        report.tables.push(accuracy_table(&caption(scenario, settings, &sizes), &seen));
        report.tables.push(planted_table(&scenario.name, &planted));
    }
    report.notes.push(format!(
        "Simulated, with planted circles: no accuracy in the field. Means over {} worlds a scenario, seeds from {}.",
        settings.n_worlds, settings.seed
    ));
    Ok(report)
}

fn caption(scenario: &Scenario, settings: &PodEvaluation, sizes: &[usize]) -> String {
    let pods = match (sizes.iter().min(), sizes.iter().max()) {
        (Some(least), Some(most)) => format!("{} pods of {least} to {most}", sizes.len()),
        _ => "no pods".to_owned(),
    };
    let creators = count(scenario.creators as usize);
    format!("`{}`: {creators} creators a world, {} worlds, {pods} in all", scenario.name, settings.n_worlds)
}

/// A simulated world: its actions and its pods.
pub(super) struct PodWorld {
    seed: u64,
    actions: CreatorActions,
    truth: PodTruth,
}

impl PodWorld {
    pub(super) fn draw(scenario: &Scenario, seed: u64) -> Result<Self> {
        let mut creators = Vec::new();
        let dataset = simulated_with_truth(scenario, seed, &mut |truth| {
            creators.extend(truth.creators);
            Ok(())
        })?;
        let truth = PodTruth::of(&creators, &dataset);
        Ok(Self { seed, actions: CreatorActions::of(&dataset), truth })
    }

    pub(super) fn judged(&self, actions: &CreatorActions) -> PodAccuracy {
        accuracy(actions, &find_pods(actions, &PodSettings::default()), &self.truth)
    }

    pub(super) fn whole(&self) -> PodAccuracy {
        self.judged(&self.actions)
    }

    /// How well pods are found in each view of the export.
    fn seen(&self) -> Vec<(String, PodAccuracy)> {
        let mut seen = vec![
            ("the whole export".to_owned(), self.whole()),
            ("without any times".to_owned(), self.judged(&views::untimed(&self.actions))),
        ];
        if self.truth.pods.is_empty() {
            return seen;
        }
        for share in THINNED {
            let view = views::thinned(&self.actions, share, self.seed);
            seen.push((format!("{} of the actions", decimal(share)), self.judged(&view)));
        }
        for share in LISTED {
            let view = views::without_posts_of(&self.actions, &self.unlisted(share));
            seen.push((format!("posts of {} of the members", decimal(share)), self.judged(&view)));
        }
        seen
    }

    /// Of the creators in planted circles of each kind, how many there are, and the shares in a found pod with and without times.
    fn planted(&self) -> Vec<(f64, f64, f64)> {
        let outside = self.outside();
        let planted = Innocents::ALL.map(|kind| {
            let (actions, chosen) = kind.plant(&self.actions, &outside, self.seed);
            let flagged = |actions: &CreatorActions| {
                let search = find_pods(actions, &PodSettings::default());
                let found: BTreeSet<AccountId> =
                    search.pods.iter().flat_map(|pod| &pod.members).map(|member| member.account).collect();
                chosen.iter().filter(|id| found.contains(id)).count() as f64 / chosen.len().max(1) as f64
            };
            (chosen.len() as f64, flagged(&actions), flagged(&views::untimed(&actions)))
        });
        planted.to_vec()
    }

    /// Members whose posts are taken out so that this share of each pod stays.
    fn unlisted(&self, share: f64) -> Vec<AccountId> {
        let kept = |pod: &Vec<AccountId>| (pod.len() as f64 * share).round() as usize;
        self.truth.pods.iter().flat_map(|pod| pod[kept(pod)..].iter().copied()).collect()
    }

    fn outside(&self) -> Vec<AccountId> {
        let members: BTreeSet<AccountId> = self.truth.pods.iter().flatten().copied().collect();
        let all = (0..self.actions.n_accounts() as u32).map(AccountId);
        all.filter(|id| self.actions.is_creator(*id) && !members.contains(id)).collect()
    }
}

fn accuracy_table(caption: &str, worlds: &[Vec<(String, PodAccuracy)>]) -> EvaluationTable {
    const COLUMNS: [&str; 8] = [
        "seen",
        "pods found",
        "pair precision",
        "pair recall",
        "member precision",
        "member recall",
        "others flagged",
        "AUC by creator",
    ];
    let mut table = EvaluationTable::new(caption, &COLUMNS);
    for (row, (seen, _)) in worlds.iter().flat_map(|world| world.iter().enumerate()).take(worlds.first().map_or(0, Vec::len)) {
        let found = || worlds.iter().filter_map(|world| world.get(row)).map(|(_, found)| found);
        let figure = |read: fn(&PodAccuracy) -> Option<f64>| optional(mean(&found().filter_map(read).collect::<Vec<_>>()));
        table.push([
            seen.clone(),
            found().map(|found| found.pods_found).sum::<usize>().to_string(),
            figure(|found| found.pair_precision),
            figure(|found| found.pair_recall),
            figure(|found| found.member_precision),
            figure(|found| found.member_recall),
            figure(|found| found.false_creators),
            figure(|found| found.auc),
        ]);
    }
    table
}

fn planted_table(name: &str, worlds: &[Vec<(f64, f64, f64)>]) -> EvaluationTable {
    let caption = format!("`{name}`: innocent circles planted among creators in no pod");
    let mut table = EvaluationTable::new(caption, &["planted", "creators", "flagged", "flagged without times"]);
    for (row, kind) in Innocents::ALL.into_iter().enumerate() {
        let figures = |read: fn(&(f64, f64, f64)) -> f64| worlds.iter().map(|world| read(&world[row])).collect::<Vec<_>>();
        let share = |read: fn(&(f64, f64, f64)) -> f64| optional(mean(&figures(read)));
        let creators = figures(|planted| planted.0).iter().sum::<f64>();
        table.push([kind.words().to_owned(), count(creators as usize), share(|planted| planted.1), share(|planted| planted.2)]);
    }
    table
}
