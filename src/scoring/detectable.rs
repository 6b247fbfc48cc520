//! The smallest fake share that a sample of this size could have shown.

use super::prevalence::PrevalenceEstimator;
use std::sync::OnceLock;

/// Share that the interval's lower end must exceed for fakes to count as shown: a share below it cannot be told from
/// none on a grid of per cents.
pub const SHOWN_ABOVE_SHARE: f64 = 0.01;
/// Share of samples of the stated size in which fakes of the minimum detectable share count as shown.
pub const DETECTION_POWER: f64 = 0.9;
/// 10 % quantile of the standard normal: nine samples in ten hold at least this many standard errors below the mean.
const UNLUCKY_SDS: f64 = 1.281_55;
/// Sample sizes at which it is computed; a sample counts as the next smaller one.
const SIZES: [u64; 14] = [5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1_000, 2_000, 5_000];
/// Shares tried, in per cent: 1 to 100.
const LARGEST_PERCENT: u32 = 100;

/// Minimum detectable shares by sample size, each computed when first asked for.
#[derive(Debug)]
pub struct DetectableShares<'a> {
    estimator: &'a PrevalenceEstimator,
    by_size: [OnceLock<Option<f64>>; SIZES.len()],
}

impl<'a> DetectableShares<'a> {
    /// Computes nothing yet.
    pub fn new(estimator: &'a PrevalenceEstimator) -> Self {
        Self { estimator, by_size: Default::default() }
    }

    /// The smallest share, in whole per cents, that a sample of `n` accounts shows with a power of 90 %: the
    /// interval's lower end lies above 1 % also for a sample that by bad luck holds 1.28 standard errors fewer fakes.
    ///
    /// # Missing
    /// `None` if no share could be shown, as with fewer than 5 accounts.
    ///
    /// # Cost
    /// Seven posteriors for each of 14 sample sizes at most, in all.
    ///
    /// # Source
    /// Detection limit after Currie, *Limits for qualitative detection and quantitative determination*, 1968.
    pub fn of(&self, n: u64) -> Option<f64> {
        let slot = SIZES.iter().rposition(|size| *size <= n)?;
        *self.by_size[slot].get_or_init(|| self.search(SIZES[slot] as f64))
    }

    /// The sample size that a sample of `n` accounts is reckoned with: the next smaller one of those computed.
    pub fn reckoned_size(n: u64) -> Option<u64> {
        SIZES.iter().rev().find(|size| **size <= n).copied()
    }

    /// Bisects over per cents: the lower end rises with the share.
    fn search(&self, n: f64) -> Option<f64> {
        let is_shown = |percent: u32| {
            let share = f64::from(percent) / 100.0;
            let unlucky = (share - UNLUCKY_SDS * (share * (1.0 - share) / n).sqrt()).max(0.0);
            let histogram = self.estimator.grid().expected_histogram(unlucky, n);
            self.estimator.grid().posterior(&histogram).interval().low() > SHOWN_ABOVE_SHARE
        };
        if !is_shown(LARGEST_PERCENT) {
            return None;
        }
        let (mut low, mut high) = (0, LARGEST_PERCENT);
        while high - low > 1 {
            let middle = u32::midpoint(low, high);
            if is_shown(middle) { high = middle } else { low = middle }
        }
        Some(f64::from(high) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PrevalenceCalibration, ScoreTemplate};

    #[test]
    fn falls_with_the_sample_and_with_sharper_scores() {
        let estimator = |sharp: f64| {
            let template =
                ScoreTemplate { name: "pooled".into(), fake: vec![1.0 - sharp, sharp], genuine: vec![sharp, 1.0 - sharp] };
            PrevalenceEstimator::new(PrevalenceCalibration {
                start: -3.0,
                step: 6.0,
                templates: vec![template],
                shift_sd: 1e-3,
                effective_sample_count: 1e9,
                share_prior: [1.0, 1.5],
                interval_margins: [0.0, 0.0],
            })
            .unwrap()
        };
        let (sharp, blunt) = (estimator(0.99), estimator(0.8));
        let (sharp, blunt) = (DetectableShares::new(&sharp), DetectableShares::new(&blunt));
        let shares: Vec<f64> = [20, 100, 1_000, 5_000].iter().map(|&n| sharp.of(n).unwrap()).collect();
        assert!(shares.windows(2).all(|pair| pair[0] > pair[1]), "{shares:?}");
        assert!(blunt.of(100).unwrap() > sharp.of(100).unwrap());
        assert_eq!(sharp.of(4), None);
        assert_eq!(sharp.of(149), sharp.of(100));
    }

    #[test]
    fn is_none_where_scores_say_nothing() {
        let template = ScoreTemplate { name: "pooled".into(), fake: vec![0.5, 0.5], genuine: vec![0.5, 0.5] };
        let calibration = PrevalenceCalibration {
            start: -3.0,
            step: 6.0,
            templates: vec![template],
            shift_sd: 1e-3,
            effective_sample_count: 100.0,
            share_prior: [1.0, 1.5],
            interval_margins: [0.05, 0.05],
        };
        let estimator = PrevalenceEstimator::new(calibration).unwrap();
        assert_eq!(DetectableShares::new(&estimator).of(1_000), None);
    }
}
