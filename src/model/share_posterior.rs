//! What an unlabelled set of scores says of the share of fakes among them, and of how its scores are shifted.

use super::prevalence_calibration::PrevalenceCalibration;

/// Largest shift considered either way, in standard deviations of the shift.
const SHIFT_REACH: f64 = 3.0;
/// Largest shift considered either way, in grid steps.
const MAX_SHIFT_STEPS: usize = 20;
/// Posterior weight below which a cell of the grid is left out of sums.
const NEGLIGIBLE: f64 = 1e-9;

/// Tables of the mixture π f₁(s − d) + (1 − π) f₀(s − d) on the grids of score s, share π and shift d,
/// made once and used for every audience.
///
/// # Cost
/// About 41 × 103 × 145 numbers, 5 MB.
#[derive(Debug, Clone)]
pub struct ShareGrid {
    start: f64,
    step: f64,
    shares: Vec<f64>,
    shifts: Vec<f64>,
    fake: Vec<Vec<f64>>,
    genuine: Vec<Vec<f64>>,
    log_mixture: Vec<f64>,
    log_prior: Vec<f64>,
    effective_sample_count: f64,
}

/// The joint posterior of share and shift for one set of accounts, as weights of the grid's cells that sum to 1.
#[derive(Debug, Clone)]
pub struct SharePosterior<'a> {
    grid: &'a ShareGrid,
    cells: Vec<(usize, f64)>,
}

/// Probability of *fake* at one score given the whole set: its posterior mean and standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreProbability {
    /// Mean over share and shift.
    pub mean: f64,
    /// Standard deviation over share and shift.
    pub sd: f64,
}

impl ShareGrid {
    /// Prepares the tables.
    pub fn new(calibration: &PrevalenceCalibration) -> Self {
        let shares = share_grid();
        let reach = ((SHIFT_REACH * calibration.shift_sd / calibration.step).ceil() as usize).clamp(2, MAX_SHIFT_STEPS) as i64;
        let steps: Vec<i64> = (-reach..=reach).collect();
        let fake: Vec<Vec<f64>> = steps.iter().map(|&step| shifted(&calibration.fake, step)).collect();
        let genuine: Vec<Vec<f64>> = steps.iter().map(|&step| shifted(&calibration.genuine, step)).collect();
        let shifts: Vec<f64> = steps.iter().map(|&step| step as f64 * calibration.step).collect();
        let mut log_mixture = Vec::with_capacity(shifts.len() * shares.len() * calibration.fake.len());
        for (fake, genuine) in fake.iter().zip(&genuine) {
            for share in &shares {
                log_mixture.extend(fake.iter().zip(genuine).map(|(f, g)| (share * f + (1.0 - share) * g).ln()));
            }
        }
        let log_share = log_share_prior(&shares, calibration.share_prior);
        let log_prior = shifts
            .iter()
            .flat_map(|shift| {
                let log_shift = -0.5 * (shift / calibration.shift_sd).powi(2);
                log_share.iter().map(move |log_share| log_shift + log_share)
            })
            .collect();
        let effective_sample_count = calibration.effective_sample_count;
        let (start, step) = (calibration.start, calibration.step);
        Self { start, step, shares, shifts, fake, genuine, log_mixture, log_prior, effective_sample_count }
    }

    /// The posterior from a histogram of decision values ([`PrevalenceCalibration::histogram`]).
    ///
    /// An audience of n accounts weighs like min(n, effective sample count) of them. An empty histogram gives the prior.
    ///
    /// # Cost
    /// One pass over the tables, about a millisecond.
    pub fn posterior(&self, histogram: &[f64]) -> SharePosterior<'_> {
        let n: f64 = histogram.iter().sum();
        let tempering = if n > 0.0 { (self.effective_sample_count / n).min(1.0) } else { 0.0 };
        let used: Vec<(usize, f64)> = histogram.iter().copied().enumerate().filter(|(_, count)| *count > 0.0).collect();
        let n_scores = histogram.len();
        let log_weights: Vec<f64> = self
            .log_prior
            .iter()
            .enumerate()
            .map(|(cell, prior)| {
                let row = &self.log_mixture[cell * n_scores..(cell + 1) * n_scores];
                prior + tempering * used.iter().map(|&(score, count)| count * row[score]).sum::<f64>()
            })
            .collect();
        let top = log_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut cells: Vec<(usize, f64)> = log_weights.iter().map(|log| (log - top).exp()).enumerate().collect();
        cells.retain(|(_, weight)| *weight > NEGLIGIBLE);
        let sum: f64 = cells.iter().map(|(_, weight)| weight).sum();
        cells.iter_mut().for_each(|(_, weight)| *weight /= sum);
        SharePosterior { grid: self, cells }
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

    /// Posterior mean of the shift, in log-odds.
    pub fn mean_shift(&self) -> f64 {
        self.cells.iter().map(|&(cell, weight)| weight * self.grid.shifts[cell / self.grid.shares.len()]).sum()
    }

    /// Share π of the population and weight, one pair a cell of the grid that matters.
    pub fn shares(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.cells.iter().map(|&(cell, weight)| (self.grid.share_of(cell), weight))
    }

    /// For each cell that matters: weight, share of the population, and mean and variance of the number of fakes
    /// among the very accounts of the histogram.
    ///
    /// # Cost
    /// Cells × scores used.
    pub fn sample_counts(&self, histogram: &[f64]) -> Vec<SampleCount> {
        let used: Vec<(usize, f64)> = histogram.iter().copied().enumerate().filter(|(_, count)| *count > 0.0).collect();
        self.cells
            .iter()
            .map(|&(cell, weight)| {
                let share = self.grid.share_of(cell);
                let (mut mean, mut variance) = (0.0, 0.0);
                for &(score, count) in &used {
                    let p = self.grid.fake_given(cell, score);
                    mean += count * p;
                    variance += count * p * (1.0 - p);
                }
                SampleCount { weight, share, mean, variance }
            })
            .collect()
    }

    /// Probability of *fake* at each score of the grid, for this set of accounts.
    pub fn probabilities(&self) -> Vec<ScoreProbability> {
        (0..self.grid.fake[0].len())
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

/// One cell of the posterior: how many fakes the sample itself then holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleCount {
    /// Posterior weight of the cell.
    pub weight: f64,
    /// Share of fakes in the population.
    pub share: f64,
    /// Expected number of fakes in the sample.
    pub mean: f64,
    /// Variance of that number.
    pub variance: f64,
}

impl ShareGrid {
    fn share_of(&self, cell: usize) -> f64 {
        self.shares[cell % self.shares.len()]
    }

    fn fake_given(&self, cell: usize, score: usize) -> f64 {
        let share = self.share_of(cell);
        let shift = cell / self.shares.len();
        let fake = share * self.fake[shift][score];
        fake / (fake + (1.0 - share) * self.genuine[shift][score])
    }
}

/// 0, 0.2 %, 0.5 %, then every per cent to 99, 99.5 % and 1: fine where audiences lie.
fn share_grid() -> Vec<f64> {
    let percents = (1..100).map(|percent| f64::from(percent) / 100.0);
    [0.0, 0.002, 0.005].into_iter().chain(percents).chain([0.995, 1.0]).collect()
}

/// Log of Beta(a, b) times the width that each grid point stands for.
fn log_share_prior(shares: &[f64], [a, b]: [f64; 2]) -> Vec<f64> {
    let last = shares.len() - 1;
    (0..=last)
        .map(|i| {
            let (left, right) = (shares[i.saturating_sub(1)], shares[(i + 1).min(last)]);
            let share = shares[i];
            (a - 1.0) * share.max(0.002).ln() + (b - 1.0) * (1.0 - share).max(0.002).ln() + f64::midpoint(0.0, right - left).ln()
        })
        .collect()
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
            fake: vec![0.2, 0.8],
            genuine: vec![0.8, 0.2],
            shift_sd: 1e-3,
            effective_sample_count: effective,
            share_prior: [1.0, 1.0],
        }
    }

    #[test]
    fn finds_the_share_by_hand() {
        // 62 of 100 score high: Rogan–Gladen gives (0.62 − 0.2) / (0.8 − 0.2) = 0.70.
        let grid = ShareGrid::new(&two_scores(1e9));
        let posterior = grid.posterior(&[38_000.0, 62_000.0]);
        assert!((posterior.mean_share() - 0.70).abs() < 0.005, "{}", posterior.mean_share());
    }

    #[test]
    fn weighs_no_more_than_the_effective_sample() {
        let spread = |n: f64| {
            let grid = ShareGrid::new(&two_scores(200.0));
            let posterior = grid.posterior(&[0.38 * n, 0.62 * n]);
            let mean = posterior.mean_share();
            posterior.shares().map(|(share, weight)| weight * (share - mean).powi(2)).sum::<f64>()
        };
        assert!(spread(100.0) > spread(200.0));
        assert!((spread(200.0) - spread(20_000.0)).abs() < 1e-12);
    }

    #[test]
    fn gives_the_prior_without_accounts() {
        let grid = ShareGrid::new(&two_scores(200.0));
        assert!((grid.posterior(&[0.0, 0.0]).mean_share() - 0.5).abs() < 0.01);
    }

    #[test]
    fn probability_at_a_score_follows_bayes() {
        // At a share of 0.70: 0.7 × 0.8 / (0.7 × 0.8 + 0.3 × 0.2) = 0.903.
        let grid = ShareGrid::new(&two_scores(1e9));
        let posterior = grid.posterior(&[38_000.0, 62_000.0]);
        let probabilities = posterior.probabilities();
        assert!((posterior.probability_at(&probabilities, 3.0).mean - 0.903).abs() < 0.003);
        let middle = posterior.probability_at(&probabilities, 0.0).mean;
        assert!((middle - f64::midpoint(probabilities[0].mean, probabilities[1].mean)).abs() < 1e-12);
    }

    #[test]
    fn counts_fakes_in_the_sample() {
        let grid = ShareGrid::new(&two_scores(1e9));
        let histogram = [38_000.0, 62_000.0];
        let expected: f64 = grid.posterior(&histogram).sample_counts(&histogram).iter().map(|cell| cell.weight * cell.mean).sum();
        assert!((expected / 100_000.0 - 0.70).abs() < 0.005);
    }
}
