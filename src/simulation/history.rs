//! The platform's counts of a creator over time.

use super::creators::Plan;
use super::scenario::{Granularity, SamplingPlan};

/// The instants of the history: evenly spaced, the last of them the capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grid {
    first_s: i64,
    step_s: i64,
    len: usize,
}

/// How many followers were there at each instant of a grid, added up arrival by arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Presence {
    grid: Grid,
    /// Change at each instant against the one before.
    changes: Vec<i64>,
}

/// One row of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub at_s: i64,
    pub followers: u64,
    pub following: u64,
    pub posts: u64,
}

impl Grid {
    /// The grid of a sampling plan.
    pub(super) fn new(sampling: &SamplingPlan, captured_s: i64) -> Self {
        let step_s = match sampling.history_granularity {
            Granularity::Weekly => 7 * 86_400,
            Granularity::Daily => 86_400,
            Granularity::Hourly => 3_600,
        };
        let steps = i64::from(sampling.history_weeks) * 7 * 86_400 / step_s;
        Self { first_s: captured_s - steps * step_s, step_s, len: steps as usize + 1 }
    }

    /// The first instant not before `at_s`.
    fn place(&self, at_s: i64) -> usize {
        ((at_s - self.first_s + self.step_s - 1).max(0) / self.step_s) as usize
    }
}

impl Presence {
    pub(super) fn new(grid: Grid) -> Self {
        Self { grid, changes: vec![0; grid.len] }
    }

    /// Counts a follower from `at_s` on.
    pub(super) fn comes(&mut self, at_s: i64) {
        self.changes[self.grid.place(at_s)] += 1;
    }

    /// Counts a follower no longer from `at_s` on.
    pub(super) fn leaves(&mut self, at_s: i64) {
        self.changes[self.grid.place(at_s)] -= 1;
    }
}

/// The rows of a creator from its beginning on, oldest first: those who came by then and have not left by then.
///
/// Every arrival of the creator is counted, drawn into the export or not. Where the export holds every follower with its time,
/// the history at an instant is therefore the number of them who came by then plus those who left after it.
pub(super) fn points(sampling: &SamplingPlan, plan: &Plan, presence: &Presence) -> Vec<Point> {
    let grid = presence.grid;
    let rounded = |count: u64| if sampling.history_rounded { shown(count) } else { count };
    let mut followers = 0i64;
    (0..)
        .zip(&presence.changes)
        .map(|(place, change)| {
            followers += change;
            let at_s = grid.first_s + place * grid.step_s;
            let count = u64::try_from(followers).expect("nobody leaves before he comes");
            Point { at_s, followers: rounded(count), following: plan.following_at(at_s), posts: plan.posts_at(at_s) }
        })
        .filter(|point| point.at_s >= plan.started_s)
        .collect()
}

/// A count as platforms show it: three digits from ten thousand on.
fn shown(count: u64) -> u64 {
    let mut unit = 1;
    while count / unit >= 1_000 {
        unit *= 10;
    }
    if count < 10_000 { count } else { count / unit * unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_counts_who_came_by_then_and_has_not_left() {
        let sampling = SamplingPlan { history_weeks: 3, ..SamplingPlan::default() };
        let week = 7 * 86_400;
        let mut presence = Presence::new(Grid::new(&sampling, 10 * week));
        presence.comes(2 * week);
        presence.comes(8 * week);
        presence.comes(8 * week + 1);
        presence.leaves(9 * week);
        assert_eq!(presence.changes, [1, 1, 0, 0], "points at weeks 7, 8, 9 and 10");
    }

    #[test]
    fn shown_counts_have_three_digits() {
        assert_eq!([999, 9_999, 10_049, 123_999, 45_678_901].map(shown), [999, 9_999, 10_000, 123_000, 45_600_000]);
    }

    #[test]
    fn finer_grids_end_at_the_capture_too() {
        for (granularity, len) in [(Granularity::Weekly, 3), (Granularity::Daily, 15), (Granularity::Hourly, 337)] {
            let sampling = SamplingPlan { history_weeks: 2, history_granularity: granularity, ..SamplingPlan::default() };
            let grid = Grid::new(&sampling, 1_000_000_000);
            assert_eq!((grid.len, grid.place(1_000_000_000)), (len, len - 1));
        }
    }
}
