//! From labelled times to a fitted timing model.

use crate::domain::Label;
use crate::error::Result;
use crate::model::{LabelledHistory, Provenance, TimingHistory, TimingModel, TrainingSource};
use crate::tables::reference::LabelledTimeline;
use crate::timing::{ActorTimes, FEWEST_EVENTS};
use std::collections::BTreeSet;

/// Name of the one source.
const SOURCE: &str = "rsc_reddit";

/// What is measured of labelled accounts with at least twenty actions; of equal timelines the first is kept.
pub fn labelled_histories(timelines: &[LabelledTimeline]) -> Vec<LabelledHistory> {
    let mut seen = BTreeSet::new();
    timelines
        .iter()
        .filter(|timeline| timeline.at_s.len() as u64 >= FEWEST_EVENTS && seen.insert(&timeline.at_s))
        .map(|timeline| LabelledHistory { history: history_of(&timeline.at_s), label: timeline.label })
        .collect()
}

/// What is measured of times in seconds since 1970, oldest first.
pub fn history_of(at_s: &[i64]) -> TimingHistory {
    let at_ms: Vec<i64> = at_s.iter().map(|at| at.saturating_mul(1000)).collect();
    TimingHistory::from(&ActorTimes::of(&at_ms))
}

/// Fits the timing model on labelled times. Same times and seed, same bits.
///
/// # Errors
/// `NotEnoughData` with fewer than ten accounts of either class.
///
/// # Cost
/// Some seconds for a thousand accounts.
pub fn train_timing(timelines: &[LabelledTimeline], seed: u64) -> Result<TimingModel> {
    let rows = labelled_histories(timelines);
    let count = |label: Label| rows.iter().filter(|row| row.label == label).count() as u64;
    let source = TrainingSource { name: SOURCE.to_owned(), n_fake: count(Label::Fake), n_genuine: count(Label::Genuine) };
    TimingModel::fit(&rows, Provenance { seed, fitted_on: None, sources: vec![source], domains: vec![SOURCE.to_owned()] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_repeated_timelines_are_left_out() {
        let of = |n: i64, label| LabelledTimeline { label, at_s: (0..n).map(|turn| turn * turn).collect() };
        let rows =
            labelled_histories(&[of(19, Label::Fake), of(30, Label::Genuine), of(30, Label::Genuine), of(31, Label::Fake)]);
        assert_eq!(rows.iter().map(|row| row.history.measures.n_events).collect::<Vec<_>>(), [30, 31]);
        assert!(train_timing(&[], 1).is_err());
    }
}
