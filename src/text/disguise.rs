//! Words that look like others than they are.

/// How a word is disguised, so that filters do not read what people do.
///
/// Innocent: some people write their whole comments in styled letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disguise {
    /// Characters that cannot be seen stand within a word of a script that has no use for them.
    HiddenCharacters,
    /// Letters of two scripts alternate within a word, as in a Latin word with Cyrillic vowels.
    MixedScripts,
    /// Four letters or more from the blocks of mathematical or enclosed letters.
    StyledLetters,
    /// Four accents or more on one letter.
    PiledMarks,
}

/// Styled letters, and marks on one letter, from which a word is disguised.
const MANY: u32 = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
}

impl Disguise {
    /// Of a word (no blanks).
    ///
    /// # Missing
    /// `None` where it is not disguised. A word that begins in one script and ends in another (a foreign name with an ending) is not; so a single
    /// foreign letter at either end is not seen.
    ///
    /// # Cost
    /// O(n) in its length; nothing for ASCII.
    ///
    /// # Source
    /// Mixed scripts: Unicode Technical Standard 39, narrowed to alternation.
    ///
    /// # Examples
    /// ```
    /// use bonafide::text::Disguise;
    /// assert_eq!(Disguise::of("fr\u{200b}ee"), Some(Disguise::HiddenCharacters));
    /// assert_eq!(Disguise::of("раypаl"), Some(Disguise::MixedScripts));
    /// assert_eq!(Disguise::of("VIPка"), None);
    /// ```
    pub fn of(word: &str) -> Option<Self> {
        if word.is_ascii() {
            return None;
        }
        let (mut last, mut is_hidden_since) = (None, false);
        let (mut switches, mut styled, mut marks) = (0, 0, 0);
        for c in word.chars() {
            styled += u32::from(is_styled(c));
            marks = if is_mark(c) { marks + 1 } else { 0 };
            if styled >= MANY {
                return Some(Self::StyledLetters);
            }
            if marks >= MANY {
                return Some(Self::PiledMarks);
            }
            if is_hidden(c) {
                is_hidden_since = true;
                continue;
            }
            let script = script(c);
            if let (Some(before), Some(now)) = (last, script) {
                if is_hidden_since {
                    return Some(Self::HiddenCharacters);
                }
                switches += u32::from(before != now);
                if switches >= 2 {
                    return Some(Self::MixedScripts);
                }
            }
            (last, is_hidden_since) = (script, false);
        }
        None
    }
}

/// Whether a character cannot be seen: zero-width ones, directions, joiners, variation selectors, tags, soft hyphens.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_styled(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7cb}' | '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

fn script(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => Some(Script::Latin),
        '\u{370}'..='\u{3ff}' => Some(Script::Greek),
        '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_scripts_need_and_what_emojis_are_made_of_is_no_disguise() {
        for plain in [
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष",
            "👨\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}",
            "end\u{feff}",
            "\u{200e}right",
            "iPhoneом",
            "naïve",
            "Ⅷ",
        ] {
            assert_eq!(Disguise::of(plain), None, "{plain}");
        }
    }

    #[test]
    fn each_disguise_is_named() {
        for (word, expected) in [
            ("c\u{2060}lick", Disguise::HiddenCharacters),
            ("ch\u{202e}eck", Disguise::HiddenCharacters),
            ("chесk", Disguise::MixedScripts),
            ("𝒻𝓇𝑒𝑒", Disguise::StyledLetters),
            ("Ⓕⓡⓔⓔ", Disguise::StyledLetters),
            ("h\u{301}\u{302}\u{303}\u{304}i", Disguise::PiledMarks),
        ] {
            assert_eq!(Disguise::of(word), Some(expected), "{word}");
        }
    }
}
