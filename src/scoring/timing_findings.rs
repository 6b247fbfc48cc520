//! What the times of actions propose as findings.

use crate::domain::Finding;
use crate::signals::{CreatorActivity, TimingMeasures};

/// Findings about one creator; none is drawn from these measurements yet.
pub fn timing_findings(_activity: &CreatorActivity<'_>, _measured: &TimingMeasures) -> Vec<Finding> {
    Vec::new()
}
