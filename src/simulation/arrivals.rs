//! Every follow that a creator ever got, one after the other; the export's part is kept, all are counted.

use super::cascade::Cascade;
use super::creators::Plan;
use super::follows::World;
use super::growth::{Cause, Wave, leave_s};
use super::history::{Grid, Presence};
use super::locales::{LOCALES, draw_locale, draw_locale_of};
use super::rhythm::thinned;
use super::selection::Selection;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

const HOUR_S: f64 = 3_600.0;
/// Of those who come from a creator's community, the share from its own time zone. Assumption.
const OWN_PLACE: f64 = 0.75;
/// Of those who come from anywhere, the share that speaks the creator's language. Assumption.
const OWN_LANGUAGE: f64 = 0.6;
/// Share of a fan circle, and of a community, that one creator's followers in the export may use up.
const CIRCLE_USE: f64 = 0.5;
const CELL_USE: f64 = 0.3;

/// Where a follower is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whence {
    /// A fan circle.
    Circle(u32),
    /// The creator's niche, at a place.
    Niche,
    /// Anybody at a place.
    Place,
    /// The audience of the creator that gave a shout-out.
    Audience,
    /// Another creator.
    Peer(u32),
}

/// One follow of which the follower is not yet drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    pub at_s: i64,
    /// Place of its wave in the plan.
    pub wave: u16,
    /// Index of the follower's locale.
    pub locale: u8,
    pub whence: Whence,
}

/// The arrivals of one creator.
pub(super) struct Arrivals {
    /// Those that the export holds, in no order.
    pub sampled: Vec<Arrival>,
    /// All of them, over time.
    pub presence: Presence,
}

/// What is the same for all waves of a creator.
struct Scene<'a> {
    world: World<'a>,
    plan: &'a Plan,
    /// Shares of the followers that come from fan circles, and from the community.
    circle_share: f64,
    community_share: f64,
}

/// Draws all arrivals of a creator: immigrants by the course of each wave, and whom they bring with them.
///
/// # Cost
/// Time in proportion to all followers it ever had, some 30 ns each; memory to those in the export.
pub(super) fn draw_arrivals(world: World<'_>, plan: &Plan, rng: &mut ChaCha8Rng) -> Arrivals {
    let sampling = &world.scenario.sampling;
    let mut selection = Selection::new(sampling, plan.followers());
    let mut presence = Presence::new(Grid::new(sampling, world.captured_s));
    let scene = Scene::new(world, plan);
    for (number, wave) in (0..).zip(&plan.waves) {
        let mut lost_left = wave.lost;
        let mut to_come = wave.kept + wave.lost;
        scene.draw_wave(wave, rng, &mut |(at_s, locale, whence), rng| {
            let leaves = lost_left > 0 && rng.random_range(0..to_come) < lost_left;
            to_come -= 1;
            presence.comes(at_s);
            if leaves {
                lost_left -= 1;
                let purged = wave.cause == Cause::Purged;
                presence.leaves(if purged { wave.end_s } else { leave_s(wave.stay_days, (at_s, world.captured_s), rng) });
            } else {
                selection.offer(Arrival { at_s, wave: number, locale, whence }, rng);
            }
        });
    }
    Arrivals { sampled: selection.finish(), presence }
}

type Emit<'a> = &'a mut dyn FnMut((i64, u8, Whence), &mut ChaCha8Rng);

impl<'a> Scene<'a> {
    fn new(world: World<'a>, plan: &'a Plan) -> Self {
        let organic = &world.scenario.organic;
        let rows = world.scenario.sampling.follows_drawn(plan.followers()) as f64;
        let in_circles: usize = plan.circles.iter().map(|&circle| world.population.members(circle).len()).sum();
        let in_cell = world.population.cell(plan.community).len();
        Self {
            world,
            plan,
            circle_share: organic.circle_share.min(CIRCLE_USE * in_circles as f64 / rows),
            community_share: organic.community_share.min(CELL_USE * in_cell as f64 / rows),
        }
    }

    /// Emits exactly as many arrivals as the wave has, cluster by cluster; the last cluster is cut.
    fn draw_wave(&self, wave: &Wave, rng: &mut ChaCha8Rng, emit: Emit<'_>) {
        if wave.cause == Cause::Peers {
            return self.draw_peers(wave, rng, emit);
        }
        let cascade = self.cascade(wave);
        let until_s = if wave.cause == Cause::Purged { wave.end_s } else { self.world.captured_s };
        let mut left = (wave.kept + wave.lost) as usize;
        let mut times = Vec::new();
        while left > 0 {
            let (whence, locale) = self.draw_whence(wave.cause, rng);
            let utc_offset_h = LOCALES[locale].utc_offset_h;
            let first_s = self.attracted(wave, wave.draw_s(utc_offset_h, rng), rng);
            match cascade {
                Some(cascade) => cascade.spread((first_s, until_s), utc_offset_h, rng, &mut times),
                None => {
                    times.clear();
                    times.push(first_s);
                }
            }
            for &at_s in times.iter().take(left) {
                emit((at_s, locale as u8, whence), rng);
            }
            left -= times.len().min(left);
        }
    }

    fn draw_peers(&self, wave: &Wave, rng: &mut ChaCha8Rng, emit: Emit<'_>) {
        for &peer in self.world.peers.followers(self.plan.index).iter().take(wave.kept as usize) {
            let origin = self.world.origins[peer as usize];
            let start_s = wave.start_s.max(origin.started_s + 1);
            let offset_h = origin.community.place().utc_offset_h;
            let at_s = thinned(offset_h, rng, |rng| rng.random_range(start_s..self.world.captured_s));
            emit((at_s, origin.community.locale as u8, Whence::Peer(peer)), rng);
        }
    }

    /// How arrivals of a wave bring others; none for what machines do and for what has no course of its own.
    fn cascade(&self, wave: &Wave) -> Option<Cascade> {
        let organic = &self.world.scenario.organic;
        let branching = match wave.cause {
            Cause::Viral => organic.viral_branching,
            Cause::Baseline | Cause::Ripple | Cause::Giveaway | Cause::Shoutout | Cause::Press => organic.branching,
            Cause::Peers | Cause::Purged | Cause::Background | Cause::Camouflage(_) | Cause::Order(_) | Cause::Reciprocal(_) => {
                0.0
            }
        };
        (branching > 0.0).then(|| Cascade::new(branching, organic.branching_delay_h * HOUR_S))
    }

    /// Some of the everyday arrivals come after the newest post of their day.
    fn attracted(&self, wave: &Wave, at_s: i64, rng: &mut ChaCha8Rng) -> i64 {
        let posts = &self.plan.posts;
        if wave.cause != Cause::Baseline || posts.first().is_none_or(|first| at_s < first.at_s) {
            return at_s;
        }
        let organic = &self.world.scenario.organic;
        if rng.random::<f64>() >= organic.post_follow_share {
            return at_s;
        }
        let post = &posts[posts.partition_point(|post| post.at_s <= at_s) - 1];
        let age_s = (self.world.captured_s - 1 - post.at_s) as f64;
        post.at_s + organic.response().draw_s(age_s, rng) as i64
    }

    fn draw_whence(&self, cause: Cause, rng: &mut ChaCha8Rng) -> (Whence, usize) {
        let home = self.plan.community;
        let (circle_share, community_share) = match cause {
            Cause::Order(_) | Cause::Background | Cause::Camouflage(_) | Cause::Peers => return (Whence::Place, home.locale),
            Cause::Shoutout => match self.plan.shouter {
                Some(_) if rng.random_bool(0.8) => return (Whence::Audience, self.own_place(rng)),
                _ => (0.0, self.community_share),
            },
            Cause::Baseline | Cause::Ripple | Cause::Purged => (self.circle_share, self.community_share),
            Cause::Giveaway | Cause::Reciprocal(_) => (0.0, 0.5 * self.community_share),
            Cause::Viral => (0.0, 0.1 * self.community_share),
            Cause::Press => return (Whence::Place, self.own_place(rng)),
        };
        let kind: f64 = rng.random();
        if kind < circle_share {
            // The first circle is the main one.
            let place = rng.random::<f64>().powi(2) * self.plan.circles.len() as f64;
            return (Whence::Circle(self.plan.circles[place as usize]), home.locale);
        }
        if kind < circle_share + community_share {
            return (Whence::Niche, self.own_place(rng));
        }
        if rng.random_bool(OWN_LANGUAGE) {
            return (Whence::Place, draw_locale_of(home.language(), rng));
        }
        (Whence::Place, draw_locale(rng))
    }

    fn own_place(&self, rng: &mut ChaCha8Rng) -> usize {
        let home = self.plan.community;
        if rng.random_bool(OWN_PLACE) { home.locale } else { draw_locale_of(home.language(), rng) }
    }
}
