//! Intervals of a share, and the share behind an imperfect test.

use crate::domain::Interval;
use statrs::distribution::{Beta, ContinuousCDF, Normal};

/// Wilson's score interval of a share, `successes` of `n`, at a two-sided level.
///
/// # Missing
/// `None` if `n` is 0, `successes` exceeds it, or the level does not lie strictly within 0..1.
///
/// # Source
/// Wilson, *Probable inference, the law of succession, and statistical inference*, 1927.
///
/// # Examples
/// ```
/// let interval = bonafide::statistics::wilson(0, 20, 0.9).unwrap();
/// assert!(interval.low() == 0.0 && interval.high() < 0.12);
/// ```
pub fn wilson(successes: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || successes > n || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let (n, share) = (n as f64, successes as f64 / n as f64);
    let z = Normal::standard().inverse_cdf(0.5 + level / 2.0);
    let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let low = if share == 0.0 { 0.0 } else { centre - half };
    let high = if share == 1.0 { 1.0 } else { centre + half };
    Interval::new(low.max(0.0), high.min(1.0))
}

/// Clopper and Pearson's exact interval of a share: beta quantiles, never too narrow.
///
/// # Missing
/// As for [`wilson`].
///
/// # Source
/// Clopper and Pearson, *The use of confidence or fiducial limits illustrated in the case of the binomial*, 1934.
pub fn clopper_pearson(successes: u64, n: u64, level: f64) -> Option<Interval> {
    if n == 0 || successes > n || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let (hits, misses) = (successes as f64, (n - successes) as f64);
    let low = if successes == 0 { 0.0 } else { Beta::new(hits, misses + 1.0).ok()?.inverse_cdf(tail) };
    let high = if successes == n { 1.0 } else { Beta::new(hits + 1.0, misses).ok()?.inverse_cdf(1.0 - tail) };
    Interval::new(low, high)
}

/// A true share estimated from the share that an imperfect test called positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoganGladen {
    /// Estimate, not cut to 0..=1.
    pub share: f64,
    /// Its variance: sampling of the cases, and of the two error rates.
    pub variance: f64,
}

/// Rogan and Gladen's estimate p = (a + Sp − 1)/(Se + Sp − 1) of a share, `called` of `n` cases being positive by a
/// test of sensitivity Se and specificity Sp, each measured on so many cases: `(rate, cases)`.
///
/// Var p = [a(1−a)/n + p² Se(1−Se)/n_Se + (1−p)² Sp(1−Sp)/n_Sp] / (Se + Sp − 1)².
///
/// # Missing
/// `None` without cases, or if the test is no better than chance (Se + Sp ≤ 1).
///
/// # Source
/// Rogan and Gladen, *Estimating prevalence from the results of a screening test*, 1978.
pub fn rogan_gladen(called: u64, n: u64, sensitivity: (f64, u64), specificity: (f64, u64)) -> Option<RoganGladen> {
    let ((se, n_se), (sp, n_sp)) = (sensitivity, specificity);
    let youden = se + sp - 1.0;
    if n == 0 || n_se == 0 || n_sp == 0 || called > n || youden.is_nan() || youden <= 0.0 {
        return None;
    }
    let apparent = called as f64 / n as f64;
    let share = (apparent + sp - 1.0) / youden;
    let binomial = |rate: f64, cases: u64| rate * (1.0 - rate) / cases as f64;
    let noise = binomial(apparent, n) + share * share * binomial(se, n_se) + (1.0 - share).powi(2) * binomial(sp, n_sp);
    Some(RoganGladen { share, variance: noise / (youden * youden) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(interval: Option<Interval>, low: f64, high: f64) {
        let interval = interval.unwrap();
        assert!((interval.low() - low).abs() < 1e-9 && (interval.high() - high).abs() < 1e-9, "{interval:?}");
    }

    #[test]
    fn wilson_agrees_with_scipy() {
        // scipy.stats.binomtest(k, n).proportion_ci(.9, 'wilson')
        check(wilson(3, 50, 0.9), 0.024_231_257_031_218_402, 0.140_941_946_460_699_3);
        check(wilson(0, 20, 0.9), 0.0, 0.119_157_837_360_964_48);
        check(wilson(20, 20, 0.9), 0.880_842_162_639_035_5, 1.0);
    }

    #[test]
    fn clopper_pearson_agrees_with_scipy() {
        // scipy.stats.binomtest(k, n).proportion_ci(.9, 'exact')
        check(clopper_pearson(3, 50, 0.9), 0.016_551_859_189_229_88, 0.147_837_176_364_184_14);
        check(clopper_pearson(0, 20, 0.9), 0.0, 0.139_108_340_668_375_35);
        check(clopper_pearson(20, 20, 0.9), 0.860_891_659_331_624_3, 1.0);
    }

    #[test]
    fn rogan_gladen_by_hand() {
        // a = .3, Se = .9 (100 cases), Sp = .8 (200): p = .1/.7; Var = (.3·.7/50 + p²·.0009 + (1 − p)²·.0008)/.49
        let estimate = rogan_gladen(15, 50, (0.9, 100), (0.8, 200)).unwrap();
        let p = 1.0 / 7.0;
        assert!((estimate.share - p).abs() < 1e-12);
        let variance = (0.0042 + p * p * 0.0009 + (1.0 - p) * (1.0 - p) * 0.0008) / 0.49;
        assert!((estimate.variance - variance).abs() < 1e-15);
    }

    #[test]
    fn is_missing_where_nothing_can_be_said() {
        assert!(wilson(0, 0, 0.9).is_none() && clopper_pearson(2, 1, 0.9).is_none() && wilson(1, 2, 1.0).is_none());
        assert!(rogan_gladen(1, 2, (0.4, 10), (0.6, 10)).is_none());
    }
}
