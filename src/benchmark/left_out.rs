//! A model fitted without some set, and what it says of that set.

use super::composition::{Company, Composition, open_design};
use super::missing_fields::{counts_alone, with_random_gaps};
use super::operating_point::Statements;
use super::plain_baseline;
use super::plan::Plan;
use super::scored::Scored;
use super::settings::EvaluationSettings;
use super::stability::Stability;
use crate::domain::{Label, ShareEstimate};
use crate::error::{Error, ErrorKind, Result};
use crate::model::AccountModel;
use crate::scoring::PrevalenceEstimator;
use crate::signals::SignalTable;
use crate::statistics::auc;
use crate::training::{LabelledRows, REFERENCE_DOMAINS, TrainingSettings, train_on};
use rayon::prelude::*;

/// Accounts in each of two disjoint samples; and half of the set.
const SAMPLE_SIZES: [usize; 2] = [100, 300];

/// What one model said of one audience.
pub(super) struct Stated {
    pub scored: Scored,
    pub statements: Statements,
    pub estimate: ShareEstimate,
}

/// Everything measured on one left-out set. The model itself is dropped: it is large.
pub(super) struct LeftOut {
    pub plan: Plan,
    pub stated: Stated,
    /// Threshold of *suspicious*.
    pub threshold: f64,
    pub baseline_auc: Option<f64>,
    pub gaps_auc: Option<f64>,
    pub counts_alone: Stated,
    pub composition: Composition,
    /// The same audiences, estimated as one dataset.
    pub composition_together: Composition,
    pub stability: Vec<Stability>,
}

impl LeftOut {
    /// Fits on what each plan allows and measures what it leaves out, as one audience.
    ///
    /// # Errors
    /// As [`train_on`].
    pub(super) fn measure_all(rows: &LabelledRows, plans: Vec<Plan>, settings: &EvaluationSettings) -> Result<Vec<Self>> {
        plans.into_par_iter().map(|plan| Self::measure(rows, plan, settings)).collect()
    }

    fn measure(rows: &LabelledRows, plan: Plan, settings: &EvaluationSettings) -> Result<Self> {
        let training = TrainingSettings { seed: settings.seed, ..TrainingSettings::default() };
        let model = train_on(rows, &plan.train, &training)?;
        let estimator = PrevalenceEstimator::new(model.prevalence().clone())?;
        let table = rows.table(&plan.test, model.handles());
        let state = |table: &SignalTable| Stated::of(rows, &plan.test, &model, &estimator, table);
        let stated = state(&table)?;
        let baseline = plain_baseline::decisions(rows, &plan)?;
        let gaps = model.scorer().decisions(&with_random_gaps(&table, settings));
        let sizes = SAMPLE_SIZES.into_iter().chain([stated.scored.len() / 2]);
        Ok(Self {
            threshold: model.suspicious_threshold(),
            baseline_auc: auc(&baseline, &stated.scored.labels),
            gaps_auc: auc(&gaps, &stated.scored.labels),
            counts_alone: state(&counts_alone(&table))?,
            composition: Composition::of(&stated.scored, &estimator, Company::Alone, settings),
            composition_together: Composition::of(&stated.scored, &estimator, Company::Together, settings),
            stability: sizes.filter_map(|size| Stability::of(&stated.scored, size, &estimator, settings)).collect(),
            stated,
            plan,
        })
    }

    /// Whether its fakes are of the kind that the model is for.
    pub(super) fn is_core(&self) -> bool {
        let known = REFERENCE_DOMAINS.iter().find(|spec| spec.fake.contains(&self.plan.name.as_str()));
        known.is_none_or(|spec| spec.is_core)
    }

    /// `social … (strict)`.
    pub(super) fn title(&self) -> String {
        format!("{} ({})", self.plan.name, self.plan.protocol.words())
    }

    /// `1,165 (200)`.
    pub(super) fn size(&self) -> String {
        self.stated.scored.size()
    }
}

impl Stated {
    fn of(
        rows: &LabelledRows,
        members: &[usize],
        model: &AccountModel,
        estimator: &PrevalenceEstimator,
        table: &SignalTable,
    ) -> Result<Self> {
        let labels: Vec<Label> = members.iter().map(|&row| rows.labels()[row]).collect();
        let predictions = model.predict(table, &rows.platforms(members));
        let all: Vec<usize> = (0..labels.len()).collect();
        let statements = Statements::select(&predictions, &all, &labels);
        let found = estimator.estimate(&predictions.decisions, &open_design(&predictions.measured_count));
        let detail = || "a set left out is empty".to_owned();
        let found = found.ok_or_else(|| Error::new(ErrorKind::NotEnoughData { purpose: "evaluate", detail: detail() }))?;
        Ok(Self { scored: Scored { decisions: predictions.decisions, labels }, statements, estimate: found.estimate })
    }
}
