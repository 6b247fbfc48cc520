//! Audiences composed of accounts that were never fitted on, from sets that were.

use super::composition::{Company, Composition};
use super::scored::Scored;
use super::settings::EvaluationSettings;
use crate::domain::Label;
use crate::error::Result;
use crate::model::{AccountScorer, HeldOutScores, PrevalenceCalibration};
use crate::scoring::PrevalenceEstimator;
use crate::training::{LabelledRows, REFERENCE_DOMAINS, TrainingSettings, fit_scorer, train_on};
use rand::seq::SliceRandom;

const STREAM: u32 = 2;

/// Rows of every source dealt at random: half to fit, a quarter to calibrate, a quarter to measure.
struct Parts {
    fit: Vec<usize>,
    calibrate: Vec<usize>,
    measure: Vec<usize>,
}

/// What composing gave, by core domain.
pub(super) struct KnownSets {
    /// Score densities of the calibration quarter of the same sets, pooled.
    pub calibrated_on_them: Vec<(String, Composition)>,
    /// The whole procedure of the shipped model on three quarters: calibrated on domains left out in turn.
    pub as_shipped: Vec<(String, Composition)>,
}

impl KnownSets {
    /// Composes audiences of the quarter that nothing was fitted on.
    ///
    /// # Errors
    /// As [`train_on`].
    pub(super) fn measure(rows: &LabelledRows, settings: &EvaluationSettings) -> Result<Self> {
        let parts = Parts::deal(rows, settings);
        let training = TrainingSettings { seed: settings.seed, ..TrainingSettings::default() };
        let scorer = fit_scorer(rows, &parts.fit, &training)?;
        let calibration = pooled_calibration(&by_domain(rows, &parts.calibrate, &scorer), &training)?;
        let estimator = PrevalenceEstimator::new(calibration)?;
        let compose = |scored: Vec<(String, Scored)>, estimator: &PrevalenceEstimator| {
            scored
                .into_iter()
                .map(|(name, scored)| (name, Composition::of(&scored, estimator, Company::Alone, settings)))
                .collect()
        };
        let calibrated_on_them = compose(by_domain(rows, &parts.measure, &scorer), &estimator);
        let model = train_on(rows, &[parts.fit, parts.calibrate].concat(), &training)?;
        let estimator = PrevalenceEstimator::new(model.prevalence().clone())?;
        let as_shipped = compose(by_domain(rows, &parts.measure, model.scorer()), &estimator);
        Ok(Self { calibrated_on_them, as_shipped })
    }
}

impl Parts {
    fn deal(rows: &LabelledRows, settings: &EvaluationSettings) -> Self {
        let mut parts = Self { fit: Vec::new(), calibrate: Vec::new(), measure: Vec::new() };
        for (draw, source) in rows.sources().iter().enumerate() {
            let mut own = rows.rows_of(&[source]);
            own.shuffle(&mut settings.random(STREAM, draw));
            let (half, three_quarters) = (own.len() / 2, 3 * own.len() / 4);
            parts.fit.extend_from_slice(&own[..half]);
            parts.calibrate.extend_from_slice(&own[half..three_quarters]);
            parts.measure.extend_from_slice(&own[three_quarters..]);
        }
        parts
    }
}

/// The members of each core domain that hold both classes, scored.
fn by_domain(rows: &LabelledRows, members: &[usize], scorer: &AccountScorer) -> Vec<(String, Scored)> {
    let domains = REFERENCE_DOMAINS.iter().filter(|spec| spec.is_core).map(|spec| {
        let is_in = |row: &usize| {
            let source = rows.sources()[rows.source(*row)].as_str();
            spec.fake.contains(&source) || spec.genuine == source
        };
        let own: Vec<usize> = members.iter().copied().filter(is_in).collect();
        let decisions = scorer.decisions(&rows.table(&own, scorer.handles()));
        let labels: Vec<Label> = own.iter().map(|&row| rows.labels()[row]).collect();
        (spec.name.to_owned(), Scored { decisions, labels })
    });
    domains.filter(|(_, scored)| scored.n_fake() > 0 && scored.n_fake() < scored.len()).collect()
}

fn pooled_calibration(scored: &[(String, Scored)], training: &TrainingSettings) -> Result<PrevalenceCalibration> {
    let is_fake: Vec<Vec<bool>> =
        scored.iter().map(|(_, scored)| scored.labels.iter().map(|&label| label == Label::Fake).collect()).collect();
    let held_out: Vec<HeldOutScores<'_>> = scored
        .iter()
        .zip(&is_fake)
        .map(|((name, scored), is_fake)| HeldOutScores { name, decisions: &scored.decisions, is_fake })
        .collect();
    let mut calibration = PrevalenceCalibration::fit(&held_out, training.min_shift_sd, training.effective_sample_count)?;
    calibration.templates.truncate(1);
    Ok(calibration)
}
