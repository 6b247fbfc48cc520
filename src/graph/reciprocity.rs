//! Creators who act on one another's posts more than their habits and their popularity would have it.

use super::creator_actions::CreatorActions;
use crate::domain::AccountId;
use crate::statistics::{benjamini_hochberg, ln_poisson_tail};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use petgraph::graph::UnGraph;
use statrs::function::gamma::ln_gamma;

/// How much two creators do for one another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// The two, ascending.
    pub accounts: [AccountId; 2],
    /// Posts of the second that the first acted on, and of the first that the second acted on.
    pub counts: [u32; 2],
    /// How many the two were expected to be.
    pub expected: [f64; 2],
    /// (min of counts − E)/sd under the null.
    pub z: f64,
    /// log10 P(both counts ≥ the smaller one) under the null.
    pub log10_p: f64,
    /// The same after Benjamini–Hochberg over all pairs of creators that act and are acted on.
    pub q: f64,
}

/// The degree-preserving null: every account acts on as many posts as it did, every creator's posts are acted on as often as they
/// were, and which falls on which is chance; only that nobody acts on own posts.
///
/// With a_i posts that i acted on, b_j actions on j's posts and m in all, the number c_ij of j's posts that i acted on is the number
/// of hits in a_i draws without return from the m − b_i places that are not i's own, b_j of them j's: hypergeometric, here taken
/// as Poisson with λ_ij = a_i b_j / (m − b_i), whose tail is the heavier one. c_ij and c_ji share no place and are taken as independent:
/// P(min ≥ k) = P(c_ij ≥ k) P(c_ji ≥ k), E min = Σ_{k ≥ 1} P(min ≥ k), E min² = Σ (2k − 1) P(min ≥ k).
///
/// All accounts count, not only creators: the audience tells how popular a creator is. Among creators alone a pod that holds all of
/// them would be its own null.
///
/// # Source
/// The configuration model (Newman, *Networks*, 2nd edition, 2018, section 12.1.1), directed and without loops.
#[derive(Debug, Clone)]
pub struct ReciprocityNull {
    acted: Vec<u32>,
    received: Vec<u32>,
    total: f64,
}

impl ReciprocityNull {
    /// The strengths of all accounts.
    pub fn of(actions: &CreatorActions) -> Self {
        let (mut acted, mut received) = (vec![0; actions.n_accounts()], vec![0; actions.n_accounts()]);
        for action in actions.actions() {
            acted[action.actor.index()] += 1;
            received[actions.creator(action).index()] += 1;
        }
        Self { acted, received, total: actions.actions().len() as f64 }
    }

    /// How many posts of `to` the account `from` is expected to act on.
    pub fn expected(&self, from: AccountId, to: AccountId) -> f64 {
        let places = self.total - f64::from(self.received[from.index()]);
        if places > 0.0 { f64::from(self.acted[from.index()]) * f64::from(self.received[to.index()]) / places } else { 0.0 }
    }

    /// Pairs among the creators that act and are acted on: what is tested, whether or not the two ever met.
    pub fn pairs_count(&self) -> f64 {
        let both = self.acted.iter().zip(&self.received).filter(|(acted, received)| **acted > 0 && **received > 0);
        let n = both.count() as f64;
        n * (n - 1.0) / 2.0
    }
}

/// Mean and standard deviation of the smaller of two independent Poisson counts.
fn smaller_of_two(means: [f64; 2]) -> (f64, f64) {
    let (mut first, mut second) = (0.0, 0.0);
    let mut at_least = [1.0_f64; 2];
    for k in 1u32.. {
        let before = f64::from(k - 1);
        for (tail, mean) in at_least.iter_mut().zip(means) {
            *tail = (*tail - (before * mean.ln() - mean - ln_gamma(before + 1.0)).exp()).max(0.0);
        }
        let p = at_least[0] * at_least[1];
        first += p;
        second += (2.0 * before + 1.0) * p;
        if p < 1e-12 {
            break;
        }
    }
    (first, (second - first * first).max(0.0).sqrt())
}

/// Every pair of creators that acted on each other's posts, tested against the null.
///
/// # Shape
/// Ascending by account. A pair of which one never acted on the other is no tie; it counts in the false-discovery control with p = 1.
///
/// # Cost
/// O(actions) and a tail for each tie.
pub fn reciprocal_ties(actions: &CreatorActions, null: &ReciprocityNull) -> Vec<Tie> {
    let counts = counts_among_creators(actions);
    let mut ties: Vec<Tie> = counts
        .iter()
        .filter(|((from, to), _)| from < to)
        .filter_map(|(&(from, to), &count)| Some(test(null, [from, to], [count, *counts.get(&(to, from))?])))
        .collect();
    ties.sort_unstable_by_key(|tie| tie.accounts);
    let p_values: Vec<f64> = ties.iter().map(|tie| 10_f64.powf(tie.log10_p)).collect();
    let untested = null.pairs_count() / ties.len().max(1) as f64;
    for (tie, q) in ties.iter_mut().zip(benjamini_hochberg(&p_values)) {
        tie.q = (q * untested).min(1.0);
    }
    ties
}

/// Posts of the second that the first acted on, both creators.
fn counts_among_creators(actions: &CreatorActions) -> HashMap<(AccountId, AccountId), u32, FixedState> {
    let mut counts = HashMap::with_hasher(FixedState::with_seed(0));
    for action in actions.actions().iter().filter(|action| actions.is_creator(action.actor)) {
        *counts.entry((action.actor, actions.creator(action))).or_insert(0) += 1;
    }
    counts
}

fn test(null: &ReciprocityNull, accounts: [AccountId; 2], counts: [u32; 2]) -> Tie {
    let [one, other] = accounts;
    let expected = [null.expected(one, other), null.expected(other, one)];
    let least = counts[0].min(counts[1]);
    let ln_p: f64 = expected.iter().map(|&mean| ln_poisson_tail(u64::from(least), mean)).sum();
    let (mean, deviation) = smaller_of_two(expected);
    let z = (f64::from(least) - mean) / deviation;
    Tie { accounts, counts, expected, z, log10_p: ln_p / std::f64::consts::LN_10, q: 1.0 }
}

/// The ties that chance does not explain, as a graph.
///
/// # Shape
/// Nodes ascending by account, edges in the order of the ties; no loops, no parallel edges.
pub fn reciprocal_graph(ties: &[Tie], false_discovery_rate: f64) -> UnGraph<AccountId, Tie> {
    let kept = || ties.iter().filter(|tie| tie.q <= false_discovery_rate);
    let mut accounts: Vec<AccountId> = kept().flat_map(|tie| tie.accounts).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut graph = UnGraph::with_capacity(accounts.len(), kept().count());
    let nodes: Vec<_> = accounts.iter().map(|&account| graph.add_node(account)).collect();
    let node = |account: &AccountId| nodes[accounts.partition_point(|other| other < account)];
    for tie in kept() {
        graph.add_edge(node(&tie.accounts[0]), node(&tie.accounts[1]), *tie);
    }
    graph
}

#[cfg(test)]
mod tests {
    use super::super::creator_actions::{PostAction, PostOf};
    use super::super::edge_time::EdgeTime;
    use super::*;
    use rand::seq::SliceRandom;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_smaller_of_two_counts_agrees_with_scipy() {
        // scipy: s = poisson.sf(k - 1, a) * poisson.sf(k - 1, b); s.sum(); ((2k - 1) s).sum() - s.sum()**2
        for (means, mean, deviation) in [
            ([0.5, 0.7], 0.212_633_915_260_805_47, 0.444_472_312_226_131_04),
            ([3.0, 4.5], 2.518_515_728_647_301, 1.415_727_239_381_102_5),
            ([20.0, 35.0], 19.945_167_323_457_39, 4.393_035_379_586_157),
        ] {
            let (found, spread) = smaller_of_two(means);
            assert!((found - mean).abs() < 1e-9 && (spread - deviation).abs() < 1e-9, "{found} {spread}");
        }
    }

    /// Actions of `from` on different posts of `to`, for each triple.
    fn world(n: u32, posts_each: u32, counts: &[(u32, u32, u32)]) -> CreatorActions {
        let missing = EdgeTime::MISSING;
        let posts = (0..n * posts_each).map(|post| PostOf { creator: AccountId(post / posts_each), published: missing });
        let acts = counts.iter().flat_map(|&(from, to, count)| {
            (0..count).map(move |nth| PostAction { actor: AccountId(from), post: to * posts_each + nth, at: missing })
        });
        CreatorActions::new(n as usize, posts.collect(), acts.collect(), [])
    }

    /// Places drawn anew for all actions; who lands on an own post changes places with others until nobody does.
    fn shuffled(acts: &[(u32, u32)], rng: &mut ChaCha8Rng) -> Vec<(u32, u32)> {
        let mut places: Vec<u32> = acts.iter().map(|act| act.1).collect();
        places.shuffle(rng);
        while let Some(own) = (0..acts.len()).find(|&at| acts[at].0 == places[at]) {
            places.swap(own, rng.random_range(0..acts.len()));
        }
        acts.iter().zip(places).map(|(act, place)| (act.0, place)).collect()
    }

    #[test]
    fn the_closed_form_agrees_with_a_seeded_randomisation_that_keeps_all_degrees() {
        // Five creators of unequal habits and popularity, and an audience of ten.
        let mut counts: Vec<(u32, u32, u32)> = (5..15).flat_map(|from| (0..5).map(move |to| (from, to, 12 + to * 4))).collect();
        counts.extend([(0, 1, 30), (0, 2, 10), (1, 0, 22), (1, 3, 9), (2, 4, 25), (3, 0, 8), (4, 2, 14)]);
        let null = ReciprocityNull::of(&world(15, 40, &counts));
        let acts: Vec<(u32, u32)> =
            counts.iter().flat_map(|&(from, to, count)| std::iter::repeat_n((from, to), count as usize)).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        const DRAWS: usize = 1_500;
        let mut least = vec![Vec::new(); 3];
        for _ in 0..DRAWS {
            let drawn = shuffled(&acts, &mut rng);
            let count = |from: u32, to: u32| drawn.iter().filter(|act| **act == (from, to)).count() as f64;
            for (pair, found) in [(0, 1), (0, 2), (1, 3)].into_iter().zip(&mut least) {
                found.push(count(pair.0, pair.1).min(count(pair.1, pair.0)));
            }
        }
        for (pair, found) in [(0, 1), (0, 2), (1, 3)].into_iter().zip(&least) {
            let (one, other) = (AccountId(pair.0), AccountId(pair.1));
            let (mean, deviation) = smaller_of_two([null.expected(one, other), null.expected(other, one)]);
            let drawn_mean = found.iter().sum::<f64>() / DRAWS as f64;
            let drawn_variance = found.iter().map(|count| (count - drawn_mean).powi(2)).sum::<f64>() / DRAWS as f64;
            let error = drawn_variance.sqrt() / (DRAWS as f64).sqrt();
            // Without return a little less varies than Poisson does: the closed form may only be the wider one.
            assert!((drawn_mean - mean).abs() < 0.05 * mean + 4.0 * error, "{pair:?}: {drawn_mean} {mean}");
            let ratio = drawn_variance.sqrt() / deviation;
            assert!((0.85..1.03).contains(&ratio), "{pair:?}: {ratio}");
        }
    }

    #[test]
    fn chance_meetings_are_no_ties_and_faithful_pairs_are() {
        let mut counts: Vec<(u32, u32, u32)> = (20..220).flat_map(|from| (0..20).map(move |to| (from, to, 1))).collect();
        counts.extend((0..20).flat_map(|from| (0..20).filter(move |to| *to != from).map(move |to| (from, to, 1))));
        let chance = world(220, 30, &counts);
        let ties = reciprocal_ties(&chance, &ReciprocityNull::of(&chance));
        assert_eq!((ties.len(), reciprocal_graph(&ties, 0.05).edge_count()), (190, 0));
        counts.retain(|&(from, to, _)| (from, to) != (3, 4) && (from, to) != (4, 3));
        counts.extend([(3, 4, 25), (4, 3, 18), (5, 6, 29)]);
        let faithful = world(220, 30, &counts);
        let ties = reciprocal_ties(&faithful, &ReciprocityNull::of(&faithful));
        let graph = reciprocal_graph(&ties, 0.05);
        assert_eq!(graph.node_weights().copied().collect::<Vec<_>>(), [AccountId(3), AccountId(4)]);
        let tie = graph.edge_weights().next().unwrap();
        assert!(tie.counts == [25, 18] && tie.z > 10.0 && tie.log10_p < -10.0, "{tie:?}");
    }

    #[test]
    fn nothing_gives_nothing() {
        let nothing = CreatorActions::default();
        assert!(reciprocal_ties(&nothing, &ReciprocityNull::of(&nothing)).is_empty());
        assert_eq!(reciprocal_graph(&[], 0.05).node_count(), 0);
    }
}
