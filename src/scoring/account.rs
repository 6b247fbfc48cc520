//! Scores of accounts.

use crate::domain::AccountClass;
use crate::model::AccountPredictions;

/// Scores of all accounts of a dataset, one slot an [`AccountId`](crate::domain::AccountId).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountScores {
    /// What the account model said, with reasons.
    pub predictions: AccountPredictions,
    /// Probability of *fake* from the profile alone.
    pub p_fake_profile: Vec<f64>,
    /// Probability of *fake* after all evidence.
    pub p_fake: Vec<f64>,
    /// Class: the first that applies.
    pub class: Vec<AccountClass>,
}
