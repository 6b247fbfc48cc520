//! Accounts that write the same texts, beyond what common phrases yield.

use crate::statistics::ln_poisson_tail;
use petgraph::unionfind::UnionFind;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Authors of one text above which it is common property: a slogan, a quotation, a contest's phrase.
const MAX_AUTHORS: usize = 200;
/// Fewest different texts that two accounts must share: one may be a quotation.
const MIN_SHARED: u32 = 2;
/// Shared texts counted apart.
const MOST_SHARED: usize = 16;
/// Shared texts as a share of what the more active of two accounts wrote, at least: those who write much share common phrases by chance.
const MIN_SHARED_SHARE: f64 = 0.25;
/// Times that the texts are shuffled.
const N_SHUFFLES: u32 = 20;
/// Pairs that common phrases yield, as a share of those found, at most.
const MOST_BY_CHANCE: f64 = 0.01;

/// One comment: who wrote it, under whose post, which text (a class of near-duplicates).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Writing {
    /// Who wrote it.
    pub author: u32,
    /// Whose audience it was written among.
    pub place: u32,
    /// The class of its text.
    pub text: u32,
}

/// Accounts tied by the texts that they share.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyGroup {
    /// Authors, ascending.
    pub members: Vec<u32>,
    /// Numbers of the members' writings whose text another member wrote too, ascending.
    pub writings: Vec<u32>,
    /// Texts that they share.
    pub texts_count: u64,
    /// Share of the pairs of members that are tied.
    pub density: f64,
    /// log10 of the probability that common phrases yield as many ties anywhere in the data.
    pub log10_p: f64,
}

/// Groups of at least `members_min` accounts tied by pairs that share more different texts than chance explains.
///
/// Two accounts share a text if both wrote it anywhere; texts of more than 200 authors are left out, and so are pairs that share less than a quarter of the
/// different texts that the more active of the two wrote. What common phrases yield is measured by
/// shuffling the texts among all comments under one creator, which keeps how often each text is written there and how much each account
/// writes: a meme of one audience stays common in it. The fewest shared texts for a tie, at least two, are those at which the shuffled data have
/// at most 1 % as many such pairs as the real ones.
///
/// # Missing
/// No group where too few texts recur. Accounts that hide copies among three times as many comments of their own are not tied.
///
/// # Cost
/// Twenty shuffles of the writings, and the pairs of each text: at most 100 a writing.
///
/// # Source
/// Shuffling within strata: Good, *Permutation, Parametric and Bootstrap Tests of Hypotheses*, 2005; texts in common as ties: Pacheco et al.,
/// *Uncovering coordinated networks on social media*, ICWSM 2021.
///
/// # Examples
/// ```
/// use bonafide::text::{Writing, find_copies};
/// let copied = (0..6).flat_map(|author| (0..4).map(move |text| Writing { author, place: text, text }));
/// let own = (0..400).map(|number| Writing { author: 10 + number / 2, place: number % 4, text: 100 + number });
/// let groups = find_copies(&copied.chain(own).collect::<Vec<_>>(), 5, 1);
/// assert_eq!((groups.len(), groups[0].members.len(), groups[0].texts_count), (1, 6, 4));
/// ```
pub fn find_copies(writings: &[Writing], members_min: usize, seed: u64) -> Vec<CopyGroup> {
    let shared = shared_texts(writings);
    let found = tail_counts(shared.values().copied());
    if found[MIN_SHARED as usize] == 0 {
        return Vec::new();
    }
    let by_chance = by_chance(writings, seed);
    let is_rare =
        |least: &u32| found[*least as usize] > 0 && by_chance[*least as usize] <= MOST_BY_CHANCE * found[*least as usize] as f64;
    let Some(least) = (MIN_SHARED..=MOST_SHARED as u32).find(is_rare) else { return Vec::new() };
    let ties: Vec<(u32, u32)> = shared.into_iter().filter(|(_, count)| *count >= least).map(|(pair, _)| pair).collect();
    // Where no shuffle showed a pair, the mean is below one in all of them.
    let mean = by_chance[least as usize].max(1.0 / f64::from(N_SHUFFLES));
    let mut groups = groups(writings, &ties, members_min, mean);
    groups.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then_with(|| a.members.cmp(&b.members)));
    groups
}

/// How many different texts each pair of authors shares, of those who share enough of what they wrote.
fn shared_texts(writings: &[Writing]) -> HashMap<(u32, u32), u32> {
    let mut by_text: Vec<(u32, u32)> = writings.iter().map(|writing| (writing.text, writing.author)).collect();
    by_text.sort_unstable();
    by_text.dedup();
    let mut texts_of: HashMap<u32, u32> = HashMap::new();
    by_text.iter().for_each(|&(_, author)| *texts_of.entry(author).or_default() += 1);
    let mut pairs: HashMap<(u32, u32), u32> = HashMap::new();
    for authors in by_text.chunk_by(|a, b| a.0 == b.0).filter(|authors| authors.len() <= MAX_AUTHORS) {
        for (at, &(_, first)) in authors.iter().enumerate() {
            for &(_, second) in &authors[at + 1..] {
                *pairs.entry((first, second)).or_default() += 1;
            }
        }
    }
    pairs.retain(|(a, b), shared| f64::from(*shared) >= MIN_SHARED_SHARE * f64::from(texts_of[a].max(texts_of[b])));
    pairs
}

/// At place k, how many of the counts are at least k.
fn tail_counts(counts: impl Iterator<Item = u32>) -> [u64; MOST_SHARED + 1] {
    let mut tails = [0; MOST_SHARED + 1];
    for count in counts {
        tails[..=(count as usize).min(MOST_SHARED)].iter_mut().for_each(|tail| *tail += 1);
    }
    tails
}

/// The same for texts shuffled within each place, on average.
fn by_chance(writings: &[Writing], seed: u64) -> [f64; MOST_SHARED + 1] {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut shuffled = writings.to_vec();
    shuffled.sort_unstable_by_key(|writing| (writing.place, writing.author, writing.text));
    let mut means = [0.0; MOST_SHARED + 1];
    for _ in 0..N_SHUFFLES {
        shuffle_texts(&mut shuffled, &mut rng);
        let tails = tail_counts(shared_texts(&shuffled).into_values());
        means.iter_mut().zip(tails).for_each(|(mean, tail)| *mean += tail as f64 / f64::from(N_SHUFFLES));
    }
    means
}

fn shuffle_texts(writings: &mut [Writing], rng: &mut impl Rng) {
    for of_place in writings.chunk_by_mut(|a, b| a.place == b.place) {
        let mut texts: Vec<u32> = of_place.iter().map(|writing| writing.text).collect();
        texts.shuffle(rng);
        of_place.iter_mut().zip(texts).for_each(|(writing, text)| writing.text = text);
    }
}

/// The connected parts of the ties, with what their members wrote in common.
fn groups(writings: &[Writing], ties: &[(u32, u32)], members_min: usize, mean: f64) -> Vec<CopyGroup> {
    let authors: BTreeSet<u32> = ties.iter().flat_map(|&(a, b)| [a, b]).collect();
    let places: BTreeMap<u32, usize> = authors.iter().enumerate().map(|(place, &author)| (author, place)).collect();
    let mut parts = UnionFind::<usize>::new(authors.len());
    ties.iter().for_each(|(a, b)| {
        parts.union(places[a], places[b]);
    });
    let part_of = |author: u32| places.get(&author).map(|&place| parts.find(place));
    let mut members: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for &author in &authors {
        members.entry(parts.find(places[&author])).or_default().push(author);
    }
    let mut tied: BTreeMap<usize, u64> = BTreeMap::new();
    ties.iter().for_each(|(a, _)| *tied.entry(parts.find(places[a])).or_default() += 1);
    let mut wrote: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (number, writing) in writings.iter().enumerate() {
        if let Some(part) = part_of(writing.author) {
            wrote.entry(part).or_default().push(number as u32);
        }
    }
    let large = members.into_iter().filter(|(_, members)| members.len() >= members_min);
    large.map(|(part, members)| group(writings, members, &wrote[&part], tied[&part], mean)).collect()
}

fn group(writings: &[Writing], members: Vec<u32>, wrote: &[u32], n_ties: u64, mean: f64) -> CopyGroup {
    let mut authors_of: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for &number in wrote {
        let writing = &writings[number as usize];
        authors_of.entry(writing.text).or_default().insert(writing.author);
    }
    authors_of.retain(|_, authors| authors.len() >= 2);
    let is_shared = |number: &u32| authors_of.contains_key(&writings[*number as usize].text);
    let n_pairs = (members.len() * (members.len() - 1) / 2) as f64;
    CopyGroup {
        writings: wrote.iter().copied().filter(is_shared).collect(),
        texts_count: authors_of.len() as u64,
        density: n_ties as f64 / n_pairs,
        log10_p: ln_poisson_tail(n_ties, mean) / std::f64::consts::LN_10,
        members,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    /// Two thousand people who write five comments each, half of them phrases of the creator's audience.
    fn people(seed: u64, n_phrases: u32) -> Vec<Writing> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut next = 1_000_000;
        (0..10_000)
            .map(|number| {
                let place = rng.random_range(0..20);
                next += 1;
                let text = if rng.random_bool(0.5) { place * 1_000 + rng.random_range(0..n_phrases) } else { next };
                Writing { author: number / 5, place, text }
            })
            .collect()
    }

    #[test]
    fn phrases_of_an_audience_tie_nobody() {
        for seed in 0..3 {
            for n_phrases in [5, 20, 100] {
                assert!(find_copies(&people(seed, n_phrases), 5, seed).is_empty(), "{seed} {n_phrases}");
            }
        }
    }

    #[test]
    fn those_who_write_from_one_list_are_found_with_what_they_wrote() {
        let mut writings = people(3, 20);
        let mut rng = ChaCha8Rng::seed_from_u64(9);
        for author in 5_000..5_020 {
            let list =
                (0..8).map(|_| Writing { author, place: rng.random_range(0..20), text: 900_000 + rng.random_range(0..12) });
            writings.extend(list.collect::<Vec<_>>());
        }
        let groups = find_copies(&writings, 5, 1);
        assert_eq!(groups.len(), 1);
        let group = &groups[0];
        assert!(group.members.len() >= 19 && group.members.iter().all(|author| *author >= 5_000), "{group:?}");
        assert!(group.writings.iter().all(|&number| writings[number as usize].text >= 900_000));
        assert!(group.log10_p < -20.0 && group.density > 0.5 && group.texts_count <= 12);
        let mut turned = writings.clone();
        turned.reverse();
        assert_eq!(find_copies(&turned, 5, 1)[0].members, group.members);
    }

    #[test]
    fn a_small_list_is_found_beside_people_who_write_much() {
        let mut rng = ChaCha8Rng::seed_from_u64(8);
        let mut writings = people(5, 200);
        // Fifty people with 300 comments each, a third of them common phrases.
        let much = (0..15_000_u32).map(|number| {
            let place = rng.random_range(0..20);
            let text = if number % 3 == 0 { place * 1_000 + rng.random_range(0..200) } else { 5_000_000 + number };
            Writing { author: 7_000 + number / 300, place, text }
        });
        writings.extend(much.collect::<Vec<_>>());
        for author in 5_000..5_010 {
            let list = (0..6).map(|_| Writing { author, place: rng.random_range(0..6), text: 900_000 + rng.random_range(0..10) });
            writings.extend(list.collect::<Vec<_>>());
        }
        let groups = find_copies(&writings, 5, 1);
        assert!(groups.len() == 1 && groups[0].members.len() >= 8, "{groups:?}");
        assert!(groups[0].members.iter().all(|author| (5_000..5_010).contains(author)));
    }

    #[test]
    fn one_text_in_common_is_no_tie() {
        let one: Vec<Writing> = (0..50).map(|author| Writing { author, place: author % 5, text: 1 }).collect();
        assert!(find_copies(&one, 5, 1).is_empty() && find_copies(&[], 5, 1).is_empty());
    }

    #[test]
    fn shuffling_keeps_what_is_written_where_and_by_whom() {
        let mut writings = people(1, 20);
        writings.sort_unstable();
        let count = |writings: &[Writing], key: fn(&Writing) -> (u32, u32)| {
            let mut keys: Vec<(u32, u32)> = writings.iter().map(key).collect();
            keys.sort_unstable();
            keys
        };
        let mut shuffled = writings.clone();
        shuffled.sort_unstable_by_key(|writing| writing.place);
        shuffle_texts(&mut shuffled, &mut ChaCha8Rng::seed_from_u64(2));
        assert_eq!(count(&shuffled, |w| (w.place, w.text)), count(&writings, |w| (w.place, w.text)));
        assert_eq!(count(&shuffled, |w| (w.place, w.author)), count(&writings, |w| (w.place, w.author)));
        assert_ne!(count(&shuffled, |w| (w.author, w.text)), count(&writings, |w| (w.author, w.text)));
    }
}
