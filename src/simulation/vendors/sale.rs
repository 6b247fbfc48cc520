//! What vendors of followers, and vendors of packages, have in common.

use super::drop_off::DropOff;
use crate::error::Result;
use crate::market::Quality;
use crate::simulation::scenario::within;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// What all vendors of followers have in common.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) struct Sale<'a> {
    pub pool: &'a str,
    pub quality: Quality,
    pub order: [u32; 2],
    pub drop_off: DropOff,
    pub longest_days: f64,
}

/// What all vendors of packages have in common.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) struct PackageSale<'a> {
    pub pool: &'a str,
    pub quality: Quality,
    pub per_hour: [f64; 2],
}

impl Sale<'_> {
    /// Followers to be delivered, so that so many are there at last.
    pub(in crate::simulation) fn gross(&self, kept: u64) -> u64 {
        (kept as f64 / (1.0 - self.drop_off.share)).ceil() as u64
    }

    /// The next order of somebody who still wants so many followers.
    pub(in crate::simulation) fn next_size(&self, wanted: u64, rng: &mut ChaCha8Rng) -> u64 {
        let [least, most] = self.order.map(u64::from);
        if wanted <= most { wanted.max(least) } else { rng.random_range(least..=most).min(wanted - least).max(least) }
    }
}

impl PackageSale<'_> {
    /// Seconds that a package takes at the fixed rate drawn for it.
    pub(in crate::simulation) fn delivery_s(&self, size: u64, rng: &mut ChaCha8Rng) -> i64 {
        let [slow, fast] = self.per_hour.map(f64::ln);
        let rate = (slow + (fast - slow) * rng.random::<f64>()).exp();
        ((size as f64 / rate * 3_600.0) as i64).max(60)
    }
}

pub(super) fn validate_orders(name: &str, sale: &Sale<'_>) -> Result<()> {
    within(format!("order[0] of vendor {name}"), f64::from(sale.order[0]), 1.0, 1e8)?;
    within(format!("order[1] of vendor {name}"), f64::from(sale.order[1]), f64::from(sale.order[0]), 1e8)?;
    sale.drop_off.validate(name)
}

pub(super) fn validate_package(name: &str, sale: &PackageSale<'_>, size: [u32; 2]) -> Result<()> {
    within(format!("size[0] of vendor {name}"), f64::from(size[0]), 1.0, 1e8)?;
    within(format!("size[1] of vendor {name}"), f64::from(size[1]), f64::from(size[0]), 1e8)?;
    validate_rate(name, sale.per_hour)
}

pub(super) fn validate_rate(name: &str, per_hour: [f64; 2]) -> Result<()> {
    within(format!("per_hour[0] of vendor {name}"), per_hour[0], 0.1, 1e9)?;
    within(format!("per_hour[1] of vendor {name}"), per_hour[1], per_hour[0], 1e9)
}
