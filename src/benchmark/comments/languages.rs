//! How often the language of a comment is told, and rightly.

use super::CommentData;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, share};
use crate::benchmark::settings::ACCURACY_LEVEL;
use crate::domain::Label;
use crate::statistics::wilson;
use crate::text::{Comment, Language};

/// Comments of each source, at most, evenly chosen.
const MOST: usize = 5_000;

/// Comments whose source is nearly all in one language.
pub(super) fn table(data: &CommentData) -> Option<EvaluationTable> {
    let caption = "Language of single comments of 40 letters or more, without links; *right*: the source's language or one that counts as close to it. Sources hold a few comments in others, so that this is a lower bound";
    let mut table =
        EvaluationTable::new(caption, &["source", "language", "comments", "told [95 %]", "right, of those told [95 %]"]);
    let labelled: Vec<&str> = data
        .labelled
        .iter()
        .flatten()
        .filter(|comment| comment.label == Label::Genuine)
        .map(|comment| comment.text.as_str())
        .collect();
    let news: Vec<&str> = data.pages.iter().flatten().map(|comment| comment.text.as_str()).collect();
    for (name, language, texts) in
        [("videos without their spam (youtube_spam_uci)", "English", labelled), ("news pages (vk_market)", "Russian", news)]
    {
        table.rows.extend(row(name, language, &texts));
    }
    (!table.rows.is_empty()).then_some(table)
}

fn row(name: &str, language: &str, texts: &[&str]) -> Option<Vec<String>> {
    let spoken = Language::named(language)?;
    let read: Vec<(&str, Comment)> =
        texts.iter().step_by(texts.len().div_ceil(MOST).max(1)).map(|text| (*text, Comment::read(text))).collect();
    let long: Vec<&(&str, Comment)> =
        read.iter().filter(|(_, comment)| comment.letter_count >= 40 && comment.contact_count == 0).collect();
    let told: Vec<Language> = long.iter().filter_map(|(text, comment)| Language::of(text, comment)).collect();
    let right = told.iter().filter(|language| language.is_close_to(spoken)).count();
    let part = |part: usize, all: usize| {
        let interval = wilson(part as u64, all as u64, ACCURACY_LEVEL);
        interval.map_or_else(|| ABSENT.to_owned(), |interval| share(part as f64 / all as f64, interval))
    };
    let cells =
        vec![name.to_owned(), language.to_owned(), count(long.len()), part(told.len(), long.len()), part(right, told.len())];
    (!long.is_empty()).then_some(cells)
}
