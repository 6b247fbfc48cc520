//! What a detector proposes and an audit assembles.

use super::interner::AccountId;
use super::measure::Interval;
use super::time::Timestamp;
use super::vocabulary::Severity;

/// One observation about a creator, with what it rests on. Wording is neutral about the culprit.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The creator it speaks of.
    pub creator: AccountId,
    /// Id of the signal, beginning with its family (`audience.`, `growth.` …).
    pub signal: &'static str,
    /// Weight.
    pub severity: Severity,
    /// Measured value, in the signal's unit.
    pub value: Option<f64>,
    /// Band in which nothing would have been said.
    pub expected: Option<Interval>,
    /// First and last instant it speaks of.
    pub window: Option<(Timestamp, Timestamp)>,
    /// One or two plain sentences with the numbers.
    pub statement: String,
    /// Innocent causes that were weighed.
    pub benign_causes: Vec<&'static str>,
    /// Ids of accounts, or of a group.
    pub evidence: Vec<String>,
}
