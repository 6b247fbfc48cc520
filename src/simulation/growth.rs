//! How an audience came to be: waves of followers, each with its cause and its course in time.

use super::alias::Alias;
use super::rhythm::{WEEK_S, monday_s, thinned, within_week};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

const DAY_S: f64 = 86_400.0;

/// Why a wave of followers came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Day by day.
    Baseline,
    /// A small burst that every creator has now and then.
    Ripple,
    /// A post that went far beyond the audience.
    Viral,
    /// A giveaway.
    Giveaway,
    /// A larger creator told its audience.
    Shoutout,
    /// An article or an advertisement.
    Press,
    /// Other creators.
    Peers,
    /// Accounts that the platform removed later, all at one instant.
    Purged,
    /// Pool accounts that follow at random to look real.
    Background,
    /// An order, by its place in the creator's list.
    Order(usize),
    /// Pool accounts that follow to look real, by the number of the pool.
    Camouflage(usize),
    /// People who follow back a follow–unfollow service, by the place of its order.
    Reciprocal(usize),
}

/// The course of a wave.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Course {
    /// Week by week; people's hours.
    Weekly(Arc<WeeklyCourse>),
    /// Exponential decay with this many days after the start; people's hours.
    Decay(f64),
    /// At a constant rate, but at people's hours.
    Plateau,
    /// At a constant rate, day and night.
    Constant,
}

/// Relative numbers of arrivals by week.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WeeklyCourse {
    /// Monday 0 h UTC of the first week.
    first_s: i64,
    weights: Vec<f64>,
    weeks: Alias,
}

impl WeeklyCourse {
    /// The course from `start_s` to `end_s` with the weight of each week given by its middle; weeks that lie partly outside
    /// count in part.
    pub(super) fn new((start_s, end_s): (i64, i64), mut weight: impl FnMut(i64) -> f64) -> Self {
        let first_s = monday_s(start_s);
        let n = (end_s - 1 - first_s).div_euclid(WEEK_S) + 1;
        let weights: Vec<f64> = (0..n.max(1))
            .map(|week| {
                let monday_s = first_s + week * WEEK_S;
                let inside_s = (monday_s + WEEK_S).min(end_s) - monday_s.max(start_s);
                weight(monday_s + WEEK_S / 2).max(1e-9) * inside_s.max(1) as f64 / WEEK_S as f64
            })
            .collect();
        Self { first_s, weeks: Alias::new(&weights), weights }
    }

    /// Share of the arrivals that come before an instant (weeks taken as even).
    pub(super) fn share_before(&self, at_s: i64) -> f64 {
        let weeks = (at_s - self.first_s) as f64 / WEEK_S as f64;
        let part = |week: usize| (weeks - week as f64).clamp(0.0, 1.0);
        let before: f64 = self.weights.iter().enumerate().map(|(week, weight)| weight * part(week)).sum();
        before / self.weights.iter().sum::<f64>()
    }
}

/// Followers that came for one cause.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wave {
    pub cause: Cause,
    pub course: Course,
    /// Those still there at the capture.
    pub kept: u64,
    /// Those that left before.
    pub lost: u64,
    pub start_s: i64,
    pub end_s: i64,
    /// Mean days until one of those leaves who leave again.
    pub stay_days: f64,
}

impl Wave {
    /// Draws when one of them came: not before the start, and before the end.
    pub(super) fn draw_s(&self, utc_offset_h: i64, rng: &mut ChaCha8Rng) -> i64 {
        let whole_s = (self.end_s - self.start_s).max(1);
        match &self.course {
            Course::Constant => self.start_s + rng.random_range(0..whole_s),
            Course::Plateau => thinned(utc_offset_h, rng, |rng| self.start_s + rng.random_range(0..whole_s)),
            Course::Decay(days) => {
                let reached = 1.0 - (-(whole_s as f64) / (days * DAY_S)).exp();
                thinned(utc_offset_h, rng, |rng| {
                    let passed = -days * DAY_S * (1.0 - rng.random::<f64>() * reached).ln();
                    self.start_s + (passed as i64).min(whole_s - 1)
                })
            }
            Course::Weekly(course) => loop {
                let monday_s = course.first_s + course.weeks.draw(rng) as i64 * WEEK_S;
                let at_s = within_week(monday_s, utc_offset_h, rng);
                if (self.start_s..self.start_s + whole_s).contains(&at_s) {
                    return at_s;
                }
            },
        }
    }
}

/// Draws when a follower leaves who came at `at_s` and is gone at `end_s`: after an exponential time, cut there.
pub(super) fn leave_s(stay_days: f64, (at_s, end_s): (i64, i64), rng: &mut ChaCha8Rng) -> i64 {
    let (mean_s, whole_s) = (stay_days * DAY_S, (end_s - at_s).max(1));
    let reached = 1.0 - (-(whole_s as f64) / mean_s).exp();
    let passed = -mean_s * (1.0 - rng.random::<f64>() * reached).ln();
    at_s + (passed as i64 + 1).min(whole_s)
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    const START_S: i64 = 1_700_000_000;

    fn wave(course: Course, days: i64) -> Wave {
        Wave {
            cause: Cause::Baseline,
            course,
            kept: 10,
            lost: 0,
            start_s: START_S,
            end_s: START_S + days * 86_400,
            stay_days: 20.0,
        }
    }

    fn share_before(wave: &Wave, at_s: i64) -> f64 {
        let mut rng = stream(1, Stream::Follows, 0);
        let drawn: Vec<i64> = (0..4_000).map(|_| wave.draw_s(1, &mut rng)).collect();
        assert!(drawn.iter().all(|at| (wave.start_s..wave.end_s).contains(at)));
        drawn.iter().filter(|&&at| at < at_s).count() as f64 / drawn.len() as f64
    }

    #[test]
    fn decaying_and_even_courses_keep_their_shares() {
        let fifth = START_S + 14 * 86_400;
        assert!((share_before(&wave(Course::Constant, 70), fifth) - 0.2).abs() < 0.03);
        assert!((share_before(&wave(Course::Plateau, 70), fifth) - 0.2).abs() < 0.03);
        // 1 − e^−2 of all that come within ten half-weeks of 3.5 days.
        let decay = wave(Course::Decay(3.5), 70);
        assert!((share_before(&decay, START_S + 7 * 86_400) - (1.0 - (-2.0f64).exp())).abs() < 0.04);
    }

    #[test]
    fn weeks_come_by_their_weights() {
        let (start_s, end_s) = (START_S, START_S + 70 * 86_400);
        let middle_s = START_S + 35 * 86_400;
        let course = WeeklyCourse::new((start_s, end_s), |at_s| if at_s < middle_s { 3.0 } else { 1.0 });
        let expected = course.share_before(middle_s);
        assert!((expected - 0.75).abs() < 0.04, "{expected}");
        assert_eq!((course.share_before(start_s - WEEK_S), course.share_before(end_s + WEEK_S)), (0.0, 1.0));
        assert!((share_before(&wave(Course::Weekly(Arc::new(course)), 70), middle_s) - expected).abs() < 0.03);
    }

    #[test]
    fn those_who_leave_are_gone_by_the_end() {
        let mut rng = stream(1, Stream::Follows, 0);
        for span in [1, 10, 86_400, 9_000_000] {
            for _ in 0..50 {
                assert!((START_S + 1..=START_S + span).contains(&leave_s(20.0, (START_S, START_S + span), &mut rng)));
            }
        }
    }
}
