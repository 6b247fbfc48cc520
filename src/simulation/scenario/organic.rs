//! Parameters of the organic side.

use super::within;
use crate::error::{Error, Result};
use crate::simulation::profiles::{ProfileClass, organic_classes};
use crate::simulation::response::Response;
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
    /// Share of a creator's followers from a few fan circles of its community, which other creators share. Assumption.
    pub circle_share: f64,
    /// Median number of accounts in a fan circle; log-normal. Assumption, about the number of people one knows.
    pub circle_size: f64,
    /// Mean share of a creator's followers that are pool accounts nobody ordered for it: bots follow at random to look
    /// real. Assumption; everybody has some.
    pub background_fake_share: f64,
    /// Mean number of other creators that a creator follows. Assumption.
    pub peers_followed: f64,
    /// Share of those that are followed because a followed creator follows them (triadic closure). Assumption.
    pub closure_share: f64,
    /// How the creators' audiences grew.
    pub growth: GrowthMix,
    /// Standard deviation of ln(arrivals) from week to week. Assumption.
    pub weekly_sd: f64,
    /// Extra arrivals in the weeks of a niche's season, relative to those of other weeks. Assumption.
    pub season: f64,
    /// Share of those who ever followed day by day that have left again. Assumption.
    pub churn_share: f64,
    /// Follows that one follow brings, on average (a Hawkes process). Assumption.
    pub branching: f64,
    /// The same in a viral burst. Assumption.
    pub viral_branching: f64,
    /// Mean hours from a follow to those that it brings, at people's usual intensity. Assumption.
    pub branching_delay_h: f64,
    /// Share of the everyday arrivals since the first post in the export that come in response to a post. Assumption.
    pub post_follow_share: f64,
    /// Small bursts of followers of one creator in a year, on average. Assumption.
    pub ripples_per_year: f64,
    /// When the platform removed accounts.
    pub purges: Vec<Purge>,
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
    /// Median shares a like. Assumption.
    pub shares_per_like: f64,
    /// Median saves a like. Assumption.
    pub saves_per_like: f64,
    /// Seconds after a post up to which reactions come at a constant rate. 300, fitted to Twitter (SEISMIC, KDD 2015).
    pub response_cutoff_s: f64,
    /// Exponent θ of the power law with density t^−(1+θ) that follows. .2314843, from the same source.
    pub response_theta: f64,
    /// Posts a week. Assumption.
    pub posts_per_week: f64,
    /// Share of posts marked as sponsored. Assumption.
    pub sponsored_share: f64,
    /// Share of creators that hide the number of likes. Assumption.
    pub hidden_likes_share: f64,
    /// Classes of organic profiles.
    pub profiles: Vec<ProfileClass>,
}

/// Relative numbers of creators by the history of their growth. Assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GrowthMix {
    /// About as many arrivals in every week.
    pub steady: f64,
    /// More and more.
    pub accelerating: f64,
    /// Most came early; since then few.
    pub stalled: f64,
    /// In one season of the year.
    pub seasonal: f64,
    /// Most came early, and many leave.
    pub declining: f64,
    /// Began within the last year or so.
    pub young: f64,
}

/// A removal of accounts by the platform, for all creators at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purge {
    /// Days before the capture.
    pub days_ago: f64,
    /// Median share of a creator's followers that were removed.
    pub share: f64,
}

impl Default for Organic {
    fn default() -> Self {
        Self {
            followers_min: 2_000,
            followers_max: 300_000,
            activity_sd: 1.0,
            community_share: 0.6,
            circle_share: 0.12,
            circle_size: 120.0,
            background_fake_share: 0.02,
            peers_followed: 8.0,
            closure_share: 0.4,
            growth: GrowthMix::default(),
            weekly_sd: 0.35,
            season: 0.25,
            churn_share: 0.12,
            branching: 0.25,
            viral_branching: 0.8,
            branching_delay_h: 2.0,
            post_follow_share: 0.25,
            ripples_per_year: 1.5,
            purges: vec![Purge { days_ago: 131.4, share: 0.02 }],
            engagement_intercept: -0.52,
            engagement_slope: -0.26,
            engagement_sd: 0.5,
            post_sd: 0.56,
            comments_per_like: 0.018,
            shares_per_like: 0.02,
            saves_per_like: 0.03,
            response_cutoff_s: 300.0,
            response_theta: 0.231_484_3,
            posts_per_week: 3.0,
            sponsored_share: 0.12,
            hidden_likes_share: 0.05,
            profiles: organic_classes(),
        }
    }
}

impl Default for GrowthMix {
    fn default() -> Self {
        Self { steady: 0.3, accelerating: 0.27, stalled: 0.17, seasonal: 0.08, declining: 0.1, young: 0.08 }
    }
}

impl GrowthMix {
    /// The weights in the order of the fields.
    pub(in crate::simulation) fn weights(&self) -> [f64; 6] {
        [self.steady, self.accelerating, self.stalled, self.seasonal, self.declining, self.young]
    }

    fn validate(&self) -> Result<()> {
        let names = ["steady", "accelerating", "stalled", "seasonal", "declining", "young"];
        for (name, weight) in names.into_iter().zip(self.weights()) {
            within(format!("organic.growth.{name}"), weight, 0.0, 1e9)?;
        }
        let total: f64 = self.weights().iter().sum();
        if total > 0.0 { Ok(()) } else { Err(Error::invalid_argument("organic.growth", total, "at least one weight above 0")) }
    }
}

impl Organic {
    /// The law of reaction times.
    pub(in crate::simulation) fn response(&self) -> Response {
        Response { cutoff_s: self.response_cutoff_s, theta: self.response_theta }
    }

    pub(super) fn validate(&self) -> Result<()> {
        within("organic.followers_min", self.followers_min as f64, 100.0, 1e9)?;
        within("organic.followers_max", self.followers_max as f64, self.followers_min as f64, 1e9)?;
        for (name, value, low, high) in [
            ("activity_sd", self.activity_sd, 0.0, 3.0),
            ("community_share", self.community_share, 0.0, 1.0),
            ("circle_share", self.circle_share, 0.0, 1.0),
            ("circle_size", self.circle_size, 2.0, 1e6),
            ("background_fake_share", self.background_fake_share, 0.0, 0.2),
            ("peers_followed", self.peers_followed, 0.0, 400.0),
            ("closure_share", self.closure_share, 0.0, 0.95),
            ("weekly_sd", self.weekly_sd, 0.0, 2.0),
            ("season", self.season, 0.0, 10.0),
            ("churn_share", self.churn_share, 0.0, 0.8),
            ("branching", self.branching, 0.0, 0.9),
            ("viral_branching", self.viral_branching, 0.0, 0.9),
            ("branching_delay_h", self.branching_delay_h, 0.01, 1_000.0),
            ("post_follow_share", self.post_follow_share, 0.0, 1.0),
            ("ripples_per_year", self.ripples_per_year, 0.0, 50.0),
            ("engagement_intercept", self.engagement_intercept, -10.0, 0.0),
            ("engagement_slope", self.engagement_slope, -1.0, 0.0),
            ("engagement_sd", self.engagement_sd, 0.0, 3.0),
            ("post_sd", self.post_sd, 0.0, 3.0),
            ("comments_per_like", self.comments_per_like, 0.0, 1.0),
            ("shares_per_like", self.shares_per_like, 0.0, 1.0),
            ("saves_per_like", self.saves_per_like, 0.0, 1.0),
            ("response_cutoff_s", self.response_cutoff_s, 1.0, 86_400.0),
            ("response_theta", self.response_theta, 0.05, 5.0),
            ("posts_per_week", self.posts_per_week, 0.1, 100.0),
            ("sponsored_share", self.sponsored_share, 0.0, 1.0),
            ("hidden_likes_share", self.hidden_likes_share, 0.0, 1.0),
        ] {
            within(format!("organic.{name}"), value, low, high)?;
        }
        self.growth.validate()?;
        for purge in &self.purges {
            within("organic.purges: days_ago", purge.days_ago, 0.0, 5_000.0)?;
            within("organic.purges: share", purge.share, 0.0, 0.5)?;
        }
        ProfileClass::validate_all("organic.profiles", &self.profiles)
    }
}
