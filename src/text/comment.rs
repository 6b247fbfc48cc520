//! What a comment is made of.

use super::contact::is_contact;
use super::disguise::{Disguise, is_hidden};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};

/// Characters that are read of a comment; what follows adds nothing to what it says and could cost any time.
pub const MAX_COMMENT_CHARS: usize = 4_096;
/// Stands for a mention in a key.
pub const MENTION: &str = "@";
/// Stands for a link, an address or a number to call.
pub const CONTACT: &str = "&";

/// A comment taken apart: counts of what is in it, and its key, by which texts that read alike are equal.
///
/// The key holds the words in lower case and compatibility form (NFKC), drawn-out letters once, numbers as `0`, mentions as `@`, links as
/// `&`; emojis, marks and characters that cannot be seen are left out.
///
/// # Missing
/// An empty text has an empty key and counts of 0.
///
/// # Cost
/// O(n) in its length, of which at most [`MAX_COMMENT_CHARS`] are read.
///
/// # Source
/// Compatibility form: Unicode Standard Annex 15. Emojis: Unicode Technical Standard 51.
///
/// # Examples
/// ```
/// use bonafide::text::Comment;
/// let comment = Comment::read("SOOO good, @anna 😍😍 https://example.org/x 2024!!");
/// assert_eq!(comment.key, "so god @ & 0");
/// assert_eq!((comment.word_count, comment.emoji_count, comment.mention_count, comment.contact_count), (2, 2, 1, 1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comment {
    /// By which texts that read alike are equal.
    pub key: String,
    /// Words: runs of letters.
    pub word_count: u32,
    /// Letters, drawn-out ones once.
    pub letter_count: u32,
    /// Numbers.
    pub number_count: u32,
    /// Emojis.
    pub emoji_count: u32,
    /// Mentions of accounts.
    pub mention_count: u32,
    /// Links, e-mail addresses and telephone numbers.
    pub contact_count: u32,
    /// Whether words are disguised; see [`Disguise`].
    pub disguise: Option<Disguise>,
}

impl Comment {
    /// Takes a comment apart.
    pub fn read(raw: &str) -> Self {
        let end = raw.char_indices().nth(MAX_COMMENT_CHARS).map_or(raw.len(), |(at, _)| at);
        let mut comment = Self { key: String::with_capacity(end.min(256)), ..Self::default() };
        for token in raw[..end].split_whitespace() {
            comment.disguise = comment.disguise.or_else(|| Disguise::of(token));
            comment.read_token(token);
        }
        comment
    }

    /// Whether it holds no word, number, mention or link, and at least one emoji.
    pub fn is_emoji_only(&self) -> bool {
        self.key.is_empty() && self.emoji_count > 0
    }

    /// Whether mentions are all that it says, emojis apart.
    pub fn is_mention_only(&self) -> bool {
        self.mention_count > 0 && self.word_count + self.number_count + self.contact_count == 0
    }

    /// Whether it is long enough that two people hardly write it independently: 20 letters in four words, or in a script without
    /// blanks between words 12.
    pub fn has_substance(&self) -> bool {
        const LETTERS: u32 = 20;
        const WORDS: u32 = 4;
        const UNSPACED: u32 = 12;
        (self.letter_count >= LETTERS && self.word_count >= WORDS) || (self.letter_count >= UNSPACED * self.word_count.max(1))
    }

    fn read_token(&mut self, token: &str) {
        if is_contact(token) {
            self.contact_count += 1;
            self.push_slot(CONTACT);
            return;
        }
        match mention(token) {
            Some((before, after)) => {
                self.read_words(before);
                self.mention_count += 1;
                self.push_slot(MENTION);
                self.read_words(after);
            }
            None => self.read_words(token),
        }
    }

    fn read_words(&mut self, token: &str) {
        let mut word = Run::None;
        if token.is_ascii() {
            token.chars().for_each(|c| word = self.push(c, word));
        } else {
            let seen = token.chars().filter(|&c| !is_hidden(c));
            seen.nfkc().flat_map(char::to_lowercase).for_each(|c| word = self.push(c, word));
        }
    }

    /// Adds one character to the key; `run` is what the character before belonged to.
    fn push(&mut self, c: char, run: Run) -> Run {
        let c = c.to_ascii_lowercase();
        if c.is_numeric() {
            if run != Run::Number {
                self.number_count += 1;
                self.push_slot("0");
            }
            return Run::Number;
        }
        if c.is_alphabetic() {
            if run != Run::Word {
                self.word_count += 1;
                self.push_slot("");
            }
            if run != Run::Word || !self.key.ends_with(c) {
                self.key.push(c);
                self.letter_count += 1;
            }
            return Run::Word;
        }
        if matches!(c, '\'' | '’' | '`' | 'ʼ') || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark) {
            return run;
        }
        self.emoji_count += u32::from(is_emoji(c));
        Run::None
    }

    fn push_slot(&mut self, slot: &str) {
        if !self.key.is_empty() {
            self.key.push(' ');
        }
        self.key.push_str(slot);
    }
}

/// What a run of characters is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    None,
    Word,
    Number,
}

/// Whether a character is an emoji by itself; modifiers of skin and the like belong to the one before.
fn is_emoji(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '©' | '®' | '™' | '\u{1f3fb}'..='\u{1f3ff}') && c.is_emoji_char()
}

/// What stands before and after the first mention of a token.
fn mention(token: &str) -> Option<(&str, &str)> {
    let at = token.find('@')?;
    let after = &token[at + 1..];
    let is_of_handle = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    let length = after.find(|c| !is_of_handle(c)).unwrap_or(after.len());
    (length > 0).then(|| (&token[..at], &after[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(raw: &str) -> String {
        Comment::read(raw).key
    }

    #[test]
    fn texts_that_read_alike_have_one_key() {
        for (raw, expected) in [
            ("Love   it!!!", "love it"),
            ("LOOOVE it ❤️❤️", "love it"),
            ("lo\u{200b}ve\u{feff} it", "love it"),
            ("ｌｏｖｅ　ｉｔ", "love it"),
            ("𝓵𝓸𝓿𝓮 𝓲𝓽", "love it"),
            ("don't", "dont"),
            ("Größe 12,5", "größe 0 0"),
            ("ЁЛКА", "ёлка"),
            ("(@anna.b), hi", "@ hi"),
            ("mail me: a.b@example.org", "mail me &"),
            ("…", ""),
        ] {
            assert_eq!(key(raw), expected, "{raw:?}");
        }
        // Python: unicodedata.normalize("NFKC", "ﬁve Ⅷ ㎏").lower() = "five viii kg", drawn-out letters once
        assert_eq!(key("ﬁve Ⅷ ㎏"), "five vi kg");
    }

    #[test]
    fn emojis_are_counted_once_each_whatever_they_are_made_of() {
        // a family joined by U+200D of three, a hand with a skin tone, a flag of two regional indicators
        let comment = Comment::read("👨\u{200d}👩\u{200d}👧 👍🏽 🇧🇷");
        assert_eq!((comment.emoji_count, comment.is_emoji_only()), (6, true));
        assert!(!Comment::read("!!!").is_emoji_only() && !Comment::read("😍 wow").is_emoji_only());
        assert_eq!(Comment::read("© 2024 #1").emoji_count, 0);
    }

    #[test]
    fn mentions_alone_are_told_from_words_to_a_friend() {
        assert!(Comment::read("@anna @tom_9 😂").is_mention_only());
        assert!(!Comment::read("@anna look").is_mention_only() && !Comment::read("@").is_mention_only());
    }

    #[test]
    fn a_sentence_has_substance_and_an_exclamation_has_none() {
        assert!(Comment::read("where did you buy this lamp?").has_substance());
        assert!(Comment::read("この写真の光がとても素敵です").has_substance());
        for short in ["so good", "wow wow wow wow wow", "かわいい", ""] {
            assert!(!Comment::read(short).has_substance(), "{short}");
        }
    }

    #[test]
    fn hostile_text_is_read_in_bounded_time() {
        let long = "\u{202e}a\u{200b}\u{0301}".repeat(400_000);
        let comment = Comment::read(&long);
        assert!(comment.letter_count as usize <= MAX_COMMENT_CHARS);
        assert!(Comment::read(&"@".repeat(100_000)).key.is_empty());
        for c in ['\u{0}', '\u{fffd}', '\u{10ffff}', '\u{e0041}', '\u{1d173}'] {
            assert_eq!(Comment::read(&c.to_string()).word_count, 0, "{c:?}");
        }
    }
}
