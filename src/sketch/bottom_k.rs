//! Coordinated weighted bottom-k samples of sets of accounts, and what they say of unions and overlaps.

use super::min_hash::mixed;
use std::collections::HashSet;

/// Accounts kept of each set. Unions then have a relative standard error of at most 1/√(k − 2) = 1.6 %.
pub const SKETCH_SIZE: usize = 4_096;

/// The key of an account: the same in every dataset and run. FNV-1a over platform, a zero byte and the account's id, then the finaliser of
/// SplitMix64.
///
/// # Source
/// Fowler, Noll and Vo, *FNV hash*, 64-bit FNV-1a (draft-eastlake-fnv).
///
/// # Examples
/// ```
/// use bonafide::sketch::account_key;
/// assert_eq!(account_key("instagram", "17"), account_key("instagram", "17"));
/// assert_ne!(account_key("instagram", "17"), account_key("tiktok", "17"));
/// ```
pub fn account_key(platform: &str, id: &str) -> u64 {
    let bytes = platform.bytes().chain([0]).chain(id.bytes());
    mixed(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)))
}

/// An account kept in a sketch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kept {
    /// Its key; see [`account_key`].
    pub key: u64,
    /// Its weight, above 0.
    pub weight: f64,
    /// −ln h(key) / weight with h uniform in (0, 1): by it accounts are kept.
    pub rank: f64,
}

impl Kept {
    fn new(key: u64, weight: f64) -> Self {
        let uniform = ((key >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        Self { key, weight, rank: -uniform.ln() / weight }
    }
}

/// A number told from a sketch, with its standard error (0 where it is exact).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SketchEstimate {
    /// Estimate.
    pub value: f64,
    /// Standard error of the sketch alone.
    pub standard_error: f64,
}

/// A weighted set of accounts, of which the `k` of lowest rank −ln h(u)/w_u are kept, with the weight of the whole set. Sketches are
/// coordinated: an account has one h everywhere, so two sketches keep the same accounts of what their sets share.
///
/// A set of up to `k` accounts is kept whole, and what is told of it is exact. Of a larger one, those below the k-th rank τ are a sample in
/// which an account of weight w is with probability 1 − e^(−wτ).
///
/// # Cost
/// 24 bytes an account kept; making it O(n log n).
///
/// # Source
/// Cohen and Kaplan, *Summarizing data using bottom-k sketches*, PODC 2007; *Leveraging discarded samples for tighter estimation of
/// multiple-set aggregates*, SIGMETRICS 2009.
///
/// # Examples
/// ```
/// use bonafide::sketch::{BottomK, union};
/// let a = BottomK::of([(1, 0.5), (2, 1.0)], 8);
/// let b = BottomK::of([(2, 1.0), (3, 0.25)], 8);
/// assert_eq!(union(&[&a, &b]).value, 1.75);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BottomK {
    kept: Vec<Kept>,
    count: u64,
    total_weight: f64,
}

impl BottomK {
    /// Of (key, weight) of every account; of one that occurs twice the heavier counts. What weighs nothing is left out. The order does not
    /// matter.
    pub fn of(accounts: impl IntoIterator<Item = (u64, f64)>, size: usize) -> Self {
        let is_weighty = |(_, weight): &(u64, f64)| weight.is_finite() && *weight > 0.0;
        let mut kept: Vec<Kept> = accounts.into_iter().filter(is_weighty).map(|(key, weight)| Kept::new(key, weight)).collect();
        kept.sort_unstable_by(|a, b| a.key.cmp(&b.key).then(b.weight.total_cmp(&a.weight)));
        kept.dedup_by_key(|account| account.key);
        let (count, total_weight) = (kept.len() as u64, kept.iter().map(|account| account.weight).sum());
        sort_by_rank(&mut kept);
        kept.truncate(size.max(2));
        Self { kept, count, total_weight }
    }

    /// From what was written of one: keys and weights of those kept, how many accounts the set has, and their weight.
    ///
    /// # Missing
    /// `None` where the parts cannot be those of a sketch.
    pub fn from_parts(keys: &[u64], weights: &[f64], count: u64, total_weight: f64) -> Option<Self> {
        let is_weight = |weight: &f64| weight.is_finite() && *weight > 0.0;
        let is_sound = keys.len() == weights.len() && weights.iter().all(is_weight) && total_weight.is_finite();
        let least = weights.iter().sum::<f64>() * (1.0 - 1e-9);
        if !is_sound || keys.len() as u64 > count || total_weight < least || (count > keys.len() as u64 && keys.len() < 2) {
            return None;
        }
        let mut kept: Vec<Kept> = keys.iter().zip(weights).map(|(&key, &weight)| Kept::new(key, weight)).collect();
        sort_by_rank(&mut kept);
        Some(Self { kept, count, total_weight })
    }

    /// The accounts kept, by ascending rank.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// Accounts in the whole set.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Weight of the whole set.
    pub fn total_weight(&self) -> f64 {
        self.total_weight
    }

    /// Whether every account is kept.
    pub fn is_whole(&self) -> bool {
        self.kept.len() as u64 == self.count
    }

    /// The rank below which every account of the set is kept; infinite where all are.
    pub fn threshold(&self) -> f64 {
        if self.is_whole() { f64::INFINITY } else { self.kept.last().map_or(f64::INFINITY, |account| account.rank) }
    }

    /// The accounts below the threshold, each with the part of the whole weight that it stands for; the parts add up to
    /// [`BottomK::total_weight`].
    pub fn parts(&self) -> impl Iterator<Item = (Kept, f64)> + '_ {
        let threshold = self.threshold();
        let known = if self.is_whole() { &self.kept[..] } else { &self.kept[..self.kept.len() - 1] };
        let expanded = move |account: &Kept| account.weight / -(-account.weight * threshold).exp_m1();
        let sum: f64 = known.iter().map(expanded).sum();
        let scale = if self.is_whole() || sum <= 0.0 { 1.0 } else { self.total_weight / sum };
        known.iter().map(move |account| (*account, expanded(account) * scale))
    }

    /// The part of the weight whose accounts fulfil a condition.
    fn part_where(&self, condition: impl Fn(u64) -> bool) -> SketchEstimate {
        let (mut part, mut squares) = (0.0, 0.0);
        for (account, weight) in self.parts() {
            squares += weight * weight;
            if condition(account.key) {
                part += weight;
            }
        }
        if self.is_whole() || squares <= 0.0 {
            return SketchEstimate { value: part, standard_error: 0.0 };
        }
        let share = part / self.total_weight;
        let effective = (self.total_weight * self.total_weight / squares - 1.0).max(1.0);
        let error = self.total_weight * (share * (1.0 - share)).max(0.0).sqrt() / effective.sqrt();
        SketchEstimate { value: part, standard_error: error }
    }
}

fn sort_by_rank(kept: &mut [Kept]) {
    kept.sort_unstable_by(|a, b| a.rank.total_cmp(&b.rank).then(a.key.cmp(&b.key)));
}

/// Weight of the union of some sets. Each account counts with the set of the highest threshold that holds it: whether it is in one of a
/// higher threshold than the sketch that shows it is always known. The set's own weight is exact, so sets without overlap add up exactly.
///
/// # Cost
/// O(accounts kept).
///
/// # Source
/// Cohen and Kaplan 2009, §4: every sample that any of the sketches holds is used.
pub fn union(sketches: &[&BottomK]) -> SketchEstimate {
    let mut ordered: Vec<&BottomK> = sketches.to_vec();
    ordered.sort_by(|a, b| b.threshold().total_cmp(&a.threshold()).then(b.total_weight.total_cmp(&a.total_weight)));
    let mut seen: HashSet<u64> = HashSet::new();
    let (mut value, mut variance) = (0.0, 0.0);
    for sketch in ordered {
        let part = sketch.part_where(|key| !seen.contains(&key));
        value += part.value;
        variance += part.standard_error * part.standard_error;
        seen.extend(sketch.kept.iter().map(|account| account.key));
    }
    SketchEstimate { value, standard_error: variance.sqrt() }
}

/// Weight of the accounts that all sets share.
///
/// # Missing
/// 0 of no sets.
pub fn overlap(sketches: &[&BottomK]) -> SketchEstimate {
    let Some(least) = sketches.iter().min_by(|a, b| a.threshold().total_cmp(&b.threshold())) else {
        return SketchEstimate::default();
    };
    let keys_of = |sketch: &&BottomK| sketch.kept.iter().map(|account| account.key).collect::<HashSet<u64>>();
    let others: Vec<HashSet<u64>> = sketches.iter().filter(|sketch| !std::ptr::eq(**sketch, *least)).map(keys_of).collect();
    least.part_where(|key| others.iter().all(|keys| keys.contains(&key)))
}

/// Weight of the overlap over that of the union, by the delta method.
///
/// # Missing
/// `None` where the union weighs nothing.
pub fn weighted_jaccard(sketches: &[&BottomK]) -> Option<SketchEstimate> {
    let (shared, all) = (overlap(sketches), union(sketches));
    let value = (all.value > 0.0).then(|| shared.value / all.value)?;
    let error = (shared.standard_error.powi(2) + (value * all.standard_error).powi(2)).sqrt() / all.value;
    Some(SketchEstimate { value, standard_error: error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weight_of(item: u64) -> f64 {
        0.05 + 0.95 * (item % 97) as f64 / 96.0
    }

    fn sketch(items: std::ops::Range<u64>, world: u64, size: usize) -> BottomK {
        BottomK::of(items.map(|item| (mixed(item ^ (world << 40)), weight_of(item))), size)
    }

    fn weight(items: std::ops::Range<u64>) -> f64 {
        items.map(weight_of).sum()
    }

    #[test]
    fn the_key_is_fnv_1a_behind_a_mixer() {
        // FNV-1a, 64 bits, of "a" is 0xaf63dc4c8601ec8c (test vectors of draft-eastlake-fnv); a platform "" adds the zero byte before.
        let fnv = |bytes: &[u8]| {
            bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
        };
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(account_key("x", "a"), mixed(fnv(b"x\0a")));
    }

    #[test]
    fn small_sets_are_exact() {
        let (a, b, c) = (sketch(0..300, 0, 1_000), sketch(200..500, 0, 1_000), sketch(450..600, 0, 1_000));
        let all = union(&[&a, &b, &c]);
        assert!((all.value - weight(0..600)).abs() < 1e-9 && all.standard_error == 0.0);
        assert!((overlap(&[&a, &b]).value - weight(200..300)).abs() < 1e-9);
        assert_eq!((overlap(&[&a, &c]).value, overlap(&[]).value), (0.0, 0.0));
        let jaccard = weighted_jaccard(&[&a, &b]).unwrap().value;
        assert!((jaccard - weight(200..300) / weight(0..500)).abs() < 1e-12);
    }

    #[test]
    fn large_unions_and_overlaps_are_unbiased_with_the_error_stated() {
        let (mut errors, mut shares, mut within) = (Vec::new(), Vec::new(), 0);
        let (truth, shared) = (weight(0..9_000), weight(3_000..6_000));
        for world in 0..200 {
            let (large, small) = (sketch(0..6_000, world, 256), sketch(3_000..9_000, world, 512));
            let found = union(&[&large, &small]);
            errors.push((found.value - truth) / truth);
            within += usize::from((found.value - truth).abs() < 1.645 * found.standard_error);
            shares.push((overlap(&[&large, &small]).value - shared) / shared);
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        // Spread of one: half of 2/3 of the union at 256 kept, about 2.1 %; of the mean of 200, .15 %.
        assert!(mean(&errors).abs() < 0.006, "{}", mean(&errors));
        assert!(mean(&shares).abs() < 0.02, "{}", mean(&shares));
        // 180 expected of 200; five standard deviations of a binomial are 21.
        assert!((159..=199).contains(&within), "{within}");
    }

    #[test]
    fn unions_of_shipped_size_lie_within_three_per_cent() {
        let mut worst: f64 = 0.0;
        for world in 0..20 {
            let sets: Vec<BottomK> = (0..5).map(|i| sketch(i * 9_000..i * 9_000 + 20_000, world, SKETCH_SIZE)).collect();
            let all: Vec<&BottomK> = sets.iter().collect();
            worst = worst.max((union(&all).value / weight(0..56_000) - 1.0).abs());
        }
        assert!(worst < 0.03, "{worst}");
    }

    #[test]
    fn sets_apart_add_up_whatever_is_kept() {
        let (a, b) = (sketch(0..5_000, 1, 64), sketch(5_000..40_000, 1, 64));
        let apart = union(&[&a, &b]);
        assert!((apart.value - weight(0..40_000)).abs() < 1e-6, "{apart:?}");
    }

    #[test]
    fn what_was_written_reads_back_and_nonsense_is_refused() {
        let made = sketch(0..500, 0, 100);
        let keys: Vec<u64> = made.kept().iter().map(|account| account.key).collect();
        let weights: Vec<f64> = made.kept().iter().map(|account| account.weight).collect();
        assert_eq!(BottomK::from_parts(&keys, &weights, 500, made.total_weight()), Some(made.clone()));
        assert_eq!(BottomK::from_parts(&keys, &weights[1..], 500, 500.0), None);
        assert_eq!(BottomK::from_parts(&keys, &weights, 99, 500.0), None);
        assert_eq!(BottomK::from_parts(&[1], &[f64::NAN], 1, 1.0), None);
        assert_eq!(BottomK::from_parts(&keys, &weights, 500, 1.0), None);
    }

    proptest! {
        #[test]
        fn order_and_repetition_do_not_matter(items in prop::collection::vec((0_u64..50, 0.01_f64..1.0), 0..80), size in 2_usize..60) {
            let mut turned = items.clone();
            turned.reverse();
            turned.extend(items.iter().take(3));
            prop_assert_eq!(BottomK::of(items, size), BottomK::of(turned, size));
        }

        #[test]
        fn unions_lie_between_the_largest_set_and_the_sum(
            sets in prop::collection::vec((0_u64..2_000, 1_u64..3_000), 1..6), size in 16_usize..400
        ) {
            let made: Vec<BottomK> = sets.iter().map(|&(from, n)| sketch(from..from + n, 0, size)).collect();
            let all = union(&made.iter().collect::<Vec<_>>());
            let largest = made.iter().map(BottomK::total_weight).fold(0.0, f64::max);
            let sum: f64 = made.iter().map(BottomK::total_weight).sum();
            prop_assert!(all.value <= sum * (1.0 + 1e-9));
            prop_assert!(all.value >= largest - 5.0 * all.standard_error - 0.35 * largest / (size as f64 / 16.0).sqrt() - 1e-9);
        }
    }
}
