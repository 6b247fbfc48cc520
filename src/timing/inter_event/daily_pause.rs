//! The longest pause of a day: people sleep.

use crate::domain::DAY_MS;

/// Sums of the longest pause of each day with a gap that ends on it, a day's length at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DailyPauses {
    days: u64,
    sum_ms: u64,
    day: i64,
    longest_ms: i64,
}

impl DailyPauses {
    /// Adds a gap that ends at an instant in UTC milliseconds. Instants ascend.
    pub fn push(&mut self, at_ms: i64, gap_ms: i64) {
        let day = at_ms.div_euclid(DAY_MS);
        if self.days == 0 || day != self.day {
            self.sum_ms += self.longest_ms as u64;
            self.days += 1;
            self.day = day;
            self.longest_ms = 0;
        }
        self.longest_ms = self.longest_ms.max(gap_ms.min(DAY_MS));
    }

    /// Days with a gap that ends on them.
    pub fn days(&self) -> u64 {
        self.days
    }

    /// Mean of the days' longest pauses in hours; `None` without a gap.
    pub fn mean_h(&self) -> Option<f64> {
        let sum = self.sum_ms + self.longest_ms as u64;
        (self.days > 0).then(|| sum as f64 / self.days as f64 / 3_600_000.0)
    }
}

/// Mean over days (UTC) with an action after another of the longest gap that ends on the day, a day's length at most, in hours: people who act
/// all day still sleep.
///
/// # Shape
/// Ascending times in UTC milliseconds.
///
/// # Missing
/// `None` for fewer than two times.
///
/// # Cost
/// O(n).
///
/// # Source
/// Ours, after the resting times of Costa et al., KDD 2015.
///
/// # Examples
/// ```
/// use bonafide::timing::mean_daily_pause_h;
/// let hourly: Vec<i64> = (0..100).map(|hour| hour * 3_600_000).collect();
/// assert_eq!((mean_daily_pause_h(&hourly), mean_daily_pause_h(&hourly[..1])), (Some(1.0), None));
/// ```
pub fn mean_daily_pause_h(at_ms: &[i64]) -> Option<f64> {
    let mut pauses = DailyPauses::default();
    at_ms.windows(2).for_each(|pair| pauses.push(pair[1], pair[1] - pair[0]));
    pauses.mean_h()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        const HOUR: i64 = 3_600_000;
        // day 0: pause 2 h; day 1: 14 h; day 5: more than a day counts as 24 h
        let hours = [8, 10, 24, 25, 125];
        assert_eq!(mean_daily_pause_h(&hours.map(|hour| hour * HOUR)), Some((2.0 + 14.0 + 24.0) / 3.0));
        assert_eq!(mean_daily_pause_h(&[5, 5, 5]), Some(0.0));
    }
}
