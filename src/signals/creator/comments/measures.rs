//! The comments on one creator's posts, measured.

use crate::domain::{EngagementKind, INTERVAL_LEVEL, ShareEstimate};
use crate::signals::creator::activity::CreatorActivity;
use crate::signals::creator::comment_corpus::{CommentCorpus, CommentForm, CommentText};
use crate::statistics::wilson;
use crate::text::{Comment, Language};
use crate::timing::RepeatedOrder;
use std::collections::{BTreeMap, HashMap};

/// Comments with a text below which no share of them is measured.
const MIN_TEXTS: u64 = 50;
/// Comments long enough to be compared below which no share of copies is measured.
const MIN_COMPARED: u64 = 30;
/// Comments whose language was told below which no share of languages is measured.
const MIN_IDENTIFIED: u64 = 20;
/// Comments whose language is looked at, at most.
const MAX_IDENTIFIED: usize = 100;
/// Letters of captions from which the creator's language is told.
const CAPTION_CHARS: usize = 2_000;
/// Accounts from which a repeated text is named.
const MIN_REPEATING: u64 = 3;
/// Repeated texts named.
const N_REPEATED: usize = 5;

/// A text that several accounts wrote under the creator's posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedText {
    /// Row of the table `engagements` of one comment with it.
    pub row: u32,
    /// Accounts that wrote it, nearly word for word, under this creator's posts.
    pub accounts_count: u64,
    /// Creators under whose posts it was written, this one among them.
    pub creators_count: u64,
}

/// Languages of comments beside the creator's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommentedLanguage {
    /// The creator's.
    pub of_creator: Language,
    /// Whether it was told from captions, not given.
    pub is_from_captions: bool,
    /// Share of comments in another.
    pub foreign: ShareEstimate,
    /// The most frequent other, with how many comments are in it.
    pub most_frequent: Option<(Language, u64)>,
}

/// What comments on one creator's posts say. Shares carry their sample and a 90 % interval; what could not be measured is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CommentMeasures {
    /// Comments with a text.
    pub texts_count: u64,
    /// Of these, those long enough to be compared.
    pub compared_count: u64,
    /// Generic ones.
    pub generic: Option<ShareEstimate>,
    /// Those without a word.
    pub emoji_only: Option<ShareEstimate>,
    /// Those of mentions alone.
    pub mention_only: Option<ShareEstimate>,
    /// Those that promote something else.
    pub promotion: Option<ShareEstimate>,
    /// Those with disguised words.
    pub disguised: Option<ShareEstimate>,
    /// Those repeated under this creator's posts.
    pub repeated: Option<ShareEstimate>,
    /// Those copied across creators.
    pub copied: Option<ShareEstimate>,
    /// Those from a template.
    pub templates: Option<ShareEstimate>,
    /// Same accounts in the same order.
    pub same_order: Option<RepeatedOrder>,
    /// Languages.
    pub language: Option<CommentedLanguage>,
    /// Probability that two comments are by one account.
    pub concentration: Option<f64>,
    /// Comments, with or without a text.
    pub comments_count: u64,
    /// Accounts that wrote them.
    pub commenters_count: u64,
    /// Texts that most accounts wrote, at most five, each by three at least.
    pub most_repeated: Vec<RepeatedText>,
}

/// One comment with its text.
#[derive(Clone, Copy)]
struct Said<'a> {
    row: u32,
    author: u32,
    text: &'a CommentText,
}

impl CommentMeasures {
    /// Measures one creator.
    ///
    /// # Cost
    /// O(n log n) in its comments, the language of at most 100 of them (a fifth of a millisecond each), and that of [`RepeatedOrder`].
    pub fn of(activity: &CreatorActivity<'_>) -> Self {
        let corpus = activity.comment_corpus();
        let said: Vec<Said<'_>> = said(activity);
        let authors = authors(activity);
        let comments_count = authors.values().sum();
        let mut measures = Self {
            texts_count: said.len() as u64,
            same_order: same_order(activity),
            concentration: concentration(&authors),
            comments_count,
            commenters_count: authors.len() as u64,
            ..Self::default()
        };
        measures.measure_forms(&said);
        measures.measure_copies(&said, corpus);
        measures.language = language(activity, &said);
        measures
    }

    fn measure_forms(&mut self, said: &[Said<'_>]) {
        let share = |is: &dyn Fn(&CommentText) -> bool| {
            let count = said.iter().filter(|comment| is(comment.text)).count() as u64;
            estimate(count, said.len() as u64, MIN_TEXTS)
        };
        self.generic = share(&|text| text.form == CommentForm::Generic);
        self.emoji_only = share(&|text| text.form == CommentForm::Wordless);
        self.mention_only = share(&|text| text.form == CommentForm::MentionOnly);
        self.promotion = share(&|text| text.is_promotion);
        self.disguised = share(&|text| text.disguise.is_some());
    }

    fn measure_copies(&mut self, said: &[Said<'_>], corpus: &CommentCorpus) {
        let compared: Vec<&Said<'_>> = said.iter().filter(|comment| comment.text.has_substance).collect();
        let mut by_class: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for comment in &compared {
            by_class.entry(comment.text.class).or_default().push((comment.author, comment.row));
        }
        let (mut repeated, mut copied, mut named) = (0, 0, Vec::new());
        for (&class, comments) in &by_class {
            let mut writers: Vec<u32> = comments.iter().map(|&(author, _)| author).collect();
            writers.sort_unstable();
            writers.dedup();
            let here = writers.len() as u32;
            repeated += if here >= 2 { comments.len() as u64 } else { 0 };
            copied += comments.iter().filter(|&&(author, _)| corpus.is_written_elsewhere(class, author, here)).count() as u64;
            if u64::from(here) >= MIN_REPEATING {
                let row = comments.iter().map(|&(_, row)| row).min().unwrap_or_default();
                named.push(RepeatedText { row, accounts_count: u64::from(here), creators_count: corpus.creators_count(class) });
            }
        }
        named.sort_by_key(|text| (std::cmp::Reverse(text.accounts_count), text.row));
        named.truncate(N_REPEATED);
        let n = compared.len() as u64;
        let templates = compared.iter().filter(|comment| comment.text.is_template).count() as u64;
        self.compared_count = n;
        self.repeated = estimate(repeated, n, MIN_COMPARED);
        self.copied = estimate(copied, n, MIN_COMPARED).filter(|_| corpus.has_several_creators());
        self.templates = estimate(templates, n, MIN_COMPARED);
        self.most_repeated = named;
    }

    /// The value of one of the family's signals, in its unit.
    ///
    /// # Missing
    /// Where the data do not allow it, and for a signal of another family.
    pub fn value(&self, id: &str) -> Option<f64> {
        let share = |estimate: Option<ShareEstimate>| estimate.map(|estimate| estimate.share);
        match id {
            "comments.generic_share" => share(self.generic),
            "comments.emoji_only_share" => share(self.emoji_only),
            "comments.mention_only_share" => share(self.mention_only),
            "comments.promotion_share" => share(self.promotion),
            "comments.disguised_share" => share(self.disguised),
            "comments.repeated_share" => share(self.repeated),
            "comments.copied_share" => share(self.copied),
            "comments.template_share" => share(self.templates),
            "comments.same_order" => self.same_order.map(|order| order.recurring_share()),
            "comments.foreign_language_share" => share(self.language.map(|language| language.foreign)),
            "comments.concentration" => self.concentration,
            _ => None,
        }
    }
}

fn estimate(count: u64, n: u64, fewest: u64) -> Option<ShareEstimate> {
    let interval = wilson(count, n, INTERVAL_LEVEL).filter(|_| n >= fewest)?;
    Some(ShareEstimate { share: count as f64 / n as f64, interval, sample_count: n })
}

/// Comments with a text, post by post.
fn said<'a>(activity: &CreatorActivity<'a>) -> Vec<Said<'a>> {
    let (corpus, actors) = (activity.comment_corpus(), &activity.dataset.engagements.actor);
    let of_row = |&row: &u32| Some(Said { row, author: actors[row as usize].0, text: corpus.text(row as usize)? });
    activity.engagement_row_numbers().iter().filter_map(of_row).collect()
}

/// Comments of each account; the creator's own are left out.
fn authors(activity: &CreatorActivity<'_>) -> HashMap<u32, u64> {
    let mut counts = HashMap::new();
    let comments =
        activity.engagements().filter(|action| action.kind == EngagementKind::Comment && action.actor != activity.id());
    comments.for_each(|comment| *counts.entry(comment.actor.0).or_default() += 1);
    counts
}

fn concentration(authors: &HashMap<u32, u64>) -> Option<f64> {
    let n: u64 = authors.values().sum();
    let pairs: u64 = authors.values().map(|count| count * (count - 1)).sum();
    (n >= MIN_TEXTS).then(|| pairs as f64 / (n * (n - 1)) as f64)
}

/// Accounts of each post by their first comment. Those whose time another shares are left out: their order is not known.
fn same_order(activity: &CreatorActivity<'_>) -> Option<RepeatedOrder> {
    let of_post = |post: crate::signals::PostActivity<'_>| {
        let timed: Vec<(i64, u32)> = post
            .engagements()
            .filter(|action| action.kind == EngagementKind::Comment && action.actor != activity.id())
            .filter_map(|action| Some((action.at?.ms(), action.actor.0)))
            .collect();
        let is_alone = |place: usize| {
            let same = |other: Option<&(i64, u32)>| other.is_some_and(|other| other.0 == timed[place].0);
            !same(place.checked_sub(1).and_then(|before| timed.get(before))) && !same(timed.get(place + 1))
        };
        let mut seen = std::collections::HashSet::new();
        (0..timed.len())
            .filter(|&place| is_alone(place))
            .map(|place| timed[place].1)
            .filter(|&actor| seen.insert(actor))
            .collect()
    };
    let posts: Vec<Vec<u32>> = activity.posts().map(of_post).collect();
    RepeatedOrder::of(&posts)
}

fn language(activity: &CreatorActivity<'_>, said: &[Said<'_>]) -> Option<CommentedLanguage> {
    let (of_creator, is_from_captions) = match activity.language().and_then(Language::named) {
        Some(given) => (given, false),
        None => (of_captions(activity)?, true),
    };
    let texts = &activity.dataset.engagements.text;
    let long: Vec<&Said<'_>> = said.iter().filter(|comment| comment.text.has_substance && !comment.text.is_promotion).collect();
    let chosen = long.iter().step_by(long.len().div_ceil(MAX_IDENTIFIED).max(1));
    let told = chosen.filter_map(|comment| {
        let raw = texts.get(comment.row as usize)?;
        Language::of(raw, &Comment::read(raw))
    });
    let (mut n, mut foreign): (u64, BTreeMap<&str, (Language, u64)>) = (0, BTreeMap::new());
    for language in told {
        n += 1;
        if !language.is_close_to(of_creator) {
            foreign.entry(language.name()).or_insert((language, 0)).1 += 1;
        }
    }
    let count = foreign.values().map(|(_, count)| count).sum();
    let most_frequent = foreign.into_values().max_by_key(|(_, count)| *count);
    Some(CommentedLanguage { of_creator, is_from_captions, foreign: estimate(count, n, MIN_IDENTIFIED)?, most_frequent })
}

fn of_captions(activity: &CreatorActivity<'_>) -> Option<Language> {
    let mut pooled = String::new();
    for caption in activity.posts().filter_map(|post| post.caption()) {
        if pooled.len() > CAPTION_CHARS {
            break;
        }
        pooled.extend(caption.chars().take(CAPTION_CHARS));
        pooled.push('\n');
    }
    Language::of(&pooled, &Comment { contact_count: 0, ..Comment::read(&pooled) })
}
