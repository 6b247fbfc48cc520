//! Comments by the package: a few texts, of the kind that people write too, used again and again under the posts of all
//! customers.

use super::sale::{PackageSale, validate_package};
use crate::error::Result;
use crate::market::Quality;
use crate::simulation::comments::{criticism, praise};
use crate::simulation::scenario::within;
use crate::simulation::seed::{Stream, stream};
use crate::simulation::words::LANGUAGES;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// Share of a vendor's texts in the language that most of its customers are thought to read, English. Assumption.
const IN_ENGLISH: f64 = 0.7;

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
        PackageSale { pool: &self.pool, quality: self.quality, per_hour: self.per_hour }
    }

    pub(super) fn validate(&self) -> Result<()> {
        validate_package(&self.name, &self.sale(), self.size)?;
        within(format!("templates of vendor {}", self.name), f64::from(self.templates), 1.0, 1_000.0)
    }

    /// Comments in a package.
    pub(super) fn draw_size(&self, rng: &mut ChaCha8Rng) -> u64 {
        rng.random_range(u64::from(self.size[0])..=u64::from(self.size[1]))
    }

    /// One of the vendor's texts (`number` is the vendor's): praise, or what harms.
    pub(in crate::simulation) fn text(&self, seed: u64, number: usize, harms: bool, rng: &mut ChaCha8Rng) -> String {
        let nth = rng.random_range(0..self.templates);
        let mut own = stream(seed, Stream::Templates, ((number as u64) << 32) | u64::from(nth));
        let is_english = own.random_bool(IN_ENGLISH);
        let language = if is_english { 0 } else { own.random_range(0..LANGUAGES.len() as u32) as usize };
        if harms { criticism(language, &mut own) } else { praise(language, &mut own) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::comments::comment;
    use std::collections::HashSet;

    #[test]
    fn a_vendor_has_no_more_texts_than_templates_and_repeats_them() {
        let vendor = CommentPackages { templates: 5, ..CommentPackages::default() };
        let mut rng = stream(1, Stream::Orders, 0);
        let texts: HashSet<String> = (0..200).map(|_| vendor.text(9, 3, false, &mut rng)).collect();
        assert!((2..=5).contains(&texts.len()), "{texts:?}");
    }

    #[test]
    fn what_vendors_have_written_people_write_too() {
        let vendor = CommentPackages { templates: 60, ..CommentPackages::default() };
        let mut rng = stream(2, Stream::Orders, 0);
        let plain = |text: String| {
            let mut letters: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            letters.dedup();
            letters.into_iter().collect::<String>()
        };
        let people: HashSet<String> = (0..40_000).map(|nth| plain(comment(nth % 5, false, &mut rng))).collect();
        for harms in [false, true] {
            for _ in 0..300 {
                let text = plain(vendor.text(9, 3, harms, &mut rng));
                assert!(people.contains(&text), "{text}");
            }
        }
    }
}
