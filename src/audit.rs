//! The chain from a dataset to everything said of it.

use crate::domain::{Finding, Timestamp};
use crate::scoring::{AccountScores, CreatorScore};
use crate::signals::SignalTable;

/// Everything said of a dataset.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The instant that the data describe.
    pub captured_at: Option<Timestamp>,
    /// Whether `dataset.toml` states that instant; if not, it is the newest time in the tables.
    pub captured_at_is_stated: bool,
    /// Creators, in the dataset's order.
    pub creators: Vec<CreatorScore>,
    /// Accounts.
    pub accounts: AccountScores,
    /// Account signals, one row an account.
    pub account_signals: SignalTable,
    /// Creator signals (the table `features`), one row a creator in the dataset's order.
    pub creator_signals: SignalTable,
    /// Findings, by creator in the dataset's order, weightiest first.
    pub findings: Vec<Finding>,
    /// What a person should know about the data in hand, in plain sentences.
    pub warnings: Vec<String>,
}
