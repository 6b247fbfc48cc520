//! How the export is drawn from the world.

use super::within;
use crate::error::Result;
use serde::Deserialize;

/// How the export is drawn from the world.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SamplingPlan {
    /// Followers drawn at random from each creator's audience; the whole audience where it is smaller.
    pub follows_per_creator: u32,
    /// Newest posts of each creator.
    pub posts_per_creator: u32,
    /// Likers drawn at random from each post.
    pub likers_per_post: u32,
    /// Comments drawn at random from each post.
    pub comments_per_post: u32,
    /// Weekly points of audience history before the capture.
    pub history_weeks: u32,
    /// Share of follows without a time.
    pub untimed_share: f64,
}

impl Default for SamplingPlan {
    fn default() -> Self {
        Self {
            follows_per_creator: 500,
            posts_per_creator: 24,
            likers_per_post: 10,
            comments_per_post: 2,
            history_weeks: 52,
            untimed_share: 0.06,
        }
    }
}

impl SamplingPlan {
    pub(super) fn validate(&self) -> Result<()> {
        within("sampling.follows_per_creator", f64::from(self.follows_per_creator), 1.0, 1e8)?;
        within("sampling.posts_per_creator", f64::from(self.posts_per_creator), 0.0, 1e4)?;
        within("sampling.likers_per_post", f64::from(self.likers_per_post), 0.0, 1e4)?;
        within("sampling.comments_per_post", f64::from(self.comments_per_post), 0.0, 1e4)?;
        within("sampling.history_weeks", f64::from(self.history_weeks), 0.0, 500.0)?;
        within("sampling.untimed_share", self.untimed_share, 0.0, 1.0)
    }
}
