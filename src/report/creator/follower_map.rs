//! The follower map: followers in the order in which they came, by when their accounts were made, with the batches among them.

use super::Subject;
use crate::domain::{AccountId, BatchTrait, CoordinatedGroup, GroupKind, Timestamp};
use crate::report::number;
use crate::timing::{FEWEST_FOLLOWERS, FollowTimeBounds, FollowerList, ListOrder, bound_follow_times};
use serde::Serialize;
use std::collections::BTreeMap;

/// Followers drawn at most, of those in batches and of the others, evenly chosen.
const N_POINTS: usize = 800;
/// Places at which the bounds of the follow times are given.
const N_BOUNDS: usize = 60;
/// Batches listed at most, those with most members first.
const N_BATCHES: usize = 12;

/// The map of one list.
#[derive(Debug, Clone, Serialize)]
pub struct FollowerMapSection {
    /// What it shows, in a sentence.
    pub statement: String,
    /// What its order and its times rest on, in a sentence.
    pub times_note: String,
    /// Followers whose place is known.
    pub placed_count: u64,
    /// Of these, accounts whose date of creation is known.
    pub dated_count: u64,
    /// Followers left out, since nothing says where they belong.
    pub unplaced_count: u64,
    /// `position` or `time`.
    pub order: &'static str,
    /// How many batches there are.
    pub batches_count: u64,
    /// The largest of them, at most twelve.
    pub batches: Vec<BatchText>,
    /// Followers, the oldest first: at most 800 in batches and 800 others, evenly chosen.
    pub points: Vec<MapPoint>,
    /// When those at some places followed: not before, not after, and an estimate between.
    pub bounds: Vec<MapBound>,
}

/// One follower on the map.
#[derive(Debug, Clone, Serialize)]
pub struct MapPoint {
    /// Place in the list, the oldest follower being 0.
    pub rank: u64,
    /// When the account was made.
    pub created_at: String,
    /// The same in milliseconds, for pictures.
    #[serde(skip)]
    pub created_at_ms: i64,
    /// The batch that it stands in.
    pub group_id: Option<String>,
}

/// What is known of the time at which the follower at one place followed.
#[derive(Debug, Clone, Serialize)]
pub struct MapBound {
    /// Place in the list.
    pub rank: u64,
    /// Not before.
    pub not_before: Option<String>,
    /// Not after.
    pub not_after: Option<String>,
    /// An estimate between the two; the time itself where it is known.
    pub estimate: Option<String>,
    /// The same in milliseconds, for pictures.
    #[serde(skip)]
    pub estimate_ms: Option<i64>,
}

/// A batch of followers.
#[derive(Debug, Clone, Serialize)]
pub struct BatchText {
    /// Its id in the run.
    pub group_id: String,
    /// Members.
    pub members_count: u64,
    /// Followers alike who would stand there anyhow, by the rest of the list.
    pub expected_count: f64,
    /// Place of the first member, the oldest follower being 0.
    pub first_rank: u64,
    /// Place of the last.
    pub last_rank: u64,
    /// Followed not before this.
    pub window_start: Option<String>,
    /// Followed not after this.
    pub window_end: Option<String>,
    /// What its members share, in words.
    pub shared: String,
    /// Age of the accounts when they followed, the middle one, in days.
    pub median_age_days: Option<f64>,
    /// log10 of the probability that the rest of the list gives its most striking part, corrected for everything looked at.
    pub log10_p: f64,
}

/// The map; `None` where the list has no order or too few dates for batches to be looked for.
pub(super) fn assemble(subject: &Subject<'_>) -> Option<FollowerMapSection> {
    let (dataset, id) = (subject.source.dataset, subject.creator.id);
    let follows = &dataset.follows;
    let rows: Vec<usize> =
        (0..follows.followed.len()).filter(|&row| follows.followed[row] == id && follows.follower[row] != id).collect();
    let list = FollowerList::of(dataset, id, &rows)?;
    let dated_count = list.created_at_ms.iter().flatten().count();
    if dated_count < FEWEST_FOLLOWERS {
        return None;
    }
    let bounds = bound_follow_times(&list);
    let mut batches: Vec<&CoordinatedGroup> = (subject.source.audit.groups.iter())
        .filter(|group| group.kind == GroupKind::FollowBatch && group.target(id).is_some())
        .collect();
    batches.sort_by_key(|group| std::cmp::Reverse(group.members.len()));
    Some(FollowerMapSection {
        statement: statement(&list, &batches),
        times_note: times_note(&list, &bounds),
        placed_count: list.len() as u64,
        dated_count: dated_count as u64,
        unplaced_count: list.n_unplaced as u64,
        order: match list.order {
            ListOrder::Position => "position",
            ListOrder::Time => "time",
        },
        batches_count: batches.len() as u64,
        batches: batches.iter().take(N_BATCHES).filter_map(|group| batch(group)).collect(),
        points: points(&list, &batches),
        bounds: thinned(list.len(), N_BOUNDS).map(|rank| bound(&bounds, rank)).collect(),
    })
}

fn statement(list: &FollowerList, batches: &[&CoordinatedGroup]) -> String {
    let members: usize = batches.iter().map(|group| group.members.len()).sum();
    let expected: f64 = batches.iter().filter_map(|group| group.batch.as_ref()).map(|batch| batch.expected_count).sum();
    let all = number::count_of(list.len() as u64, "follower");
    match batches.len() {
        0 => format!(
            "No batch among {all}: nowhere do more of them share a date of creation or a pattern of handles than elsewhere in the list."
        ),
        n => format!(
            "{} of {all} ({}) stand in {}, where the rest of the list leads one to expect {}.",
            number::count(members as u64),
            number::percent(members as f64 / list.len().max(1) as f64),
            if n == 1 { "one batch".to_owned() } else { format!("{} batches", number::count(n as u64)) },
            number::count(expected.round() as u64)
        ),
    }
}

fn times_note(list: &FollowerList, bounds: &FollowTimeBounds) -> String {
    let n_known = list.followed_at_ms.iter().flatten().count();
    if 2 * n_known >= list.len() {
        return "The line is when they followed: nobody follows before they exist, so points lie below it.".to_owned();
    }
    let widths: Vec<f64> = (bounds.lower_ms.iter().zip(&bounds.upper_ms))
        .filter_map(|(lower, upper)| Some((upper.as_ref()? - lower.as_ref()?) as f64 / crate::domain::DAY_MS as f64))
        .collect();
    let spread = crate::statistics::median(&widths).map_or_else(String::new, |days| {
        format!(" Half of them can be placed within {} days or less.", number::plain(days.ceil()))
    });
    format!(
        "When they followed is hidden; the line is an estimate from the order of the list and the newest accounts in it, since nobody follows before they exist.{spread}"
    )
}

fn points(list: &FollowerList, batches: &[&CoordinatedGroup]) -> Vec<MapPoint> {
    let mut group_of: BTreeMap<AccountId, &str> = BTreeMap::new();
    for group in batches {
        group_of.extend(group.members.iter().map(|member| (member.account, group.id.as_str())));
    }
    let dated = |rank: usize| list.created_at_ms[rank].and_then(Timestamp::from_ms);
    let (inside, outside): (Vec<usize>, Vec<usize>) =
        (0..list.len()).filter(|&rank| dated(rank).is_some()).partition(|&rank| group_of.contains_key(&list.follower[rank]));
    let mut shown: Vec<usize> =
        [inside, outside].iter().flat_map(|ranks| thinned(ranks.len(), N_POINTS).map(|place| ranks[place])).collect();
    shown.sort_unstable();
    let point = |rank: usize| {
        let created_at = dated(rank)?;
        Some(MapPoint {
            rank: rank as u64,
            created_at: created_at.to_string(),
            created_at_ms: created_at.ms(),
            group_id: group_of.get(&list.follower[rank]).map(|id| (*id).to_owned()),
        })
    };
    shown.into_iter().filter_map(point).collect()
}

fn bound(bounds: &FollowTimeBounds, rank: usize) -> MapBound {
    let text = |ms: Option<i64>| ms.and_then(Timestamp::from_ms).map(|at| at.to_string());
    MapBound {
        rank: rank as u64,
        not_before: text(bounds.lower_ms[rank]),
        not_after: text(bounds.upper_ms[rank]),
        estimate: text(bounds.estimate_ms[rank]),
        estimate_ms: bounds.estimate_ms[rank],
    }
}

fn batch(group: &CoordinatedGroup) -> Option<BatchText> {
    let origin = group.batch.as_ref()?;
    let window = group.targets.first().map(|target| (target.first_at, target.last_at));
    let shared = match &origin.shared {
        BatchTrait::MadeBetween(from, to) => format!("made {} to {}", number::day(*from), number::day(*to)),
        BatchTrait::HandlePattern(pattern) => format!("handles like {pattern}"),
    };
    Some(BatchText {
        group_id: group.id.clone(),
        members_count: group.members.len() as u64,
        expected_count: origin.expected_count,
        first_rank: origin.ranks.0,
        last_rank: origin.ranks.1,
        window_start: window.and_then(|(first, _)| first).map(|at| at.to_string()),
        window_end: window.and_then(|(_, last)| last).map(|at| at.to_string()),
        shared,
        median_age_days: origin.median_age_days,
        log10_p: group.log10_p,
    })
}

/// At most `most` places of `n`, evenly spread, first and last among them.
fn thinned(n: usize, most: usize) -> impl Iterator<Item = usize> {
    let kept = n.min(most);
    (0..kept).map(move |slot| if kept < 2 { slot } else { slot * (n - 1) / (kept - 1) })
}

#[cfg(test)]
mod tests {
    use super::thinned;
    use crate::report::fixture::{Fixture, Names};

    #[test]
    fn thins_evenly_and_keeps_both_ends() {
        assert_eq!(thinned(100, 4).collect::<Vec<_>>(), [0, 33, 66, 99]);
        assert_eq!((thinned(0, 4).count(), thinned(1, 4).count(), thinned(3, 9).count()), (0, 1, 3));
    }

    #[test]
    fn a_list_without_dates_of_creation_has_no_map() {
        assert!(Fixture::new(&Names::default()).report().follower_map.is_none());
    }
}
