//! The drip vendor: followers a few at a time, over a week to a month.

use super::drop_off::DropOff;
use super::sale::{Sale, validate_orders};
use crate::error::Result;
use crate::market::Quality;
use crate::simulation::scenario::within;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// When in the day a drip delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DripHours {
    /// Day and night alike.
    Constant,
    /// At the hours at which people of the creator's country are active.
    People,
}

/// A vendor that delivers an order in equal daily quotas. Sizes, days and drop-off are assumptions in the range that offers
/// promise; see `prices.rs` for what it costs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Drip {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Name of the pool that it sells from.
    pub pool: String,
    /// The quality that it claims, for the price.
    pub quality: Quality,
    /// Followers in the smallest and in the largest order.
    pub order: [u32; 2],
    /// Days of the fastest and of the slowest delivery; between them uniform.
    pub days: [f64; 2],
    /// When in the day it delivers.
    pub hours: DripHours,
    /// Share of delivered followers gone at last.
    pub drop_off: f64,
    /// Days after the delivery until half of those are gone.
    pub half_life_days: f64,
    /// Days after the delivery when it tops up once what is gone by then; 0 for never.
    pub refill_days: f64,
}

impl Default for Drip {
    fn default() -> Self {
        Self {
            name: "drip-1".into(),
            pool: "pool-1".into(),
            quality: Quality::High,
            order: [300, 5_000],
            days: [7.0, 30.0],
            hours: DripHours::Constant,
            drop_off: 0.05,
            half_life_days: 30.0,
            refill_days: 0.0,
        }
    }
}

impl Drip {
    pub(super) fn sale(&self) -> Sale<'_> {
        let drop_off = DropOff { share: self.drop_off, half_life_days: self.half_life_days, refill_days: self.refill_days };
        Sale { pool: &self.pool, quality: self.quality, order: self.order, drop_off, longest_days: self.days[1] }
    }

    pub(super) fn validate(&self) -> Result<()> {
        validate_orders(&self.name, &self.sale())?;
        within(format!("days[0] of vendor {}", self.name), self.days[0], 1.0, 180.0)?;
        within(format!("days[1] of vendor {}", self.name), self.days[1], self.days[0], 180.0)
    }

    /// Seconds that a delivery takes.
    pub(super) fn delivery_s(&self, rng: &mut ChaCha8Rng) -> i64 {
        ((self.days[0] + (self.days[1] - self.days[0]) * rng.random::<f64>()) * 86_400.0) as i64
    }
}
