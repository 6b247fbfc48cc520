//! From decision values to probabilities, for the very set of accounts at hand and without its labels.

use super::abstention::{is_incomplete, is_undecided};
use super::prevalence_calibration::PrevalenceCalibration;
use super::share_posterior::{ScoreProbability, ShareGrid};
use crate::domain::{Platform, Probability};
use crate::statistics::Z_90;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Probabilities this near 0 or 1 are not told apart by a few thousand labelled rows.
const EDGE: f64 = 1e-3;

/// What a row is calibrated from.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawRow {
    pub decision: f64,
    pub measured_count: u16,
    pub platform: Option<Platform>,
}

/// A calibrated row, in log-odds.
#[derive(Debug, Clone, Copy)]
pub(super) struct CalibratedRow {
    pub log_odds: f64,
    pub low: f64,
    pub high: f64,
    pub is_undecided: bool,
}

/// Calibrates rows platform by platform: both classes of a new set are shifted together, and its share of fakes is
/// unknown; the posterior of shift and share gives each score its probability. Rows without any measurement get the
/// share itself.
///
/// # Cost
/// A sort, some milliseconds a platform, and one interpolation a row.
pub(super) fn calibrate(rows: &[RawRow], calibration: &PrevalenceCalibration, grid: &ShareGrid) -> Vec<CalibratedRow> {
    let mut groups: BTreeMap<Option<Platform>, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        groups.entry(row.platform).or_default().push(index);
    }
    let mut calibrated = vec![CalibratedRow { log_odds: 0.0, low: 0.0, high: 0.0, is_undecided: true }; rows.len()];
    for members in groups.values() {
        let measured = || members.iter().map(|&index| &rows[index]).filter(|row| row.measured_count > 0);
        // Sorted, so that the sums of the histogram do not depend on the order of rows.
        let mut decisions: Vec<f64> = measured().map(|row| row.decision).collect();
        decisions.par_sort_unstable_by(f64::total_cmp);
        let posterior = grid.posterior(&calibration.histogram(decisions));
        let curve = posterior.probabilities();
        let share = ScoreProbability { mean: posterior.mean_share(), sd: posterior.interval().width() / (2.0 * Z_90) };
        let lacks_fields = is_incomplete(measured().map(|row| row.measured_count));
        for &index in members {
            let row = rows[index];
            let is_measured = row.measured_count > 0;
            let probability = if is_measured { posterior.probability_at(&curve, row.decision) } else { share };
            calibrated[index] = of(probability, lacks_fields || !is_measured);
        }
    }
    calibrated
}

fn of(probability: ScoreProbability, is_unfounded: bool) -> CalibratedRow {
    let log_odds = |p: f64| Probability::new(p.clamp(EDGE, 1.0 - EDGE)).map_or(0.0, Probability::log_odds);
    CalibratedRow {
        log_odds: log_odds(probability.mean),
        low: log_odds(probability.mean - Z_90 * probability.sd),
        high: log_odds(probability.mean + Z_90 * probability.sd),
        is_undecided: is_unfounded || is_undecided(probability),
    }
}
