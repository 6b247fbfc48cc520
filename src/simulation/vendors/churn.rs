//! Follow–unfollow: a service that runs on the creator's own account, follows people by the thousand, and drops them again.

use crate::error::Result;
use crate::simulation::scenario::within;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

const DAY_S: f64 = 86_400.0;

/// A follow–unfollow service. All numbers are assumptions; platforms block above some hundred follows a day.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Churn {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Accounts followed a day, least and most; between them uniform.
    pub per_day: [f64; 2],
    /// Days of following before as many days of unfollowing, least and most.
    pub phase_days: [f64; 2],
    /// Days that the service runs, least and most.
    pub days: [f64; 2],
    /// Share of the followed that follow back. They are real people.
    pub follow_back: f64,
    /// Share of those that leave again once they are unfollowed.
    pub leave: f64,
}

impl Default for Churn {
    fn default() -> Self {
        Self {
            name: "churn-1".into(),
            per_day: [80.0, 300.0],
            phase_days: [5.0, 12.0],
            days: [60.0, 200.0],
            follow_back: 0.12,
            leave: 0.35,
        }
    }
}

impl Churn {
    pub(super) fn validate(&self) -> Result<()> {
        let place = |name: &str| format!("{name} of vendor {}", self.name);
        let pairs = [("per_day", self.per_day, 7_500.0), ("phase_days", self.phase_days, 90.0), ("days", self.days, 690.0)];
        for (name, [least, most], limit) in pairs {
            within(place(&format!("{name}[0]")), least, 1.0, limit)?;
            within(place(&format!("{name}[1]")), most, least, limit)?;
        }
        within(place("days[0]"), self.days[0], 2.0 * self.phase_days[1], 690.0)?;
        within(place("follow_back"), self.follow_back, 0.0, 1.0)?;
        within(place("leave"), self.leave, 0.0, 1.0)
    }
}

/// What a service does on one account: phases of following, each followed by one of unfollowing as long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::simulation) struct ChurnRun {
    pub start_s: i64,
    pub phase_s: i64,
    pub cycles: i64,
    pub per_phase: u64,
}

impl ChurnRun {
    /// Draws when and how hard; at most `most` accounts follow back in all.
    pub(in crate::simulation) fn draw(vendor: &Churn, captured_s: i64, order_days: f64, most: u64, rng: &mut ChaCha8Rng) -> Self {
        let mut between = |[least, most]: [f64; 2]| least + (most - least) * rng.random::<f64>();
        let (per_day, phase_days, days) = (between(vendor.per_day), between(vendor.phase_days), between(vendor.days));
        let cycles = (days / (2.0 * phase_days)).floor().max(1.0);
        let whole_days = cycles * 2.0 * phase_days;
        let back_days = whole_days + (order_days - whole_days).max(0.0) * rng.random::<f64>();
        let limit = most as f64 / (cycles * vendor.follow_back).max(1e-9);
        Self {
            start_s: captured_s - (back_days * DAY_S) as i64,
            phase_s: (phase_days * DAY_S) as i64,
            cycles: cycles as i64,
            per_phase: (per_day * phase_days).min(limit) as u64,
        }
    }

    /// When it ends.
    pub(in crate::simulation) fn end_s(&self) -> i64 {
        self.start_s + 2 * self.phase_s * self.cycles
    }

    /// Beginning and end of each phase of following.
    pub(in crate::simulation) fn phases(self) -> impl Iterator<Item = (i64, i64)> {
        (0..self.cycles).map(move |cycle| {
            let start_s = self.start_s + 2 * self.phase_s * cycle;
            (start_s, start_s + self.phase_s)
        })
    }

    /// Accounts that are followed for now at an instant: up and down like a saw.
    pub(in crate::simulation) fn followed(&self, at_s: i64) -> u64 {
        if at_s <= self.start_s || at_s >= self.end_s() {
            return 0;
        }
        let place = (at_s - self.start_s) % (2 * self.phase_s);
        let height = if place <= self.phase_s { place } else { 2 * self.phase_s - place };
        (self.per_phase as f64 * height as f64 / self.phase_s as f64).round() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::seed::{Stream, stream};

    #[test]
    fn the_number_followed_goes_up_and_down_with_the_phases() {
        let mut rng = stream(1, Stream::Orders, 0);
        let captured_s = 1_780_000_000;
        let run = ChurnRun::draw(&Churn::default(), captured_s, 300.0, 1_000_000, &mut rng);
        assert!(run.start_s >= captured_s - 301 * 86_400 && run.end_s() <= captured_s);
        assert!(run.cycles >= 2);
        for (start_s, end_s) in run.phases() {
            assert_eq!((run.followed(start_s), run.followed(end_s)), (0, run.per_phase));
            assert_eq!(run.followed(end_s + run.phase_s), 0);
        }
        assert_eq!(run.followed(captured_s + 1), 0);
    }
}
