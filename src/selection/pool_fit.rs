//! How many people two creators share, told from random samples of their followers.

use crate::sketch::BottomK;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// Shared people that the mean rate counts for in the rate of one language or topic.
const PRIOR_COUNT: f64 = 4.0;

/// An account's weight, and the language and topic of each list that holds it.
type Holders = (f64, Vec<(usize, usize)>);

/// What was seen of shared people among pairs of lists of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SharedCount {
    /// Accounts in both lists, over all pairs, each weighing its probability of being authentic.
    pub shared: f64,
    /// Σ over pairs of the product of both lists' weights: what `shared` is expected to be for a rate of 1.
    pub exposure: f64,
}

/// Shared accounts of pairs of creators of one platform, by how like they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SharedCounts {
    /// Pairs of different languages.
    pub between: SharedCount,
    /// Pairs of one language and different topics, by language.
    pub languages: BTreeMap<usize, SharedCount>,
    /// Pairs of one language and one topic, by topic.
    pub topics: BTreeMap<usize, SharedCount>,
    /// The language of each topic.
    pub language_of: BTreeMap<usize, usize>,
}

/// Shared people for each pair of people of two creators, by how like the creators are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SharedRates {
    /// Of different languages.
    pub general: f64,
    /// Of one language, by language.
    pub languages: BTreeMap<usize, f64>,
    /// Of one topic in it, by topic.
    pub topics: BTreeMap<usize, f64>,
    /// Mean over languages.
    pub mean_language: f64,
    /// Mean over topics.
    pub mean_topic: f64,
}

impl SharedCounts {
    /// Counts accounts that several lists hold.
    ///
    /// If π is the part of a creator's followers that its list draws at random, two lists hold π_c π_d of the people whom the creators share, and
    /// weigh π_c R_c and π_d R_d: the rate λ = shared / exposure needs no π (Horvitz and Thompson's estimator over all pairs together).
    ///
    /// # Shape
    /// Numbers of language and topic of each list.
    ///
    /// # Cost
    /// O(accounts kept).
    pub fn count(lists: &[&BottomK], circles: &[(usize, usize)]) -> Self {
        let mut counts = Self::default();
        let threshold = lists.iter().map(|list| list.threshold()).fold(f64::INFINITY, f64::min);
        let mut seen: HashMap<u64, Holders, FixedState> = HashMap::default();
        for (list, &circles) in lists.iter().zip(circles) {
            for account in list.kept().iter().filter(|account| account.rank < threshold) {
                let whole =
                    if threshold.is_finite() { account.weight / -(-account.weight * threshold).exp_m1() } else { account.weight };
                seen.entry(account.key).or_insert_with(|| (whole, Vec::new())).1.push(circles);
            }
        }
        let mut several: Vec<(u64, Holders)> = seen.into_iter().filter(|(_, (_, of))| of.len() > 1).collect();
        several.sort_unstable_by_key(|(key, _)| *key);
        for (_, (weight, of)) in several {
            counts.add_account(weight, of);
        }
        counts.expose(lists, circles);
        counts
    }

    fn add_account(&mut self, weight: f64, mut of: Vec<(usize, usize)>) {
        let pairs = |n: usize| (n * n.saturating_sub(1) / 2) as f64;
        of.sort_unstable();
        self.between.shared += weight * pairs(of.len());
        for language in of.chunk_by(|a, b| a.0 == b.0) {
            self.between.shared -= weight * pairs(language.len());
            let of_language = self.languages.entry(language[0].0).or_default();
            of_language.shared += weight * pairs(language.len());
            for topic in language.chunk_by(|a, b| a.1 == b.1) {
                of_language.shared -= weight * pairs(topic.len());
                self.topics.entry(topic[0].1).or_default().shared += weight * pairs(topic.len());
            }
        }
    }

    fn expose(&mut self, lists: &[&BottomK], circles: &[(usize, usize)]) {
        let mut topics: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        let mut languages: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for (list, &(language, topic)) in lists.iter().zip(circles) {
            let (sum, squares) = topics.entry(topic).or_default();
            *sum += list.total_weight();
            *squares += list.total_weight().powi(2);
            self.language_of.insert(topic, language);
        }
        for (topic, &(sum, squares)) in &topics {
            self.topics.entry(*topic).or_default().exposure = (sum * sum - squares).max(0.0) / 2.0;
            let (of_language, squares) = languages.entry(self.language_of[topic]).or_default();
            *of_language += sum;
            *squares += sum * sum;
        }
        for (language, &(sum, squares)) in &languages {
            self.languages.entry(*language).or_default().exposure = (sum * sum - squares).max(0.0) / 2.0;
        }
        let all: f64 = languages.values().map(|sum| sum.0).sum();
        self.between.exposure = (all * all - languages.values().map(|sum| sum.0 * sum.0).sum::<f64>()).max(0.0) / 2.0;
        for count in self.languages.values_mut().chain(self.topics.values_mut()).chain([&mut self.between]) {
            // Sums and differences of weights leave less than nothing through rounding.
            count.shared = count.shared.max(0.0);
        }
    }

    /// Accounts seen in both of two lists, over all pairs: what the rates rest on.
    pub fn shared(&self) -> f64 {
        self.between.shared + sum(&self.languages).shared + sum(&self.topics).shared
    }

    /// Rates of pairs of each kind. `draw(shape)` gives a number around `shape`: itself for the estimate, one from the gamma distribution of that
    /// shape for a draw from the posterior. Where there are no pairs of a kind, the next that are more alike stand for them.
    pub fn rates(&self, draw: &mut impl FnMut(f64) -> f64) -> SharedRates {
        let mut mean = |count: SharedCount| {
            let shared = draw(count.shared + 0.5);
            (count.exposure > 0.0).then(|| shared / count.exposure)
        };
        let (between, language, topic) = (mean(self.between), mean(sum(&self.languages)), mean(sum(&self.topics)));
        let general = between.or(language).or(topic).unwrap_or(0.0);
        let (mean_language, mean_topic) = (language.unwrap_or(general), topic.or(language).unwrap_or(general));
        let mut shrunk = |counts: &BTreeMap<usize, SharedCount>, mean: f64| -> BTreeMap<usize, f64> {
            let mut rate = |count: &SharedCount| {
                let exposure = count.exposure + PRIOR_COUNT / mean.max(f64::MIN_POSITIVE);
                draw(count.shared + PRIOR_COUNT) / exposure
            };
            counts.iter().map(|(number, count)| (*number, rate(count))).collect()
        };
        let (languages, topics) = (shrunk(&self.languages, mean_language), shrunk(&self.topics, mean_topic));
        SharedRates { general, languages, topics, mean_language, mean_topic }
    }
}

fn sum(counts: &BTreeMap<usize, SharedCount>) -> SharedCount {
    let mut all = SharedCount::default();
    for count in counts.values() {
        all.shared += count.shared;
        all.exposure += count.exposure;
    }
    all
}

impl SharedRates {
    /// All rates times a factor.
    #[must_use]
    pub fn times(mut self, factor: f64) -> Self {
        let all = self.languages.values_mut().chain(self.topics.values_mut());
        all.for_each(|rate| *rate *= factor);
        let [general, language, topic] = [self.general, self.mean_language, self.mean_topic].map(|rate| rate * factor);
        Self { general, mean_language: language, mean_topic: topic, ..self }
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
        let rates = SharedCounts::count(&lists.iter().collect::<Vec<_>>(), &[(0, 0); 20]).rates(&mut |shape| shape);
        assert!((rates.general / truth - 1.0).abs() < 0.05, "{} {truth}", rates.general);
        assert_eq!((rates.mean_language, rates.mean_topic), (rates.general, rates.general));
    }

    #[test]
    fn languages_and_topics_that_share_more_are_told_apart() {
        // One topic: all 10,000 people; another topic of the language: half; another language: a tenth.
        let range = |language: u64, topic: u64| {
            let from = 9_000 * language + 5_000 * topic;
            from..from + 10_000
        };
        let kinds: Vec<(u64, u64)> = (0..16).map(|i| (0, i % 2)).chain((0..8).map(|_| (1, 0))).collect();
        let lists: Vec<BottomK> =
            kinds.iter().zip(0..).map(|(&(language, topic), i)| sample(range(language, topic), 0.2, i)).collect();
        let circles: Vec<(usize, usize)> =
            kinds.iter().map(|&(language, topic)| (language as usize, (2 * language + topic) as usize)).collect();
        let counts = SharedCounts::count(&lists.iter().collect::<Vec<_>>(), &circles);
        let rates = counts.rates(&mut |shape| shape);
        assert!((rates.languages[&0] / (5_000.0 / 1e8) - 1.0).abs() < 0.1, "{rates:?}");
        assert!((rates.topics[&0] / (10_000.0 / 1e8) - 1.0).abs() < 0.1, "{rates:?}");
        // Between languages: topic 0 shares 1,000, topic 1 shares 6,000 with the other language.
        assert!((rates.general / (3_500.0 / 1e8) - 1.0).abs() < 0.1, "{rates:?}");
    }

    #[test]
    fn nobody_shared_leaves_room_for_a_few() {
        let lists = [sample(0..1_000, 1.0, 0), sample(1_000..2_000, 1.0, 1)];
        let rates = SharedCounts::count(&[&lists[0], &lists[1]], &[(0, 0), (1, 1)]).rates(&mut |shape| shape);
        assert!((rates.general - 0.5e-6).abs() < 1e-12, "{rates:?}");
        assert!((rates.times(2.0).general - 1e-6).abs() < 1e-12);
    }

    #[test]
    fn parts_of_lists_tell_the_same_rate() {
        let list =
            |from: u64, size| BottomK::of((from..from + 40_000).map(|item| (account_key("x", &item.to_string()), 1.0)), size);
        let rate = |size| {
            let lists: Vec<BottomK> = (0..6).map(|i| list(i * 20_000, size)).collect();
            SharedCounts::count(&lists.iter().collect::<Vec<_>>(), &[(0, 0); 6]).rates(&mut |shape| shape).general
        };
        assert!((rate(2_000) / rate(1 << 20) - 1.0).abs() < 0.1, "{} {}", rate(2_000), rate(1 << 20));
    }
}
