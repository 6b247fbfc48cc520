//! Beside creators of the same size.

use super::elements::{self, Head, figure, handle_or_id, table, text};
use crate::report::chart;
use crate::report::creator::{ComparisonRow, ComparisonSection};
use crate::report::number;
use maud::{Markup, html};

/// Nothing where there are too few of them.
pub fn section(section: Option<&ComparisonSection>) -> Markup {
    let Some(section) = section else { return html! {} };
    let rows: Vec<Vec<Markup>> = section.rows.iter().map(row).collect();
    let heads = [
        Head::Text("creator"),
        Head::Text("platform"),
        Head::Number("fake share"),
        Head::Number("90 % interval"),
        Head::Number("n"),
    ];
    let title = format!("{} creators by fake share of the audience", section.tier);
    let note = html! {
        "The dashed line marks the median of the others."
        @if (section.rows.len() as u64) < section.creators_count {
            " The nearest " (section.rows.len()) " of " (number::count(section.creators_count)) " are shown."
        }
    };
    let content =
        html! { div.pair { (figure(&chart::comparison(section), &section.statement, &note, &table(&title, &heads, &rows))) } };
    elements::section("comparison", "Beside creators of the same size", &content)
}

fn row(row: &ComparisonRow) -> Vec<Markup> {
    let name = handle_or_id(row.handle.as_deref(), &row.creator_id);
    vec![
        html! { (name) @if row.is_subject { " (this one)" } },
        text(row.platform),
        text(&number::percent(row.share)),
        text(&number::percent_range(row.share_low, row.share_high)),
        text(&number::count(row.sample_count)),
    ]
}
