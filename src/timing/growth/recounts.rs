//! Jumps that are undone: the platform counted anew, or the numbers came from another source for a while.

use super::history::{FollowerHistory, HistoryInterval};
use crate::domain::DAY_MS;

/// A jump that was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recount {
    /// When the last count before it was read, in UTC milliseconds.
    pub from_ms: i64,
    /// When the first count after it was read, in UTC milliseconds.
    pub to_ms: i64,
    /// The change that was undone.
    pub change: i64,
}

/// Least jump, as a share of the followers. Assumption.
const LEAST_SHARE: f64 = 0.03;
/// How near the way back must be to the way there. People who came for one thing and leave again leave in part.
const UNDONE: f64 = 0.1;
/// Intervals within which it must be undone, and the time that they may take.
const WITHIN: (usize, i64) = (4, 15 * DAY_MS);
/// A jump is this many times as large as what its neighbours change by.
const STANDS_OUT: i64 = 5;

/// Changes of at least 3 % between two readings that a change of the same size (± 10 %) takes back between two readings within four
/// intervals and fifteen days, with nothing like it between.
///
/// # Cost
/// O(n).
pub(super) fn recounts(history: &FollowerHistory) -> Vec<Recount> {
    let intervals: Vec<HistoryInterval> = history.intervals().collect();
    let mut found = Vec::new();
    let mut place = 0;
    while place < intervals.len() {
        match undone_at(&intervals, place) {
            Some(back) => {
                let (from_ms, to_ms) = (intervals[place].from_ms, intervals[back].to_ms);
                found.push(Recount { from_ms, to_ms, change: intervals[place].change });
                place = back + 1;
            }
            None => place += 1,
        }
    }
    found
}

/// The interval that undoes the change of the one at `place`.
fn undone_at(intervals: &[HistoryInterval], place: usize) -> Option<usize> {
    let there = intervals[place];
    let size = there.change.saturating_abs();
    if (size as f64) < LEAST_SHARE * there.before as f64 || size < 10 * there.unit.cast_signed() {
        return None;
    }
    let is_way_back = |back: &HistoryInterval| (back.change as f64 + there.change as f64).abs() <= UNDONE * size as f64;
    let near = |at: &usize| intervals[*at].to_ms - there.from_ms <= WITHIN.1;
    let back = (place + 1..intervals.len().min(place + WITHIN.0)).take_while(near).find(|&at| is_way_back(&intervals[at]))?;
    let is_quiet =
        |at: usize| intervals.get(at).is_none_or(|other| other.change.saturating_abs().saturating_mul(STANDS_OUT) <= size);
    let is_quiet_around = place.checked_sub(1).is_none_or(is_quiet) && is_quiet(back + 1);
    (is_quiet_around && (place + 1..back).all(is_quiet)).then_some(back)
}

#[cfg(test)]
mod tests {
    use super::super::history::testing::daily;
    use crate::domain::DAY_MS;

    #[test]
    fn a_jump_that_is_taken_back_is_a_recount() {
        let history = daily([10_000, 10_010, 10_900, 10_905, 10_020, 10_030]);
        assert_eq!(history.recounts.len(), 1);
        let recount = history.recounts[0];
        assert_eq!((recount.from_ms, recount.to_ms, recount.change), (DAY_MS, 4 * DAY_MS, 890));
        assert_eq!(history.sound_intervals().count(), 2);
        assert_eq!(daily([10_000, 10_010, 9_100, 10_020, 10_030]).recounts.len(), 1);
    }

    #[test]
    fn people_who_leave_in_part_are_none() {
        assert_eq!(daily([10_000, 10_010, 10_900, 10_700, 10_600, 10_560]).recounts, []);
        assert_eq!(daily([10_000, 10_900]).recounts, []);
        assert_eq!(daily([100, 104, 100]).recounts, [], "fewer than ten followers");
    }
}
