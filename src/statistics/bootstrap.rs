//! Percentile bootstrap over rows or groups.

use super::summary::quantile;
use crate::domain::Interval;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Seeded percentile bootstrap. Each replicate draws from a stream of its own, so that the result is the same on any
/// number of threads.
///
/// # Source
/// Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13.
///
/// # Examples
/// ```
/// use bonafide::statistics::Bootstrap;
/// let heights = [1.6, 1.7, 1.8, 1.75, 1.65];
/// let bootstrap = Bootstrap { replicates: 200, level: 0.9, seed: 7 };
/// let mean = |rows: &[usize]| Some(rows.iter().map(|&row| heights[row]).sum::<f64>() / rows.len() as f64);
/// let interval = bootstrap.over_rows(heights.len(), mean).unwrap();
/// assert!(interval.contains(1.7) && interval.width() < 0.2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// How many resamples.
    pub replicates: u32,
    /// Two-sided level of the interval, within 0..1.
    pub level: f64,
    /// Seed.
    pub seed: u64,
}

impl Bootstrap {
    /// Resamples rows 0..n with replacement.
    ///
    /// # Missing
    /// `None` without rows, or if the statistic is missing in more than half of the replicates.
    pub fn over_rows(&self, n_rows: usize, statistic: impl Fn(&[usize]) -> Option<f64> + Sync) -> Option<Interval> {
        let groups: Vec<Vec<usize>> = (0..n_rows).map(|row| vec![row]).collect();
        self.over_groups(&groups, statistic)
    }

    /// Resamples whole groups of rows with replacement; a row may belong to one group only.
    ///
    /// # Missing
    /// As for [`Bootstrap::over_rows`].
    pub fn over_groups(&self, groups: &[Vec<usize>], statistic: impl Fn(&[usize]) -> Option<f64> + Sync) -> Option<Interval> {
        self.over_strata(&[groups], statistic)
    }

    /// Resamples groups within each stratum (for instance the two classes), so that each keeps its number of groups.
    ///
    /// # Missing
    /// As for [`Bootstrap::over_rows`].
    pub fn over_strata(&self, strata: &[&[Vec<usize>]], statistic: impl Fn(&[usize]) -> Option<f64> + Sync) -> Option<Interval> {
        if strata.iter().all(|groups| groups.is_empty()) {
            return None;
        }
        let values: Vec<f64> =
            (0..self.replicates).into_par_iter().filter_map(|replicate| statistic(&self.draw(replicate, strata))).collect();
        if values.len() * 2 < self.replicates as usize {
            return None;
        }
        let tail = (1.0 - self.level) / 2.0;
        Interval::new(quantile(&values, tail)?, quantile(&values, 1.0 - tail)?)
    }

    fn draw(&self, replicate: u32, strata: &[&[Vec<usize>]]) -> Vec<usize> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(u64::from(replicate));
        let mut rows = Vec::new();
        for groups in strata {
            for _ in 0..groups.len() {
                rows.extend_from_slice(&groups[random.random_range(0..groups.len())]);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOTSTRAP: Bootstrap = Bootstrap { replicates: 2_000, level: 0.9, seed: 11 };

    fn share(rows: &[usize]) -> Option<f64> {
        Some(rows.iter().filter(|&&row| row % 4 == 0).count() as f64 / rows.len() as f64)
    }

    #[test]
    fn is_near_the_binomial_interval() {
        // scipy.stats.binom.ppf([.05, .95], 400, .25)/400 = [.215, .285]
        let interval = BOOTSTRAP.over_rows(400, share).unwrap();
        assert!((interval.low() - 0.215).abs() < 0.006 && (interval.high() - 0.285).abs() < 0.006, "{interval:?}");
    }

    #[test]
    fn groups_widen_it() {
        let groups: Vec<Vec<usize>> = (0..40).map(|group| (0..10).map(|row| 4 * row + group % 4).collect()).collect();
        assert!(BOOTSTRAP.over_groups(&groups, share).unwrap().width() > 2.0 * BOOTSTRAP.over_rows(400, share).unwrap().width());
    }

    #[test]
    fn is_the_same_on_one_thread() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(pool.install(|| BOOTSTRAP.over_rows(50, share)), BOOTSTRAP.over_rows(50, share));
    }

    #[test]
    fn is_missing_without_rows_or_statistic() {
        assert_eq!(BOOTSTRAP.over_rows(0, share), None);
        assert_eq!(BOOTSTRAP.over_rows(5, |_| None), None);
    }
}
