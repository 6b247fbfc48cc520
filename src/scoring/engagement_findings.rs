//! What the engagement of posts proposes as findings.

use crate::domain::Finding;
use crate::signals::{CreatorActivity, EngagementMeasures};

/// Findings about one creator; none is drawn from these measurements yet.
pub fn engagement_findings(_activity: &CreatorActivity<'_>, _measured: &EngagementMeasures) -> Vec<Finding> {
    Vec::new()
}
