//! What comments propose as findings.

use crate::domain::Finding;
use crate::signals::{CommentMeasures, CreatorActivity};

/// Findings about one creator; none is drawn from these measurements yet.
pub fn comment_findings(_activity: &CreatorActivity<'_>, _measured: &CommentMeasures) -> Vec<Finding> {
    Vec::new()
}
