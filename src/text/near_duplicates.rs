//! Texts that are nearly the same.

use crate::sketch::{MinHash, jaccard};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// Characters of a shingle.
const SHINGLE: usize = 4;
/// Letters and blanks from which texts are compared; shorter ones are alike only if equal.
const MIN_CHARS: usize = 20;
/// Jaccard index of shingles from which two texts are nearly the same: in a sentence of 50 characters, one word of six letters may differ.
const ALIKE: f64 = 0.65;
/// Leaders that a text is compared with in one bucket, at most.
const MAX_COMPARED: usize = 8;
/// Seed of the shingles' hashes.
const SEED: u64 = 0x636f_6d6d_656e_7473;

/// For each text the number of the first text that it is nearly the same as (its own number if there is none).
///
/// Texts are taken in order; each joins the most alike earlier *leader* (a text that joined none) with which its 4-character shingles have
/// a Jaccard index of at least .65. Leaders are found by MinHash bands, never by comparing all pairs. All members of a class are alike to its leader, so
/// classes do not creep.
///
/// # Shape
/// Keys of comments, each once (equal keys are one text). The result does not depend on threads; hand the texts over in an order of their
/// own (sorted), and it does not depend on the order of rows either.
///
/// # Cost
/// O(characters): at most 64 comparisons a text.
///
/// # Source
/// Shingles: Broder, 1997; candidates: see [`MinHash`].
///
/// # Examples
/// ```
/// use bonafide::text::near_duplicates;
/// let texts = ["finally a recipe that works for my family", "finally a recipe that works for my sister", "where is this?"];
/// assert_eq!(near_duplicates(&texts), [0, 0, 2]);
/// ```
pub fn near_duplicates(texts: &[&str]) -> Vec<u32> {
    let hasher = FixedState::with_seed(SEED);
    let shingled: Vec<Vec<u64>> = texts.par_iter().map(|text| shingles(text, &hasher)).collect();
    let signatures: Vec<Option<MinHash>> = shingled.par_iter().map(|set| MinHash::of(set.iter().copied())).collect();
    let mut buckets: HashMap<u64, Vec<u32>, FixedState> = HashMap::with_hasher(hasher);
    let mut leaders = Vec::with_capacity(texts.len());
    for (number, signature) in signatures.iter().enumerate() {
        let Some(signature) = signature else {
            leaders.push(number as u32);
            continue;
        };
        let bands = signature.bands();
        let found = bands.iter().filter_map(|band| buckets.get(band)).flatten();
        let alike = found.map(|&leader| (jaccard(&shingled[number], &shingled[leader as usize]), leader));
        let best = alike.filter(|(index, _)| *index >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        leaders.push(best.map_or(number as u32, |(_, leader)| leader));
        if best.is_none() {
            for band in bands {
                let bucket = buckets.entry(band).or_default();
                if bucket.len() < MAX_COMPARED {
                    bucket.push(number as u32);
                }
            }
        }
    }
    leaders
}

/// The shingles of a text, ascending, each once; none where it is too short.
fn shingles(text: &str, hasher: &FixedState) -> Vec<u64> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    if places.len() <= MIN_CHARS {
        return Vec::new();
    }
    let mut hashes: Vec<u64> =
        places.windows(SHINGLE + 1).map(|window| hasher.hash_one(&text[window[0]..window[SHINGLE]])).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f64 {
        let hasher = FixedState::with_seed(SEED);
        jaccard(&shingles(a, &hasher), &shingles(b, &hasher))
    }

    #[test]
    fn likeness_is_that_of_sets_of_shingles() {
        // Python: A = {a[i:i+4] for i in range(len(a)-3)}; len(A & B) / len(A | B)
        let a = "finally a recipe that works for my family";
        for (b, expected) in [
            ("finally a recipe that works for my sister", 32.0 / 44.0),
            ("never seen such a fine piece of work before", 2.0 / 76.0),
        ] {
            assert!((likeness(a, b) - expected).abs() < 1e-12, "{b}: {}", likeness(a, b));
        }
    }

    #[test]
    fn planted_copies_are_found_among_others_and_these_are_left_alone() {
        let words = [
            "lamp", "river", "window", "morning", "paper", "garden", "engine", "colour", "letter", "summer", "bridge", "ticket",
            "forest",
        ];
        let sentence = |seed: usize| -> String {
            let word =
                |i: usize| words[(seed.wrapping_mul(2_654_435_761).wrapping_add(i * (seed % 97 + 31)) >> (i + 3)) % words.len()];
            (0..9).map(word).collect::<Vec<_>>().join(" ")
        };
        let mut texts: Vec<String> = (1..3_000).map(sentence).collect();
        let copies: Vec<String> = ["soon", "now", "today", "again"]
            .iter()
            .map(|last| format!("this account changed my whole life and my money {last}"))
            .collect();
        texts.extend(copies);
        texts.sort();
        texts.dedup();
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let classes = near_duplicates(&borrowed);
        let planted: Vec<u32> = (0..texts.len()).filter(|&i| texts[i].starts_with("this account")).map(|i| classes[i]).collect();
        assert!(planted.len() == 4 && planted.iter().all(|class| *class == planted[0]));
        // Every class holds what is alike to its leader, by the exact index.
        for (number, &leader) in classes.iter().enumerate() {
            assert!(leader as usize == number || likeness(&texts[number], &texts[leader as usize]) >= ALIKE);
        }
    }

    #[test]
    fn short_and_empty_texts_are_alike_only_to_themselves() {
        assert_eq!(near_duplicates(&["", "nice", "nicer", "so nice"]), [0, 1, 2, 3]);
        assert!(near_duplicates(&[]).is_empty());
    }
}
