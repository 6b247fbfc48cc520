//! The best set that can be found: greedy by both rules, small enumeration, exchange of members, and how far from optimal it can be.

use super::bound::upper_bound;
use super::dual_bound::dual_bound;
use super::lazy_greedy::{Rule, fill};
use super::offer::{Offer, Purse};
use super::set_function::SetFunction;
use crate::error::Result;
use rayon::prelude::*;

/// Candidates up to which every pair begins a set.
const PAIRS_UP_TO: usize = 64;
/// Candidates up to which every one begins a set.
const SINGLES_UP_TO: usize = 150;
/// Candidates that are tried in exchange for a member.
const EXCHANGED: usize = 200;
/// Rounds of exchange.
const MAX_ROUNDS: usize = 8;
/// Sets from which members are exchanged.
const STARTS: usize = 8;
/// Improvement below which exchange ends, as a part of the value.
const LEAST_IMPROVEMENT: f64 = 1e-6;

/// How much work goes into a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// Greedy by both rules and the best single candidate.
    Greedy,
    /// Enumeration where there are few candidates, and exchange of members besides.
    #[default]
    Full,
}

/// A set, and how good it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// Members in the order in which each adds most for its price.
    pub members: Vec<usize>,
    /// What each added to those before it.
    pub gains: Vec<f64>,
    /// What all cost.
    pub cost: f64,
    /// The function's value.
    pub value: f64,
    /// No set that the offer allows is worth more.
    pub upper_bound: f64,
}

impl Choice {
    /// How far below the best set it can be at most, as a part of that: 0 is optimal.
    pub fn gap(&self) -> f64 {
        if self.upper_bound > 0.0 { (1.0 - self.value / self.upper_bound).max(0.0) } else { 0.0 }
    }
}

/// Chooses a set of high value within the offer's limits. The result depends on neither threads nor chance.
///
/// The better of both greedy rules and the best single candidate is at least ½(1 − 1/e) of the optimum; where few candidates are given, sets
/// begun with every pair (up to 64 candidates) or every single one (up to 150) are filled too; then members of the best few sets are exchanged
/// as long as that helps. The upper bound is the lower of
/// [`upper_bound`] and [`dual_bound`].
///
/// # Errors
/// `InvalidArgument` where what must be in the set breaks a limit.
///
/// # Source
/// Khuller, Moss and Naor 1999 and Sviridenko 2004 (partial enumeration: 1 − 1/e from triples on).
pub fn optimise<F: SetFunction>(function: &F, offer: &Offer, effort: Effort) -> Result<Choice> {
    let start = offer.purse()?;
    let base = function.state_of(&start.members);
    let from = |seeds: &[usize], rule: Rule| filled(function, offer, (&start, &base), seeds, rule);
    let mut tried: Vec<(f64, Vec<usize>)> =
        [Rule::CostBenefit, Rule::Uniform].into_iter().filter_map(|rule| from(&[], rule)).collect();
    tried.extend(best_single(function, &start, &base).and_then(|single| from(&[single], Rule::CostBenefit)));
    if effort == Effort::Full {
        let seeded = |seeds: Vec<usize>| [Rule::CostBenefit, Rule::Uniform].map(|rule| from(&seeds, rule));
        tried.par_extend(seeds(offer.len()).into_par_iter().flat_map_iter(seeded).flatten_iter());
        tried = best_of(tried);
        tried = tried.into_par_iter().map(|set| exchanged(function, offer, set)).collect();
    }
    let best = best_of(tried).swap_remove(0);
    let (members, gains) = in_order(function, offer, &best.1);
    let upper = upper_within(function, offer, (&members, best.0), effort).max(best.0);
    let cost = members.iter().map(|&member| offer.costs[member]).sum();
    Ok(Choice { cost, value: gains.iter().sum::<f64>(), members, gains, upper_bound: upper })
}

fn upper_within<F: SetFunction>(function: &F, offer: &Offer, (members, value): (&[usize], f64), effort: Effort) -> f64 {
    let upper = |n_sets| upper_bound(function, offer, members, n_sets);
    match (effort, function.majorants()) {
        (Effort::Greedy, _) => upper(1),
        (Effort::Full, None) => upper(4),
        (Effort::Full, Some(majorants)) => dual_bound(majorants, offer, (members, value), upper(4)),
    }
}

/// The best few different sets, best first; of equal ones the first tried.
fn best_of(mut tried: Vec<(f64, Vec<usize>)>) -> Vec<(f64, Vec<usize>)> {
    tried.sort_by(|a, b| b.0.total_cmp(&a.0));
    tried.dedup_by(|a, b| a.0 == b.0);
    tried.truncate(STARTS);
    tried
}

fn seeds(n: usize) -> Vec<Vec<usize>> {
    match n {
        n if n <= PAIRS_UP_TO => (0..n).flat_map(|a| (0..a).map(move |b| vec![b, a])).collect(),
        n if n <= SINGLES_UP_TO => (0..n).map(|a| vec![a]).collect(),
        _ => Vec::new(),
    }
}

fn filled<F: SetFunction>(
    function: &F,
    offer: &Offer,
    (start, base): (&Purse<'_>, &F::State),
    seeds: &[usize],
    rule: Rule,
) -> Option<(f64, Vec<usize>)> {
    let (mut purse, mut state) = (start.clone(), base.clone());
    for &seed in seeds {
        if !purse.fits(seed) {
            return None;
        }
        purse.pay(seed);
        function.add(&mut state, seed);
    }
    fill(function, offer, &mut purse, &mut state, rule);
    Some((function.value(&state), purse.members))
}

fn best_single<F: SetFunction>(function: &F, purse: &Purse<'_>, state: &F::State) -> Option<usize> {
    let fitting = (0..function.len()).filter(|&candidate| purse.fits(candidate));
    fitting
        .map(|candidate| (function.gain(state, candidate), candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|best| best.1)
}

/// Takes one member out, puts in what is worth most, fills up, and keeps the best of it, as long as that helps.
fn exchanged<F: SetFunction>(function: &F, offer: &Offer, mut best: (f64, Vec<usize>)) -> (f64, Vec<usize>) {
    let tried = worth_trying(function, offer);
    for _ in 0..MAX_ROUNDS {
        let outs: Vec<usize> = best.1.iter().copied().filter(|member| !offer.included.contains(member)).collect();
        let without = |&out: &usize| {
            let mut purse = offer.purse().ok()?;
            let kept: Vec<usize> = best.1.iter().copied().filter(|&member| member != out && !purse.holds(member)).collect();
            kept.iter().for_each(|&member| purse.pay(member));
            let state = function.state_of(&purse.members);
            let fits = |candidate: &usize| *candidate != out && purse.fits(*candidate);
            let scored = |candidate: usize| (function.gain(&state, candidate), candidate);
            let mut ins: Vec<(f64, usize)> = tried.iter().copied().filter(fits).map(scored).collect();
            ins.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let begun =
                ins.iter().take(4).filter_map(|&(_, one)| filled(function, offer, (&purse, &state), &[one], Rule::CostBenefit));
            begun.reduce(|best, other| if other.0 > best.0 { other } else { best })
        };
        let found: Vec<(f64, Vec<usize>)> = outs.par_iter().filter_map(without).collect();
        let top = found.into_iter().fold(None, |best: Option<(f64, Vec<usize>)>, other| match best {
            Some(best) if best.0 >= other.0 => Some(best),
            _ => Some(other),
        });
        match top {
            Some(top) if top.0 > best.0 * (1.0 + LEAST_IMPROVEMENT) => best = top,
            _ => break,
        }
    }
    best
}

/// All candidates, or of many those with the largest gain and the largest gain for their price.
fn worth_trying<F: SetFunction>(function: &F, offer: &Offer) -> Vec<usize> {
    if offer.len() <= EXCHANGED {
        return (0..offer.len()).collect();
    }
    let empty = function.empty();
    let gains: Vec<f64> = (0..offer.len()).into_par_iter().map(|candidate| function.gain(&empty, candidate)).collect();
    let mut tried = Vec::new();
    for rule in [|gain: f64, cost: f64| gain / cost, |gain: f64, _: f64| gain] {
        let mut order: Vec<usize> = (0..offer.len()).collect();
        let key = |&candidate: &usize| rule(gains[candidate], offer.costs[candidate]);
        order.sort_by(|a, b| key(b).total_cmp(&key(a)).then(a.cmp(b)));
        tried.extend(order.into_iter().take(EXCHANGED / 2));
    }
    tried.sort_unstable();
    tried.dedup();
    tried
}

/// Members in the order in which each adds most for its price, those that must be in first, with what each adds.
fn in_order<F: SetFunction>(function: &F, offer: &Offer, members: &[usize]) -> (Vec<usize>, Vec<f64>) {
    let mut left: Vec<usize> = members.to_vec();
    left.sort_unstable();
    let (mut state, mut order, mut gains) = (function.empty(), Vec::new(), Vec::new());
    while !left.is_empty() {
        let key = |member: usize| {
            let must = offer.included.contains(&member);
            (must, function.gain(&state, member) / offer.costs[member])
        };
        let better = |a: &usize, b: &usize| {
            let (a, b) = (key(left[*a]), key(left[*b]));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        };
        let at = (0..left.len()).rev().max_by(|a, b| better(a, b)).unwrap_or(0);
        let member = left.remove(at);
        gains.push(function.gain(&state, member));
        function.add(&mut state, member);
        order.push(member);
    }
    (order, gains)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::selection::ListedReach;
    use crate::sketch::{BottomK, account_key};
    use proptest::prelude::*;

    fn reach(lists: &[Vec<u32>]) -> ListedReach {
        let list = |items: &Vec<u32>| BottomK::of(items.iter().map(|item| (account_key("x", &item.to_string()), 1.0)), 64);
        let lists: Vec<BottomK> = lists.iter().map(list).collect();
        ListedReach::new(&lists.iter().map(Some).collect::<Vec<_>>(), &vec![1.0; lists.len()])
    }

    /// The best value of all sets, by trying each.
    fn exhaustive(function: &ListedReach, offer: &Offer) -> f64 {
        let sets = (0..1_u32 << offer.len()).map(|bits| (0..offer.len()).filter(|&c| bits >> c & 1 == 1).collect::<Vec<usize>>());
        let cost = |members: &Vec<usize>| members.iter().map(|&member| offer.costs[member]).sum::<f64>();
        let allowed = sets.filter(|members| cost(members) <= offer.budget && members.len() <= offer.most);
        allowed.map(|members| function.value_of(&members)).fold(0.0, f64::max)
    }

    #[test]
    fn ten_small_ones_beat_a_celebrity_that_they_cover() {
        let mut lists: Vec<Vec<u32>> = (0..5).map(|i| (i * 10..i * 10 + 10).collect()).collect();
        lists.push((0..40).collect());
        let offer = Offer::new(vec![2.0, 2.0, 2.0, 2.0, 2.0, 10.0], 10.0);
        let choice = optimise(&reach(&lists), &offer, Effort::Full).unwrap();
        assert_eq!((choice.members, choice.value, choice.cost), (vec![0, 1, 2, 3, 4], 50.0, 10.0));
    }

    #[test]
    fn what_must_be_in_is_in_and_first() {
        let lists: Vec<Vec<u32>> = vec![(0..10).collect(), (0..9).collect(), vec![50]];
        let offer = Offer { included: vec![2], ..Offer::new(vec![1.0, 1.0, 1.0], 2.0) };
        let choice = optimise(&reach(&lists), &offer, Effort::Full).unwrap();
        assert_eq!((choice.members, choice.gains), (vec![2, 0], vec![1.0, 10.0]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn few_candidates_are_chosen_nearly_as_well_as_by_trying_every_set(
            lists in prop::collection::vec(prop::collection::btree_set(0_u32..60, 1..30), 2..11),
            costs in prop::collection::vec(1.0_f64..10.0, 11), budget in 2.0_f64..30.0, most in 1_usize..8,
        ) {
            let lists: Vec<Vec<u32>> = lists.into_iter().map(|set| set.into_iter().collect()).collect();
            let function = reach(&lists);
            let offer = Offer { most, ..Offer::new(costs[..lists.len()].to_vec(), budget) };
            let best = exhaustive(&function, &offer);
            let choice = optimise(&function, &offer, Effort::Full).unwrap();
            prop_assert!(choice.value >= 0.95 * best - 1e-9, "{} of {best}", choice.value);
            prop_assert!(choice.upper_bound >= best - 1e-9, "bound {} below {best}", choice.upper_bound);
            prop_assert!(choice.cost <= budget * (1.0 + 1e-8) && choice.members.len() <= most);
            let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            prop_assert_eq!(threads.install(|| optimise(&function, &offer, Effort::Full).unwrap()), choice);
        }
    }
}
