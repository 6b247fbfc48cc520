//! Scores of accounts.

use super::class::classify;
use crate::domain::{AccountClass, AccountId, Dataset, Interval, Probability};
use crate::model::AccountPredictions;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Scores of all accounts of a dataset, one slot an [`AccountId`].
///
/// Slots exist for every account, also for those of which nothing was measured; ask through
/// [`AccountScores::p_fake`] and [`AccountScores::class`], which give `None` for these.
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
    /// Accounts in coordinated groups, with the number of the group.
    pub groups: BTreeMap<AccountId, u32>,
    /// Accounts whose probability a group has changed, with its 90 % interval; see [`AccountScores::weigh_groups`].
    pub raised_by_group: BTreeMap<AccountId, Interval>,
    /// Trust that reaches each account over mutual links, 1 where it is as everywhere; empty where nobody's could be measured. It changes no
    /// probability.
    pub trust: Vec<Option<f64>>,
}

impl AccountScores {
    /// Probabilities and classes from the model's predictions; `threshold` is the model's threshold of *suspicious*.
    ///
    /// # Shape
    /// One prediction an account of the dataset, in the order of their ids.
    pub fn from_predictions(dataset: &Dataset, predictions: AccountPredictions, threshold: f64) -> Self {
        let p_fake: Vec<f64> = predictions.log_odds.par_iter().map(|&odds| Probability::from_log_odds(odds).get()).collect();
        let class = p_fake
            .par_iter()
            .enumerate()
            .map(|(slot, &p)| classify(dataset.accounts.following.get(slot), dataset.accounts.followers.get(slot), p, threshold))
            .collect();
        Self { predictions, p_fake_profile: p_fake.clone(), p_fake, class, ..Self::default() }
    }

    /// Whether anything of the account was measured; ids that occur only in `follows` or `engagements` are not.
    pub fn is_measured(&self, id: AccountId) -> bool {
        self.predictions.measured_count.get(id.index()).is_some_and(|count| *count > 0)
    }

    /// Probability of *fake* after all evidence; `None` where nothing was measured.
    pub fn p_fake(&self, id: AccountId) -> Option<f64> {
        self.is_measured(id).then(|| self.p_fake[id.index()])
    }

    /// Probability of *fake* from the profile alone; `None` where nothing was measured.
    pub fn p_fake_profile(&self, id: AccountId) -> Option<f64> {
        self.is_measured(id).then(|| self.p_fake_profile[id.index()])
    }

    /// 90 % interval of the probability of *fake*; `None` where nothing was measured.
    pub fn p_fake_interval(&self, id: AccountId) -> Option<Interval> {
        if let Some(interval) = self.raised_by_group.get(&id) {
            return Some(*interval);
        }
        let end = |log_odds: &[f64]| Some(Probability::from_log_odds(*log_odds.get(id.index())?).get());
        let (low, high) = (end(&self.predictions.log_odds_low)?, end(&self.predictions.log_odds_high)?);
        self.is_measured(id).then(|| Interval::new(low, high)).flatten()
    }

    /// Whether the model declines to decide on it; `None` where nothing was measured.
    pub fn is_abstained(&self, id: AccountId) -> Option<bool> {
        self.is_measured(id).then(|| self.predictions.is_abstained[id.index()])
    }

    /// Whether the model decides on it and finds a probability of *fake* of at least `threshold`, whatever its class.
    pub fn is_called_fake(&self, id: AccountId, threshold: f64) -> bool {
        self.is_abstained(id) == Some(false) && self.p_fake[id.index()] >= threshold
    }

    /// Class; `None` where nothing was measured.
    pub fn class(&self, id: AccountId) -> Option<AccountClass> {
        self.is_measured(id).then(|| self.class[id.index()])
    }

    /// Trust that reaches the account over mutual links, 1 where it is as everywhere; `None` where it has none or nobody is known to be
    /// genuine.
    pub fn trust(&self, id: AccountId) -> Option<f64> {
        self.trust.get(id.index()).copied().flatten()
    }

    /// How many accounts there are.
    pub fn len(&self) -> usize {
        self.p_fake.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.p_fake.is_empty()
    }
}
