//! Signals of what posts draw.

use super::activity::CreatorActivity;
use crate::signals::catalogue::{Signal, Trend};

pub(super) const SIGNALS: &[Signal] = &[Signal {
    id: "engagement.rate",
    name: "engagement rate",
    unit: "share",
    meaning: "Mean of likes and comments of a post over followers; too low and too high are both suspicious",
    measured: "mean(likes + comments) / followers over posts with both measured",
    missing: "fewer than 3 such posts, or unknown followers",
    benign_causes: &["a viral post", "posts that are advertised", "hidden like counts"],
    source: "the market's usual definition",
    trend: Trend::Free,
    band: None,
}];

/// What the posts of one creator drew.
#[derive(Debug, Clone, PartialEq)]
pub struct EngagementMeasures {}

impl EngagementMeasures {
    /// Measures one creator.
    pub fn of(_activity: &CreatorActivity<'_>) -> Self {
        Self {}
    }

    /// The value of one of the family's signals.
    pub(super) fn value(&self, _id: &str) -> Option<f64> {
        None
    }
}
