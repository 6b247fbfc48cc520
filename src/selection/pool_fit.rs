//! How many people two creators share, told from random samples of their followers.

use super::pooled_reach::Pools;
use crate::sketch::BottomK;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// Shared people that the rate of all categories counts for in the rate of one.
const PRIOR_COUNT: f64 = 4.0;

/// What was seen of shared people among pairs of lists of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SharedCount {
    /// Accounts in both lists, over all pairs, each weighing its probability of being authentic.
    pub shared: f64,
    /// Σ over pairs of the product of both lists' weights: what `shared` is expected to be for a rate of 1.
    pub exposure: f64,
}

impl SharedCount {
    fn add(&mut self, other: Self) {
        self.shared += other.shared;
        self.exposure += other.exposure;
    }

    /// Shared people for each pair of people.
    fn rate(&self) -> f64 {
        if self.exposure > 0.0 { self.shared / self.exposure } else { 0.0 }
    }
}

/// Shared accounts within and between categories of one platform.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SharedCounts {
    /// Pairs of different categories.
    pub between: SharedCount,
    /// Pairs of one category, by category.
    pub within: BTreeMap<usize, SharedCount>,
}

impl SharedCounts {
    /// Counts accounts that several lists hold.
    ///
    /// If π is the part of a creator's followers that its list draws at random, two lists hold π_c π_d of the people whom the creators share, and
    /// weigh π_c R_c and π_d R_d: the rate λ = shared / exposure needs no π (Horvitz and Thompson's estimator over all pairs together).
    ///
    /// # Shape
    /// One category a list.
    ///
    /// # Cost
    /// O(accounts kept).
    pub fn count(lists: &[&BottomK], categories: &[usize]) -> Self {
        let mut counts = Self::default();
        let threshold = lists.iter().map(|list| list.threshold()).fold(f64::INFINITY, f64::min);
        let mut seen: HashMap<u64, (f64, Vec<usize>), FixedState> = HashMap::default();
        for (list, &category) in lists.iter().zip(categories) {
            for account in list.kept().iter().filter(|account| account.rank < threshold) {
                let whole =
                    if threshold.is_finite() { account.weight / -(-account.weight * threshold).exp_m1() } else { account.weight };
                seen.entry(account.key).or_insert_with(|| (whole, Vec::new())).1.push(category);
            }
        }
        let mut several: Vec<(u64, (f64, Vec<usize>))> = seen.into_iter().filter(|(_, (_, of))| of.len() > 1).collect();
        several.sort_unstable_by_key(|(key, _)| *key);
        for (_, (weight, mut of)) in several {
            of.sort_unstable();
            let pairs = |n: usize| (n * (n - 1) / 2) as f64;
            let mut same = 0.0;
            for group in of.chunk_by(|a, b| a == b).filter(|group| group.len() > 1) {
                counts.within.entry(group[0]).or_default().shared += weight * pairs(group.len());
                same += pairs(group.len());
            }
            counts.between.shared += weight * (pairs(of.len()) - same);
        }
        counts.expose(lists, categories);
        counts
    }

    fn expose(&mut self, lists: &[&BottomK], categories: &[usize]) {
        let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for (list, &category) in lists.iter().zip(categories) {
            let (sum, squares) = sums.entry(category).or_default();
            *sum += list.total_weight();
            *squares += list.total_weight().powi(2);
        }
        let all: f64 = sums.values().map(|sum| sum.0).sum();
        self.between.exposure = (all * all - sums.values().map(|sum| sum.0 * sum.0).sum::<f64>()).max(0.0) / 2.0;
        for (category, (sum, squares)) in sums {
            self.within.entry(category).or_default().exposure = (sum * sum - squares).max(0.0) / 2.0;
        }
    }

    fn all_within(&self) -> SharedCount {
        let mut all = SharedCount::default();
        self.within.values().for_each(|count| all.add(*count));
        all
    }

    /// Accounts seen in both of two lists, over all pairs: what the rates rest on.
    pub fn shared(&self) -> f64 {
        self.between.shared + self.all_within().shared
    }

    /// Rates of the platform's pools, and what creators of each category share beyond λ. `draw(shape)` gives a number around `shape`: itself for
    /// the estimate, one from the gamma distribution of that shape for a draw from the posterior.
    pub fn pools(&self, draw: &mut impl FnMut(f64) -> f64) -> (Pools, BTreeMap<usize, f64>) {
        let mut drawn = |count: SharedCount, prior: f64| {
            let count = SharedCount { shared: draw(count.shared + prior), ..count };
            count.rate()
        };
        let within = self.all_within();
        // Without pairs of different categories, everybody is one pool.
        if self.between.exposure <= 0.0 {
            return (Pools { general: drawn(within, 0.5), niche: 0.0 }, BTreeMap::new());
        }
        let general = drawn(self.between, 0.5);
        if within.exposure <= 0.0 {
            return (Pools { general, niche: 0.0 }, BTreeMap::new());
        }
        let mean = drawn(within, 0.5);
        let mut niches = BTreeMap::new();
        for (&category, count) in self.within.iter().filter(|(_, count)| count.exposure > 0.0) {
            let prior = SharedCount { shared: PRIOR_COUNT, exposure: PRIOR_COUNT / mean };
            let exposure = count.exposure + prior.exposure;
            niches
                .insert(category, (drawn(SharedCount { shared: count.shared + prior.shared, exposure }, 0.0) - general).max(0.0));
        }
        (Pools { general, niche: (mean - general).max(0.0) }, niches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::account_key;

    /// Lists that draw every `step`-th account of a range, each its own.
    fn sample(range: std::ops::Range<u64>, share: f64, salt: u64) -> BottomK {
        let drawn = |item: &u64| {
            let hash = account_key("draw", &format!("{salt}-{item}"));
            (hash as f64 / u64::MAX as f64) < share
        };
        BottomK::of(range.filter(drawn).map(|item| (account_key("x", &item.to_string()), 1.0)), 1 << 20)
    }

    #[test]
    fn rates_come_back_whatever_part_was_listed() {
        // 20 creators of 10,000 people each, shifted by 2,000: neighbours share 8,000, and so on.
        let lists: Vec<BottomK> = (0..20).map(|i| sample(i * 2_000..i * 2_000 + 10_000, 0.1, i)).collect();
        let truth: f64 =
            (1..5).map(|apart| f64::from(20 - apart) * f64::from(10_000 - 2_000 * apart)).sum::<f64>() / (190.0 * 1e8);
        let counts = SharedCounts::count(&lists.iter().collect::<Vec<_>>(), &[0; 20]);
        let (pools, niches) = counts.pools(&mut |shape| shape);
        assert!((pools.general / truth - 1.0).abs() < 0.05, "{} {truth}", pools.general);
        assert!(niches.is_empty());
    }

    #[test]
    fn categories_that_share_more_have_pools_of_their_own() {
        // Within a category all creators have the same 10,000 people; between categories nobody is shared but by 1 in 10.
        let range = |i: u64| if i % 2 == 0 { 0..10_000 } else { 9_000..19_000 };
        let lists: Vec<BottomK> = (0..12).map(|i| sample(range(i), 0.2, i)).collect();
        let categories: Vec<usize> = (0..12).map(|i| i % 2).collect();
        let (pools, niches) = SharedCounts::count(&lists.iter().collect::<Vec<_>>(), &categories).pools(&mut |shape| shape);
        assert!((pools.general / (1_000.0 / 1e8) - 1.0).abs() < 0.1, "{pools:?}");
        assert!((niches[&0] / (9_000.0 / 1e8) - 1.0).abs() < 0.1, "{niches:?}");
    }

    #[test]
    fn nobody_shared_leaves_room_for_a_few() {
        let lists = [sample(0..1_000, 1.0, 0), sample(1_000..2_000, 1.0, 1)];
        let (pools, _) = SharedCounts::count(&[&lists[0], &lists[1]], &[0, 1]).pools(&mut |shape| shape);
        assert!((pools.general - 0.5e-6).abs() < 1e-12, "{pools:?}");
    }

    #[test]
    fn parts_of_lists_tell_the_same_rate() {
        let list =
            |from: u64, size| BottomK::of((from..from + 40_000).map(|item| (account_key("x", &item.to_string()), 1.0)), size);
        let rate = |size| {
            let lists: Vec<BottomK> = (0..6).map(|i| list(i * 20_000, size)).collect();
            SharedCounts::count(&lists.iter().collect::<Vec<_>>(), &[0; 6]).pools(&mut |shape| shape).0.general
        };
        assert!((rate(2_000) / rate(1 << 20) - 1.0).abs() < 0.1, "{} {}", rate(2_000), rate(1 << 20));
    }
}
