//! How the export is drawn from the world.

use super::within;
use crate::domain::Sampling;
use crate::error::Result;
use serde::Deserialize;

/// Which followers of a creator the export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowsSampling {
    /// All of them; `follows_per_creator` is not used.
    Complete,
    /// So many, all equally likely.
    Random,
    /// The newest so many, as platforms list them.
    NewestFirst,
}

impl FollowsSampling {
    /// As the manifest calls it.
    pub(in crate::simulation) fn design(self) -> Sampling {
        match self {
            Self::Complete => Sampling::Complete,
            Self::Random => Sampling::Random,
            Self::NewestFirst => Sampling::NewestFirst,
        }
    }
}

/// How far apart the points of the audience history are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// A week.
    Weekly,
    /// A day.
    Daily,
    /// An hour.
    Hourly,
}

/// How the export is drawn from the world.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SamplingPlan {
    /// Which followers of each creator are drawn; with `newest_first` and `complete` their position is given too.
    pub follows: FollowsSampling,
    /// Followers drawn from each creator's audience; the whole audience where it is smaller.
    pub follows_per_creator: u32,
    /// Newest posts of each creator.
    pub posts_per_creator: u32,
    /// Likers drawn at random from each post.
    pub likers_per_post: u32,
    /// Comments drawn at random from each post.
    pub comments_per_post: u32,
    /// Shares drawn at random from each post.
    pub shares_per_post: u32,
    /// Saves drawn at random from each post.
    pub saves_per_post: u32,
    /// Viewers drawn at random from each post that is a video.
    pub views_per_post: u32,
    /// Weeks of audience history before the capture.
    pub history_weeks: u32,
    /// How far apart its points are.
    pub history_granularity: Granularity,
    /// Whether followers are given as platforms show them: three digits from ten thousand on.
    pub history_rounded: bool,
    /// Share of follows without a time.
    pub untimed_share: f64,
    /// Share of the accounts whose profile could not be read. Assumption.
    pub unfetched_share: f64,
}

impl Default for SamplingPlan {
    fn default() -> Self {
        Self {
            follows: FollowsSampling::Random,
            follows_per_creator: 500,
            posts_per_creator: 24,
            likers_per_post: 10,
            comments_per_post: 2,
            shares_per_post: 1,
            saves_per_post: 1,
            views_per_post: 2,
            history_weeks: 52,
            history_granularity: Granularity::Weekly,
            history_rounded: false,
            untimed_share: 0.06,
            unfetched_share: 0.015,
        }
    }
}

impl SamplingPlan {
    /// How many of a creator's followers are drawn.
    pub(in crate::simulation) fn follows_drawn(&self, followers: u64) -> u64 {
        match self.follows {
            FollowsSampling::Complete => followers,
            FollowsSampling::Random | FollowsSampling::NewestFirst => followers.min(u64::from(self.follows_per_creator)),
        }
    }

    pub(super) fn validate(&self) -> Result<()> {
        within("sampling.follows_per_creator", f64::from(self.follows_per_creator), 1.0, 1e8)?;
        within("sampling.posts_per_creator", f64::from(self.posts_per_creator), 0.0, 1e4)?;
        for (name, count) in [
            ("sampling.likers_per_post", self.likers_per_post),
            ("sampling.comments_per_post", self.comments_per_post),
            ("sampling.shares_per_post", self.shares_per_post),
            ("sampling.saves_per_post", self.saves_per_post),
            ("sampling.views_per_post", self.views_per_post),
        ] {
            within(name, f64::from(count), 0.0, 1e6)?;
        }
        within("sampling.history_weeks", f64::from(self.history_weeks), 0.0, 500.0)?;
        within("sampling.untimed_share", self.untimed_share, 0.0, 1.0)?;
        within("sampling.unfetched_share", self.unfetched_share, 0.0, 1.0)
    }
}
