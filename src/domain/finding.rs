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
    /// Causes that were held against what was seen, best first; empty where nothing tells them apart.
    pub weighed_causes: Vec<WeighedCause>,
    /// Ids of accounts, or of a group.
    pub evidence: Vec<String>,
}

/// A cause with how well it explains what was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeighedCause {
    /// As it stands in a sentence: `a giveaway`.
    pub phrase: &'static str,
    /// Whether the accounts were ordered, by whomever.
    pub is_ordered: bool,
    /// How many times likelier what was seen is under the best cause than under this one; 1 for the best.
    pub odds_against: f64,
}
