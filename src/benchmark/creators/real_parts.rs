//! What the model says of real parts whose source it never saw.

use super::tables::{auc_cell, rate, scored};
use super::{Drawn, refit};
use crate::benchmark::figure::optional;
use crate::benchmark::{EvaluationSettings, EvaluationTable};
use crate::domain::{Label, Platform};
use crate::error::Result;
use crate::model::{CreatorBlock, CreatorModel, CreatorRow};
use crate::scoring::{CreatorJudgement, judge_inputs};
use crate::statistics::{debiased_calibration_error, mean};
use std::collections::BTreeSet;

/// Audiences and series of real parts, by models that were fitted without their source (series: on the other half of each source); audiences also by
/// account models that saw nothing of the source, nor did those that scored the audiences the creator model was fitted on.
///
/// # Errors
/// Those of fits.
///
/// # Cost
/// A fit of the creator model a source, and of an account model for each pair of domains.
pub(super) fn real_parts(drawn: &mut Drawn<'_>, series: &[CreatorRow], settings: &EvaluationSettings) -> Result<EvaluationTable> {
    let mut table = EvaluationTable::new(
        "Real parts, by models fitted without the source: audiences composed of real accounts (100 to 2,000 followers, an ordered part of .05 to .6 upon a background of .01 to .1), and real series of posts with spliced likes. Each alone: at most .01 of the untouched may fail. As one dataset: the same creators (half of them inflated) on one platform, which is anchored by their lowest quarter. Mean p: of untouched and of inflated ones, had both been equally likely beforehand, with the calibration error",
        &[
            "source",
            "creators (inflated)",
            "AUC",
            "untouched that fail",
            "inflated that fail",
            "untouched that fail, as one dataset",
            "inflated that fail, as one dataset",
            "mean p of untouched",
            "of inflated",
            "calibration error at equal classes",
        ],
    );
    let names: BTreeSet<String> = drawn.real()?.iter().map(|row| row.fold.clone()).collect();
    for name in names {
        let model = refit(&drawn.without(&name)?, |_| true)?;
        let own: Vec<CreatorRow> = match series.iter().filter(|row| row.fold == name).cloned().collect::<Vec<_>>() {
            reported if reported.is_empty() => drawn.real()?.iter().filter(|row| row.fold == name).cloned().collect(),
            reported => reported,
        };
        table.push(figures(&name, &own, &model, settings));
    }
    Ok(table)
}

fn figures(name: &str, own: &[CreatorRow], model: &CreatorModel, settings: &EvaluationSettings) -> [String; 10] {
    let scored = scored(model, own.iter(), &CreatorBlock::ALL);
    let inputs: Vec<Vec<f64>> = own.iter().map(|row| row.values.clone()).collect();
    let alone: Vec<Option<CreatorJudgement>> =
        inputs.iter().map(|values| judge_inputs(std::slice::from_ref(values), &[Platform::Other], model).remove(0)).collect();
    let together = judge_inputs(&inputs, &vec![Platform::Other; inputs.len()], model);
    let failed = |judged: &[Option<CreatorJudgement>], label: Label| {
        let of: Vec<&CreatorJudgement> =
            own.iter().zip(judged).filter(|(row, _)| row.label == label).filter_map(|(_, judged)| judged.as_ref()).collect();
        rate(of.iter().filter(|judged| judged.is_failed()).count(), of.len())
    };
    let prior = (model.rates().prior / (1.0 - model.rates().prior)).ln();
    let even: Vec<f64> =
        scored.decisions.iter().map(|decision| crate::benchmark::composition::sigmoid(decision - prior)).collect();
    let mean_of = |label: Label| {
        let of: Vec<f64> = even.iter().zip(&scored.labels).filter(|(_, known)| **known == label).map(|(p, _)| *p).collect();
        optional(mean(&of))
    };
    [
        name.to_owned(),
        scored.size(),
        auc_cell(&scored, settings),
        failed(&alone, Label::Genuine),
        failed(&alone, Label::Fake),
        failed(&together, Label::Genuine),
        failed(&together, Label::Fake),
        mean_of(Label::Genuine),
        mean_of(Label::Fake),
        optional(debiased_calibration_error(&even, &scored.labels, 15)),
    ]
}
