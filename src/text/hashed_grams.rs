//! Texts as sparse vectors of hashed n-grams.

use super::comment::MAX_COMMENT_CHARS;
use super::contact::is_contact;
use super::disguise::is_hidden;
use foldhash::fast::FixedState;
use std::hash::BuildHasher;
use unicode_normalization::UnicodeNormalization;

/// Coordinates of the vectors.
pub const N_GRAM_BUCKETS: usize = 1 << 16;
/// Longest run of characters.
const LONGEST_RUN: usize = 4;
/// Seeds of the two kinds of n-gram, so that a word and a run of the same letters differ.
const SEEDS: [u64; 2] = [0x72_756e, 0x776f_7264];
/// Stands for a link, an address or a number to call.
const CONTACT: &str = "\u{1}";

/// The n-grams of a text: runs of one to four characters within words (a blank at either end), and words and pairs of words, each kind of
/// length 1. Words are in lower case and compatibility form, with digits as `0` and links as one sign; marks stay.
///
/// # Shape
/// Coordinates below [`N_GRAM_BUCKETS`], ascending, each once; a coordinate's sign is its hash's, so that collisions cancel on average.
/// No text can be read back from them but by trying texts.
///
/// # Missing
/// Empty for a text without characters.
///
/// # Cost
/// O(n) in its length, of which at most [`MAX_COMMENT_CHARS`] are read.
///
/// # Source
/// Weinberger et al., *Feature hashing for large scale multitask learning*, 2009.
///
/// # Examples
/// ```
/// use bonafide::text::hashed_grams;
/// assert_eq!(hashed_grams("Go to  https://a.b/1"), hashed_grams("go TO http://c.d"));
/// let length: f64 = hashed_grams("so good").iter().map(|(_, value)| value * value).sum();
/// assert!((length - 2.0).abs() < 1e-12 && hashed_grams("").is_empty());
/// ```
pub fn hashed_grams(raw: &str) -> Vec<(u32, f64)> {
    let end = raw.char_indices().nth(MAX_COMMENT_CHARS).map_or(raw.len(), |(at, _)| at);
    let words: Vec<String> = raw[..end].split_whitespace().map(folded).filter(|word| !word.is_empty()).collect();
    let [of_runs, of_words] = SEEDS.map(FixedState::with_seed);
    let mut runs = Vec::new();
    for word in &words {
        let padded: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
        for length in 1..=LONGEST_RUN.min(padded.len()) {
            runs.extend(padded.windows(length).filter(|run| *run != [' ']).map(|run| of_runs.hash_one(run)));
        }
    }
    let pairs = words.windows(2).map(|pair| of_words.hash_one((&pair[0], &pair[1])));
    let grams: Vec<u64> = words.iter().map(|word| of_words.hash_one(word)).chain(pairs).collect();
    let mut vector: Vec<(u32, f64)> = [runs, grams].into_iter().flat_map(of_length_one).collect();
    vector.sort_unstable_by_key(|&(bucket, _)| bucket);
    vector.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        kept.1 += if is_same { next.1 } else { 0.0 };
        is_same
    });
    vector
}

fn folded(word: &str) -> String {
    if is_contact(word) {
        return CONTACT.to_owned();
    }
    let seen = word.chars().filter(|&c| !is_hidden(c));
    seen.nfkc().flat_map(char::to_lowercase).map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

/// Each n-gram once, all of one weight, together of length 1.
fn of_length_one(mut hashes: Vec<u64>) -> Vec<(u32, f64)> {
    hashes.sort_unstable();
    hashes.dedup();
    let weight = 1.0 / (hashes.len() as f64).sqrt();
    let sign = |hash: u64| if hash >> 63 == 0 { weight } else { -weight };
    hashes.iter().map(|&hash| ((hash % N_GRAM_BUCKETS as u64) as u32, sign(hash))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_scikit_learn() {
        // sklearn.feature_extraction.text.CountVectorizer(analyzer="char_wb", ngram_range=(1, 4)) finds 20 n-grams other than the blank in
        // "hi you"; words and pairs: 3
        let vector = hashed_grams("Hi you");
        assert_eq!(vector.len(), 20 + 3);
        let weights = vector.iter().filter(|(_, value)| (value.abs() - 1.0 / 20_f64.sqrt()).abs() < 1e-12).count();
        assert_eq!(weights, 20);
    }

    #[test]
    fn hostile_text_is_read_in_bounded_time() {
        assert!(hashed_grams(&"\u{202e}ﷺ".repeat(500_000)).len() <= N_GRAM_BUCKETS);
        assert!(hashed_grams("\u{200b}\u{200b}").is_empty());
    }
}
