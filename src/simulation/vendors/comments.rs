//! Comments by the package: a few texts, used again and again under the posts of all customers.

use super::prices::Quality;
use super::sale::{PackageSale, validate_package};
use crate::error::Result;
use crate::simulation::scenario::within;
use crate::simulation::seed::{Stream, pick, stream};
use crate::simulation::words::{GENERIC_COMMENTS, LANGUAGES, PICTOGRAMS};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// Openings and ends of texts for sale. Invented.
const PRAISE: [&str; 10] = [
    "Amazing content",
    "This is gold",
    "Always inspiring",
    "You deserve more",
    "Best page here",
    "So underrated",
    "Keep it up",
    "Great work as always",
    "Perfect shot",
    "Can't stop watching",
];
/// Texts by which a competitor harms. Invented.
const HARM: [&str; 8] = [
    "do not buy what they promote",
    "all of this is paid",
    "what a scam",
    "unfollow now",
    "fake, fake, fake",
    "they stole this from a friend of mine",
    "never got my parcel",
    "report this page",
];

/// A vendor of comments. Sizes and rates are assumptions in the range that offers promise.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommentPackages {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Name of the pool that it sells from.
    pub pool: String,
    /// The quality that it claims, for the price.
    pub quality: Quality,
    /// Comments in the smallest and in the largest package.
    pub size: [u32; 2],
    /// Comments an hour, slowest and fastest; between them log-uniform.
    pub per_hour: [f64; 2],
    /// Different texts that it uses for all its customers.
    pub templates: u32,
}

impl Default for CommentPackages {
    fn default() -> Self {
        Self {
            name: "comments-1".into(),
            pool: "pool-1".into(),
            quality: Quality::Mid,
            size: [5, 40],
            per_hour: [5.0, 60.0],
            templates: 12,
        }
    }
}

impl CommentPackages {
    pub(super) fn sale(&self) -> PackageSale<'_> {
        PackageSale { pool: Some(&self.pool), quality: self.quality, per_hour: self.per_hour }
    }

    pub(super) fn validate(&self) -> Result<()> {
        validate_package(&self.name, &self.sale(), self.size)?;
        within(format!("templates of vendor {}", self.name), f64::from(self.templates), 1.0, 1_000.0)
    }

    /// Comments in a package.
    pub(super) fn draw_size(&self, rng: &mut ChaCha8Rng) -> u64 {
        rng.random_range(u64::from(self.size[0])..=u64::from(self.size[1]))
    }

    /// One of the vendor's texts (`number` is the vendor's), or one of those that harm.
    pub(in crate::simulation) fn text(&self, seed: u64, number: usize, harms: bool, rng: &mut ChaCha8Rng) -> String {
        let nth = rng.random_range(0..self.templates);
        let mut own = stream(seed, Stream::Templates, ((number as u64) << 32) | u64::from(nth));
        if harms {
            return pick(&mut own, &HARM).to_owned();
        }
        let praise = pick(&mut own, &PRAISE);
        match own.random_range(0..4u32) {
            0 => pick(&mut own, &GENERIC_COMMENTS).to_owned(),
            1 => format!("{praise} {}", pick(&mut own, &PICTOGRAMS)),
            2 => format!("{praise}!! {}", pick(&mut own, LANGUAGES[0].comments)),
            _ => format!("{praise} {}{}", pick(&mut own, &PICTOGRAMS), pick(&mut own, &PICTOGRAMS)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_vendor_has_no_more_texts_than_templates_and_repeats_them() {
        let vendor = CommentPackages { templates: 5, ..CommentPackages::default() };
        let mut rng = stream(1, Stream::Orders, 0);
        let texts: HashSet<String> = (0..200).map(|_| vendor.text(9, 3, false, &mut rng)).collect();
        assert!((3..=5).contains(&texts.len()), "{texts:?}");
        let harm = vendor.text(9, 3, true, &mut rng);
        assert!(HARM.contains(&harm.as_str()));
    }
}
