//! Countries and languages of the audience.

use super::elements::{self, Head, table, text};
use crate::report::creator::{PlaceShare, PlaceTable, PlacesSection};
use crate::report::neutral::{NAME_CHARS, PROSE_CHARS, visible};
use crate::report::number;
use maud::{Markup, html};

/// Nothing where neither is in the data.
pub fn section(section: Option<&PlacesSection>) -> Markup {
    let Some(section) = section else { return html! {} };
    let content = html! {
        @for statement in &section.statements { p { bdi { (visible(statement, PROSE_CHARS)) } } }
        div.pair {
            @if let Some(own) = &section.countries { (places("Countries of followers, as their profiles have them", "country", own)) }
            @if let Some(own) = &section.languages { (places("Languages of followers, as their profiles have them", "language", own)) }
        }
    };
    elements::section("places", "Where the audience is", &content)
}

fn places(caption: &str, what: &str, own: &PlaceTable) -> Markup {
    let row = |share: &PlaceShare| {
        vec![
            html! { bdi { (visible(&share.name, NAME_CHARS)) } },
            text(&number::count(share.count)),
            text(&number::percent(share.share)),
            text(&number::percent_range(share.share_low, share.share_high)),
        ]
    };
    let mut rows: Vec<Vec<Markup>> = own.rows.iter().map(row).collect();
    if own.others_count > 0 {
        rows.push(["others", &number::count(own.others_count), "", ""].map(text).to_vec());
    }
    let heads = [Head::Text(what), Head::Number("followers"), Head::Number("share"), Head::Number("90 % interval")];
    html! { div { (table(caption, &heads, &rows)) } }
}
