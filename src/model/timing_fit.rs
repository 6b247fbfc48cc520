//! Fitting the timing model.

use super::additive::{AdditiveModel, AdditiveParams, TrainingRow};
use super::artifact::Provenance;
use super::ramps::{Ramps, Scale};
use super::timing_model::{GapModels, TimingHistory, TimingModel, TimingSettings, TimingTerms};
use crate::domain::{Label, Probability};
use crate::error::{Error, ErrorKind, Result};
use crate::signals::Trend;
use crate::statistics::{grouped_folds, quantile};
use crate::timing::{DirichletMultinomial, GapProfile, TIMING_MEASURES, TimingMeasure};
use linfa::traits::{Fit, Predict};
use linfa::{Dataset, ParamGuard};
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;

/// Folds inside the training rows.
const INNER_FOLDS: usize = 5;
/// Pieces of each term's function that are tried: one is a straight line.
const PIECES: [usize; 2] = [1, 4];
/// Ridge penalties that are tried.
const RIDGES: [f64; 4] = [1e-3, 3e-3, 1e-2, 3e-2];
/// Quantiles of the training rows between which a term's function changes: outliers count as the ends.
const ENDS: (f64, f64) = (0.02, 0.98);
/// Slope at which a fit has arrived: terms with few values near an end make the last digits slow.
const TOLERANCE: f64 = 1e-6;
/// Probabilities nearer to 0 or 1 count as this in the loss by which settings are chosen.
const LEAST_PROBABILITY: f64 = 1e-6;

/// A history with its class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelledHistory {
    /// What is measured.
    pub history: TimingHistory,
    /// Fake: a program.
    pub label: Label,
}

impl TimingModel {
    /// Fits gaps by class, chooses pieces and ridge by the log loss of five folds, and fits the terms. Likelihood ratios of the rows that are
    /// fitted come from folds that did not hold them. Same rows in the same order, same seed, same bits.
    ///
    /// # Errors
    /// `NotEnoughData` with fewer than ten histories of either class.
    ///
    /// # Cost
    /// Some seconds for a thousand histories.
    pub fn fit(rows: &[LabelledHistory], provenance: Provenance) -> Result<Self> {
        let n_fake = rows.iter().filter(|row| row.label == Label::Fake).count();
        if n_fake < 2 * INNER_FOLDS || rows.len() - n_fake < 2 * INNER_FOLDS {
            let detail = format!("{n_fake} of {} histories are of programs; ten of each class are needed", rows.len());
            return Err(Error::new(ErrorKind::NotEnoughData { purpose: "fit a timing model", detail }));
        }
        let folds = folds_by_class(rows.iter().map(|row| row.label), INNER_FOLDS, provenance.seed);
        let records = records_left_out(rows, &folds)?;
        let labels: Vec<Label> = rows.iter().map(|row| row.label).collect();
        let settings = choose(&records, &labels, &folds)?;
        let all: Vec<usize> = (0..rows.len()).collect();
        let additive = fit_terms(&records, &labels, &all, settings)?;
        Self::from_parts(provenance, settings, fit_gaps(rows, &all)?, additive)
    }
}

/// One fold number a row, each class dealt evenly.
pub fn folds_by_class(labels: impl Iterator<Item = Label>, k: usize, seed: u64) -> Vec<usize> {
    let labels: Vec<Label> = labels.collect();
    let mut folds = vec![0; labels.len()];
    for &class in Label::ALL {
        let rows: Vec<usize> = (0..labels.len()).filter(|&row| labels[row] == class).collect();
        let numbers: Vec<u64> = (0..rows.len() as u64).collect();
        for (row, fold) in rows.into_iter().zip(grouped_folds(&numbers, k, seed)) {
            folds[row] = fold;
        }
    }
    folds
}

fn fit_gaps(rows: &[LabelledHistory], train: &[usize]) -> Result<GapModels> {
    let of = |class: Label| {
        let profiles: Vec<GapProfile> =
            train.iter().filter(|&&row| rows[row].label == class).map(|&row| rows[row].history.profile).collect();
        DirichletMultinomial::fit(&profiles)
    };
    Ok(GapModels { fake: of(Label::Fake)?, genuine: of(Label::Genuine)? })
}

/// The measures, and the likelihood ratio by gaps fitted without the row's fold.
fn records_left_out(rows: &[LabelledHistory], folds: &[usize]) -> Result<Array2<f64>> {
    let gaps: Vec<GapModels> = (0..INNER_FOLDS)
        .into_par_iter()
        .map(|fold| fit_gaps(rows, &(0..rows.len()).filter(|&row| folds[row] != fold).collect::<Vec<usize>>()))
        .collect::<Result<_>>()?;
    let mut records = Array2::zeros((rows.len(), TIMING_MEASURES.len() + 1));
    for (row, (entry, mut line)) in rows.iter().zip(records.rows_mut()).enumerate() {
        let ratio = gaps[folds[row]].ln_ratio(&entry.history.profile);
        line.iter_mut().zip(TimingTerms::All.measured(&entry.history).chain([ratio])).for_each(|(slot, value)| *slot = value);
    }
    Ok(records)
}

/// The settings with the least log loss over the folds.
fn choose(records: &Array2<f64>, labels: &[Label], folds: &[usize]) -> Result<TimingSettings> {
    let mut candidates = Vec::new();
    for terms in [TimingTerms::BesideLengths, TimingTerms::All] {
        candidates.extend(PIECES.iter().flat_map(|&n_pieces| RIDGES.map(|ridge| TimingSettings { terms, n_pieces, ridge })));
    }
    let losses: Vec<f64> =
        candidates.par_iter().map(|&settings| loss(records, labels, folds, settings)).collect::<Result<_>>()?;
    let best = (0..candidates.len()).min_by(|&a, &b| losses[a].total_cmp(&losses[b])).unwrap_or(0);
    Ok(candidates[best])
}

fn loss(records: &Array2<f64>, labels: &[Label], folds: &[usize], settings: TimingSettings) -> Result<f64> {
    let mut sum = 0.0;
    for fold in 0..INNER_FOLDS {
        let (test, train): (Vec<usize>, Vec<usize>) = (0..labels.len()).partition(|&row| folds[row] == fold);
        let model = fit_terms(records, labels, &train, settings)?;
        let log_odds = model.predict(&records.select(Axis(0), &test).select(Axis(1), &columns(settings.terms)));
        for (&row, &odds) in test.iter().zip(&log_odds) {
            let p = Probability::from_log_odds(odds).get();
            let right = if labels[row] == Label::Fake { p } else { 1.0 - p };
            sum -= right.max(LEAST_PROBABILITY).ln();
        }
    }
    Ok(sum)
}

fn fit_terms(records: &Array2<f64>, labels: &[Label], train: &[usize], settings: TimingSettings) -> Result<AdditiveModel> {
    let columns = columns(settings.terms);
    let records = records.select(Axis(0), train).select(Axis(1), &columns);
    let terms: Vec<Ramps> = columns
        .iter()
        .zip(records.columns())
        .map(|(&column, values)| {
            let values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
            Ramps::new(Scale::Linear, &knots(&values, settings.n_pieces), trend(column))
        })
        .collect::<Result<_>>()?;
    let targets = train.iter().map(|&row| TrainingRow { label: labels[row], domain: 0, weight: 1.0 });
    let params = AdditiveParams::new(terms).ridge(settings.ridge).tolerance(TOLERANCE).check()?;
    params.fit(&Dataset::new(records, Array1::from_iter(targets)))
}

/// Columns of the terms among all measures and the ratio.
fn columns(terms: TimingTerms) -> Vec<usize> {
    terms.measures().iter().map(|&measure| measure as usize).chain([TIMING_MEASURES.len()]).collect()
}

/// Quantiles of the values, evenly spaced between the ends; equal ones count once, and a column of one value gets two all the same.
fn knots(values: &[f64], n_pieces: usize) -> Vec<f64> {
    let at = |piece: usize| ENDS.0 + (ENDS.1 - ENDS.0) * piece as f64 / n_pieces as f64;
    let mut knots: Vec<f64> = (0..=n_pieces).filter_map(|piece| quantile(values, at(piece))).collect();
    knots.dedup();
    if knots.len() < 2 {
        let only = knots.first().copied().unwrap_or(0.0);
        knots = vec![only, only + 1.0];
    }
    knots
}

/// Signs of a clock never speak for a person, whoever it is; of the others the direction is not known beforehand.
fn trend(column: usize) -> Trend {
    match TIMING_MEASURES.get(column) {
        None
        | Some(
            TimingMeasure::SameGapShare
            | TimingMeasure::WholeMinuteShare
            | TimingMeasure::SecondExcess
            | TimingMeasure::MinuteExcess
            | TimingMeasure::QuietShare,
        ) => Trend::Increasing,
        Some(_) => Trend::Free,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timing::ActorTimes;

    /// Programs act every ten minutes or so, people in sessions by day.
    fn rows() -> Vec<LabelledHistory> {
        let of = |number: i64| {
            let is_fake = number % 3 == 0;
            let times: Vec<i64> = (0..60)
                .map(|turn| {
                    let noise = (turn * 7_919 + number * 104_729) % 1_000;
                    let session = turn / 6 * 86_400_000 + turn % 6 * 40_000 + noise * 30_000;
                    if is_fake { turn * 600_000 + number * 1_000 + noise * 200 } else { session }
                })
                .collect();
            let mut sorted = times;
            sorted.sort_unstable();
            let label = if is_fake { Label::Fake } else { Label::Genuine };
            LabelledHistory { history: TimingHistory::from(&ActorTimes::of(&sorted)), label }
        };
        (0..90).map(of).collect()
    }

    #[test]
    fn tells_programs_from_sessions_and_is_the_same_on_one_thread() {
        let rows = rows();
        let model = TimingModel::fit(&rows, Provenance::default()).unwrap();
        let odds = |row: &LabelledHistory| model.log_odds(&row.history).unwrap();
        let least = rows.iter().filter(|row| row.label == Label::Fake).map(odds).fold(f64::INFINITY, f64::min);
        let most = rows.iter().filter(|row| row.label == Label::Genuine).map(odds).fold(f64::NEG_INFINITY, f64::max);
        assert!(least > most, "{least} {most}");
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one.install(|| TimingModel::fit(&rows, Provenance::default())).unwrap(), model);
    }

    #[test]
    fn folds_hold_each_class_evenly() {
        let labels: Vec<Label> = (0..103).map(|row| if row % 10 == 0 { Label::Fake } else { Label::Genuine }).collect();
        let folds = folds_by_class(labels.iter().copied(), 5, 3);
        for fold in 0..5 {
            let n = (0..103).filter(|&row| folds[row] == fold && labels[row] == Label::Fake).count();
            assert!((2..=3).contains(&n), "{n}");
        }
    }

    #[test]
    fn one_class_alone_is_refused() {
        let people: Vec<LabelledHistory> = rows().into_iter().filter(|row| row.label == Label::Genuine).collect();
        assert!(TimingModel::fit(&people, Provenance::default()).unwrap_err().to_string().contains("0 of 60"));
        assert_eq!(knots(&[2.0, 2.0], 4), [2.0, 3.0]);
        assert_eq!(knots(&[], 1), [0.0, 1.0]);
    }
}
