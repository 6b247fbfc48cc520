//! Findings with their innocent causes beside them.

use super::elements::{self, benign, name};
use crate::report::creator::{CreatorReport, FindingText, ReasonText};
use crate::report::neutral::{PROSE_CHARS, visible};
use maud::{Markup, html};

/// The three strongest reasons.
pub fn section(report: &CreatorReport) -> Markup {
    let content = html! {
        @if let Some(note) = &report.reasons_note { p { (note) } }
        @if !report.reasons.is_empty() { ol.reasons { @for reason in &report.reasons { (item(reason)) } } }
        @if !report.remarks.is_empty() { ul.reasons.remarks { @for remark in &report.remarks { (item(remark)) } } }
    };
    elements::section("reasons", "Strongest reasons", &content)
}

fn item(reason: &ReasonText) -> Markup {
    html! {
        li {
            (statement(reason.severity, &reason.statement))
            (benign(&reason.benign_causes))
        }
    }
}

/// Findings beyond the first three.
pub fn other_findings(report: &CreatorReport) -> Markup {
    let others = report.findings.get(report.reasons.len()..).unwrap_or_default();
    let content = html! { ul.reasons { @for finding in others { (other(finding)) } } };
    html! { @if !others.is_empty() { (elements::section("findings", "Other findings", &content)) } }
}

fn other(finding: &FindingText) -> Markup {
    html! {
        li {
            (statement(finding.severity, &finding.statement))
            (benign(&finding.benign_causes))
            @if !finding.evidence.is_empty() {
                p.quiet { "Evidence: " @for id in &finding.evidence { (name(id)) " " } }
            }
        }
    }
}

fn statement(severity: &str, text: &str) -> Markup {
    html! { p { span class=(format!("severity {severity}")) { (severity) } " " bdi { (visible(text, PROSE_CHARS)) } } }
}
