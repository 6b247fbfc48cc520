//! Comments made from one sentence with a slot.

use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::hash::BuildHasher;

/// Fewest words of a template, its slot among them.
const MIN_WORDS: usize = 5;
/// Most words; longer comments are told by near-duplicates.
const MAX_WORDS: usize = 24;
/// Different fillings from which a slot is one.
const MIN_FILLINGS: usize = 3;
const SEED: u64 = 0x7465_6d70_6c61_7465;

/// For each text whether it is one of at least three that differ in exactly one word, at one place.
///
/// Slots that are mentions, numbers or links are one word in every key, so texts that differ in them alone are equal before this is asked.
///
/// # Shape
/// Keys of comments, each once. The result does not depend on their order.
///
/// # Missing
/// `false` below five words and above 24.
///
/// # Cost
/// O(words) a text, and a sort of as many hashes; 16 bytes a word of memory.
///
/// # Examples
/// ```
/// use bonafide::text::are_templates;
/// let texts = ["thank you anna it works well", "thank you tom it works well", "thank you mia it works well", "thank you anna it broke"];
/// assert_eq!(are_templates(&texts), [true, true, true, false]);
/// ```
pub fn are_templates(texts: &[&str]) -> Vec<bool> {
    let hasher = FixedState::with_seed(SEED);
    let mut masks: Vec<(u64, u32)> = texts
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, text)| masked(text, &hasher).into_iter().map(move |mask| (mask, number as u32)))
        .collect();
    masks.par_sort_unstable();
    let mut are_templates = vec![false; texts.len()];
    for fillings in masks.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() >= MIN_FILLINGS) {
        fillings.iter().for_each(|&(_, text)| are_templates[text as usize] = true);
    }
    are_templates
}

/// One hash a word left out: that of the words and their places, added up without it.
fn masked(text: &str, hasher: &FixedState) -> Vec<u64> {
    let words: Vec<&str> = text.split(' ').take(MAX_WORDS + 1).collect();
    if !(MIN_WORDS..=MAX_WORDS).contains(&words.len()) {
        return Vec::new();
    }
    let placed: Vec<u64> = words.iter().enumerate().map(|placed| hasher.hash_one(placed)).collect();
    let all = placed.iter().fold(0_u64, |sum, &word| sum.wrapping_add(word));
    placed.iter().enumerate().map(|(slot, &word)| hasher.hash_one((all.wrapping_sub(word), slot, words.len()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fillings_are_chance_and_the_slot_must_be_at_one_place() {
        assert_eq!(are_templates(&["a b c d e", "a b c d f"]), [false, false]);
        // Each pair differs in one word, but at three places.
        assert_eq!(are_templates(&["x b c d e", "a y c d e", "a b z d e"]), [false; 3]);
        assert_eq!(are_templates(&["a b c x e", "a b c y e", "a b c z e"]), [true; 3]);
        assert!(!are_templates(&["", "a"])[0] && are_templates(&[]).is_empty());
    }
}
