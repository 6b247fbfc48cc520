//! Who liked and commented on a creator's posts, as far as the export holds it.

use super::cast::Actor;
use super::creators::Plan;
use super::deliveries::own_until_s;
use super::follows::{Audience, World, created_s};
use super::packages::deliver_engagement;
use super::posts::Post;
use super::seed::{Stream, normal, pick, stream};
use super::words::{GENERIC_COMMENTS, LANGUAGES, Language, PICTOGRAMS};
use crate::domain::EngagementKind;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::HashSet;

/// Share of likers and commenters that are followers. Assumption.
const FOLLOWER_SHARE: f64 = 0.75;
/// Chance that a pool account among the followers likes like a person would: camouflage. Assumption.
const CAMOUFLAGE_SHARE: f64 = 0.1;

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

/// Draws likers and comments of each post of a creator.
pub(super) fn draw_engagements(world: World<'_>, plan: &Plan, audience: &Audience) -> Vec<Engagement> {
    let mut rng = stream(world.seed, Stream::Posts, (1 << 40) | u64::from(plan.index));
    let mut engagements = Vec::new();
    let sampling = &world.scenario.sampling;
    for post in &plan.posts {
        for (kind, all, most) in [
            (EngagementKind::Like, post.likes(), sampling.likers_per_post),
            (EngagementKind::Comment, post.comments(), sampling.comments_per_post),
        ] {
            let drawn = all.min(u64::from(most));
            let mut taken = HashSet::new();
            let ordered = deliver_engagement(world, (plan, post), (kind, drawn), &mut taken, &mut engagements);
            for _ in ordered..drawn {
                organic(world, (plan, audience, post), kind, &mut taken, (&mut engagements, &mut rng));
            }
        }
    }
    engagements
}

/// Adds a like or comment by somebody of the audience or the community.
fn organic(
    world: World<'_>,
    (plan, audience, post): (&Plan, &Audience, &Post),
    kind: EngagementKind,
    taken: &mut HashSet<Actor>,
    (engagements, rng): (&mut Vec<Engagement>, &mut ChaCha8Rng),
) {
    let at_s = post.at_s + response_s(rng);
    if at_s >= world.captured_s {
        return;
    }
    for _ in 0..30 {
        let follower = pick_follower(audience, rng).filter(|_| rng.random_bool(FOLLOWER_SHARE));
        let actor = follower.unwrap_or_else(|| {
            let is_own = rng.random_bool(world.scenario.organic.community_share);
            Actor::Organic(world.population.draw(is_own.then_some(plan.community), rng))
        });
        let is_quiet = matches!(actor, Actor::Pool(..)) && !rng.random_bool(CAMOUFLAGE_SHARE);
        if is_quiet || created_s(world, actor) >= at_s || own_until_s(world, actor) <= at_s || !taken.insert(actor) {
            continue;
        }
        let text = (kind == EngagementKind::Comment).then(|| comment(&LANGUAGES[plan.community.language], post.is_giveaway, rng));
        engagements.push(Engagement { actor, nth_post: post.nth, kind, at_s, text, order: None });
        return;
    }
}

fn pick_follower(audience: &Audience, rng: &mut ChaCha8Rng) -> Option<Actor> {
    (!audience.follows.is_empty()).then(|| pick(rng, &audience.follows).actor)
}

/// Seconds from a post to a reaction: log-normal, half within three hours. Shape as in studies of response times; the
/// constants are assumptions.
fn response_s(rng: &mut ChaCha8Rng) -> i64 {
    (3.0 * 3_600.0 * (1.5 * normal(rng)).exp()) as i64 + 5
}

/// A comment; short ones without content are organic too, and a giveaway draws mentions.
fn comment(language: &Language, is_giveaway: bool, rng: &mut ChaCha8Rng) -> String {
    if is_giveaway && rng.random_bool(0.8) {
        return format!("@{}{}", pick(rng, language.onsets), pick(rng, language.endings));
    }
    match rng.random_range(0..10u32) {
        0..4 => pick(rng, &GENERIC_COMMENTS).to_owned(),
        4..7 => format!("{} {}", pick(rng, language.comments), pick(rng, &PICTOGRAMS)),
        _ => format!("{}, {}", pick(rng, language.nouns), pick(rng, language.comments)),
    }
}
