//! One creator as a run's table `creators` has it.

use crate::domain::{Interval, Platform, Tier, Verdict};
use crate::error::{Error, Result};
use crate::scoring::Estimate;
use crate::tables::RunColumns;

/// Columns without which nothing can be chosen.
pub const REQUIRED_COLUMNS: [&str; 12] = [
    "creator_id",
    "platform",
    "tier",
    "category",
    "country",
    "price",
    "currency",
    "followers",
    "score",
    "verdict",
    "p_fake",
    "authentic_followers",
];

/// One creator of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunCreator {
    /// Id in the dataset.
    pub id: String,
    /// Handle, if known.
    pub handle: Option<String>,
    /// Where it publishes.
    pub platform: Platform,
    /// Size class, where followers are known.
    pub tier: Option<Tier>,
    /// Topic, as given.
    pub category: Option<String>,
    /// Country, as given.
    pub country: Option<String>,
    /// Language, as given.
    pub language: Option<String>,
    /// Price of one sponsored post, as given.
    pub price: Option<f64>,
    /// Currency of the price.
    pub currency: Option<String>,
    /// Followers as the platform counts them.
    pub followers: Option<f64>,
    /// Percentage that is authentic, 0..=100.
    pub score: Option<Estimate>,
    /// Verdict.
    pub verdict: Verdict,
    /// Probability that audience or engagement was inflated.
    pub p_fake: Option<f64>,
    /// Fake share of the audience.
    pub audience_fake: Option<Estimate>,
    /// Accounts that share rests on.
    pub audience_sample_count: Option<u64>,
    /// Fake share of engagement.
    pub engagement_fake: Option<Estimate>,
    /// Authentic followers.
    pub authentic_followers: Option<Estimate>,
}

impl RunCreator {
    /// All creators of the table, in its order.
    ///
    /// # Errors
    /// `Malformed` for a cell that is no number, platform, tier or verdict, or an id that is missing or occurs twice.
    pub fn read_all(table: &RunColumns) -> Result<Vec<Self>> {
        let creators: Vec<Self> = (0..table.n_rows()).map(|row| Self::read(table, row)).collect::<Result<_>>()?;
        let mut ids: Vec<&str> = creators.iter().map(|creator| creator.id.as_str()).collect();
        ids.sort_unstable();
        match ids.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(creators),
            Some(pair) => Err(Error::malformed("a table of creators", format!("`{}` occurs twice", pair[0]))),
        }
    }

    fn read(table: &RunColumns, row: usize) -> Result<Self> {
        let text = |column: &str| table.text(column, row).map(str::to_owned);
        let real = |column: &str| table.real(column, row);
        let wrong = |column: &str| {
            Error::malformed("a table of creators", "a word that it does not know").at_row(row as u64 + 1).at_column(column)
        };
        let estimate = |column: &str| -> Result<Option<Estimate>> {
            let (value, low, high) = (real(column)?, real(&format!("{column}_low"))?, real(&format!("{column}_high"))?);
            let Some(value) = value else { return Ok(None) };
            let interval = Interval::new(low.unwrap_or(value), high.unwrap_or(value)).ok_or_else(|| wrong(column))?;
            Ok(Some(Estimate { value, interval }))
        };
        let id = text("creator_id").ok_or_else(|| wrong("creator_id"))?;
        let tier = text("tier").map(|word| Tier::from_word(&word).ok_or_else(|| wrong("tier"))).transpose()?;
        Ok(Self {
            id,
            handle: text("handle"),
            platform: text("platform").and_then(|word| Platform::from_word(&word)).ok_or_else(|| wrong("platform"))?,
            tier,
            category: text("category"),
            country: text("country"),
            language: text("language"),
            price: real("price")?,
            currency: text("currency"),
            followers: real("followers")?,
            score: estimate("score")?,
            verdict: text("verdict").and_then(|word| Verdict::from_word(&word)).ok_or_else(|| wrong("verdict"))?,
            p_fake: real("p_fake")?,
            audience_fake: estimate("audience_fake_share")?,
            audience_sample_count: real("audience_sample_count")?.map(|count| count as u64),
            engagement_fake: estimate("engagement_fake_share")?,
            authentic_followers: estimate("authentic_followers")?,
        })
    }

    /// The handle where there is one, else the id.
    pub fn name(&self) -> &str {
        self.handle.as_deref().filter(|handle| !handle.trim().is_empty()).unwrap_or(&self.id)
    }
}
