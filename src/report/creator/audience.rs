//! The sampled audience: by class, by probability, and what its suspicious accounts have in common.

use super::Subject;
use super::prose;
use crate::domain::{AccountClass, AccountId, Verdict};
use crate::report::number;
use serde::Serialize;

/// Bins of the distribution of `p_fake`, each 0.05 wide.
const N_BINS: usize = 20;
/// Most signs listed.
const N_SIGNS: usize = 5;

/// The audience, as sampled.
#[derive(Debug, Clone, Serialize)]
pub struct AudienceSection {
    /// Followers in the data, each once.
    pub sampled_count: u64,
    /// Of these, with a profile that could be measured.
    pub measured_count: u64,
    /// Of the measured, those that the model declines to decide on; they widen the interval.
    pub abstained_count: u64,
    /// How they count as sampled: `complete`, `random`, `newest_first` or `unknown`. A list that is stated to be complete and
    /// lacks more than a tenth of the platform's count is `unknown`; what was stated stands in `data`.
    pub sampling: &'static str,
    /// What that allows.
    pub sampling_note: String,
    /// Who likes and comments, in sentences; null where no share of theirs was measured.
    pub engagers_note: Option<String>,
    /// Whether anything is concluded from it: not where the verdict is `insufficient`.
    pub is_conclusive: bool,
    /// What the classes show, in a sentence.
    pub statement: String,
    /// By class, in the order in which the classes are tried.
    pub classes: Vec<ClassCount>,
    /// How the fake share goes with the accounts' probabilities, in sentences.
    pub balance: Option<String>,
    /// Distribution of `p_fake` over the measured.
    pub distribution: Option<Distribution>,
    /// What speaks most often for *fake* among the accounts at or above the threshold that the model decides on, whatever
    /// their class; empty where nothing is concluded.
    pub common_signs: Vec<CommonSign>,
}

/// Accounts of one class.
#[derive(Debug, Clone, Serialize)]
pub struct ClassCount {
    /// `mass_follower`, `influencer`, `suspicious` or `real`.
    pub class: &'static str,
    /// Its name for people. `real` only says that no other class applies, so it is not called that.
    pub label: &'static str,
    /// What puts an account into it.
    pub definition: &'static str,
    /// Measured followers of the class.
    pub count: u64,
    /// Of these, at or above the threshold, and decided on.
    pub at_or_above_threshold_count: u64,
    /// Of these, those that the model declines to decide on.
    pub undecided_count: u64,
    /// Their share of the measured followers.
    pub share: f64,
    /// Lower end of its 90 % interval.
    pub share_low: f64,
    /// Upper end of its 90 % interval.
    pub share_high: f64,
}

/// A histogram of `p_fake`.
#[derive(Debug, Clone, Serialize)]
pub struct Distribution {
    /// At and above it an account is classed suspicious, unless an earlier class applies.
    pub threshold: f64,
    /// What it shows, in a sentence.
    pub statement: String,
    /// Measured accounts at or above the threshold, whatever their class.
    pub at_or_above_threshold_count: u64,
    /// Bins in ascending order.
    pub bins: Vec<DistributionBin>,
}

/// One bin of a [`Distribution`].
#[derive(Debug, Clone, Serialize)]
pub struct DistributionBin {
    /// Lower edge, included.
    pub low: f64,
    /// Upper edge, excluded but for the last.
    pub high: f64,
    /// Accounts that the model decides on.
    pub decided_count: u64,
    /// Accounts that it declines to decide on.
    pub abstained_count: u64,
}

/// A signal that often speaks for *fake*.
#[derive(Debug, Clone, Serialize)]
pub struct CommonSign {
    /// Id of the signal.
    pub signal: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Accounts at or above the threshold that have it among their three strongest reasons, speaking for *fake*.
    pub accounts_count: u64,
    /// Accounts at or above the threshold that the model decides on.
    pub of_count: u64,
    /// Innocent causes.
    pub benign_causes: Vec<&'static str>,
}

pub(super) fn assemble(subject: &Subject<'_>) -> AudienceSection {
    let measured = measured(subject);
    let classes = classes(subject, &measured);
    let is_conclusive = subject.score.verdict != Verdict::Insufficient;
    AudienceSection {
        sampled_count: subject.followers.len() as u64,
        measured_count: subject.score.audience_measured_count,
        abstained_count: subject.score.audience_abstained_count,
        sampling: subject.score.sampling.word(),
        sampling_note: prose::sampling_note(subject.score),
        engagers_note: prose::engagers_note(subject.score, subject.source.dataset.manifest.engagements_sampling),
        is_conclusive,
        statement: statement(&classes, is_conclusive),
        balance: balance(subject, &measured).filter(|_| is_conclusive),
        classes,
        distribution: distribution(subject, &measured),
        common_signs: if is_conclusive { common_signs(subject) } else { Vec::new() },
    }
}

/// Followers of which at least one signal was measured.
pub(super) fn measured(subject: &Subject<'_>) -> Vec<AccountId> {
    let accounts = &subject.source.audit.accounts;
    subject.followers.iter().copied().filter(|&id| accounts.is_measured(id)).collect()
}

/// Of the measured, the accounts at or above the threshold that the model decides on, whatever their class.
pub(super) fn called_fake(subject: &Subject<'_>) -> Vec<AccountId> {
    let threshold = subject.source.provenance.suspicious_threshold;
    let is_called = |id: &AccountId| subject.source.audit.accounts.is_called_fake(*id, threshold);
    subject.followers.iter().copied().filter(is_called).collect()
}

fn classes(subject: &Subject<'_>, measured: &[AccountId]) -> Vec<ClassCount> {
    let (accounts, threshold) = (&subject.source.audit.accounts, subject.source.provenance.suspicious_threshold);
    let count = |share: &crate::scoring::ClassShare| {
        let of_class = || measured.iter().copied().filter(|&id| accounts.class(id) == Some(share.class));
        ClassCount {
            class: share.class.word(),
            label: label(share.class),
            definition: definition(share.class),
            count: share.count,
            at_or_above_threshold_count: of_class().filter(|&id| accounts.is_called_fake(id, threshold)).count() as u64,
            undecided_count: of_class().filter(|&id| accounts.is_abstained(id) == Some(true)).count() as u64,
            share: share.share.value,
            share_low: share.share.interval.low(),
            share_high: share.share.interval.high(),
        }
    };
    subject.score.classes.iter().map(count).collect()
}

fn statement(classes: &[ClassCount], is_conclusive: bool) -> String {
    let suspicious = AccountClass::Suspicious.word();
    let Some(own) = classes.iter().find(|class| class.class == suspicious) else {
        return "No follower could be classed.".to_owned();
    };
    let (mut all, mut undecided, mut others) = (0, 0, 0);
    for class in classes {
        all += class.count;
        undecided += class.undecided_count;
        others += if class.class == suspicious { 0 } else { class.at_or_above_threshold_count };
    }
    if !is_conclusive {
        return format!(
            "Nothing is concluded from these classes: the verdict is insufficient. Undecided are {} of {}.",
            number::count(undecided),
            number::count_of(all, "measured follower")
        );
    }
    format!(
        "{} of {} are classed suspicious: {}, {}; {} of other classes reach the threshold as well.",
        number::count(own.count),
        number::count_of(all, "measured follower"),
        number::percent(own.share),
        number::share_interval_text(own.share_low, own.share_high),
        number::count(others)
    )
}

/// The share is neither a count of high probabilities nor their sum: those are calibrated on the whole platform.
fn balance(subject: &Subject<'_>, measured: &[AccountId]) -> Option<String> {
    let (accounts, threshold) = (&subject.source.audit.accounts, subject.source.provenance.suspicious_threshold);
    let fake = subject.score.audience_fake.filter(|_| !measured.is_empty())?;
    let sum = |ids: &[AccountId]| ids.iter().map(|id| accounts.p_fake[id.index()]).sum::<f64>();
    let (undecided, decided): (Vec<AccountId>, Vec<AccountId>) =
        measured.iter().partition(|&&id| accounts.is_abstained(id) == Some(true));
    let (high, low): (Vec<AccountId>, Vec<AccountId>) =
        decided.into_iter().partition(|&id| accounts.is_called_fake(id, threshold));
    Some(format!(
        "The fake share is not a count of accounts called fake. The probabilities of all {} add up to some {}: {} from the {} at or above the threshold, {} from the {} undecided, {} from the {} below it. They are calibrated on all audiences of the platform in these data together; the share, {} or some {}, is estimated for this audience, where fakes may be more or less frequent than in the others.",
        number::count_of(measured.len() as u64, "measured follower"),
        number::plain(sum(measured).round()),
        number::plain(sum(&high).round()),
        number::count(high.len() as u64),
        number::plain(sum(&undecided).round()),
        number::count(undecided.len() as u64),
        number::plain(sum(&low).round()),
        number::count(low.len() as u64),
        number::percent(fake.share),
        number::count_of((fake.share * measured.len() as f64).round() as u64, "account")
    ))
}

fn label(class: AccountClass) -> &'static str {
    match class {
        AccountClass::MassFollower => "mass followers",
        AccountClass::Influencer => "influencers",
        AccountClass::Suspicious => "suspicious",
        AccountClass::Real => "below the threshold",
    }
}

fn definition(class: AccountClass) -> &'static str {
    match class {
        AccountClass::MassFollower => "follows more than 1,500 accounts",
        AccountClass::Influencer => "followed by more than 5,000 accounts",
        AccountClass::Suspicious => "none of these; probability of fake at or above the threshold",
        AccountClass::Real => "none of the others; the class real of the tables, which does not say that it is",
    }
}

fn distribution(subject: &Subject<'_>, measured: &[AccountId]) -> Option<Distribution> {
    if measured.is_empty() {
        return None;
    }
    let accounts = &subject.source.audit.accounts;
    let threshold = subject.source.provenance.suspicious_threshold;
    let edge = |index: usize| index as f64 / N_BINS as f64;
    let bin = |index| DistributionBin { low: edge(index), high: edge(index + 1), decided_count: 0, abstained_count: 0 };
    let mut bins: Vec<DistributionBin> = (0..N_BINS).map(bin).collect();
    let mut at_or_above_threshold_count = 0;
    for id in measured {
        let p_fake = accounts.p_fake[id.index()].clamp(0.0, 1.0);
        let bin = &mut bins[((p_fake * N_BINS as f64) as usize).min(N_BINS - 1)];
        let is_abstained = accounts.predictions.is_abstained[id.index()];
        bin.abstained_count += u64::from(is_abstained);
        bin.decided_count += u64::from(!is_abstained);
        at_or_above_threshold_count += u64::from(p_fake >= threshold);
    }
    let opening = if subject.score.verdict == Verdict::Insufficient { "No conclusion: " } else { "" };
    let statement = format!(
        "{opening}{} of {} ({}) {} a probability of fake at or above the threshold of {}, whatever their class.",
        number::count(at_or_above_threshold_count),
        number::count_of(measured.len() as u64, "measured follower"),
        number::percent(at_or_above_threshold_count as f64 / measured.len() as f64),
        if at_or_above_threshold_count == 1 { "has" } else { "have" },
        number::percent(threshold)
    );
    Some(Distribution { threshold, statement, at_or_above_threshold_count, bins })
}

fn common_signs(subject: &Subject<'_>) -> Vec<CommonSign> {
    let audit = subject.source.audit;
    let signals = audit.account_signals.signals();
    let called = called_fake(subject);
    let mut counts = vec![0_u64; signals.len()];
    for id in &called {
        for reason in audit.accounts.predictions.reasons[id.index()].iter().flatten().filter(|reason| reason.log_odds > 0.0) {
            counts[usize::from(reason.signal)] += 1;
        }
    }
    let mut order: Vec<usize> = (0..signals.len()).filter(|&column| counts[column] > 0).collect();
    order.sort_by_key(|&column| (std::cmp::Reverse(counts[column]), column));
    let sign = |&column: &usize| CommonSign {
        signal: signals[column].id,
        name: signals[column].name,
        meaning: signals[column].meaning,
        accounts_count: counts[column],
        of_count: called.len() as u64,
        benign_causes: signals[column].benign_causes.to_vec(),
    };
    order.iter().take(N_SIGNS).map(sign).collect()
}
