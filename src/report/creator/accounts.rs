//! Accounts of the audience that look most like fakes, each with the whole of its decision value.

use super::Subject;
use super::audience::measured;
use crate::domain::{AccountId, Probability};
use crate::report::number;
use serde::Serialize;

/// Most accounts listed.
const N_ACCOUNTS: usize = 20;

/// The accounts with the highest `p_fake` at or above the threshold that the model decides on.
#[derive(Debug, Clone, Serialize)]
pub struct SuspiciousAccounts {
    /// What is listed, in a sentence.
    pub statement: String,
    /// Accounts of the sampled audience at or above the threshold that the model decides on.
    pub total_count: u64,
    /// The first of them by `p_fake`, at most 20; equal ones by decision value, then by id.
    pub accounts: Vec<SuspiciousAccount>,
}

/// One account.
#[derive(Debug, Clone, Serialize)]
pub struct SuspiciousAccount {
    /// Id in the dataset.
    pub account_id: String,
    /// Handle, as the data have it.
    pub handle: Option<String>,
    /// Class: the first that applies.
    pub class: &'static str,
    /// Probability of *fake* after all evidence.
    pub p_fake: f64,
    /// Probability of *fake* from the profile alone.
    pub p_fake_profile: f64,
    /// Lower end of the 90 % interval of `p_fake_profile`.
    pub p_fake_profile_low: f64,
    /// Upper end of that interval.
    pub p_fake_profile_high: f64,
    /// Signals of the profile that were measured.
    pub measured_signals_count: u16,
    /// The three contributions largest in size, largest first.
    pub reasons: Vec<Contribution>,
    /// The whole of the profile's decision value.
    pub explanation: Option<AdditiveExplanation>,
}

/// One signal's part in an account's log-odds of *fake*.
#[derive(Debug, Clone, Serialize)]
pub struct Contribution {
    /// Id of the signal.
    pub signal: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Measured value in the signal's unit.
    pub value: Option<f64>,
    /// The value with its unit, as shown to people.
    pub value_text: String,
    /// What it adds to the log-odds; positive speaks for *fake*.
    pub log_odds: f64,
}

/// A decision value taken apart: base and contributions add up to the total, which calibration turns into log-odds.
#[derive(Debug, Clone, Serialize)]
pub struct AdditiveExplanation {
    /// Decision value of an account without any measurement, in log-odds.
    pub base_log_odds: f64,
    /// Contributions that are not zero, largest in size first. What was not measured contributes nothing.
    pub contributions: Vec<Contribution>,
    /// Base plus all contributions: the decision value.
    pub total_log_odds: f64,
    /// The decision value after calibration: the log-odds of `p_fake_profile`.
    pub calibrated_log_odds: f64,
}

pub(super) fn assemble(subject: &Subject<'_>) -> SuspiciousAccounts {
    let accounts = &subject.source.audit.accounts;
    let threshold = subject.source.provenance.suspicious_threshold;
    let is_listed = |id: &AccountId| accounts.p_fake[id.index()] >= threshold && !accounts.predictions.is_abstained[id.index()];
    let mut listed: Vec<AccountId> = measured(subject).into_iter().filter(is_listed).collect();
    let dataset = subject.source.dataset;
    listed.sort_by(|a, b| {
        let p = |id: &AccountId| accounts.p_fake[id.index()];
        let decision = |id: &AccountId| accounts.predictions.decisions[id.index()];
        let by_value = p(b).total_cmp(&p(a)).then_with(|| decision(b).total_cmp(&decision(a)));
        by_value.then_with(|| dataset.name(*a).cmp(dataset.name(*b)))
    });
    let statement = statement(listed.len(), threshold);
    let accounts = listed.iter().take(N_ACCOUNTS).map(|&id| account(subject, id)).collect();
    SuspiciousAccounts { statement, total_count: listed.len() as u64, accounts }
}

fn statement(total: usize, threshold: f64) -> String {
    let threshold = number::percent(threshold);
    if total == 0 {
        return format!("No sampled follower that the model decides on reaches the threshold of {threshold}.");
    }
    let all = number::count(total as u64);
    let shown = if total > N_ACCOUNTS {
        format!("the {N_ACCOUNTS} with the highest probability are listed")
    } else {
        "all are listed".into()
    };
    let (noun, verb) = if total == 1 { ("follower", "reaches") } else { ("followers", "reach") };
    format!("{all} sampled {noun} {verb} the threshold of {threshold}; {shown}.")
}

fn account(subject: &Subject<'_>, id: AccountId) -> SuspiciousAccount {
    let (dataset, accounts) = (subject.source.dataset, &subject.source.audit.accounts);
    let (slot, predictions) = (id.index(), &accounts.predictions);
    let probability = |log_odds: f64| Probability::from_log_odds(log_odds).get();
    let reason =
        |reason: &crate::model::Reason| contribution(subject, id, usize::from(reason.signal), f64::from(reason.log_odds));
    SuspiciousAccount {
        account_id: dataset.name(id).to_owned(),
        handle: dataset.accounts.handle.get(slot).map(str::to_owned),
        class: accounts.class[slot].word(),
        p_fake: accounts.p_fake[slot],
        p_fake_profile: accounts.p_fake_profile[slot],
        p_fake_profile_low: probability(predictions.log_odds_low[slot]),
        p_fake_profile_high: probability(predictions.log_odds_high[slot]),
        measured_signals_count: predictions.measured_count[slot],
        reasons: predictions.reasons[slot].iter().flatten().map(reason).collect(),
        explanation: explanation(subject, id),
    }
}

fn explanation(subject: &Subject<'_>, id: AccountId) -> Option<AdditiveExplanation> {
    let explanation = (subject.source.explain)(id)?;
    let parts = explanation.contributions.iter().enumerate().filter(|(_, log_odds)| **log_odds != 0.0);
    let mut contributions: Vec<Contribution> =
        parts.map(|(column, &log_odds)| contribution(subject, id, column, log_odds)).collect();
    contributions.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
    Some(AdditiveExplanation {
        base_log_odds: explanation.base_log_odds,
        contributions,
        total_log_odds: explanation.log_odds(),
        calibrated_log_odds: subject.source.audit.accounts.predictions.log_odds[id.index()],
    })
}

fn contribution(subject: &Subject<'_>, id: AccountId, column: usize, log_odds: f64) -> Contribution {
    let table = &subject.source.audit.account_signals;
    let signal = table.signals()[column];
    let value = table.get(id.index(), column);
    let value_text = value.map_or_else(|| "not measured".to_owned(), |value| number::with_unit(value, signal.name, signal.unit));
    Contribution { signal: signal.id, name: signal.name, value, value_text, log_odds }
}
