//! What comments say: shares with their intervals, and the texts that most accounts wrote.

use super::Subject;
use crate::domain::ShareEstimate;
use crate::report::neutral::{PROSE_CHARS, visible};
use crate::report::number;
use crate::signals::{CommentMeasures, creator_signal};
use serde::Serialize;

/// Characters shown of a comment.
const TEXT_CHARS: usize = 160;

/// What comments on the creator's posts say.
#[derive(Debug, Clone, Serialize)]
pub struct CommentSection {
    /// How many there are, in a sentence.
    pub statement: String,
    /// Shares of comments.
    pub shares: Vec<CommentShare>,
    /// What order, language and authors show, in sentences.
    pub notes: Vec<String>,
    /// Texts that most accounts wrote, at most five.
    pub repeated: Vec<RepeatedComment>,
}

/// A share of comments.
#[derive(Debug, Clone, Serialize)]
pub struct CommentShare {
    /// Id of the signal.
    pub signal: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Innocent reasons for a high one.
    pub benign_causes: Vec<&'static str>,
    /// The share.
    pub share: f64,
    /// Lower end of its 90 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Comments that it is a share of.
    pub sample_count: u64,
}

/// A text that several accounts wrote.
#[derive(Debug, Clone, Serialize)]
pub struct RepeatedComment {
    /// One of the texts, cut, with what cannot be seen replaced.
    pub text: String,
    /// Accounts that wrote it, nearly word for word, under this creator's posts.
    pub accounts_count: u64,
    /// Creators under whose posts it was written.
    pub creators_count: u64,
}

/// The section; `None` where no comment was measured.
pub(super) fn assemble(subject: &Subject<'_>) -> Option<CommentSection> {
    let row = subject.source.dataset.creators.iter().position(|creator| creator.id == subject.creator.id)?;
    let measured = subject.source.audit.comments.get(row)?;
    let shares = shares(measured);
    let notes = notes(measured);
    let statement = format!(
        "{} by {} are in the data, {} of them with a text.",
        number::count_of(measured.comments_count, "comment"),
        number::count_of(measured.commenters_count, "account"),
        number::count(measured.texts_count)
    );
    let text = |row: u32| subject.source.dataset.engagements.text.get(row as usize).unwrap_or_default();
    let repeated = measured.most_repeated.iter().map(|repeated| RepeatedComment {
        text: visible(text(repeated.row), TEXT_CHARS.min(PROSE_CHARS)),
        accounts_count: repeated.accounts_count,
        creators_count: repeated.creators_count,
    });
    let section = CommentSection { statement, shares, notes, repeated: repeated.collect() };
    (!section.shares.is_empty() || !section.notes.is_empty()).then_some(section)
}

fn shares(measured: &CommentMeasures) -> Vec<CommentShare> {
    let of = |id: &str, share: Option<ShareEstimate>| {
        let (signal, share) = (creator_signal(id)?, share?);
        Some(CommentShare {
            signal: signal.id,
            name: signal.name,
            meaning: signal.meaning,
            benign_causes: signal.benign_causes.to_vec(),
            share: share.share,
            low: share.interval.low(),
            high: share.interval.high(),
            sample_count: share.sample_count,
        })
    };
    let all = [
        of("comments.generic_share", measured.generic),
        of("comments.emoji_only_share", measured.emoji_only),
        of("comments.mention_only_share", measured.mention_only),
        of("comments.promotion_share", measured.promotion),
        of("comments.disguised_share", measured.disguised),
        of("comments.repeated_share", measured.repeated),
        of("comments.copied_share", measured.copied),
        of("comments.template_share", measured.templates),
        of("comments.foreign_language_share", measured.language.map(|language| language.foreign)),
    ];
    all.into_iter().flatten().collect()
}

fn notes(measured: &CommentMeasures) -> Vec<String> {
    let order = measured.same_order.map(|order| {
        format!(
            "At {} of {} where one account comments directly after another ({}), the same two do so on another post too; order by chance would repeat {:.1} such pairs, and {} repeat.",
            number::count(order.recurring_count),
            number::count_of(order.successions_count, "place"),
            number::percent(order.recurring_share()),
            order.expected_count,
            number::count(order.repeats_count)
        )
    });
    let concentration = measured.concentration.map(|probability| {
        format!("Two comments drawn by chance are by the same account with a probability of {}.", number::percent(probability))
    });
    let language = measured.language.map(|language| {
        let source = if language.is_from_captions { "as told from captions" } else { "as given" };
        format!(
            "The creator's language is {}, {source}. Languages are told from texts; nothing is said of who writes them.",
            language.of_creator.name()
        )
    });
    [order, concentration, language].into_iter().flatten().collect()
}
