//! Spearman's rank correlation.

use super::summary::mean;

/// Correlation of the ranks of two columns; equal values share the mean of their ranks.
///
/// # Missing
/// `None` for fewer than three rows, or where a column has one value only.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Spearman, *The proof and measurement of association between two things*, 1904.
///
/// # Panics
/// If the columns differ in length.
///
/// # Examples
/// ```
/// use bonafide::statistics::rank_correlation;
/// assert_eq!(rank_correlation(&[1.0, 5.0, 9.0], &[0.1, 0.2, 70.0]), Some(1.0));
/// ```
pub fn rank_correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    assert_eq!(a.len(), b.len(), "one row a pair");
    let (a, b) = (ranks(a), ranks(b));
    let (mean_a, mean_b) = (mean(&a)?, mean(&b)?);
    let (mut product, mut square_a, mut square_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(&b) {
        product += (x - mean_a) * (y - mean_b);
        square_a += (x - mean_a).powi(2);
        square_b += (y - mean_b).powi(2);
    }
    (a.len() > 2 && square_a > 0.0 && square_b > 0.0).then(|| product / (square_a * square_b).sqrt())
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&x, &y| values[x].total_cmp(&values[y]));
    let mut ranks = vec![0.0; values.len()];
    let mut passed = 0;
    for equal in order.chunk_by(|&x, &y| values[x] == values[y]) {
        let shared = passed as f64 + (equal.len() as f64 + 1.0) / 2.0;
        equal.iter().for_each(|&row| ranks[row] = shared);
        passed += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy_where_values_are_tied() {
        // scipy.stats.spearmanr([1, 2, 2, 5, 9], [3, 1, 4, 4, 8]).statistic
        let found = rank_correlation(&[1.0, 2.0, 2.0, 5.0, 9.0], &[3.0, 1.0, 4.0, 4.0, 8.0]).unwrap();
        assert!((found - 0.763_157_894_736_842).abs() < 1e-12, "{found}");
    }

    #[test]
    fn is_missing_where_nothing_varies() {
        assert_eq!(rank_correlation(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(rank_correlation(&[1.0, 2.0], &[1.0, 2.0]), None);
    }
}
