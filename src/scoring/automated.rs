//! Accounts whose times look like a program's: evidence beside the probability of *fake*, and no part of it.

use crate::domain::AccountId;
use crate::model::{TimingHistory, TimingModel};
use crate::signals::{AccountTimings, CreatorActivity};

/// Probability from which an account's times are said to look like a program's.
pub const AUTOMATED_P: f64 = 0.5;

/// What the timing model says of one account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AutomatedScore {
    /// The account.
    pub account: AccountId,
    /// Timed likes, comments, shares and saves that it rests on.
    pub actions_count: u64,
    /// Probability of a program among accounts such as those that the model was fitted on.
    pub p_automated: f64,
    /// How unlike a person's the lengths of its pauses are, in nats a pause.
    pub surprise: Option<f64>,
}

/// What the timing model says of all accounts with enough timed actions, by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AutomatedScores(Vec<AutomatedScore>);

impl AutomatedScores {
    /// Scores every account whose times are measured.
    ///
    /// # Cost
    /// O(accounts).
    pub fn of(timings: &AccountTimings, model: &TimingModel) -> Self {
        let score = |timing: &crate::signals::AccountTiming| {
            let history = TimingHistory { measures: timing.measures, profile: timing.profile };
            Some(AutomatedScore {
                account: timing.account,
                actions_count: timing.measures.n_events,
                p_automated: model.p_automated(&history)?,
                surprise: model.surprise(&timing.profile),
            })
        };
        Self(timings.iter().filter_map(score).collect())
    }

    /// What is said of one account; `None` where too few of its actions have a time.
    pub fn get(&self, account: AccountId) -> Option<&AutomatedScore> {
        self.0.binary_search_by_key(&account, |score| score.account).ok().map(|at| &self.0[at])
    }

    /// All accounts that something is said of, by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &AutomatedScore> {
        self.0.iter()
    }

    /// Of the accounts that engage with a creator: how many something is said of, and those of them that act like programs, the likeliest first.
    ///
    /// # Cost
    /// One pass over the creator's engagements.
    pub fn among_engagers(&self, activity: &CreatorActivity<'_>) -> (u64, Vec<AccountId>) {
        let mut engagers: Vec<AccountId> = activity.engagements().map(|engagement| engagement.actor).collect();
        engagers.sort_unstable();
        engagers.dedup();
        let scored: Vec<&AutomatedScore> = engagers.into_iter().filter_map(|account| self.get(account)).collect();
        let mut automated: Vec<&AutomatedScore> =
            scored.iter().copied().filter(|score| score.p_automated >= AUTOMATED_P).collect();
        automated.sort_by(|a, b| b.p_automated.total_cmp(&a.p_automated).then(a.account.cmp(&b.account)));
        (scored.len() as u64, automated.into_iter().map(|score| score.account).collect())
    }
}
