//! Creators who belong to a circle by all that passes between them and it, though few of their single ties stand out.

use super::PodSettings;
use super::circles::Circle;
use crate::domain::AccountId;
use crate::graph::creator_actions::{CreatorActions, PostAction};
use crate::graph::reciprocity::{ReciprocityNull, Tie};
use crate::statistics::{ln_poisson_tail, median};
use std::collections::{BTreeMap, BTreeSet};

/// Share of the circle that a joiner must have met. Assumption.
const MET_SHARE: f64 = 0.5;
/// What passes between a joiner and the circle, beside the median member, at least. Assumption.
const LIKE_A_MEMBER: f64 = 1.0 / 3.0;
/// Rounds of joining; the first bring nearly all.
const ROUNDS: usize = 8;

/// Adds creators to circles, round by round, and leaves out circles of which half is in a larger one.
pub(super) fn grown(
    actions: &CreatorActions,
    null: &ReciprocityNull,
    (circles, ties): (Vec<Circle>, &[Tie]),
    settings: &PodSettings,
) -> Vec<Circle> {
    let mut acts: Vec<PostAction> = actions.actions().to_vec();
    acts.retain(|action| actions.is_creator(action.actor));
    let mut grown: Vec<Vec<AccountId>> = circles
        .into_iter()
        .map(|circle| {
            let mut creators = circle.creators;
            for _ in 0..ROUNDS {
                let joiners = joiners((actions, &acts), null, &creators, settings);
                if joiners.is_empty() {
                    break;
                }
                creators.extend(joiners);
                creators.sort_unstable();
            }
            creators
        })
        .collect();
    grown.sort_by_key(|creators| std::cmp::Reverse(creators.len()));
    distinct(grown).into_iter().map(|creators| with_ties(creators, ties, settings)).collect()
}

/// What passed between one creator and a circle.
#[derive(Debug, Default)]
struct Exchange {
    given: u64,
    got: u64,
    met: BTreeSet<AccountId>,
}

fn joiners(
    (actions, acts): (&CreatorActions, &[PostAction]),
    null: &ReciprocityNull,
    creators: &[AccountId],
    settings: &PodSettings,
) -> Vec<AccountId> {
    let is_in = |account: &AccountId| creators.binary_search(account).is_ok();
    let mut exchanges: BTreeMap<AccountId, Exchange> = BTreeMap::new();
    for (from, to) in acts.iter().map(|action| (action.actor, actions.creator(action))) {
        if is_in(&to) {
            let exchange = exchanges.entry(from).or_default();
            exchange.given += 1;
            exchange.met.insert(to);
        }
        if is_in(&from) {
            let exchange = exchanges.entry(to).or_default();
            exchange.got += 1;
            exchange.met.insert(from);
        }
    }
    let passed = |exchange: &Exchange| exchange.given.min(exchange.got) as f64;
    let usual = median(&creators.iter().filter_map(|creator| exchanges.get(creator).map(passed)).collect::<Vec<_>>());
    let belongs = |(account, exchange): (&AccountId, &Exchange)| {
        let expected = |sum: fn(&ReciprocityNull, AccountId, AccountId) -> f64| -> f64 {
            creators.iter().map(|&member| sum(null, *account, member)).sum()
        };
        let (to, from) =
            (expected(|null, one, other| null.expected(one, other)), expected(|null, one, other| null.expected(other, one)));
        let ln_p = ln_poisson_tail(exchange.given, to) + ln_poisson_tail(exchange.got, from);
        exchange.met.len() as f64 >= MET_SHARE * creators.len() as f64
            && usual.is_some_and(|usual| passed(exchange) >= LIKE_A_MEMBER * usual)
            && ln_p + (actions.n_creators() as f64).ln() <= settings.false_discovery_rate.ln()
    };
    exchanges.iter().filter(|(account, _)| !is_in(account)).filter(|entry| belongs(*entry)).map(|(account, _)| *account).collect()
}

/// Without the circles that are for at least half in an earlier one.
fn distinct(circles: Vec<Vec<AccountId>>) -> Vec<Vec<AccountId>> {
    let mut kept: Vec<Vec<AccountId>> = Vec::new();
    for circle in circles {
        let shared = |other: &Vec<AccountId>| circle.iter().filter(|account| other.binary_search(account).is_ok()).count();
        if kept.iter().all(|other| 2 * shared(other) < circle.len()) {
            kept.push(circle);
        }
    }
    kept
}

fn with_ties(creators: Vec<AccountId>, ties: &[Tie], settings: &PodSettings) -> Circle {
    let is_inside = |tie: &&Tie| tie.accounts.iter().all(|account| creators.binary_search(account).is_ok());
    let ties = ties.iter().filter(|tie| tie.q <= settings.false_discovery_rate).filter(is_inside).copied().collect();
    Circle { creators, ties }
}
