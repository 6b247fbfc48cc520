//! Followers that the platform no longer shows.

use super::audience_profile::MIN_FIELD_COUNT;
use crate::domain::{AccountId, AccountStatus, Dataset, INTERVAL_LEVEL, Interval};
use crate::statistics::wilson;

/// Share of removed followers that the interval's lower end must reach for a profile share to say too little: a
/// quarter, as in what the sample must at least be able to show.
pub const LARGE_REMOVED_SHARE: f64 = 0.25;

/// How many followers the platform has suspended, and how many are gone, of those whose status is known.
///
/// Neither moves the point estimate of the fake share: no weight of theirs was fitted. They stretch its upper end to
/// (1 − s) · high + s, where s is the share of the suspended, which is strong evidence of its own; where the removed
/// make a large part (lower end of the Wilson interval at least 25 %), s takes in the deleted too and nothing is
/// concluded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemovedFollowers {
    /// Suspended by the platform.
    pub suspended: u64,
    /// Account gone.
    pub deleted: u64,
    /// Followers whose status is known.
    pub known: u64,
}

impl RemovedFollowers {
    /// Counts the statuses of these followers.
    pub fn count(dataset: &Dataset, followers: &[AccountId]) -> Self {
        let mut counts = Self::default();
        for status in followers.iter().filter_map(|id| dataset.accounts.status.get(id.index())) {
            counts.known += 1;
            counts.suspended += u64::from(status == AccountStatus::Suspended);
            counts.deleted += u64::from(status == AccountStatus::Deleted);
        }
        counts
    }

    /// Suspended or deleted followers.
    pub fn all(&self) -> u64 {
        self.suspended + self.deleted
    }

    /// Share of a count among the followers with a known status.
    ///
    /// # Missing
    /// `None` with fewer than [`MIN_FIELD_COUNT`] of these.
    pub fn share(&self, count: u64) -> Option<f64> {
        (self.known >= MIN_FIELD_COUNT as u64).then(|| count as f64 / self.known as f64)
    }

    /// Whether so many are removed that what the profiles show is not the audience.
    pub fn is_large_part(&self) -> bool {
        let interval = self.share(self.all()).and_then(|_| wilson(self.all(), self.known, INTERVAL_LEVEL));
        interval.is_some_and(|interval| interval.low() >= LARGE_REMOVED_SHARE)
    }

    /// The interval of a fake share, its upper end stretched to hold the removed.
    pub fn stretched(&self, interval: Interval) -> Interval {
        let count = if self.is_large_part() { self.all() } else { self.suspended };
        let share = self.share(count).unwrap_or(0.0);
        let high = (1.0 - share) * interval.high() + share;
        Interval::new(interval.low(), high.clamp(interval.high(), 1.0)).unwrap_or(interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(suspended: u64, deleted: u64, known: u64) -> RemovedFollowers {
        RemovedFollowers { suspended, deleted, known }
    }

    #[test]
    fn a_large_part_is_one_whose_lower_end_reaches_a_quarter() {
        // Wilson, z = 1.644854: 33 of 100 from .2583, 32 of 100 from .2494.
        assert!(removed(20, 13, 100).is_large_part() && !removed(20, 12, 100).is_large_part());
        assert!(!removed(19, 0, 19).is_large_part());
        assert!(!removed(0, 0, 0).is_large_part());
    }

    #[test]
    fn the_suspended_stretch_the_upper_end_and_the_deleted_where_they_are_many() {
        let interval = Interval::new(0.05, 0.2).unwrap();
        let ends = |removed: RemovedFollowers| {
            let stretched = removed.stretched(interval);
            (stretched.low(), (stretched.high() * 1e6).round() / 1e6)
        };
        // .9 × .2 + .1
        assert_eq!(ends(removed(10, 0, 100)), (0.05, 0.28));
        assert_eq!(ends(removed(0, 10, 100)), (0.05, 0.2));
        // .5 × .2 + .5
        assert_eq!(ends(removed(10, 40, 100)), (0.05, 0.6));
        assert_eq!(ends(removed(0, 100, 100)), (0.05, 1.0));
        assert_eq!(ends(removed(5, 0, 10)), (0.05, 0.2));
    }
}
