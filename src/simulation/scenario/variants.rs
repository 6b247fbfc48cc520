//! The same world at another size, or without a kind of vendors.

use super::Scenario;
use crate::error::{Error, Result};
use crate::simulation::vendors::{Pool, PoolKind, Product, Vendor, fits, sellers};

impl Scenario {
    /// The same world with another number of creators or organic accounts.
    ///
    /// Hijacked pools keep their share of the organic accounts. Vendors whose largest order no longer fits their pool, and pods
    /// for which there are too few creators, are left out, with the hijacked pools that nobody sells from then. What comes out
    /// is checked, not what went in. Where no number is given, nothing is left out.
    ///
    /// # Errors
    /// As [`Scenario::validate`].
    pub fn resized(mut self, creators: Option<u32>, accounts: Option<u32>) -> Result<Self> {
        if creators.is_none() && accounts.is_none() {
            self.validate()?;
            return Ok(self);
        }
        let ratio = f64::from(accounts.unwrap_or(self.accounts)) / f64::from(self.accounts.max(1));
        self.creators = creators.unwrap_or(self.creators);
        self.accounts = accounts.unwrap_or(self.accounts);
        for pool in self.pools.iter_mut().filter(|pool| pool.kind == PoolKind::Hijacked) {
            pool.accounts = ((f64::from(pool.accounts) * ratio) as u32).max(1);
        }
        let (in_pods, pools) = (self.creators_in_pods(), self.pools.clone());
        self = self.with_vendors(|vendor| fits(vendor, &pools) && vendor.least_members() <= in_pods);
        self.validate()?;
        Ok(self)
    }

    /// The same world without the vendors of a kind (one of [`Vendor::KINDS`]): what only they sold is ordered no more, so that a
    /// kind can be held out, and hijacked pools from which only they sold are not there. Not checked otherwise.
    ///
    /// # Errors
    /// There is no such kind.
    pub fn without(mut self, kind: &str) -> Result<Self> {
        if !Vendor::KINDS.contains(&kind) {
            let expected = format!("one of {}", Vendor::KINDS.join(" "));
            return Err(Error::invalid_argument("kind of vendor", kind, expected));
        }
        self = self.with_vendors(|vendor| vendor.kind() != kind);
        Ok(self)
    }

    /// The same with only the vendors that are to stay; what only the others sold is ordered no more.
    fn with_vendors(mut self, stays: impl Fn(&Vendor) -> bool) -> Self {
        let before: Vec<Product> = self.vendors.iter().map(Vendor::product).collect();
        let sold = |vendors: &[Vendor], pool: &str| vendors.iter().any(|vendor| vendor.pool() == Some(pool));
        let whole = self.vendors.clone();
        self.vendors.retain(stays);
        let vendors = &self.vendors;
        let is_held = |pool: &Pool| pool.kind != PoolKind::Hijacked || sold(vendors, &pool.name) || !sold(&whole, &pool.name);
        self.pools.retain(is_held);
        for product in before {
            if sellers(&self.vendors, product).is_empty() {
                self.orders = self.orders.without(product);
            }
        }
        self
    }
}
