//! Record batches of the contract's tables.

use super::accounts::AccountRow;
use super::cast::{Actor, Cast};
use super::history::Point;
use super::locales::Locale;
use super::stage::Scene;
use super::words::{LANGUAGES, NICHES};
use crate::domain::{AccountStatus, Label, LabelSubject, Table};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use arrow_schema::Schema;
use std::sync::Arc;

/// Name of the source in the table `labels`.
const LABEL_SOURCE: &str = "simulation";
/// Characters of an id at most.
const ID_WIDTH: usize = 20;

fn texts<T: AsRef<str>>(values: impl IntoIterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(values.into_iter().collect::<StringArray>())
}

/// Ids in decimal digits, without a text of its own for each.
fn ids(values: impl IntoIterator<Item = u64>) -> ArrayRef {
    let values = values.into_iter();
    let rows = values.size_hint().0;
    let mut column = StringBuilder::with_capacity(rows, rows * 13);
    let mut digits = [0u8; ID_WIDTH];
    for mut left in values {
        let mut start = ID_WIDTH;
        loop {
            start -= 1;
            digits[start] = b'0' + (left % 10) as u8;
            left /= 10;
            if left == 0 {
                break;
            }
        }
        column.append_value(std::str::from_utf8(&digits[start..]).expect("digits are ASCII"));
    }
    Arc::new(column.finish())
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
fn batch(table: Table, columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let schema = table.arrow_schema();
    let field = |name: &str| schema.field_with_name(name).expect("the columns are the contract's").clone();
    let fields: Vec<_> = columns.iter().map(|(name, _)| field(name)).collect();
    let values = columns.into_iter().map(|(_, values)| values).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), values).expect("the columns have the contract's types and one length")
}

/// Rows of `creators`; the price is unknown for some.
pub(super) fn creators(platform: &str, cast: &Cast, scenes: &[Scene]) -> RecordBatch {
    let place = |scene: &Scene| -> &'static Locale { scene.plan.community.place() };
    batch(
        Table::Creators,
        vec![
            ("creator_id", ids(scenes.iter().map(|scene| cast.account_id(Actor::Creator(scene.plan.index))))),
            ("platform", texts(scenes.iter().map(|_| Some(platform)))),
            ("category", texts(scenes.iter().map(|scene| Some(NICHES[scene.plan.community.niche])))),
            ("country", texts(scenes.iter().map(|scene| Some(place(scene).country)))),
            ("language", texts(scenes.iter().map(|scene| Some(LANGUAGES[place(scene).language].code)))),
            ("price", Arc::new(scenes.iter().map(|scene| scene.price).collect::<Float64Array>())),
            ("currency", texts(scenes.iter().map(|scene| scene.price.map(|_| "USD")))),
        ],
    )
}

/// Rows of `accounts`.
pub(super) fn accounts(rows: &[AccountRow]) -> RecordBatch {
    batch(
        Table::Accounts,
        vec![
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

/// Rows of `follows`, creator after creator, oldest first; with positions where the platform's list is exported from its top.
pub(super) fn follows(cast: &Cast, scenes: &[Scene], has_positions: bool) -> RecordBatch {
    let n: usize = scenes.iter().map(|scene| scene.audience.follows.len()).sum();
    let (mut followers, mut followed) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let (mut at_s, mut positions) = (Vec::with_capacity(n), Vec::new());
    for scene in scenes {
        let creator = cast.account_id(Actor::Creator(scene.plan.index));
        let follows = &scene.audience.follows;
        followers.extend(follows.iter().map(|follow| cast.account_id(follow.actor)));
        followed.resize(followers.len(), creator);
        at_s.extend(follows.iter().map(|follow| follow.has_time.then_some(follow.at_s)));
        if has_positions {
            positions.extend((0..follows.len() as u64).rev().map(Some));
        }
    }
    let mut columns = vec![("follower_id", ids(followers)), ("followed_id", ids(followed)), ("followed_at", times(at_s))];
    if has_positions {
        columns.push(("position", counts(positions)));
    }
    batch(Table::Follows, columns)
}

/// Rows of `posts`.
pub(super) fn posts(cast: &Cast, scenes: &[Scene]) -> RecordBatch {
    let posts = || scenes.iter().flat_map(|scene| &scene.plan.posts);
    let owned = || scenes.iter().flat_map(|scene| scene.plan.posts.iter().map(move |post| (scene.plan.index, post.nth)));
    batch(
        Table::Posts,
        vec![
            ("post_id", ids(owned().map(|(creator, nth)| cast.post_id(creator, nth)))),
            ("creator_id", ids(owned().map(|(creator, _)| cast.account_id(Actor::Creator(creator))))),
            ("published_at", times(posts().map(|post| Some(post.at_s)))),
            ("kind", texts(posts().map(|post| Some(post.kind.word())))),
            ("caption", texts(posts().map(|post| Some(&post.caption)))),
            ("likes", counts(posts().map(|post| (!post.hides_likes).then(|| post.likes())))),
            ("comments", counts(posts().map(|post| Some(post.comments())))),
            ("shares", counts(posts().map(|post| Some(post.shares)))),
            ("saves", counts(posts().map(|post| Some(post.saves)))),
            ("views", counts(posts().map(|post| post.viewed()))),
            ("is_sponsored", flags(posts().map(|post| Some(post.is_sponsored)))),
        ],
    )
}

/// Rows of `engagements`.
pub(super) fn engagements(cast: &Cast, scenes: &[Scene]) -> RecordBatch {
    let all = || scenes.iter().flat_map(|scene| &scene.engagements);
    let post_ids = scenes.iter().flat_map(|scene| {
        let post_of = |nth: u32| cast.post_id(scene.plan.index, nth);
        scene.engagements.iter().map(move |engagement| post_of(engagement.nth_post))
    });
    batch(
        Table::Engagements,
        vec![
            ("actor_id", ids(all().map(|engagement| cast.account_id(engagement.actor)))),
            ("post_id", ids(post_ids)),
            ("kind", texts(all().map(|engagement| Some(engagement.kind.word())))),
            ("at", times(all().map(|engagement| Some(engagement.at_s)))),
            ("text", texts(all().map(|engagement| engagement.text.as_ref()))),
        ],
    )
}

/// Rows of `audience_history`.
pub(super) fn history(cast: &Cast, scenes: &[Scene]) -> RecordBatch {
    let points = || scenes.iter().flat_map(|scene| &scene.history);
    let count = |read: fn(&Point) -> u64| counts(points().map(move |point| Some(read(point))));
    let creators = scenes.iter().flat_map(|scene| {
        let id = cast.account_id(Actor::Creator(scene.plan.index));
        scene.history.iter().map(move |_| id)
    });
    batch(
        Table::AudienceHistory,
        vec![
            ("creator_id", ids(creators)),
            ("at", times(points().map(|point| Some(point.at_s)))),
            ("followers", count(|point| point.followers)),
            ("following", count(|point| point.following)),
            ("posts", count(|point| point.posts)),
        ],
    )
}

/// Rows of `labels`.
pub(super) fn labels(subject: LabelSubject, rows: &[(u64, Label)]) -> RecordBatch {
    batch(
        Table::Labels,
        vec![
            ("subject", texts(rows.iter().map(|_| Some(subject.word())))),
            ("id", ids(rows.iter().map(|row| row.0))),
            ("label", texts(rows.iter().map(|row| Some(row.1.word())))),
            ("source", texts(rows.iter().map(|_| Some(LABEL_SOURCE)))),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray;

    #[test]
    fn ids_are_written_as_rust_writes_them() {
        let numbers = [0, 7, 10, 1_000_000_000, 6_000_000_000_001, u64::MAX];
        let column = ids(numbers);
        for (row, number) in numbers.iter().enumerate() {
            assert_eq!(column.as_string::<i32>().value(row), number.to_string());
        }
    }
}
