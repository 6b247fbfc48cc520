//! A bound for the next of several sources.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The bound under which the value of a further source, drawn like these, lies with the probability `level`: m + t_{level, n−1} s √(1 + 1/n),
/// with the mean m and the standard deviation s of the n values.
///
/// The highest of n exchangeable values is exceeded by the next one in 1 of n + 1 cases: with four sources that is no bound to rely on.
///
/// # Missing
/// `None` with fewer than three values (of two, the spread is hardly known), or if `level` lies outside 0 to 1.
///
/// # Source
/// Hahn and Meeker, *Statistical Intervals*, 1991, section 4.8; of values that are near normal.
///
/// # Examples
/// ```
/// use bonafide::statistics::bound_of_next;
/// assert!(bound_of_next(&[1.0, 2.0, 3.0], 0.9).unwrap() > 3.0);
/// assert_eq!(bound_of_next(&[1.0, 2.0], 0.9), None);
/// ```
pub fn bound_of_next(values: &[f64], level: f64) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 3 || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let t = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(level);
    Some(super::mean(values)? + t * super::standard_deviation(values)? * (1.0 + 1.0 / n).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_table_of_student() {
        // by hand: mean 2, s 1, t_{.9, 2} = 1.8856 (any table), √(1 + 1/3) = 1.1547
        assert!((bound_of_next(&[1.0, 2.0, 3.0], 0.9).unwrap() - 4.177_3).abs() < 1e-3);
        // equal sources leave nothing to allow for
        assert!((bound_of_next(&[0.5; 4], 0.9).unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(bound_of_next(&[1.0; 5], 1.0), None);
    }
}
