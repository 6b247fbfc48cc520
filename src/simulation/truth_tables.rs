//! The truth as tables.

use super::truth::{CreatorTruth, Event, Order, OrderMember};
use crate::domain::Timestamp;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use std::sync::Arc;

/// The orders as the table `truth/orders`, one column a field of [`Order`].
pub fn orders_table(orders: &[Order]) -> RecordBatch {
    let text = |read: fn(&Order) -> Option<&str>| Arc::new(orders.iter().map(read).collect::<StringArray>()) as ArrayRef;
    let count = |read: fn(&Order) -> u64| Arc::new(UInt64Array::from_iter_values(orders.iter().map(read))) as ArrayRef;
    let time = |read: fn(&Order) -> Timestamp| {
        let values = TimestampMillisecondArray::from_iter_values(orders.iter().map(|order| read(order).ms()));
        Arc::new(values.with_timezone("UTC")) as ArrayRef
    };
    table([
        ("order_id", text(|order| Some(&order.order_id))),
        ("vendor", text(|order| Some(&order.vendor))),
        ("vendor_kind", text(|order| Some(order.vendor_kind))),
        ("pool", text(|order| order.pool.as_deref())),
        ("creator_id", text(|order| Some(&order.creator_id))),
        ("kind", text(|order| Some(order.kind.word()))),
        ("post_id", text(|order| order.post_id.as_deref())),
        ("size", count(|order| order.size)),
        ("kept", count(|order| order.kept)),
        ("in_export", count(|order| order.in_export)),
        ("window_start", time(|order| order.window_start)),
        ("window_end", time(|order| order.window_end)),
        ("ordered_by", text(|order| Some(order.ordered_by.word()))),
        ("refill_of", text(|order| order.refill_of.as_deref())),
        ("price", Arc::new(orders.iter().map(|order| order.price).collect::<Float64Array>())),
        ("currency", text(|order| order.currency)),
    ])
}

/// What happened to audiences without anybody ordering it, as the table `truth/events`, one column a field of [`Event`].
pub fn events_table(events: &[Event]) -> RecordBatch {
    let text = |read: fn(&Event) -> &str| Arc::new(StringArray::from_iter_values(events.iter().map(read))) as ArrayRef;
    let count = |read: fn(&Event) -> u64| Arc::new(UInt64Array::from_iter_values(events.iter().map(read))) as ArrayRef;
    let time = |read: fn(&Event) -> Timestamp| {
        let values = TimestampMillisecondArray::from_iter_values(events.iter().map(|event| read(event).ms()));
        Arc::new(values.with_timezone("UTC")) as ArrayRef
    };
    table([
        ("creator_id", text(|event| &event.creator_id)),
        ("cause", text(|event| event.cause)),
        ("size", count(|event| event.size)),
        ("kept", count(|event| event.kept)),
        ("window_start", time(|event| event.window_start)),
        ("window_end", time(|event| event.window_end)),
    ])
}

/// Who took part in the orders, as the table `truth/order_members`: `order_id`, `account_id`.
pub fn members_table(members: &[OrderMember]) -> RecordBatch {
    let text = |read: fn(&OrderMember) -> &str| Arc::new(StringArray::from_iter_values(members.iter().map(read))) as ArrayRef;
    table([("order_id", text(|member| &member.order_id)), ("account_id", text(|member| &member.account_id))])
}

/// The truth of creators as the table `truth/creators`, one column a field of [`CreatorTruth`].
pub fn creators_table(creators: &[CreatorTruth]) -> RecordBatch {
    let text = |read: fn(&CreatorTruth) -> &str| Arc::new(StringArray::from_iter_values(creators.iter().map(read))) as ArrayRef;
    let count = |read: fn(&CreatorTruth) -> u64| Arc::new(UInt64Array::from_iter_values(creators.iter().map(read))) as ArrayRef;
    let pods = creators.iter().map(|creator| creator.pod.map(u64::from)).collect::<UInt64Array>();
    table([
        ("creator_id", text(|creator| &creator.creator_id)),
        ("story", text(|creator| creator.story)),
        ("ordered", text(|creator| creator.ordered)),
        ("pod", Arc::new(pods)),
        ("followers", count(|creator| creator.followers)),
        ("ordered_followers", count(|creator| creator.ordered_followers)),
        ("fake_followers", count(|creator| creator.fake_followers)),
        ("reciprocal_followers", count(|creator| creator.reciprocal_followers)),
        ("likes", count(|creator| creator.likes)),
        ("ordered_likes", count(|creator| creator.ordered_likes)),
        ("comments", count(|creator| creator.comments)),
        ("ordered_comments", count(|creator| creator.ordered_comments)),
        ("follows_in_export", count(|creator| creator.follows_in_export)),
        ("fakes_in_export", count(|creator| creator.fakes_in_export)),
        ("taken_later_in_export", count(|creator| creator.taken_later_in_export)),
    ])
}

fn table<const N: usize>(columns: [(&str, ArrayRef); N]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, values)| (name, values, true)))
        .expect("the columns are made from the same rows")
}
