//! Small random choices under a budget, the same here, in `selection`'s test against exact optima, and in `shortlist_optima.py`.

use std::collections::BTreeSet;

/// One choice, in whole numbers, so that a solver sees the same.
pub struct Instance {
    /// Weight of each person, in sixteenths.
    pub weights: Vec<u64>,
    /// The people of each candidate.
    pub lists: Vec<BTreeSet<u64>>,
    /// Price of each candidate.
    pub costs: Vec<u64>,
    /// What may be spent.
    pub budget: u64,
}

struct SplitMix64(u64);

impl SplitMix64 {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 33) % n
    }
}

impl Instance {
    /// The instance of a number: a candidate has people of one scene of a hundred, and a few of others; prices follow size loosely; the budget buys a
    /// part of the candidates, of very many fifty. With it, how many may be chosen at most: all or six.
    pub fn draw(n_candidates: u64, n_people: u64, number: u64) -> (Self, usize) {
        let mut random = SplitMix64(number);
        let weights: Vec<u64> = (0..n_people).map(|_| 1 + random.below(16)).collect();
        let (mut lists, mut costs) = (Vec::new(), Vec::new());
        let n_scenes = (n_people / 100).max(4);
        let n_near = n_people / n_scenes;
        for _ in 0..n_candidates {
            let (size, scene) = (10 + random.below(51), random.below(n_scenes));
            let mut one = || match random.below(10) < 7 {
                true => scene * n_near + random.below(n_near),
                false => random.below(n_people),
            };
            lists.push((0..size).map(|_| one()).collect());
            costs.push(5 + size * (8 + random.below(17)) / 16);
        }
        let all: u64 = costs.iter().sum();
        let budget = if n_candidates <= 2_000 { all * (10 + random.below(31)) / 100 } else { all * 50 / n_candidates };
        let most = [n_candidates as usize, 6][random.below(2) as usize];
        (Self { weights, lists, costs, budget }, most)
    }
}
