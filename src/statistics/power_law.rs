//! Tails of counts that fall as a power.

/// Fewest values that a tail may hold.
const LEAST_TAIL: usize = 50;
/// Exponents between which the likelihood is searched.
const EXPONENTS: (f64, f64) = (1.01, 8.0);

/// The tail of a distribution of counts: P(x) = x^(−α) / ζ(α, x_min) for x ≥ x_min.
///
/// # Source
/// Clauset, Shalizi and Newman, *Power-law distributions in empirical data*, 2009, equations 3.5, 3.7 and 3.9.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerLawTail {
    /// α.
    pub exponent: f64,
    /// Where the tail begins.
    pub x_min: u64,
    /// Values in the tail.
    pub n_tail: usize,
    /// Kolmogorov–Smirnov distance between tail and fit.
    pub distance: f64,
}

impl PowerLawTail {
    /// Fits α by maximum likelihood for each candidate of `x_min` and keeps the one whose fit is nearest (equation 3.9).
    /// Zeros are left out.
    ///
    /// # Missing
    /// `None` if fewer than fifty values are positive, or all of them equal.
    ///
    /// # Cost
    /// O(n log n + d²) for d different values.
    ///
    /// # Examples
    /// ```
    /// use bonafide::statistics::PowerLawTail;
    /// let counts: Vec<u64> = (1..=1_000).map(|rank| 10_000 / rank).collect();
    /// assert!((PowerLawTail::fit(&counts).unwrap().exponent - 2.0).abs() < 0.2);
    /// ```
    pub fn fit(counts: &[u64]) -> Option<Self> {
        let mut sorted: Vec<u64> = counts.iter().copied().filter(|&count| count > 0).collect();
        sorted.sort_unstable();
        let mut starts: Vec<usize> = (0..sorted.len()).filter(|&i| i == 0 || sorted[i] != sorted[i - 1]).collect();
        starts.retain(|&start| sorted.len() - start >= LEAST_TAIL && sorted[start] < sorted[sorted.len() - 1]);
        let tails = starts.into_iter().map(|start| Self::of_sorted(&sorted[start..]));
        tails.min_by(|a, b| a.distance.total_cmp(&b.distance))
    }

    /// α of the values from `x_min` on, that start being given (equation 3.7 without its approximation).
    ///
    /// # Missing
    /// `None` without such values.
    pub fn exponent_from(counts: &[u64], x_min: u64) -> Option<f64> {
        let tail = || counts.iter().filter(|&&count| count >= x_min.max(1));
        let n = tail().count();
        (n > 0).then(|| exponent(n as f64, tail().map(|&count| (count as f64).ln()).sum(), x_min.max(1) as f64))
    }

    fn of_sorted(tail: &[u64]) -> Self {
        let (n, x_min) = (tail.len() as f64, tail[0] as f64);
        let exponent = exponent(n, tail.iter().map(|&count| (count as f64).ln()).sum(), x_min);
        let whole = hurwitz_zeta(exponent, x_min);
        let mut passed = 0;
        let mut distance = 0.0_f64;
        for equal in tail.chunk_by(|a, b| a == b) {
            passed += equal.len();
            let fitted = 1.0 - hurwitz_zeta(exponent, equal[0] as f64 + 1.0) / whole;
            distance = distance.max((passed as f64 / n - fitted).abs());
        }
        Self { exponent, x_min: tail[0], n_tail: tail.len(), distance }
    }
}

/// The maximum of −n ln ζ(α, x_min) − α Σ ln x by golden section: it is concave in α.
fn exponent(n: f64, sum_of_logs: f64, x_min: f64) -> f64 {
    let loss = |alpha: f64| n * hurwitz_zeta(alpha, x_min).ln() + alpha * sum_of_logs;
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = EXPONENTS;
    let (mut a, mut b) = (high - ratio * (high - low), low + ratio * (high - low));
    let (mut at_a, mut at_b) = (loss(a), loss(b));
    while high - low > 1e-7 {
        if at_a < at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - ratio * (high - low);
            at_a = loss(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + ratio * (high - low);
            at_b = loss(b);
        }
    }
    f64::midpoint(low, high)
}

/// ζ(s, q) = Σ_k (q + k)^(−s), s > 1, q ≥ 1: twelve terms, then Euler–Maclaurin (error below 1e-11 of it).
fn hurwitz_zeta(s: f64, q: f64) -> f64 {
    const TERMS: u32 = 12;
    let begin: f64 = (0..TERMS).map(|k| (q + f64::from(k)).powf(-s)).sum();
    let a = q + f64::from(TERMS);
    let rest = a.powf(1.0 - s) / (s - 1.0) + 0.5 * a.powf(-s);
    let first = s * a.powf(-s - 1.0) / 12.0;
    let third = s * (s + 1.0) * (s + 2.0) * a.powf(-s - 3.0) / 720.0;
    let fifth = (0..5).map(|k| s + f64::from(k)).product::<f64>() * a.powf(-s - 5.0) / 30_240.0;
    begin + rest + first - third + fifth
}

#[cfg(test)]
mod tests {
    use super::*;

    /// floor(3 (1 − u)^(−1/1.4)) at 2,000 midpoints u, and eight hundred small values before the tail.
    fn counts() -> Vec<u64> {
        let tail = (0..2_000).map(|i| (3.0 * (1.0 - (f64::from(i) + 0.5) / 2_000.0).powf(-1.0 / 1.4)).floor() as u64);
        tail.chain(std::iter::repeat_n(1, 300)).chain(std::iter::repeat_n(2, 500)).collect()
    }

    #[test]
    fn zeta_agrees_with_scipy() {
        // scipy.special.zeta(2.5, 3), zeta(1.3, 1), zeta(4, 17)
        for (s, q, expected) in
            [(2.5, 3.0, 0.164_710_561_954_280_3), (1.3, 1.0, 3.931_949_211_809_544), (4.0, 17.0, 7.406_808_756_486_981e-5)]
        {
            assert!((hurwitz_zeta(s, q) / expected - 1.0).abs() < 1e-11, "{s} {q}");
        }
    }

    #[test]
    fn agrees_with_scipy_and_the_python_package_powerlaw() {
        // scipy.optimize.minimize_scalar over scipy.special.zeta; powerlaw 2.0.0 (discrete) gives 2.37316, 13, .003971, 257
        let found = PowerLawTail::fit(&counts()).unwrap();
        assert_eq!((found.x_min, found.n_tail), (13, 257));
        assert!((found.exponent - 2.373_154_2).abs() < 1e-5, "{}", found.exponent);
        assert!((found.distance - 0.003_969_443).abs() < 1e-7, "{}", found.distance);
        for (x_min, expected) in [(3, 2.276_507_7), (5, 2.322_597_7), (10, 2.363_192_5)] {
            assert!((PowerLawTail::exponent_from(&counts(), x_min).unwrap() - expected).abs() < 1e-5, "{x_min}");
        }
    }

    #[test]
    fn is_missing_where_there_is_no_tail() {
        assert_eq!(PowerLawTail::fit(&[1, 2, 3]), None);
        assert_eq!(PowerLawTail::fit(&[7; 200]), None);
        assert_eq!(PowerLawTail::exponent_from(&[1, 2], 5), None);
    }
}
