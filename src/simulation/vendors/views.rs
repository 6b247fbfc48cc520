//! Views by the package: accounts of a pool play a video, again and again where there are fewer of them than views.

use super::sale::{PackageSale, validate_rate};
use crate::error::Result;
use crate::market::Quality;
use crate::simulation::scenario::within;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// A vendor of views. Sizes and rates are assumptions in the range that offers promise.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewPackages {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Name of the pool that it sells from.
    pub pool: String,
    /// The quality that it claims, for the price.
    pub quality: Quality,
    /// A package is this many times the views that the post has from people, least and most.
    pub of_organic: [f64; 2],
    /// Views an hour, slowest and fastest; between them log-uniform.
    pub per_hour: [f64; 2],
}

impl Default for ViewPackages {
    fn default() -> Self {
        Self {
            name: "views-1".into(),
            pool: "pool-1".into(),
            quality: Quality::High,
            of_organic: [0.5, 4.0],
            per_hour: [2_000.0, 50_000.0],
        }
    }
}

impl ViewPackages {
    pub(super) fn sale(&self) -> PackageSale<'_> {
        PackageSale { pool: &self.pool, quality: self.quality, per_hour: self.per_hour }
    }

    pub(super) fn validate(&self) -> Result<()> {
        validate_rate(&self.name, self.per_hour)?;
        within(format!("of_organic[0] of vendor {}", self.name), self.of_organic[0], 0.001, 1e4)?;
        within(format!("of_organic[1] of vendor {}", self.name), self.of_organic[1], self.of_organic[0], 1e4)
    }

    /// Views in a package for a post that people viewed so many times.
    pub(super) fn draw_size(&self, organic: u64, rng: &mut ChaCha8Rng) -> u64 {
        let [least, most] = self.of_organic;
        ((organic as f64 * (least + (most - least) * rng.random::<f64>())) as u64).max(1)
    }
}
