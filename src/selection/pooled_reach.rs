//! People reached by a set of creators of whose followers only a random sample is listed.

use super::set_function::SetFunction;

/// The pools of people that creators of one platform share: everybody, and one a category.
///
/// Two creators of different categories share λ R_c R_d people in expectation, two of one category (λ + μ) R_c R_d. A share
/// β = μ̄ / (μ̄ + λ) of an audience comes from the pool of its category, of β²/μ people, the rest from the pool of all, of (1 − β)²/λ: that
/// reproduces both, and an audience alone counts R_c.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pools {
    /// Pairs of people shared between creators of different categories, for each pair of people of theirs: λ, above 0.
    pub general: f64,
    /// What creators of one category share beyond that, over all categories: μ̄, at least 0.
    pub niche: f64,
}

impl Pools {
    /// β: the part of an audience that comes from the pool of its category.
    pub fn niche_part(&self) -> f64 {
        if self.niche <= 0.0 { 0.0 } else { self.niche / (self.niche + self.general) }
    }
}

/// f(S) = Σ_pools N_p (1 − Π_{c∈S} (1 − x_cp / N_p)), x_cp the part of creator c's reach that comes from pool p of N_p people: people of a pool
/// follow each creator independently of the others, so this is monotone and submodular.
///
/// # Cost
/// A gain takes two steps, whatever the size of the audience.
///
/// # Source
/// The formula of duplication between media: Sainsbury's, in Rust, Zimmer and Leone, *Estimating the duplicated audience of media vehicles*,
/// Journal of Advertising 1986. Sizes of pools from shared members of samples: Lincoln 1930, Petersen 1896 (capture and recapture).
#[derive(Debug, Clone)]
pub struct PooledReach {
    /// Pools of each creator with the part of its reach in each.
    parts: Vec<[(usize, f64); 2]>,
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

/// Least room of a pool beside the largest part of an audience in it.
const ROOM: f64 = 1.000_1;

impl PooledReach {
    /// From the reach of each creator, the number of its platform, the number of its category (within the platform's numbers), and the pools.
    ///
    /// # Shape
    /// `groups`: (platform, category) of each creator, a category's number being its own over all platforms. `pools`: one a platform.
    /// `niches`: μ of each category.
    pub fn new(reach: &[f64], groups: &[(usize, usize)], pools: &[Pools], niches: &[f64]) -> Self {
        let n_platforms = pools.len();
        let part = |(&reach, &(platform, category)): (&f64, &(usize, usize))| {
            let niche = pools[platform].niche_part();
            [(platform, (1.0 - niche) * reach), (n_platforms + category, niche * reach)]
        };
        let parts: Vec<[(usize, f64); 2]> = reach.iter().zip(groups).map(part).collect();
        let size = |share: f64, rate: f64| if rate > 0.0 && share > 0.0 { share * share / rate } else { f64::INFINITY };
        let mut sizes: Vec<f64> = pools.iter().map(|pools| size(1.0 - pools.niche_part(), pools.general)).collect();
        let mut of_category = vec![f64::INFINITY; niches.len()];
        for &(platform, category) in groups {
            of_category[category] = size(pools[platform].niche_part(), niches[category]);
        }
        sizes.extend(of_category);
        for (pool, part) in parts.iter().flatten() {
            sizes[*pool] = sizes[*pool].max(part * ROOM);
        }
        Self { parts, sizes }
    }
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pairs_share_what_the_rates_say() {
        let pools = [Pools { general: 1e-6, niche: 4e-6 }];
        let groups = [(0, 0), (0, 0), (0, 1)];
        let reach = PooledReach::new(&[10_000.0, 20_000.0, 30_000.0], &groups, &pools, &[4e-6, 4e-6]);
        let shared = |a: usize, b: usize| reach.value_of(&[a]) + reach.value_of(&[b]) - reach.value_of(&[a, b]);
        assert!((reach.value_of(&[2]) - 30_000.0).abs() < 1e-6);
        // (λ + μ) R R' = 5e-6 · 2e8 and λ R R' = 1e-6 · 3e8
        assert!((shared(0, 1) - 1_000.0).abs() < 1e-6, "{}", shared(0, 1));
        assert!((shared(0, 2) - 300.0).abs() < 1e-6, "{}", shared(0, 2));
    }

    #[test]
    fn without_shared_people_audiences_add_up_and_a_pool_never_overflows() {
        let nobody = PooledReach::new(&[5.0, 7.0], &[(0, 0), (0, 0)], &[Pools { general: 0.0, niche: 0.0 }], &[0.0]);
        assert_eq!(nobody.value_of(&[0, 1]), 12.0);
        let tight = PooledReach::new(&[100.0, 90.0], &[(0, 0), (0, 0)], &[Pools { general: 1.0, niche: 0.0 }], &[0.0]);
        let all = tight.value_of(&[1, 0]);
        assert!((100.0..=100.02).contains(&all), "{all}");
    }

    proptest! {
        #[test]
        fn it_is_monotone_submodular_and_the_order_does_not_matter(
            reach in prop::collection::vec(1.0_f64..1e5, 2..9), categories in prop::collection::vec(0_usize..3, 9),
            general in 0.0_f64..1e-4, niche in 0.0_f64..1e-4, split in 0_usize..100,
        ) {
            let groups: Vec<(usize, usize)> = reach.iter().zip(&categories).map(|(_, &category)| (0, category)).collect();
            let function = PooledReach::new(&reach, &groups, &[Pools { general, niche }], &[niche; 3]);
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
