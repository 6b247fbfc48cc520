//! People reached by a set of creators, each counted once, from sketches of their lists.

use super::majorants::Majorants;
use super::set_function::SetFunction;
use crate::sketch::BottomK;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// No creator.
const NOBODY: u32 = u32::MAX;

/// f(S) = Σ_u w_u 1\[u ∈ ∪ A_c\] over the accounts of the creators' lists, w_u = a_u × the mean scale of the creators that list u. Where sketches
/// hold only a part of a list, an account counts with the creator of the highest threshold that holds it, as in [`union`](crate::sketch::union).
///
/// Where every list is kept whole, f is a weighted coverage function: monotone and submodular. Else it is an unbiased estimate of one.
///
/// # Cost
/// 20 bytes for each account that several creators list and for each creator that lists it; accounts of one creator alone take none. A gain
/// takes one step an account listed.
///
/// # Examples
/// ```
/// use bonafide::selection::{ListedReach, SetFunction};
/// use bonafide::sketch::BottomK;
/// let lists = [BottomK::of([(1, 1.0), (2, 1.0)], 8), BottomK::of([(2, 1.0), (3, 0.5)], 8)];
/// let reach = ListedReach::new(&lists.iter().map(Some).collect::<Vec<_>>(), &[1.0, 1.0]);
/// assert_eq!((reach.value_of(&[0]), reach.value_of(&[0, 1]), reach.value_of(&[1, 0])), (2.0, 2.5, 2.5));
/// ```
#[derive(Debug, Clone)]
pub struct ListedReach {
    /// Part of each creator's weight that nobody else lists, unscaled.
    own_parts: Vec<f64>,
    /// Where each creator's shared accounts begin.
    starts: Vec<usize>,
    /// Shared accounts, by number.
    accounts: Vec<u32>,
    /// The part of the creator's weight that each stands for, unscaled.
    parts: Vec<f64>,
    thresholds: Vec<f64>,
    n_accounts: usize,
    /// As used: scaled.
    own: Vec<f64>,
    weights: Vec<f64>,
    /// The most that each shared account weighs with any creator.
    highest: Vec<f64>,
}

/// Who counts for each shared account, with what weight, and the sum.
#[derive(Debug, Clone)]
pub struct ListedState {
    owner: Vec<u32>,
    owner_weight: Vec<f64>,
    is_member: Vec<bool>,
    value: f64,
}

impl ListedReach {
    /// From the sketches of the creators' audiences and the scale of each: people for each unit of its weight.
    pub fn new(sketches: &[Option<&BottomK>], scales: &[f64]) -> Self {
        let mut counts: HashMap<u64, u32, FixedState> = HashMap::default();
        let sets = || sketches.iter().map(|sketch| sketch.iter().flat_map(|sketch| sketch.parts()));
        for (account, _) in sets().flatten() {
            *counts.entry(account.key).or_default() += 1;
        }
        let mut numbers: HashMap<u64, u32, FixedState> = HashMap::default();
        let mut reach = Self {
            own_parts: Vec::with_capacity(sketches.len()),
            starts: vec![0],
            accounts: Vec::new(),
            parts: Vec::new(),
            thresholds: sketches.iter().map(|sketch| sketch.map_or(f64::INFINITY, BottomK::threshold)).collect(),
            n_accounts: 0,
            own: Vec::new(),
            weights: Vec::new(),
            highest: Vec::new(),
        };
        for set in sets() {
            let mut own = 0.0;
            for (account, part) in set {
                if counts[&account.key] == 1 {
                    own += part;
                    continue;
                }
                let next = numbers.len() as u32;
                reach.accounts.push(*numbers.entry(account.key).or_insert(next));
                reach.parts.push(part);
            }
            reach.own_parts.push(own);
            reach.starts.push(reach.accounts.len());
        }
        reach.n_accounts = numbers.len();
        reach.rescaled(scales)
    }

    /// The same lists with other scales.
    #[must_use]
    pub fn rescaled(mut self, scales: &[f64]) -> Self {
        self.own = self.own_parts.iter().zip(scales).map(|(own, scale)| own * scale).collect();
        let (mut sums, mut counts) = (vec![0.0; self.n_accounts], vec![0_u32; self.n_accounts]);
        for (creator, scale) in scales.iter().enumerate() {
            for &account in &self.accounts[self.span(creator)] {
                sums[account as usize] += scale;
                counts[account as usize] += 1;
            }
        }
        let scale = |account: u32| sums[account as usize] / f64::from(counts[account as usize].max(1));
        self.weights = self.accounts.iter().zip(&self.parts).map(|(&account, part)| part * scale(account)).collect();
        self.highest = vec![0.0; self.n_accounts];
        for (&account, &weight) in self.accounts.iter().zip(&self.weights) {
            let highest = &mut self.highest[account as usize];
            *highest = weight.max(*highest);
        }
        self
    }

    fn span(&self, creator: usize) -> std::ops::Range<usize> {
        self.starts[creator]..self.starts[creator + 1]
    }

    fn shared(&self, creator: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let span = self.span(creator);
        self.accounts[span.clone()].iter().map(|&account| account as usize).zip(self.weights[span].iter().copied())
    }

    /// What one account adds: nothing where a creator of at least this threshold counts for it already.
    fn gain_at(&self, state: &ListedState, creator: usize, account: usize, weight: f64) -> f64 {
        match state.owner[account] {
            NOBODY => weight,
            owner if self.thresholds[owner as usize] >= self.thresholds[creator] => 0.0,
            _ => weight - state.owner_weight[account],
        }
    }
}

impl SetFunction for ListedReach {
    type State = ListedState;

    fn len(&self) -> usize {
        self.own.len()
    }

    fn empty(&self) -> ListedState {
        ListedState {
            owner: vec![NOBODY; self.n_accounts],
            owner_weight: vec![0.0; self.n_accounts],
            is_member: vec![false; self.len()],
            value: 0.0,
        }
    }

    fn gain(&self, state: &ListedState, creator: usize) -> f64 {
        if state.is_member[creator] {
            return 0.0;
        }
        let shared: f64 = self.shared(creator).map(|(account, weight)| self.gain_at(state, creator, account, weight)).sum();
        self.own[creator] + shared
    }

    fn add(&self, state: &mut ListedState, creator: usize) {
        state.value += self.gain(state, creator);
        state.is_member[creator] = true;
        for (account, weight) in self.shared(creator) {
            let owner = state.owner[account];
            if owner == NOBODY || self.thresholds[owner as usize] < self.thresholds[creator] {
                state.owner[account] = creator as u32;
                state.owner_weight[account] = weight;
            }
        }
    }

    fn value(&self, state: &ListedState) -> f64 {
        state.value
    }

    fn majorants(&self) -> Option<&dyn Majorants> {
        Some(self)
    }
}

/// A multiplier z_u for each shared account: Σ_u max_{c∈S} w_uc ≤ Σ_u z_u + Σ_{c∈S} Σ_u (w_uc − z_u)⁺.
impl Majorants for ListedReach {
    fn start(&self, _members: &[usize]) -> Vec<f64> {
        self.highest.iter().map(|weight| weight / 2.0).collect()
    }

    fn at(&self, multipliers: &[f64]) -> (f64, Vec<f64>) {
        let above = |(account, weight): (usize, f64)| (weight - multipliers[account]).max(0.0);
        let value = |creator: usize| self.own[creator] + self.shared(creator).map(above).sum::<f64>();
        (multipliers.iter().sum(), (0..self.len()).map(value).collect())
    }

    fn slopes(&self, multipliers: &[f64], parts: &[f64]) -> Vec<f64> {
        let mut slopes = vec![1.0; self.n_accounts];
        for (creator, &part) in parts.iter().enumerate().filter(|(_, part)| **part > 0.0) {
            for (account, _) in self.shared(creator).filter(|&(account, weight)| weight > multipliers[account]) {
                slopes[account] -= part;
            }
        }
        slopes
    }

    fn range(&self, multiplier: usize) -> (f64, f64) {
        (0.0, self.highest[multiplier])
    }

    fn steps(&self) -> usize {
        2 * self.accounts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::{account_key, union};
    use proptest::prelude::*;

    fn list(items: &[u32], size: usize) -> BottomK {
        BottomK::of(items.iter().map(|item| (account_key("x", &item.to_string()), 0.2 + f64::from(item % 5) / 8.0)), size)
    }

    fn reach(lists: &[BottomK], scales: &[f64]) -> ListedReach {
        ListedReach::new(&lists.iter().map(Some).collect::<Vec<_>>(), scales)
    }

    #[test]
    fn of_parts_of_lists_it_is_the_union_of_sketches_whatever_the_order() {
        let ranges = [0..6_000, 2_000..3_000, 5_500..9_000, 100..300];
        let lists: Vec<BottomK> = ranges.map(|range| list(&range.collect::<Vec<u32>>(), 128)).into();
        let expected = union(&lists.iter().collect::<Vec<_>>()).value;
        let reach = reach(&lists, &[1.0; 4]);
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
            assert!((reach.value_of(&order) - expected).abs() < 1e-6 * expected);
        }
        assert_eq!(reach.gain(&reach.state_of(&[1]), 1), 0.0);
    }

    #[test]
    fn a_creator_without_a_list_adds_nothing() {
        let list = list(&[1, 2], 8);
        let reach = ListedReach::new(&[Some(&list), None], &[2.0, 1.0]);
        assert!((reach.value_of(&[0, 1]) - 2.0 * list.total_weight()).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn whole_lists_make_a_monotone_submodular_function(
            lists in prop::collection::vec(prop::collection::btree_set(0_u32..40, 0..25), 3..8),
            scales in prop::collection::vec(0.1_f64..5.0, 8),
            split in 0_usize..100,
        ) {
            let lists: Vec<BottomK> = lists.iter().map(|set| list(&set.iter().copied().collect::<Vec<_>>(), 64)).collect();
            let reach = reach(&lists, &scales[..lists.len()]);
            let last = lists.len() - 1;
            let large: Vec<usize> = (0..last).collect();
            let small = &large[..split % (last + 1)];
            let (few, many) = (reach.state_of(small), reach.state_of(&large));
            prop_assert!(reach.gain(&few, last) >= reach.gain(&many, last) - 1e-9);
            prop_assert!(reach.gain(&many, last) >= 0.0 && reach.value(&many) >= reach.value(&few) - 1e-9);
            let turned: Vec<usize> = large.iter().rev().copied().collect();
            prop_assert!((reach.value_of(&turned) - reach.value(&many)).abs() < 1e-9);
        }
    }
}
