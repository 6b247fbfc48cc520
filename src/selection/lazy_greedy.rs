//! One candidate after the other, always the best by a rule.

use super::offer::{Offer, Purse};
use super::set_function::SetFunction;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A gain that is none.
const NOTHING: f64 = 1e-9;
/// Candidates from which first gains are computed in parallel.
const MANY: usize = 4_096;

/// What is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The largest gain for its price.
    CostBenefit,
    /// The largest gain.
    Uniform,
}

impl Rule {
    fn priority(self, gain: f64, cost: f64) -> f64 {
        match self {
            Self::CostBenefit => gain / cost,
            Self::Uniform => gain,
        }
    }
}

struct Waiting {
    priority: f64,
    candidate: usize,
    /// Members when the priority was computed.
    when: usize,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.priority.total_cmp(&other.priority).then(other.candidate.cmp(&self.candidate))
    }
}

/// Fills a purse: of the candidates that fit, the best by the rule is bought again and again, until none adds anything. Since gains only
/// fall as the set grows, one computed earlier is an upper bound; a candidate is looked at again only when its bound is the highest.
///
/// Members below the least number are bought even where they add nothing.
///
/// # Shape
/// `state` holds the purse's members.
///
/// # Cost
/// O(n) gains at the start, few after.
///
/// # Source
/// Leskovec et al., *Cost-effective outbreak detection in networks* (CELF), KDD 2007; the better of both rules is at least ½(1 − 1/e) of the
/// optimum.
pub fn fill<F: SetFunction>(function: &F, offer: &Offer, purse: &mut Purse<'_>, state: &mut F::State, rule: Rule) {
    let waiting = |candidate: usize| {
        let gain = function.gain(state, candidate);
        Waiting { priority: rule.priority(gain, offer.costs[candidate]), candidate, when: purse.members.len() }
    };
    let fitting: Vec<usize> = (0..offer.len()).filter(|&candidate| purse.fits(candidate)).collect();
    let first: Vec<Waiting> = if fitting.len() < MANY {
        fitting.into_iter().map(waiting).collect()
    } else {
        fitting.into_par_iter().map(waiting).collect()
    };
    let mut heap = BinaryHeap::from(first);
    while let Some(best) = heap.pop() {
        if !purse.fits(best.candidate) {
            continue;
        }
        if best.when < purse.members.len() {
            let gain = function.gain(state, best.candidate);
            let priority = rule.priority(gain, offer.costs[best.candidate]);
            heap.push(Waiting { priority, when: purse.members.len(), ..best });
            continue;
        }
        if best.priority <= NOTHING && purse.members.len() >= offer.least {
            return;
        }
        function.add(state, best.candidate);
        purse.pay(best.candidate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::selection::Summed;
    use proptest::prelude::*;

    fn bought(amounts: &[f64], offer: &Offer, rule: Rule) -> Vec<usize> {
        let function = Summed { amounts: amounts.to_vec() };
        let mut purse = offer.purse().unwrap();
        fill(&function, offer, &mut purse, &mut function.empty(), rule);
        purse.members
    }

    #[test]
    fn rules_differ_where_one_candidate_takes_the_whole_budget() {
        let offer = Offer::new(vec![10.0, 1.0], 10.0);
        assert_eq!(bought(&[100.0, 11.0], &offer, Rule::Uniform), [0]);
        assert_eq!(bought(&[100.0, 11.0], &offer, Rule::CostBenefit), [1]);
    }

    #[test]
    fn the_least_number_is_reached_with_candidates_that_add_nothing() {
        let offer = Offer { least: 2, ..Offer::new(vec![1.0, 1.0], 5.0) };
        assert_eq!(bought(&[3.0, 0.0], &offer, Rule::CostBenefit), [0, 1]);
    }

    proptest! {
        #[test]
        fn the_budget_is_never_exceeded_and_every_limit_is_kept(
            candidates in prop::collection::vec((0.01_f64..100.0, 0.01_f64..10.0, 0_u32..3), 1..30),
            budget in 0.0_f64..60.0, most in 0_usize..9, cap in 1_usize..4,
        ) {
            let costs: Vec<f64> = candidates.iter().map(|candidate| candidate.1).collect();
            let amounts: Vec<f64> = candidates.iter().map(|candidate| candidate.0).collect();
            let groups: Vec<Option<u32>> = candidates.iter().map(|candidate| Some(candidate.2)).collect();
            let caps = vec![super::super::offer::Cap { groups: groups.clone(), most: cap }];
            let offer = Offer { most, caps, ..Offer::new(costs, budget) };
            for rule in [Rule::CostBenefit, Rule::Uniform] {
                let members = bought(&amounts, &offer, rule);
                prop_assert!(members.iter().map(|&member| offer.costs[member]).sum::<f64>() <= budget * (1.0 + 1e-8));
                prop_assert!(members.len() <= most);
                let of_group = |group: u32| members.iter().filter(|&&member| groups[member] == Some(group)).count();
                prop_assert!((0..3).all(|group| of_group(group) <= cap));
            }
        }
    }
}
