//! The signal `growth.ordered_odds`.

use super::growth_evidence::ExplainedGrowth;
use crate::signals::GrowthMeasures;

/// Ends of the signal's range: beyond them the tables of likelihoods rest on too few cases.
const RANGE: (f64, f64) = (-4.0, 6.0);

/// Natural logarithm of the odds of *ordered* over the best innocent cause for the gain that looks most like an order; the lowest value where no gain
/// stands out.
///
/// # Missing
/// `None` where nothing could stand out: neither a history nor times of follows.
pub fn ordered_odds(measured: &GrowthMeasures, explained: &[ExplainedGrowth]) -> Option<f64> {
    measured.basis?;
    let gains = explained.iter().filter(|explained| explained.anomaly.is_gain());
    let odds = gains.filter_map(|explained| explained.odds.ordered_over_innocent()).map(f64::ln);
    Some(odds.fold(RANGE.0, f64::max).clamp(RANGE.0, RANGE.1))
}
