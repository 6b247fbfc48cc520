//! The sampled audience: by class, by probability, and what its suspicious accounts have in common.

use super::Subject;
use crate::domain::{AccountClass, AccountId};
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
    /// How they were sampled: `complete`, `random`, `newest_first` or `unknown`.
    pub sampling: &'static str,
    /// What that allows.
    pub sampling_note: &'static str,
    /// What the classes show, in a sentence.
    pub statement: String,
    /// By class, in the order in which the classes are tried.
    pub classes: Vec<ClassCount>,
    /// Distribution of `p_fake` over the measured.
    pub distribution: Option<Distribution>,
    /// What speaks most often for *fake* among accounts classed suspicious.
    pub common_signs: Vec<CommonSign>,
}

/// Accounts of one class.
#[derive(Debug, Clone, Serialize)]
pub struct ClassCount {
    /// `mass_follower`, `influencer`, `suspicious` or `real`.
    pub class: &'static str,
    /// What puts an account into it.
    pub definition: &'static str,
    /// Measured followers of the class.
    pub count: u64,
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
    /// Suspicious accounts that have it among their three strongest reasons, speaking for *fake*.
    pub accounts_count: u64,
    /// Suspicious accounts in all.
    pub of_count: u64,
    /// Innocent causes.
    pub benign_causes: Vec<&'static str>,
}

pub(super) fn assemble(subject: &Subject<'_>) -> AudienceSection {
    let sampling = subject.source.dataset.manifest.follows_sampling;
    let measured = measured(subject);
    let classes = classes(subject);
    AudienceSection {
        sampled_count: subject.followers.len() as u64,
        measured_count: subject.score.audience_measured_count,
        abstained_count: subject.score.audience_abstained_count,
        sampling: sampling.word(),
        sampling_note: super::prose::sampling_note(sampling),
        statement: statement(&classes, subject.score.audience_measured_count),
        classes,
        distribution: distribution(subject, &measured),
        common_signs: common_signs(subject),
    }
}

/// Followers of which at least one signal was measured.
pub(super) fn measured(subject: &Subject<'_>) -> Vec<AccountId> {
    let accounts = &subject.source.audit.accounts;
    subject.followers.iter().copied().filter(|&id| accounts.is_measured(id)).collect()
}

fn classes(subject: &Subject<'_>) -> Vec<ClassCount> {
    let count = |share: &crate::scoring::ClassShare| ClassCount {
        class: share.class.word(),
        definition: definition(share.class),
        count: share.count,
        share: share.share.value,
        share_low: share.share.interval.low(),
        share_high: share.share.interval.high(),
    };
    subject.score.classes.iter().map(count).collect()
}

fn statement(classes: &[ClassCount], measured: u64) -> String {
    let Some(suspicious) = classes.iter().find(|class| class.class == AccountClass::Suspicious.word()) else {
        return "No follower could be classed.".to_owned();
    };
    format!(
        "{} of {} measured followers are classed suspicious: {}, 90 % interval {}.",
        number::count(suspicious.count),
        number::count(measured),
        number::percent(suspicious.share),
        number::percent_range(suspicious.share_low, suspicious.share_high)
    )
}

fn definition(class: AccountClass) -> &'static str {
    match class {
        AccountClass::MassFollower => "follows more than 1,500 accounts",
        AccountClass::Influencer => "followed by more than 5,000 accounts",
        AccountClass::Suspicious => "probability of fake at or above the threshold",
        AccountClass::Real => "none of the others",
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
    let statement = format!(
        "{} of {} measured followers ({}) have a probability of fake at or above the threshold of {}, whatever their class.",
        number::count(at_or_above_threshold_count),
        number::count(measured.len() as u64),
        number::percent(at_or_above_threshold_count as f64 / measured.len() as f64),
        number::percent(threshold)
    );
    Some(Distribution { threshold, statement, at_or_above_threshold_count, bins })
}

fn common_signs(subject: &Subject<'_>) -> Vec<CommonSign> {
    let audit = subject.source.audit;
    let signals = audit.account_signals.signals();
    let is_suspicious = |id: &&AccountId| audit.accounts.class(**id) == Some(AccountClass::Suspicious);
    let suspicious: Vec<&AccountId> = subject.followers.iter().filter(is_suspicious).collect();
    let mut counts = vec![0_u64; signals.len()];
    for id in &suspicious {
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
        of_count: suspicious.len() as u64,
        benign_causes: signals[column].benign_causes.to_vec(),
    };
    order.iter().take(N_SIGNS).map(sign).collect()
}
