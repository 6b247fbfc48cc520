//! What an unlabelled set of scores says of the share of fakes among them, and of how its scores are shifted.

use super::prevalence_calibration::{PrevalenceCalibration, ScoreTemplate};
use crate::domain::{INTERVAL_LEVEL, Interval};
use crate::error::{Error, Result};

/// Largest shift considered either way, in grid steps: 5 in log-odds, four standard deviations between known datasets.
const MAX_SHIFT_STEPS: i64 = 20;
/// The same where the calibration holds the scores to be hardly shifted at all.
const FEW_SHIFT_STEPS: i64 = 2;
/// Standard deviation of the shift below which that is so, in log-odds.
const SMALL_SHIFT_SD: f64 = 0.2;
/// Audiences that all others of a set together weigh like: audiences of one platform are alike, not the same, so a
/// hundred of them must not buy certainty.
const WEIGHT_OF_OTHERS: f64 = 1.0;
/// Posterior weight below which a cell of the grid is left out of sums.
const NEGLIGIBLE: f64 = 1e-9;

/// Tables of the mixture π f₁(s − d) + (1 − π) f₀(s − d) on the grids of score s, share π, shift d and template f,
/// made once and used for every audience.
///
/// # Cost
/// Templates × 41 × 104 × 145 numbers: 5 MB a template.
#[derive(Debug, Clone)]
pub struct ShareGrid {
    start: f64,
    step: f64,
    n_scores: usize,
    shares: Vec<f64>,
    shifts: Vec<f64>,
    /// One row of scores a (template, shift).
    fake: Vec<Vec<f64>>,
    genuine: Vec<Vec<f64>>,
    /// ln(π f₁ + (1 − π) f₀), score by score and within it cell by cell, so that a histogram is weighed in straight runs.
    log_mixture: Vec<f64>,
    log_prior: Vec<f64>,
    effective_sample_count: f64,
    margins: [f64; 2],
}

/// The joint posterior of template, shift and share for one set of accounts, as weights of the grid's cells that sum to 1.
#[derive(Debug, Clone)]
pub struct SharePosterior<'a> {
    grid: &'a ShareGrid,
    cells: Vec<(usize, f64)>,
}

/// What audiences that share template and shift say of these together; sums over audiences.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetEvidence {
    rows: Vec<f64>,
    n_audiences: usize,
}

impl SetEvidence {
    /// Adds the evidence of other audiences.
    pub fn add(&mut self, other: &Self) {
        self.rows.resize(self.rows.len().max(other.rows.len()), 0.0);
        self.rows.iter_mut().zip(&other.rows).for_each(|(sum, row)| *sum += row);
        self.n_audiences += other.n_audiences;
    }

    /// What is left without audiences that were added before.
    pub fn without(&self, other: &Self) -> Self {
        let of_other = other.rows.iter().copied().chain(std::iter::repeat(0.0));
        let rows = self.rows.iter().zip(of_other).map(|(sum, row)| sum - row).collect();
        Self { rows, n_audiences: self.n_audiences.saturating_sub(other.n_audiences) }
    }
}

/// Probability of *fake* at one score given the whole set: its posterior mean and standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreProbability {
    /// Mean over template, shift and share.
    pub mean: f64,
    /// Standard deviation over template, shift and share.
    pub sd: f64,
}

impl ShareGrid {
    /// Prepares the tables.
    ///
    /// # Errors
    /// `Malformed` if the calibration has no template, or lists of different length.
    pub fn new(calibration: &PrevalenceCalibration) -> Result<Self> {
        let n_scores = calibration.templates.first().map_or(0, |template| template.fake.len());
        let is_whole = |t: &ScoreTemplate| t.fake.len() == n_scores && t.genuine.len() == n_scores;
        if n_scores < 2 || !calibration.templates.iter().all(is_whole) {
            return Err(Error::malformed("a prevalence calibration", "templates are missing or of different length"));
        }
        let shares = share_grid();
        let reach = if calibration.shift_sd > SMALL_SHIFT_SD { MAX_SHIFT_STEPS } else { FEW_SHIFT_STEPS };
        let steps: Vec<i64> = (-reach..=reach).collect();
        let rows = |density: fn(&ScoreTemplate) -> &[f64]| -> Vec<Vec<f64>> {
            let templates = calibration.templates.iter();
            templates.flat_map(|template| steps.iter().map(|&step| shifted(density(template), step))).collect()
        };
        let (fake, genuine) = (rows(|template| &template.fake), rows(|template| &template.genuine));
        let shifts: Vec<f64> = steps.iter().map(|&step| step as f64 * calibration.step).collect();
        let mut log_mixture = Vec::with_capacity(fake.len() * shares.len() * n_scores);
        for score in 0..n_scores {
            for (fake, genuine) in fake.iter().zip(&genuine) {
                let (f, g) = (fake[score], genuine[score]);
                log_mixture.extend(shares.iter().map(|share| (share * f + (1.0 - share) * g).max(1e-300).ln()));
            }
        }
        let log_prior = log_prior(calibration, &shares, &shifts);
        let (start, step) = (calibration.start, calibration.step);
        let effective_sample_count = calibration.effective_sample_count;
        let margins = calibration.interval_margins;
        Ok(Self { start, step, n_scores, shares, shifts, fake, genuine, log_mixture, log_prior, effective_sample_count, margins })
    }

    /// The posterior from a histogram of decision values ([`PrevalenceCalibration::histogram`]).
    ///
    /// An audience of n accounts weighs like min(n, effective sample count) of them. An empty histogram gives the prior.
    ///
    /// # Cost
    /// One pass over the tables, about a millisecond.
    pub fn posterior(&self, histogram: &[f64]) -> SharePosterior<'_> {
        self.normalised(self.log_weights(histogram))
    }

    /// The posterior of one audience of a set, such as a dataset's audiences on one platform, which share template and
    /// shift but not their shares: all the others together weigh like one more audience.
    ///
    /// # Shape
    /// `is_member`: whether the audience's own evidence is part of the set's.
    ///
    /// # Cost
    /// As [`ShareGrid::posterior`].
    pub fn posterior_among(&self, histogram: &[f64], set: &SetEvidence, is_member: bool) -> SharePosterior<'_> {
        let mut log_weights = self.log_weights(histogram);
        let n_others = set.n_audiences - usize::from(is_member && set.n_audiences > 0);
        if n_others > 0 {
            let own = if is_member { self.evidence_of(&log_weights) } else { vec![0.0; set.rows.len()] };
            let n_shares = self.shares.len();
            for (row, (all, own)) in set.rows.iter().zip(own).enumerate() {
                let others = (all - own) / n_others as f64 * WEIGHT_OF_OTHERS;
                log_weights[row * n_shares..(row + 1) * n_shares].iter_mut().for_each(|weight| *weight += others);
            }
        }
        self.normalised(log_weights)
    }

    /// What one audience says of template and shift, whatever its share.
    ///
    /// # Cost
    /// As [`ShareGrid::posterior`].
    pub fn evidence(&self, histogram: &[f64]) -> SetEvidence {
        SetEvidence { rows: self.evidence_of(&self.log_weights(histogram)), n_audiences: 1 }
    }

    /// Log marginal likelihood of every (template, shift): the share integrated out over its prior.
    fn evidence_of(&self, log_weights: &[f64]) -> Vec<f64> {
        let n_shares = self.shares.len();
        let rows = log_weights.chunks_exact(n_shares).zip(self.log_prior.chunks_exact(n_shares));
        rows.map(|(weights, prior)| log_sum_exp(weights) - log_sum_exp(prior)).collect()
    }

    fn log_weights(&self, histogram: &[f64]) -> Vec<f64> {
        let n: f64 = histogram.iter().sum();
        let tempering = if n > 0.0 { (self.effective_sample_count / n).min(1.0) } else { 0.0 };
        let used: Vec<(usize, f64)> = histogram.iter().copied().enumerate().filter(|(_, count)| *count > 0.0).collect();
        let n_cells = self.log_prior.len();
        let mut sums = vec![0.0; n_cells];
        for (score, count) in used {
            let column = &self.log_mixture[score * n_cells..(score + 1) * n_cells];
            sums.iter_mut().zip(column).for_each(|(sum, log)| *sum += count * log);
        }
        sums.iter().zip(&self.log_prior).map(|(sum, prior)| prior + tempering * sum).collect()
    }

    fn normalised(&self, log_weights: Vec<f64>) -> SharePosterior<'_> {
        let top = log_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut cells: Vec<(usize, f64)> = log_weights.iter().map(|log| (log - top).exp()).enumerate().collect();
        cells.retain(|(_, weight)| *weight > NEGLIGIBLE);
        let sum: f64 = cells.iter().map(|(_, weight)| weight).sum();
        cells.iter_mut().for_each(|(_, weight)| *weight /= sum);
        SharePosterior { grid: self, cells }
    }

    /// Adds the calibration's margins to an interval, within 0..=1.
    ///
    /// # Panics
    /// If an end is not a number.
    pub fn widened(&self, low: f64, high: f64) -> Interval {
        let low = (low - self.margins[0]).clamp(0.0, 1.0);
        Interval::new(low, (high + self.margins[1]).clamp(low, 1.0)).expect("both ends were clamped in order")
    }

    /// The histogram that `n` accounts with this share of fakes would have on average, unshifted.
    pub fn expected_histogram(&self, share: f64, n: f64) -> Vec<f64> {
        let middle = self.shifts.len() / 2;
        self.fake[middle].iter().zip(&self.genuine[middle]).map(|(f, g)| n * (share * f + (1.0 - share) * g)).collect()
    }
}

impl SharePosterior<'_> {
    /// Posterior mean of the share in the population that the accounts were drawn from.
    pub fn mean_share(&self) -> f64 {
        self.cells.iter().map(|&(cell, weight)| weight * self.grid.share_of(cell)).sum()
    }

    /// Interval of the share in the population, at the level of [`INTERVAL_LEVEL`], with the calibration's margins.
    pub fn interval(&self) -> Interval {
        let mut weights = vec![0.0; self.grid.shares.len()];
        for &(cell, weight) in &self.cells {
            weights[cell % self.grid.shares.len()] += weight;
        }
        let tail = (1.0 - INTERVAL_LEVEL) / 2.0;
        let (low, high) = (quantile(&self.grid.shares, &weights, tail), quantile(&self.grid.shares, &weights, 1.0 - tail));
        self.grid.widened(low, high)
    }

    /// Posterior mean of the shift, in log-odds.
    pub fn mean_shift(&self) -> f64 {
        self.cells.iter().map(|&(cell, weight)| weight * self.grid.shift_of(cell)).sum()
    }

    /// Share π of the population and weight, one pair a cell of the grid that matters.
    pub fn shares(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.cells.iter().map(|&(cell, weight)| (self.grid.share_of(cell), weight))
    }

    /// Probability of *fake* at each score of the grid, for this set of accounts.
    pub fn probabilities(&self) -> Vec<ScoreProbability> {
        (0..self.grid.n_scores)
            .map(|score| {
                let (mut mean, mut square) = (0.0, 0.0);
                for &(cell, weight) in &self.cells {
                    let p = self.grid.fake_given(cell, score);
                    mean += weight * p;
                    square += weight * p * p;
                }
                ScoreProbability { mean, sd: (square - mean * mean).max(0.0).sqrt() }
            })
            .collect()
    }

    /// The probability at any decision value, interpolated between scores of the grid.
    pub fn probability_at(&self, probabilities: &[ScoreProbability], decision: f64) -> ScoreProbability {
        let last = probabilities.len() - 1;
        let place = ((decision - self.grid.start) / self.grid.step).clamp(0.0, last as f64);
        let left = (place as usize).min(last - 1);
        let part = place - left as f64;
        let (a, b) = (probabilities[left], probabilities[left + 1]);
        ScoreProbability { mean: a.mean + part * (b.mean - a.mean), sd: a.sd + part * (b.sd - a.sd) }
    }
}

impl ShareGrid {
    fn share_of(&self, cell: usize) -> f64 {
        self.shares[cell % self.shares.len()]
    }

    fn shift_of(&self, cell: usize) -> f64 {
        self.shifts[cell / self.shares.len() % self.shifts.len()]
    }

    fn fake_given(&self, cell: usize, score: usize) -> f64 {
        let (share, row) = (self.share_of(cell), cell / self.shares.len());
        let fake = share * self.fake[row][score];
        fake / (fake + (1.0 - share) * self.genuine[row][score]).max(1e-300)
    }
}

/// ln Σ eˣ.
fn log_sum_exp(values: &[f64]) -> f64 {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + values.iter().map(|value| (value - top).exp()).sum::<f64>().ln()
}

/// Quantile of a distribution given by weights at points, linear between the middles of the steps of its sum.
fn quantile(points: &[f64], weights: &[f64], level: f64) -> f64 {
    let mut before = (points[0], 0.0);
    let mut sum = 0.0;
    for (&point, weight) in points.iter().zip(weights) {
        let middle = sum + weight / 2.0;
        if middle >= level {
            let part = if middle > before.1 { (level - before.1) / (middle - before.1) } else { 1.0 };
            return before.0 + part * (point - before.0);
        }
        before = (point, middle);
        sum += weight;
    }
    before.0
}

/// 0, 0.2 %, 0.5 %, then every per cent to 99, 99.5 % and 1: fine where audiences lie.
fn share_grid() -> Vec<f64> {
    let percents = (1..100).map(|percent| f64::from(percent) / 100.0);
    [0.0, 0.002, 0.005].into_iter().chain(percents).chain([0.995, 1.0]).collect()
}

/// Log prior of every cell, template by template: normal in the shift, Beta(a, b) times the width that a grid point
/// stands for in the share, the same for every template.
fn log_prior(calibration: &PrevalenceCalibration, shares: &[f64], shifts: &[f64]) -> Vec<f64> {
    let ([a, b], last) = (calibration.share_prior, shares.len() - 1);
    let of_share = |i: usize| {
        let (left, right) = (i.saturating_sub(1), (i + 1).min(last));
        let width = (shares[right] - shares[left]) / (right - left) as f64;
        (a - 1.0) * shares[i].max(0.002).ln() + (b - 1.0) * (1.0 - shares[i]).max(0.002).ln() + width.ln()
    };
    let of_shift = |shift: f64| -0.5 * (shift / calibration.shift_sd).powi(2);
    let one: Vec<f64> = shifts.iter().flat_map(|&shift| (0..=last).map(move |i| of_shift(shift) + of_share(i))).collect();
    one.repeat(calibration.templates.len())
}

/// The density moved by whole steps, its end values continued.
fn shifted(density: &[f64], steps: i64) -> Vec<f64> {
    let last = density.len() as i64 - 1;
    (0..=last).map(|i| density[(i - steps).clamp(0, last) as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two scores only: a fake one scores 3 or (with 20 %) −3, a genuine one the other way round; no shift to speak of.
    fn two_scores(effective: f64) -> PrevalenceCalibration {
        PrevalenceCalibration {
            start: -3.0,
            step: 6.0,
            templates: vec![ScoreTemplate { name: "pooled".into(), fake: vec![0.2, 0.8], genuine: vec![0.8, 0.2] }],
            shift_sd: 1e-3,
            effective_sample_count: effective,
            share_prior: [1.0, 1.0],
            interval_margins: [0.0, 0.0],
        }
    }

    #[test]
    fn finds_the_share_by_hand() {
        // 62 of 100 score high: Rogan–Gladen gives (0.62 − 0.2) / (0.8 − 0.2) = 0.70.
        let grid = ShareGrid::new(&two_scores(1e9)).unwrap();
        let posterior = grid.posterior(&[38_000.0, 62_000.0]);
        assert!((posterior.mean_share() - 0.70).abs() < 0.005, "{}", posterior.mean_share());
    }

    #[test]
    fn weighs_no_more_than_the_effective_sample() {
        let spread = |n: f64| {
            let grid = ShareGrid::new(&two_scores(200.0)).unwrap();
            let posterior = grid.posterior(&[0.38 * n, 0.62 * n]);
            let mean = posterior.mean_share();
            posterior.shares().map(|(share, weight)| weight * (share - mean).powi(2)).sum::<f64>()
        };
        assert!(spread(100.0) > spread(200.0));
        assert!((spread(200.0) - spread(20_000.0)).abs() < 1e-12);
    }

    #[test]
    fn gives_the_prior_without_accounts() {
        let grid = ShareGrid::new(&two_scores(200.0)).unwrap();
        assert!((grid.posterior(&[0.0, 0.0]).mean_share() - 0.5).abs() < 0.01);
    }

    #[test]
    fn probability_at_a_score_follows_bayes() {
        // At a share of 0.70: 0.7 × 0.8 / (0.7 × 0.8 + 0.3 × 0.2) = 0.903.
        let grid = ShareGrid::new(&two_scores(1e9)).unwrap();
        let posterior = grid.posterior(&[38_000.0, 62_000.0]);
        let probabilities = posterior.probabilities();
        assert!((posterior.probability_at(&probabilities, 3.0).mean - 0.903).abs() < 0.003);
        let middle = posterior.probability_at(&probabilities, 0.0).mean;
        assert!((middle - f64::midpoint(probabilities[0].mean, probabilities[1].mean)).abs() < 1e-12);
    }

    #[test]
    fn others_of_a_set_settle_its_shift() {
        // One audience without any high score cannot tell "no fakes" from "all fakes, shifted"; its companions can.
        use crate::model::HeldOutScores;
        let decisions: Vec<f64> = line(-4.0, -1.0, 50).chain(line(1.0, 4.0, 50)).collect();
        let is_fake: Vec<bool> = (0..100).map(|i| i >= 50).collect();
        let held_out = [HeldOutScores { name: "line", decisions: &decisions, is_fake: &is_fake }];
        let calibration = PrevalenceCalibration::fit(&held_out, 1.5, 100.0).unwrap();
        let grid = ShareGrid::new(&calibration).unwrap();
        let of =
            |n_fake: usize| calibration.histogram(line(-2.0, 1.0, 100 - n_fake).chain(line(3.0, 6.0, n_fake.max(2))).take(100));
        let lone = grid.posterior(&of(0));
        let mut set = SetEvidence::default();
        [0, 20, 40].iter().for_each(|&n_fake| set.add(&grid.evidence(&of(n_fake))));
        let among = grid.posterior_among(&of(0), &set, true);
        assert!((among.mean_shift() - 2.0).abs() < (lone.mean_shift() - 2.0).abs(), "{}", among.mean_shift());
        assert!(among.mean_share() < lone.mean_share());
        let mut alone = SetEvidence::default();
        alone.add(&grid.evidence(&of(0)));
        assert_eq!(grid.posterior_among(&of(0), &alone, true).mean_share(), lone.mean_share());
        assert_eq!(grid.posterior_among(&of(0), &SetEvidence::default(), false).mean_share(), lone.mean_share());
    }

    /// `n` values evenly spaced from `low` to `high`.
    fn line(low: f64, high: f64, n: usize) -> impl Iterator<Item = f64> {
        (0..n).map(move |i| low + (high - low) * i as f64 / (n - 1) as f64)
    }

    #[test]
    fn agrees_with_an_implementation_in_numpy() {
        // The same recipe written independently in Python with NumPy, pooled template only.
        use crate::model::HeldOutScores;
        let sets = [(-5.0, 1.0, 0.0, 6.0), (-4.0, 2.0, 1.0, 8.0)];
        let decisions: Vec<Vec<f64>> = sets.iter().map(|&(a, b, c, d)| line(a, b, 60).chain(line(c, d, 30)).collect()).collect();
        let is_fake: Vec<bool> = (0..90).map(|i| i >= 60).collect();
        let held_out: Vec<HeldOutScores<'_>> =
            decisions.iter().map(|decisions| HeldOutScores { name: "line", decisions, is_fake: &is_fake }).collect();
        let mut calibration = PrevalenceCalibration::fit(&held_out, 1.0, 100.0).unwrap();
        calibration.templates.truncate(1);
        let grid = ShareGrid::new(&calibration).unwrap();
        let posterior = grid.posterior(&calibration.histogram(line(-4.5, 1.5, 80).chain(line(0.5, 7.0, 20))));
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        close(posterior.mean_share(), 0.189_310_860_138_471_04);
        close(posterior.interval().low(), 0.116_224_207_852_978_75);
        close(posterior.interval().high(), 0.272_564_182_730_606_73);
        close(posterior.mean_shift(), 0.059_023_769_957_720_06);
        let curve = posterior.probabilities();
        for (decision, expected) in [(-4.0, 0.001_598_821_979_965), (0.0, 0.043_706_848_099_439), (2.0, 0.482_421_837_159_576)] {
            close(posterior.probability_at(&curve, decision).mean, expected);
        }
    }
}
