//! One self-contained page: no script, nothing fetched, readable in light, dark, on a phone and on paper.

mod accounts;
mod audience;
mod background;
mod comments;
mod comparison;
mod elements;
mod explanation;
mod follower_map;
mod groups;
mod letter;
mod page;
mod places;
mod reasons;
mod series;
mod shortlist;
mod top;

pub use shortlist::render_shortlist_html;

use crate::report::creator::CreatorReport;
use crate::report::neutral::{NAME_CHARS, visible};
use maud::{PreEscaped, html};

/// The report of one creator as an HTML page. Foreign text is made harmless, cut and escaped; the page's content security
/// policy allows its one style sheet and nothing else.
///
/// # Cost
/// A few hundred kilobytes at most, whatever the size of the dataset.
pub fn render_html(report: &CreatorReport) -> Vec<u8> {
    let creator = &report.creator;
    let name = visible(creator.handle.as_deref().unwrap_or(&creator.creator_id), NAME_CHARS);
    let body = html! {
        (top::header(report))
        main #main {
            (top::verdict(report))
            (reasons::section(report))
            (explanation::section(report.explanation.as_ref()))
            (audience::section(&report.audience))
            (places::section(report.places.as_ref()))
            (accounts::section(&report.suspicious_accounts))
            (groups::section(report.groups.as_ref()))
            (follower_map::section(report.follower_map.as_ref()))
            (series::growth(report))
            (series::engagement(report))
            (comments::section(report.comments.as_ref()))
            (series::hours(report))
            (comparison::section(report.comparison.as_ref()))
            (reasons::other_findings(report))
            (background::not_measured(&report.not_measured))
            (letter::section(report.letter.as_ref()))
            (background::method(report))
            (background::data(report))
            (background::limits(report))
        }
        (background::footer(report))
    };
    // A number and its per cent sign stay on one line.
    let body = PreEscaped(body.into_string().replace(" %", "\u{a0}%"));
    page::page(&format!("{name} – audience report"), "Skip to the verdict", &body).into_string().into_bytes()
}
