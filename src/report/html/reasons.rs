//! Findings with their innocent causes beside them.

use super::elements::{self, benign, name};
use crate::report::creator::{CreatorReport, FindingText};
use crate::report::neutral::{PROSE_CHARS, visible};
use maud::{Markup, html};

/// The three strongest reasons.
pub fn section(report: &CreatorReport) -> Markup {
    let content = html! {
        @if report.reasons.is_empty() {
            p { "Nothing in the data stands out." }
        } @else {
            ol.reasons {
                @for reason in &report.reasons {
                    li {
                        (statement(reason.severity, &reason.statement))
                        (benign(&reason.benign_causes))
                    }
                }
            }
        }
    };
    elements::section("reasons", "Strongest reasons", &content)
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
