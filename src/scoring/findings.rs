//! What the audience's scores propose as findings.

use super::proposal::Proposal;
use super::removed::LARGE_REMOVED_SHARE;
use super::score::ScoredCreator;
use super::verdict::{estimate, is_sufficient};
use super::wording::{count, count_of, percent};
use crate::domain::{Dataset, Finding, INTERVAL_LEVEL, Interval, Severity};
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

/// Findings about one creator, weightiest first. `expected` is the band in which nothing is said: from 0 to the bound of
/// the rule, not what untouched creators carry, for which there is no model yet.
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

/// What a rule measured, against the bound up to which it says nothing.
struct Measured {
    signal: &'static str,
    severity: Severity,
    value: f64,
    bound: f64,
}

fn finding(creator: &ScoredCreator, measured: Measured, statement: String) -> Finding {
    let Measured { signal, severity, value, bound } = measured;
    let expected = Interval::new(0.0, bound);
    Proposal { signal, severity, value: Some(value), expected, window: None, statement, evidence: Vec::new() }
        .about(creator.score.id)
}

/// Where nothing can be concluded, nothing is said either: the share stands in the score, with the reason for the verdict.
fn fake_share(dataset: &Dataset, creator: &ScoredCreator) -> Option<Finding> {
    let fake = creator.score.audience_fake.filter(|_| is_sufficient(&creator.score))?;
    let severity = match fake.interval.low() {
        low if low >= WARNING_FAKE_SHARE => Severity::Warning,
        low if low >= NOTICE_FAKE_SHARE => Severity::Notice,
        _ => return None,
    };
    let statement = format!(
        "{}, from the profiles of {}; fakes whose profiles look like people's are not seen.",
        estimate(&creator.score, fake),
        count_of(fake.sample_count, "follower")
    );
    let evidence = creator.most_suspicious.iter().map(|&id| dataset.name(id).to_owned()).collect();
    let measured = Measured { signal: "audience.fake_share", severity, value: fake.share, bound: NOTICE_FAKE_SHARE };
    Some(Finding { evidence, ..finding(creator, measured, statement) })
}

fn unmeasured(creator: &ScoredCreator) -> Option<Finding> {
    let (listed, measured) = (creator.score.audience_listed_count, creator.score.audience_measured_count);
    let share = (listed > 0).then(|| (listed - measured) as f64 / listed as f64)?;
    let severity = if share >= UNMEASURED_NOTICE_SHARE { Severity::Notice } else { Severity::Info };
    let statement = format!(
        "{} of {} ({}) have no profile in the data; every share speaks of the others only.",
        count(listed - measured),
        count_of(listed, "listed follower"),
        percent(share)
    );
    let measured = Measured { signal: "audience.unmeasured", severity, value: share, bound: UNMEASURED_SHARE };
    (share >= UNMEASURED_SHARE).then(|| finding(creator, measured, statement))
}

fn listed_more(creator: &ScoredCreator) -> Option<Finding> {
    let (listed, counted) = (creator.score.audience_listed_count, creator.score.followers?);
    let statement = format!(
        "{} followers are listed, more than the {} that the platform counts; nothing is carried over from one to the other.",
        count(listed),
        count(counted)
    );
    let benign_causes = vec!["list and count were read at different times", "a list that keeps those who left"];
    let (signal, ratio) = ("audience.listed_more_than_counted", listed as f64 / counted as f64);
    let said = finding(creator, Measured { signal, severity: Severity::Notice, value: ratio, bound: 1.0 }, statement);
    let value = (counted > 0).then_some(ratio);
    let is_contradiction = creator.score.lists_more_than_counted();
    is_contradiction.then_some(Finding { value, benign_causes, ..said })
}

fn suspended(creator: &ScoredCreator) -> Option<Finding> {
    let (share, known, removed) =
        (creator.profile.suspended_share?, creator.score.removed.known, creator.score.removed.suspended);
    let interval = wilson(removed, known, INTERVAL_LEVEL)?;
    let statement = format!(
        "The platform has suspended {} of {} ({}, 90 % interval {} to {}). That is strong evidence of its own; the estimated fake share does not contain it, only the upper end of its interval does.",
        count(removed),
        count_of(known, "follower"),
        percent(share),
        percent(interval.low()),
        percent(interval.high())
    );
    let is_notable = interval.low() >= REMOVED_SHARE;
    let measured =
        Measured { signal: "audience.suspended_share", severity: Severity::Notice, value: share, bound: REMOVED_SHARE };
    is_notable.then(|| finding(creator, measured, statement))
}

fn deleted(creator: &ScoredCreator) -> Option<Finding> {
    let (share, known, removed) = (creator.profile.deleted_share?, creator.score.removed.known, creator.score.removed.deleted);
    let interval = wilson(removed, known, INTERVAL_LEVEL)?;
    let statement = format!(
        "The accounts of {} of {} ({}, 90 % interval {} to {}) are gone. People leave too; the estimated fake share does not contain them.",
        count(removed),
        count_of(known, "follower"),
        percent(share),
        percent(interval.low()),
        percent(interval.high())
    );
    let severity = if interval.low() >= LARGE_REMOVED_SHARE { Severity::Notice } else { Severity::Info };
    let is_notable = interval.low() >= REMOVED_SHARE;
    let measured = Measured { signal: "audience.deleted_share", severity, value: share, bound: REMOVED_SHARE };
    is_notable.then(|| finding(creator, measured, statement))
}

fn inactive(creator: &ScoredCreator) -> Option<Finding> {
    let share = creator.profile.inactive_share.filter(|share| *share >= INACTIVE_SHARE)?;
    let statement = format!("{} of the followers did nothing visible for 180 days. Inactive is not fake.", percent(share));
    let measured = Measured { signal: "audience.inactive_share", severity: Severity::Info, value: share, bound: INACTIVE_SHARE };
    Some(finding(creator, measured, statement))
}
