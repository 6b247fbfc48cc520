//! What the audience's scores propose as findings.

use super::removed::LARGE_REMOVED_SHARE;
use super::score::ScoredCreator;
use super::verdict::percent;
use crate::domain::{Dataset, Finding, INTERVAL_LEVEL, Severity};
use crate::signals::creator_signal;
use crate::statistics::wilson;

/// Fake share that the interval's lower end must reach for a notice: on audiences without any fake the estimate was up
/// to 6 points (measured on labelled sets left out of training), and every creator has some.
pub const NOTICE_FAKE_SHARE: f64 = 0.10;
/// Fake share that it must reach for a warning: the market takes less than 75 % credible for a sign of fraud.
pub const WARNING_FAKE_SHARE: f64 = 0.25;
/// Share of listed followers without a profile from which that is said.
const UNMEASURED_SHARE: f64 = 0.05;
/// Share of them from which it is a notice: half, as in the verdict.
const UNMEASURED_NOTICE_SHARE: f64 = 0.5;
/// Share of suspended, or of deleted, followers that the interval's lower end must reach for that to be said.
const REMOVED_SHARE: f64 = 0.05;
/// Share of inactive followers from which that is said.
const INACTIVE_SHARE: f64 = 0.5;

/// Findings about one creator, weightiest first.
pub fn audience_findings(dataset: &Dataset, creator: &ScoredCreator) -> Vec<Finding> {
    let proposals = [
        fake_share(dataset, creator),
        unmeasured(creator),
        listed_more(creator),
        suspended(creator),
        deleted(creator),
        inactive(creator),
    ];
    let mut findings: Vec<Finding> = proposals.into_iter().flatten().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

fn finding(creator: &ScoredCreator, signal: &'static str, severity: Severity, value: f64, statement: String) -> Finding {
    let benign_causes = creator_signal(signal).map_or_else(Vec::new, |signal| signal.benign_causes.to_vec());
    Finding {
        creator: creator.score.id,
        signal,
        severity,
        value: Some(value),
        expected: None,
        window: None,
        statement,
        benign_causes,
        evidence: Vec::new(),
    }
}

fn fake_share(dataset: &Dataset, creator: &ScoredCreator) -> Option<Finding> {
    let fake = creator.score.audience_fake?;
    let severity = match fake.interval.low() {
        low if low >= WARNING_FAKE_SHARE => Severity::Warning,
        low if low >= NOTICE_FAKE_SHARE => Severity::Notice,
        _ => return None,
    };
    let mut statement = format!(
        "{} of the audience is estimated to be fake (90 % interval {} to {}), from the profiles of {} followers; fakes whose profiles look like people's are not seen.",
        percent(fake.share),
        percent(fake.interval.low()),
        percent(fake.interval.high()),
        fake.sample_count
    );
    if creator.score.is_unlike_training {
        statement.push_str(" These profiles are unlike those that the model was calibrated on: read it with care.");
    }
    let evidence = creator.most_suspicious.iter().map(|&id| dataset.name(id).to_owned()).collect();
    Some(Finding { evidence, ..finding(creator, "audience.fake_share", severity, fake.share, statement) })
}

fn unmeasured(creator: &ScoredCreator) -> Option<Finding> {
    let (listed, measured) = (creator.score.audience_listed_count, creator.score.audience_measured_count);
    let share = (listed > 0).then(|| (listed - measured) as f64 / listed as f64)?;
    let severity = if share >= UNMEASURED_NOTICE_SHARE { Severity::Notice } else { Severity::Info };
    let statement = format!(
        "{} of {listed} listed followers ({}) have no profile in the data; every share speaks of the others only.",
        listed - measured,
        percent(share)
    );
    (share >= UNMEASURED_SHARE).then(|| finding(creator, "audience.unmeasured", severity, share, statement))
}

fn listed_more(creator: &ScoredCreator) -> Option<Finding> {
    let (listed, counted) = (creator.score.audience_listed_count, creator.score.followers?);
    let statement = format!(
        "{listed} followers are listed, more than the {counted} that the platform counts; nothing is carried over from one to the other."
    );
    let benign_causes = vec!["list and count were read at different times", "a list that keeps those who left"];
    let said = finding(creator, "audience.listed_more_than_counted", Severity::Notice, listed as f64, statement);
    let value = (counted > 0).then(|| listed as f64 / counted as f64);
    let is_contradiction = creator.score.lists_more_than_counted();
    is_contradiction.then_some(Finding { value, benign_causes, ..said })
}

fn suspended(creator: &ScoredCreator) -> Option<Finding> {
    let (share, known, count) = (creator.profile.suspended_share?, creator.score.removed.known, creator.score.removed.suspended);
    let interval = wilson(count, known, INTERVAL_LEVEL)?;
    let statement = format!(
        "The platform has suspended {count} of {known} followers ({}, 90 % interval {} to {}). That is strong evidence of its own; the estimated fake share does not contain it, only the upper end of its interval does.",
        percent(share),
        percent(interval.low()),
        percent(interval.high())
    );
    let is_notable = interval.low() >= REMOVED_SHARE;
    is_notable.then(|| finding(creator, "audience.suspended_share", Severity::Notice, share, statement))
}

fn deleted(creator: &ScoredCreator) -> Option<Finding> {
    let (share, known, count) = (creator.profile.deleted_share?, creator.score.removed.known, creator.score.removed.deleted);
    let interval = wilson(count, known, INTERVAL_LEVEL)?;
    let statement = format!(
        "The accounts of {count} of {known} followers ({}, 90 % interval {} to {}) are gone. People leave too; the estimated fake share does not contain them.",
        percent(share),
        percent(interval.low()),
        percent(interval.high())
    );
    let severity = if interval.low() >= LARGE_REMOVED_SHARE { Severity::Notice } else { Severity::Info };
    let is_notable = interval.low() >= REMOVED_SHARE;
    is_notable.then(|| finding(creator, "audience.deleted_share", severity, share, statement))
}

fn inactive(creator: &ScoredCreator) -> Option<Finding> {
    let share = creator.profile.inactive_share.filter(|share| *share >= INACTIVE_SHARE)?;
    let statement = format!("{} of the followers did nothing visible for 180 days. Inactive is not fake.", percent(share));
    Some(finding(creator, "audience.inactive_share", Severity::Info, share, statement))
}
