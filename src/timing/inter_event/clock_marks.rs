//! Signs of a clock: the same second of the minute, the same minute of the hour, gaps of whole minutes, the same gap again.

const MINUTE_MS: i64 = 60_000;
const SECOND_MS: i64 = 1_000;
/// Two gaps this near are the same: times are given to the second.
const SAME_GAP_MS: u64 = 1_000;

/// Counts of what a schedule leaves behind.
///
/// # Examples
/// ```
/// use bonafide::timing::ClockMarks;
/// let mut marks = ClockMarks::default();
/// (0..50).for_each(|turn| marks.push(turn * 600_000, (turn > 0).then_some(600_000)));
/// assert_eq!((marks.whole_minute_share(), marks.same_gap_share()), (Some(1.0), Some(1.0)));
/// assert_eq!(marks.second_excess(), Some(59.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockMarks {
    seconds: [u32; 60],
    minutes: [u32; 60],
    n: u64,
    /// Σ c(c−1)/2 over the seconds of the minute, and over the minutes of the hour.
    second_pairs: u64,
    minute_pairs: u64,
    gaps: u64,
    whole_minutes: u64,
    pairs: u64,
    same: u64,
    last_gap_ms: i64,
}

impl Default for ClockMarks {
    fn default() -> Self {
        Self {
            seconds: [0; 60],
            minutes: [0; 60],
            n: 0,
            second_pairs: 0,
            minute_pairs: 0,
            gaps: 0,
            whole_minutes: 0,
            pairs: 0,
            same: 0,
            last_gap_ms: 0,
        }
    }
}

impl ClockMarks {
    /// Adds an action, with the gap before it unless it is the first. Gaps of 0 are no gaps here: they are one action in several rows.
    pub fn push(&mut self, at_ms: i64, gap_ms: Option<i64>) {
        let second = at_ms.div_euclid(SECOND_MS);
        let minute = second.div_euclid(60);
        let second_of = (second - minute * 60) as usize;
        let minute_of = minute.rem_euclid(60) as usize;
        self.second_pairs += u64::from(self.seconds[second_of]);
        self.minute_pairs += u64::from(self.minutes[minute_of]);
        self.seconds[second_of] += 1;
        self.minutes[minute_of] += 1;
        self.n += 1;
        if let Some(gap) = gap_ms.filter(|&gap| gap > 0) {
            self.whole_minutes += u64::from(gap % MINUTE_MS == 0);
            if self.gaps > 0 {
                self.pairs += 1;
                self.same += u64::from(gap.abs_diff(self.last_gap_ms) <= SAME_GAP_MS);
            }
            self.gaps += 1;
            self.last_gap_ms = gap;
        }
    }

    /// How much likelier than by chance two actions share their second of the minute, less one: 0 by chance, 59 where all share it;
    /// `None` with fewer than two actions.
    pub fn second_excess(&self) -> Option<f64> {
        self.excess(self.second_pairs)
    }

    /// The same for the minute of the hour.
    pub fn minute_excess(&self) -> Option<f64> {
        self.excess(self.minute_pairs)
    }

    fn excess(&self, pairs: u64) -> Option<f64> {
        let all = u128::from(self.n) * u128::from(self.n.saturating_sub(1)) / 2;
        (all > 0).then(|| 60.0 * pairs as f64 / all as f64 - 1.0)
    }

    /// Share of gaps of whole minutes, 1/60 by chance; `None` without a gap above 0.
    pub fn whole_minute_share(&self) -> Option<f64> {
        (self.gaps > 0).then(|| self.whole_minutes as f64 / self.gaps as f64)
    }

    /// Share of gaps as long, to the second, as the one before; `None` with fewer than two gaps above 0.
    pub fn same_gap_share(&self) -> Option<f64> {
        (self.pairs > 0).then(|| self.same as f64 / self.pairs as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(at_s: &[i64]) -> ClockMarks {
        let mut marks = ClockMarks::default();
        for (place, at) in at_s.iter().enumerate() {
            marks.push(at * 1000, place.checked_sub(1).map(|before| (at - at_s[before]) * 1000));
        }
        marks
    }

    #[test]
    fn by_hand() {
        // seconds of the minute 5, 5, 5, 20; minutes of the hour 0, 1, 3, 3; gaps 60, 120, 15
        let marks = marks(&[5, 65, 185, 200]);
        // 3 of 6 pairs share their second, 1 of 6 their minute
        assert_eq!((marks.second_excess(), marks.minute_excess()), (Some(29.0), Some(9.0)));
        assert_eq!((marks.whole_minute_share(), marks.same_gap_share()), (Some(2.0 / 3.0), Some(0.0)));
    }

    #[test]
    fn rows_of_one_instant_make_no_gap_and_one_action_no_pair() {
        let marks = marks(&[7, 7, 7]);
        assert_eq!((marks.whole_minute_share(), marks.same_gap_share(), marks.second_excess()), (None, None, Some(59.0)));
        assert_eq!(ClockMarks::default().second_excess(), None);
    }
}
