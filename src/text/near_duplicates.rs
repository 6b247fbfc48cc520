//! Texts that are nearly the same.

use crate::sketch::{MinHash, N_BANDS, jaccard};
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
const MAX_COMPARED: u32 = 8;
/// Texts looked up at once on all threads, before those among them that lead are entered in turn.
const BATCH: usize = 2_048;
/// Words of the map of a set's shingles.
const MAP_WORDS: usize = 4;
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
/// O(characters): at most 64 comparisons a text, nearly all of them of 32 bytes.
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
    let read: Vec<Option<Shingled>> = texts.par_iter().map(|text| Shingled::of(text, &hasher)).collect();
    let mut leaders = Leaders::of(texts.len(), hasher);
    let mut classes = Vec::with_capacity(texts.len());
    for first in (0..texts.len()).step_by(BATCH) {
        let batch = first..texts.len().min(first + BATCH);
        let known: Vec<Option<Alike>> =
            batch.clone().into_par_iter().map(|number| leaders.most_alike(read[number].as_ref()?, 0, &read)).collect();
        for (number, known) in batch.zip(known) {
            let Some(text) = &read[number] else {
                classes.push(number as u32);
                continue;
            };
            // Those that lead since the batch began were not looked up yet.
            let best = Alike::better(known, leaders.most_alike(text, first as u32, &read));
            if best.is_none() {
                leaders.enter(number as u32, text);
            }
            classes.push(best.map_or(number as u32, |alike| alike.leader));
        }
    }
    classes
}

/// A text long enough to be compared.
struct Shingled {
    shingles: Vec<u64>,
    /// For each shingle the bit of its hash is set.
    map: [u64; MAP_WORDS],
    bands: [u64; N_BANDS],
}

impl Shingled {
    fn of(text: &str, hasher: &FixedState) -> Option<Self> {
        let shingles = shingles(text, hasher);
        let bands = MinHash::of(shingles.iter().copied())?.bands();
        let mut map = [0; MAP_WORDS];
        for shingle in &shingles {
            map[(shingle >> 6) as usize % MAP_WORDS] |= 1 << (shingle % 64);
        }
        Some(Self { shingles, map, bands })
    }

    /// The Jaccard index, where it reaches the bound. A bit that is set in one map only stands for a shingle that only one set has; with d such shingles
    /// of n in both lists the index is (n − d)/(n + d) at most, and most pairs need no more than that.
    fn likeness(&self, other: &Self) -> Option<f64> {
        let different: u32 = self.map.iter().zip(&other.map).map(|(a, b)| (a ^ b).count_ones()).sum();
        let (n, different) = ((self.shingles.len() + other.shingles.len()) as f64, f64::from(different));
        if n - different < ALIKE * (n + different) {
            return None;
        }
        Some(jaccard(&self.shingles, &other.shingles)).filter(|index| *index >= ALIKE)
    }
}

/// A leader that a text is nearly the same as.
#[derive(Clone, Copy)]
struct Alike {
    index: f64,
    leader: u32,
}

impl Alike {
    /// The more alike one; of equals the earlier.
    fn better(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        a.into_iter().chain(b).max_by(|a, b| a.index.total_cmp(&b.index).then(b.leader.cmp(&a.leader)))
    }
}

/// No leader.
const NONE: u32 = u32::MAX;

/// Leaders by band.
struct Leaders {
    /// By band the newest leader of its bucket, and how many it holds.
    buckets: HashMap<u64, (u32, u32), FixedState>,
    /// For each text that leads and each band the leader before it in that bucket.
    before: Vec<[u32; N_BANDS]>,
}

impl Leaders {
    fn of(n_texts: usize, hasher: FixedState) -> Self {
        Self { buckets: HashMap::with_hasher(hasher), before: vec![[NONE; N_BANDS]; n_texts] }
    }

    fn enter(&mut self, leader: u32, text: &Shingled) {
        for (place, band) in text.bands.iter().enumerate() {
            let bucket = self.buckets.entry(*band).or_insert((NONE, 0));
            if bucket.1 < MAX_COMPARED {
                self.before[leader as usize][place] = bucket.0;
                *bucket = (leader, bucket.1 + 1);
            }
        }
    }

    /// The leader that a text is nearly the same as, of those numbered `from` and above.
    fn most_alike(&self, text: &Shingled, from: u32, read: &[Option<Shingled>]) -> Option<Alike> {
        let mut best = None;
        for (place, band) in text.bands.iter().enumerate() {
            let mut leader = self.buckets.get(band).map_or(NONE, |bucket| bucket.0);
            while leader != NONE && leader >= from {
                let index = read[leader as usize].as_ref().and_then(|other| text.likeness(other));
                best = Alike::better(best, index.map(|index| Alike { index, leader }));
                leader = self.before[leader as usize][place];
            }
        }
        best
    }
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
    use proptest::prelude::*;

    /// The rule itself, one text after the other: the most alike of the leaders in the buckets of its bands, each holding eight.
    fn in_turn(texts: &[&str]) -> Vec<u32> {
        let hasher = FixedState::with_seed(SEED);
        let read: Vec<Option<Shingled>> = texts.iter().map(|text| Shingled::of(text, &hasher)).collect();
        let mut buckets: HashMap<u64, Vec<usize>> = HashMap::new();
        let one = |(number, text): (usize, &Option<Shingled>)| {
            let Some(text) = text else { return number as u32 };
            let found = text.bands.iter().filter_map(|band| buckets.get(band)).flatten();
            let index = |leader: usize| jaccard(&text.shingles, &read[leader].as_ref().unwrap().shingles);
            let alike = found.map(|&leader| (index(leader), leader)).filter(|(index, _)| *index >= ALIKE);
            let Some((_, leader)) = alike.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) else {
                for band in text.bands {
                    let bucket = buckets.entry(band).or_default();
                    bucket.extend((bucket.len() < MAX_COMPARED as usize).then_some(number));
                }
                return number as u32;
            };
            leader as u32
        };
        read.iter().enumerate().map(one).collect()
    }

    /// Numbers below what is asked for: a linear congruential generator (Knuth, *The Art of Computer Programming* 2, 3.3.4).
    fn numbers(mut state: u64) -> impl FnMut(usize) -> usize {
        move |n| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        }
    }

    fn word(next: &mut impl FnMut(usize) -> usize) -> String {
        (0..6).map(|_| char::from(b'a' + next(26) as u8)).collect()
    }

    proptest! {
        #[test]
        fn maps_never_turn_away_what_is_alike(a in "[a-d ]{20,400}", b in "[a-d ]{20,400}", cut in 0_usize..20) {
            let hasher = FixedState::with_seed(SEED);
            let near: String = a.chars().skip(cut).chain(b.chars().take(cut)).collect();
            for other in [&b, &near] {
                let (one, other) = (Shingled::of(&a, &hasher).unwrap(), Shingled::of(other, &hasher).unwrap());
                let index = jaccard(&one.shingles, &other.shingles);
                prop_assert_eq!(one.likeness(&other), (index >= ALIKE).then_some(index));
            }
        }
    }

    #[test]
    fn batches_on_all_threads_give_what_one_text_after_the_other_gives() {
        // More texts than two batches hold, from so few words that buckets overflow and many are alike.
        let words = ["lamp", "river", "window", "never", "again", "paper", "colour"];
        let mut next = numbers(7);
        let texts: Vec<String> = (0..2 * BATCH + 900)
            .map(|_| (0..4 + next(5)).map(|_| words[next(words.len())]).collect::<Vec<&str>>().join(" "))
            .collect();
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let classes = near_duplicates(&borrowed);
        assert_eq!(classes, in_turn(&borrowed));
        let joined = classes.iter().enumerate().filter(|(number, leader)| **leader as usize != *number).count();
        assert!(joined > BATCH && joined < texts.len(), "{joined}");
    }

    #[test]
    fn all_pairs_find_hardly_more() {
        let mut next = numbers(11);
        let stems: Vec<String> = (0..60).map(|_| (0..8).map(|_| word(&mut next)).collect::<Vec<String>>().join(" ")).collect();
        let endings = ["thanks", "really", "today", "at home", "so far", "again"];
        let texts: Vec<String> = stems.iter().flat_map(|stem| endings.map(|ending| format!("{stem} {ending}"))).collect();
        let hasher = FixedState::with_seed(SEED);
        let sets: Vec<Vec<u64>> = texts.iter().map(|text| shingles(text, &hasher)).collect();
        let mut by_pairs: Vec<usize> = Vec::new();
        for number in 0..texts.len() {
            let leads = |leader: &usize| by_pairs[*leader] == *leader;
            let index = |leader: usize| jaccard(&sets[number], &sets[leader]);
            let alike = (0..number).filter(leads).filter(|&leader| index(leader) >= ALIKE);
            let best = alike.max_by(|&a, &b| index(a).total_cmp(&index(b)).then(b.cmp(&a)));
            by_pairs.push(best.unwrap_or(number));
        }
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let ours = near_duplicates(&borrowed);
        let same = ours.iter().zip(&by_pairs).filter(|(ours, theirs)| **ours as usize == **theirs).count();
        // In a band of eight an index of .8 is found at .985; see MinHash.
        assert!(same as f64 >= 0.95 * texts.len() as f64, "{same} of {}", texts.len());
    }

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
