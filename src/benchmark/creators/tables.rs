//! The tables of the creator model's evaluation.

use super::refit;
use super::worlds::SimulatedCreator;
use crate::benchmark::figure::{count, decimal_to, optional, with_interval};
use crate::benchmark::scored::Scored;
use crate::benchmark::{EvaluationSettings, EvaluationTable};
use crate::domain::{Label, Platform, Verdict};
use crate::error::Result;
use crate::model::{CreatorBlock, CreatorModel, CreatorRow};
use crate::scoring::{CreatorJudgement, judge_inputs};
use crate::statistics::{brier, debiased_calibration_error, wilson};
use std::collections::BTreeSet;

/// Level of intervals.
const LEVEL: f64 = 0.95;
/// Ordered parts of followers, likes or comments.
const STRENGTHS: [(f64, f64); 4] = [(0.0, 0.05), (0.05, 0.1), (0.1, 0.25), (0.25, 1.01)];
/// What may be given of a creator.
const GIVEN: [(&str, &[CreatorBlock]); 7] = [
    ("all that was measured", &CreatorBlock::ALL),
    ("followers' profiles", &[CreatorBlock::Audience]),
    ("posts with their counts and times of likes", &[CreatorBlock::Engagement]),
    ("followers over time", &[CreatorBlock::Growth]),
    ("who acts together", &[CreatorBlock::Coordination]),
    (
        "everything but followers' profiles",
        &[CreatorBlock::Coordination, CreatorBlock::Growth, CreatorBlock::Engagement, CreatorBlock::Comments],
    ),
    ("profiles and posts", &[CreatorBlock::Audience, CreatorBlock::Engagement]),
];

/// `.012 [.008, .017] of 1,234`.
pub(super) fn rate(part: usize, whole: usize) -> String {
    let interval = wilson(part as u64, whole as u64, LEVEL);
    let value = (whole > 0).then(|| part as f64 / whole as f64);
    format!("{} of {}", with_interval(value, interval), count(whole))
}

fn names(creators: &[SimulatedCreator]) -> BTreeSet<&str> {
    creators.iter().map(|creator| creator.row.fold.as_str()).collect()
}

/// Verdicts of whole audits, shipped models and all.
pub(super) fn verdicts(creators: &[SimulatedCreator]) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "Verdicts in simulated worlds for reporting, everything in the export given. Untouched: nothing was ordered for them by anybody. Strongly inflated: a quarter of followers, likes or comments or more was ordered",
        &[
            "world",
            "untouched that fail",
            "untouched that pass",
            "inflated that fail",
            "strongly inflated that fail",
            "strongly inflated that pass",
            "creators with a decision",
        ],
    );
    let mut groups: Vec<(String, Vec<&SimulatedCreator>)> = names(creators)
        .into_iter()
        .map(|name| (name.to_owned(), creators.iter().filter(|creator| creator.row.fold == name).collect()))
        .collect();
    groups.push(("all".to_owned(), creators.iter().collect()));
    for (name, own) in groups {
        let of = |label: Label, least: f64, verdict: Verdict| {
            let meant: Vec<_> =
                own.iter().filter(|creator| creator.row.label == label && creator.row.strength.unwrap_or(0.0) >= least).collect();
            rate(meant.iter().filter(|creator| creator.verdict == verdict).count(), meant.len())
        };
        let decided = own.iter().filter(|creator| matches!(creator.verdict, Verdict::Pass | Verdict::Fail)).count();
        table.push([
            name,
            of(Label::Genuine, 0.0, Verdict::Fail),
            of(Label::Genuine, 0.0, Verdict::Pass),
            of(Label::Fake, 0.0, Verdict::Fail),
            of(Label::Fake, 0.25, Verdict::Fail),
            of(Label::Fake, 0.25, Verdict::Pass),
            rate(decided, own.len()),
        ]);
    }
    table
}

/// Values of the given blocks alone.
fn masked(row: &CreatorRow, blocks: &[CreatorBlock]) -> Vec<f64> {
    let mut values = vec![f64::NAN; row.values.len()];
    for block in blocks {
        values[block.columns()].copy_from_slice(&row.values[block.columns()]);
    }
    values
}

pub(super) fn scored<'a>(model: &CreatorModel, rows: impl Iterator<Item = &'a CreatorRow>, blocks: &[CreatorBlock]) -> Scored {
    let said = rows.filter_map(|row| Some((model.predict(&masked(row, blocks))?.log_odds, row.label)));
    let (decisions, labels) = said.unzip();
    Scored { decisions, labels }
}

fn probabilities(scored: &Scored) -> Vec<f64> {
    scored.decisions.iter().map(|&decision| crate::benchmark::composition::sigmoid(decision)).collect()
}

pub(super) fn auc_cell(scored: &Scored, settings: &EvaluationSettings) -> String {
    let (value, interval) = scored.auc(settings);
    with_interval(value, interval)
}

/// Ranking and calibration by what is given.
pub(super) fn by_blocks(creators: &[SimulatedCreator], model: &CreatorModel, settings: &EvaluationSettings) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "By what is given of a creator: the same simulated creators, with only those blocks of signals. Calibration error: equal-mass bins, bias-corrected. Of the thresholds alone, each creator by itself: what else a verdict asks for (a sample large enough, profiles that are known) is not in it",
        &[
            "given",
            "creators (inflated)",
            "AUC",
            "Brier score",
            "calibration error",
            "mean p of inflated",
            "of untouched",
            "untouched that fail",
            "untouched that pass",
            "strongly inflated that fail",
            "strongly inflated that pass",
        ],
    );
    for (name, blocks) in GIVEN {
        let scored = scored(model, creators.iter().map(|creator| &creator.row), blocks);
        let p = probabilities(&scored);
        let mean = |label: Label| {
            let own = scored.rows_of(label);
            optional(crate::statistics::mean(&own.iter().map(|&row| p[row]).collect::<Vec<_>>()))
        };
        let judged: Vec<(&CreatorRow, CreatorJudgement)> = creators
            .iter()
            .filter_map(|creator| {
                let judged = judge_inputs(&[masked(&creator.row, blocks)], &[Platform::Other], model).remove(0)?;
                Some((&creator.row, judged))
            })
            .collect();
        let of = |label: Label, least: f64, is_so: fn(&CreatorJudgement) -> bool| {
            let meant: Vec<_> =
                judged.iter().filter(|(row, _)| row.label == label && row.strength.unwrap_or(0.0) >= least).collect();
            rate(meant.iter().filter(|(_, judged)| is_so(judged)).count(), meant.len())
        };
        table.push([
            name.to_owned(),
            scored.size(),
            auc_cell(&scored, settings),
            optional(brier(&p, &scored.labels)),
            optional(debiased_calibration_error(&p, &scored.labels, 15)),
            mean(Label::Fake),
            mean(Label::Genuine),
            of(Label::Genuine, 0.0, CreatorJudgement::is_failed),
            of(Label::Genuine, 0.0, CreatorJudgement::is_passed),
            of(Label::Fake, 0.25, CreatorJudgement::is_failed),
            of(Label::Fake, 0.25, CreatorJudgement::is_passed),
        ]);
    }
    table
}

/// Ranking by how much was ordered.
pub(super) fn by_strength(creators: &[SimulatedCreator], model: &CreatorModel, settings: &EvaluationSettings) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "By the ordered part of followers, likes or comments, whichever is largest: those creators against all untouched ones, everything given",
        &["ordered part", "creators (inflated)", "AUC", "of the inflated, verdict fail"],
    );
    for (low, high) in STRENGTHS {
        let is_meant = |row: &CreatorRow| row.strength.is_none_or(|strength| (low..high).contains(&strength));
        let own: Vec<&SimulatedCreator> = creators.iter().filter(|creator| is_meant(&creator.row)).collect();
        let scored = scored(model, own.iter().map(|creator| &creator.row), &CreatorBlock::ALL);
        let inflated: Vec<_> = own.iter().filter(|creator| creator.row.label == Label::Fake).collect();
        let failed = inflated.iter().filter(|creator| creator.verdict == Verdict::Fail).count();
        table.push([
            format!("{} to {}", decimal_to(low, 2), decimal_to(high.min(1.0), 2)),
            scored.size(),
            auc_cell(&scored, settings),
            rate(failed, inflated.len()),
        ]);
    }
    table
}

/// The same kind of market, never shown in fitting.
pub(super) fn vendors_left_out(
    training: &[CreatorRow],
    reported: &[SimulatedCreator],
    settings: &EvaluationSettings,
) -> Result<EvaluationTable> {
    let mut table = EvaluationTable::new(
        "Kinds of vendors never shown: the model fitted without the tuning market of that kind, on the reporting market of it",
        &["kind", "creators (inflated)", "AUC fitted with it", "AUC without it", "untouched that fail without it"],
    );
    let whole = refit(training, |_| true)?;
    for name in names(reported) {
        let own: Vec<&CreatorRow> = reported.iter().map(|creator| &creator.row).filter(|row| row.fold == name).collect();
        if own.iter().all(|row| row.label == Label::Genuine) {
            continue;
        }
        let left_out = name.replace("reporting", "tuning");
        let without = refit(training, |row| row.fold != left_out && row.donor.as_ref() != Some(&left_out))?;
        let of = |model: &CreatorModel| scored(model, own.iter().copied(), &CreatorBlock::ALL);
        let untouched: Vec<_> =
            own.iter().filter(|row| row.label == Label::Genuine).filter_map(|row| without.predict(&row.values)).collect();
        let failed = untouched.iter().filter(|said| said.fail_from.is_some_and(|from| said.p_fake().get() >= from)).count();
        table.push([
            name.trim_start_matches("reporting-").to_owned(),
            of(&whole).size(),
            auc_cell(&of(&whole), settings),
            auc_cell(&of(&without), settings),
            rate(failed, untouched.len()),
        ]);
    }
    Ok(table)
}
