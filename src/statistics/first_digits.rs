//! How the first digits of counts are spread, against Benford's law.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// First digits of counts beside Benford's law P(d) = log10(1 + 1/d).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FirstDigits {
    /// Counts above zero.
    pub n: usize,
    /// Share of each first digit, 1 to 9.
    pub shares: [f64; 9],
    /// Total variation distance: half the sum of the absolute differences, 0 to 1.
    pub distance: f64,
    /// Distance that a sample of this size from the law itself stays below 99 times in 100.
    pub by_chance: f64,
}

/// Counts needed: with fewer, chance alone moves the distance by more than what is looked for.
const LEAST: usize = 300;

/// First digits of the counts above zero.
///
/// Counts that span several powers of ten and come from growth follow the law closely, those that cluster about one size do not, fake or not.
///
/// # Missing
/// `None` with fewer than 300 counts above zero.
///
/// # Cost
/// O(n).
///
/// # Source
/// Benford 1938; Golbeck, *Benford's Law Applies to Online Social Networks*, 2015. The bound: ½ √(χ²/n) is never below the distance
/// (Cauchy–Schwarz), χ² at its 99th percentile with 8 degrees of freedom.
///
/// # Examples
/// ```
/// use bonafide::statistics::first_digits;
/// let powers: Vec<u64> = (0..600).map(|place| 1.02_f64.powi(place + 100) as u64).collect();
/// let digits = first_digits(&powers).unwrap();
/// assert!(digits.distance < digits.by_chance);
/// ```
pub fn first_digits(counts: &[u64]) -> Option<FirstDigits> {
    let mut tally = [0_usize; 9];
    for &count in counts.iter().filter(|&&count| count > 0) {
        let first = count / 10_u64.pow(count.ilog10());
        tally[first as usize - 1] += 1;
    }
    let n: usize = tally.iter().sum();
    if n < LEAST {
        return None;
    }
    let shares = tally.map(|count| count as f64 / n as f64);
    let law = |place: usize| (1.0 + 1.0 / (place as f64 + 1.0)).log10();
    let distance = 0.5 * shares.iter().enumerate().map(|(place, share)| (share - law(place)).abs()).sum::<f64>();
    let greatest = ChiSquared::new(8.0).ok()?.inverse_cdf(0.99);
    Some(FirstDigits { n, shares, distance, by_chance: 0.5 * (greatest / n as f64).sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_agrees_with_one_computed_by_hand() {
        // All begin with 1: ½ ((1 − .30103) + .69897).
        let ones = first_digits(&[1_234; 300]).unwrap();
        assert!((ones.distance - 0.698_970_004).abs() < 1e-8, "{ones:?}");
        assert_eq!(ones.shares[0], 1.0);
        // χ² at .99 with 8 degrees of freedom is 20.090 in every printed table.
        assert!((ones.by_chance - 0.5 * (20.090_235_f64 / 300.0).sqrt()).abs() < 1e-6);
    }

    #[test]
    fn even_first_digits_are_far_from_the_law() {
        let even: Vec<u64> = (0..900).map(|place| 100 + place).collect();
        let digits = first_digits(&even).unwrap();
        // By hand: Σ over digits above 1/9 of log10(1 + 1/d) − 1/9, d = 1, 2, 3.
        assert!((digits.distance - (0.602_06 - 1.0 / 3.0)).abs() < 1e-4 && digits.distance > digits.by_chance);
    }

    #[test]
    fn too_few_counts_say_nothing() {
        assert_eq!(first_digits(&[0; 1_000]), None);
        assert_eq!(first_digits(&[u64::MAX; 299]), None);
        assert!(first_digits(&[u64::MAX; 300]).is_some());
    }
}
