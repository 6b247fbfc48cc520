//! A history of counts, checked: in order, each time once, resets and recounts told from growth, the step of rounding known.

use super::recounts::{Recount, recounts};
use crate::domain::DAY_MS;

/// One reading of a creator's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryReading {
    /// When, in UTC milliseconds.
    pub at_ms: i64,
    /// Followers then.
    pub followers: u64,
    /// Accounts followed then.
    pub following: Option<u64>,
    /// Posts then.
    pub posts: Option<u64>,
}

/// What happened between two readings next to one another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HistoryInterval {
    /// When it begins, in UTC milliseconds.
    pub from_ms: i64,
    /// When it ends, in UTC milliseconds.
    pub to_ms: i64,
    /// Its length.
    pub days: f64,
    /// Followers at its beginning.
    pub before: u64,
    /// Change in followers, as counted.
    pub change: i64,
    /// The greater of the steps in which both counts move: 1 where they are exact.
    pub unit: u64,
}

/// A checked history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FollowerHistory {
    /// Sound readings, oldest first, each time once.
    pub readings: Vec<HistoryReading>,
    /// Readings later than the capture.
    pub n_future: usize,
    /// Readings of a time that another, later in the data, also has.
    pub n_repeated: usize,
    /// Readings left out because the count falls to nothing and comes back.
    pub n_resets: usize,
    /// Jumps that were undone.
    pub recounts: Vec<Recount>,
    /// Steps of the counts by their number of digits.
    units: [u64; 21],
}

/// A count this much below both those before and after it is a reset. Assumption: nobody loses nine in ten followers and has them back.
const RESET: u64 = 10;
/// Readings may be this much later than the capture: clocks and time zones differ.
const LATE_MS: i64 = DAY_MS;
/// Probability that counts that end in so many zeros do so by chance, at most.
const ROUND_BY_CHANCE: f64 = 0.001;

impl FollowerHistory {
    /// Checks readings in any order and of any spacing.
    ///
    /// Counts that a platform rounds end in zeros: the step of all counts with as many digits is the largest power of ten that divides
    /// them all, taken for rounding where chance would do that in fewer than one in a thousand histories (10^(−zeros × different counts)).
    ///
    /// # Shape
    /// Of several readings at one time the last given is kept.
    ///
    /// # Missing
    /// Readings later than a day after `captured_ms` are left out and counted.
    ///
    /// # Cost
    /// O(n log n).
    ///
    /// # Examples
    /// ```
    /// use bonafide::timing::growth::{FollowerHistory, HistoryReading};
    /// let day = |day: i64, followers| HistoryReading { at_ms: day * 86_400_000, followers, following: None, posts: None };
    /// let history = FollowerHistory::check(&[day(2, 1_030), day(0, 1_000), day(1, 0)], Some(3 * 86_400_000));
    /// assert_eq!((history.readings.len(), history.n_resets), (2, 1));
    /// assert_eq!(history.intervals().next().unwrap().change, 30);
    /// ```
    pub fn check(readings: &[HistoryReading], captured_ms: Option<i64>) -> Self {
        let latest = captured_ms.map_or(i64::MAX, |at| at.saturating_add(LATE_MS));
        let mut sound: Vec<HistoryReading> = readings.iter().filter(|reading| reading.at_ms <= latest).copied().collect();
        let n_future = readings.len() - sound.len();
        sound.reverse();
        sound.sort_by_key(|reading| reading.at_ms);
        let before = sound.len();
        sound.dedup_by_key(|reading| reading.at_ms);
        let n_repeated = before - sound.len();
        let n_resets = drop_resets(&mut sound);
        let units = units(&sound);
        let mut history = Self { readings: sound, n_future, n_repeated, n_resets, recounts: Vec::new(), units };
        history.recounts = recounts(&history);
        history
    }

    /// The step in which counts of this size move: 1 where they are exact.
    pub fn unit(&self, count: u64) -> u64 {
        self.units[digits(count)]
    }

    /// From reading to reading.
    pub fn intervals(&self) -> impl Iterator<Item = HistoryInterval> + '_ {
        self.readings.windows(2).map(|pair| HistoryInterval {
            from_ms: pair[0].at_ms,
            to_ms: pair[1].at_ms,
            days: (pair[1].at_ms - pair[0].at_ms) as f64 / DAY_MS as f64,
            before: pair[0].followers,
            change: pair[1].followers.cast_signed().saturating_sub(pair[0].followers.cast_signed()),
            unit: self.unit(pair[0].followers).max(self.unit(pair[1].followers)),
        })
    }

    /// The intervals that no recount touches.
    pub fn sound_intervals(&self) -> impl Iterator<Item = HistoryInterval> + '_ {
        self.intervals().filter(|interval| {
            !self.recounts.iter().any(|recount| recount.from_ms < interval.to_ms && interval.from_ms < recount.to_ms)
        })
    }

    /// First and last time.
    pub fn span_ms(&self) -> Option<(i64, i64)> {
        Some((self.readings.first()?.at_ms, self.readings.last()?.at_ms))
    }

    /// Followers at an instant, between readings in a straight line.
    ///
    /// # Missing
    /// `None` outside the history.
    pub fn followers_at(&self, at_ms: i64) -> Option<f64> {
        let next = self.readings.partition_point(|reading| reading.at_ms < at_ms);
        let after = self.readings.get(next)?;
        if after.at_ms == at_ms {
            return Some(after.followers as f64);
        }
        let before = self.readings.get(next.checked_sub(1)?)?;
        let part = (at_ms - before.at_ms) as f64 / (after.at_ms - before.at_ms) as f64;
        Some(before.followers as f64 + part * (after.followers as f64 - before.followers as f64))
    }
}

fn digits(count: u64) -> usize {
    count.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// Takes out counts that fall to a tenth or less and come back, however many readings in a row.
fn drop_resets(readings: &mut Vec<HistoryReading>) -> usize {
    let counts: Vec<u64> = readings.iter().map(|reading| reading.followers).collect();
    let mut later_most = vec![0; counts.len() + 1];
    for place in (0..counts.len()).rev() {
        later_most[place] = later_most[place + 1].max(counts[place]);
    }
    let mut level = 0;
    let mut place = 0;
    readings.retain(|reading| {
        place += 1;
        // Back to half of what it was: a creator who really lost nearly all does not come back so.
        let is_reset = reading.followers < level / RESET && later_most[place] >= level / 2;
        if !is_reset {
            level = reading.followers;
        }
        !is_reset
    });
    counts.len() - readings.len()
}

fn units(readings: &[HistoryReading]) -> [u64; 21] {
    let mut by_digits: [Vec<u64>; 21] = std::array::from_fn(|_| Vec::new());
    readings.iter().for_each(|reading| by_digits[digits(reading.followers)].push(reading.followers));
    let mut units = [1; 21];
    for (n_digits, mut counts) in by_digits.into_iter().enumerate() {
        counts.sort_unstable();
        counts.dedup();
        let Some(zeros) = counts.iter().map(|&count| zeros(count)).min() else { continue };
        let by_chance = 10_f64.powf(-f64::from(zeros) * counts.len() as f64);
        if zeros > 0 && by_chance <= ROUND_BY_CHANCE {
            units[n_digits] = 10_u64.pow(zeros);
        }
    }
    units
}

/// Zeros at the end of a count.
fn zeros(mut count: u64) -> u32 {
    let mut zeros = 0;
    while count > 0 && count.is_multiple_of(10) {
        count /= 10;
        zeros += 1;
    }
    zeros
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// A reading a day from day 0 on.
    pub fn daily(counts: impl IntoIterator<Item = u64>) -> FollowerHistory {
        let readings: Vec<HistoryReading> = (0..)
            .zip(counts)
            .map(|(day, followers)| HistoryReading { at_ms: day * DAY_MS, followers, following: None, posts: None })
            .collect();
        FollowerHistory::check(&readings, None)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::daily;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_rounded_to_thousands_have_that_step_and_exact_ones_none() {
        let history = daily([123_000, 123_000, 124_000, 126_000]);
        assert_eq!((history.unit(123_000), history.unit(99_000), history.unit(1_230_000)), (1_000, 1, 1));
        assert_eq!(daily([123_000, 123_411, 124_000]).unit(123_000), 1);
        // One round count may be chance: 1,230 is, with one zero.
        assert_eq!(daily([1_230, 1_230]).unit(1_230), 1);
        // Three digits, as YouTube shows them: the step grows with the count.
        let shown = daily([9_840_000, 9_910_000, 9_990_000, 10_100_000, 10_200_000]);
        assert_eq!((shown.unit(9_900_000), shown.unit(10_100_000)), (10_000, 100_000));
    }

    #[test]
    fn a_fall_to_nothing_that_comes_back_is_a_reset_and_a_lasting_one_is_not() {
        let history = daily([5_000, 5_010, 0, 0, 5_040]);
        assert_eq!((history.readings.len(), history.n_resets), (3, 2));
        assert_eq!(daily([5_000, 5_010, 40, 44, 47]).n_resets, 0);
        assert_eq!(daily([0, 10, 20]).n_resets, 0);
    }

    #[test]
    fn of_one_time_the_last_is_kept_and_the_future_is_left_out() {
        let reading = |at_ms, followers| HistoryReading { at_ms, followers, following: None, posts: None };
        let readings = [reading(DAY_MS, 7), reading(0, 5), reading(DAY_MS, 8), reading(9 * DAY_MS, 9)];
        let history = FollowerHistory::check(&readings, Some(2 * DAY_MS));
        assert_eq!(history.readings, [reading(0, 5), reading(DAY_MS, 8)]);
        assert_eq!((history.n_future, history.n_repeated), (1, 1));
        assert_eq!(
            (history.followers_at(DAY_MS / 2), history.followers_at(DAY_MS), history.followers_at(-1)),
            (Some(6.5), Some(8.0), None)
        );
    }

    proptest! {
        #[test]
        fn any_readings_are_put_in_order(readings in prop::collection::vec((any::<i64>(), any::<u64>()), 0..40)) {
            let readings: Vec<HistoryReading> =
                readings.into_iter().map(|(at, followers)| HistoryReading { at_ms: at >> 2, followers: followers >> 1, following: None, posts: None }).collect();
            let history = FollowerHistory::check(&readings, None);
            prop_assert!(history.readings.windows(2).all(|pair| pair[0].at_ms < pair[1].at_ms));
            prop_assert_eq!(history.readings.len() + history.n_repeated + history.n_resets, readings.len());
            prop_assert!(history.intervals().all(|interval| interval.days > 0.0 && interval.unit > 0));
        }
    }
}
