//! The share in a population of which a known part was seen.

use crate::domain::INTERVAL_LEVEL;
use crate::model::SampleCount;
use statrs::distribution::{ContinuousCDF, Normal};

/// Part of the population seen below which the correction is left out: it would narrow the interval by under 1 %.
const NEGLIGIBLE_PART: f64 = 0.02;
/// Halvings of 0..1 until a quantile is known to 1e-9.
const N_HALVINGS: usize = 30;
/// Posterior weight below which a cell does not move a quantile.
const NEGLIGIBLE_WEIGHT: f64 = 1e-7;
/// Smallest standard deviation of a cell's share: keeps the distribution continuous.
const MIN_SD: f64 = 1e-4;

/// The population that a share speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Population {
    /// So many accounts that the sample takes nothing away, or not known how many.
    Endless,
    /// This many accounts, a good part of them seen.
    Finite(u64),
}

impl Population {
    pub(super) fn of(n: u64, count: Option<u64>) -> Self {
        match count {
            Some(count) if n as f64 >= NEGLIGIBLE_PART * count as f64 => Self::Finite(count.max(n)),
            _ => Self::Endless,
        }
    }
}

/// Mean and ends of the interval of the share among all `count` accounts, `n` of them seen.
///
/// In each cell of the posterior the share is normal with mean f m/n + (1 − f) π and variance
/// f² v/n² + (1 − f)² π(1 − π)/(N − n), where f = n/N and m and v are mean and variance of the number of fakes seen.
pub(super) fn finite_share(cells: &[SampleCount], n: u64, count: u64) -> (f64, f64, f64) {
    let (n, seen) = (n as f64, n as f64 / count as f64);
    let unseen_count = count as f64 - n;
    let parts: Vec<(f64, f64, f64)> = cells
        .iter()
        .filter(|cell| cell.weight > NEGLIGIBLE_WEIGHT)
        .map(|cell| {
            let mean = seen * cell.mean / n + (1.0 - seen) * cell.share;
            let of_seen = seen * seen * cell.variance / (n * n);
            let drawn = cell.share * (1.0 - cell.share) / unseen_count.max(1.0);
            (cell.weight, mean, (of_seen + (1.0 - seen).powi(2) * drawn).sqrt().max(MIN_SD))
        })
        .collect();
    let total: f64 = parts.iter().map(|(weight, ..)| weight).sum();
    let mean = parts.iter().map(|(weight, mean, _)| weight * mean).sum::<f64>() / total;
    let normal = Normal::standard();
    let below = |x: f64| parts.iter().map(|&(weight, mean, sd)| weight * normal.cdf((x - mean) / sd)).sum::<f64>() / total;
    let quantile = |level: f64| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..N_HALVINGS {
            let middle = f64::midpoint(low, high);
            if below(middle) < level { low = middle } else { high = middle }
        }
        f64::midpoint(low, high)
    };
    let tail = (1.0 - INTERVAL_LEVEL) / 2.0;
    (mean.clamp(0.0, 1.0), quantile(tail), quantile(1.0 - tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_cell(share: f64, mean: f64, variance: f64) -> [SampleCount; 1] {
        [SampleCount { weight: 1.0, share, mean, variance }]
    }

    #[test]
    fn counts_what_was_seen_and_draws_the_rest() {
        // 100 of 400 seen, 30 of them fake for certain, π = .4: .25 × .3 + .75 × .4 = .375;
        // sd = .75 × sqrt(.24 / 300) = .0212; 90 % ends at ± 1.645 sd.
        let (mean, low, high) = finite_share(&one_cell(0.4, 30.0, 0.0), 100, 400);
        assert!((mean - 0.375).abs() < 1e-12);
        assert!((low - (0.375 - 1.644_854 * 0.021_213)).abs() < 1e-4, "{low}");
        assert!((high - (0.375 + 1.644_854 * 0.021_213)).abs() < 1e-4, "{high}");
    }

    #[test]
    fn leaves_no_sampling_error_where_all_were_seen() {
        let (mean, low, high) = finite_share(&one_cell(0.4, 30.0, 0.0), 100, 100);
        assert!((mean - 0.3).abs() < 1e-12 && high - low < 0.001);
    }

    #[test]
    fn a_small_part_is_as_none() {
        assert_eq!(Population::of(100, Some(1_000_000)), Population::Endless);
        assert_eq!(Population::of(100, None), Population::Endless);
        assert_eq!(Population::of(100, Some(90)), Population::Finite(100));
    }
}
