//! Control of the false-discovery rate over many tests.

/// Benjamini–Hochberg adjusted p-values: q_(i) = min over j ≥ i of p_(j)·n/j.
/// Calling all with q ≤ α keeps the expected share of false ones among them at α.
///
/// # Shape
/// One q-value a p-value, in the given order; a NaN is treated as 1.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Benjamini and Hochberg, *Controlling the false discovery rate*, 1995.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let n = p_values.len();
    let at = |row: usize| if p_values[row].is_nan() { 1.0 } else { p_values[row] };
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| at(a).total_cmp(&at(b)));
    let mut adjusted = vec![1.0; n];
    let mut least = 1.0_f64;
    for (rank, &row) in order.iter().enumerate().rev() {
        least = least.min(at(row) * n as f64 / (rank + 1) as f64);
        adjusted[row] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.false_discovery_control([.01, .04, .03, .005, .2, .5])
        let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.2, 0.5]);
        for (ours, theirs) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.03, 0.24, 0.5]) {
            assert!((ours - theirs).abs() < 1e-12, "{ours} {theirs}");
        }
    }

    #[test]
    fn takes_nan_for_no_evidence() {
        assert_eq!(benjamini_hochberg(&[f64::NAN, 0.01]), vec![1.0, 0.02]);
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
