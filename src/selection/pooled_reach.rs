//! People reached by a set of creators of whose followers only a random sample is listed.

use super::majorants::Majorants;
use super::pool_fit::SharedRates;
use super::set_function::SetFunction;

/// The circles that a creator's followers may come from: numbers of its platform, of its language there, and of its topic in that language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Circles {
    /// Number of the platform.
    pub platform: usize,
    /// Number of the language on the platform.
    pub language: usize,
    /// Number of the topic in the language on the platform.
    pub topic: usize,
}

/// Parts of an audience that come from everybody, from the language and from the topic, as far as creators of one language, and of one topic
/// in it, share more than others. Pairs alone do not tell them; with these, unions of three to twenty creators came out within a few per cent
/// in the simulated worlds for tuning (`bonafide evaluate shortlist --tuning`).
pub const POOL_PARTS: [f64; 3] = [2.0, 1.0, 1.0];
/// Least room of a pool beside the largest part of an audience in it.
const ROOM: f64 = 1.000_1;
/// Part of a pool that a tangent leaves unreached at least.
const LEAST_UNREACHED: f64 = 1e-9;

/// f(S) = Σ_pools N_p (1 − Π_{c∈S} (1 − x_cp / N_p)), x_cp the part of creator c's reach that comes from pool p of N_p people: people of a pool
/// follow each creator independently of the others, so this is monotone and submodular.
///
/// Pools are everybody on a platform, everybody of a language there, and everybody of a topic in it. Two creators then share λ R_c R_d people where
/// λ is the rate of pairs like them: N = β²/λ for the pool of all, β²/(excess of the rate) for the others, β the part of an audience in the pool.
///
/// # Cost
/// A gain takes three steps, whatever the size of the audience.
///
/// # Source
/// The formula of duplication between media: Sainsbury's, in Rust, Zimmer and Leone, *Estimating the duplicated audience of media vehicles*,
/// Journal of Advertising 1986. Sizes of pools from shared members of samples: Lincoln 1930, Petersen 1896 (capture and recapture).
#[derive(Debug, Clone)]
pub struct PooledReach {
    /// Pools of each creator with the part of its reach in each.
    parts: Vec<[(usize, f64); 3]>,
    /// People in each pool; infinite where nobody is shared.
    sizes: Vec<f64>,
}

/// The share of each pool not reached yet, and who is in the set.
#[derive(Debug, Clone)]
pub struct PooledState {
    unreached: Vec<f64>,
    added: Vec<f64>,
    is_member: Vec<bool>,
}

impl PooledReach {
    /// From the reach of each creator, its circles, and the rates of each platform, audiences being split over pools in [`POOL_PARTS`].
    pub fn new(reach: &[f64], circles: &[Circles], rates: &[SharedRates]) -> Self {
        Self::split(reach, circles, rates, POOL_PARTS)
    }

    /// The same with other parts from everybody, from the language and from the topic in it.
    pub fn split(reach: &[f64], circles: &[Circles], rates: &[SharedRates], pool_parts: [f64; 3]) -> Self {
        let count = |of: fn(&Circles) -> usize| circles.iter().map(of).max().map_or(0, |most| most + 1);
        let (n_platforms, n_languages) = (rates.len(), count(|circles| circles.language));
        let mut sizes = vec![f64::INFINITY; n_platforms + n_languages + count(|circles| circles.topic)];
        let mut parts = Vec::with_capacity(reach.len());
        for (reach, circles) in reach.iter().zip(circles) {
            let rates = &rates[circles.platform];
            let shares = shares(rates, pool_parts);
            let pools = [circles.platform, n_platforms + circles.language, n_platforms + n_languages + circles.topic];
            let language = rates.languages.get(&circles.language).copied().unwrap_or(rates.general);
            let topic = rates.topics.get(&circles.topic).copied().unwrap_or(language);
            let of_pools = [rates.general, language - rates.general, topic - language.max(rates.general)];
            for ((pool, share), rate) in pools.into_iter().zip(shares).zip(of_pools) {
                if rate > 0.0 && share > 0.0 {
                    sizes[pool] = share * share / rate;
                }
            }
            parts.push(std::array::from_fn(|level| (pools[level], shares[level] * reach)));
        }
        for (pool, part) in parts.iter().flatten() {
            sizes[*pool] = sizes[*pool].max(part * ROOM);
        }
        Self { parts, sizes }
    }
}

/// The part of an audience in each pool: none where creators of a language, or of a topic in it, share no more than others.
fn shares(rates: &SharedRates, parts: [f64; 3]) -> [f64; 3] {
    let is_there = [true, rates.mean_language > rates.general, rates.mean_topic > rates.mean_language.max(rates.general)];
    let sum: f64 = parts.iter().zip(is_there).filter(|(_, is_there)| *is_there).map(|(part, _)| part).sum();
    std::array::from_fn(|level| if is_there[level] { parts[level] / sum } else { 0.0 })
}

impl SetFunction for PooledReach {
    type State = PooledState;

    fn len(&self) -> usize {
        self.parts.len()
    }

    fn empty(&self) -> PooledState {
        let n_pools = self.sizes.len();
        PooledState { unreached: vec![1.0; n_pools], added: vec![0.0; n_pools], is_member: vec![false; self.len()] }
    }

    fn gain(&self, state: &PooledState, creator: usize) -> f64 {
        if state.is_member[creator] {
            return 0.0;
        }
        self.parts[creator].iter().map(|&(pool, part)| part * state.unreached[pool]).sum()
    }

    fn add(&self, state: &mut PooledState, creator: usize) {
        if state.is_member[creator] {
            return;
        }
        state.is_member[creator] = true;
        for &(pool, part) in &self.parts[creator] {
            state.added[pool] += part * state.unreached[pool];
            state.unreached[pool] *= 1.0 - part / self.sizes[pool];
        }
    }

    fn value(&self, state: &PooledState) -> f64 {
        state.added.iter().sum()
    }

    fn majorants(&self) -> Option<&dyn Majorants> {
        Some(self)
    }
}

/// A multiplier √n y for each pool of n people: with t = Σ_c −ln(1 − part_c / n), n (1 − e^−t) is concave in t, and below its tangents
/// n (1 − y + y ln y) + n y t, y in (0, 1] being the part of the pool that is unreached where the tangent touches.
impl Majorants for PooledReach {
    fn start(&self, members: &[usize]) -> Vec<f64> {
        let unreached = self.state_of(members).unreached;
        let roots = self.sizes.iter().map(|&size| if size.is_finite() { size.sqrt() } else { 0.0 });
        unreached.into_iter().zip(roots).map(|(unreached, root)| unreached.max(LEAST_UNREACHED) * root).collect()
    }

    fn at(&self, multipliers: &[f64]) -> (f64, Vec<f64>) {
        let unreached = self.unreached(multipliers);
        let base = |(&size, &left): (&f64, &f64)| if size.is_finite() { size * (1.0 - left + left * left.ln()) } else { 0.0 };
        let value = |&(pool, part): &(usize, f64)| match self.sizes[pool] {
            size if size.is_finite() => size * unreached[pool] * depth(part, size),
            _ => part,
        };
        let values = self.parts.iter().map(|parts| parts.iter().map(value).sum()).collect();
        (self.sizes.iter().zip(&unreached).map(base).sum(), values)
    }

    fn slopes(&self, multipliers: &[f64], parts: &[f64]) -> Vec<f64> {
        let mut slopes: Vec<f64> = self.unreached(multipliers).into_iter().map(f64::ln).collect();
        for (bought, pools) in parts.iter().zip(&self.parts).filter(|(bought, _)| **bought > 0.0) {
            for &(pool, part) in pools {
                slopes[pool] += bought * depth(part, self.sizes[pool]);
            }
        }
        slopes.iter().zip(&self.sizes).map(|(slope, &size)| if size.is_finite() { slope * size.sqrt() } else { 0.0 }).collect()
    }

    fn range(&self, multiplier: usize) -> (f64, f64) {
        let root = self.sizes[multiplier].sqrt();
        if root.is_finite() { (LEAST_UNREACHED * root, root) } else { (0.0, 0.0) }
    }

    fn steps(&self) -> usize {
        6 * self.parts.len()
    }
}

impl PooledReach {
    /// y of each pool; 1 where the pool is without bounds.
    fn unreached(&self, multipliers: &[f64]) -> Vec<f64> {
        let of = |(&at, &size): (&f64, &f64)| if size.is_finite() { (at / size.sqrt()).clamp(LEAST_UNREACHED, 1.0) } else { 1.0 };
        multipliers.iter().zip(&self.sizes).map(of).collect()
    }
}

/// −ln(1 − part / n); 0 in a pool without bounds.
fn depth(part: f64, size: f64) -> f64 {
    -(-part / size).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn rates(general: f64, language: f64, topic: f64, n: usize) -> SharedRates {
        let each = |rate: f64| (0..n).map(|number| (number, rate)).collect::<BTreeMap<usize, f64>>();
        SharedRates { general, languages: each(language), topics: each(topic), mean_language: language, mean_topic: topic }
    }

    fn circles(language: usize, topic: usize) -> Circles {
        Circles { platform: 0, language, topic }
    }

    #[test]
    fn pairs_share_what_the_rates_say() {
        let of = [circles(0, 0), circles(0, 0), circles(0, 1), circles(1, 2)];
        let reach = PooledReach::new(&[10_000.0, 20_000.0, 30_000.0, 5_000.0], &of, &[rates(1e-6, 2e-6, 5e-6, 3)]);
        let shared = |a: usize, b: usize| reach.value_of(&[a]) + reach.value_of(&[b]) - reach.value_of(&[a, b]);
        assert!((reach.value_of(&[2]) - 30_000.0).abs() < 1e-6);
        // One topic: 5e-6 · 2e8; one language: 2e-6 · 3e8; neither: 1e-6 · 5e7.
        for (a, b, expected) in [(0, 1, 1_000.0), (0, 2, 600.0), (0, 3, 50.0)] {
            assert!((shared(a, b) - expected).abs() < 1e-6, "{a} {b}: {}", shared(a, b));
        }
    }

    #[test]
    fn without_shared_people_audiences_add_up_and_a_pool_never_overflows() {
        let nobody = PooledReach::new(&[5.0, 7.0], &[circles(0, 0); 2], &[rates(0.0, 0.0, 0.0, 1)]);
        assert_eq!(nobody.value_of(&[0, 1]), 12.0);
        let tight = PooledReach::new(&[100.0, 90.0], &[circles(0, 0); 2], &[rates(1.0, 1.0, 1.0, 1)]);
        let all = tight.value_of(&[1, 0]);
        assert!((100.0..=100.02).contains(&all), "{all}");
    }

    proptest! {
        #[test]
        fn it_is_monotone_submodular_and_the_order_does_not_matter(
            reach in prop::collection::vec(1.0_f64..1e5, 2..9), of in prop::collection::vec((0_usize..2, 0_usize..2), 9),
            general in 0.0_f64..1e-4, language in 0.0_f64..1e-4, topic in 0.0_f64..1e-4, split in 0_usize..100,
        ) {
            let of: Vec<Circles> = reach.iter().zip(&of).map(|(_, &(language, topic))| circles(language, 2 * language + topic)).collect();
            let function = PooledReach::new(&reach, &of, &[rates(general, language, topic, 4)]);
            let last = reach.len() - 1;
            let large: Vec<usize> = (0..last).collect();
            let (few, many) = (function.state_of(&large[..split % (last + 1)]), function.state_of(&large));
            prop_assert!(function.gain(&few, last) >= function.gain(&many, last) - 1e-6);
            prop_assert!(function.gain(&many, last) >= 0.0);
            let turned: Vec<usize> = large.iter().rev().copied().collect();
            prop_assert!((function.value_of(&turned) - function.value(&many)).abs() < 1e-6 * (1.0 + function.value(&many)));
        }
    }
}
