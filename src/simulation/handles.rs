//! Invented handles, display names and biographies.

use super::names::{Syllables, syllables};
use super::seed::{normal, pick, pick_weighted};
use super::words::{Language, PICTOGRAMS};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// How the handles of one batch of accounts are made alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HandleStyle {
    /// As people choose them.
    Own,
    /// After a vendor's template.
    Template(Template),
}

/// What the handles of one batch have in common: names, words and separators in one order, then so many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Template {
    shape: u32,
    digits: u32,
}

impl Template {
    /// Draws a template with a number of digits between the fewest and the most.
    pub(super) fn draw([fewest, most]: [u32; 2], rng: &mut ChaCha8Rng) -> Self {
        Self { shape: rng.random_range(0..7), digits: rng.random_range(fewest..=most) }
    }
}

/// Longest handle that the platform takes.
const LONGEST: usize = 30;
/// Shortest that people still get.
const SHORTEST: usize = 6;
/// Shares of handles of one, two and three runs of letters. Genuine accounts of SRF Data 2017 (n = 877): .62, .32, .06.
const RUNS: [f64; 3] = [0.62, 0.32, 0.06];
/// Of the handles with one run: one name; nickname and letter; two names; name and word; name and nickname; letter and name;
/// word and ending. Chosen so that lengths follow those of SRF (mean 12.4, standard deviation 3.9). Assumption.
const ONE_RUN: [f64; 7] = [0.17, 0.03, 0.36, 0.15, 0.11, 0.08, 0.10];
/// Of the parts between separators: name, nickname, word, letter. Chosen for their lengths in SRF (mean 5.7). Assumption.
const PARTS: [f64; 4] = [0.5, 0.2, 0.2, 0.1];
/// Share of underscores among separators: .75 in SRF, where two underscores in one handle are commoner than two dots.
const UNDERSCORES: f64 = 0.7;
/// Shares of handles that begin and that end with a separator, in SRF.
const AT_START: f64 = 0.025;
const AT_END: f64 = 0.048;
/// Share of handles whose last letter is drawn out, in SRF.
const DRAWN_OUT: f64 = 0.025;
/// Shares of handles with one to eight digits among those with any: up to four in SRF (n = 153), the others also among the
/// genuine accounts of cresci_2017 (n = 717).
const DIGITS: [f64; 8] = [0.216, 0.408, 0.124, 0.214, 0.009, 0.018, 0.003, 0.008];
/// Share of digits that stand at the end, in SRF; of the others about half stand in front. Assumption.
const DIGITS_AT_END: f64 = 0.83;
/// Letters that stand alone as initials.
const INITIALS: [char; 18] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'l', 'm', 'n', 'o', 'p', 'r', 's', 't'];

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Digits as people append them: a number, a year of birth or its last two digits, a date.
fn own_digits(rng: &mut ChaCha8Rng) -> String {
    match pick_weighted(rng, DIGITS.into_iter()) {
        0 => rng.random_range(1..10u32).to_string(),
        1 => format!("{:02}", rng.random_range(0..100u32)),
        2 => rng.random_range(100..1000u32).to_string(),
        3 => rng.random_range(1955..2012u32).to_string(),
        4 => any_digits(5, rng),
        5 => any_digits(6, rng),
        6 => any_digits(7, rng),
        _ if rng.random_bool(0.5) => any_digits(8, rng),
        _ => {
            let (day, month) = (rng.random_range(1..29u32), rng.random_range(1..13u32));
            format!("{day:02}{month:02}{}", rng.random_range(1955..2012u32))
        }
    }
}

fn any_digits(count: u32, rng: &mut ChaCha8Rng) -> String {
    (0..count).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect()
}

/// A handle and the display name that goes with it.
pub(super) fn handle_and_name(
    language: &Language,
    style: HandleStyle,
    has_digits: bool,
    rng: &mut ChaCha8Rng,
) -> (String, String) {
    let source = Source { syllables: syllables(language.code), words: language.nouns };
    let (first, last) = (source.syllables.name(rng), source.syllables.name(rng));
    let handle = match style {
        HandleStyle::Own => source.own_handle((&first, &last), has_digits, rng),
        HandleStyle::Template(template) => source.after((&first, &last), template, has_digits, rng),
    };
    (handle, display_name((&first, &last), language.nouns, rng))
}

/// What handles are made of.
struct Source {
    syllables: &'static Syllables,
    words: &'static [&'static str],
}

impl Source {
    fn own_handle(&self, (first, last): (&str, &str), has_digits: bool, rng: &mut ChaCha8Rng) -> String {
        let separator = if rng.random_bool(UNDERSCORES) { "_" } else { "." };
        let runs = 1 + pick_weighted(rng, RUNS.into_iter());
        let mut parts = match runs {
            1 => vec![self.one_run((first, last), rng)],
            _ => (0..runs).map(|nth| self.part(if nth == 0 { first } else { last }, rng)).collect(),
        };
        if rng.random_bool(DRAWN_OUT) {
            let part = parts.last_mut().expect("there is at least one run");
            let letter = part.chars().next_back().unwrap_or('a');
            part.extend(std::iter::repeat_n(letter, rng.random_range(1..3u32) as usize));
        }
        if has_digits {
            place_digits(&mut parts, separator, rng);
        }
        let doubled = separator.repeat(if rng.random_bool(0.06) { 2 } else { 1 });
        let mut handle = parts.join(&doubled);
        if handle.len() < SHORTEST && !handle.ends_with(|c: char| c.is_ascii_digit()) {
            handle.push_str(self.syllables.ending(rng));
        }
        if rng.random_bool(AT_END) {
            handle.push_str(if rng.random_bool(0.8) { "_" } else { "__" });
        }
        if rng.random_bool(AT_START) {
            handle.insert(0, '_');
        }
        // Digits stand at the end: what is too long loses letters of its beginning.
        handle.split_off(handle.len().saturating_sub(LONGEST))
    }

    fn after(&self, (first, last): (&str, &str), template: Template, has_digits: bool, rng: &mut ChaCha8Rng) -> String {
        let word = pick(rng, self.words);
        let name = match template.shape {
            0 => format!("{first}{}", self.syllables.ending(rng)),
            1 => format!("{first}{last}"),
            2 => format!("{first}_{last}"),
            3 => format!("{first}.{last}"),
            4 => format!("{first}{word}"),
            5 => format!("{word}_{first}"),
            _ => first.to_owned(),
        };
        let digits = if has_digits { any_digits(template.digits, rng) } else { String::new() };
        let letter = if name.len() < 3 { self.syllables.ending(rng) } else { "" };
        let handle = format!("{name}{letter}{digits}");
        handle.split_at(handle.len().saturating_sub(LONGEST)).1.to_owned()
    }

    fn one_run(&self, (first, last): (&str, &str), rng: &mut ChaCha8Rng) -> String {
        let word = pick(rng, self.words);
        match pick_weighted(rng, ONE_RUN.into_iter()) {
            0 => first.to_owned(),
            1 => format!("{}{}", self.syllables.nickname(rng), pick(rng, &INITIALS)),
            2 => format!("{first}{last}"),
            3 if rng.random_bool(0.5) => format!("{word}{first}"),
            3 => format!("{first}{word}"),
            4 => format!("{first}{}", self.syllables.nickname(rng)),
            5 => format!("{}{first}", pick(rng, &INITIALS)),
            _ => format!("{word}{}", self.syllables.ending(rng)),
        }
    }

    fn part(&self, name: &str, rng: &mut ChaCha8Rng) -> String {
        match pick_weighted(rng, PARTS.into_iter()) {
            0 => name.to_owned(),
            1 => self.syllables.nickname(rng),
            2 => pick(rng, self.words).to_owned(),
            _ => pick(rng, &INITIALS).to_string(),
        }
    }
}

fn place_digits(parts: &mut [String], separator: &str, rng: &mut ChaCha8Rng) {
    let digits = own_digits(rng);
    if rng.random_bool(DIGITS_AT_END) {
        let joint = if rng.random_bool(0.12) { separator } else { "" };
        let part = parts.last_mut().expect("there is at least one run");
        part.push_str(joint);
        part.push_str(&digits);
    } else if rng.random_bool(0.4) {
        parts[0].insert_str(0, &digits);
    } else {
        let middle = if parts.len() > 1 { parts[0].len() } else { (parts[0].len() / 2).max(1) };
        parts[0].insert_str(middle, &digits);
    }
}

/// None, one, two, three or four words: .09, .27, .51, .08 and .04 of the genuine accounts of the Kaggle set (n = 348).
fn display_name((first, last): (&str, &str), words: &[&str], rng: &mut ChaCha8Rng) -> String {
    let (first, last) = (capitalised(first), capitalised(last));
    match rng.random_range(0..100u32) {
        0..9 => String::new(),
        9..37 => first,
        37..44 => format!("{first} {}", pick(rng, &PICTOGRAMS)),
        44..88 => format!("{first} {last}"),
        88..96 => format!("{first} {last} {}", pick(rng, &PICTOGRAMS)),
        _ => format!("{first} {last} {} {}", pick(rng, words), pick(rng, &PICTOGRAMS)),
    }
}

/// A biography; its length is log-normal: ln mean 3.41 and standard deviation 1.04 over the genuine accounts of instafake and
/// of the Kaggle set that have one (n = 845), at most 150 characters.
pub(super) fn biography(language: &Language, rng: &mut ChaCha8Rng) -> String {
    let target = (3.41 + 1.04 * normal(rng)).exp().round().clamp(1.0, 150.0) as usize;
    let separator = pick(rng, &[" ", " | ", " • ", ", ", "\n"]);
    let mut bio = pick(rng, language.nouns).to_owned();
    while bio.chars().count() < target {
        bio.push_str(separator);
        match rng.random_range(0..6u32) {
            0 => bio.push_str(pick(rng, &PICTOGRAMS)),
            1 => bio.push_str(&capitalised(&syllables(language.code).name(rng))),
            _ => bio.push_str(pick(rng, language.nouns)),
        }
    }
    let cut: String = bio.chars().take(target).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::super::words::LANGUAGES;
    use super::*;

    #[test]
    fn handles_are_valid_and_digits_come_only_when_asked() {
        let mut rng = stream(1, Stream::Account, 1);
        for language in &LANGUAGES {
            let template = |shape| HandleStyle::Template(Template { shape, digits: 5 });
            for style in (0..7).map(template).chain([HandleStyle::Own]) {
                for has_digits in (0..400).map(|nth| nth % 2 == 0) {
                    let (handle, _) = handle_and_name(language, style, has_digits, &mut rng);
                    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '_';
                    assert!(handle.chars().all(valid) && (3..=30).contains(&handle.len()), "{handle}");
                    assert_eq!(handle.chars().any(|c| c.is_ascii_digit()), has_digits, "{handle}");
                }
            }
        }
    }

    #[test]
    fn own_handles_are_as_long_and_as_often_divided_as_real_ones() {
        let mut rng = stream(2, Stream::Account, 1);
        // Characters, separators, digits.
        let shapes: Vec<[f64; 3]> = (0..4_000)
            .map(|nth| {
                let has_digits = rng.random_bool(0.174);
                let (handle, _) = handle_and_name(&LANGUAGES[nth % 5], HandleStyle::Own, has_digits, &mut rng);
                let count = |of: fn(&char) -> bool| handle.chars().filter(of).count() as f64;
                [count(|_| true), count(|c| matches!(c, '.' | '_')), count(char::is_ascii_digit)]
            })
            .collect();
        let mean = |of: fn(&[f64; 3]) -> f64| shapes.iter().map(of).sum::<f64>() / shapes.len() as f64;
        // SRF Data 2017, genuine: length 12.4, quarters 9 and 15; .42 with a separator, .58 of them a handle; digits .041.
        assert!((11.5..13.0).contains(&mean(|shape| shape[0])), "{}", mean(|shape| shape[0]));
        let mut lengths: Vec<u64> = shapes.iter().map(|shape| shape[0] as u64).collect();
        lengths.sort_unstable();
        assert!(
            (9..=10).contains(&lengths[1_000]) && (14..=15).contains(&lengths[3_000]),
            "{} {}",
            lengths[1_000],
            lengths[3_000]
        );
        assert!((0.38..0.47).contains(&mean(|shape| f64::from(u8::from(shape[1] > 0.0)))));
        assert!((0.5..0.66).contains(&mean(|shape| shape[1])));
        assert!((0.03..0.05).contains(&mean(|shape| shape[2] / shape[0])), "{}", mean(|shape| shape[2] / shape[0]));
    }

    #[test]
    fn biographies_end_in_no_blank_and_are_not_empty() {
        let mut rng = stream(5, Stream::Account, 1);
        for nth in 0..2_000 {
            let bio = biography(&LANGUAGES[nth % 5], &mut rng);
            assert!(!bio.is_empty() && bio == bio.trim(), "{bio:?}");
        }
    }

    #[test]
    fn people_and_templates_end_in_any_number_of_digits() {
        let mut rng = stream(4, Stream::Account, 1);
        let mut counts = |is_own: bool| -> Vec<usize> {
            let mut counts = vec![0; 9];
            for _ in 0..6_000 {
                let template = Template::draw([1, 7], &mut rng);
                let style = if is_own { HandleStyle::Own } else { HandleStyle::Template(template) };
                let (handle, _) = handle_and_name(&LANGUAGES[0], style, true, &mut rng);
                counts[handle.chars().rev().take_while(char::is_ascii_digit).count().min(8)] += 1;
            }
            counts
        };
        let (own, sold) = (counts(true), counts(false));
        assert!(own[1..].iter().all(|&n| n > 3) && sold[1..8].iter().all(|&n| n > 600), "{own:?} {sold:?}");
        assert!(own[5] + own[7] < 150, "{own:?}");
    }
}
