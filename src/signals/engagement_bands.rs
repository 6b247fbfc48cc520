//! Bands of engagement by platform and size: lines through quantiles of real creators, and published tables where there are none.

use super::band::{Band, BandBasis, Peers};
use crate::domain::{Interval, Platform};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Quantiles that a band holds.
pub const BAND_LEVELS: [f64; 9] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
/// Places of the ends and of the middle among them.
const LOW: usize = 1;
const MIDDLE: usize = 4;
const HIGH: usize = 7;

/// The band of one signal on one platform for a range of sizes: quantile = a + b ln(followers), of the value or its logarithm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BandPiece {
    /// Id of the signal.
    pub signal: String,
    /// Word of the platform.
    pub platform: String,
    /// Fewest and most followers for which it holds.
    pub followers: [u64; 2],
    /// Whether it describes the natural logarithm of the value.
    pub is_log: bool,
    /// a and b of each of [`BAND_LEVELS`].
    pub lines: Vec<[f64; 2]>,
    /// Creators it was fitted to; 0 for one taken from published tables.
    pub n_creators: u64,
    /// Data or tables, and year.
    pub source: String,
}

/// What creators of a category have more or less than others of their size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryShift {
    /// Word of the platform.
    pub platform: String,
    /// The category as the source writes it, in lower case.
    pub category: String,
    /// Natural logarithm of the factor on the engagement rate, shrunk towards 0.
    pub ln_factor: f64,
    /// Creators of that category.
    pub n_creators: u64,
}

/// The committed table of bands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EngagementBands {
    /// Bands by signal, platform and size.
    pub pieces: Vec<BandPiece>,
    /// Effects of categories on the engagement rate.
    pub categories: Vec<CategoryShift>,
}

impl EngagementBands {
    /// The table that ships with this build.
    ///
    /// # Errors
    /// `Malformed` if it is not whole.
    pub fn embedded() -> Result<&'static Self> {
        static TABLE: OnceLock<std::result::Result<EngagementBands, String>> = OnceLock::new();
        let read = || EngagementBands::from_json(include_bytes!("../../models/engagement/bands.json")).map_err(|e| e.to_string());
        TABLE.get_or_init(read).as_ref().map_err(|error| Error::malformed("the table of bands of this build", error))
    }

    /// From JSON.
    ///
    /// # Errors
    /// `Malformed` for anything that is no such table, or a piece without a line a level.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        let table: Self = serde_json::from_slice(bytes).map_err(|error| Error::malformed("a table of bands", error))?;
        match table.pieces.iter().find(|piece| piece.lines.len() != BAND_LEVELS.len()) {
            Some(piece) => Err(Error::malformed("one line a level", format!("{} of {}", piece.signal, piece.platform))),
            None => Ok(table),
        }
    }

    /// As JSON, one line a piece.
    ///
    /// # Errors
    /// `Malformed` for a number that is not finite.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| Error::malformed("a table of bands", error))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The band of a signal for such creators.
    ///
    /// # Missing
    /// `None` where followers are unknown, or no piece holds for that platform and size.
    pub fn band(&'static self, signal: &str, peers: &Peers<'_>) -> Option<Band> {
        let piece = self.piece(signal, peers)?;
        let quantiles = self.quantiles(piece, peers)?;
        let basis = if piece.n_creators > 0 { BandBasis::Fitted(piece.n_creators) } else { BandBasis::Prior };
        let interval = Interval::new(quantiles[LOW], quantiles[HIGH])?;
        Some(Band { interval, median: quantiles[MIDDLE], basis, source: &piece.source })
    }

    /// Where a value lies among creators of the same size, 0 to 100, by interpolation between the quantiles.
    ///
    /// # Missing
    /// `None` where the band is none, or is taken from published tables.
    pub fn percentile(&self, signal: &str, peers: &Peers<'_>, value: f64) -> Option<f64> {
        let piece = self.piece(signal, peers).filter(|piece| piece.n_creators > 0)?;
        let quantiles = self.quantiles(piece, peers)?;
        let above = quantiles.partition_point(|quantile| *quantile <= value);
        let (first, last) = (BAND_LEVELS[0], BAND_LEVELS[BAND_LEVELS.len() - 1]);
        let share = match above {
            0 => first,
            place if place == quantiles.len() => last,
            place => {
                let (low, high) = (quantiles[place - 1], quantiles[place]);
                let part = if high > low { (value - low) / (high - low) } else { 0.5 };
                BAND_LEVELS[place - 1] + part * (BAND_LEVELS[place] - BAND_LEVELS[place - 1])
            }
        };
        Some(100.0 * share)
    }

    fn piece(&self, signal: &str, peers: &Peers<'_>) -> Option<&BandPiece> {
        let followers = peers.followers?;
        let holds = |piece: &&BandPiece| {
            piece.signal == signal
                && Platform::from_word(&piece.platform) == Some(peers.platform)
                && (piece.followers[0]..=piece.followers[1]).contains(&followers)
        };
        self.pieces.iter().find(holds)
    }

    /// Quantiles in ascending order: lines that cross are put in order.
    fn quantiles(&self, piece: &BandPiece, peers: &Peers<'_>) -> Option<Vec<f64>> {
        let x = (peers.followers? as f64).ln();
        let shift = if piece.signal == "engagement.rate" { self.shift(peers) } else { 0.0 };
        let value = |line: &[f64; 2]| {
            let height = line[0] + line[1] * x;
            if piece.is_log { (height + shift).exp() } else { height.max(0.0) }
        };
        let mut quantiles: Vec<f64> = piece.lines.iter().map(value).collect();
        quantiles.sort_by(f64::total_cmp);
        quantiles.iter().all(|quantile| quantile.is_finite()).then_some(quantiles)
    }

    fn shift(&self, peers: &Peers<'_>) -> f64 {
        let Some(category) = peers.category.map(str::to_lowercase) else { return 0.0 };
        let is_it =
            |shift: &&CategoryShift| shift.category == category && Platform::from_word(&shift.platform) == Some(peers.platform);
        self.categories.iter().find(is_it).map_or(0.0, |shift| shift.ln_factor)
    }
}

fn embedded(signal: &str, peers: &Peers<'_>) -> Option<Band> {
    EngagementBands::embedded().ok()?.band(signal, peers)
}

/// Band of `engagement.rate`.
pub(super) fn rate_band(peers: &Peers<'_>) -> Option<Band> {
    embedded("engagement.rate", peers)
}

/// Band of `engagement.likes_spread`.
pub(super) fn likes_spread_band(peers: &Peers<'_>) -> Option<Band> {
    embedded("engagement.likes_spread", peers)
}

/// Band of `engagement.comments_per_like`.
pub(super) fn comments_per_like_band(peers: &Peers<'_>) -> Option<Band> {
    embedded("engagement.comments_per_like", peers)
}

/// Band of `engagement.likes_per_view`.
pub(super) fn likes_per_view_band(peers: &Peers<'_>) -> Option<Band> {
    embedded("engagement.likes_per_view", peers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> &'static EngagementBands {
        // Lines through ln value = level − ¼ ln(followers).
        let lines = BAND_LEVELS.iter().map(|level| [*level, -0.25]).collect();
        let piece = BandPiece {
            signal: "engagement.rate".into(),
            platform: "youtube".into(),
            followers: [1_000, 1_000_000],
            is_log: true,
            lines,
            n_creators: 40,
            source: "made up".into(),
        };
        let shift = CategoryShift { platform: "youtube".into(), category: "news".into(), ln_factor: 2.0_f64.ln(), n_creators: 9 };
        Box::leak(Box::new(EngagementBands { pieces: vec![piece], categories: vec![shift] }))
    }

    fn peers(followers: u64) -> Peers<'static> {
        Peers { platform: Platform::Youtube, followers: Some(followers), category: None }
    }

    #[test]
    fn a_band_is_the_lines_at_that_size_and_category() {
        let band = table().band("engagement.rate", &peers(10_000)).unwrap();
        // 10,000^−¼ = .1, by hand.
        assert!((band.median - 0.1 * 0.5_f64.exp()).abs() < 1e-12 && band.basis == BandBasis::Fitted(40));
        assert!((band.interval.low() - 0.1 * 0.05_f64.exp()).abs() < 1e-12);
        let news = Peers { category: Some("News"), ..peers(10_000) };
        assert!((table().band("engagement.rate", &news).unwrap().median - 0.2 * 0.5_f64.exp()).abs() < 1e-12);
        for none in [peers(999), Peers { followers: None, ..peers(0) }, Peers { platform: Platform::X, ..peers(10_000) }] {
            assert_eq!(table().band("engagement.rate", &none), None);
        }
    }

    #[test]
    fn percentiles_lie_between_the_quantiles() {
        let at = |value: f64| table().percentile("engagement.rate", &peers(10_000), value).unwrap();
        assert!((at(0.1 * 0.5_f64.exp()) - 50.0).abs() < 1e-9);
        assert_eq!((at(0.0), at(1.0)), (1.0, 99.0));
        assert!(at(0.1 * 0.3_f64.exp()) > 25.0 && at(0.1 * 0.3_f64.exp()) < 50.0);
    }

    #[test]
    fn the_shipped_table_is_whole_and_its_bands_are_in_order() {
        let table = EngagementBands::embedded().unwrap();
        assert_eq!(EngagementBands::from_json(&table.to_json().unwrap()).unwrap(), *table);
        for piece in &table.pieces {
            for followers in piece.followers {
                let platform = Platform::from_word(&piece.platform).unwrap();
                let band = table.band(&piece.signal, &Peers { platform, followers: Some(followers), category: None }).unwrap();
                assert!(band.interval.contains(band.median) && band.interval.low() >= 0.0, "{} {followers}", piece.signal);
            }
        }
        assert!(EngagementBands::from_json(b"{}").is_err());
    }
}
