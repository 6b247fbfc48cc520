//! The ordered followers of one creator that the export holds.

use super::cast::Actor;
use super::creators::Plan;
use super::follows::{Follow, World};
use super::growth::Wave;
use super::scenario::Scenario;
use rand::seq::index;
use rand_chacha::ChaCha8Rng;
use std::collections::HashSet;

/// Draws `drawn` of an order's followers; those already taken are left out.
pub(super) fn deliver_followers(
    world: World<'_>,
    (plan, wave, place): (&Plan, &Wave, usize),
    drawn: u64,
    (taken, rng): (&mut HashSet<Actor>, &mut ChaCha8Rng),
) -> Vec<Follow> {
    let members = ordered_members(world.scenario, plan, place, (drawn, rng));
    let fresh = members.into_iter().filter(|&actor| taken.insert(actor)).collect::<Vec<_>>();
    fresh.into_iter().map(|actor| Follow { actor, at_s: wave.draw_s(0, rng), has_time: true }).collect()
}

/// The accounts of an order that the export holds: a random part of a stretch of the pool.
fn ordered_members(scenario: &Scenario, plan: &Plan, place: usize, (drawn, rng): (u64, &mut ChaCha8Rng)) -> Vec<Actor> {
    let order = plan.orders[place];
    let pool = u64::from(scenario.vendors[order.vendor].pool);
    let chosen = index::sample(rng, order.size as usize, drawn as usize);
    chosen.into_iter().map(|nth| Actor::Pool(order.vendor, ((u64::from(order.first) + nth as u64) % pool) as u32)).collect()
}
