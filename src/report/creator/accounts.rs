//! Accounts of the audience that look most like fakes, each with the whole of its decision value.

use super::Subject;
use super::audience::{called_fake, measured};
use super::prose;
use crate::domain::{AccountId, Probability, Verdict};
use crate::report::number;
use serde::Serialize;

/// Most accounts listed.
const N_ACCOUNTS: usize = 20;

/// The accounts with the highest `p_fake` at or above the threshold that the model decides on.
#[derive(Debug, Clone, Serialize)]
pub struct SuspiciousAccounts {
    /// What is listed, in a sentence.
    pub statement: String,
    /// How often such accounts are fakes, as measured on labelled data; null for a model other than the one shipped.
    pub accuracy_note: Option<String>,
    /// Decision value beyond which the probability rises no further, where an account of the audience reaches it.
    pub ceiling_log_odds: Option<f64>,
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
    /// Id of the coordinated group that it is a member of.
    pub group_id: Option<String>,
    /// Whether that group's profiles bear it out, so that membership changed `p_fake`.
    pub is_raised_by_group: bool,
    /// Probability of *fake* from the profile alone.
    pub p_fake_profile: f64,
    /// Lower end of the 90 % interval of `p_fake_profile`.
    pub p_fake_profile_low: f64,
    /// Upper end of that interval.
    pub p_fake_profile_high: f64,
    /// Signals of the profile that were measured.
    pub measured_signals_count: u16,
    /// Probability that its times are a program's, where at least 20 of its actions have a time; it changes no other number.
    pub p_automated: Option<f64>,
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
    let mut listed = called_fake(subject);
    let dataset = subject.source.dataset;
    listed.sort_by(|a, b| {
        let p = |id: &AccountId| accounts.p_fake[id.index()];
        let decision = |id: &AccountId| accounts.predictions.decisions[id.index()];
        let by_value = p(b).total_cmp(&p(a)).then_with(|| decision(b).total_cmp(&decision(a)));
        by_value.then_with(|| dataset.name(*a).cmp(dataset.name(*b)))
    });
    let statement = statement(listed.len(), threshold);
    let accounts = listed.iter().take(N_ACCOUNTS).map(|&id| account(subject, id)).collect();
    SuspiciousAccounts {
        statement,
        accuracy_note: prose::accuracy_note(subject.source.provenance, subject.score.verdict != Verdict::Insufficient)
            .filter(|_| !listed.is_empty()),
        ceiling_log_odds: ceiling(subject),
        total_count: listed.len() as u64,
        accounts,
    }
}

/// The smallest decision value among the accounts whose probability is, to rounding, the audience's highest; none where only
/// one account is there.
fn ceiling(subject: &Subject<'_>) -> Option<f64> {
    const ROUNDING: f64 = 0.01;
    let predictions = &subject.source.audit.accounts.predictions;
    let values = || measured(subject).into_iter().map(|id| (predictions.log_odds[id.index()], predictions.decisions[id.index()]));
    let highest = values().map(|(log_odds, _)| log_odds).reduce(f64::max)?;
    let mut at_top: Vec<f64> = values().filter(|(log_odds, _)| *log_odds >= highest - ROUNDING).map(|(_, sum)| sum).collect();
    at_top.sort_by(f64::total_cmp);
    at_top.first().copied().filter(|first| at_top.last().is_some_and(|last| last - first > 0.1))
}

/// Why sums beyond the ceiling give the same probability; empty where none is reached.
pub fn ceiling_text(ceiling: Option<f64>) -> String {
    let said = |sum: f64| {
        format!(
            "Beyond a sum of about {} more evidence does not raise the probability: labelled data do not tell such accounts apart.",
            number::log_odds(sum)
        )
    };
    ceiling.map_or_else(String::new, said)
}

fn statement(total: usize, threshold: f64) -> String {
    let threshold = number::percent(threshold);
    if total == 0 {
        return format!("No sampled follower that the model decides on reaches the threshold of {threshold}.");
    }
    let all = number::count(total as u64);
    let shown = if total > N_ACCOUNTS {
        format!("the {N_ACCOUNTS} with the highest probability are listed, equal ones by their sum, then by id")
    } else {
        "all are listed, the highest probability first, equal ones by their sum, then by id".into()
    };
    let (noun, verb) = if total == 1 { ("follower", "reaches") } else { ("followers", "reach") };
    format!("{all} sampled {noun} {verb} the threshold of {threshold}; {shown}.")
}

impl SuspiciousAccount {
    /// What its group says of it; `None` without a group.
    pub fn group_text(&self) -> Option<String> {
        let group = self.group_id.as_ref()?;
        if !self.is_raised_by_group {
            return Some(format!("member of coordinated group {group}"));
        }
        let (before, range) =
            (number::percent(self.p_fake_profile), number::percent_range(self.p_fake_profile_low, self.p_fake_profile_high));
        Some(format!(
            "member of coordinated group {group}, many of whose profiles look fake: {before} ({range}) by its own profile, {} with the group",
            number::percent(self.p_fake)
        ))
    }
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
        group_id: accounts.group_of(id).map(|group| subject.source.audit.groups[group as usize].id.clone()),
        is_raised_by_group: accounts.raised_by_group.contains_key(&id),
        p_fake_profile: accounts.p_fake_profile[slot],
        p_fake_profile_low: probability(predictions.log_odds_low[slot]),
        p_fake_profile_high: probability(predictions.log_odds_high[slot]),
        p_automated: subject.source.audit.automated.get(id).map(|score| score.p_automated),
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
