//! What is simulated: every parameter with its unit and its source.

use super::profiles::{ProfileClass, organic_classes};
use super::vendors::BulkVendor;
use crate::domain::{Platform, Timestamp};
use crate::error::{Error, Result};
use serde::Deserialize;

/// 2010-01-01: accounts are up to fourteen years older than the capture, and no time before 1990 is valid.
const EARLIEST_CAPTURE_MS: i64 = 1_262_304_000_000;

/// A world to simulate. Every field has a default; a TOML file states what differs.
///
/// # Examples
/// ```
/// use bonafide::simulation::Scenario;
/// let scenario = Scenario::parse("creators = 12\n[incidents]\ninflated_share = 0.5").unwrap();
/// assert_eq!(scenario.creators, 12);
/// assert!(Scenario::parse("[incidents]\ninflated_share = 1.5").is_err());
/// assert!(Scenario::parse("creaters = 12").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// Name, for cards and reports.
    pub name: String,
    /// Platform word of the contract.
    pub platform: String,
    /// The instant that the export describes (RFC 3339).
    pub captured_at: String,
    /// Creators.
    pub creators: u32,
    /// Organic accounts in the world; those that occur in no sampled row are not exported.
    pub accounts: u32,
    /// The organic side.
    pub organic: Organic,
    /// What happens to whom.
    pub incidents: Incidents,
    /// How the export was drawn.
    pub sampling: SamplingPlan,
    /// Who sells what.
    pub vendors: Vec<BulkVendor>,
}

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

/// Shares of creators to which something happens; each is rounded to whole creators.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Incidents {
    /// Share of creators with a viral post and its burst of organic followers.
    pub viral_share: f64,
    /// Share of creators with a giveaway: a burst of organic followers, many of whom leave.
    pub giveaway_share: f64,
    /// Share of creators with an inflated audience that was ordered on their side.
    pub inflated_share: f64,
    /// Share of ordered followers in the audience of the mildest case.
    pub strength_from: f64,
    /// The same for the strongest case; between them the steps are geometric.
    pub strength_to: f64,
    /// Share of creators for whom a third party orders followers.
    pub attacked_share: f64,
    /// Share of ordered followers in the audience of an attacked creator.
    pub attack_strength: f64,
    /// Orders are placed only for creators with at most this many followers.
    pub ordered_followers_max: u64,
    /// Share of creators with an inflated audience that also order likes.
    pub likes_share: f64,
}

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

impl Default for Scenario {
    fn default() -> Self {
        Self {
            name: "default".into(),
            platform: "instagram".into(),
            captured_at: "2026-06-01T00:00:00Z".into(),
            creators: 40,
            accounts: 14_000,
            organic: Organic::default(),
            incidents: Incidents::default(),
            sampling: SamplingPlan::default(),
            vendors: vec![BulkVendor::default()],
        }
    }
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

impl Default for Incidents {
    fn default() -> Self {
        Self {
            viral_share: 0.025,
            giveaway_share: 0.025,
            inflated_share: 0.2,
            strength_from: 0.05,
            strength_to: 0.6,
            attacked_share: 0.025,
            attack_strength: 0.25,
            ordered_followers_max: 20_000,
            likes_share: 0.5,
        }
    }
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

impl Scenario {
    /// Reads a scenario and checks it.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) with the line for what is not TOML or names an unknown
    /// parameter, else as [`Scenario::validate`].
    pub fn parse(text: &str) -> Result<Self> {
        let scenario: Self = toml::from_str(text).map_err(|error| Error::malformed("a scenario in TOML", error))?;
        scenario.validate()?;
        Ok(scenario)
    }

    /// The same world with another number of creators or organic accounts.
    ///
    /// # Errors
    /// As [`Scenario::validate`].
    pub fn resized(mut self, creators: Option<u32>, accounts: Option<u32>) -> Result<Self> {
        self.creators = creators.unwrap_or(self.creators);
        self.accounts = accounts.unwrap_or(self.accounts);
        self.validate()?;
        Ok(self)
    }

    /// The instant described, in seconds since 1970.
    pub(super) fn captured_s(&self) -> Result<i64> {
        let (time, _) = Timestamp::parse(&self.captured_at)
            .map_err(|reason| Error::invalid_argument("captured_at", &self.captured_at, reason))?;
        if time.ms() < EARLIEST_CAPTURE_MS {
            return Err(Error::invalid_argument(
                "captured_at",
                &self.captured_at,
                "2010 or later, so that accounts can have an age",
            ));
        }
        Ok(time.ms() / 1000)
    }

    /// The platform.
    pub(super) fn platform(&self) -> Result<Platform> {
        Platform::from_word(&self.platform)
            .ok_or_else(|| Error::invalid_argument("platform", &self.platform, format!("one of {}", Platform::WORDS.join(" "))))
    }

    /// Refuses what cannot be simulated.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) naming the first such parameter and what would be valid.
    pub fn validate(&self) -> Result<()> {
        self.captured_s()?;
        self.platform()?;
        within("creators", f64::from(self.creators), 1.0, 1e7)?;
        within("accounts", f64::from(self.accounts), 100.0, 1e9)?;
        self.organic.validate()?;
        self.incidents.validate()?;
        self.sampling.validate()?;
        self.validate_sizes()
    }

    fn validate_sizes(&self) -> Result<()> {
        let drawn = u64::from(self.sampling.follows_per_creator).min(self.organic.followers_max);
        if drawn * 4 > u64::from(self.accounts) {
            let expected = format!("at least four times the {drawn} followers drawn from one creator");
            return Err(Error::invalid_argument("accounts", self.accounts, expected));
        }
        let ordered = self.incidents.inflated_share + self.incidents.attacked_share > 0.0;
        if ordered && self.vendors.is_empty() {
            return Err(Error::invalid_argument("vendors", "empty", "at least one, since some creators order"));
        }
        let largest = self.incidents.strength_to.max(self.incidents.attack_strength);
        let needed = (largest * self.incidents.ordered_followers_max.min(self.organic.followers_max) as f64).ceil();
        self.vendors.iter().try_for_each(|vendor| {
            vendor.validate()?;
            if ordered && f64::from(vendor.pool) < needed {
                let expected = format!("at least {needed}, the largest number ordered for one creator");
                return Err(Error::invalid_argument(format!("pool of vendor {}", vendor.name), vendor.pool, expected));
            }
            Ok(())
        })
    }
}

impl Organic {
    fn validate(&self) -> Result<()> {
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

impl Incidents {
    fn validate(&self) -> Result<()> {
        for (name, share) in [
            ("incidents.viral_share", self.viral_share),
            ("incidents.giveaway_share", self.giveaway_share),
            ("incidents.inflated_share", self.inflated_share),
            ("incidents.attacked_share", self.attacked_share),
            ("incidents.likes_share", self.likes_share),
        ] {
            within(name, share, 0.0, 1.0)?;
        }
        within("incidents.strength_from", self.strength_from, 0.001, 0.95)?;
        within("incidents.strength_to", self.strength_to, self.strength_from, 0.95)?;
        within("incidents.attack_strength", self.attack_strength, 0.001, 0.95)
    }
}

impl SamplingPlan {
    fn validate(&self) -> Result<()> {
        within("sampling.follows_per_creator", f64::from(self.follows_per_creator), 1.0, 1e8)?;
        within("sampling.posts_per_creator", f64::from(self.posts_per_creator), 0.0, 1e4)?;
        within("sampling.likers_per_post", f64::from(self.likers_per_post), 0.0, 1e4)?;
        within("sampling.comments_per_post", f64::from(self.comments_per_post), 0.0, 1e4)?;
        within("sampling.history_weeks", f64::from(self.history_weeks), 0.0, 500.0)?;
        within("sampling.untimed_share", self.untimed_share, 0.0, 1.0)
    }
}

/// Refuses a value outside a closed range, and what is not a number.
pub(super) fn within(name: impl Into<String>, value: f64, low: f64, high: f64) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(Error::invalid_argument(name, value, format!("a number from {low} to {high}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_valid() {
        Scenario::default().validate().unwrap();
    }

    #[test]
    fn what_is_impossible_is_refused_by_name() {
        let refused = |toml: &str, name: &str| {
            let message = Scenario::parse(toml).unwrap_err().to_string();
            assert!(message.starts_with(name), "{message}");
        };
        refused("captured_at = \"2999-01-01\"", "captured_at");
        refused("captured_at = \"1995-01-01\"", "captured_at");
        refused("platform = \"myspace\"", "platform");
        refused("accounts = 500", "accounts");
        refused("[organic]\nactivity_sd = nan", "organic.activity_sd");
        refused("[incidents]\nordered_followers_max = 100000", "pool of vendor");
        refused("vendors = []", "vendors");
    }
}
