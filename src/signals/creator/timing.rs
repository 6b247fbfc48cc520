//! Signals of when accounts act: gaps between events, hours of the day.

use super::activity::CreatorActivity;
use crate::signals::catalogue::Signal;

pub(super) const SIGNALS: &[Signal] = &[];

/// When those who act on one creator act; no signal of this family is measured yet.
#[derive(Debug, Clone, PartialEq)]
pub struct TimingMeasures {}

impl TimingMeasures {
    /// Measures one creator.
    pub fn of(_activity: &CreatorActivity<'_>) -> Self {
        Self {}
    }

    /// The value of one of the family's signals.
    pub(super) fn value(&self, _id: &str) -> Option<f64> {
        None
    }
}
