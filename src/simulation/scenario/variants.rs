//! The same world at another size, or without a kind of vendors.

use super::Scenario;
use crate::error::{Error, Result};
use crate::simulation::vendors::{PoolKind, Product, Vendor, fits, sellers};

impl Scenario {
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
}
