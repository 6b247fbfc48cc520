//! The language of texts.

use super::comment::Comment;
use whatlang::{Lang, detect};

/// Confidence from which a language is told: of English comments under YouTube videos 88 % are then, 99 % of them rightly
/// (`models/comments/evaluation.md`).
const CONFIDENT: f64 = 0.5;
/// Letters below which a text's language is not told.
const MIN_LETTERS: u32 = 40;
/// Two-letter codes (ISO 639-1) beside those of three letters by which languages are known here.
const SHORT_CODES: [(&str, &str); 44] = [
    ("en", "eng"),
    ("de", "deu"),
    ("es", "spa"),
    ("pt", "por"),
    ("fr", "fra"),
    ("it", "ita"),
    ("nl", "nld"),
    ("pl", "pol"),
    ("tr", "tur"),
    ("id", "ind"),
    ("ru", "rus"),
    ("uk", "ukr"),
    ("be", "bel"),
    ("bg", "bul"),
    ("ar", "ara"),
    ("fa", "pes"),
    ("he", "heb"),
    ("hi", "hin"),
    ("bn", "ben"),
    ("ur", "urd"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("zh", "cmn"),
    ("vi", "vie"),
    ("th", "tha"),
    ("sv", "swe"),
    ("da", "dan"),
    ("no", "nob"),
    ("nb", "nob"),
    ("fi", "fin"),
    ("cs", "ces"),
    ("sk", "slk"),
    ("hu", "hun"),
    ("ro", "ron"),
    ("el", "ell"),
    ("hr", "hrv"),
    ("sr", "srp"),
    ("sl", "slv"),
    ("ca", "cat"),
    ("ta", "tam"),
    ("te", "tel"),
    ("mr", "mar"),
    ("tl", "tgl"),
    ("et", "est"),
];
/// Languages that short texts do not tell apart.
const CLOSE: [&[Lang]; 7] = [
    &[Lang::Dan, Lang::Nob, Lang::Swe],
    &[Lang::Rus, Lang::Ukr, Lang::Bel, Lang::Bul, Lang::Mkd, Lang::Srp],
    &[Lang::Hrv, Lang::Srp, Lang::Slv],
    &[Lang::Ces, Lang::Slk],
    &[Lang::Spa, Lang::Por, Lang::Cat],
    &[Lang::Ind, Lang::Jav],
    &[Lang::Hin, Lang::Mar],
];

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(Lang);

impl Language {
    /// From a code of two or three letters (ISO 639, a region after it is passed over) or an English name.
    ///
    /// # Missing
    /// `None` for a language that is not known here (69 are).
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let code = name.split(['-', '_']).next().unwrap_or_default();
        let long = SHORT_CODES.iter().find(|(short, _)| *short == code).map_or(code, |(_, long)| long);
        let by_name = || Lang::all().iter().copied().find(|lang| lang.eng_name().to_lowercase() == name);
        Lang::from_code(long).or_else(by_name).map(Self)
    }

    /// Of a text, by its script and the frequencies of its trigrams.
    ///
    /// # Missing
    /// `None` below 40 letters, and where the second-best language is nearly as likely.
    ///
    /// # Source
    /// Crate `whatlang`; Cavnar and Trenkle, *N-gram-based text categorization*, 1994.
    ///
    /// # Examples
    /// ```
    /// use bonafide::text::{Comment, Language};
    /// let text = "Wo hast du denn diese schöne Lampe gekauft, und gibt es sie noch?";
    /// assert_eq!(Language::of(text, &Comment::read(text)), Language::named("de-AT"));
    /// assert_eq!(Language::of("nice", &Comment::read("nice")), None);
    /// ```
    pub fn of(raw: &str, comment: &Comment) -> Option<Self> {
        if comment.letter_count < MIN_LETTERS || comment.contact_count > 0 {
            return None;
        }
        let end = raw.char_indices().nth(super::comment::MAX_COMMENT_CHARS).map_or(raw.len(), |(at, _)| at);
        detect(&raw[..end]).filter(|info| info.confidence() >= CONFIDENT).map(|info| Self(info.lang()))
    }

    /// Whether it is the same, or one that short texts do not tell from it.
    pub fn is_close_to(self, other: Self) -> bool {
        self == other || CLOSE.iter().any(|family| family.contains(&self.0) && family.contains(&other.0))
    }

    /// Its name in English.
    pub fn name(self) -> &'static str {
        self.0.eng_name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<&'static str> {
        Language::of(text, &Comment::read(text)).map(Language::name)
    }

    #[test]
    fn sentences_of_our_own_are_told() {
        for (text, expected) in [
            ("I have been looking for a recipe like this one for so many years, thank you", "English"),
            ("Ich habe seit Jahren nach genau so einem Rezept gesucht und bin wirklich froh darüber", "German"),
            ("Llevo muchos años buscando una receta como esta y por fin la he encontrado aquí", "Spanish"),
            ("Я уже много лет ищу такой рецепт и наконец нашла его именно здесь, спасибо", "Russian"),
            ("Bu tarifi yıllardır arıyordum, sonunda burada buldum, çok teşekkür ederim size", "Turkish"),
        ] {
            assert_eq!(of(text), Some(expected), "{text}");
        }
        assert_eq!(of("ok"), None);
    }

    #[test]
    fn names_and_codes_lead_to_one_language() {
        for name in ["pt", "pt-BR", "POR", "Portuguese"] {
            assert_eq!(Language::named(name).map(Language::name), Some("Portuguese"), "{name}");
        }
        assert!(
            SHORT_CODES.iter().all(|(short, long)| Language::named(short).is_some_and(|language| language.0.code() == *long))
        );
        assert_eq!((Language::named(""), Language::named("xx")), (None, None));
        assert!(Language::named("da").unwrap().is_close_to(Language::named("no").unwrap()));
        assert!(!Language::named("de").unwrap().is_close_to(Language::named("en").unwrap()));
    }
}
