//! Likes by the package, at a fixed rate from some minutes after the post on.

use super::sale::{PackageSale, validate_package};
use crate::error::Result;
use crate::market::Quality;
use crate::simulation::scenario::within;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// A vendor of likes. Sizes and rates are assumptions in the range that offers promise.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LikePackages {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Name of the pool that it sells from.
    pub pool: String,
    /// The quality that it claims, for the price.
    pub quality: Quality,
    /// Likes in the smallest and in the largest package.
    pub size: [u32; 2],
    /// A package is at most this many times the likes that the post has from people, but never below the smallest.
    pub of_organic: f64,
    /// Likes an hour, slowest and fastest; between them log-uniform.
    pub per_hour: [f64; 2],
}

impl Default for LikePackages {
    fn default() -> Self {
        Self {
            name: "likes-1".into(),
            pool: "pool-1".into(),
            quality: Quality::High,
            size: [100, 3_000],
            of_organic: 2.0,
            per_hour: [100.0, 2_000.0],
        }
    }
}

impl LikePackages {
    pub(super) fn sale(&self) -> PackageSale<'_> {
        PackageSale { pool: &self.pool, quality: self.quality, per_hour: self.per_hour }
    }

    pub(super) fn validate(&self) -> Result<()> {
        validate_package(&self.name, &self.sale(), self.size)?;
        within(format!("of_organic of vendor {}", self.name), self.of_organic, 0.01, 1e4)
    }

    /// Likes in a package for a post that people liked so many times.
    pub(super) fn draw_size(&self, organic: u64, rng: &mut ChaCha8Rng) -> u64 {
        let [least, most] = self.size.map(u64::from);
        rng.random_range(least..=((organic as f64 * self.of_organic) as u64).clamp(least, most))
    }
}
