//! Accuracy within one set: the model is fitted on a part of it and measured on the rest.

use super::EvaluationTable;
use super::figure::{Bar, count, small, with_interval};
use super::settings::{ACCURACY_LEVEL, EvaluationSettings};
use super::within_set::OwnSet;
use crate::domain::{Interval, Label};
use crate::error::{Error, ErrorKind, Result};
use crate::statistics::{accuracy, auc, grouped_folds, mean, quantile, sensitivity_at_specificity, stratified_split};
use rayon::prelude::*;

/// Part of the rows that a split measures on.
const TEST_SHARE: f64 = 0.3;
/// Specificity of the published result on SRF's set.
const PUBLISHED_SPECIFICITY: f64 = 0.963;
/// Its sensitivity there.
const PUBLISHED_SENSITIVITY: f64 = 0.774;
const N_FOLDS: usize = 10;

/// One figure of one protocol, with what was to be reached and what was published.
pub(super) struct Row {
    pub protocol: &'static str,
    pub n: usize,
    pub n_fake: usize,
    pub measure: String,
    pub value: Option<f64>,
    pub interval: Option<Interval>,
    pub bar: Bar,
    pub published: &'static str,
}

impl Row {
    /// What is lacking, in words.
    pub(super) fn shortfall(&self) -> Option<String> {
        let short = self.bar.shortfall(self.value?)?;
        Some(format!("{} {} short by {}", self.measure, self.protocol, small(short)))
    }
}

/// The table of both protocols.
pub(super) fn table(rows: &[Row], settings: &EvaluationSettings) -> EvaluationTable {
    let caption = format!(
        "Within one labelled set (a model of that set alone). SRF: mean over {} random splits, 70 % to fit and 30 % to measure; \
         brackets hold 95 % of the splits. instafake: {} × tenfold, exact duplicates dropped and equal rows in one fold; \
         brackets are a 95 % bootstrap interval over accounts.",
        settings.n_splits, settings.n_fold_repeats
    );
    let columns = ["protocol", "n (fake)", "measure", "reached", "to reach", "outcome", "published beside"];
    let mut table = EvaluationTable::new(caption, &columns);
    for row in rows {
        table.push([
            row.protocol.to_owned(),
            format!("{} ({})", count(row.n), count(row.n_fake)),
            row.measure.clone(),
            with_interval(row.value, row.interval),
            row.bar.text(),
            row.bar.outcome(row.value),
            row.published.to_owned(),
        ]);
    }
    table
}

/// Repeated random splits, as SRF Data published one of.
///
/// # Errors
/// As the fit; `NotEnoughData` where a split lacks a class.
pub(super) fn random_splits(set: &OwnSet<'_>, settings: &EvaluationSettings) -> Result<Vec<Row>> {
    let figures: Vec<[f64; 2]> = (0..u64::from(settings.n_splits))
        .into_par_iter()
        .map(|repeat| {
            let split = stratified_split(set.labels(), TEST_SHARE, settings.seed, repeat);
            let decisions = set.decisions(&split.train, &split.test)?;
            let labels: Vec<Label> = split.test.iter().map(|&row| set.labels()[row]).collect();
            let area = auc(&decisions, &labels);
            let point = sensitivity_at_specificity(&decisions, &labels, PUBLISHED_SPECIFICITY);
            let (area, point) = area.zip(point).ok_or_else(one_class)?;
            Ok([area, point.sensitivity])
        })
        .collect::<Result<_>>()?;
    let column = |index: usize| -> Vec<f64> { figures.iter().map(|figures| figures[index]).collect() };
    let spread = |values: &[f64]| {
        let tail = (1.0 - ACCURACY_LEVEL) / 2.0;
        Interval::new(quantile(values, tail)?, quantile(values, 1.0 - tail)?)
    };
    let row = |measure: &str, index: usize, bar: Bar, published: &'static str| Row {
        protocol: "within SRF",
        n: set.labels().len(),
        n_fake: fakes(set.labels()),
        measure: measure.to_owned(),
        value: mean(&column(index)),
        interval: spread(&column(index)),
        bar,
        published,
    };
    Ok(vec![
        row("AUC", 0, Bar::AtLeast(0.95), "not published"),
        row(
            "sensitivity at specificity ≥ .963",
            1,
            Bar::AtLeast(PUBLISHED_SENSITIVITY),
            "sensitivity .774 at specificity .963, one split (SRF Data 2017)",
        ),
    ])
}

/// Tenfold cross-validation, equal rows kept together.
///
/// # Errors
/// As the fit.
pub(super) fn folds(set: &OwnSet<'_>, settings: &EvaluationSettings) -> Result<Vec<Row>> {
    let groups = set.groups();
    let repeats: Vec<Vec<f64>> = (0..u64::from(settings.n_fold_repeats))
        .map(|repeat| {
            let folds = grouped_folds(&groups, N_FOLDS, settings.seed.wrapping_add(repeat));
            cross_validated(set, &folds)
        })
        .collect::<Result<_>>()?;
    let labels = set.labels();
    let mean_of = |statistic: &dyn Fn(&[f64]) -> Option<f64>| {
        repeats.iter().map(|decisions| statistic(decisions)).collect::<Option<Vec<f64>>>().and_then(|values| mean(&values))
    };
    let interval_of = |statistic: fn(&[f64], &[Label]) -> Option<f64>| {
        let decisions = repeats.last()?;
        super::scored::stratified(labels, settings, |rows| {
            let drawn: (Vec<f64>, Vec<Label>) = rows.iter().map(|&row| (decisions[row], labels[row])).unzip();
            statistic(&drawn.0, &drawn.1)
        })
    };
    let right: fn(&[f64], &[Label]) -> Option<f64> = |decisions, labels| accuracy(decisions, labels, 0.0);
    let row = |measure: &str, statistic: fn(&[f64], &[Label]) -> Option<f64>, bar: f64, published: &'static str| Row {
        protocol: "within instafake",
        n: labels.len(),
        n_fake: fakes(labels),
        measure: measure.to_owned(),
        value: mean_of(&|decisions| statistic(decisions, labels)),
        interval: interval_of(statistic),
        bar: Bar::AtLeast(bar),
        published,
    };
    Ok(vec![row("AUC", auc, 0.992, "not published"), row("accuracy", right, 0.97, "accuracy .96 (Akyon and Kalfaoglu 2019)")])
}

fn cross_validated(set: &OwnSet<'_>, folds: &[usize]) -> Result<Vec<f64>> {
    let rows = |test: &dyn Fn(usize) -> bool| (0..folds.len()).filter(|&row| test(folds[row])).collect::<Vec<usize>>();
    let parts: Vec<(Vec<usize>, Vec<f64>)> = (0..N_FOLDS)
        .into_par_iter()
        .map(|fold| {
            let (train, test) = (rows(&|own| own != fold), rows(&|own| own == fold));
            let decisions = set.decisions(&train, &test)?;
            Ok((test, decisions))
        })
        .collect::<Result<_>>()?;
    let mut decisions = vec![0.0; folds.len()];
    for (row, decision) in parts.into_iter().flat_map(|(rows, values)| rows.into_iter().zip(values)) {
        decisions[row] = decision;
    }
    Ok(decisions)
}

fn fakes(labels: &[Label]) -> usize {
    labels.iter().filter(|&&label| label == Label::Fake).count()
}

fn one_class() -> Error {
    let detail = "a split holds one class only".to_owned();
    Error::new(ErrorKind::NotEnoughData { purpose: "measure accuracy within a set", detail })
}
