//! Whether numbers between 0 and 1 are uniform, with weight on both ends.

/// A² of a sample against the uniform distribution on 0..1, and the probability of a larger one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AndersonDarling {
    /// A² = −n − (1/n) Σ (2i − 1) [ln u₍ᵢ₎ + ln(1 − u₍ₙ₊₁₋ᵢ₎)].
    pub statistic: f64,
    /// Probability of at least this under uniformity, for large n.
    pub p: f64,
}

/// Values are kept this far from 0 and 1, where a logarithm would be infinite.
const EDGE: f64 = 1e-12;

/// Tests probability integral transforms against uniformity.
///
/// # Missing
/// `None` without values, or with one that is NaN or outside 0..=1.
///
/// # Cost
/// O(n log n): it sorts a copy.
///
/// # Source
/// Anderson and Darling, *A test of goodness of fit*, 1954; the limit as in Marsaglia and Marsaglia, *Evaluating the
/// Anderson-Darling distribution*, 2004, `adinf`.
pub fn anderson_darling(uniform: &[f64]) -> Option<AndersonDarling> {
    if uniform.is_empty() || !uniform.iter().all(|u| (0.0..=1.0).contains(u)) {
        return None;
    }
    let mut sorted: Vec<f64> = uniform.iter().map(|u| u.clamp(EDGE, 1.0 - EDGE)).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len();
    let term = |i: usize| (2 * i + 1) as f64 * (sorted[i].ln() + (1.0 - sorted[n - 1 - i]).ln());
    let statistic = -(n as f64) - (0..n).map(term).sum::<f64>() / n as f64;
    Some(AndersonDarling { statistic, p: 1.0 - limit(statistic) })
}

/// Distribution of A² for large n.
fn limit(z: f64) -> f64 {
    if z <= 0.0 {
        return 0.0;
    }
    let polynomial = |coefficients: [f64; 6]| coefficients.iter().rev().fold(0.0, |sum, c| sum * z + c);
    if z < 2.0 {
        let sum = polynomial([2.000_12, 0.247_105, -0.064_982_1, 0.034_796_2, -0.011_672, 0.001_686_91]);
        return (-1.233_714_1 / z).exp() / z.sqrt() * sum;
    }
    (-polynomial([1.077_6, -2.306_95, 0.434_24, -0.082_433, 0.008_056, -0.000_314_6]).exp()).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistic_agrees_with_scipy() {
        // scipy.stats.goodness_of_fit(uniform, u, known_params={loc: 0, scale: 1}, statistic="ad").statistic
        let u = [0.02, 0.11, 0.19, 0.33, 0.41, 0.58, 0.62, 0.79, 0.9, 0.97];
        assert!((anderson_darling(&u).unwrap().statistic - 0.206_873_380_222_431).abs() < 1e-12);
    }

    #[test]
    fn the_limit_has_the_published_points() {
        // D’Agostino and Stephens, Goodness-of-fit techniques, 1986, table 4.2, case 0: 1.933, 2.492 and 3.070 at 10, 5 and 2.5 %.
        for (z, p) in [(1.933, 0.10), (2.492, 0.05), (3.070, 0.025)] {
            assert!((1.0 - limit(z) - p).abs() < 3e-4, "{z}");
        }
    }

    #[test]
    fn edges_are_no_infinity_and_nonsense_is_refused() {
        assert!(anderson_darling(&[0.0, 1.0, 0.5]).unwrap().statistic.is_finite());
        assert_eq!((anderson_darling(&[]), anderson_darling(&[f64::NAN]), anderson_darling(&[1.5])), (None, None, None));
    }
}
