//! `findings`: one row a finding.

use super::columns::Columns;
use super::{LIST_SEPARATOR, RunTable};
use crate::audit::Audit;
use crate::domain::{Dataset, Finding};
use crate::report::number;
use std::borrow::Cow;

pub(super) fn table<'a>(dataset: &'a Dataset, audit: &'a Audit) -> RunTable<'a> {
    let findings = &audit.findings;
    let joined = |parts: String| (!parts.is_empty()).then(|| Cow::from(parts));
    let columns = Columns::default()
        .text("creator_id", |row| Some(dataset.name(findings[row].creator).into()))
        .text("signal", |row| Some(findings[row].signal.into()))
        .text("severity", |row| Some(findings[row].severity.word().into()))
        .real("value", |row| findings[row].value)
        .real("expected_low", |row| findings[row].expected.map(|band| band.low()))
        .real("expected_high", |row| findings[row].expected.map(|band| band.high()))
        .time("window_start", |row| findings[row].window.map(|(start, _)| start.ms()))
        .time("window_end", |row| findings[row].window.map(|(_, end)| end.ms()))
        .text("statement", |row| Some(findings[row].statement.as_str().into()))
        .text("benign_causes", move |row| joined(findings[row].benign_causes.join(LIST_SEPARATOR)))
        .text("evidence", move |row| joined(findings[row].evidence.join(LIST_SEPARATOR)))
        .text("weighed_causes", move |row| joined(weighed(&findings[row]).join(LIST_SEPARATOR)));
    let schema = columns.schema();
    RunTable { name: "findings", schema, always_parquet: false, batches: Box::new(columns.batches(findings.len())) }
}

/// Each cause with how many times likelier what was seen is under the best, to three digits.
fn weighed(finding: &Finding) -> Vec<String> {
    finding.weighed_causes.iter().map(|cause| format!("{}: {}", cause.phrase, number::plain(cause.odds_against))).collect()
}
