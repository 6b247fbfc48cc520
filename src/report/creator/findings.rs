//! Findings in words, and the three that weigh most.

use super::Subject;
use super::audience::{AudienceSection, CommonSign};
use super::explanation::{WeighedCauseText, weighed};
use crate::domain::Finding;
use crate::report::number;
use serde::Serialize;

/// How many reasons a report begins with.
const N_REASONS: usize = 3;
/// Most ids listed as evidence of one finding.
const N_EVIDENCE: usize = 20;

/// One finding.
#[derive(Debug, Clone, Serialize)]
pub struct FindingText {
    /// Id of the signal.
    pub signal: &'static str,
    /// `info`, `notice`, `warning` or `critical`.
    pub severity: &'static str,
    /// Measured value, in the signal's unit.
    pub value: Option<f64>,
    /// Lower end of the band in which nothing would have been said.
    pub expected_low: Option<f64>,
    /// Upper end of that: the bound of the rule.
    pub expected_high: Option<f64>,
    /// First instant it speaks of.
    pub window_start: Option<String>,
    /// Last instant it speaks of.
    pub window_end: Option<String>,
    /// What was found.
    pub statement: String,
    /// Innocent causes that were weighed.
    pub benign_causes: Vec<&'static str>,
    /// Causes that were held against what was seen, best first.
    pub weighed_causes: Vec<WeighedCauseText>,
    /// Ids of accounts or of a group, at most 20.
    pub evidence: Vec<String>,
    /// How many ids the evidence has in all.
    pub evidence_count: u64,
}

/// One of the reasons that a report begins with.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonText {
    /// Id of the signal.
    pub signal: &'static str,
    /// `info`, `notice`, `warning` or `critical`.
    pub severity: &'static str,
    /// What was found.
    pub statement: String,
    /// Innocent causes.
    pub benign_causes: Vec<&'static str>,
}

pub(super) fn assemble(subject: &Subject<'_>) -> Vec<FindingText> {
    let of_creator = |finding: &&Finding| finding.creator == subject.creator.id;
    subject.source.audit.findings.iter().filter(of_creator).map(text).collect()
}

fn text(finding: &Finding) -> FindingText {
    FindingText {
        signal: finding.signal,
        severity: finding.severity.word(),
        value: finding.value.filter(|value| value.is_finite()),
        expected_low: finding.expected.map(|expected| expected.low()),
        expected_high: finding.expected.map(|expected| expected.high()),
        window_start: finding.window.map(|(start, _)| start.to_string()),
        window_end: finding.window.map(|(_, end)| end.to_string()),
        statement: finding.statement.clone(),
        benign_causes: finding.benign_causes.clone(),
        weighed_causes: weighed(finding),
        evidence: finding.evidence.iter().take(N_EVIDENCE).cloned().collect(),
        evidence_count: finding.evidence.len() as u64,
    }
}

/// The weightiest findings; where there are fewer than three, what the accounts called fake have in common fills up.
pub(super) fn strongest(findings: &[FindingText], audience: &AudienceSection) -> Vec<ReasonText> {
    let found = findings.iter().map(|finding| ReasonText {
        signal: finding.signal,
        severity: finding.severity,
        statement: finding.statement.clone(),
        benign_causes: finding.benign_causes.clone(),
    });
    let known: Vec<&str> = findings.iter().map(|finding| finding.signal).collect();
    let signs = audience.common_signs.iter().filter(|sign| !known.contains(&sign.signal)).map(sign_reason);
    found.chain(signs).take(N_REASONS).collect()
}

fn have(count: u64) -> String {
    format!("{} {}", number::count(count), if count == 1 { "has" } else { "have" })
}

fn sign_reason(sign: &CommonSign) -> ReasonText {
    let statement = format!(
        "Of {} at or above the threshold, whatever their class, {} “{}” among their three strongest reasons. {}",
        number::count_of(sign.of_count, "account"),
        have(sign.accounts_count),
        sign.name,
        sign.meaning
    );
    ReasonText { signal: sign.signal, severity: "info", statement, benign_causes: sign.benign_causes.clone() }
}

/// Whether a finding speaks of fakes themselves.
pub(super) fn is_about_fakes(finding: &FindingText) -> bool {
    ["audience.fake_share", "engagement.likers_fake_share", "engagement.commenters_fake_share"].contains(&finding.signal)
}
