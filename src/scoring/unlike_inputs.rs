//! Signals in which the creators in hand are unlike all that the creator model was fitted on.

use super::creator_judgement::{ANCHOR_QUANTILE, MIN_PEERS};
use crate::domain::Platform;
use crate::statistics::quantile;
use std::collections::{BTreeMap, BTreeSet};

/// By platform, the inputs (columns) in which three quarters of the creators lie above what 95 % of untouched creators do not exceed in any source
/// that was fitted. Where at most half of the creators are inflated, a quarter or more of these are untouched: then either untouched creators are
/// otherwise here, or the assumption is wrong; a probability holds in neither case.
///
/// A test of the shift of single signals, beside the anchoring of the log-odds as a whole: it also sees a signal that the model gives little weight,
/// and one whose shift others hide.
///
/// # Shape
/// `inputs`: one row a creator, NaN where missing; `bounds`: one an input.
///
/// # Missing
/// Nothing is said of a signal with fewer than [`MIN_PEERS`] creators on the platform, or without a bound.
///
/// # Cost
/// A sort a platform and input.
///
/// # Examples
/// ```
/// use bonafide::domain::Platform;
/// use bonafide::scoring::unlike_inputs;
/// let inputs: Vec<Vec<f64>> = (0..40).map(|i| vec![0.5, f64::from(i) / 40.0]).collect();
/// let found = unlike_inputs(&inputs, &[Platform::Youtube; 40], &[Some(0.1), Some(0.9)]);
/// assert_eq!(found[&Platform::Youtube].iter().copied().collect::<Vec<_>>(), [0]);
/// ```
pub fn unlike_inputs(inputs: &[Vec<f64>], platforms: &[Platform], bounds: &[Option<f64>]) -> BTreeMap<Platform, BTreeSet<usize>> {
    let mut unlike: BTreeMap<Platform, BTreeSet<usize>> = BTreeMap::new();
    let known: BTreeSet<Platform> = platforms.iter().copied().collect();
    for platform in known {
        for (column, bound) in bounds.iter().enumerate().filter_map(|(column, bound)| Some((column, (*bound)?))) {
            let of_platform = inputs.iter().zip(platforms).filter(|(_, of)| **of == platform);
            let values: Vec<f64> = of_platform.map(|(values, _)| values[column]).filter(|value| !value.is_nan()).collect();
            let quarter = quantile(&values, ANCHOR_QUANTILE).filter(|_| values.len() >= MIN_PEERS);
            if quarter.is_some_and(|quarter| quarter > bound) {
                unlike.entry(platform).or_default().insert(column);
            }
        }
    }
    unlike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_ordinary_creators_is_enough_to_be_like() {
        let of = |n_high: usize, n: usize| -> bool {
            let inputs: Vec<Vec<f64>> = (0..n).map(|i| vec![if i < n_high { 1.0 } else { 0.0 }]).collect();
            !unlike_inputs(&inputs, &vec![Platform::Other; n], &[Some(0.5)]).is_empty()
        };
        // 40 creators: the lowest quarter are the 10 lowest and, between order statistics 9 and 10 (counted from 0), three quarters of a step
        assert!(of(40, 40) && of(31, 40) && !of(29, 40));
        assert!(!of(29, 29), "too few to say anything");
    }

    #[test]
    fn missing_values_and_other_platforms_take_no_part() {
        let inputs: Vec<Vec<f64>> = (0..80).map(|i| vec![if i < 40 { 1.0 } else { f64::NAN }]).collect();
        let platforms: Vec<Platform> = (0..80).map(|i| if i % 2 == 0 { Platform::X } else { Platform::Tiktok }).collect();
        assert!(unlike_inputs(&inputs, &platforms, &[Some(0.5)]).is_empty(), "20 a platform");
        assert!(unlike_inputs(&inputs, &[Platform::X; 80], &[None]).is_empty());
        assert_eq!(unlike_inputs(&inputs, &[Platform::X; 80], &[Some(0.5)]).len(), 1);
    }
}
