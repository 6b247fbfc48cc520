//! The follows of one creator that the export holds.

use super::cast::Actor;
use super::creators::Plan;
use super::deliveries::{Deliveries, own_until_s};
use super::growth::{Cause, Wave};
use super::market::Market;
use super::population::Population;
use super::scenario::Scenario;
use super::seed::{Stream, stream};
use super::vendors::pool_member;
use super::words::LANGUAGES;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution};
use std::collections::HashSet;
use std::ops::Range;

/// Draws of an account after which its time is chosen to suit it, instead of the account to suit the time.
const TRIES: u32 = 40;

/// One follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Follow {
    pub actor: Actor,
    pub at_s: i64,
    pub has_time: bool,
    /// Place of the creator's order to which it belongs.
    pub order: Option<u32>,
}

/// Followers of a creator in the export, oldest follow first.
#[derive(Debug, Clone, Default)]
pub(super) struct Audience {
    pub follows: Vec<Follow>,
}

/// What the rows of all creators are drawn from.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub scenario: &'a Scenario,
    pub seed: u64,
    pub captured_s: i64,
    pub population: &'a Population,
    pub market: &'a Market,
}

/// Draws the followers of a creator that the export holds: each wave is thinned at the rate of the sample.
///
/// # Cost
/// Time and memory in proportion to the rows of this creator alone.
pub(super) fn draw_audience(world: World<'_>, plan: &Plan) -> Audience {
    let mut rng = stream(world.seed, Stream::Follows, u64::from(plan.index));
    let rate = (f64::from(world.scenario.sampling.follows_per_creator) / plan.followers() as f64).min(1.0);
    let mut audience = Audience::default();
    let mut deliveries = Deliveries::new(world, plan);
    let mut taken = HashSet::new();
    for wave in &plan.waves {
        let drawn = Binomial::new(wave.kept, rate).expect("the rate lies within 0 and 1").sample(&mut rng);
        for _ in 0..drawn {
            let follow = draw_follow(world, plan, (wave, &mut deliveries), (&mut taken, &mut rng));
            audience.follows.push(follow);
        }
    }
    for follow in &mut audience.follows {
        follow.has_time = !rng.random_bool(world.scenario.sampling.untimed_share);
    }
    audience.follows.sort_unstable_by_key(|follow| (follow.at_s, follow.actor));
    audience
}

fn draw_follow(
    world: World<'_>,
    plan: &Plan,
    (wave, deliveries): (&Wave, &mut Deliveries<'_>),
    (taken, rng): (&mut HashSet<Actor>, &mut ChaCha8Rng),
) -> Follow {
    let offset_h = LANGUAGES[plan.community.language].utc_offset_h;
    let order = if let Cause::Order(place) | Cause::Reciprocal(place) = wave.cause { Some(place as u32) } else { None };
    let mut tries = 0;
    loop {
        tries += 1;
        let delivered = (tries < TRIES).then(|| deliveries.draw(wave.cause, rng)).flatten();
        let actor = delivered.unwrap_or_else(|| draw_person(world, plan, (wave.cause, tries), rng));
        let lived = lifetime(world, actor, wave.cause);
        let at_s = wave.draw_s(offset_h, rng);
        if taken.contains(&actor) || (!lived.contains(&at_s) && tries < TRIES) || lived.is_empty() {
            continue;
        }
        taken.insert(actor);
        let at_s = if lived.contains(&at_s) { at_s } else { rng.random_range(lived) };
        return Follow { actor, at_s, has_time: true, order };
    }
}

/// Who follows depends on why: a viral post reaches everybody, the baseline comes more from the community.
fn draw_person(world: World<'_>, plan: &Plan, (cause, tries): (Cause, u32), rng: &mut ChaCha8Rng) -> Actor {
    let own_share = match cause {
        Cause::Viral => 0.1,
        Cause::Giveaway => 0.5 * world.scenario.organic.community_share,
        _ => world.scenario.organic.community_share,
    };
    if tries > 4 * TRIES {
        return Actor::Organic(rng.random_range(0..world.scenario.accounts));
    }
    let is_own = tries < TRIES && rng.random_bool(own_share);
    Actor::Organic(world.population.draw(is_own.then_some(plan.community), rng))
}

/// When an account can follow for a cause: after it was made, and as its owner wants only until it is taken over.
fn lifetime(world: World<'_>, actor: Actor, cause: Cause) -> Range<i64> {
    let end_s = if matches!(cause, Cause::Order(_)) { world.captured_s } else { own_until_s(world, actor) };
    created_s(world, actor) + 1..end_s
}

/// When an account of an audience was made.
pub(super) fn created_s(world: World<'_>, actor: Actor) -> i64 {
    match actor {
        Actor::Creator(_) => 0,
        Actor::Organic(index) => world.population.created_s(index),
        Actor::Pool(number, index) => pool_member(world, number, index).created_s,
    }
}
