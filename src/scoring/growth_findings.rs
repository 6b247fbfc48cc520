//! What a creator's growth proposes as findings.

use crate::domain::Finding;
use crate::signals::{CreatorActivity, GrowthMeasures};

/// Findings about one creator; none is drawn from these measurements yet.
pub fn growth_findings(_activity: &CreatorActivity<'_>, _measured: &GrowthMeasures) -> Vec<Finding> {
    Vec::new()
}
