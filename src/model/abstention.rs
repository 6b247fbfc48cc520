//! When the model declines to decide on an account.

use super::share_posterior::ScoreProbability;
use crate::signals::SignalTable;

/// Probability from which an account counts as suspicious.
pub const SUSPICIOUS_THRESHOLD: f64 = 0.7;
/// Probability up to which it counts as real; between the two nothing is decided.
const REAL_THRESHOLD: f64 = 0.3;
/// Largest standard deviation of a probability that still lets one decide.
const MAX_SD: f64 = 0.25;
/// The counts of which most must be known: without them a profile says next to nothing.
const COUNTS: [&str; 3] = ["audience.followers", "audience.following", "audience.posts"];
/// How many of them at least.
const MIN_COUNTS: usize = 2;
/// Signals of the model that the median account of a set must have for the set's probabilities to hold: measured on
/// sets with seven or more of nine, and known to fail on a set with three.
pub const MIN_COMPLETE_SIGNALS: u16 = 6;

/// Whether a probability is too near the middle, or too uncertain, to decide.
pub(super) fn is_undecided(probability: ScoreProbability) -> bool {
    probability.sd > MAX_SD || (probability.mean > REAL_THRESHOLD && probability.mean < SUSPICIOUS_THRESHOLD)
}

/// For each row, whether too few counts are known.
pub(super) fn lacks_counts(table: &SignalTable) -> Vec<bool> {
    let columns: Vec<usize> = COUNTS.iter().filter_map(|id| table.column_of(id)).collect();
    let known = |row: usize| columns.iter().filter(|&&column| table.get(row, column).is_some()).count();
    (0..table.n_rows()).map(|row| known(row) < MIN_COUNTS).collect()
}

/// Whether the median of the rows with any measurement has fewer than [`MIN_COMPLETE_SIGNALS`] of the model's signals.
pub fn is_incomplete(measured: impl Iterator<Item = u16>) -> bool {
    let mut counts: Vec<u16> = measured.filter(|&count| count > 0).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).is_some_and(|&median| median < MIN_COMPLETE_SIGNALS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decides_at_the_thresholds_and_not_between() {
        let at = |mean: f64, sd: f64| is_undecided(ScoreProbability { mean, sd });
        assert_eq!([at(0.3, 0.1), at(0.31, 0.1), at(0.69, 0.1), at(0.7, 0.1), at(0.9, 0.26)], [false, true, true, false, true]);
    }

    #[test]
    fn the_median_profile_decides_completeness() {
        assert!(is_incomplete([3, 3, 9].into_iter()));
        assert!(!is_incomplete([0, 0, 0, 3, 7, 9].into_iter()));
        assert!(!is_incomplete(std::iter::empty()));
    }
}
