//! The ridge, chosen again inside the training part of each left-out set: what the shipped value owes to looking.

use super::EvaluationTable;
use super::figure::{decimal_to, with_interval};
use super::plan::{Plan, Protocol};
use super::scored::Scored;
use super::settings::EvaluationSettings;
use crate::error::Result;
use crate::statistics::{auc, mean};
use crate::training::{LabelledRows, REFERENCE_DOMAINS, TrainingSettings, fit_scorer, held_out_domains};
use rayon::prelude::*;

/// The ridges tried; the middle one is shipped.
const RIDGES: [f64; 3] = [0.000_3, 0.001, 0.004];

/// What was chosen for one left-out set, and what that gave.
struct Choice<'a> {
    plan: &'a Plan,
    ridge: f64,
    /// Mean AUC over the domains left out within the training part, one a ridge.
    inner: Vec<f64>,
    outer: Scored,
}

/// For each left-out set of sold followers: the ridge that does best on domains left out within its training part,
/// and the AUC that the model with that ridge then reaches on the set.
///
/// # Errors
/// As [`held_out_domains`].
pub(super) fn table(rows: &LabelledRows, plans: &[Plan], settings: &EvaluationSettings) -> Result<EvaluationTable> {
    let is_core = |plan: &&Plan| REFERENCE_DOMAINS.iter().any(|spec| spec.is_core && spec.fake.contains(&plan.name.as_str()));
    let plans: Vec<&Plan> = plans.iter().filter(is_core).filter(|plan| plan.protocol != Protocol::OtherPlatforms).collect();
    let choices: Vec<Choice<'_>> = plans.into_par_iter().map(|plan| choose(rows, plan)).collect::<Result<_>>()?;
    let caption = "Nested choice: the ridge chosen by leaving out domains within the training part only, never the left-out set, \
                   and the AUC with it. The signals themselves were not chosen so";
    let mut table =
        EvaluationTable::new(caption, &["left out", "ridge chosen", "AUC within the training part", "AUC on the set"]);
    for choice in &choices {
        let (area, interval) = choice.outer.auc(settings);
        let low = choice.inner.iter().copied().fold(f64::INFINITY, f64::min);
        let high = choice.inner.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        table.push([
            format!("{} ({})", choice.plan.name, choice.plan.protocol.words()),
            choice.ridge.to_string(),
            format!("{} to {} over {} ridges", decimal_to(low, 4), decimal_to(high, 4), RIDGES.len()),
            with_interval(area, interval),
        ]);
    }
    Ok(table)
}

fn choose<'a>(rows: &LabelledRows, plan: &'a Plan) -> Result<Choice<'a>> {
    let with = |ridge: f64| TrainingSettings { ridge, ..TrainingSettings::default() };
    let mut inner = Vec::with_capacity(RIDGES.len());
    for ridge in RIDGES {
        let held_out = held_out_domains(rows, &plan.train, &with(ridge))?;
        let areas: Vec<f64> = held_out.iter().filter_map(|domain| auc(&domain.decisions, &domain.labels)).collect();
        inner.push(mean(&areas).unwrap_or(0.0));
    }
    let best = (0..RIDGES.len()).fold(0, |best, next| if inner[next] > inner[best] { next } else { best });
    let scorer = fit_scorer(rows, &plan.train, &with(RIDGES[best]))?;
    let decisions = scorer.decisions(&rows.table(&plan.test, scorer.handles()));
    let labels = plan.test.iter().map(|&row| rows.labels()[row]).collect();
    Ok(Choice { plan, ridge: RIDGES[best], inner, outer: Scored { decisions, labels } })
}
