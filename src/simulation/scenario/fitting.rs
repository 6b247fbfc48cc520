//! What a scenario's parts must hold together, beyond their own limits.

use super::Scenario;
use crate::error::{Error, Result};
use crate::simulation::vendors::{PoolKind, Product, Vendor, sellers, validate_market};

/// Deliveries to one creator in the worst case, counted by the day; beyond that the plan of one creator grows too large.
const DELIVERIES_MAX: f64 = 20_000.0;

impl Scenario {
    pub(super) fn validate_sizes(&self) -> Result<()> {
        let drawn = self.sampling.follows_drawn(self.organic.followers_max);
        if drawn * 4 > u64::from(self.accounts) {
            let expected = format!("at least four times the {drawn} followers drawn from one creator");
            return Err(Error::invalid_argument("accounts", self.accounts, expected));
        }
        validate_market(&self.vendors, &self.pools)?;
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
            return Err(self.too_few_accounts(followers));
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

    /// Says of every vendor what it would have to deliver and what its pool has.
    fn too_few_accounts(&self, followers: u64) -> Error {
        let stocks = self.vendors.iter().filter_map(|vendor| {
            let (sale, stock) = (vendor.sale()?, self.stock_of(vendor)?);
            Some(format!("{} would deliver {}, but {} has {stock}", vendor.name(), sale.gross(followers), sale.pool))
        });
        let stocks = stocks.collect::<Vec<_>>().join(", ");
        let expected = format!(
            "so low that one pool has, in time for an order, accounts for {followers} followers that stay and for those that drop off: {stocks}"
        );
        Error::invalid_argument("orders.followers_max", self.orders.followers_max, expected)
    }

    /// Accounts that a vendor's pool has in time for its last order.
    fn stock_of(&self, vendor: &Vendor) -> Option<u32> {
        let pool = self.pool_number(vendor.pool()?)?;
        Some(self.pools[pool].stock_before(vendor.last_start_days()))
    }

    /// Vendors whose pool could deliver so many followers that are to stay, by their numbers.
    pub(in crate::simulation) fn sellers_of(&self, followers: u64) -> Vec<usize> {
        let can = |&number: &usize| {
            let vendor = &self.vendors[number];
            let gross = vendor.sale().map(|sale| sale.gross(followers));
            gross.zip(self.stock_of(vendor)).is_some_and(|(gross, stock)| gross <= u64::from(stock))
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

    pub(super) fn creators_in_pods(&self) -> u32 {
        (self.orders.pod_share * f64::from(self.creators)).round() as u32
    }
}
