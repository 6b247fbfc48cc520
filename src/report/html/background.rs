//! What was not measured, how the numbers come about, what they rest on and what they cannot say.

use super::elements::{self, Head, name, table, text};
use crate::report::creator::{CreatorReport, InputTable, NotMeasuredText};
use crate::report::neutral::{PROSE_CHARS, visible};
use crate::report::number;
use maud::{Markup, html};

/// What is missing and which data would bring it.
pub fn not_measured(gaps: &[NotMeasuredText]) -> Markup {
    let content = html! {
        dl.gaps { @for gap in gaps { div { dt { code { (gap.what) } } dd { (gap.why) } } } }
    };
    html! { @if !gaps.is_empty() { (elements::section("not-measured", "What was not measured", &content)) } }
}

/// How the numbers come about.
pub fn method(report: &CreatorReport) -> Markup {
    let content = html! { ol.steps { @for step in &report.method { li { (step) } } } };
    elements::section("method", "Method in short", &content)
}

/// The data and what the report was made with.
pub fn data(report: &CreatorReport) -> Markup {
    let data = &report.data;
    let rows: Vec<Vec<Markup>> = data.tables.iter().map(table_row).collect();
    let heads = ["rows", "rejected", "merged", "replaced"].map(Head::Number);
    let heads: Vec<Head<'_>> = std::iter::once(Head::Text("table")).chain(heads).collect();
    let content = html! {
        (table("Tables of the dataset", &heads, &rows))
        @if !data.warnings.is_empty() {
            h3 { "Warnings" }
            ul { @for warning in &data.warnings { li { bdi { (visible(warning, PROSE_CHARS)) } } } }
        }
        h3 { "Made with" }
        (provenance(report))
    };
    elements::section("data", "Data and provenance", &content)
}

fn table_row(table: &InputTable) -> Vec<Markup> {
    let counts = [table.rows_count, table.rejected_count, table.merged_count, table.replaced_count];
    std::iter::once(text(table.table)).chain(counts.map(|count| text(&number::count(count)))).collect()
}

fn provenance(report: &CreatorReport) -> Markup {
    let made = &report.provenance;
    html! {
        dl.facts.wide {
            div { dt { "bonafide" } dd { (made.tool_version) } }
            div { dt { "model" } dd { (name(&made.model_name)) } }
            div { dt { "model sha256" } dd { code { (name(&made.model_sha256)) } } }
            div { dt { "dataset sha256" } dd { code { (name(&made.dataset_fingerprint)) } } }
            div { dt { "seed" } dd { (made.seed) } }
            div { dt { "sampling" } dd { "follows " (report.data.follows_sampling.replace('_', " ")) ", engagements " (report.data.engagements_sampling.replace('_', " ")) } }
        }
    }
}

/// What the numbers cannot say, and when not to use them.
pub fn limits(report: &CreatorReport) -> Markup {
    let content = html! {
        ul { @for limit in &report.limits { li { (limit) } } }
        h3 { "When not to use this report" }
        ul { @for case in &report.when_not_to_use { li { (case) } } }
    };
    elements::section("limits", "Limits", &content)
}

/// The note on wording.
pub fn footer(report: &CreatorReport) -> Markup {
    html! { footer { p { (report.wording) } } }
}
