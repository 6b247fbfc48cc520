//! Who orders how many followers, when, and from whom.

use super::creators::{Story, followers_of};
use super::growth::{Cause, Course, Wave};
use super::scenario::{Incidents, Scenario};
use super::seed::{Stream, stream};
use super::vendors::ORDER_DAYS;
use rand::RngExt;

const DAY_S: i64 = 86_400;

/// An order of followers as planned: which part of which pool, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlannedOrder {
    pub vendor: usize,
    /// Index of the first account in the pool; the next ones follow, past the end from the start again.
    pub first: u32,
    pub size: u64,
}

/// Gives some creators (in random order) a story with orders; the others come back, still in random order.
pub(super) fn assign_orders(scenario: &Scenario, creators: Vec<u32>, stories: &mut [Story]) -> Vec<u32> {
    let incidents = &scenario.incidents;
    let count = |share: f64| (share * f64::from(scenario.creators)).round() as usize;
    let (mut buyable, mut others): (Vec<u32>, Vec<u32>) =
        creators.into_iter().partition(|&index| followers_of(scenario, index) <= incidents.ordered_followers_max);
    let n_inflated = count(incidents.inflated_share).min(buyable.len());
    let mut inflated = buyable.split_off(buyable.len() - n_inflated);
    for strength in graded(incidents, n_inflated) {
        let place = place_for(scenario, &inflated, strength);
        stories[inflated.swap_remove(place) as usize] = Story::Inflated(strength);
    }
    let attacked = buyable.split_off(buyable.len() - count(incidents.attacked_share).min(buyable.len()));
    for index in attacked {
        stories[index as usize] = Story::Attacked(incidents.attack_strength);
    }
    others.append(&mut buyable);
    others
}

/// Strengths from the mildest to the strongest in geometric steps.
fn graded(incidents: &Incidents, n: usize) -> impl Iterator<Item = f64> {
    let (from, ratio) = (incidents.strength_from, (incidents.strength_to / incidents.strength_from).ln());
    (0..n).map(move |step| if n > 1 { from * (ratio * step as f64 / (n - 1) as f64).exp() } else { incidents.strength_to })
}

/// The first creator (in random order) large enough for an order of this strength, else the largest.
fn place_for(scenario: &Scenario, creators: &[u32], strength: f64) -> usize {
    let least = scenario.vendors.iter().map(|vendor| vendor.order_min).max().unwrap_or(0);
    let is_enough = |&index: &u32| followers_of(scenario, index) as f64 * strength >= f64::from(least);
    let largest = || creators.iter().enumerate().min_by_key(|&(_, &index)| index).map_or(0, |(place, _)| place);
    creators.iter().position(is_enough).unwrap_or_else(largest)
}

/// The followers ordered for a creator of this story and this many followers in all: a wave for each order.
pub(super) fn order_followers(
    scenario: &Scenario,
    (seed, captured_s): (u64, i64),
    index: u32,
    (story, total): (Story, u64),
) -> (Vec<Wave>, Vec<PlannedOrder>) {
    let strength = match story {
        Story::Inflated(strength) | Story::Attacked(strength) => strength,
        Story::Untouched | Story::Viral | Story::Giveaway => return (Vec::new(), Vec::new()),
    };
    let rng = &mut stream(seed, Stream::Orders, u64::from(index));
    let number = rng.random_range(0..scenario.vendors.len() as u32) as usize;
    let vendor = &scenario.vendors[number];
    let kept_share = 1.0 - vendor.drop_off;
    let wanted = ((total as f64 * strength / kept_share) as u64).clamp(u64::from(vendor.order_min), u64::from(vendor.pool));
    let mut first = rng.random_range(0..vendor.pool);
    let mut waves = Vec::new();
    let mut orders = Vec::new();
    for (place, size) in vendor.order_sizes(wanted, rng).into_iter().enumerate() {
        let start_s = captured_s - rng.random_range(5 * DAY_S..(ORDER_DAYS - 1) * DAY_S);
        let kept = (size as f64 * kept_share).round() as u64;
        waves.push(Wave {
            cause: Cause::Order(place),
            course: Course::Constant,
            kept,
            lost: size - kept,
            start_s,
            end_s: start_s + vendor.delivery_s(rng),
        });
        orders.push(PlannedOrder { vendor: number, first, size });
        first = ((u64::from(first) + size) % u64::from(vendor.pool)) as u32;
    }
    (waves, orders)
}
