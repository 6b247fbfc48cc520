//! What comments say, as tables.

use super::{prose, table};
use crate::report::creator::{CommentSection, CommentShare, RepeatedComment};
use crate::report::number;
use std::fmt::Write as _;

/// Shares, sentences and repeated texts.
pub fn comments(section: Option<&CommentSection>) -> String {
    let Some(section) = section else { return String::new() };
    let mut text = format!("## The comments\n\n{}\n\n", prose(&section.statement));
    if !section.shares.is_empty() {
        let row = |share: &CommentShare| {
            let range = number::share_interval(share.low, share.high);
            vec![
                share.name.to_owned(),
                number::percent(share.share),
                range,
                number::count(share.sample_count),
                share.benign_causes.join("; "),
            ]
        };
        let rows: Vec<Vec<String>> = section.shares.iter().map(row).collect();
        text.push_str(&table(&["share", ">of comments", ">90 % interval", ">comments", "may also be"], &rows));
        text.push('\n');
    }
    for note in &section.notes {
        let _ = writeln!(text, "{}\n", prose(note));
    }
    if !section.repeated.is_empty() {
        let row = |comment: &RepeatedComment| {
            vec![prose(&comment.text), number::count(comment.accounts_count), number::count(comment.creators_count)]
        };
        let rows: Vec<Vec<String>> = section.repeated.iter().map(row).collect();
        text.push_str(&table(&["text that most accounts wrote", ">accounts here", ">creators"], &rows));
        text.push('\n');
    }
    text
}
