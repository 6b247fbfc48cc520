//! Growth, measured: which cause the data favour in simulated worlds, orders put into histories, alarms where nobody ordered anything.

mod causes;
mod real_histories;
mod splices;
mod worlds;

pub use worlds::GrowthWorld;

use super::EvaluationReport;
use super::settings::ACCURACY_LEVEL;
use crate::error::Result;
use crate::model::AccountModel;
use crate::scoring::growth_causes;
use crate::simulation::Scenario;
use crate::tables::reference::SnapshotHistory;
use crate::timing::causes::{CauseCase, CauseFit, CauseLikelihoods};

/// The cause of which no case was shown in development, chosen before any was looked at.
pub const NEVER_SHOWN: crate::timing::causes::Cause = crate::timing::causes::Cause::Giveaway;

/// How much work the evaluation puts into its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrowthEvaluation {
    /// Seed of the first draw of every world.
    pub seed: u64,
    /// Draws of every world.
    pub n_draws: u64,
    /// Creators and organic accounts of every world.
    pub size: (u32, u32),
}

impl GrowthEvaluation {
    /// A quick look.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_draws: 1, size: (120, 40_000) }
    }

    /// What is printed.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_draws: 2, size: (300, 80_000) }
    }

    fn seeds(&self) -> impl Iterator<Item = u64> + use<> {
        let seed = self.seed;
        (0..self.n_draws).map(move |draw| seed + draw)
    }
}

/// Fits the likelihoods of causes on the anomalies of worlds whose truth is known, [`NEVER_SHOWN`] left out.
///
/// # Errors
/// Those of the simulation and of an audit.
///
/// # Cost
/// Some seconds a world and draw.
pub fn fit_growth_causes(
    scenarios: &[Scenario],
    stated: &CauseLikelihoods,
    settings: &GrowthEvaluation,
) -> Result<(CauseLikelihoods, Vec<CauseCase>)> {
    let model = AccountModel::embedded()?;
    let mut cases = Vec::new();
    for scenario in scenarios {
        for seed in settings.seeds() {
            let world = GrowthWorld::simulate(scenario, seed, settings.size, &model, stated)?;
            let known = world.cases().into_iter().filter_map(|case| Some((case.truth?, case)));
            let shown = known.filter(|(truth, _)| *truth != NEVER_SHOWN);
            cases.extend(shown.map(|(cause, case)| CauseCase {
                source: scenario.name.clone(),
                cause,
                evidence: case.explained.evidence.clone(),
            }));
        }
    }
    let mut causes = growth_causes(true).to_vec();
    causes.extend(growth_causes(false).iter().filter(|cause| !growth_causes(true).contains(cause)));
    Ok((CauseFit::default().fit(stated, &cases, &causes), cases))
}

/// Measures growth in worlds simulated for reporting and in real histories of a few points.
///
/// # Errors
/// Those of the simulation and of an audit.
///
/// # Cost
/// Some minutes with the published settings on two cores.
pub fn evaluate_growth(
    scenarios: &[Scenario],
    real: &[SnapshotHistory],
    likelihoods: &CauseLikelihoods,
    settings: &GrowthEvaluation,
) -> Result<EvaluationReport> {
    let model = AccountModel::embedded()?;
    let mut worlds = Vec::new();
    for scenario in scenarios {
        for seed in settings.seeds() {
            worlds.push(GrowthWorld::simulate(scenario, seed, settings.size, &model, likelihoods)?.summary());
        }
    }
    let mut tables = causes::tables(&worlds);
    tables.extend(splices::tables(scenarios, likelihoods, settings)?);
    if !real.is_empty() {
        tables.push(real_histories::table(real));
    }
    let notes = vec![
        format!(
            "Simulated worlds of the reporting scenarios, {} draws of {} creators each from seed {} on, daily readings of a year, 500 sampled follows a creator; \
             none of it is accuracy in the field. Likelihoods were fitted on the tuning scenarios.",
            settings.n_draws, settings.size.0, settings.seed
        ),
        format!(
            "No {} was shown in development: its likelihoods are as stated beforehand in models/causes/growth_stated.csv.",
            NEVER_SHOWN.word()
        ),
        "Orders by the creator's side and by somebody else come from the same sellers and leave the same traces: they count as one answer.".to_owned(),
    ];
    Ok(EvaluationReport { title: "Growth of followers and what explains it".to_owned(), tables, notes })
}

fn rate(part: usize, whole: usize) -> String {
    use super::figure::{ABSENT, share};
    let interval = crate::statistics::wilson(part as u64, whole as u64, ACCURACY_LEVEL);
    interval.map_or_else(|| ABSENT.to_owned(), |interval| share(part as f64 / whole as f64, interval))
}
