//! What really happened: kept apart from the export, for measuring.

use super::cast::{Actor, Cast};
use super::creators::Plan;
use super::follows::{Audience, World};
use super::growth::Cause;
use super::stage::Scene;
use super::vendors::BulkVendor;
use crate::domain::Timestamp;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use std::sync::Arc;

/// What was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderKind {
    /// Followers.
    Followers,
    /// Likes of one post.
    Likes,
}

impl OrderKind {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Followers => "followers",
            Self::Likes => "likes",
        }
    }
}

/// Who placed an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderedBy {
    /// The creator's side.
    Creator,
    /// Somebody else: the creator is attacked.
    ThirdParty,
}

impl OrderedBy {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Creator => "creator",
            Self::ThirdParty => "third_party",
        }
    }
}

/// One order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The vendor's name.
    pub vendor: String,
    /// Whose audience or post it was for.
    pub creator_id: String,
    /// Of what.
    pub kind: OrderKind,
    /// The post, for likes.
    pub post_id: Option<String>,
    /// Delivered.
    pub size: u64,
    /// Of these, still there at the capture.
    pub kept: u64,
    /// Of these, drawn into the export.
    pub in_export: u64,
    /// Beginning of the delivery.
    pub window_start: Timestamp,
    /// End of the delivery.
    pub window_end: Timestamp,
    /// Who placed it.
    pub ordered_by: OrderedBy,
    /// What it cost.
    pub price: f64,
    /// In which currency.
    pub currency: String,
}

/// What is true of one creator.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorTruth {
    /// Its id.
    pub creator_id: String,
    /// Followers on the platform at the capture.
    pub followers: u64,
    /// Of these, followers from orders.
    pub ordered_followers: u64,
    /// Of these, pool accounts in all: ordered ones and those that follow at random.
    pub fake_followers: u64,
    /// Its followers in the export.
    pub follows_in_export: u64,
    /// Of these, pool accounts.
    pub fakes_in_export: u64,
    /// What happened: untouched, viral, giveaway, inflated or attacked.
    pub story: &'static str,
}

/// What is true of one creator, given its followers in the export.
pub(super) fn creator_truth(cast: &Cast, plan: &Plan, audience: &Audience) -> CreatorTruth {
    let fakes = audience.follows.iter().filter(|follow| matches!(follow.actor, Actor::Pool(..))).count();
    CreatorTruth {
        creator_id: cast.account_id(Actor::Creator(plan.index)).to_string(),
        followers: plan.followers(),
        ordered_followers: plan.followers_by(|cause| matches!(cause, Cause::Order(_))),
        fake_followers: plan.followers_by(|cause| matches!(cause, Cause::Order(_) | Cause::Background)),
        follows_in_export: audience.follows.len() as u64,
        fakes_in_export: fakes as u64,
        story: plan.story.word(),
    }
}

/// The orders for one creator, given what the export holds of them.
pub(super) fn order_truths(world: World<'_>, cast: &Cast, scene: &Scene) -> Vec<Order> {
    let plan = &scene.plan;
    let Some(ordered_by) = plan.story.ordered_by() else { return Vec::new() };
    let creator_id = cast.account_id(Actor::Creator(plan.index)).to_string();
    let mut orders = Vec::new();
    let blank = |vendor: usize, kind: OrderKind, size: u64, window: (i64, i64)| {
        blank_order(&world.scenario.vendors[vendor], kind, size, window, (&creator_id, ordered_by))
    };
    for wave in &plan.waves {
        let Cause::Order(place) = wave.cause else { continue };
        let planned = plan.orders[place];
        let order = blank(planned.vendor, OrderKind::Followers, planned.size, (wave.start_s, wave.end_s));
        orders.push(Order { kept: wave.kept, in_export: scene.audience.by_order[place], ..order });
    }
    for (post, &in_export) in plan.posts.iter().zip(&scene.bought_likes) {
        let Some(package) = post.bought else { continue };
        let order = blank(package.vendor, OrderKind::Likes, package.size, (package.start_s, package.end_s));
        let post_id = Some(cast.post_id(plan.index, post.nth).to_string());
        orders.push(Order { post_id, in_export, ..order });
    }
    orders
}

/// An order of which nothing was lost and nothing is in the export yet.
fn blank_order(
    vendor: &BulkVendor,
    kind: OrderKind,
    size: u64,
    window: (i64, i64),
    (creator_id, ordered_by): (&str, OrderedBy),
) -> Order {
    let time = |at_s: i64| Timestamp::from_ms(at_s * 1000).expect("orders lie within a year before a valid capture");
    let unit_price = if kind == OrderKind::Likes { vendor.like_price } else { vendor.follower_price };
    Order {
        vendor: vendor.name.clone(),
        creator_id: creator_id.to_owned(),
        kind,
        post_id: None,
        size,
        kept: size,
        in_export: 0,
        window_start: time(window.0),
        window_end: time(window.1),
        ordered_by,
        price: (unit_price * size as f64 * 100.0).round() / 100.0,
        currency: vendor.currency.clone(),
    }
}

/// The orders as a table: `vendor`, `creator_id`, `kind`, `post_id`, `size`, `kept`, `in_export`, `window_start`, `window_end`,
/// `ordered_by`, `price`, `currency`.
pub fn orders_table(orders: &[Order]) -> RecordBatch {
    let text = |read: fn(&Order) -> Option<&str>| Arc::new(orders.iter().map(read).collect::<StringArray>()) as ArrayRef;
    let count = |read: fn(&Order) -> u64| Arc::new(UInt64Array::from_iter_values(orders.iter().map(read))) as ArrayRef;
    let time = |read: fn(&Order) -> Timestamp| {
        let values = TimestampMillisecondArray::from_iter_values(orders.iter().map(|order| read(order).ms()));
        Arc::new(values.with_timezone("UTC")) as ArrayRef
    };
    table([
        ("vendor", text(|order| Some(&order.vendor))),
        ("creator_id", text(|order| Some(&order.creator_id))),
        ("kind", text(|order| Some(order.kind.word()))),
        ("post_id", text(|order| order.post_id.as_deref())),
        ("size", count(|order| order.size)),
        ("kept", count(|order| order.kept)),
        ("in_export", count(|order| order.in_export)),
        ("window_start", time(|order| order.window_start)),
        ("window_end", time(|order| order.window_end)),
        ("ordered_by", text(|order| Some(order.ordered_by.word()))),
        ("price", Arc::new(Float64Array::from_iter_values(orders.iter().map(|order| order.price)))),
        ("currency", text(|order| Some(&order.currency))),
    ])
}

/// The truth of creators as a table: `creator_id`, `story`, `followers`, `ordered_followers`, `fake_followers`, `follows_in_export`,
/// `fakes_in_export`.
pub fn creators_table(creators: &[CreatorTruth]) -> RecordBatch {
    let text = |read: fn(&CreatorTruth) -> &str| Arc::new(StringArray::from_iter_values(creators.iter().map(read))) as ArrayRef;
    let count = |read: fn(&CreatorTruth) -> u64| Arc::new(UInt64Array::from_iter_values(creators.iter().map(read))) as ArrayRef;
    table([
        ("creator_id", text(|creator| &creator.creator_id)),
        ("story", text(|creator| creator.story)),
        ("followers", count(|creator| creator.followers)),
        ("ordered_followers", count(|creator| creator.ordered_followers)),
        ("fake_followers", count(|creator| creator.fake_followers)),
        ("follows_in_export", count(|creator| creator.follows_in_export)),
        ("fakes_in_export", count(|creator| creator.fakes_in_export)),
    ])
}

fn table<const N: usize>(columns: [(&str, ArrayRef); N]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, values)| (name, values, true)))
        .expect("the columns are made from the same rows")
}
