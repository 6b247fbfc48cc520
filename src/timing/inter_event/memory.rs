//! Whether long gaps follow long ones.

use super::burstiness::moments;

/// M = 1/(n−1) Σ (τ_i − m₁)(τ_(i+1) − m₂)/(σ₁ σ₂) over neighbouring gaps: above 0 where short gaps follow short ones and long ones long
/// ones, 0 without memory.
///
/// # Shape
/// Gaps in milliseconds, in order.
///
/// # Missing
/// `None` with fewer than three gaps, or where those before the last, or those after the first, are all the same.
///
/// # Cost
/// O(n).
///
/// # Source
/// Goh and Barabási, *Burstiness and memory in complex systems*, 2008, equation 2.
///
/// # Examples
/// ```
/// use bonafide::timing::memory_coefficient;
/// assert_eq!(memory_coefficient(&[1, 9, 1, 9, 1]), Some(-1.0));
/// assert_eq!(memory_coefficient(&[5, 5, 5, 5]), None);
/// ```
pub fn memory_coefficient(gaps_ms: &[i64]) -> Option<f64> {
    moments(gaps_ms).memory()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_numpy() {
        // g = [5, 1, 9, 2, 2, 30, 4, 7, 7, 1]; numpy.corrcoef(g[:-1], g[1:])[0, 1]
        let value = memory_coefficient(&[5, 1, 9, 2, 2, 30, 4, 7, 7, 1]).unwrap();
        assert!((value + 0.261_249_704_905_255_4).abs() < 1e-9, "{value}");
    }

    #[test]
    fn too_little_is_missing() {
        assert_eq!((memory_coefficient(&[]), memory_coefficient(&[3, 4])), (None, None));
        assert_eq!(memory_coefficient(&[1, 1, 1, 9]), None);
    }
}
