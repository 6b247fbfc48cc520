//! The bulk vendor: an order of followers delivered within minutes to a day.

use super::drop_off::DropOff;
use super::sale::{Sale, validate_orders};
use crate::error::Result;
use crate::market::Quality;
use crate::simulation::scenario::within;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// A vendor that delivers an order at once, at a constant rate. Sizes, hours and drop-off are assumptions in the range that
/// offers promise; see `prices.rs` for what it costs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bulk {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Name of the pool that it sells from.
    pub pool: String,
    /// The quality that it claims, for the price.
    pub quality: Quality,
    /// Followers in the smallest and in the largest order.
    pub order: [u32; 2],
    /// Hours of the fastest and of the slowest delivery; between them log-uniform.
    pub hours: [f64; 2],
    /// Share of delivered followers gone at last.
    pub drop_off: f64,
    /// Days after the delivery until half of those are gone.
    pub half_life_days: f64,
    /// Days after the delivery when it tops up once what is gone by then; 0 for never.
    pub refill_days: f64,
}

impl Default for Bulk {
    fn default() -> Self {
        Self {
            name: "bulk-1".into(),
            pool: "pool-1".into(),
            quality: Quality::Mid,
            order: [300, 3_000],
            hours: [0.2, 24.0],
            drop_off: 0.1,
            half_life_days: 14.0,
            refill_days: 0.0,
        }
    }
}

impl Bulk {
    pub(super) fn sale(&self) -> Sale<'_> {
        let drop_off = DropOff { share: self.drop_off, half_life_days: self.half_life_days, refill_days: self.refill_days };
        Sale { pool: &self.pool, quality: self.quality, order: self.order, drop_off, longest_days: self.hours[1] / 24.0 }
    }

    pub(super) fn validate(&self) -> Result<()> {
        validate_orders(&self.name, &self.sale())?;
        within(format!("hours[0] of vendor {}", self.name), self.hours[0], 0.01, 24.0 * 7.0)?;
        within(format!("hours[1] of vendor {}", self.name), self.hours[1], self.hours[0], 24.0 * 7.0)
    }

    /// Seconds that a delivery takes.
    pub(super) fn delivery_s(&self, rng: &mut ChaCha8Rng) -> i64 {
        let [fast, slow] = self.hours.map(f64::ln);
        (((fast + (slow - fast) * rng.random::<f64>()).exp() * 3_600.0) as i64).max(1)
    }
}
