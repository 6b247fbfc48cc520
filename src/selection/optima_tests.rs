//! Two hundred random choices of 40 candidates against their exact optima, which HiGHS found (`benches/shortlist_optima.py`).

#[path = "../../benches/parts/shortlist_instance.rs"]
mod instance;

use super::{Effort, ListedReach, Offer, optimise};
use crate::sketch::{BottomK, account_key};
use instance::Instance;

/// Instance and optimum in sixteenths, made by `benches/shortlist_optima.py`.
const OPTIMA: &str = include_str!("../../benches/shortlist_optima.csv");

/// The candidates of a number and what may be spent on them.
fn drawn(number: u64) -> (Vec<BottomK>, Offer) {
    let (Instance { weights, lists, costs, budget }, most) = Instance::draw(40, 400, number);
    let keyed = |person: &u64| (account_key("x", &person.to_string()), weights[*person as usize] as f64);
    let sketches = lists.iter().map(|people| BottomK::of(people.iter().map(keyed), 4_096)).collect();
    (sketches, Offer { most, ..Offer::new(costs.iter().map(|&cost| cost as f64).collect(), budget as f64) })
}

#[test]
fn every_choice_of_forty_candidates_is_within_two_per_cent_of_the_optimum() {
    let optima: Vec<(u64, f64)> = (OPTIMA.lines().skip(1))
        .map(|line| line.split_once(',').map(|(number, value)| (number.parse().unwrap(), value.parse().unwrap())).unwrap())
        .collect();
    assert_eq!(optima.len(), 200);
    let (mut worst, mut optimal, mut gaps): (f64, u32, f64) = (0.0, 0, 0.0);
    for (number, optimum) in optima {
        let (lists, offer) = drawn(number);
        let reach = ListedReach::new(&lists.iter().map(Some).collect::<Vec<_>>(), &[1.0; 40]);
        let choice = optimise(&reach, &offer, Effort::Full).unwrap();
        assert!(choice.value <= optimum + 1e-6, "instance {number} beats its optimum: {} of {optimum}", choice.value);
        assert!(choice.upper_bound >= optimum - 1e-6, "instance {number}: the bound {} is below {optimum}", choice.upper_bound);
        gaps += choice.gap();
        worst = worst.max(1.0 - choice.value / optimum);
        optimal += u32::from(choice.value > optimum - 1e-6);
    }
    assert!(gaps / 200.0 <= 0.06, "mean gap said {}", gaps / 200.0);
    assert!(worst <= 0.02, "worst {worst}, {optimal} optimal");
    assert!(optimal >= 150, "{optimal} of 200 optimal, worst {worst}");
}
