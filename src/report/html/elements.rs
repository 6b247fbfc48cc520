//! The pieces that pages are built from.

use crate::report::neutral::{NAME_CHARS, visible};
use maud::{Markup, html};

/// A foreign name, harmless, cut, and apart from its surroundings in the direction of writing.
pub fn name(text: &str) -> Markup {
    html! { bdi.name { (visible(text, NAME_CHARS)) } }
}

/// A handle with its id where they differ, or the id alone.
pub fn handle_or_id(handle: Option<&str>, id: &str) -> Markup {
    match handle.filter(|handle| !handle.trim().is_empty()) {
        Some(handle) if handle != id => html! { (name(handle)) " " span.id { (name(id)) } },
        Some(handle) => name(handle),
        None => name(id),
    }
}

/// A section with a heading and an anchor.
pub fn section(id: &str, title: &str, content: &Markup) -> Markup {
    html! {
        section.card id=(id) aria-labelledby=(format!("{id}-title")) {
            h2 id=(format!("{id}-title")) { (title) }
            (content)
        }
    }
}

/// A picture whose caption states its finding, with the same numbers as a table below.
pub fn figure(chart: &Markup, finding: &str, note: &Markup, numbers: &Markup) -> Markup {
    html! {
        figure {
            (chart)
            figcaption { strong { (finding) } " " (note) }
            details { summary { "Numbers of this picture" } (numbers) }
        }
    }
}

/// A column heading; numbers stand to the right.
#[derive(Debug, Clone, Copy)]
pub enum Head<'a> {
    /// Text.
    Text(&'a str),
    /// Numbers.
    Number(&'a str),
    /// Text under a foreign name.
    Name(&'a str),
}

/// A table with a caption; the first cell of each row names it.
pub fn table(caption: &str, heads: &[Head<'_>], rows: &[Vec<Markup>]) -> Markup {
    let class = |index: usize| matches!(heads.get(index), Some(Head::Number(_))).then_some("number");
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead { tr {
                    @for head in heads {
                        @match head {
                            Head::Text(text) => th scope="col" { (text) },
                            Head::Number(text) => th.number scope="col" { (text) },
                            Head::Name(text) => th scope="col" { (name(text)) },
                        }
                    }
                } }
                tbody {
                    @for row in rows { tr {
                        @for (index, cell) in row.iter().enumerate() {
                            @if index == 0 { th scope="row" class=[class(index)] { (cell) } }
                            @else { td class=[class(index)] { (cell) } }
                        }
                    } }
                }
            }
        }
    }
}

/// Innocent causes beside a finding.
pub fn benign(causes: &[&str]) -> Markup {
    html! {
        @if !causes.is_empty() { p.benign { b { "May also be: " } (causes.join("; ")) "." } }
    }
}

/// Plain text as a cell or content.
pub fn text(text: &str) -> Markup {
    html! { (text) }
}
