//! What the members of a pod do on one another's posts.

use super::cast::{Actor, mixed};
use super::comments::praise;
use super::creators::Plan;
use super::engagements::Engagement;
use super::follows::World;
use super::orders::PlannedOrder;
use super::posts::Post;
use super::scenario::Scenario;
use super::seed::{Stream, stream};
use super::truth::{OrderKind, OrderedBy};
use super::vendors::{Pod, Product, Vendor, sellers};
use crate::domain::EngagementKind;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// One member's reaction to a post of another.
struct Reaction {
    member: u32,
    at_s: i64,
    comments: bool,
    rng: ChaCha8Rng,
}

/// The service behind a pod: the kinds of pods take turns.
fn service(scenario: &Scenario, pod: u32) -> Option<(usize, &Pod)> {
    let services = sellers(&scenario.vendors, Product::Pod);
    let number = *services.get(pod as usize % services.len().max(1))?;
    match &scenario.vendors[number] {
        Vendor::Pod(service) => Some((number, service)),
        _ => None,
    }
}

/// All reactions of a pod to a post of one of its members, each member's from a stream of its own.
fn react(service: &Pod, seed: u64, (author, post): (u32, &Post), members: &[u32]) -> Vec<Reaction> {
    let others = members.iter().filter(|&&member| member != author);
    others
        .filter_map(|&member| {
            let pair = u64::from(author) << 28 | u64::from(member);
            let mut rng = stream(seed ^ mixed(u64::from(post.nth)), Stream::Pods, pair);
            let reacts = rng.random_bool(service.participation);
            let comments = rng.random_bool(service.comment_share);
            // A link is dropped into the group, most follow it at once.
            let after_s = service.minutes * 60.0 * rng.random::<f64>().powf(1.5);
            reacts.then(|| Reaction { member, at_s: post.at_s + 5 + after_s as i64, comments, rng })
        })
        .collect()
}

/// Adds what a creator's pod does to its posts, as one order.
pub(super) fn join(scenario: &Scenario, seed: u64, (plan, number): (&mut Plan, u32), pods: &[Vec<u32>]) {
    let Some((vendor, service)) = service(scenario, number) else { return };
    let mut size = 0;
    for post in &mut plan.posts {
        let reactions = react(service, seed, (plan.index, post), &pods[number as usize]);
        post.ordered.likes = reactions.len() as u64;
        post.ordered.comments = reactions.iter().filter(|reaction| reaction.comments).count() as u64;
        size += post.ordered.likes + post.ordered.comments;
    }
    let (Some(first), Some(last)) = (plan.posts.first(), plan.posts.last()) else { return };
    plan.orders.push(PlannedOrder {
        kind: OrderKind::Pod,
        vendor,
        pool: None,
        first: 0,
        stock: 0,
        size,
        kept: size,
        start_s: first.at_s,
        end_s: last.at_s + (service.minutes * 60.0) as i64 + 5,
        post: None,
        ordered_by: OrderedBy::Creator,
        refill_of: None,
    });
}

/// The likes or comments of a pod on a post.
pub(super) fn reactions(world: World<'_>, (plan, post): (&Plan, &Post), pod: u32, kind: EngagementKind) -> Vec<Engagement> {
    let Some((_, service)) = service(world.scenario, pod) else { return Vec::new() };
    let order = plan.orders.iter().position(|order| order.kind == OrderKind::Pod).map(|place| place as u32);
    let is_comment = kind == EngagementKind::Comment;
    react(service, world.seed, (plan.index, post), &world.market.roles.pods[pod as usize])
        .into_iter()
        .filter(|reaction| reaction.comments || !is_comment)
        .map(|mut reaction| Engagement {
            actor: Actor::Creator(reaction.member),
            nth_post: post.nth,
            kind,
            at_s: reaction.at_s,
            text: is_comment.then(|| praise(plan.community.language(), &mut reaction.rng)),
            order,
        })
        .collect()
}
