//! Two hundred random choices of 40 candidates against their exact optima, which HiGHS found (`benches/shortlist_optima.py`).

use super::{Effort, ListedReach, Offer, optimise};
use crate::sketch::{BottomK, account_key};
use std::collections::BTreeSet;

/// Instance and optimum in sixteenths, made by `benches/shortlist_optima.py`.
const OPTIMA: &str = include_str!("../../benches/shortlist_optima.csv");

struct SplitMix64(u64);

impl SplitMix64 {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 33) % n
    }
}

/// The instance of a number: as `instance` in `benches/shortlist_optima.py`.
fn instance(number: u64) -> (Vec<BottomK>, Offer) {
    let mut random = SplitMix64(number);
    let weights: Vec<u64> = (0..400).map(|_| 1 + random.below(16)).collect();
    let (mut lists, mut costs) = (Vec::new(), Vec::new());
    for _ in 0..40 {
        let (size, scene) = (10 + random.below(51), random.below(4));
        let mut people = BTreeSet::new();
        for _ in 0..size {
            let near = random.below(10) < 7;
            people.insert(if near { scene * 100 + random.below(100) } else { random.below(400) });
        }
        let keyed = people.iter().map(|&person| (account_key("x", &person.to_string()), weights[person as usize] as f64));
        lists.push(BottomK::of(keyed, 4_096));
        costs.push(5 + size * (8 + random.below(17)) / 16);
    }
    let budget = costs.iter().sum::<u64>() * (10 + random.below(31)) / 100;
    let most = [40, 6][random.below(2) as usize];
    (lists, Offer { most, ..Offer::new(costs.iter().map(|&cost| cost as f64).collect(), budget as f64) })
}

#[test]
fn every_choice_of_forty_candidates_is_within_two_per_cent_of_the_optimum() {
    let optima: Vec<(u64, f64)> = (OPTIMA.lines().skip(1))
        .map(|line| line.split_once(',').map(|(number, value)| (number.parse().unwrap(), value.parse().unwrap())).unwrap())
        .collect();
    assert_eq!(optima.len(), 200);
    let (mut worst, mut optimal): (f64, u32) = (0.0, 0);
    for (number, optimum) in optima {
        let (lists, offer) = instance(number);
        let reach = ListedReach::new(&lists.iter().map(Some).collect::<Vec<_>>(), &[1.0; 40]);
        let choice = optimise(&reach, &offer, Effort::Full).unwrap();
        assert!(choice.value <= optimum + 1e-6, "instance {number} beats its optimum: {} of {optimum}", choice.value);
        assert!(choice.upper_bound >= optimum - 1e-6, "instance {number}: the bound {} is below {optimum}", choice.upper_bound);
        worst = worst.max(1.0 - choice.value / optimum);
        optimal += u32::from(choice.value > optimum - 1e-6);
    }
    assert!(worst <= 0.02, "worst {worst}, {optimal} optimal");
    assert!(optimal >= 150, "{optimal} of 200 optimal, worst {worst}");
}
