//! Parameters of the organic side.

use super::within;
use crate::error::Result;
use crate::simulation::profiles::{ProfileClass, organic_classes};
use serde::Deserialize;

/// Parameters of the organic side.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organic {
    /// Followers of the smallest creator.
    pub followers_min: u64,
    /// Followers of the largest creator; between them sizes fall as a power of the rank (Zipf).
    pub followers_max: u64,
    /// Standard deviation of the natural log of how many creators an account follows. Assumption: about the spread of
    /// ln(following) of real genuine accounts (.77 instafake, 1.37 SRF).
    pub activity_sd: f64,
    /// Share of a creator's followers from its own niche and language. Assumption.
    pub community_share: f64,
    /// Mean share of a creator's followers that are pool accounts nobody ordered for it: bots follow at random to look
    /// real. Assumption; everybody has some.
    pub background_fake_share: f64,
    /// Median share of followers that like a post, at one follower: exp of the intercept of ln(rate) on ln(followers).
    /// -0.52 fitted by least squares over 605 accounts of instafake and 523 of ig_influencers_2020.
    pub engagement_intercept: f64,
    /// Slope of the same line: -0.26.
    pub engagement_slope: f64,
    /// Standard deviation of ln(rate) between creators. .67 within instafake.
    pub engagement_sd: f64,
    /// Standard deviation of ln(likes) between a creator's posts. Median .56 in instafake, .72 in ig_influencers_2020.
    pub post_sd: f64,
    /// Median comments a like. Median .024 in instafake, .0097 in ig_influencers_2020.
    pub comments_per_like: f64,
    /// Posts a week. Assumption.
    pub posts_per_week: f64,
    /// Share of posts marked as sponsored. Assumption.
    pub sponsored_share: f64,
    /// Classes of organic profiles.
    pub profiles: Vec<ProfileClass>,
}

impl Default for Organic {
    fn default() -> Self {
        Self {
            followers_min: 2_000,
            followers_max: 300_000,
            activity_sd: 1.0,
            community_share: 0.6,
            background_fake_share: 0.02,
            engagement_intercept: -0.52,
            engagement_slope: -0.26,
            engagement_sd: 0.5,
            post_sd: 0.56,
            comments_per_like: 0.018,
            posts_per_week: 3.0,
            sponsored_share: 0.12,
            profiles: organic_classes(),
        }
    }
}

impl Organic {
    pub(super) fn validate(&self) -> Result<()> {
        within("organic.followers_min", self.followers_min as f64, 100.0, 1e9)?;
        within("organic.followers_max", self.followers_max as f64, self.followers_min as f64, 1e9)?;
        within("organic.activity_sd", self.activity_sd, 0.0, 3.0)?;
        within("organic.community_share", self.community_share, 0.0, 1.0)?;
        within("organic.background_fake_share", self.background_fake_share, 0.0, 0.2)?;
        within("organic.engagement_intercept", self.engagement_intercept, -10.0, 0.0)?;
        within("organic.engagement_slope", self.engagement_slope, -1.0, 0.0)?;
        within("organic.engagement_sd", self.engagement_sd, 0.0, 3.0)?;
        within("organic.post_sd", self.post_sd, 0.0, 3.0)?;
        within("organic.comments_per_like", self.comments_per_like, 0.0, 1.0)?;
        within("organic.posts_per_week", self.posts_per_week, 0.1, 100.0)?;
        within("organic.sponsored_share", self.sponsored_share, 0.0, 1.0)?;
        ProfileClass::validate_all("organic.profiles", &self.profiles)
    }
}
