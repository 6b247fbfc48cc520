//! Invented handles, display names and biographies.

use super::seed::{normal, pick};
use super::words::{Language, PICTOGRAMS};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// How the handles of one batch of accounts are made alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HandleStyle {
    /// As people choose them.
    Own,
    /// Two name parts, then this many digits: a vendor's template.
    Template(u32),
}

fn name(language: &Language, rng: &mut ChaCha8Rng) -> String {
    let mut name = pick(rng, language.onsets).to_owned();
    if rng.random_bool(0.12) {
        name.push_str(pick(rng, language.onsets));
    }
    name.push_str(pick(rng, language.endings));
    name
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One to four digits as people append them: a number, a year, or its last two digits.
fn own_digits(rng: &mut ChaCha8Rng) -> String {
    match rng.random_range(0..4u32) {
        0 => rng.random_range(1..10u32).to_string(),
        1 => format!("{:02}", rng.random_range(0..100u32)),
        2 => rng.random_range(100..1000u32).to_string(),
        _ => rng.random_range(1975..2010u32).to_string(),
    }
}

fn template_digits(count: u32, rng: &mut ChaCha8Rng) -> String {
    (0..count).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect()
}

/// A handle and the display name that goes with it.
pub(super) fn handle_and_name(
    language: &Language,
    style: HandleStyle,
    has_digits: bool,
    rng: &mut ChaCha8Rng,
) -> (String, String) {
    let (first, last) = (name(language, rng), name(language, rng));
    let separator = pick(rng, &["", "", "_", "."]);
    let mut handle = match style {
        HandleStyle::Template(_) => format!("{first}{}", pick(rng, language.endings)),
        HandleStyle::Own => match rng.random_range(0..6u32) {
            0 => format!("{}{separator}{first}", pick(rng, language.nouns)),
            1 => format!("{first}{separator}{}", pick(rng, language.nouns)),
            2 => format!("{first}{}", pick(rng, &["_", "__", ".x", "official", "real", "ly"])),
            _ => format!("{first}{separator}{last}"),
        },
    };
    match style {
        HandleStyle::Template(count) if has_digits => handle.push_str(&template_digits(count, rng)),
        HandleStyle::Own if has_digits => handle.push_str(&own_digits(rng)),
        _ => {}
    }
    let display = match rng.random_range(0..10u32) {
        0 => String::new(),
        1..4 => capitalised(&first),
        4 => format!("{} {}", capitalised(&first), pick(rng, &PICTOGRAMS)),
        _ => format!("{} {}", capitalised(&first), capitalised(&last)),
    };
    (handle, display)
}

/// A biography; its length is log-normal: quantiles 10 to 90 % of genuine instafake accounts are 8, 16, 30, 53, 98 characters,
/// ln mean 3.35 and standard deviation .9.
pub(super) fn biography(language: &Language, rng: &mut ChaCha8Rng) -> String {
    let target = (3.35 + 0.9 * normal(rng)).exp().clamp(2.0, 150.0) as usize;
    let separator = pick(rng, &[" ", " | ", " • ", ", ", "\n"]);
    let mut bio = pick(rng, language.nouns).to_owned();
    while bio.chars().count() < target {
        bio.push_str(separator);
        match rng.random_range(0..6u32) {
            0 => bio.push_str(pick(rng, &PICTOGRAMS)),
            1 => bio.push_str(&capitalised(&name(language, rng))),
            _ => bio.push_str(pick(rng, language.nouns)),
        }
    }
    bio.chars().take(150).collect()
}

/// A handle that is not taken yet: letters are appended until it is free.
pub(super) fn make_unique(handle: String, is_taken: &mut dyn FnMut(&str) -> bool) -> String {
    if !is_taken(&handle) {
        return handle;
    }
    (0u32..)
        .map(|tries| {
            let letters = std::iter::successors(Some(tries), |&left| (left >= 26).then(|| left / 26 - 1));
            handle.chars().chain(std::iter::once('.')).chain(letters.map(|left| char::from(b'a' + (left % 26) as u8))).collect()
        })
        .find(|candidate: &String| !is_taken(candidate))
        .expect("of four thousand million candidates one is free")
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::super::words::LANGUAGES;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn handles_are_valid_and_digits_come_only_when_asked() {
        let mut rng = stream(1, Stream::Account, 1);
        for language in &LANGUAGES {
            for style in [HandleStyle::Own, HandleStyle::Template(5)] {
                for has_digits in [false, true] {
                    let (handle, _) = handle_and_name(language, style, has_digits, &mut rng);
                    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '_';
                    assert!(handle.chars().all(valid) && (3..=30).contains(&handle.len()), "{handle}");
                    assert_eq!(handle.chars().any(|c| c.is_ascii_digit()), has_digits, "{handle}");
                }
            }
        }
    }

    #[test]
    fn a_taken_handle_is_changed_until_it_is_free() {
        let mut taken = HashSet::new();
        let handles: Vec<String> =
            (0..60).map(|_| make_unique("ann".into(), &mut |name| !taken.insert(name.to_owned()))).collect();
        assert_eq!(handles[..3], ["ann", "ann.a", "ann.b"]);
        assert_eq!(handles.iter().collect::<HashSet<_>>().len(), 60);
    }
}
