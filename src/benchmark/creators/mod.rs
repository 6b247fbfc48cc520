//! The creator model: the rows that it is fitted on, and what it says of creators that it had not seen.

mod audiences;
mod groups;
mod lent;
mod real_parts;
mod series;
mod tables;
mod vendor;
mod worlds;

use super::{EvaluationReport, EvaluationSettings};
use crate::error::Result;
use crate::model::{AccountModel, CreatorModel, CreatorRow, CreatorTraining, fit_creator_model};
use crate::simulation::Scenario;
use crate::tables::reference::EngagementData;
use crate::training::LabelledSet;
use audiences::Composer;
use series::Half;
use worlds::SimulatedCreator;

/// What creators are drawn from.
#[derive(Debug, Clone, Default)]
pub struct CreatorData {
    /// Scenarios for fitting.
    pub tuning: Vec<Scenario>,
    /// Scenarios for reporting.
    pub reporting: Vec<Scenario>,
    /// Labelled real accounts, of which audiences are composed.
    pub accounts: Vec<LabelledSet>,
    /// Real series of posts.
    pub engagement: EngagementData,
}

/// How much is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreatorEvaluation {
    /// Seed of the reporting draws, and resampling.
    pub evaluation: EvaluationSettings,
    /// Seed of the rows for fitting.
    pub training_seed: u64,
    /// Draws of each scenario for fitting.
    pub n_training_worlds: u64,
    /// Draws of each scenario for reporting.
    pub n_reporting_worlds: u64,
    /// Audiences composed of each domain.
    pub n_audiences: usize,
}

impl CreatorEvaluation {
    /// What the card prints.
    pub fn published(seed: u64) -> Self {
        Self {
            evaluation: EvaluationSettings::published(seed),
            training_seed: seed,
            n_training_worlds: 4,
            n_reporting_worlds: 4,
            n_audiences: 600,
        }
    }

    /// A look: few draws.
    pub fn quick(seed: u64) -> Self {
        Self {
            evaluation: EvaluationSettings::quick(seed),
            n_training_worlds: 2,
            n_reporting_worlds: 1,
            n_audiences: 120,
            ..Self::published(seed)
        }
    }
}

/// Reporting worlds begin so far from those for fitting that no draw is shared.
const REPORTING_SEED: u64 = 1_000_000;

/// Rows that the creator model is fitted on: simulated markets, audiences composed of real accounts, real series of posts with spliced likes.
///
/// # Errors
/// Those of simulations, audits and fits of the account model.
///
/// # Cost
/// Some seconds a world, and a fit of the account model for each domain left out: minutes.
pub fn draw_training_rows(data: &CreatorData, settings: &CreatorEvaluation) -> Result<Vec<CreatorRow>> {
    let own = EvaluationSettings { seed: settings.training_seed, ..settings.evaluation };
    Drawn::new(data, settings, &own)?.rows()
}

/// Creators drawn for fitting, and what real audiences are composed from.
struct Drawn<'a> {
    simulated: Vec<CreatorRow>,
    series: Vec<CreatorRow>,
    composer: Composer<'a>,
    composed: Option<Vec<CreatorRow>>,
    settings: &'a EvaluationSettings,
}

impl<'a> Drawn<'a> {
    fn new(data: &CreatorData, settings: &CreatorEvaluation, own: &'a EvaluationSettings) -> Result<Self> {
        let model = AccountModel::embedded()?;
        let mut simulated = Vec::new();
        for scenario in &data.tuning {
            for draw in 0..settings.n_training_worlds {
                let creators = worlds::draw(scenario, (settings.training_seed + 1 + draw, draw % 2 == 1), &model)?;
                simulated.extend(creators.into_iter().map(|creator| creator.row));
            }
        }
        let series = series::spliced(&data.engagement, Half::Fitted, own);
        let composer = Composer::new(&data.accounts, settings.n_audiences, own);
        Ok(Self { simulated, series, composer, composed: None, settings: own })
    }

    /// Creators of real parts alone.
    fn real(&mut self) -> Result<Vec<CreatorRow>> {
        let composed = match self.composed.take() {
            Some(known) => known,
            None => self.composer.all()?,
        };
        self.composed = Some(composed.clone());
        Ok([composed, self.series.clone()].concat())
    }

    /// All rows.
    fn rows(&mut self) -> Result<Vec<CreatorRow>> {
        let real = self.real()?;
        Ok(self.with_lent(real))
    }

    /// All rows but those of a source of real data, audiences by account models that saw nothing of it.
    fn without(&mut self, source: &str) -> Result<Vec<CreatorRow>> {
        let real = match self.composer.without(source)? {
            Some(composed) => [composed, self.series.clone()].concat(),
            None => self.real()?.into_iter().filter(|row| row.fold != source).collect(),
        };
        Ok(self.with_lent(real))
    }

    fn with_lent(&self, real: Vec<CreatorRow>) -> Vec<CreatorRow> {
        let lent = lent::with_lent_blocks(&real, &self.simulated, self.settings);
        [self.simulated.clone(), real, lent].concat()
    }
}

/// Measures the shipped creator model in worlds for reporting, and refits without each source of real data, and without each kind of vendor, on
/// what was left out.
///
/// # Errors
/// As [`draw_training_rows`] and fitting.
///
/// # Cost
/// Minutes.
pub fn evaluate_creators(data: &CreatorData, settings: &CreatorEvaluation) -> Result<EvaluationReport> {
    let accounts = AccountModel::embedded()?;
    let shipped = CreatorModel::embedded()?;
    let mut reported: Vec<SimulatedCreator> = Vec::new();
    for scenario in &data.reporting {
        for draw in 0..settings.n_reporting_worlds {
            let seed = REPORTING_SEED + settings.evaluation.seed + draw;
            reported.extend(worlds::draw(scenario, (seed, draw % 2 == 1), &accounts)?);
        }
    }
    let own = EvaluationSettings { seed: settings.training_seed, ..settings.evaluation };
    let mut drawn = Drawn::new(data, settings, &own)?;
    let training = drawn.rows()?;
    let series = series::spliced(&data.engagement, Half::Reported, &settings.evaluation);
    let tables = vec![
        tables::verdicts(&reported),
        groups::by_group(&reported),
        tables::by_blocks(&reported, &shipped, &settings.evaluation),
        tables::by_strength(&reported, &shipped, &settings.evaluation),
        real_parts::real_parts(&mut drawn, &series, &settings.evaluation)?,
        tables::vendors_left_out(&training, &reported, &settings.evaluation)?,
        vendor::agreement(data.engagement.ranked.as_deref().unwrap_or_default(), &settings.evaluation),
    ];
    let notes = vec![
        format!(
            "Model {}; seed {}. Simulated creators are not creators in the field: these figures say how the parts work together, not how often a verdict is right.",
            shipped.sha256(),
            settings.evaluation.seed
        ),
        format!(
            "Probabilities assume that {:.0} % of creators are inflated. A `fail` of an untouched creator may happen to {:.0} % at most.",
            100.0 * shipped.rates().prior,
            100.0 * shipped.rates().false_fail_rate
        ),
    ];
    Ok(EvaluationReport { title: "The creator model".to_owned(), tables, notes })
}

fn refit(rows: &[CreatorRow], is_kept: impl Fn(&CreatorRow) -> bool) -> Result<CreatorModel> {
    let kept: Vec<CreatorRow> = rows.iter().filter(|row| is_kept(row)).cloned().collect();
    // Without a source the minimum may be flat to the last digits: seven are enough to measure by.
    fit_creator_model(&kept, &CreatorTraining { tolerance: 1e-7, ..CreatorTraining::default() })
}
