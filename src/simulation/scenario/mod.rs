//! What is simulated: every parameter with its unit and its source.

mod incidents;
mod orders;
mod organic;
mod sampling;

pub use incidents::Incidents;
pub use orders::Orders;
pub use organic::{GrowthMix, Organic, Purge};
pub use sampling::{FollowsSampling, Granularity, SamplingPlan};

use super::vendors::{Bulk, LikePackages, Pool, PoolKind, Product, Vendor, fits, sellers, validate_market};
use crate::domain::{Platform, Timestamp};
use crate::error::{Error, Result};
use serde::Deserialize;

/// 2010-01-01: accounts are up to fourteen years older than the capture, and no time before 1990 is valid.
const EARLIEST_CAPTURE_MS: i64 = 1_262_304_000_000;

/// Deliveries to one creator in the worst case, counted by the day; beyond that the plan of one creator grows too large.
const DELIVERIES_MAX: f64 = 20_000.0;

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
        let scenario: Self = toml::from_str(text).map_err(|error| Error::malformed("a scenario in TOML", error))?;
        scenario.validate()?;
        Ok(scenario)
    }

    /// The same world with another number of creators or organic accounts.
    ///
    /// Hijacked pools keep their share of the organic accounts. Vendors whose largest order no longer fits their pool, and pods
    /// for which there are too few creators, are left out.
    ///
    /// # Errors
    /// As [`Scenario::validate`].
    pub fn resized(mut self, creators: Option<u32>, accounts: Option<u32>) -> Result<Self> {
        let ratio = f64::from(accounts.unwrap_or(self.accounts)) / f64::from(self.accounts.max(1));
        self.creators = creators.unwrap_or(self.creators);
        self.accounts = accounts.unwrap_or(self.accounts);
        for pool in self.pools.iter_mut().filter(|pool| pool.kind == PoolKind::Hijacked) {
            pool.accounts = (f64::from(pool.accounts) * ratio) as u32;
        }
        let (in_pods, pools) = (self.creators_in_pods(), std::mem::take(&mut self.pools));
        self = self.with_vendors(|vendor| fits(vendor, &pools) && vendor.least_members() <= in_pods);
        self.pools = pools;
        self.validate()?;
        Ok(self)
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
        within("accounts", f64::from(self.accounts), 100.0, 1e9)?;
        self.organic.validate()?;
        self.incidents.validate()?;
        self.orders.validate()?;
        self.sampling.validate()?;
        self.validate_sizes()
    }

    fn validate_sizes(&self) -> Result<()> {
        let drawn = self.sampling.follows_drawn(self.organic.followers_max);
        if drawn * 4 > u64::from(self.accounts) {
            let expected = format!("at least four times the {drawn} followers drawn from one creator");
            return Err(Error::invalid_argument("accounts", self.accounts, expected));
        }
        validate_market(&self.vendors, &self.pools, self.orders.days)?;
        self.orders.validate_sellers(&self.vendors)?;
        self.validate_pools()?;
        self.validate_pods()
    }

    /// Refuses what no vendor has accounts enough for, and more hijacked accounts than there are people.
    fn validate_pools(&self) -> Result<()> {
        let orders = &self.orders;
        let by_side = [(orders.inflated_share, orders.strength_to), (orders.attacked_share, orders.attack_strength)];
        let largest = by_side.into_iter().filter(|(share, _)| *share > 0.0).map(|(_, strength)| strength).fold(0.0, f64::max);
        let followers = (largest * orders.followers_max.min(self.organic.followers_max) as f64) as u64;
        if !sellers(&self.vendors, Product::Followers).is_empty() && self.sellers_of(followers).is_empty() {
            let pools: Vec<String> = self.pools.iter().map(|pool| format!("{} ({})", pool.name, pool.accounts)).collect();
            let expected =
                format!("so low that one pool could deliver the {followers} followers it allows for: {}", pools.join(" "));
            return Err(Error::invalid_argument("orders.followers_max", orders.followers_max, expected));
        }
        for (vendor, sale) in self.vendors.iter().filter_map(|vendor| Some((vendor, vendor.sale()?))) {
            let n_orders = followers as f64 / (1.0 - sale.drop_off.share) / f64::from(sale.order[0]);
            if n_orders * sale.longest_days.max(1.0) > DELIVERIES_MAX {
                let expected =
                    format!("so large that one creator's {followers} followers need at most {DELIVERIES_MAX} daily deliveries");
                return Err(Error::invalid_argument(format!("order[0] of vendor {}", vendor.name()), sale.order[0], expected));
            }
        }
        let hijacked = self.pools.iter().filter(|pool| pool.kind == PoolKind::Hijacked);
        let held: u64 = hijacked.map(|pool| u64::from(pool.accounts)).sum();
        if held * 2 > u64::from(self.accounts) {
            let expected = format!("at least twice the {held} accounts of hijacked pools");
            return Err(Error::invalid_argument("accounts", self.accounts, expected));
        }
        Ok(())
    }

    /// Vendors whose pool could deliver so many followers that are to stay, by their numbers.
    pub(in crate::simulation) fn sellers_of(&self, followers: u64) -> Vec<usize> {
        let can = |&number: &usize| {
            let Some(sale) = self.vendors[number].sale() else { return false };
            let accounts = self.pool_number(sale.pool).map_or(0, |pool| self.pools[pool].accounts);
            f64::from(accounts) >= (followers as f64 / (1.0 - sale.drop_off.share)).floor()
        };
        sellers(&self.vendors, Product::Followers).into_iter().filter(can).collect()
    }

    fn validate_pods(&self) -> Result<()> {
        let in_pods = self.creators_in_pods();
        for vendor in &self.vendors {
            let least = vendor.least_members();
            if self.orders.pod_share > 0.0 && least > in_pods {
                let expected = format!("at most {in_pods}, the creators in pods (orders.pod_share of {})", self.creators);
                return Err(Error::invalid_argument(format!("members[0] of vendor {}", vendor.name()), least, expected));
            }
        }
        Ok(())
    }

    fn creators_in_pods(&self) -> u32 {
        (self.orders.pod_share * f64::from(self.creators)).round() as u32
    }

    /// The same with only the vendors that are to stay; what only the others sold is ordered no more.
    fn with_vendors(mut self, stays: impl Fn(&Vendor) -> bool) -> Self {
        let before: Vec<Product> = self.vendors.iter().map(Vendor::product).collect();
        self.vendors.retain(stays);
        for product in before {
            if sellers(&self.vendors, product).is_empty() {
                self.orders = self.orders.without(product);
            }
        }
        self
    }

    /// The number of a pool in the list.
    pub(in crate::simulation) fn pool_number(&self, name: &str) -> Option<usize> {
        self.pools.iter().position(|pool| pool.name == name)
    }

    /// The same world without the vendors of a kind (one of [`Vendor::KINDS`]): what only they sold is ordered no more, so that a
    /// kind can be held out.
    ///
    /// # Errors
    /// There is no such kind; else as [`Scenario::validate`].
    pub fn without(mut self, kind: &str) -> Result<Self> {
        if !Vendor::KINDS.contains(&kind) {
            let expected = format!("one of {}", Vendor::KINDS.join(" "));
            return Err(Error::invalid_argument("kind of vendor", kind, expected));
        }
        self = self.with_vendors(|vendor| vendor.kind() != kind);
        self.validate()?;
        Ok(self)
    }
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
        refused("[orders]\nfollowers_max = 100000", "orders.followers_max");
        refused("vendors = []", "orders.inflated_share");
    }
}
