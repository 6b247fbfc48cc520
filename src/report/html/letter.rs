//! The draft of a letter to the creator.

use super::elements;
use crate::report::creator::LetterText;
use crate::report::neutral::{NAME_CHARS, PROSE_CHARS, visible};
use maud::{Markup, html};

/// Nothing where nothing is open.
pub fn section(letter: Option<&LetterText>) -> Markup {
    let Some(letter) = letter else { return html! {} };
    let paragraph = |text: &String| html! { p { bdi { (visible(text, PROSE_CHARS)) } } };
    let content = html! {
        p.quiet { "A draft in plain words, to be completed and sent by a person." }
        details {
            summary { "Subject: " (visible(&letter.subject, 2 * NAME_CHARS)) }
            @for text in &letter.opening { (paragraph(text)) }
            p { "What would help us to understand it:" }
            ol.steps { @for request in &letter.requests { li { (request) } } }
            @for text in &letter.closing { (paragraph(text)) }
        }
    };
    elements::section("letter", "A letter to the creator", &content)
}
