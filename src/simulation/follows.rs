//! The follows of one creator that the export holds.

use super::arrivals::{Arrival, Whence, draw_arrivals};
use super::cast::Actor;
use super::creators::{Plan, Story, plan};
use super::deliveries::{Deliveries, own_until_s};
use super::growth::Cause;
use super::history::Presence;
use super::market::Market;
use super::peers::{Origin, Peers};
use super::population::{Among, Community, Population};
use super::scenario::Scenario;
use super::seed::{Stream, stream};
use super::vendors::pool_member;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::HashSet;
use std::ops::Range;

/// Draws from where a follower should come, then from its place, then from everybody; then the next free one is taken.
const TRIES: [u32; 3] = [12, 24, 64];

/// Accounts that already have a part.
pub(super) type Taken = HashSet<Actor, foldhash::fast::FixedState>;

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
#[derive(Debug, Clone)]
pub(super) struct Audience {
    pub follows: Vec<Follow>,
    /// All followers over time, in the export or not.
    pub presence: Presence,
    /// Rows in which a person stands because no account in a vendor's hands was free.
    pub unfilled: u64,
}

/// What the rows of all creators are drawn from.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub scenario: &'a Scenario,
    pub seed: u64,
    pub captured_s: i64,
    pub population: &'a Population,
    pub market: &'a Market,
    /// By creator.
    pub stories: &'a [Story],
    /// By creator.
    pub origins: &'a [Origin],
    pub peers: &'a Peers,
}

/// The audience of the creator that gave a shout-out.
struct Host {
    circles: Vec<u32>,
    community: Community,
    audience: Audience,
    /// Share of that audience in the export.
    sampled_share: f64,
}

/// Draws the followers of a creator that the export holds.
///
/// # Cost
/// Time: that of [`draw_arrivals`] and some 300 ns a row. Memory in proportion to the rows of this creator.
pub(super) fn draw_audience(world: World<'_>, plan: &Plan) -> Audience {
    let mut rng = stream(world.seed, Stream::Follows, u64::from(plan.index));
    let arrivals = draw_arrivals(world, plan, &mut rng);
    let n = arrivals.sampled.len();
    let mut casting = Casting {
        world,
        plan,
        host: plan.shouter.map(|index| Host::new(world, index)),
        deliveries: Deliveries::new(world, plan),
        taken: Taken::with_capacity_and_hasher(n, foldhash::fast::FixedState::default()),
        unfilled: 0,
    };
    let mut follows = Vec::with_capacity(n);
    // Ordered accounts come first: there are only so many of them, and anybody may take another's place.
    for ordered in [true, false] {
        let is_ordered = |arrival: &&Arrival| matches!(casting.cause(arrival), Cause::Order(_)) == ordered;
        let chosen: Vec<Arrival> = arrivals.sampled.iter().filter(is_ordered).copied().collect();
        follows.extend(chosen.into_iter().map(|arrival| casting.follow(arrival, &mut rng)));
    }
    let untimed_share = world.scenario.sampling.untimed_share;
    for follow in &mut follows {
        follow.has_time = rng.random::<f64>() >= untimed_share;
    }
    follows.sort_unstable_by(|a, b| a.at_s.cmp(&b.at_s).then_with(|| a.actor.lot().cmp(&b.actor.lot())));
    Audience { follows, presence: arrivals.presence, unfilled: casting.unfilled }
}

/// Gives arrivals their accounts.
struct Casting<'a> {
    world: World<'a>,
    plan: &'a Plan,
    host: Option<Host>,
    deliveries: Deliveries<'a>,
    taken: Taken,
    unfilled: u64,
}

impl Casting<'_> {
    fn cause(&self, arrival: &Arrival) -> Cause {
        self.plan.waves[usize::from(arrival.wave)].cause
    }

    fn follow(&mut self, arrival: Arrival, rng: &mut ChaCha8Rng) -> Follow {
        let cause = self.cause(&arrival);
        let (actor, order) = match (arrival.whence, cause) {
            (Whence::Peer(peer), _) => (Actor::Creator(peer), None),
            (_, Cause::Order(_) | Cause::Background | Cause::Camouflage(_)) => match self.delivered(arrival, cause, rng) {
                Some(actor) => (actor, if let Cause::Order(place) = cause { Some(place as u32) } else { None }),
                None => {
                    self.unfilled += 1;
                    (self.person(arrival, cause, rng), None)
                }
            },
            (_, Cause::Reciprocal(place)) => (self.person(arrival, cause, rng), Some(place as u32)),
            _ => (self.person(arrival, cause, rng), None),
        };
        Follow { actor, at_s: arrival.at_s, has_time: true, order }
    }

    /// An account in a vendor's hands; none where none is free.
    fn delivered(&mut self, arrival: Arrival, cause: Cause, rng: &mut ChaCha8Rng) -> Option<Actor> {
        for _ in 0..TRIES[2] {
            let actor = self.deliveries.draw((cause, arrival.at_s), rng)?;
            if lifetime(self.world, actor, cause).contains(&arrival.at_s) && self.taken.insert(actor) {
                return Some(actor);
            }
        }
        None
    }

    /// Somebody who existed at the time and does not follow yet.
    fn person(&mut self, arrival: Arrival, cause: Cause, rng: &mut ChaCha8Rng) -> Actor {
        for tries in 0..TRIES[2] {
            let found = match (&self.host, arrival.whence) {
                (Some(host), Whence::Audience) => host.draw(self.world, arrival, rng),
                _ => self.world.population.draw(among(self.plan, arrival, tries), rng).map(Actor::Organic),
            };
            let Some(actor) = found else { continue };
            if lifetime(self.world, actor, cause).contains(&arrival.at_s) && self.taken.insert(actor) {
                return actor;
            }
        }
        next_free(self.world, arrival.at_s, &mut self.taken, rng)
    }
}

fn among(plan: &Plan, arrival: Arrival, tries: u32) -> Among {
    let locale = usize::from(arrival.locale);
    match arrival.whence {
        Whence::Circle(circle) if tries < TRIES[0] => Among::Circle(circle),
        Whence::Niche if tries < TRIES[0] => Among::Cell(Community { locale, niche: plan.community.niche }),
        _ if tries < TRIES[1] => Among::Locale(locale),
        _ => Among::Everybody,
    }
}

/// The next organic account from a random one on that existed and is free; an audience never holds so many that there is none.
pub(super) fn next_free(world: World<'_>, at_s: i64, taken: &mut Taken, rng: &mut ChaCha8Rng) -> Actor {
    let n = world.population.len();
    let first = rng.random_range(0..n);
    let mut candidates = (first..n).chain(0..first);
    let is_fit = |&index: &u32| {
        let actor = Actor::Organic(index);
        lifetime(world, actor, Cause::Baseline).contains(&at_s) && !taken.contains(&actor)
    };
    let index = candidates.find(is_fit).unwrap_or(first);
    taken.insert(Actor::Organic(index));
    Actor::Organic(index)
}

impl Host {
    fn new(world: World<'_>, index: u32) -> Self {
        let plan = plan(world, index);
        let audience = draw_audience(world, &plan);
        let sampled_share = audience.follows.len() as f64 / plan.followers() as f64;
        Self { circles: plan.circles, community: plan.community, audience, sampled_share }
    }

    /// One of its followers: one in the export as often as the export holds its followers, else somebody like them.
    fn draw(&self, world: World<'_>, arrival: Arrival, rng: &mut ChaCha8Rng) -> Option<Actor> {
        let follows = &self.audience.follows;
        let before = follows.partition_point(|follow| follow.at_s < arrival.at_s) as u32;
        if before > 0 && rng.random::<f64>() < self.sampled_share {
            return Some(follows[rng.random_range(0..before) as usize].actor).filter(|actor| matches!(actor, Actor::Organic(_)));
        }
        let locale = usize::from(arrival.locale);
        let among = match (rng.random::<f64>(), self.circles.first()) {
            (kind, Some(&circle)) if kind < 0.2 => Among::Circle(circle),
            (kind, _) if kind < 0.6 => Among::Cell(Community { locale, niche: self.community.niche }),
            _ => Among::Locale(locale),
        };
        world.population.draw(among, rng).map(Actor::Organic)
    }
}

/// When an account can follow for a cause: after it was made, and as its owner wants only until it is taken over.
fn lifetime(world: World<'_>, actor: Actor, cause: Cause) -> Range<i64> {
    let end_s = if matches!(cause, Cause::Order(_)) { world.captured_s } else { own_until_s(world, actor) };
    created_s(world, actor) + 1..end_s
}

/// When an account was made.
pub(super) fn created_s(world: World<'_>, actor: Actor) -> i64 {
    match actor {
        Actor::Creator(index) => world.origins[index as usize].started_s,
        Actor::Organic(index) => world.population.created_s(index),
        Actor::Pool(number, index) => pool_member(world, number, index).created_s,
    }
}
