//! Which pool accounts follow a creator.

use super::cast::Actor;
use super::creators::Plan;
use super::follows::World;
use super::growth::Cause;
use super::permutation::Permutation;
use super::seed::pick_weighted;
use super::vendors::{Pool, pool_actor, taken_s};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Hands out the members of a creator's orders, each once, in a random order.
pub(super) struct Deliveries<'a> {
    world: World<'a>,
    plan: &'a Plan,
    /// Members handed out, by order, and the order in which they are.
    handed: Vec<(u64, Permutation)>,
}

impl<'a> Deliveries<'a> {
    pub(super) fn new(world: World<'a>, plan: &'a Plan) -> Self {
        let key = |place: u64| world.seed ^ u64::from(plan.index) << 24 ^ place;
        let handed = (0..).zip(&plan.orders).map(|(place, order)| (0, Permutation::new(order.size, key(place)))).collect();
        Self { world, plan, handed }
    }

    /// The pool account that follows for a cause; `None` where a person follows or all members of an order are handed out.
    ///
    /// A member of an order comes once. Accounts that nobody ordered are drawn anew each time, so that one of them may be
    /// a follower already.
    pub(super) fn draw(&mut self, (cause, at_s): (Cause, i64), rng: &mut ChaCha8Rng) -> Option<Actor> {
        match cause {
            Cause::Order(place) => self.next_member(place),
            Cause::Camouflage(pool) => Some(Actor::Pool(pool, self.world.market.disguises[pool].draw(rng))),
            Cause::Background => background(self.world, at_s, rng),
            _ => None,
        }
    }

    fn next_member(&mut self, place: usize) -> Option<Actor> {
        let order = &self.plan.orders[place];
        let pool = order.pool.expect("followers are ordered from a pool");
        let (handed, shuffle) = &mut self.handed[place];
        if *handed == order.size {
            return None;
        }
        let nth = shuffle.forward(*handed);
        *handed += 1;
        Some(pool_actor(self.world, pool, order.member(nth)))
    }
}

/// One of the pools' fakes that everybody has: an account of some pool that existed then, pools by their weight.
fn background(world: World<'_>, at_s: i64, rng: &mut ChaCha8Rng) -> Option<Actor> {
    let pools = &world.scenario.pools;
    let stocks: Vec<u32> = pools.iter().map(|pool| pool.stock(world.captured_s, at_s)).collect();
    let weight = |(pool, stock): (&Pool, &u32)| if *stock > 0 { pool.background_weight } else { 0.0 };
    let weights: Vec<f64> = pools.iter().zip(&stocks).map(weight).collect();
    if weights.iter().all(|weight| *weight <= 0.0) {
        return None;
    }
    let pool = pick_weighted(rng, weights.into_iter());
    // By rounding, the last pool may be picked though it weighs nothing.
    (stocks[pool] > 0).then(|| Actor::Pool(pool, rng.random_range(0..stocks[pool])))
}

/// Until when an account does what its owner wants: until it is taken over, else until the capture.
pub(super) fn own_until_s(world: World<'_>, actor: Actor) -> i64 {
    let holder = match actor {
        Actor::Organic(index) => world.market.hijack.holder(index),
        Actor::Creator(_) | Actor::Pool(..) => None,
    };
    holder.map_or(world.captured_s, |(pool, place)| taken_s(world.scenario, (world.seed, world.captured_s), pool, place))
}
