//! What a rule proposes about a creator, before the catalogue's innocent causes are put beside it.

use crate::domain::{AccountId, Finding, Interval, Severity, Timestamp};
use crate::signals::creator_signal;

/// A finding without its creator and its innocent causes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    /// Id of the signal.
    pub(super) signal: &'static str,
    /// Weight.
    pub(super) severity: Severity,
    /// Measured value, in the signal's unit.
    pub(super) value: Option<f64>,
    /// Band in which nothing would have been said.
    pub(super) expected: Option<Interval>,
    /// First and last instant it speaks of.
    pub(super) window: Option<(Timestamp, Timestamp)>,
    /// One or two plain sentences with the numbers.
    pub(super) statement: String,
    /// Ids of accounts, or of a group.
    pub(super) evidence: Vec<String>,
}

impl Proposal {
    /// The finding about a creator, with the innocent causes that the catalogue names for its signal.
    pub(super) fn about(self, creator: AccountId) -> Finding {
        Finding {
            creator,
            signal: self.signal,
            severity: self.severity,
            value: self.value,
            expected: self.expected,
            window: self.window,
            statement: self.statement,
            benign_causes: creator_signal(self.signal).map_or_else(Vec::new, |signal| signal.benign_causes.to_vec()),
            evidence: self.evidence,
        }
    }
}
