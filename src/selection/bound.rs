//! How much the best set can be worth at most.

use super::fractional_knapsack::fractional_knapsack;
use super::offer::Offer;
use super::set_function::SetFunction;
use rayon::prelude::*;

/// An upper bound of the function's value at any set that the offer allows: for every set S of prefixes of a solution,
/// f(OPT) ≤ f(S) + Σ_{c∈OPT∖S} f(c | S), and the sum is at most the best fractional knapsack of the gains under the budget, and at most that of the
/// largest gains as many as may be bought. Limits by group are left out, which only loosens it.
///
/// # Cost
/// One gain a candidate for each of the sets looked at.
///
/// # Source
/// Leskovec et al., KDD 2007, §3.2 (online bound); Dantzig 1957 (fractional knapsack).
pub fn upper_bound<F: SetFunction>(function: &F, offer: &Offer, solution: &[usize], n_sets: usize) -> f64 {
    let base = offer.included.len();
    let lengths = (0..=n_sets).map(|step| base + (solution.len().saturating_sub(base)) * step / n_sets.max(1));
    let mut lengths: Vec<usize> = lengths.map(|length| length.min(solution.len())).collect();
    lengths.dedup();
    let spent: f64 = offer.included.iter().map(|&candidate| offer.costs[candidate]).sum();
    lengths
        .into_par_iter()
        .map(|length| {
            let state = function.state_of(&solution[..length]);
            let gains = |candidate: usize| (function.gain(&state, candidate).max(0.0), offer.costs[candidate]);
            let affordable = |candidate: &usize| offer.costs[*candidate] <= (offer.budget - spent) * (1.0 + 1e-9);
            let items: Vec<(f64, f64)> = (0..offer.len()).filter(affordable).map(gains).filter(|item| item.0 > 0.0).collect();
            let room = offer.most.saturating_sub(base);
            function.value(&state) + most_of(items, offer.budget - spent, room)
        })
        .reduce(|| f64::INFINITY, f64::min)
}

/// The most that (gain, cost) pairs can add up to under a budget and a number.
fn most_of(mut items: Vec<(f64, f64)>, budget: f64, count: usize) -> f64 {
    items.sort_by(|a, b| b.0.total_cmp(&a.0));
    let by_count: f64 = items.iter().take(count).map(|item| item.0).sum();
    fractional_knapsack(&items, budget).value.min(by_count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::selection::Summed;

    #[test]
    fn the_knapsack_may_be_cut_in_pieces() {
        // Dantzig's rule by hand: 60/10, 100/20, then two thirds of 120/30.
        let items = vec![(60.0, 10.0), (100.0, 20.0), (120.0, 30.0)];
        assert_eq!(most_of(items.clone(), 50.0, 9), 240.0);
        assert_eq!(most_of(items, 50.0, 1), 120.0);
    }

    #[test]
    fn a_whole_budget_spent_on_everything_is_optimal() {
        let function = Summed { amounts: vec![3.0, 4.0] };
        assert_eq!(upper_bound(&function, &Offer::new(vec![1.0, 1.0], 2.0), &[0, 1], 2), 7.0);
    }
}
