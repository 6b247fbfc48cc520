//! How far two samples of one number lie apart.

/// Kolmogorov–Smirnov distance: the greatest difference between the two empirical distribution functions, 0 to 1.
///
/// # Missing
/// `None` if either sample is empty or holds NaN.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Smirnov, *Table for estimating the goodness of fit of empirical distributions*, 1948.
///
/// # Examples
/// ```
/// use bonafide::statistics::kolmogorov_smirnov;
/// assert_eq!(kolmogorov_smirnov(&[1.0, 2.0], &[2.0, 3.0]), Some(0.5));
/// ```
pub fn kolmogorov_smirnov(a: &[f64], b: &[f64]) -> Option<f64> {
    let mut greatest = 0.0_f64;
    walk(a, b, |share_a, share_b, _| greatest = greatest.max((share_a - share_b).abs()))?;
    Some(greatest)
}

/// Wasserstein distance of order 1: the area between the two empirical distribution functions, in the samples' unit.
///
/// # Missing
/// `None` if either sample is empty or holds NaN.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Vallender, *Calculation of the Wasserstein distance between probability distributions on the line*, 1974.
pub fn wasserstein(a: &[f64], b: &[f64]) -> Option<f64> {
    let mut area = 0.0;
    walk(a, b, |share_a, share_b, width| area += (share_a - share_b).abs() * width)?;
    Some(area)
}

/// Hands over both distribution functions from each value to the next, with the distance between these values.
fn walk(a: &[f64], b: &[f64], mut each: impl FnMut(f64, f64, f64)) -> Option<()> {
    if a.is_empty() || b.is_empty() || a.iter().chain(b).any(|value| value.is_nan()) {
        return None;
    }
    let mut values: Vec<(f64, bool)> =
        a.iter().map(|&value| (value, true)).chain(b.iter().map(|&value| (value, false))).collect();
    values.sort_by(|x, y| x.0.total_cmp(&y.0));
    let (mut from_a, mut from_b) = (0_usize, 0_usize);
    for (place, &(value, is_a)) in values.iter().enumerate() {
        from_a += usize::from(is_a);
        from_b += usize::from(!is_a);
        let next = values.get(place + 1).map_or(value, |&(next, _)| next);
        if next > value || place + 1 == values.len() {
            each(from_a as f64 / a.len() as f64, from_b as f64 / b.len() as f64, next - value);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 5] = [1.0, 2.0, 2.0, 5.0, 9.0];
    const B: [f64; 6] = [0.5, 2.0, 3.0, 4.0, 10.0, 11.0];

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.ks_2samp(A, B).statistic, scipy.stats.wasserstein_distance(A, B)
        assert!((kolmogorov_smirnov(&A, &B).unwrap() - 1.0 / 3.0).abs() < 1e-12);
        assert!((wasserstein(&A, &B).unwrap() - 1.583_333_333_333_333_5).abs() < 1e-12);
    }

    #[test]
    fn a_shift_is_its_own_distance_and_nothing_is_missing() {
        let shifted = A.map(|value| value + 0.25);
        assert!((wasserstein(&A, &shifted).unwrap() - 0.25).abs() < 1e-12);
        assert_eq!((kolmogorov_smirnov(&A, &A), wasserstein(&A, &A)), (Some(0.0), Some(0.0)));
        assert_eq!((kolmogorov_smirnov(&A, &[]), wasserstein(&[f64::NAN], &B)), (None, None));
    }
}
