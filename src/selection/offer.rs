//! What may be bought: prices, the budget and every other limit.

use crate::error::{Error, Result};

/// At most so many members of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// Group of each candidate; `None` where it belongs to none.
    pub groups: Vec<Option<u32>>,
    /// Most members of each group.
    pub most: usize,
}

/// Candidates' prices and the limits of a choice.
///
/// # Shape
/// `costs` and every cap's `groups`: one slot a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Price of each candidate, above 0.
    pub costs: Vec<f64>,
    /// Most that all may cost together.
    pub budget: f64,
    /// Fewest members.
    pub least: usize,
    /// Most members.
    pub most: usize,
    /// Limits by group.
    pub caps: Vec<Cap>,
    /// Candidates that must be in the set.
    pub included: Vec<usize>,
}

impl Offer {
    /// Prices and a budget without further limits.
    pub fn new(costs: Vec<f64>, budget: f64) -> Self {
        let most = costs.len();
        Self { costs, budget, least: 0, most, caps: Vec::new(), included: Vec::new() }
    }

    /// How many candidates there are.
    pub fn len(&self) -> usize {
        self.costs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.costs.is_empty()
    }

    /// With another budget.
    #[must_use]
    pub fn with_budget(&self, budget: f64) -> Self {
        Self { budget, ..self.clone() }
    }

    /// A purse with those that must be in the set paid for.
    ///
    /// # Errors
    /// `InvalidArgument` where they cost more than the budget or break a limit.
    pub fn purse(&self) -> Result<Purse<'_>> {
        let mut purse = Purse::new(self);
        for &candidate in &self.included {
            if purse.spent + self.costs[candidate] > self.budget * (1.0 + ROUNDING) {
                let cost: f64 = self.included.iter().map(|&included| self.costs[included]).sum();
                let expected = format!("at least {cost:.2}, the price of those that must be in the set");
                return Err(Error::invalid_argument("--budget", self.budget, expected));
            }
            if purse.is_full(candidate) {
                return Err(Error::invalid_argument("--include", "more creators", "no more than --k and the caps allow"));
            }
            purse.pay(candidate);
        }
        Ok(purse)
    }
}

/// Part of the budget that sums of prices may exceed it by through rounding.
const ROUNDING: f64 = 1e-9;

/// What was bought so far.
#[derive(Debug, Clone)]
pub struct Purse<'a> {
    offer: &'a Offer,
    /// Spent so far.
    pub spent: f64,
    /// Bought so far, in order.
    pub members: Vec<usize>,
    is_member: Vec<bool>,
    counts: Vec<Vec<usize>>,
    by_cost: std::sync::Arc<[usize]>,
}

impl<'a> Purse<'a> {
    fn new(offer: &'a Offer) -> Self {
        let n_groups = |cap: &Cap| cap.groups.iter().flatten().max().map_or(0, |&group| group as usize + 1);
        let counts = offer.caps.iter().map(|cap| vec![0; n_groups(cap)]).collect();
        let mut by_cost: Vec<usize> = if offer.least > 1 { (0..offer.len()).collect() } else { Vec::new() };
        by_cost.sort_by(|&a, &b| offer.costs[a].total_cmp(&offer.costs[b]));
        Self { offer, spent: 0.0, members: Vec::new(), is_member: vec![false; offer.len()], counts, by_cost: by_cost.into() }
    }

    /// Whether the candidate is bought.
    pub fn holds(&self, candidate: usize) -> bool {
        self.is_member[candidate]
    }

    /// Money left.
    pub fn left(&self) -> f64 {
        (self.offer.budget - self.spent).max(0.0)
    }

    /// Whether a limit other than money keeps the candidate out.
    pub fn is_full(&self, candidate: usize) -> bool {
        self.members.len() >= self.offer.most || self.is_capped(candidate)
    }

    /// Whether a limit by group keeps the candidate out.
    pub fn is_capped(&self, candidate: usize) -> bool {
        let is_full =
            |(cap, counts): (&Cap, &Vec<usize>)| cap.groups[candidate].is_some_and(|group| counts[group as usize] >= cap.most);
        self.offer.caps.iter().zip(&self.counts).any(is_full)
    }

    /// Whether the candidate can be bought, with enough left for the cheapest others that the least number asks for.
    pub fn fits(&self, candidate: usize) -> bool {
        let cost = self.offer.costs[candidate];
        let rest = self.left() + self.offer.budget * ROUNDING;
        !self.holds(candidate) && cost <= rest && !self.is_full(candidate) && cost + self.reserve(candidate) <= rest
    }

    /// What the cheapest others cost that are needed to reach the least number.
    fn reserve(&self, candidate: usize) -> f64 {
        let needed = self.offer.least.saturating_sub(self.members.len() + 1);
        let others = self.by_cost.iter().filter(|&&other| other != candidate && !self.is_member[other]);
        if needed == 0 { 0.0 } else { others.take(needed).map(|&other| self.offer.costs[other]).sum() }
    }

    /// Buys a candidate.
    pub fn pay(&mut self, candidate: usize) {
        self.spent += self.offer.costs[candidate];
        self.members.push(candidate);
        self.is_member[candidate] = true;
        for (cap, counts) in self.offer.caps.iter().zip(&mut self.counts) {
            if let Some(group) = cap.groups[candidate] {
                counts[group as usize] += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_keep_candidates_out() {
        let groups = vec![Some(0), Some(0), Some(1), None];
        let caps = vec![Cap { groups, most: 1 }];
        let offer = Offer { most: 3, caps, ..Offer::new(vec![4.0, 3.0, 5.0, 1.0], 10.0) };
        let mut purse = offer.purse().unwrap();
        purse.pay(0);
        assert_eq!([1, 2, 3].map(|candidate| purse.fits(candidate)), [false, true, true]);
        purse.pay(2);
        assert_eq!((purse.left(), purse.fits(3), purse.fits(0)), (1.0, true, false));
    }

    #[test]
    fn money_is_kept_back_for_the_least_number() {
        let offer = Offer { least: 3, ..Offer::new(vec![7.0, 6.0, 2.0, 2.0], 10.0) };
        let mut purse = offer.purse().unwrap();
        assert_eq!([0, 1].map(|candidate| purse.fits(candidate)), [false, true]);
        purse.pay(1);
        assert!(purse.fits(2) && purse.fits(3));
    }

    #[test]
    fn what_must_be_in_has_to_be_affordable() {
        let offer = Offer { included: vec![0, 1], ..Offer::new(vec![7.0, 6.0], 10.0) };
        assert!(offer.purse().unwrap_err().to_string().contains("13.00"));
        let offer = Offer { included: vec![0, 1], most: 1, ..Offer::new(vec![3.0, 6.0], 10.0) };
        assert!(offer.purse().unwrap_err().to_string().contains("--include"));
    }
}
