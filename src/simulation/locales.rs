//! Where people live: languages by country and time zone.

use super::alias::Alias;
use super::words::LANGUAGES;
use rand_chacha::ChaCha8Rng;
use std::sync::LazyLock;

/// People of one language in one time zone.
pub(super) struct Locale {
    /// Index in [`LANGUAGES`].
    pub language: usize,
    /// Country, as tables give it.
    pub country: &'static str,
    /// Offset of clocks from UTC in hours; summer time is left out.
    pub utc_offset_h: i64,
    /// Relative number of people. Assumption.
    pub weight: f64,
}

const fn locale(language: usize, country: &'static str, utc_offset_h: i64, weight: f64) -> Locale {
    Locale { language, country, utc_offset_h, weight }
}

/// The locales, those of one language side by side, in the order of [`LANGUAGES`].
pub(super) const LOCALES: [Locale; 14] = [
    locale(0, "GB", 0, 0.07),
    locale(0, "US", -5, 0.13),
    locale(0, "US", -6, 0.07),
    locale(0, "US", -8, 0.05),
    locale(0, "AU", 10, 0.02),
    locale(1, "DE", 1, 0.18),
    locale(2, "ES", 1, 0.06),
    locale(2, "MX", -6, 0.08),
    locale(2, "CO", -5, 0.03),
    locale(2, "AR", -3, 0.03),
    locale(3, "BR", -3, 0.13),
    locale(3, "PT", 0, 0.03),
    locale(4, "ID", 7, 0.10),
    locale(4, "ID", 8, 0.02),
];

/// The locales of a language.
pub(super) fn locales_of(language: usize) -> std::ops::Range<usize> {
    let start = LOCALES.partition_point(|locale| locale.language < language);
    start..start + LOCALES[start..].partition_point(|locale| locale.language == language)
}

static BY_PEOPLE: LazyLock<Alias> = LazyLock::new(|| Alias::new(&LOCALES.map(|locale| locale.weight)));

/// Draws a locale by its number of people.
pub(super) fn draw_locale(rng: &mut ChaCha8Rng) -> usize {
    BY_PEOPLE.draw(rng)
}

static BY_LANGUAGE: LazyLock<Vec<(usize, Alias)>> = LazyLock::new(|| {
    let of = |language| {
        let locales = locales_of(language);
        let weights: Vec<f64> = LOCALES[locales.clone()].iter().map(|locale| locale.weight).collect();
        (locales.start, Alias::new(&weights))
    };
    (0..LANGUAGES.len()).map(of).collect()
});

/// Draws a locale of a language by its number of people.
pub(super) fn draw_locale_of(language: usize, rng: &mut ChaCha8Rng) -> usize {
    let (first, people) = &BY_LANGUAGE[language];
    first + people.draw(rng)
}

const _: () = assert!(LOCALES[LOCALES.len() - 1].language + 1 == LANGUAGES.len(), "every language has a locale");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_locales_and_every_locale_a_language() {
        let found: Vec<usize> = (0..LANGUAGES.len()).flat_map(locales_of).collect();
        assert_eq!(found, (0..LOCALES.len()).collect::<Vec<_>>());
        assert!((0..LANGUAGES.len()).all(|language| !locales_of(language).is_empty()));
    }

    #[test]
    fn the_shares_of_people_add_up_to_all() {
        let total: f64 = LOCALES.iter().map(|locale| locale.weight).sum();
        assert!((total - 1.0).abs() < 1e-9);
    }
}
