//! How unlikely a large count is, in logarithms: the tails that matter lie far below the smallest floating-point number.

use statrs::function::gamma::ln_gamma;

/// Terms of a tail that are summed at most; each is smaller than the one before by a factor that falls.
const TERMS: usize = 1_000_000;
/// A term this small beside the sum adds nothing to its first twelve digits.
const NEGLIGIBLE: f64 = 1e-13;

/// 1/dispersion from which Stirling's series is used; its next term is then below 1e-17.
const STIRLING_FROM: f64 = 1e5;

/// ln P(X ≥ count) for a Poisson count of the given mean.
///
/// # Missing
/// NaN if the mean is not a number; a mean of zero or less leaves only the count 0 possible.
///
/// # Cost
/// O(√mean).
///
/// # Source
/// ln P(X = k) = k ln λ − λ − ln k!; the terms after the first are summed relative to it.
///
/// # Examples
/// ```
/// use bonafide::statistics::ln_poisson_tail;
/// assert!((ln_poisson_tail(1, 0.5) - (1.0 - (-0.5_f64).exp()).ln()).abs() < 1e-12);
/// assert_eq!(ln_poisson_tail(0, 3.0), 0.0);
/// ```
pub fn ln_poisson_tail(count: u64, mean: f64) -> f64 {
    if count == 0 {
        return 0.0;
    }
    if mean <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let first = count as f64 * mean.ln() - mean - ln_gamma(count as f64 + 1.0);
    ln_tail(first, count, |k| mean / (k + 1.0))
}

/// ln P(X ≥ count) for a negative-binomial count of the given mean whose variance is mean + dispersion · mean².
///
/// # Missing
/// NaN if mean or dispersion is not a number; a mean of zero or less leaves only the count 0 possible.
///
/// # Cost
/// O(standard deviation).
///
/// # Source
/// With r = 1/dispersion and q = mean/(mean + r): P(X = k) = Γ(k + r)/(Γ(r) k!) (1 − q)^r q^k (Hilbe, *Negative Binomial Regression*,
/// 2nd edition, 2011, equation 8.4).
pub fn ln_negative_binomial_tail(count: u64, mean: f64, dispersion: f64) -> f64 {
    if dispersion <= 0.0 {
        return ln_poisson_tail(count, mean);
    }
    if count == 0 {
        return 0.0;
    }
    if mean <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let (r, k) = (1.0 / dispersion, count as f64);
    let q = mean / (mean + r);
    let first = if r > STIRLING_FROM {
        // ln Γ(k + r) − ln Γ(r) as a difference of large numbers would lose what is looked for: Stirling's series, term by term.
        let corrections = 1.0 / (12.0 * (r + k)) - 1.0 / (12.0 * r);
        let growth = (r - 0.5) * (k / r).ln_1p() - k + corrections + k * ((k - mean) / (r + mean)).ln_1p();
        growth + k * mean.ln() - ln_gamma(k + 1.0) - r * (mean / r).ln_1p()
    } else {
        ln_gamma(k + r) - ln_gamma(r) - ln_gamma(k + 1.0) + r * (r / (mean + r)).ln() + k * q.ln()
    };
    ln_tail(first, count, |k| (k + r) / (k + 1.0) * q)
}

/// Logarithm of a sum of terms, given that of the first and the ratio of the one after k to that at k; the terms of all counts add up to 1.
fn ln_tail(ln_first: f64, count: u64, ratio: impl Fn(f64) -> f64) -> f64 {
    let k = count as f64;
    if ratio(k) > 1.0 {
        // Below the mode the terms before are fewer and fall from the first step on: P(X ≥ count) = 1 − P(X < count).
        let before = relative_sum((0..count).rev().map(|k| 1.0 / ratio(k as f64)));
        return (-(ln_first + before.ln()).exp()).ln_1p().min(0.0);
    }
    let after = 1.0 + relative_sum((0..TERMS).map(|step| ratio(k + step as f64)));
    (ln_first + after.ln()).min(0.0)
}

/// Sum of terms that fall, given the ratio of each to the one before; the one before the first is 1 and left out.
fn relative_sum(ratios: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut term) = (0.0_f64, 1.0_f64);
    for ratio in ratios {
        term *= ratio;
        sum += term;
        if term < NEGLIGIBLE * (1.0 + sum) * (1.0 - ratio) {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(ours: f64, reference: f64) {
        assert!((ours - reference).abs() < 1e-9 * reference.abs().max(1.0), "{ours} {reference}");
    }

    #[test]
    fn poisson_tails_agree_with_scipy() {
        // scipy 1.x: poisson.logsf(count - 1, mean)
        close(ln_poisson_tail(1, 0.5), -0.9327521295671887);
        close(ln_poisson_tail(3, 0.02), -13.542820977178284);
        close(ln_poisson_tail(20, 4.6), -16.17063780117474);
        close(ln_poisson_tail(160, 8.0), -330.7232604527004);
        close(ln_poisson_tail(5, 5.0), -0.5806997496314208);
        close(ln_poisson_tail(100, 120.0), -0.028259299048920432);
        close(ln_poisson_tail(1_000, 1_010.0), -0.46572647773408027);
        close(ln_poisson_tail(5_000, 5_030.0), -0.4068833540550245);
    }

    #[test]
    fn negative_binomial_tails_agree_with_scipy() {
        // scipy 1.x: nbinom.logsf(count - 1, 1/d, (1/d)/(1/d + mean))
        close(ln_negative_binomial_tail(1, 0.5, 0.5), -1.0216512475319817);
        close(ln_negative_binomial_tail(10, 1.3, 0.5), -7.361051147950215);
        close(ln_negative_binomial_tail(100, 3.0, 0.5), -47.36899030989476);
        close(ln_negative_binomial_tail(4, 0.05, 0.5), -13.264555425462477);
        close(ln_negative_binomial_tail(30, 40.0, 0.2), -0.3930193019149792);
        close(ln_negative_binomial_tail(2_000, 3_000.0, 0.05), -0.05448807227166727);
    }

    #[test]
    fn tails_beyond_floating_point_stay_finite() {
        // −1 − ln 400! + ln Σ 400!/k!, summed with Python's math.lgamma.
        close(ln_poisson_tail(400, 1.0), -2001.4982011185898);
    }

    #[test]
    fn nothing_is_certain_and_much_of_nothing_impossible() {
        assert_eq!(ln_poisson_tail(0, 0.0), 0.0);
        assert_eq!(ln_poisson_tail(3, 0.0), f64::NEG_INFINITY);
        assert_eq!(ln_negative_binomial_tail(0, 0.0, 1.0), 0.0);
        assert_eq!(ln_negative_binomial_tail(2, 0.0, 1.0), f64::NEG_INFINITY);
    }

    #[test]
    fn far_below_the_mean_more_is_certain() {
        // scipy 1.17: poisson.logsf(9, 5000.0) is 0 to double precision; upwards the terms would pass the largest floating-point number.
        assert!(ln_poisson_tail(10, 5_000.0).abs() < 1e-300);
        assert!(ln_poisson_tail(10, 1e12).abs() < 1e-300);
    }

    #[test]
    fn no_dispersion_is_poisson() {
        assert!((ln_negative_binomial_tail(7, 2.0, 1e-11) - ln_poisson_tail(7, 2.0)).abs() < 1e-8);
        let (above, below) = (ln_negative_binomial_tail(30, 9.0, 0.999_9e-5), ln_negative_binomial_tail(30, 9.0, 1.000_1e-5));
        assert!((above - below).abs() < 1e-6, "{above} {below}");
        assert_eq!(ln_negative_binomial_tail(7, 2.0, 0.0), ln_poisson_tail(7, 2.0));
    }
}
