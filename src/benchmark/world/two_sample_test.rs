//! A classifier two-sample test: how well a learner tells two samples apart that it was not fitted on.

use super::WorldSettings;
use super::forest::Forest;
use crate::domain::{Interval, Label};
use crate::error::Result;
use crate::model::{AdditiveModel, AdditiveParams, Ramps, Scale, TrainingRow};
use crate::signals::Trend;
use crate::statistics::{auc, grouped_folds};
use linfa::traits::{Fit, Predict};
use linfa::{DatasetBase, ParamGuard};
use ndarray::{Array1, Array2};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Parts of the cross-validation.
const FOLDS: usize = 5;

/// An area under the curve with its interval.
pub(super) type Area = (Option<f64>, Option<Interval>);

/// What a test found: .5 where the samples cannot be told apart, 1 where they always can.
#[derive(Debug, Clone)]
pub(super) struct TwoSampleTest {
    pub n_each: usize,
    pub logistic: Area,
    pub forest: Area,
    /// Features by how much the forest's area falls where they are shuffled, most first.
    pub telling: Vec<(usize, f64)>,
}

struct Held {
    rows: Vec<Vec<f64>>,
    labels: Vec<Label>,
    folds: Vec<usize>,
}

/// Tells the rows of `a` (genuine) from those of `b` (fake, as the positive class is called throughout) by five-fold
/// cross-validation, as many of each; rows that are equal stay in one fold.
///
/// # Errors
/// Those of the logistic fit.
///
/// # Source
/// Lopez-Paz and Oquab, *Revisiting classifier two-sample tests*, 2017.
pub(super) fn two_sample_test(a: &[Vec<f64>], b: &[Vec<f64>], settings: &WorldSettings) -> Result<TwoSampleTest> {
    let n_each = a.len().min(b.len());
    let held = Held::new(drawn(a, n_each, settings.seed), drawn(b, n_each, settings.seed));
    let (mut logistic, mut forest) = (vec![0.0; held.rows.len()], vec![0.0; held.rows.len()]);
    let width = held.rows.first().map_or(0, Vec::len);
    let mut shuffled = vec![vec![0.0; held.rows.len()]; width];
    for fold in 0..FOLDS {
        let (train, test): (Vec<usize>, Vec<usize>) = (0..held.rows.len()).partition(|&row| held.folds[row] != fold);
        for (&row, decision) in test.iter().zip(held.logistic(&train, &test)?) {
            logistic[row] = decision;
        }
        let seed = settings.seed + fold as u64;
        let fitted = held.forest(&train, settings.n_trees, seed);
        for &row in &test {
            forest[row] = fitted.predict(&held.rows[row]);
        }
        for (feature, scores) in shuffled.iter_mut().enumerate() {
            held.score_shuffled(&fitted, &test, (feature, seed), scores);
        }
    }
    let whole = auc(&forest, &held.labels).unwrap_or(0.5);
    let mut telling: Vec<(usize, f64)> = shuffled
        .iter()
        .enumerate()
        .map(|(feature, scores)| (feature, whole - auc(scores, &held.labels).unwrap_or(0.5)))
        .collect();
    telling.sort_by(|x, y| y.1.total_cmp(&x.1));
    Ok(TwoSampleTest { n_each, logistic: held.area(&logistic, settings), forest: held.area(&forest, settings), telling })
}

fn drawn(rows: &[Vec<f64>], n: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    order.truncate(n);
    order.into_iter().map(|row| rows[row].clone()).collect()
}

impl Held {
    fn new(a: Vec<Vec<f64>>, b: Vec<Vec<f64>>) -> Self {
        let labels = std::iter::repeat_n(Label::Genuine, a.len()).chain(std::iter::repeat_n(Label::Fake, b.len())).collect();
        let rows: Vec<Vec<f64>> = a.into_iter().chain(b).collect();
        let mut seen: BTreeMap<Vec<u64>, u64> = BTreeMap::new();
        let groups: Vec<u64> = rows
            .iter()
            .map(|row| {
                let next = seen.len() as u64;
                *seen.entry(row.iter().map(|value| value.to_bits()).collect()).or_insert(next)
            })
            .collect();
        let folds = grouped_folds(&groups, FOLDS, 1);
        Self { rows, labels, folds }
    }

    fn forest(&self, train: &[usize], n_trees: u32, seed: u64) -> Forest {
        let rows: Vec<&[f64]> = train.iter().map(|&row| self.rows[row].as_slice()).collect();
        let is_positive: Vec<bool> = train.iter().map(|&row| self.labels[row] == Label::Fake).collect();
        Forest::fit(&rows, &is_positive, n_trees, seed)
    }

    /// Scores the rows of a fold with one feature dealt out anew among them.
    fn score_shuffled(&self, forest: &Forest, test: &[usize], (feature, seed): (usize, u64), scores: &mut [f64]) {
        let mut dealt: Vec<f64> = test.iter().map(|&row| self.rows[row][feature]).collect();
        dealt.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        for (&row, value) in test.iter().zip(dealt) {
            let mut changed = self.rows[row].clone();
            changed[feature] = value;
            scores[row] = forest.predict(&changed);
        }
    }

    /// Decision values of a logistic regression with one slope a feature.
    fn logistic(&self, train: &[usize], test: &[usize]) -> Result<Vec<f64>> {
        let width = self.rows.first().map_or(0, Vec::len);
        let range = |column: usize| {
            let values = || train.iter().map(|&row| self.rows[row][column]);
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
        };
        let varying: Vec<(usize, f64, f64)> =
            (0..width).map(|column| (column, range(column).0, range(column).1)).filter(|(_, low, high)| high > low).collect();
        let terms = varying.iter().map(|&(_, low, high)| Ramps::new(Scale::Linear, &[low, high], Trend::Free));
        let records = |rows: &[usize]| {
            Array2::from_shape_fn((rows.len(), varying.len()), |(row, term)| self.rows[rows[row]][varying[term].0])
        };
        let targets = train.iter().map(|&row| TrainingRow { label: self.labels[row], domain: 0, weight: 1.0 });
        let dataset = DatasetBase::new(records(train), Array1::from_iter(targets));
        let model: AdditiveModel = AdditiveParams::new(terms.collect::<Result<_>>()?).check()?.fit(&dataset)?;
        Ok(model.predict(&records(test)).to_vec())
    }

    fn area(&self, scores: &[f64], settings: &WorldSettings) -> Area {
        let groups = |class: Label| -> Vec<Vec<usize>> {
            (0..scores.len()).filter(|&row| self.labels[row] == class).map(|row| vec![row]).collect()
        };
        let (b, a) = (groups(Label::Fake), groups(Label::Genuine));
        let interval = settings.bootstrap().over_strata(&[&b, &a], |rows| {
            let drawn: Vec<f64> = rows.iter().map(|&row| scores[row]).collect();
            let labels: Vec<Label> = rows.iter().map(|&row| self.labels[row]).collect();
            auc(&drawn, &labels)
        });
        (auc(scores, &self.labels), interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    /// Rows from the unit square; `bend` ties the second feature to the first.
    fn sample(n: usize, seed: u64, bend: bool) -> Vec<Vec<f64>> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let row = |(x, y): (f64, f64)| vec![x, if bend { (2.0 * x + 0.1 * y).fract() } else { y }, 1.0];
        (0..n).map(|_| row((random.random(), random.random()))).collect()
    }

    #[test]
    fn one_population_cannot_be_told_apart_and_another_shape_can() {
        let settings = WorldSettings::quick(1);
        let same = two_sample_test(&sample(400, 1, false), &sample(400, 2, false), &settings).unwrap();
        let (area, interval) = same.forest;
        assert!((area.unwrap() - 0.5).abs() < 0.08 && interval.unwrap().width() < 0.2, "{area:?}");
        let bent = two_sample_test(&sample(400, 1, false), &sample(300, 3, true), &settings).unwrap();
        assert_eq!(bent.n_each, 300);
        assert!(bent.forest.0.unwrap() > 0.8 && bent.logistic.0.unwrap() < 0.6, "only the forest sees it: {bent:?}");
        assert_eq!(bent.telling[2].0, 2, "what is constant tells nothing");
    }
}
