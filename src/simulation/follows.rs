//! The follows of one creator that the export holds.

use super::cast::Actor;
use super::creators::Plan;
use super::deliveries::deliver_followers;
use super::growth::{Cause, Wave};
use super::population::Population;
use super::scenario::Scenario;
use super::seed::{Stream, stream};
use super::vendors::{background_actor, pool_member};
use super::words::LANGUAGES;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution};
use std::collections::HashSet;

/// Draws of an account after which its time is chosen to suit it, instead of the account to suit the time.
const TRIES: u32 = 40;

/// One follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Follow {
    pub actor: Actor,
    pub at_s: i64,
    pub has_time: bool,
}

/// Followers of a creator in the export, oldest follow first.
#[derive(Debug, Clone, Default)]
pub(super) struct Audience {
    pub follows: Vec<Follow>,
    /// Followers in the export from each order, in the order of [`Plan::orders`].
    pub by_order: Vec<u64>,
}

/// What the rows of all creators are drawn from.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub scenario: &'a Scenario,
    pub seed: u64,
    pub captured_s: i64,
    pub population: &'a Population,
}

/// Draws the followers of a creator that the export holds: each wave is thinned at the rate of the sample.
///
/// # Cost
/// Time and memory in proportion to the rows of this creator alone.
pub(super) fn draw_audience(world: World<'_>, plan: &Plan) -> Audience {
    let mut rng = stream(world.seed, Stream::Follows, u64::from(plan.index));
    let rate = (f64::from(world.scenario.sampling.follows_per_creator) / plan.followers() as f64).min(1.0);
    let mut audience = Audience { follows: Vec::new(), by_order: vec![0; plan.orders.len()] };
    let mut taken = HashSet::new();
    for wave in &plan.waves {
        let drawn = Binomial::new(wave.kept, rate).expect("the rate lies within 0 and 1").sample(&mut rng);
        match wave.cause {
            Cause::Order(place) => {
                let delivered = deliver_followers(world, (plan, wave, place), drawn, (&mut taken, &mut rng));
                audience.by_order[place] = delivered.len() as u64;
                audience.follows.extend(delivered);
            }
            Cause::Baseline | Cause::Viral | Cause::Giveaway | Cause::Background => {
                for _ in 0..drawn {
                    let follow = draw_follow(world, plan, wave, (&mut taken, &mut rng));
                    audience.follows.push(follow);
                }
            }
        }
    }
    for follow in &mut audience.follows {
        follow.has_time = !rng.random_bool(world.scenario.sampling.untimed_share);
    }
    audience.follows.sort_unstable_by_key(|follow| (follow.at_s, follow.actor));
    audience
}

fn draw_follow(world: World<'_>, plan: &Plan, wave: &Wave, (taken, rng): (&mut HashSet<Actor>, &mut ChaCha8Rng)) -> Follow {
    let offset_h = LANGUAGES[plan.community.language].utc_offset_h;
    let mut tries = 0;
    loop {
        tries += 1;
        let actor = draw_actor(world, plan, (wave.cause, tries), rng);
        let created_s = created_s(world, actor);
        let at_s = wave.draw_s(offset_h, rng);
        if taken.contains(&actor) || (created_s >= at_s && tries < TRIES) {
            continue;
        }
        taken.insert(actor);
        let at_s = if created_s < at_s { at_s } else { rng.random_range(created_s..world.captured_s.max(created_s + 1)) };
        return Follow { actor, at_s, has_time: true };
    }
}

/// Who follows depends on why: a viral post reaches everybody, the baseline comes more from the community.
fn draw_actor(world: World<'_>, plan: &Plan, (cause, tries): (Cause, u32), rng: &mut ChaCha8Rng) -> Actor {
    if cause == Cause::Background
        && tries < TRIES
        && let Some(actor) = background_actor(world.scenario, rng)
    {
        return actor;
    }
    let own_share = match cause {
        Cause::Viral => 0.1,
        Cause::Giveaway => 0.5 * world.scenario.organic.community_share,
        Cause::Baseline | Cause::Background | Cause::Order(_) => world.scenario.organic.community_share,
    };
    if tries > 4 * TRIES {
        return Actor::Organic(rng.random_range(0..world.scenario.accounts));
    }
    let is_own = tries < TRIES && rng.random_bool(own_share);
    Actor::Organic(world.population.draw(is_own.then_some(plan.community), rng))
}

/// When an account of an audience was made.
pub(super) fn created_s(world: World<'_>, actor: Actor) -> i64 {
    match actor {
        Actor::Creator(_) => 0,
        Actor::Organic(index) => world.population.created_s(index),
        Actor::Pool(number, index) => pool_member(world, number, index).created_s,
    }
}
