//! Record batches of the contract's tables.

use super::accounts::AccountRow;
use super::cast::{Actor, Cast};
use super::creators::Plan;
use super::engagements::Engagement;
use super::follows::Audience;
use super::words::{LANGUAGES, NICHES};
use crate::domain::{AccountStatus, Label, LabelSubject, Table};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use arrow_schema::Schema;
use std::sync::Arc;

/// Name of the source in the table `labels`.
const LABEL_SOURCE: &str = "simulation";

fn texts<T: AsRef<str>>(values: impl IntoIterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(values.into_iter().collect::<StringArray>())
}

fn ids(values: impl IntoIterator<Item = u64>) -> ArrayRef {
    texts(values.into_iter().map(|id| Some(id.to_string())))
}

fn counts(values: impl IntoIterator<Item = Option<u64>>) -> ArrayRef {
    Arc::new(values.into_iter().collect::<UInt64Array>())
}

fn flags(values: impl IntoIterator<Item = Option<bool>>) -> ArrayRef {
    Arc::new(values.into_iter().collect::<BooleanArray>())
}

fn times(seconds: impl IntoIterator<Item = Option<i64>>) -> ArrayRef {
    let ms: TimestampMillisecondArray = seconds.into_iter().map(|second| second.map(|s| s * 1000)).collect();
    Arc::new(ms.with_timezone("UTC"))
}

/// A batch with some of a table's columns.
fn batch<const N: usize>(table: Table, columns: [(&str, ArrayRef); N]) -> RecordBatch {
    let schema = table.arrow_schema();
    let fields: Vec<_> =
        columns.iter().map(|(name, _)| schema.field_with_name(name).expect("the columns are the contract's").clone()).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns.map(|(_, values)| values).into())
        .expect("the columns have the contract's types and one length")
}

/// Rows of `creators`; prices go by a rule of thumb of the market, some ten dollars for a thousand followers, and a fifth is unknown.
pub(super) fn creators(platform: &str, cast: &Cast, plans: &[Plan], prices: &[Option<f64>]) -> RecordBatch {
    let language = |plan: &Plan| &LANGUAGES[plan.community.language];
    batch(
        Table::Creators,
        [
            ("creator_id", ids(plans.iter().map(|plan| cast.account_id(Actor::Creator(plan.index))))),
            ("platform", texts(plans.iter().map(|_| Some(platform)))),
            ("category", texts(plans.iter().map(|plan| Some(NICHES[plan.community.niche])))),
            ("country", texts(plans.iter().map(|plan| Some(language(plan).country)))),
            ("language", texts(plans.iter().map(|plan| Some(language(plan).code)))),
            ("price", Arc::new(prices.iter().copied().collect::<Float64Array>())),
            ("currency", texts(prices.iter().map(|price| price.map(|_| "USD")))),
        ],
    )
}

/// Rows of `accounts`.
pub(super) fn accounts(rows: &[AccountRow]) -> RecordBatch {
    batch(
        Table::Accounts,
        [
            ("account_id", ids(rows.iter().map(|row| row.id))),
            ("handle", texts(rows.iter().map(|row| Some(&row.handle)))),
            ("display_name", texts(rows.iter().map(|row| row.display_name.as_ref()))),
            ("bio", texts(rows.iter().map(|row| row.bio.as_ref()))),
            ("has_avatar", flags(rows.iter().map(|row| row.has_avatar))),
            ("followers", counts(rows.iter().map(|row| row.followers))),
            ("following", counts(rows.iter().map(|row| row.following))),
            ("posts", counts(rows.iter().map(|row| row.posts))),
            ("is_private", flags(rows.iter().map(|row| row.is_private))),
            ("is_verified", flags(rows.iter().map(|row| row.is_verified))),
            ("is_business", flags(rows.iter().map(|row| row.is_business))),
            ("external_url", texts(rows.iter().map(|row| row.external_url.as_ref()))),
            ("created_at", times(rows.iter().map(|row| row.created_s))),
            ("last_active_at", times(rows.iter().map(|row| row.last_active_s))),
            ("language", texts(rows.iter().map(|row| row.language))),
            ("country", texts(rows.iter().map(|row| row.country))),
            ("status", texts(rows.iter().map(|row| row.status.map(AccountStatus::word)))),
        ],
    )
}

/// Rows of `follows` of one creator.
pub(super) fn follows(cast: &Cast, plan: &Plan, audience: &Audience) -> RecordBatch {
    let follows = &audience.follows;
    let creator = cast.account_id(Actor::Creator(plan.index));
    batch(
        Table::Follows,
        [
            ("follower_id", ids(follows.iter().map(|follow| cast.account_id(follow.actor)))),
            ("followed_id", ids(follows.iter().map(|_| creator))),
            ("followed_at", times(follows.iter().map(|follow| follow.has_time.then_some(follow.at_s)))),
        ],
    )
}

/// Rows of `posts` of one creator.
pub(super) fn posts(cast: &Cast, plan: &Plan) -> RecordBatch {
    let posts = &plan.posts;
    let creator = cast.account_id(Actor::Creator(plan.index));
    let shared = |per_like: f64| posts.iter().map(move |post| Some((post.organic_likes as f64 * per_like).round() as u64));
    batch(
        Table::Posts,
        [
            ("post_id", ids(posts.iter().map(|post| cast.post_id(plan.index, post.nth)))),
            ("creator_id", ids(posts.iter().map(|_| creator))),
            ("published_at", times(posts.iter().map(|post| Some(post.at_s)))),
            ("kind", texts(posts.iter().map(|post| Some(post.kind.word())))),
            ("caption", texts(posts.iter().map(|post| Some(&post.caption)))),
            ("likes", counts(posts.iter().map(|post| (!post.hides_likes).then(|| post.likes())))),
            ("comments", counts(posts.iter().map(|post| Some(post.comments())))),
            ("shares", counts(shared(0.02))),
            ("saves", counts(shared(0.03))),
            ("views", counts(posts.iter().map(|post| post.views.map(|views| views + post.ordered.views)))),
            ("is_sponsored", flags(posts.iter().map(|post| Some(post.is_sponsored)))),
        ],
    )
}

/// Rows of `engagements` with one creator's posts.
pub(super) fn engagements(cast: &Cast, plan: &Plan, engagements: &[Engagement]) -> RecordBatch {
    batch(
        Table::Engagements,
        [
            ("actor_id", ids(engagements.iter().map(|engagement| cast.account_id(engagement.actor)))),
            ("post_id", ids(engagements.iter().map(|engagement| cast.post_id(plan.index, engagement.nth_post)))),
            ("kind", texts(engagements.iter().map(|engagement| Some(engagement.kind.word())))),
            ("at", times(engagements.iter().map(|engagement| Some(engagement.at_s)))),
            ("text", texts(engagements.iter().map(|engagement| engagement.text.as_ref()))),
        ],
    )
}

/// Rows of `audience_history` of one creator.
pub(super) fn history(cast: &Cast, plan: &Plan, points: &[(i64, u64)]) -> RecordBatch {
    let creator = cast.account_id(Actor::Creator(plan.index));
    batch(
        Table::AudienceHistory,
        [
            ("creator_id", ids(points.iter().map(|_| creator))),
            ("at", times(points.iter().map(|point| Some(point.0)))),
            ("followers", counts(points.iter().map(|point| Some(point.1)))),
            ("following", counts(points.iter().map(|point| Some(plan.follows_of_its_own + plan.churned(point.0))))),
        ],
    )
}

/// Rows of `labels`.
pub(super) fn labels(subject: LabelSubject, rows: &[(u64, Label)]) -> RecordBatch {
    batch(
        Table::Labels,
        [
            ("subject", texts(rows.iter().map(|_| Some(subject.word())))),
            ("id", ids(rows.iter().map(|row| row.0))),
            ("label", texts(rows.iter().map(|row| Some(row.1.word())))),
            ("source", texts(rows.iter().map(|_| Some(LABEL_SOURCE)))),
        ],
    )
}
