//! Gains as large as what is sold.

/// Sizes that sellers of followers list: 1, 2, 2.5 and 5 times a power of ten from a hundred on. Peers name "1K, 5K" as a sign (Popular Pays).
const LISTED: [u64; 4] = [10, 20, 25, 50];

/// Whether a gain is within so many followers (`tolerance`, the usual change of such a time) of a size that is listed: 100, 200, 250, 500, 1,000 …
///
/// By itself it says little: with a tolerance of 1 % one gain in fifty is such a size by chance.
///
/// # Missing
/// `None` if the tolerance is more than 2 % of the gain, or the gain below a hundred: any gain would be near some size.
///
/// # Examples
/// ```
/// use bonafide::timing::growth::is_listed_size;
/// assert_eq!((is_listed_size(5_012, 20.0), is_listed_size(6_300, 20.0)), (Some(true), Some(false)));
/// assert_eq!(is_listed_size(1_000, 90.0), None);
/// ```
pub fn is_listed_size(gain: u64, tolerance: f64) -> Option<bool> {
    if gain < 100 || tolerance > 0.02 * gain as f64 {
        return None;
    }
    let power = 10_u64.checked_pow(gain.ilog10())?;
    // A gain just below a power of ten is near that power too.
    let sizes = LISTED.iter().flat_map(|part| [part.saturating_mul(power / 10), part.saturating_mul(power)]);
    let nearest = sizes.map(|size| size.abs_diff(gain)).min()?;
    Some(nearest as f64 <= tolerance.max(0.002 * gain as f64))
}

#[cfg(test)]
mod tests {
    use super::is_listed_size;

    #[test]
    fn near_sizes_are_listed_from_both_sides() {
        for gain in [100, 999, 1_001, 2_003, 2_499, 25_010, 50_000, 99_990] {
            assert_eq!(is_listed_size(gain, 0.0), Some(true), "{gain}");
        }
        for gain in [130, 777, 1_100, 3_000, 41_000] {
            assert_eq!(is_listed_size(gain, 0.0), Some(false), "{gain}");
        }
        assert!(is_listed_size(99, 0.0).is_none() && is_listed_size(u64::MAX, 0.0).is_some());
    }
}
