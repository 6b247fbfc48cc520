//! Engagement that was ordered for single posts.

use super::cast::Actor;
use super::creators::{Plan, Story};
use super::engagements::Engagement;
use super::follows::World;
use super::posts::Post;
use super::scenario::Scenario;
use crate::domain::EngagementKind;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution};
use std::collections::HashSet;

/// Share of the posts for which likes are ordered, of a creator that orders them. Assumption.
const ORDERED_POSTS: f64 = 0.5;

/// Likes that were ordered for a post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LikePackage {
    pub vendor: usize,
    /// Index of the first account in the pool.
    pub first: u32,
    pub size: u64,
    pub start_s: i64,
    pub end_s: i64,
}

/// Whether a creator of this story orders likes.
pub(super) fn orders_likes(scenario: &Scenario, story: Story, rng: &mut ChaCha8Rng) -> bool {
    matches!(story, Story::Inflated(_)) && rng.random_bool(scenario.incidents.likes_share)
}

/// For some posts of a creator that orders likes, a package: likes at a constant rate from some minutes after the post on.
pub(super) fn like_package(
    scenario: &Scenario,
    plan: &Plan,
    (post, captured_s): (&Post, i64),
    rng: &mut ChaCha8Rng,
) -> Option<LikePackage> {
    if !rng.random_bool(ORDERED_POSTS) {
        return None;
    }
    let number = plan.orders.first().map_or(0, |order| order.vendor);
    let vendor = &scenario.vendors[number];
    let most = (post.organic_likes * 2).clamp(u64::from(vendor.order_min), u64::from(vendor.order_max));
    let size = rng.random_range(u64::from(vendor.order_min)..=most);
    let start_s = post.at_s + rng.random_range(300..5_400);
    Some(LikePackage {
        vendor: number,
        first: rng.random_range(0..vendor.pool),
        size,
        start_s,
        end_s: (start_s + rng.random_range(1_800..6 * 3_600)).min(captured_s - 1).max(start_s + 1),
    })
}

/// Adds those of a post's ordered likes that are among the `drawn` of all its likes; gives back how many.
pub(super) fn deliver_likes(
    world: World<'_>,
    (post, drawn): (&Post, u64),
    taken: &mut HashSet<Actor>,
    (engagements, rng): (&mut Vec<Engagement>, &mut ChaCha8Rng),
) -> u64 {
    let Some(package) = post.bought else { return 0 };
    let share = package.size as f64 / post.likes() as f64;
    let n = Binomial::new(drawn, share).expect("a share of all likes").sample(rng).min(package.size);
    let pool = u64::from(world.scenario.vendors[package.vendor].pool);
    let span = package.size.min(pool);
    let before = engagements.len();
    for _ in 0..n.min(span) {
        let nth = rng.random_range(0..span);
        let actor = Actor::Pool(package.vendor, ((u64::from(package.first) + nth) % pool) as u32);
        if taken.insert(actor) {
            let at_s = rng.random_range(package.start_s..package.end_s);
            engagements.push(Engagement { actor, nth_post: post.nth, kind: EngagementKind::Like, at_s, text: None });
        }
    }
    (engagements.len() - before) as u64
}
