//! Who engaged with a creator's posts, as far as the export holds it.

use super::cast::Actor;
use super::comments::comment;
use super::creators::Plan;
use super::deliveries::own_until_s;
use super::follows::{Audience, Taken, World, created_s, next_free};
use super::packages::deliver_engagement;
use super::population::{Among, Community};
use super::posts::Post;
use super::rhythm::{highest_intensity, intensity};
use super::seed::{Stream, stream};
use super::vendors::pool_member;
use crate::domain::EngagementKind;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Share of those who engage that are followers, of everyday posts and of viral ones. Assumptions.
const FOLLOWER_SHARE: f64 = 0.75;
const VIRAL_FOLLOWER_SHARE: f64 = 0.3;
/// Chance that a pool account among the followers acts like a person would: camouflage. Assumption.
const CAMOUFLAGE_SHARE: f64 = 0.1;
/// Exponent of loyalty: followers are picked at the share u^3 of a fixed order, so that few of them engage again and again.
/// Assumption.
const LOYALTY: f64 = 3.0;
/// Chance that a viral post reaches one through somebody else, again and again: each way takes a reaction time more. Assumption.
const PASSED_ON: f64 = 0.5;
/// Share of comments by somebody who has already written one there. Assumption.
const REPLIES: f64 = 0.1;
/// Draws of somebody fit; then anybody who existed is taken.
const TRIES: u32 = 40;

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Engagement {
    pub actor: Actor,
    pub nth_post: u32,
    pub kind: EngagementKind,
    pub at_s: i64,
    pub text: Option<String>,
    /// Place of the creator's order to which it belongs.
    pub order: Option<u32>,
}

/// Draws who engaged with each post of a creator: of each kind as many as the post counts, or as the sampling plan allows.
pub(super) fn draw_engagements(world: World<'_>, plan: &Plan, audience: &Audience) -> Vec<Engagement> {
    let mut rng = stream(world.seed, Stream::Posts, (1 << 40) | u64::from(plan.index));
    let mut engagements = Vec::new();
    let mut taken = Taken::default();
    let sampling = &world.scenario.sampling;
    for post in &plan.posts {
        let first = engagements.len();
        for (kind, all, most) in [
            (EngagementKind::Like, post.likes(), sampling.likers_per_post),
            (EngagementKind::Comment, post.comments(), sampling.comments_per_post),
            (EngagementKind::Share, post.shares, sampling.shares_per_post),
            (EngagementKind::Save, post.saves, sampling.saves_per_post),
            (EngagementKind::View, post.viewed().unwrap_or(0), sampling.views_per_post),
        ] {
            taken.clear();
            let drawn = all.min(u64::from(most));
            let ordered = if matches!(kind, EngagementKind::Like | EngagementKind::Comment | EngagementKind::View) {
                deliver_engagement(world, (plan, post), (kind, drawn), &mut taken, &mut engagements)
            } else {
                0
            };
            let scene = Scene { world, plan, audience, post };
            (ordered..drawn).for_each(|_| engagements.push(scene.draw(kind, (&mut taken, &mut rng))));
        }
        // The order of rows must not tell what was ordered.
        engagements[first..].sort_by_key(|engagement| (engagement.at_s, engagement.actor.lot()));
    }
    engagements
}

struct Scene<'a> {
    world: World<'a>,
    plan: &'a Plan,
    audience: &'a Audience,
    post: &'a Post,
}

impl Scene<'_> {
    fn draw(&self, kind: EngagementKind, (taken, rng): (&mut Taken, &mut ChaCha8Rng)) -> Engagement {
        let (actor, at_s) = self.draw_actor(kind, (taken, rng));
        let language = match actor {
            Actor::Organic(index) => self.world.population.community(index).language(),
            Actor::Pool(pool, index) => pool_member(self.world, pool, index).place.language,
            Actor::Creator(_) => self.plan.community.language(),
        };
        let text = (kind == EngagementKind::Comment).then(|| comment(language, self.post.is_giveaway, rng));
        Engagement { actor, nth_post: self.post.nth, kind, at_s, text, order: None }
    }

    /// Somebody and an instant at which he existed and, if a follower, followed.
    fn draw_actor(&self, kind: EngagementKind, (taken, rng): (&mut Taken, &mut ChaCha8Rng)) -> (Actor, i64) {
        let follower_share = if self.post.is_viral { VIRAL_FOLLOWER_SHARE } else { FOLLOWER_SHARE };
        let may_repeat = kind == EngagementKind::Comment && rng.random::<f64>() < REPLIES;
        for _ in 0..TRIES {
            let follower = if rng.random::<f64>() < follower_share { self.follower(rng) } else { None };
            let Some((actor, since_s)) = follower.or_else(|| self.stranger(rng)) else { continue };
            if matches!(actor, Actor::Pool(..)) && rng.random::<f64>() >= CAMOUFLAGE_SHARE {
                continue;
            }
            let at_s = self.reaction_s(self.offset_h(actor), rng);
            if since_s < at_s
                && created_s(self.world, actor) < at_s
                && at_s < own_until_s(self.world, actor)
                && (taken.insert(actor) || may_repeat)
            {
                return (actor, at_s);
            }
        }
        let at_s = self.reaction_s(self.offset_h(Actor::Creator(self.plan.index)), rng);
        (next_free(self.world, at_s, taken, rng), at_s)
    }

    /// A follower, the loyal ones more often, and since when he follows.
    fn follower(&self, rng: &mut ChaCha8Rng) -> Option<(Actor, i64)> {
        /// A prime, so that multiplying by it visits all places of a list that is not a multiple of it.
        const STRIDE: u64 = 1_000_003;
        let follows = &self.audience.follows;
        let place = (rng.random::<f64>().powf(LOYALTY) * follows.len() as f64) as u64;
        let follow = follows.get((place * STRIDE % follows.len().max(1) as u64) as usize)?;
        Some((follow.actor, follow.at_s))
    }

    fn stranger(&self, rng: &mut ChaCha8Rng) -> Option<(Actor, i64)> {
        let home = self.plan.community;
        let organic = &self.world.scenario.organic;
        let among = match rng.random::<f64>() {
            _ if self.post.is_viral => Among::Everybody,
            kind if kind < organic.community_share => Among::Cell(Community { locale: home.locale, niche: home.niche }),
            _ => Among::Locale(home.locale),
        };
        self.world.population.draw(among, rng).map(|index| (Actor::Organic(index), i64::MIN))
    }

    fn offset_h(&self, actor: Actor) -> i64 {
        match actor {
            Actor::Organic(index) => self.world.population.community(index).place().utc_offset_h,
            Actor::Creator(_) | Actor::Pool(..) => self.plan.community.place().utc_offset_h,
        }
    }

    /// When somebody reacts: by the law of response times, more often at the hours at which people there are active.
    fn reaction_s(&self, utc_offset_h: i64, rng: &mut ChaCha8Rng) -> i64 {
        let response = self.world.scenario.organic.response();
        let age_s = (self.world.captured_s - 1 - self.post.at_s) as f64;
        let mut at_s = self.post.at_s;
        for _ in 0..6 {
            let mut passed = response.draw_s(age_s, rng);
            while self.post.is_viral && rng.random::<f64>() < PASSED_ON {
                passed += response.draw_s(age_s, rng);
            }
            if passed <= age_s {
                at_s = self.post.at_s + passed as i64;
                if rng.random::<f64>() * highest_intensity() < intensity(at_s, utc_offset_h) {
                    return at_s;
                }
            }
        }
        at_s.max(self.post.at_s + 1)
    }
}
