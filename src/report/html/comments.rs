//! What comments say.

use super::elements::{self, Head, figure, table, text};
use crate::report::chart;
use crate::report::creator::{CommentSection, CommentShare, RepeatedComment};
use crate::report::number;
use maud::{Markup, html};

/// Shares, sentences and repeated texts.
pub fn section(section: Option<&CommentSection>) -> Markup {
    let Some(section) = section else { return html! {} };
    let content = html! {
        @if section.shares.is_empty() { p { (section.statement) } } @else { (shares(section)) }
        @for note in &section.notes { p { (note) } }
        @if !section.repeated.is_empty() { (repeated(&section.repeated)) }
    };
    elements::section("comments", "The comments", &content)
}

fn shares(section: &CommentSection) -> Markup {
    let row = |share: &CommentShare| {
        let range = number::share_interval(share.low, share.high);
        let [part, n] = [number::percent(share.share), number::count(share.sample_count)];
        [share.name, &part, &range, &n, share.meaning, &share.benign_causes.join("; ")].map(text).to_vec()
    };
    let heads = [
        Head::Text("share"),
        Head::Number("of comments"),
        Head::Number("90 % interval"),
        Head::Number("comments"),
        Head::Text("meaning"),
        Head::Text("may also be"),
    ];
    let rows: Vec<Vec<Markup>> = section.shares.iter().map(row).collect();
    let note = html! { "By itself no share says that comments were not meant. Copies and templates are shares of comments of four words or more." };
    figure(&chart::comment_bars(&section.shares), &section.statement, &note, &table("Shares of comments", &heads, &rows))
}

fn repeated(repeated: &[RepeatedComment]) -> Markup {
    let row = |comment: &RepeatedComment| {
        let shown = html! { bdi { (comment.text) } };
        vec![shown, text(&number::count(comment.accounts_count)), text(&number::count(comment.creators_count))]
    };
    let rows: Vec<Vec<Markup>> = repeated.iter().map(row).collect();
    let heads = [Head::Text("one of the texts"), Head::Number("accounts here"), Head::Number("creators")];
    html! {
        h3 { "Texts that most accounts wrote, nearly word for word" }
        div.wide-text { (table("Texts of four words or more by the number of accounts that wrote them under this creator's posts", &heads, &rows)) }
    }
}
