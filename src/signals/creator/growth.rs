//! Signals of how the number of followers changed.

use super::activity::CreatorActivity;
use crate::signals::catalogue::Signal;

pub(super) const SIGNALS: &[Signal] = &[];

/// How one creator grew; no signal of this family is measured yet.
#[derive(Debug, Clone, PartialEq)]
pub struct GrowthMeasures {}

impl GrowthMeasures {
    /// Measures one creator.
    pub fn of(_activity: &CreatorActivity<'_>) -> Self {
        Self {}
    }

    /// The value of one of the family's signals.
    pub(super) fn value(&self, _id: &str) -> Option<f64> {
        None
    }
}
