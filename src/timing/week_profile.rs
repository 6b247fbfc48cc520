//! Actions of many accounts by hour of the week.

use super::inter_event::DayProfile;
use crate::domain::DAY_MS;

/// Hours of a week.
pub const WEEK_HOURS: usize = 168;
const HOUR_MS: i64 = 3_600_000;
/// Days from a Monday to 1970-01-01.
const MONDAY_TO_EPOCH: i64 = 3;

/// Actions by hour of the week: Monday 0 to 1 o'clock first.
///
/// # Examples
/// ```
/// use bonafide::timing::WeekProfile;
/// let mut week = WeekProfile::default();
/// week.push(0); // 1970-01-01T00:00Z, a Thursday
/// assert_eq!((week.count(3, 0), week.total()), (1, 1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekProfile {
    counts: [u32; WEEK_HOURS],
}

impl Default for WeekProfile {
    fn default() -> Self {
        Self { counts: [0; WEEK_HOURS] }
    }
}

/// Whether times are finer than hours and days: at most half of them stand on a whole hour of UTC.
pub fn has_hours(at_ms: &[i64]) -> bool {
    2 * at_ms.iter().filter(|&&at| at % HOUR_MS == 0).count() <= at_ms.len()
}

impl WeekProfile {
    /// The profile of times in UTC milliseconds, by clocks so many minutes ahead.
    ///
    /// # Missing
    /// Empty where times are given by the hour or the day.
    pub fn of(at_ms: &[i64], utc_offset_min: i64) -> Self {
        let mut week = Self::default();
        if has_hours(at_ms) {
            at_ms.iter().for_each(|at| week.push(at.saturating_add(utc_offset_min * 60_000)));
        }
        week
    }

    /// Adds an action, in milliseconds of the clock that is meant.
    pub fn push(&mut self, at_ms: i64) {
        let day = at_ms.div_euclid(DAY_MS);
        let hour = at_ms.rem_euclid(DAY_MS) / HOUR_MS;
        let slot = &mut self.counts[((day + MONDAY_TO_EPOCH).rem_euclid(7) * 24 + hour) as usize];
        *slot = slot.saturating_add(1);
    }

    /// Actions in one hour of one day of the week, Monday being 0.
    ///
    /// # Panics
    /// If there is no such hour.
    pub fn count(&self, day: usize, hour: usize) -> u32 {
        assert!(hour < 24, "a day has 24 hours");
        self.counts[day * 24 + hour]
    }

    /// Actions of each hour of the week.
    pub fn counts(&self) -> &[u32; WEEK_HOURS] {
        &self.counts
    }

    /// All actions.
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// The same by hour of the day and by weekday.
    pub fn day(&self) -> DayProfile {
        DayProfile::of_week(&self.counts)
    }
}

/// Jensen–Shannon divergence of the hours of the day of two profiles, in nats, less (K − 1)(1/n + 1/m)/8, what two samples of one profile show on
/// average; 0 where that is more. K = 24.
///
/// # Missing
/// `None` where either is empty.
///
/// # Source
/// Lin, *Divergence measures based on the Shannon entropy*, 1991; the correction by its expansion to second order.
///
/// # Examples
/// ```
/// use bonafide::timing::{DayProfile, hour_distance};
/// let (noon, night) = (DayProfile::of(&[43_200_000; 500]), DayProfile::of(&[0; 500]));
/// assert!((hour_distance(&noon, &night).unwrap() - std::f64::consts::LN_2).abs() < 0.02);
/// assert_eq!(hour_distance(&noon, &noon), Some(0.0));
/// ```
pub fn hour_distance(one: &DayProfile, other: &DayProfile) -> Option<f64> {
    let (n, m) = (one.total() as f64, other.total() as f64);
    if n == 0.0 || m == 0.0 {
        return None;
    }
    let mut divergence = 0.0;
    for (&a, &b) in one.hours().iter().zip(other.hours()) {
        let (p, q) = (f64::from(a) / n, f64::from(b) / m);
        let middle = (p + q) / 2.0;
        for share in [p, q].into_iter().filter(|share| *share > 0.0) {
            divergence += 0.5 * share * (share / middle).ln();
        }
    }
    Some((divergence - 23.0 * (1.0 / n + 1.0 / m) / 8.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_the_week_are_those_of_the_calendar() {
        let mut week = WeekProfile::default();
        // 2024-06-14T23:59:59.999Z was a Friday.
        [1_718_409_599_999, 1_718_409_600_000, -1].into_iter().for_each(|at| week.push(at));
        assert_eq!((week.count(4, 23), week.count(5, 0), week.count(2, 23)), (1, 1, 1));
        assert_eq!(week.day(), DayProfile::of(&[1_718_409_599_999, 1_718_409_600_000, -1]));
    }

    #[test]
    fn times_by_the_day_have_no_hours_and_clocks_may_differ() {
        assert_eq!(WeekProfile::of(&[0, DAY_MS, 2 * DAY_MS + 1], 0).total(), 0);
        // 20:10 UTC on a Thursday is 01:40 on Friday in India
        assert_eq!(WeekProfile::of(&[20 * HOUR_MS + 600_000], 330).count(4, 1), 1);
    }

    #[test]
    fn distance_agrees_with_scipy() {
        // scipy.spatial.distance.jensenshannon(a, b)**2 with a = 300 at 0 h, 100 at 6 h, b = 100 at 0 h, 300 at 6 h: 0.130_812_035_9;
        // less 23 (1/400 + 1/400)/8
        let of = |night: usize, morning: usize| DayProfile::of(&[vec![0; night], vec![6 * HOUR_MS; morning]].concat());
        let value = hour_distance(&of(300, 100), &of(100, 300)).unwrap();
        assert!((value - (0.130_812_035_941_136_97 - 23.0 * 0.005 / 8.0)).abs() < 1e-9, "{value}");
        assert_eq!(hour_distance(&of(1, 0), &DayProfile::default()), None);
    }
}
