//! What the model must know of itself so that a share can be estimated: how held-out scores of each class are spread.

use crate::error::{Error, ErrorKind, Result};
use crate::statistics::IsotonicFit;
use serde::{Deserialize, Serialize};

/// Widest score that the grid holds; decision values beyond it count at its ends.
const GRID_START: f64 = -16.0;
/// Spacing of the grid, in log-odds: a quarter of the spread of a class within one dataset.
const GRID_STEP: f64 = 0.25;
/// Points of the grid: −16 to 20.
const N_GRID: usize = 145;
/// Standard deviation of the smoothing kernel, in log-odds.
const BANDWIDTH: f64 = 0.5;
/// Share of each density spread evenly, so that no score is impossible for a class.
const UNIFORM_PART: f64 = 0.01;
/// Largest log likelihood ratio that a single account may carry.
const MAX_LOG_RATIO: f64 = 5.0;

/// Decision values of one dataset that the model had not seen, with their labels.
#[derive(Debug, Clone, Copy)]
pub struct HeldOutScores<'a> {
    /// Name of the dataset.
    pub name: &'a str,
    /// Decision values (log-odds before any calibration).
    pub decisions: &'a [f64],
    /// Whether each account is fake.
    pub is_fake: &'a [bool],
}

/// How decision values of fake and of genuine accounts are spread, on one dataset or pooled over several.
///
/// # Shape
/// One probability a grid point (`start + i × step` of the calibration); each list sums to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreTemplate {
    /// The dataset, or `pooled`.
    pub name: String,
    /// Distribution of fake accounts' decision values.
    pub fake: Vec<f64>,
    /// Distribution of genuine accounts' decision values.
    pub genuine: Vec<f64>,
}

/// Distributions of the decision value on datasets left out of training, and how far a new dataset's scores may be
/// shifted against them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrevalenceCalibration {
    /// First grid point, in log-odds.
    pub start: f64,
    /// Spacing of the grid, in log-odds.
    pub step: f64,
    /// All held-out datasets pooled, then each alone; a new audience may resemble any of them.
    pub templates: Vec<ScoreTemplate>,
    /// Standard deviation of the shift between datasets, in log-odds.
    pub shift_sd: f64,
    /// Most accounts' worth of evidence that an audience may carry: beyond it the error is the templates', not the sample's.
    pub effective_sample_count: f64,
    /// Parameters a and b of the prior Beta(a, b) of a share.
    pub share_prior: [f64; 2],
    /// Widening of the interval's lower and upper end, a share: what the posterior alone leaves uncovered on datasets
    /// that it did not know.
    pub interval_margins: [f64; 2],
}

impl PrevalenceCalibration {
    /// Aligns the held-out datasets by the middle between their classes, pools and smooths them, and makes the ratio
    /// of the densities rise with the score. Margins are 0 until [`PrevalenceCalibration::fit_margins`].
    ///
    /// # Shape
    /// One element a dataset left out: its name and scores of both classes. `shift_sd` is the standard deviation of the
    /// middles, at least `min_shift_sd` (log-odds): a few datasets say little about the next one.
    ///
    /// # Errors
    /// `NotEnoughData` without datasets or where one lacks a class.
    ///
    /// # Source
    /// The mixture view of quantification: Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier
    /// to new a priori probabilities", 2002; here with a shift of the scores beside the shift of the share.
    pub fn fit(held_out: &[HeldOutScores<'_>], min_shift_sd: f64, effective_sample_count: f64) -> Result<Self> {
        let middles = held_out.iter().map(middle).collect::<Result<Vec<f64>>>()?;
        if middles.is_empty() {
            return Err(not_enough("no dataset was held out"));
        }
        let center = middles.iter().sum::<f64>() / middles.len() as f64;
        let shifts: Vec<f64> = middles.iter().map(|middle| middle - center).collect();
        let spread = shifts.iter().map(|shift| shift * shift).sum::<f64>() / (shifts.len().max(2) - 1) as f64;
        let mut templates = vec![template("pooled", held_out, &shifts)];
        if held_out.len() > 1 {
            templates.extend(held_out.iter().map(|scores| template(scores.name, std::slice::from_ref(scores), &[0.0])));
        }
        Ok(Self {
            start: GRID_START,
            step: GRID_STEP,
            templates,
            shift_sd: spread.sqrt().max(min_shift_sd),
            effective_sample_count,
            share_prior: [1.0, 1.5],
            interval_margins: [0.0, 0.0],
        })
    }

    /// The same with one more set that an audience may resemble, its scores as they are. What is known of shifts and margins stays: one set says little of the next.
    ///
    /// # Errors
    /// `NotEnoughData` where it lacks a class.
    pub fn with_set(mut self, held_out: &HeldOutScores<'_>) -> Result<Self> {
        middle(held_out)?;
        self.templates.push(template(held_out.name, std::slice::from_ref(held_out), &[0.0]));
        Ok(self)
    }

    /// Counts decision values on the grid, each split linearly between its two neighbours.
    ///
    /// # Shape
    /// One count a grid point; they sum to the number of values.
    pub fn histogram(&self, decisions: impl IntoIterator<Item = f64>) -> Vec<f64> {
        self.weighted_histogram(decisions.into_iter().map(|decision| (decision, 1.0)))
    }

    /// The same of decision values with their weights; the counts sum to the weights' sum.
    pub fn weighted_histogram(&self, sample: impl IntoIterator<Item = (f64, f64)>) -> Vec<f64> {
        let mut counts = vec![0.0; self.templates.first().map_or(N_GRID, |template| template.fake.len())];
        for (decision, weight) in sample {
            add(&mut counts, (decision - self.start) / self.step, weight);
        }
        counts
    }
}

/// Densities of both classes over the given datasets, each with the same weight and its shift taken off.
fn template(name: &str, held_out: &[HeldOutScores<'_>], shifts: &[f64]) -> ScoreTemplate {
    let fake = smooth(&pooled(held_out, shifts, true));
    let genuine = smooth(&pooled(held_out, shifts, false));
    let (fake, genuine) = with_rising_ratio(&fake, &genuine);
    ScoreTemplate { name: name.to_owned(), fake, genuine }
}

fn not_enough(detail: &str) -> Error {
    Error::new(ErrorKind::NotEnoughData { purpose: "calibrate shares", detail: detail.to_owned() })
}

/// Middle between the mean decision values of the two classes.
fn middle(scores: &HeldOutScores<'_>) -> Result<f64> {
    let mean = |class: bool| {
        let (sum, count) = of_class(scores, class).fold((0.0, 0_u64), |(sum, count), value| (sum + value, count + 1));
        if count == 0 { Err(not_enough("a held-out dataset lacks one of the classes")) } else { Ok(sum / count as f64) }
    };
    Ok(f64::midpoint(mean(true)?, mean(false)?))
}

fn of_class<'a>(scores: &'a HeldOutScores<'_>, class: bool) -> impl Iterator<Item = f64> + 'a {
    scores.decisions.iter().zip(scores.is_fake).filter(move |(_, is_fake)| **is_fake == class).map(|(value, _)| *value)
}

fn pooled(held_out: &[HeldOutScores<'_>], shifts: &[f64], class: bool) -> Vec<f64> {
    let mut density = vec![0.0; N_GRID];
    for (scores, shift) in held_out.iter().zip(shifts) {
        let count = of_class(scores, class).count() as f64;
        for value in of_class(scores, class) {
            add(&mut density, (value - shift - GRID_START) / GRID_STEP, 1.0 / count);
        }
    }
    density
}

fn add(counts: &mut [f64], place: f64, weight: f64) {
    let last = counts.len() - 1;
    let place = if place.is_nan() { 0.0 } else { place.clamp(0.0, last as f64) };
    let left = (place as usize).min(last - 1);
    let part = place - left as f64;
    counts[left] += weight * (1.0 - part);
    counts[left + 1] += weight * part;
}

/// Gaussian smoothing that keeps the mass at the ends, then a small even part; sums to 1.
fn smooth(density: &[f64]) -> Vec<f64> {
    let kernel = |a: usize, b: usize| (-0.5 * ((a as f64 - b as f64) * GRID_STEP / BANDWIDTH).powi(2)).exp();
    let mut out = vec![0.0; N_GRID];
    for (from, mass) in density.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
        let total: f64 = (0..N_GRID).map(|to| kernel(to, from)).sum();
        for (to, slot) in out.iter_mut().enumerate() {
            *slot += mass * kernel(to, from) / total;
        }
    }
    let sum: f64 = out.iter().sum();
    out.iter().map(|value| (1.0 - UNIFORM_PART) * value / sum + UNIFORM_PART / N_GRID as f64).collect()
}

/// Keeps the sum of the two densities and makes the log of their ratio non-decreasing and bounded.
fn with_rising_ratio(fake: &[f64], genuine: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let total: Vec<f64> = fake.iter().zip(genuine).map(|(a, b)| a + b).collect();
    let ratio: Vec<f64> = fake.iter().zip(genuine).map(|(a, b)| (a / b).ln()).collect();
    let rising = risen(&ratio, &total);
    let share = |sign: f64| -> Vec<f64> {
        let raw: Vec<f64> = rising
            .iter()
            .zip(&total)
            .map(|(ratio, total)| total / (1.0 + (-sign * ratio.clamp(-MAX_LOG_RATIO, MAX_LOG_RATIO)).exp()))
            .collect();
        let sum: f64 = raw.iter().sum();
        raw.iter().map(|value| value / sum).collect()
    };
    (share(1.0), share(-1.0))
}

/// The nearest non-decreasing values, by weight.
fn risen(values: &[f64], weights: &[f64]) -> Vec<f64> {
    let places: Vec<f64> = (0..values.len()).map(|place| place as f64).collect();
    let fit = IsotonicFit::fit(&places, values, Some(weights)).expect("smoothed densities are positive and finite");
    places.iter().map(|&place| fit.predict(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_to_rise_by_weight() {
        // By hand: 3 and 1 with weights 1 and 3 pool to 1.5; 2 stays; 4 and 3 pool to 3.5.
        assert_eq!(risen(&[3.0, 1.0, 2.0, 4.0, 3.0], &[1.0, 3.0, 1.0, 1.0, 1.0]), vec![1.5, 1.5, 2.0, 3.5, 3.5]);
    }

    #[test]
    fn splits_a_value_between_its_neighbours_and_keeps_the_ends() {
        let scores = HeldOutScores { name: "a", decisions: &[-1.0, 1.0], is_fake: &[false, true] };
        let calibration = PrevalenceCalibration::fit(&[scores], 1.0, 150.0).unwrap();
        let counts = calibration.histogram([-16.0 + 0.25 * 2.4, -100.0, 100.0, f64::NAN]);
        assert!((counts[2] - 0.6).abs() < 1e-9 && (counts[3] - 0.4).abs() < 1e-9);
        assert_eq!((counts[0], counts[N_GRID - 1]), (2.0, 1.0));
    }

    #[test]
    fn fits_densities_that_sum_to_one_with_a_rising_ratio() {
        let fake: Vec<f64> = (0..200).map(|i| 2.0 + f64::from(i % 40) / 10.0).collect();
        let genuine: Vec<f64> = (0..200).map(|i| -4.0 + f64::from(i % 40) / 10.0).collect();
        let decisions = [fake, genuine].concat();
        let is_fake: Vec<bool> = (0..400).map(|i| i < 200).collect();
        let shifted: Vec<f64> = decisions.iter().map(|value| value + 3.0).collect();
        let sets = [
            HeldOutScores { name: "a", decisions: &decisions, is_fake: &is_fake },
            HeldOutScores { name: "a", decisions: &shifted, is_fake: &is_fake },
        ];
        let calibration = PrevalenceCalibration::fit(&sets, 1.0, 150.0).unwrap();
        assert_eq!(calibration.templates.len(), 3);
        assert!((calibration.templates[0].fake.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((calibration.templates[0].genuine.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let ratios: Vec<f64> =
            calibration.templates[0].fake.iter().zip(&calibration.templates[0].genuine).map(|(a, b)| a / b).collect();
        assert!(ratios.windows(2).all(|pair| pair[1] >= pair[0] - 1e-12));
        // Two middles 3 apart: sd = sqrt(2 × 1.5² / 1).
        assert!((calibration.shift_sd - 4.5_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn refuses_a_dataset_of_one_class() {
        let scores = HeldOutScores { name: "a", decisions: &[-1.0, 1.0], is_fake: &[false, false] };
        assert!(PrevalenceCalibration::fit(&[scores], 1.0, 150.0).is_err());
        assert!(PrevalenceCalibration::fit(&[], 1.0, 150.0).is_err());
    }
}
