//! Comments made from one sentence with a slot.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

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
/// O(words²) a text.
///
/// # Examples
/// ```
/// use bonafide::text::are_templates;
/// let texts = ["thank you anna it works well", "thank you tom it works well", "thank you mia it works well", "thank you anna it broke"];
/// assert_eq!(are_templates(&texts), [true, true, true, false]);
/// ```
pub fn are_templates(texts: &[&str]) -> Vec<bool> {
    let hasher = FixedState::with_seed(SEED);
    let mut fillings: HashMap<u64, u32, FixedState> = HashMap::with_hasher(hasher.clone());
    let hash_all = |text: &str| masked(text, &hasher);
    for mask in texts.iter().flat_map(|text| hash_all(text)) {
        *fillings.entry(mask).or_default() += 1;
    }
    let is_slot = |mask: u64| fillings.get(&mask).is_some_and(|&count| count as usize >= MIN_FILLINGS);
    texts.iter().map(|text| hash_all(text).into_iter().any(is_slot)).collect()
}

/// One hash a word left out.
fn masked(text: &str, hasher: &FixedState) -> Vec<u64> {
    let words: Vec<u64> = text.split(' ').take(MAX_WORDS + 1).map(|word| hasher.hash_one(word)).collect();
    if !(MIN_WORDS..=MAX_WORDS).contains(&words.len()) {
        return Vec::new();
    }
    let without = |slot: usize| {
        let mut state = hasher.build_hasher();
        state.write_usize(words.len());
        state.write_usize(slot);
        words.iter().enumerate().filter(|(place, _)| *place != slot).for_each(|(_, &word)| state.write_u64(word));
        state.finish()
    };
    (0..words.len()).map(without).collect()
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
