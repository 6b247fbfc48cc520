//! What is simulated: every parameter with its unit and its source.

mod fitting;
mod incidents;
mod orders;
mod organic;
mod sampling;
mod variants;

pub use incidents::Incidents;
pub use orders::Orders;
pub use organic::{GrowthMix, Organic, Purge};
pub use sampling::{FollowsSampling, Granularity, SamplingPlan};

use super::vendors::{Bulk, LikePackages, Pool, Vendor};
use crate::domain::{Platform, Timestamp};
use crate::error::{Error, Result};
use serde::Deserialize;

/// 2010-01-01: accounts are up to fourteen years older than the capture, and no time before 1990 is valid.
const EARLIEST_CAPTURE_MS: i64 = 1_262_304_000_000;

/// Organic accounts, and accounts of all pools together, at most: a run holds some bytes of each in memory. Ids reach further.
const ACCOUNTS_MAX: f64 = 2e8;
/// Characters of a line that an error shows at most.
const SHOWN: usize = 80;

/// A world to simulate. Every field has a default; a TOML file states what differs.
///
/// # Examples
/// ```
/// use bonafide::simulation::Scenario;
/// let scenario = Scenario::parse("creators = 12\n[orders]\ninflated_share = 0.5").unwrap();
/// assert_eq!(scenario.creators, 12);
/// assert!(Scenario::parse("[orders]\ninflated_share = 1.5").is_err());
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
    /// What happens to whom without anybody ordering it.
    pub incidents: Incidents,
    /// For whom something is ordered.
    pub orders: Orders,
    /// How the export was drawn.
    pub sampling: SamplingPlan,
    /// Accounts in the hands of vendors.
    pub pools: Vec<Pool>,
    /// Who sells what.
    pub vendors: Vec<Vendor>,
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
            orders: Orders::default(),
            sampling: SamplingPlan::default(),
            pools: vec![Pool::default()],
            vendors: vec![Vendor::Bulk(Bulk::default()), Vendor::Likes(LikePackages::default())],
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
        let scenario = Self::read(text)?;
        scenario.validate()?;
        Ok(scenario)
    }

    /// Reads a scenario and does not check it yet: its size may still be changed ([`Scenario::resized`]).
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed), as [`Scenario::parse`].
    pub fn read(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| Error::malformed("a scenario in TOML", described(text, &error)))
    }

    /// The instant described, in seconds since 1970.
    pub(in crate::simulation) fn captured_s(&self) -> Result<i64> {
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
    pub(in crate::simulation) fn platform(&self) -> Result<Platform> {
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
        within("accounts", f64::from(self.accounts), 100.0, ACCOUNTS_MAX)?;
        let pooled = self.pools.iter().map(|pool| f64::from(pool.accounts)).sum::<f64>();
        within("accounts of all pools", pooled, 0.0, ACCOUNTS_MAX)?;
        self.organic.validate()?;
        self.incidents.validate()?;
        self.orders.validate()?;
        self.sampling.validate()?;
        self.validate_sizes()
    }

    /// The number of a pool in the list.
    pub(in crate::simulation) fn pool_number(&self, name: &str) -> Option<usize> {
        self.pools.iter().position(|pool| pool.name == name)
    }
}

/// What is wrong with a TOML text, in one line: where, what stands there, and why it cannot be.
fn described(text: &str, error: &toml::de::Error) -> String {
    let why = error.message().lines().collect::<Vec<_>>().join("; ");
    let Some(start) = error.span().map(|span| span.start).filter(|&start| text.is_char_boundary(start)) else { return why };
    let before = &text[..start];
    let (line, column) = (before.matches('\n').count(), before.chars().rev().take_while(|&c| c != '\n').count());
    let there = text.lines().nth(line).map_or("", str::trim);
    let shown: String = there.chars().take(SHOWN).chain((there.chars().nth(SHOWN).is_some()).then_some('…')).collect();
    format!("line {}, column {}: `{shown}`: {why}", line + 1, column + 1)
}

/// Refuses a value outside a closed range, and what is not a number.
pub(in crate::simulation) fn within(name: impl Into<String>, value: f64, low: f64, high: f64) -> Result<()> {
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
    fn what_is_not_a_scenario_is_told_in_one_line_with_its_place() {
        let told = |toml: &str| Scenario::parse(toml).unwrap_err().to_string();
        let message = told("creators = 12\n\n  creaters = 13\n");
        let place = "line 3, column 3: `creaters = 13`: unknown field `creaters`, expected one of `name`, `platform`";
        assert!(message.starts_with(&format!("damaged or not a scenario in TOML: {place}")), "{message}");
        assert!(!message.contains('\n') && !message.contains("\\u{a}"), "{message}");
        let message = told("\"a\\nb\\u001B[2J\" = 1");
        assert!(!message.chars().any(char::is_control) && message.contains("; b\\u{1b}[2J"), "{message}");
        assert!(told("creators = [").contains("line 1"));
        assert!(told(&format!("x = '{}'", "é".repeat(400))).contains("éé…`: unknown field"));
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
        refused("accounts = 1000000000", "accounts is 1000000000; a number from 100 to 200000000");
        refused(
            "[[pools]]\nname = 'p'\naccounts = 300000000",
            "accounts of all pools is 300000000; a number from 0 to 200000000",
        );
        refused("[organic]\nactivity_sd = nan", "organic.activity_sd");
        refused("[orders]\nfollowers_max = 100000", "orders.followers_max");
        refused("vendors = []", "orders.inflated_share");
    }
}
