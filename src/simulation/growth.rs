//! How an audience came to be: waves of followers, each with its cause and its course in time.

use super::rhythm::thinned;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

const DAY_S: f64 = 86_400.0;
/// Days within which most of those leave who leave again. Assumption.
const LEAVE_DAYS: f64 = 20.0;

/// Why a wave of followers came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Day by day.
    Baseline,
    /// A post that went far beyond the audience.
    Viral,
    /// A giveaway.
    Giveaway,
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Course {
    /// Cumulative share x^γ of the time passed: growing faster later for γ > 1; people's hours.
    Power(f64),
    /// Exponential decay with this many days after the start; people's hours.
    Decay(f64),
    /// At a constant rate, day and night.
    Constant,
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
}

impl Wave {
    /// Share that has come by an instant.
    pub(super) fn arrived_share(&self, at_s: i64) -> f64 {
        let passed = (at_s - self.start_s) as f64;
        let whole = (self.end_s - self.start_s).max(1) as f64;
        let x = (passed / whole).clamp(0.0, 1.0);
        match self.course {
            Course::Power(exponent) => x.powf(exponent),
            Course::Constant => x,
            Course::Decay(days) => {
                let reached = |seconds: f64| 1.0 - (-seconds / (days * DAY_S)).exp();
                reached(passed.clamp(0.0, whole)) / reached(whole)
            }
        }
    }

    /// Followers of this wave at an instant (an expectation).
    pub(super) fn present(&self, at_s: i64) -> f64 {
        let gone_s = (at_s - self.end_s).max(0) as f64;
        let stayed = (-gone_s / (LEAVE_DAYS * DAY_S)).exp();
        self.arrived_share(at_s) * (self.kept as f64 + self.lost as f64 * stayed)
    }

    /// Draws when one of them came.
    pub(super) fn draw_s(&self, utc_offset_h: i64, rng: &mut ChaCha8Rng) -> i64 {
        match self.course {
            Course::Constant => self.propose(rng),
            Course::Power(_) | Course::Decay(_) => thinned(utc_offset_h, rng, |rng| self.propose(rng)),
        }
    }

    fn propose(&self, rng: &mut ChaCha8Rng) -> i64 {
        let whole = (self.end_s - self.start_s).max(1) as f64;
        let u: f64 = rng.random();
        let passed = match self.course {
            Course::Power(exponent) => whole * u.powf(1.0 / exponent),
            Course::Constant => whole * u,
            Course::Decay(days) => {
                let reached = 1.0 - (-whole / (days * DAY_S)).exp();
                -days * DAY_S * (1.0 - u * reached).ln()
            }
        };
        self.start_s + (passed as i64).min(self.end_s - self.start_s - 1).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    #[test]
    fn draws_follow_the_cumulative_share() {
        for course in [Course::Power(1.7), Course::Decay(1.0), Course::Constant] {
            let wave = Wave { cause: Cause::Baseline, course, kept: 10, lost: 0, start_s: 1_000_000, end_s: 1_600_000 };
            let mut rng = stream(1, Stream::Follows, 0);
            let at = 1_200_000;
            let before = (0..4_000).filter(|_| wave.propose(&mut rng) <= at).count() as f64 / 4_000.0;
            assert!((before - wave.arrived_share(at)).abs() < 0.03, "{course:?}");
            assert_eq!((wave.arrived_share(999_999), wave.arrived_share(1_600_000)), (0.0, 1.0));
        }
    }

    #[test]
    fn those_who_leave_are_gone_at_last() {
        let wave = Wave { cause: Cause::Giveaway, course: Course::Constant, kept: 70, lost: 30, start_s: 0, end_s: 86_400 };
        assert_eq!(wave.present(86_400), 100.0);
        assert!((wave.present(400 * 86_400) - 70.0).abs() < 1e-6);
    }
}
