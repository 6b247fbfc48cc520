//! The interval of a share in a population of which a known part was seen.

use crate::domain::{INTERVAL_LEVEL, Interval};
use statrs::distribution::{ContinuousCDF, Normal};

/// Draws the ends of an interval towards the share: of the variance V that the interval stands for, the part
/// V_s = share (1 − share)/n that is sampling error shrinks by (N − n)/(N − 1); what the classifier and its
/// calibration add does not, however much of the population was seen.
///
/// End = share + (end − share) √(1 − min(1, V_s/V) (n − 1)/(N − 1)).
///
/// # Source
/// Cochran, *Sampling Techniques*, 1977, section 2.6, applied to the sampling part alone.
pub(super) fn for_population(interval: Interval, share: f64, n: u64, count: u64) -> Interval {
    let count = count.max(n);
    if n == 0 || interval.width() == 0.0 {
        return interval;
    }
    let z = Normal::standard().inverse_cdf(0.5 + INTERVAL_LEVEL / 2.0);
    let variance = (interval.width() / (2.0 * z)).powi(2);
    let sampling = (share * (1.0 - share) / n as f64 / variance).min(1.0);
    let seen = if count > 1 { (n - 1) as f64 / (count - 1) as f64 } else { 1.0 };
    let kept = (1.0 - sampling * seen).max(0.0).sqrt();
    let end = |end: f64| share + (end - share) * kept;
    Interval::new(end(interval.low()), end(interval.high())).unwrap_or(interval)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sampling_part_shrinks() {
        // share .5 of 100: V_s = .0025. Ends ± 1.644854 × .1 make V = .01, a quarter of it sampling error.
        // 100 of 199 seen: (n − 1)/(N − 1) = .5, so √(1 − .25 × .5) = .935414.
        let interval = Interval::new(0.5 - 0.164_485_4, 0.5 + 0.164_485_4).unwrap();
        let half = for_population(interval, 0.5, 100, 199);
        assert!((half.high() - (0.5 + 0.164_485_4 * 0.935_414)).abs() < 1e-6, "{half:?}");
        // All seen: √.75.
        let whole = for_population(interval, 0.5, 100, 100);
        assert!((whole.low() - (0.5 - 0.164_485_4 * 0.866_025)).abs() < 1e-6, "{whole:?}");
        // One in ten thousand: as good as nothing.
        assert!(for_population(interval, 0.5, 100, 1_000_000).width() > 0.9999 * interval.width());
    }

    #[test]
    fn a_perfect_classifier_leaves_nothing_where_all_were_seen() {
        let half = 1.644_853_627 * (0.25_f64 / 100.0).sqrt();
        let interval = Interval::new(0.5 - half, 0.5 + half).unwrap();
        assert!(for_population(interval, 0.5, 100, 100).width() < 1e-4);
    }
}
