//! What an audience looks like as a whole, from its profiles.

use super::removed::RemovedFollowers;
use crate::domain::{AccountId, AccountStatus, DAY_MS, Dataset};
use crate::statistics::{first_digits, median};

/// Days without a visible action after which an account counts as inactive: half a year, as the market's reports do.
pub const INACTIVE_AFTER_DAYS: i64 = 180;
/// Followers with the field below which no share or median of it is given: with 20, one account moves a share by 5 points.
pub const MIN_FIELD_COUNT: usize = 20;

/// Shares and medians over the listed followers that have the field in question.
///
/// # Missing
/// Each is `None` where fewer than [`MIN_FIELD_COUNT`] followers have the field.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AudienceProfile {
    /// Last active more than 180 days before the profile was read, of those that are neither suspended nor deleted.
    /// An activity after the reading is a contradiction in the data, not a sign of life: it counts as missing.
    pub inactive_share: Option<f64>,
    /// Suspended by the platform.
    pub suspended_share: Option<f64>,
    /// Account gone.
    pub deleted_share: Option<f64>,
    /// Followers that the platform no longer shows, as counts.
    pub removed: RemovedFollowers,
    /// Without a picture.
    pub no_avatar_share: Option<f64>,
    /// Private.
    pub private_share: Option<f64>,
    /// Followers of the median follower.
    pub median_followers: Option<f64>,
    /// Accounts followed by the median follower.
    pub median_following: Option<f64>,
    /// Posts of the median follower.
    pub median_posts: Option<f64>,
    /// Age of the median follower's account in days.
    pub median_age_days: Option<f64>,
    /// Distance of the first digits of the followers' own counts from Benford's law; from 300 such counts on.
    pub benford_distance: Option<f64>,
}

impl AudienceProfile {
    /// Measures the profiles of these followers.
    ///
    /// # Cost
    /// O(followers) a field; medians sort a copy.
    pub fn measure(dataset: &Dataset, followers: &[AccountId]) -> Self {
        let accounts = &dataset.accounts;
        let share = |of: &dyn Fn(AccountId) -> Option<bool>| share_of(followers.iter().filter_map(|&id| of(id)));
        let middle = |of: &dyn Fn(AccountId) -> Option<f64>| {
            let values: Vec<f64> = followers.iter().filter_map(|&id| of(id)).collect();
            if values.len() < MIN_FIELD_COUNT { None } else { median(&values) }
        };
        let removed = RemovedFollowers::count(dataset, followers);
        let is_removed =
            |id: AccountId| matches!(accounts.status.get(id.index()), Some(AccountStatus::Suspended | AccountStatus::Deleted));
        let before_capture = |id: AccountId, at: Option<i64>| Some(dataset.account_captured_at(id)?.ms() - at?);
        Self {
            inactive_share: share(&|id| {
                let idle = before_capture(id, accounts.last_active_at.get(id.index())).filter(|&idle| idle >= 0)?;
                (!is_removed(id)).then_some(idle > INACTIVE_AFTER_DAYS * DAY_MS)
            }),
            suspended_share: removed.share(removed.suspended),
            deleted_share: removed.share(removed.deleted),
            removed,
            no_avatar_share: share(&|id| accounts.has_avatar.get(id.index()).map(|has| !has)),
            private_share: share(&|id| accounts.is_private.get(id.index())),
            median_followers: middle(&|id| accounts.followers.get(id.index()).map(|count| count as f64)),
            median_following: middle(&|id| accounts.following.get(id.index()).map(|count| count as f64)),
            median_posts: middle(&|id| accounts.posts.get(id.index()).map(|count| count as f64)),
            median_age_days: middle(&|id| {
                let age = before_capture(id, accounts.created_at.get(id.index()))?;
                (age >= 0).then_some(age as f64 / DAY_MS as f64)
            }),
            benford_distance: benford_distance(dataset, followers),
        }
    }
}

fn benford_distance(dataset: &Dataset, followers: &[AccountId]) -> Option<f64> {
    let counts: Vec<u64> = followers.iter().filter_map(|&id| dataset.accounts.followers.get(id.index())).collect();
    first_digits(&counts).map(|digits| digits.distance)
}

fn share_of(flags: impl Iterator<Item = bool>) -> Option<f64> {
    let (yes, all) = flags.fold((0_usize, 0_usize), |(yes, all), flag| (yes + usize::from(flag), all + 1));
    (all >= MIN_FIELD_COUNT).then(|| yes as f64 / all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DatasetBuilder, Manifest, Timestamp};

    #[test]
    fn counts_only_followers_that_have_the_field() {
        let manifest = Manifest { captured_at: Timestamp::from_ms(1_700_000_000_000), ..Manifest::default() };
        let mut dataset = DatasetBuilder::new(manifest).finish();
        let ids: Vec<AccountId> = (0..40).map(|i| AccountId(dataset.ids.intern(&format!("a{i}")))).collect();
        for i in 0..20 {
            let days = if i < 5 { 181 } else { 180 };
            dataset.accounts.last_active_at.set(i, 1_700_000_000_000 - days * DAY_MS);
            dataset.accounts.posts.set(i, i as u64);
        }
        let profile = AudienceProfile::measure(&dataset, &ids);
        assert_eq!(profile.inactive_share, Some(0.25));
        assert_eq!(profile.median_posts, Some(9.5));
        assert_eq!((profile.no_avatar_share, profile.removed.known), (None, 0));
        assert_eq!(AudienceProfile::measure(&dataset, &ids[1..]).inactive_share, None);
    }

    /// Thirty followers: 25 active a day before the capture, five after it.
    fn thirty() -> (Dataset, Vec<AccountId>) {
        let manifest = Manifest { captured_at: Timestamp::from_ms(1_700_000_000_000), ..Manifest::default() };
        let mut dataset = DatasetBuilder::new(manifest).finish();
        let ids: Vec<AccountId> = (0..30).map(|i| AccountId(dataset.ids.intern(&format!("a{i}")))).collect();
        for i in 0..30 {
            dataset.accounts.last_active_at.set(i, 1_700_000_000_000 + if i < 25 { -DAY_MS } else { DAY_MS });
        }
        (dataset, ids)
    }

    #[test]
    fn the_removed_are_not_active() {
        let (mut dataset, ids) = thirty();
        (0..3).for_each(|i| dataset.accounts.status.set(i, AccountStatus::Suspended));
        (3..5).for_each(|i| dataset.accounts.status.set(i, AccountStatus::Deleted));
        assert_eq!(AudienceProfile::measure(&dataset, &ids).inactive_share, Some(0.0));
        dataset.accounts.status.set(5, AccountStatus::Deleted);
        let profile = AudienceProfile::measure(&dataset, &ids);
        assert_eq!((profile.inactive_share, profile.removed.all()), (None, 6));
    }

    #[test]
    fn activity_after_the_capture_is_missing_and_not_active() {
        let (dataset, ids) = thirty();
        assert_eq!(AudienceProfile::measure(&dataset, &ids[5..]).inactive_share, Some(0.0));
        assert_eq!(AudienceProfile::measure(&dataset, &ids[6..]).inactive_share, None);
    }
}
