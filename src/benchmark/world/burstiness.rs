//! How uneven the gaps between events are, and how one gap resembles the next.

use crate::statistics::{mean, standard_deviation};

/// Gaps between neighbouring events, in seconds.
pub(super) fn gaps(times_s: &[i64]) -> Vec<f64> {
    times_s.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect()
}

/// Burstiness B = (σ − μ) / (σ + μ): −1 where all gaps are equal, 0 for chance, towards 1 for bursts.
///
/// # Missing
/// `None` for fewer than two gaps or where all are 0.
///
/// # Source
/// Goh and Barabási, *Burstiness and memory in complex systems*, 2008, equation 1; σ with n − 1.
pub(super) fn burstiness(gaps: &[f64]) -> Option<f64> {
    let (mean, spread) = (mean(gaps)?, standard_deviation(gaps)?);
    (spread + mean > 0.0).then(|| (spread - mean) / (spread + mean))
}

/// Memory M: correlation of each gap with the next.
///
/// # Missing
/// `None` for fewer than four gaps or where they do not vary.
///
/// # Source
/// The same, equation 2.
pub(super) fn memory(gaps: &[f64]) -> Option<f64> {
    if gaps.len() < 4 {
        return None;
    }
    let (first, second) = (&gaps[..gaps.len() - 1], &gaps[1..]);
    let (mean_first, mean_second) = (mean(first)?, mean(second)?);
    let spread = standard_deviation(first)? * standard_deviation(second)?;
    let product: f64 = first.iter().zip(second).map(|(a, b)| (a - mean_first) * (b - mean_second)).sum();
    (spread > 0.0).then(|| product / (first.len() - 1) as f64 / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_and_bursts_stand_at_the_ends() {
        assert_eq!(burstiness(&gaps(&[0, 10, 20, 30, 40])), Some(-1.0));
        let mut bursty = vec![1.0; 400];
        bursty.push(1e6);
        assert!(burstiness(&bursty).unwrap() > 0.9);
        assert_eq!(burstiness(&[5.0]), None);
    }

    #[test]
    fn memory_by_hand() {
        // numpy.corrcoef([1, 3, 2, 5], [3, 2, 5, 4])[0, 1] = .07559289
        assert!((memory(&[1.0, 3.0, 2.0, 5.0, 4.0]).unwrap() - 0.075_592_895).abs() < 1e-8);
        assert!((memory(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0]).unwrap() + 1.0).abs() < 1e-9);
        assert_eq!(memory(&[1.0; 9]), None);
    }
}
