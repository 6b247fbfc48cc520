//! Invented names, built of syllables as names of a language are, and cut or lengthened as people do for handles.

use super::seed::pick;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// What names of a language are built of.
pub(super) struct Syllables {
    onsets: &'static [&'static str],
    endings: &'static [&'static str],
}

const ENGLISH: Syllables = Syllables {
    onsets: &[
        "bran", "el", "har", "jo", "ka", "mel", "nor", "rob", "ster", "tam", "wil", "fay", "al", "ches", "dar", "ed", "gra",
        "hol", "isa", "ken", "lau", "mad", "pen", "rus", "sha", "tho", "whit", "ash",
    ],
    endings: &[
        "by", "don", "ley", "mira", "ric", "sie", "ton", "wyn", "ella", "low", "na", "ssa", "ter", "ne", "ss", "field", "rie",
        "ker",
    ],
};
const GERMAN: Syllables = Syllables {
    onsets: &[
        "ann", "ber", "fried", "gu", "hei", "jor", "kat", "lud", "mar", "rein", "sil", "ulf", "al", "bri", "chris", "die", "eli",
        "flo", "ger", "han", "jul", "lis", "nik", "sab", "ste", "the", "wal", "so",
    ],
    endings: &[
        "drun", "ke", "lind", "mund", "nika", "olt", "rike", "tje", "wina", "helm", "na", "ne", "er", "ina", "tte", "ssen",
        "rich", "tin",
    ],
};
const SPANISH: Syllables = Syllables {
    onsets: &[
        "al", "bel", "car", "dul", "es", "fer", "isa", "lor", "mar", "pil", "ro", "xi", "ade", "cris", "dan", "eli", "gui",
        "jos", "len", "mon", "nat", "pau", "raf", "sal", "tere", "va", "lu", "an",
    ],
    endings: &[
        "ando", "ela", "ina", "mira", "ondo", "rena", "sco", "tela", "uro", "zalo", "na", "ez", "ita", "ra", "lia", "ero", "cia",
        "ia",
    ],
};
const PORTUGUESE: Syllables = Syllables {
    onsets: &[
        "ad", "bru", "cla", "dia", "edu", "fla", "gil", "ju", "lu", "nat", "ra", "vi", "ali", "bea", "cai", "deb", "ester",
        "fer", "isa", "le", "mar", "ota", "pri", "ren", "sam", "tha", "wes", "an",
    ],
    endings: &[
        "ana", "eira", "ilda", "inho", "meu", "naldo", "rinha", "sson", "tiane", "vando", "na", "la", "ssa", "ne", "ia", "es",
        "ra", "on",
    ],
};
const INDONESIAN: Syllables = Syllables {
    onsets: &[
        "adi", "bu", "cah", "dew", "eka", "fir", "gal", "ind", "lest", "nur", "put", "wah", "an", "bay", "cit", "di", "faj",
        "han", "ira", "jok", "kar", "lin", "mega", "rat", "sri", "tri", "yul", "ze",
    ],
    endings: &[
        "antra", "dira", "gita", "hari", "mala", "nto", "rani", "syah", "tama", "yuni", "ti", "na", "ra", "wan", "ni", "sti",
        "ah", "tri",
    ],
};

/// Share of names of one syllable. Assumption, as the next.
const SHORTEST: f64 = 0.08;
/// Share of names of three.
const LONG: f64 = 0.18;

/// The syllables of a language, by its code.
pub(super) fn syllables(code: &str) -> &'static Syllables {
    match code {
        "de" => &GERMAN,
        "es" => &SPANISH,
        "pt" => &PORTUGUESE,
        "id" => &INDONESIAN,
        _ => &ENGLISH,
    }
}

impl Syllables {
    /// A name of one to three syllables.
    pub(super) fn name(&self, rng: &mut ChaCha8Rng) -> String {
        let length: f64 = rng.random();
        let mut name = pick(rng, self.onsets).to_owned();
        if length < SHORTEST {
            return name;
        }
        if length > 1.0 - LONG {
            name.push_str(pick(rng, self.onsets));
        }
        name.push_str(pick(rng, self.endings));
        name
    }

    /// The first two to five letters of a name.
    pub(super) fn nickname(&self, rng: &mut ChaCha8Rng) -> String {
        let name = self.name(rng) + pick(rng, self.endings);
        name.chars().take(rng.random_range(2..6u32) as usize).collect()
    }

    /// A last syllable.
    pub(super) fn ending(&self, rng: &mut ChaCha8Rng) -> &'static str {
        pick(rng, self.endings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::super::words::LANGUAGES;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_of_every_language_are_letters_and_seldom_meet() {
        let mut rng = stream(1, Stream::Account, 7);
        for language in &LANGUAGES {
            let syllables = syllables(language.code);
            let names: Vec<String> = (0..1_000).map(|_| syllables.name(&mut rng)).collect();
            assert!(names.iter().all(|name| name.len() > 1 && name.chars().all(|c| c.is_ascii_lowercase())));
            assert!(names.iter().collect::<HashSet<_>>().len() > 350, "{}", language.code);
            assert!((2..6).contains(&syllables.nickname(&mut rng).len()));
        }
    }
}
