//! Sets bought in simulated markets whose truth is known: what ours reach, beside what simple rules reach.

mod campaigns;
mod pools;
mod world;

use super::figure::{count, decimal, with_interval};
use super::{EvaluationReport, EvaluationTable};
use crate::domain::Interval;
use crate::error::Result;
use crate::simulation::Scenario;
use crate::statistics::{Bootstrap, mean, quantile};
use campaigns::{Bought, RULES, campaigns};
use world::{View, World};

/// Resamples of each interval.
const REPLICATES: u32 = 1_000;

/// How much work goes into the figures of shortlists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortlistEvaluation {
    /// Seed of the first world of each scenario; the others take the next ones.
    pub seed: u64,
    /// Worlds drawn from each scenario.
    pub n_worlds: u64,
    /// Whether what was chosen on these worlds is compared with what might have been.
    pub is_choosing: bool,
}

impl ShortlistEvaluation {
    /// What is printed: one world each.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_worlds: 1, is_choosing: false }
    }
}

/// Measures what sets reach in worlds of some scenarios. Every follower of every creator is simulated, so that the authentic people whom a set
/// reaches can be counted; what is scored is either all of it or random lists of 500.
///
/// # Errors
/// Those of simulating and scoring.
///
/// # Cost
/// Some ten seconds a world.
pub fn evaluate_shortlists(scenarios: &[Scenario], settings: &ShortlistEvaluation) -> Result<EvaluationReport> {
    let mut bought: Vec<(View, u64, Bought)> = Vec::new();
    let (mut group, mut worlds) = (0, Vec::new());
    for scenario in scenarios {
        for seed in (settings.seed..).take(settings.n_worlds as usize) {
            let world = World::draw(scenario, seed)?;
            for view in View::ALL {
                bought.extend(campaigns(&world, view, seed)?.into_iter().map(|bought| (view, group, bought)));
            }
            group += 1;
            if settings.is_choosing {
                worlds.push((world, seed));
            }
        }
    }
    let mut report = EvaluationReport { title: "Shortlists".into(), ..EvaluationReport::default() };
    for view in View::ALL {
        let some: Vec<(u64, &Bought)> =
            bought.iter().filter(|(of, ..)| *of == view).map(|(_, group, bought)| (*group, bought)).collect();
        report.tables.push(gains_table(view, &some, settings.seed));
    }
    report.tables.push(estimates_table(&bought, settings.seed));
    if settings.is_choosing {
        report.tables.push(pools::table(&worlds)?);
    }
    let names: Vec<String> = scenarios.iter().map(|scenario| format!("`{}`", scenario.name)).collect();
    report.notes = vec![
        format!(
            "Simulated markets {}, {} world each, seed {}: no accuracy in the field. Worlds have 200 creators; these have at most a tenth as many followers as the world has accounts, so that whole audiences can be drawn.",
            names.join(", "), settings.n_worlds, settings.seed
        ),
        "Truth: followers that are labelled genuine, of whole audiences, each once. Prices are the simulator's: they follow the followers shown, bought ones included.".to_owned(),
        "Campaigns of each world: everybody, the largest language, the largest topic, and the largest topic of each language; budgets of 2, 5, 10 and 25 % of what all candidates ask together.".to_owned(),
        "Rules buy from the top of one column whoever still fits the budget, of the same candidates. A loss: our set reaches fewer. Intervals are 95 %, by bootstrap over worlds.".to_owned(),
    ];
    Ok(report)
}

fn interval(groups: &[(u64, f64)], seed: u64, statistic: impl Fn(&[f64]) -> Option<f64> + Sync) -> Option<Interval> {
    let last = groups.iter().map(|(group, _)| *group).max()?;
    let rows: Vec<Vec<usize>> = (0..=last)
        .map(|group| (0..groups.len()).filter(|&row| groups[row].0 == group).collect())
        .filter(|rows: &Vec<usize>| !rows.is_empty())
        .collect();
    let bootstrap = Bootstrap { replicates: REPLICATES, level: 0.95, seed };
    bootstrap.over_groups(&rows, |rows| statistic(&rows.iter().map(|&row| groups[row].1).collect::<Vec<_>>()))
}

fn gains_table(view: View, bought: &[(u64, &Bought)], seed: u64) -> EvaluationTable {
    let caption = format!("{}: authentic people truly reached by our set over those of another, less 1", view.words());
    let mut table = EvaluationTable::new(caption, &["against", "campaigns", "mean gain", "median gain", "losses", "worst"]);
    for (place, rule) in RULES.iter().enumerate() {
        let gains: Vec<(u64, f64)> = bought
            .iter()
            .filter(|(_, bought)| bought.others[place] > 0.0)
            .map(|(group, bought)| (*group, bought.ours / bought.others[place] - 1.0))
            .collect();
        let values: Vec<f64> = gains.iter().map(|(_, gain)| *gain).collect();
        let losses = |values: &[f64]| mean(&values.iter().map(|gain| f64::from(u8::from(*gain < -1e-9))).collect::<Vec<_>>());
        table.push([
            (*rule).to_owned(),
            count(values.len()),
            with_interval(mean(&values), interval(&gains, seed, mean)),
            with_interval(quantile(&values, 0.5), None),
            with_interval(losses(&values), interval(&gains, seed, losses)),
            decimal(values.iter().copied().fold(f64::INFINITY, f64::min)),
        ]);
    }
    table
}

fn estimates_table(bought: &[(View, u64, Bought)], seed: u64) -> EvaluationTable {
    let caption = "What is said of our set beside the truth: estimate over truth less 1, intervals that hold the truth (to be 90 %), their width over the estimate, and truth over that of a greedy choice that knows the truth";
    let mut table = EvaluationTable::new(
        caption,
        &["what is scored", "campaigns", "error", "absolute error", "coverage", "width", "of one that knows"],
    );
    for view in View::ALL {
        let of_view = |read: fn(&Bought) -> f64| -> Vec<(u64, f64)> {
            bought.iter().filter(|(of, ..)| *of == view).map(|(_, group, bought)| (*group, read(bought))).collect()
        };
        let cell = |read: fn(&Bought) -> f64| {
            let values = of_view(read);
            with_interval(mean(&values.iter().map(|(_, value)| *value).collect::<Vec<_>>()), interval(&values, seed, mean))
        };
        table.push([
            view.words().to_owned(),
            count(of_view(|bought| bought.ours).len()),
            cell(|bought| bought.said.value / bought.ours - 1.0),
            cell(|bought| (bought.said.value / bought.ours - 1.0).abs()),
            cell(|bought| f64::from(u8::from(bought.said.interval.contains(bought.ours)))),
            cell(|bought| bought.said.interval.width() / bought.said.value),
            cell(|bought| bought.ours / bought.best),
        ]);
    }
    table
}
