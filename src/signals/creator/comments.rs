//! Signals of what comments say.

use super::activity::CreatorActivity;
use crate::signals::catalogue::Signal;

pub(super) const SIGNALS: &[Signal] = &[];

/// What comments on one creator's posts say; no signal of this family is measured yet.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentMeasures {}

impl CommentMeasures {
    /// Measures one creator.
    pub fn of(_activity: &CreatorActivity<'_>) -> Self {
        Self {}
    }

    /// The value of one of the family's signals.
    pub(super) fn value(&self, _id: &str) -> Option<f64> {
        None
    }
}
