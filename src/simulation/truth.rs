//! What really happened: kept apart from the export, for measuring.

use super::vendors::Action;
use crate::domain::Timestamp;

/// What was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderKind {
    /// Followers.
    Followers,
    /// Likes of one post.
    Likes,
    /// Comments on one post.
    Comments,
    /// Views of one post.
    Views,
    /// Follow–unfollow on the creator's account: those who follow back are people.
    Churn,
    /// Likes and comments of a pod.
    Pod,
}

impl OrderKind {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Followers => "followers",
            Self::Likes => "likes",
            Self::Comments => "comments",
            Self::Views => "views",
            Self::Churn => "churn",
            Self::Pod => "pod",
        }
    }

    /// What is paid by the piece.
    pub(super) fn action(self) -> Option<Action> {
        match self {
            Self::Followers => Some(Action::Follow),
            Self::Likes => Some(Action::Like),
            Self::Comments => Some(Action::Comment),
            Self::Views => Some(Action::View),
            Self::Churn | Self::Pod => None,
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
    /// Its id: the creator's id and a number.
    pub order_id: String,
    /// The vendor's name.
    pub vendor: String,
    /// The vendor's kind, one of [`Vendor::KINDS`](super::Vendor::KINDS).
    pub vendor_kind: &'static str,
    /// Name of the pool that delivered.
    pub pool: Option<String>,
    /// Whose audience or post it was for.
    pub creator_id: String,
    /// Of what.
    pub kind: OrderKind,
    /// The post, for what is ordered by the post.
    pub post_id: Option<String>,
    /// Delivered; for follow–unfollow, the accounts followed.
    pub size: u64,
    /// Of these, still there at the capture; for follow–unfollow, the people who followed back and stayed.
    pub kept: u64,
    /// Its members in the export: rows of `follows` or `engagements`.
    pub in_export: u64,
    /// Beginning of the delivery.
    pub window_start: Timestamp,
    /// End of the delivery.
    pub window_end: Timestamp,
    /// Who placed it.
    pub ordered_by: OrderedBy,
    /// Id of the order that this one topped up, free of charge.
    pub refill_of: Option<String>,
    /// What it cost, by the median of real offers; unknown for what the offers name no price for.
    pub price: Option<f64>,
    /// In which currency.
    pub currency: Option<&'static str>,
}

/// One account that took part in an order, as far as the export holds it; as many rows as actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderMember {
    /// The order.
    pub order_id: String,
    /// The account.
    pub account_id: String,
}

/// What is true of one creator.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorTruth {
    /// Its id.
    pub creator_id: String,
    /// What happened without anybody ordering it: `untouched`, or an event such as `viral` or `giveaway`.
    pub story: &'static str,
    /// What was ordered: `none`, `inflated`, `attacked`, `attacked_by_comments`, `engagement`, `churn` or `pod`.
    pub ordered: &'static str,
    /// The pod, by number.
    pub pod: Option<u32>,
    /// Followers on the platform at the capture.
    pub followers: u64,
    /// Of these, followers from orders.
    pub ordered_followers: u64,
    /// Of these, accounts in a vendor's hands: ordered ones, and those that follow to look real. Where the export holds every
    /// follower, it is the number of them in the rows.
    pub fake_followers: u64,
    /// Of these, people who followed back a follow–unfollow service.
    pub reciprocal_followers: u64,
    /// Likes of its posts in the export, as the platform counts them.
    pub likes: u64,
    /// Of these, from orders and pods.
    pub ordered_likes: u64,
    /// Comments on its posts in the export, as the platform counts them.
    pub comments: u64,
    /// Of these, from orders and pods.
    pub ordered_comments: u64,
    /// Its followers in the export.
    pub follows_in_export: u64,
    /// Of these, accounts in a vendor's hands at the time of the follow.
    pub fakes_in_export: u64,
    /// Of its followers in the export, people's accounts that followed by themselves and were taken over later: fake by their
    /// label, but not counted in [`CreatorTruth::fakes_in_export`].
    pub taken_later_in_export: u64,
}

/// A burst of followers that nobody ordered, or a removal by the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Whose audience.
    pub creator_id: String,
    /// What it was: `viral`, `giveaway`, `shoutout`, `press`, `ripple` (a small burst such as everybody has) or `purge`.
    pub cause: &'static str,
    /// Followers that it brought; of a purge, those removed.
    pub size: u64,
    /// Of these, still there at the capture.
    pub kept: u64,
    /// When it begins.
    pub window_start: Timestamp,
    /// When the last of them came, at the latest; of a purge, its instant.
    pub window_end: Timestamp,
}

/// The truth about some creators.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Truth {
    /// The creators.
    pub creators: Vec<CreatorTruth>,
    /// Their orders.
    pub orders: Vec<Order>,
    /// What happened to their audiences without anybody ordering it.
    pub events: Vec<Event>,
    /// Who took part in them.
    pub members: Vec<OrderMember>,
}
