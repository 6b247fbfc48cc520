//! How much the best set can be worth at most, where the function has majorants.

use super::fractional_knapsack::{Packed, fractional_knapsack};
use super::majorants::Majorants;
use super::offer::Offer;

/// Rounds of descent.
const MAX_ROUNDS: usize = 300;
/// Steps that all rounds together may take.
const MAX_STEPS: usize = 1_000_000_000;
/// Distance from the value of the set in hand, as a part of that, at which descent ends.
const NEAR: f64 = 1e-3;

/// The lowest upper bound that subgradient descent finds: for all multipliers m and all μ ≥ 0,
/// f(OPT) ≤ base(m) + K μ + max { Σ_c x_c (v_c(m) − μ)⁺ : Σ_c x_c cost_c ≤ budget, 0 ≤ x ≤ 1 }, K being how many may be bought; what must be in the
/// set is taken out of budget, number and maximum. Steps are Polyak's, towards `value`. At its minimum the bound is that of the linear (for
/// pools, concave) relaxation. Limits by group are left out, which only loosens it.
///
/// # Shape
/// `members` and `value` are the best set in hand; `upper` a bound known already.
///
/// # Cost
/// At most three hundred rounds of one step an account listed and the sorting of all candidates.
///
/// # Source
/// Fisher, *The Lagrangian relaxation method for solving integer programming problems*, Management Science 1981; Polyak 1969 (step size).
pub fn dual_bound(majorants: &dyn Majorants, offer: &Offer, (members, value): (&[usize], f64), upper: f64) -> f64 {
    let mut multipliers = majorants.start(members);
    let ranges: Vec<(f64, f64)> = (0..multipliers.len()).map(|at| majorants.range(at)).collect();
    let room = offer.most.saturating_sub(offer.included.len()) as f64;
    let (mut price_of_room, mut best) = (0.0, upper);
    for _ in 0..MAX_ROUNDS.min(MAX_STEPS / majorants.steps().max(1)) {
        if best <= value * (1.0 + NEAR) {
            break;
        }
        let (base, values) = majorants.at(&multipliers);
        let filled = filled(&values, price_of_room, offer);
        let bound = base + filled.value + room * price_of_room;
        best = best.min(bound);
        let mut slopes = majorants.slopes(&multipliers, &filled.parts);
        for ((slope, at), range) in slopes.iter_mut().zip(&multipliers).zip(&ranges) {
            *slope = inward(*slope, *at, *range);
        }
        let bought: f64 = filled.parts.iter().sum::<f64>() - offer.included.len() as f64;
        let slope_of_room = inward(room - bought, price_of_room, (0.0, f64::INFINITY));
        let norm = slopes.iter().map(|slope| slope * slope).sum::<f64>() + slope_of_room * slope_of_room;
        if norm <= 0.0 || !norm.is_finite() {
            break;
        }
        let step = (bound - value) / norm;
        for ((at, slope), (low, high)) in multipliers.iter_mut().zip(&slopes).zip(&ranges) {
            *at = (*at - step * slope).clamp(*low, *high);
        }
        price_of_room = (price_of_room - step * slope_of_room).max(0.0);
    }
    best
}

/// A slope along which descent stays within the range, else 0.
fn inward(slope: f64, at: f64, (low, high): (f64, f64)) -> f64 {
    if (slope > 0.0 && at <= low) || (slope < 0.0 && at >= high) { 0.0 } else { slope }
}

/// The best fractional knapsack of the values less the price of room, upon what must be in the set.
fn filled(values: &[f64], price_of_room: f64, offer: &Offer) -> Packed {
    let included: f64 = offer.included.iter().map(|&candidate| offer.costs[candidate]).sum();
    let left = offer.budget - included;
    let worth = |candidate: usize| match offer.costs[candidate] <= left * (1.0 + 1e-9) && !offer.included.contains(&candidate) {
        true => values[candidate] - price_of_room,
        false => 0.0,
    };
    let items: Vec<(f64, f64)> = (0..values.len()).map(|candidate| (worth(candidate), offer.costs[candidate])).collect();
    let mut filled = fractional_knapsack(&items, left);
    for &candidate in &offer.included {
        filled.parts[candidate] = 1.0;
        filled.value += values[candidate];
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::selection::{Circles, ListedReach, PooledReach, SetFunction, SharedRates};
    use crate::sketch::BottomK;
    use proptest::prelude::*;

    #[test]
    fn it_is_the_linear_relaxation_of_a_triangle() {
        // Three creators at 1 each share three people in pairs, budget 2. By hand: x = 2/3 each covers all three people, so that the relaxation
        // is 3, which two creators reach; bought singly each would bring 2, in all 4.
        let lists = [[1, 2], [2, 3], [1, 3]].map(|people| BottomK::of(people.map(|person| (person, 1.0)), 8));
        let reach = ListedReach::new(&lists.iter().map(Some).collect::<Vec<_>>(), &[1.0; 3]);
        let offer = Offer::new(vec![1.0; 3], 2.0);
        let bound = dual_bound(reach.majorants().unwrap(), &offer, (&[0, 1], 3.0), 4.0);
        assert!((bound - 3.0).abs() < 0.01, "{bound}");
    }

    /// Whether no set is worth more than a majorant says, at multipliers that lie so far within their ranges.
    fn lies_above<F: SetFunction>(function: &F, at: &[f64]) -> bool {
        let majorants = function.majorants().unwrap();
        let n = majorants.start(&[]).len();
        let within = |(low, high): (f64, f64), part: f64| low + part * (high - low);
        let multipliers: Vec<f64> = (0..n).map(|index| within(majorants.range(index), at[index % at.len()])).collect();
        let (base, values) = majorants.at(&multipliers);
        (0..1_u32 << function.len()).all(|bits| {
            let members: Vec<usize> = (0..function.len()).filter(|&candidate| bits >> candidate & 1 == 1).collect();
            let above = base + members.iter().map(|&member| values[member]).sum::<f64>();
            function.value_of(&members) <= above * (1.0 + 1e-9) + 1e-9
        })
    }

    proptest! {
        #[test]
        fn no_set_is_worth_more_than_a_majorant_says(
            lists in prop::collection::vec(prop::collection::btree_set(0_u64..40, 1..25), 2..7), size in 4_usize..64,
            scales in prop::collection::vec(0.1_f64..5.0, 7), at in prop::collection::vec(0.0_f64..=1.0, 40),
        ) {
            let lists: Vec<BottomK> =
                lists.iter().map(|set| BottomK::of(set.iter().map(|&item| (item, 0.2 + (item % 5) as f64 / 8.0)), size)).collect();
            let lists: Vec<Option<&BottomK>> = lists.iter().map(Some).collect();
            prop_assert!(lies_above(&ListedReach::new(&lists, &scales[..lists.len()]), &at));
        }

        #[test]
        fn no_set_of_samples_is_worth_more_than_a_majorant_says(
            reach in prop::collection::vec(1.0_f64..1e5, 2..7), of in prop::collection::vec((0_usize..2, 0_usize..2), 7),
            rates in prop::array::uniform3(0.0_f64..1e-4), at in prop::collection::vec(0.0_f64..=1.0, 8),
        ) {
            let circles = |&(language, topic): &(usize, usize)| Circles { platform: 0, language, topic: 2 * language + topic };
            let circles: Vec<Circles> = of.iter().take(reach.len()).map(circles).collect();
            let each = |rate: f64| (0..4).map(|number| (number, rate)).collect();
            let [general, language, topic] = rates;
            let rates = SharedRates {
                general, languages: each(language), topics: each(topic), mean_language: language, mean_topic: topic,
            };
            prop_assert!(lies_above(&PooledReach::new(&reach, &circles, &[rates]), &at));
        }
    }

    #[test]
    fn how_many_may_be_bought_counts() {
        let lists = [[1, 2], [3, 4], [5, 6]].map(|people| BottomK::of(people.map(|person| (person, 1.0)), 8));
        let mut lists: Vec<BottomK> = lists.into();
        lists.push(BottomK::of([(1, 1.0), (3, 1.0), (5, 1.0)], 8));
        let reach = ListedReach::new(&lists.iter().map(Some).collect::<Vec<_>>(), &[1.0; 4]);
        let offer = Offer { most: 1, ..Offer::new(vec![1.0; 4], 9.0) };
        let bound = dual_bound(reach.majorants().unwrap(), &offer, (&[3], 3.0), 9.0);
        assert!((3.0 - 1e-9..3.05).contains(&bound), "{bound}");
    }
}
