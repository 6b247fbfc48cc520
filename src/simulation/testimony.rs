//! The truth about a creator, told from its plan and from what the export holds.

use super::cast::{Actor, Cast};
use super::creators::Plan;
use super::deliveries::own_until_s;
use super::follows::World;
use super::growth::{Cause, Wave};
use super::orders::PlannedOrder;
use super::roles::Role;
use super::stage::Scene;
use super::truth::{CreatorTruth, Event, Order, OrderKind, OrderMember, Truth};
use super::vendors::{Action, CURRENCY, Quality, Vendor, unit_price};
use crate::domain::{Label, Timestamp};
use crate::error::Result;

/// The label of an account: fake where it is in a vendor's hands, made for a pool or taken over.
pub(super) fn account_label(world: World<'_>, actor: Actor) -> Label {
    let is_held = match actor {
        Actor::Creator(_) => false,
        Actor::Organic(index) => world.market.hijack.holder(index).is_some(),
        Actor::Pool(..) => true,
    };
    if is_held { Label::Fake } else { Label::Genuine }
}

/// The label of a creator: fake where anything was ordered, whoever ordered it.
pub(super) fn creator_label(plan: &Plan) -> Label {
    if plan.orders.is_empty() { Label::Genuine } else { Label::Fake }
}

impl Truth {
    /// Adds what is true of one creator.
    pub(super) fn note(&mut self, world: World<'_>, cast: &Cast, scene: &Scene) -> Result<()> {
        let creator_id = cast.account_id(Actor::Creator(scene.plan.index)).to_string();
        let order_id = |place: usize| format!("{creator_id}-{place}");
        let mut in_export = vec![0; scene.plan.orders.len()];
        let follows = scene.audience.follows.iter().map(|follow| (follow.order, follow.actor));
        let acts = scene.engagements.iter().map(|engagement| (engagement.order, engagement.actor));
        for (order, actor) in follows.chain(acts) {
            let Some(place) = order.map(|place| place as usize) else { continue };
            in_export[place] += 1;
            self.members.push(OrderMember { order_id: order_id(place), account_id: cast.account_id(actor).to_string() });
        }
        let platform = world.scenario.platform()?;
        for (place, (planned, in_export)) in scene.plan.orders.iter().zip(in_export).enumerate() {
            let vendor = &world.scenario.vendors[planned.vendor];
            let price = price(vendor, planned, |action, quality| unit_price(platform, action, quality));
            self.orders.push(Order {
                order_id: order_id(place),
                vendor: vendor.name().to_owned(),
                vendor_kind: vendor.kind(),
                pool: planned.pool.map(|pool| world.scenario.pools[pool].name.clone()),
                creator_id: creator_id.clone(),
                kind: planned.kind,
                post_id: planned.post.map(|nth| cast.post_id(scene.plan.index, nth).to_string()),
                size: planned.size,
                kept: planned.kept,
                in_export,
                window_start: time(planned.start_s),
                window_end: time(planned.end_s),
                ordered_by: planned.ordered_by,
                refill_of: planned.refill_of.map(order_id),
                price,
                currency: price.map(|_| CURRENCY),
            });
        }
        self.events.extend(scene.plan.waves.iter().filter_map(|wave| event(&creator_id, wave)));
        self.creators.push(creator_truth(world, creator_id, scene));
        Ok(())
    }
}

/// A wave as an event; none for what comes day by day or by order.
fn event(creator_id: &str, wave: &Wave) -> Option<Event> {
    let cause = match wave.cause {
        Cause::Viral => "viral",
        Cause::Giveaway => "giveaway",
        Cause::Shoutout => "shoutout",
        Cause::Press => "press",
        Cause::Ripple => "ripple",
        Cause::Purged => "purge",
        Cause::Baseline | Cause::Peers | Cause::Background | Cause::Order(_) | Cause::Camouflage(_) | Cause::Reciprocal(_) => {
            return None;
        }
    };
    let size = wave.kept + wave.lost;
    let start_s = if wave.cause == Cause::Purged { wave.end_s } else { wave.start_s };
    (size > 0).then(|| Event {
        creator_id: creator_id.to_owned(),
        cause,
        size,
        kept: wave.kept,
        window_start: event_time(start_s),
        window_end: event_time(wave.end_s),
    })
}

/// Creators begin after accounts can have an age, so that events do too.
fn event_time(at_s: i64) -> Timestamp {
    Timestamp::from_ms(at_s * 1000).expect("events lie between a creator's beginning and a valid capture")
}

fn time(at_s: i64) -> Timestamp {
    Timestamp::from_ms(at_s * 1000).expect("orders lie within two years before a valid capture")
}

/// Pods and refills cost nothing; for a service without offers the price is unknown.
fn price(vendor: &Vendor, order: &PlannedOrder, unit_price: impl Fn(Action, Quality) -> f64) -> Option<f64> {
    if order.refill_of.is_some() || order.kind == OrderKind::Pod {
        return Some(0.0);
    }
    let price = unit_price(order.kind.action()?, vendor.quality()?) * order.size as f64;
    Some((price * 100.0).round() / 100.0)
}

fn creator_truth(world: World<'_>, creator_id: String, scene: &Scene) -> CreatorTruth {
    let plan = &scene.plan;
    let role = plan.role.filter(|_| !plan.orders.is_empty());
    let is_fake = |cause| matches!(cause, Cause::Order(_) | Cause::Background | Cause::Camouflage(_));
    let (mut fakes, mut taken_later) = (0, 0);
    for follow in &scene.audience.follows {
        let is_held = account_label(world, follow.actor) == Label::Fake;
        let was_held = is_held && (matches!(follow.actor, Actor::Pool(..)) || follow.at_s >= own_until_s(world, follow.actor));
        fakes += u64::from(was_held);
        taken_later += u64::from(is_held && !was_held);
    }
    CreatorTruth {
        creator_id,
        story: plan.story.word(),
        ordered: role.map_or("none", Role::word),
        pod: role.and_then(|role| if let Role::Pod(number) = role { Some(number) } else { None }),
        followers: plan.followers(),
        ordered_followers: plan.followers_by(|cause| matches!(cause, Cause::Order(_))),
        fake_followers: plan.followers_by(is_fake) - scene.audience.unfilled,
        reciprocal_followers: plan.followers_by(|cause| matches!(cause, Cause::Reciprocal(_))),
        likes: plan.posts.iter().map(|post| post.likes()).sum(),
        ordered_likes: plan.posts.iter().map(|post| post.ordered.likes).sum(),
        comments: plan.posts.iter().map(|post| post.comments()).sum(),
        ordered_comments: plan.posts.iter().map(|post| post.ordered.comments).sum(),
        follows_in_export: scene.audience.follows.len() as u64,
        fakes_in_export: fakes,
        taken_later_in_export: taken_later,
    }
}
