//! The comments of a whole dataset, taken apart once.

use crate::domain::{Dataset, EngagementKind};
use crate::text::{Comment, Disguise, are_templates, is_promotion, is_stock_praise, near_duplicates};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;

/// No text.
const NONE: u32 = u32::MAX;
/// Seed of the hash maps; which one does not matter.
const SEED: u64 = 0x636f_7270_7573;
/// Accounts, and creators under whose posts, that write one short text from which it fits anywhere.
const COMMON: (u32, u32) = (5, 3);
/// The same for a text of any length: what so many write in so many places is nobody's copy.
const COMMON_PROPERTY: (u32, u32) = (50, 10);
/// Most words of a short one.
const COMMON_WORDS: u32 = 4;

/// What a comment is, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentForm {
    /// No word: emojis or marks alone.
    Wordless,
    /// Mentions alone, emojis apart.
    MentionOnly,
    /// Praise that fits under any post, or what many accounts write under the posts of several creators: a short text of 5 under 3, any text
    /// of 50 under 10.
    Generic,
    /// Anything else.
    Said,
}

/// What is known of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommentText {
    /// Its form.
    pub form: CommentForm,
    /// Whether it leads elsewhere.
    pub is_promotion: bool,
    /// Whether words in it are disguised.
    pub disguise: Option<Disguise>,
    /// Whether it is long enough that two people hardly write it independently, and not generic.
    pub has_substance: bool,
    /// Number of the class of texts that are nearly the same.
    pub class: u32,
    /// Whether it is one of three or more that differ in one word.
    pub is_template: bool,
}

/// The texts of all comments on creators' posts, by row of the table `engagements`; creators' own comments are left out.
///
/// # Missing
/// Without the column `text` it is empty.
///
/// # Cost
/// Each distinct text is taken apart once, on all threads; then a few sorts.
#[derive(Debug, Clone, Default)]
pub struct CommentCorpus {
    text_of_row: Vec<u32>,
    texts: Vec<CommentText>,
    /// By class: different pairs of creator and author.
    written_count: Vec<u32>,
    /// By class: creators under whose posts it was written.
    creators_count: Vec<u32>,
    /// Under how many creators an author wrote a class, for classes written under several.
    own_creators_count: HashMap<(u32, u32), u32, FixedState>,
    has_several_creators: bool,
}

/// One comment with a text: class or key, creator, author.
type Written = (u32, u32, u32);

impl CommentCorpus {
    /// Takes all comments apart.
    pub fn gather(dataset: &Dataset) -> Self {
        let engagements = &dataset.engagements;
        if engagements.text.is_absent() {
            return Self::default();
        }
        let (mut numbers, mut raw): (HashMap<&str, u32, FixedState>, Vec<&str>) =
            (HashMap::with_hasher(FixedState::with_seed(SEED)), Vec::new());
        let mut text_of_row = vec![NONE; engagements.actor.len()];
        for (row, slot) in text_of_row.iter_mut().enumerate() {
            let is_own = engagements.creator.get(row) == Some(engagements.actor[row].0);
            let text = engagements.text.get(row).filter(|text| !text.trim().is_empty());
            let Some(text) = text.filter(|_| engagements.kind[row] == EngagementKind::Comment && !is_own) else { continue };
            *slot = *numbers.entry(text).or_insert_with(|| {
                raw.push(text);
                raw.len() as u32 - 1
            });
        }
        let read: Vec<ReadText> = raw.par_iter().map(|text| ReadText::of(text)).collect();
        let mut corpus = Self { text_of_row, ..Self::default() };
        corpus.classify(dataset, &read);
        corpus
    }

    fn classify(&mut self, dataset: &Dataset, read: &[ReadText]) {
        let (keys, key_of) = number_keys(read);
        let (authors, creators) = spread(self.written(dataset, &key_of), keys.len());
        let is_common = |key: u32| authors[key as usize] >= COMMON.0 && creators[key as usize] >= COMMON.1;
        let mut substantial: Vec<u32> =
            (0..read.len()).filter(|&text| read[text].has_substance()).map(|text| key_of[text]).collect();
        substantial.par_sort_unstable();
        substantial.dedup();
        let compared: Vec<&str> = substantial.iter().map(|&key| keys[key as usize]).collect();
        let (leaders, templates) = rayon::join(|| near_duplicates(&compared), || are_templates(&compared));
        let place = |key: u32| substantial.binary_search(&key).ok();
        self.texts = read
            .iter()
            .zip(&key_of)
            .map(|(text, &key)| CommentText {
                form: text.form(is_common(key)),
                is_promotion: text.is_promotion,
                disguise: text.comment.disguise,
                has_substance: text.has_substance(),
                class: place(key).map_or(key, |place| substantial[leaders[place] as usize]),
                is_template: place(key).is_some_and(|place| templates[place]),
            })
            .collect();
        let classes: Vec<u32> = self.texts.iter().map(|text| text.class).collect();
        self.count_classes(self.written(dataset, &classes), keys.len());
    }

    /// Every comment on a creator's posts with its number in place of its text, sorted and each once.
    fn written(&self, dataset: &Dataset, numbers: &[u32]) -> Vec<Written> {
        let engagements = &dataset.engagements;
        let of_row = |row: usize| {
            let text = Some(self.text_of_row[row]).filter(|&text| text != NONE)?;
            Some((numbers[text as usize], engagements.creator.get(row)?, engagements.actor[row].0))
        };
        let mut written: Vec<Written> = (0..self.text_of_row.len()).into_par_iter().filter_map(of_row).collect();
        written.par_sort_unstable();
        written.dedup();
        written
    }

    fn count_classes(&mut self, written: Vec<Written>, n_classes: usize) {
        self.has_several_creators = written.iter().any(|comment| comment.1 != written[0].1);
        self.written_count = vec![0; n_classes];
        self.own_creators_count = HashMap::with_hasher(FixedState::with_seed(SEED));
        for of_class in written.chunk_by(|a, b| a.0 == b.0) {
            self.written_count[of_class[0].0 as usize] = of_class.len() as u32;
            if of_class[0].1 != of_class[of_class.len() - 1].1 {
                of_class.iter().for_each(|&(class, _, author)| *self.own_creators_count.entry((class, author)).or_default() += 1);
            }
        }
        let (authors, creators) = spread(written, n_classes);
        let is_property =
            |class: u32| authors[class as usize] >= COMMON_PROPERTY.0 && creators[class as usize] >= COMMON_PROPERTY.1;
        for text in self.texts.iter_mut().filter(|text| text.has_substance && is_property(text.class)) {
            (text.form, text.has_substance) = (CommentForm::Generic, false);
        }
        self.creators_count = creators;
    }

    /// What is known of the comment in a row of the table `engagements`; `None` where the row is no comment with a text.
    pub fn text(&self, row: usize) -> Option<&CommentText> {
        let text = *self.text_of_row.get(row)?;
        self.texts.get(text as usize)
    }

    /// Whether any comment has a text.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether comments with a text stand under more than one creator's posts.
    pub fn has_several_creators(&self) -> bool {
        self.has_several_creators
    }

    /// Creators under whose posts a class of texts was written.
    pub fn creators_count(&self, class: u32) -> u64 {
        u64::from(self.creators_count[class as usize])
    }

    /// Whether another account wrote a class of texts under another creator's posts; `here` are its authors under this creator's.
    pub(super) fn is_written_elsewhere(&self, class: u32, author: u32, here: u32) -> bool {
        let own = self.own_creators_count.get(&(class, author)).copied().unwrap_or(1);
        // The author under this creator was counted in both.
        self.written_count[class as usize] + 1 > here + own
    }
}

/// The keys in order, each once, and for each text the number of its own.
fn number_keys(read: &[ReadText]) -> (Vec<&str>, Vec<u32>) {
    let mut sorted: Vec<(&str, u32)> =
        read.iter().enumerate().map(|(text, read)| (read.comment.key.as_str(), text as u32)).collect();
    sorted.par_sort_unstable();
    let (mut keys, mut key_of) = (Vec::new(), vec![0; read.len()]);
    for run in sorted.chunk_by(|a, b| a.0 == b.0) {
        run.iter().for_each(|&(_, text)| key_of[text as usize] = keys.len() as u32);
        keys.push(run[0].0);
    }
    (keys, key_of)
}

/// For each number, how many different authors and how many different creators it occurs with.
fn spread(mut written: Vec<Written>, n: usize) -> (Vec<u32>, Vec<u32>) {
    let mut creators = vec![0; n];
    written.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).for_each(|run| creators[run[0].0 as usize] += 1);
    written.par_sort_unstable_by_key(|&(number, _, author)| (number, author));
    let mut authors = vec![0; n];
    written.chunk_by(|a, b| (a.0, a.2) == (b.0, b.2)).for_each(|run| authors[run[0].0 as usize] += 1);
    (authors, creators)
}

/// A text taken apart.
struct ReadText {
    comment: Comment,
    is_promotion: bool,
    is_stock: bool,
    is_question: bool,
}

impl ReadText {
    fn of(raw: &str) -> Self {
        let comment = Comment::read(raw);
        let is_question = raw.contains(['?', '？', '؟', '¿']);
        Self { is_promotion: is_promotion(&comment), is_stock: is_stock_praise(&comment), is_question, comment }
    }

    fn has_substance(&self) -> bool {
        self.comment.has_substance() && !self.is_stock
    }

    fn form(&self, is_common: bool) -> CommentForm {
        let comment = &self.comment;
        let is_short = comment.word_count <= COMMON_WORDS && !comment.has_substance() && !self.is_question;
        let is_bare = comment.mention_count + comment.contact_count + comment.number_count == 0;
        match () {
            () if comment.key.is_empty() => CommentForm::Wordless,
            () if comment.is_mention_only() => CommentForm::MentionOnly,
            () if self.is_stock || (is_common && is_short && is_bare) => CommentForm::Generic,
            () => CommentForm::Said,
        }
    }
}
