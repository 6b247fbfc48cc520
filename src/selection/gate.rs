//! Who may be bought at all: trust first, then fit, then price.

use super::brief::Brief;
use super::input::SelectionInput;
use super::prices::{Price, is_price};
use super::search::TextIndex;
use crate::domain::Verdict;
use crate::error::{Error, Result};
use crate::scoring::Estimate;
use crate::sketch::overlap;
use crate::text::terms;

/// Why a creator is no candidate: the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Removal {
    /// Named by `--exclude`.
    Excluded,
    /// Verdict is `fail`.
    Fail,
    /// Verdict is `insufficient`.
    Insufficient,
    /// Nothing could be measured of its audience (or of its engagement, where that is to be bought).
    NotMeasured,
    /// Lower end of the score below `--min-score`.
    LowScore,
    /// `--max-risk` asked for, and the run has no probability of inflation.
    RiskUnknown,
    /// Probability of inflation above `--max-risk`.
    HighRisk,
    /// Another platform.
    Platform,
    /// Another size class, or followers unknown.
    Tier,
    /// Another country, or none known.
    Country,
    /// Another language, or none known.
    Language,
    /// Another topic, or none known.
    Niche,
    /// Texts hold none of the words.
    Keywords,
    /// Unlike the creator of `--like`.
    Unlike,
    /// Without a price.
    NotPriced,
    /// A price that cannot be one (0, negative, a thousand million or more).
    AbsurdPrice,
    /// A price without a currency beside prices that have one.
    NoCurrency,
    /// Dearer than the budget.
    OverBudget,
    /// Dearer than one creator may be.
    OverCap,
}

impl Removal {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Excluded => "excluded by name",
            Self::Fail => "verdict is fail",
            Self::Insufficient => "verdict is insufficient: the data could not show inflation",
            Self::NotMeasured => "nothing measured of what is to be bought",
            Self::LowScore => "lower end of the score below the one asked for",
            Self::RiskUnknown => "probability of inflation not known in this run",
            Self::HighRisk => "probability of inflation above the one allowed",
            Self::Platform => "another platform",
            Self::Tier => "another size",
            Self::Country => "another country, or none known",
            Self::Language => "another language, or none known",
            Self::Niche => "another topic, or none known",
            Self::Keywords => "captions and biography hold none of the words",
            Self::Unlike => "unlike the creator asked for",
            Self::NotPriced => "no price",
            Self::AbsurdPrice => "a price that cannot be one",
            Self::NoCurrency => "a price without a currency",
            Self::OverBudget => "costs more than the budget",
            Self::OverCap => "costs more than one creator may",
        }
    }

    /// Whether the creator lacks a price that could be compared.
    pub fn is_unpriced(self) -> bool {
        matches!(self, Self::NotPriced | Self::AbsurdPrice | Self::NoCurrency)
    }

    /// Whether the creator was near: only trust or money keeps it out.
    pub fn is_near(self) -> bool {
        matches!(
            self,
            Self::Fail
                | Self::Insufficient
                | Self::LowScore
                | Self::RiskUnknown
                | Self::HighRisk
                | Self::OverBudget
                | Self::OverCap
        )
    }
}

/// Somebody who may be bought.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Row of the creator in the input.
    pub row: usize,
    /// Price of one post in the campaign's currency.
    pub cost: f64,
    /// Whether the price is from the table of prices.
    pub is_table_price: bool,
    /// What it brings of what is to be bought.
    pub worth: Estimate,
    /// How well its texts match the words asked for (BM25).
    pub fit: Option<f64>,
    /// How like the creator asked for it is, 0..=1.
    pub likeness: Option<f64>,
}

/// Candidates, and everybody else with the reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gated {
    /// Those who may be bought, in the order of their ids.
    pub candidates: Vec<Candidate>,
    /// Those who may not.
    pub removed: Vec<(usize, Removal)>,
    /// Places among the candidates of those that must be bought.
    pub included: Vec<usize>,
    /// Currency of all prices; `None` where none is said.
    pub currency: Option<String>,
}

/// Lets everybody through who passes, and those that must be in whatever their fit and verdict, but not without a price.
///
/// # Errors
/// `NotFound` for a name that no creator has; `InvalidArgument` for a creator that is included and excluded, prices in several currencies
/// without a rate, or an included creator without price or measurement.
pub fn gate(input: &SelectionInput, brief: &Brief, worth: impl Fn(usize) -> Option<Estimate>) -> Result<Gated> {
    let named =
        |argument: &str, names: &[String]| names.iter().map(|name| input.find(argument, name)).collect::<Result<Vec<usize>>>();
    let (include, exclude) = (named("--include", &brief.include)?, named("--exclude", &brief.exclude)?);
    if let Some(&row) = include.iter().find(|row| exclude.contains(row)) {
        let name = input.creators[row].name();
        return Err(Error::invalid_argument("--include and --exclude", format!("`{name}` in both"), "one or the other"));
    }
    let like = brief.like.as_deref().map(|name| input.find("--like", name)).transpose()?;
    let texts = input.sketches.iter().map(|sketch| (sketch.terms.as_slice(), sketch.terms_count)).collect();
    let index = TextIndex::new(texts);
    let words: Vec<String> = brief.keywords.iter().flat_map(|keyword| terms(keyword)).collect();
    let gate = Gate { input, brief, index, words, like, exclude };
    let mut gated = Gated::default();
    let mut passing = Vec::new();
    for row in 0..input.creators.len() {
        match gate.removal(row, worth(row)) {
            Some(removal) if !include.contains(&row) => gated.removed.push((row, removal)),
            _ => passing.push(row),
        }
    }
    gated.currency = gate.campaign_currency(&passing)?;
    for row in passing {
        let must = include.contains(&row);
        match gate.priced(row, &gated.currency, worth(row))? {
            Ok(candidate) => {
                if must {
                    gated.included.push(gated.candidates.len());
                }
                gated.candidates.push(candidate);
            }
            Err(removal) if must => {
                let name = input.creators[row].name();
                return Err(Error::invalid_argument(
                    "--include",
                    name,
                    format!("a creator that can be bought: {}", removal.words()),
                ));
            }
            Err(removal) => gated.removed.push((row, removal)),
        }
    }
    gated.removed.sort_unstable();
    Ok(gated)
}

struct Gate<'a> {
    input: &'a SelectionInput,
    brief: &'a Brief,
    index: TextIndex<'a>,
    words: Vec<String>,
    like: Option<usize>,
    exclude: Vec<usize>,
}

impl Gate<'_> {
    /// Why trust or fit keeps a creator out.
    fn removal(&self, row: usize, worth: Option<Estimate>) -> Option<Removal> {
        let (creator, brief) = (&self.input.creators[row], self.brief);
        let other = |asked: &[String], given: Option<&str>| {
            let same = |wanted: &String| given.is_some_and(|given| given.trim().to_lowercase() == wanted.trim().to_lowercase());
            !asked.is_empty() && !asked.iter().any(same)
        };
        let low = creator.score.map(|score| score.interval.low());
        let checks = [
            (self.exclude.contains(&row), Removal::Excluded),
            (creator.verdict == Verdict::Fail, Removal::Fail),
            (creator.verdict == Verdict::Insufficient && !brief.allows_insufficient, Removal::Insufficient),
            (worth.is_none_or(|worth| worth.value <= 0.0), Removal::NotMeasured),
            (low.is_none_or(|low| low < brief.min_score) && brief.min_score > 0.0, Removal::LowScore),
            (brief.max_risk.is_some() && creator.p_fake.is_none(), Removal::RiskUnknown),
            (brief.max_risk.is_some_and(|most| creator.p_fake.is_some_and(|p| p > most)), Removal::HighRisk),
            (!brief.platforms.is_empty() && !brief.platforms.contains(&creator.platform), Removal::Platform),
            (!brief.tiers.is_empty() && !creator.tier.is_some_and(|tier| brief.tiers.contains(&tier)), Removal::Tier),
            (other(&brief.countries, creator.country.as_deref()), Removal::Country),
            (other(&brief.languages, creator.language.as_deref()), Removal::Language),
            (other(&brief.niches, creator.category.as_deref()), Removal::Niche),
            (!self.brief.keywords.is_empty() && self.index.bm25(row, &self.words) <= 0.0, Removal::Keywords),
        ];
        let found = checks.into_iter().find(|(applies, _)| *applies).map(|(_, removal)| removal);
        found.or_else(|| self.likeness(row).filter(|likeness| *likeness < brief.min_likeness).map(|_| Removal::Unlike))
    }

    /// The larger of the likeness of texts and the part of the creator's listed authentic audience that is listed with the other too.
    fn likeness(&self, row: usize) -> Option<f64> {
        let like = self.like.filter(|like| *like != row)?;
        let texts = self.index.cosine(like, row);
        let [own, other] = [row, like].map(|row| self.input.sketches[row].audience.as_ref());
        let shared = own.zip(other).map_or(0.0, |(own, other)| overlap(&[own, other]).value / own.total_weight());
        Some(texts.max(shared).min(1.0))
    }

    /// As given, else by the table; the flag says which.
    fn price(&self, row: usize) -> Option<(Price, bool)> {
        let creator = &self.input.creators[row];
        let currency = creator.currency.as_deref().map(|code| code.trim().to_uppercase()).filter(|code| !code.is_empty());
        let own = creator.price.map(|amount| (Price { amount, currency }, false));
        own.or_else(|| self.brief.prices.of(creator.platform, creator.tier?).map(|price| (price.clone(), true)))
    }

    /// The currency asked for, else the one in which all prices are.
    fn campaign_currency(&self, rows: &[usize]) -> Result<Option<String>> {
        if let Some(asked) = &self.brief.currency {
            return Ok(Some(asked.trim().to_uppercase()));
        }
        let mut found: Vec<String> = rows.iter().filter_map(|&row| self.price(row)?.0.currency).collect();
        found.sort_unstable();
        found.dedup();
        if found.len() > 1 {
            let expected = "one; name the campaign's by --currency, and give --rates FILE (currency,rate) for the others";
            return Err(Error::invalid_argument("currency of prices", found.join(", "), expected));
        }
        Ok(found.pop())
    }

    fn priced(&self, row: usize, currency: &Option<String>, worth: Option<Estimate>) -> Result<Result<Candidate, Removal>> {
        let Some((price, is_table_price)) = self.price(row) else { return Ok(Err(Removal::NotPriced)) };
        if !is_price(price.amount) {
            return Ok(Err(Removal::AbsurdPrice));
        }
        let rate = match (&price.currency, currency) {
            (Some(own), Some(campaign)) if own != campaign => self.brief.rates.of(own).ok_or_else(|| {
                let expected = format!("prices in {campaign}, or a rate for {own} by --rates FILE (currency,rate)");
                Error::invalid_argument("currency of a price", own, expected)
            })?,
            (None, Some(_)) => return Ok(Err(Removal::NoCurrency)),
            _ => 1.0,
        };
        let cost = price.amount * rate;
        let Some(worth) = worth.filter(|worth| worth.value > 0.0) else { return Ok(Err(Removal::NotMeasured)) };
        if cost > self.brief.budget {
            return Ok(Err(Removal::OverBudget));
        }
        if self.brief.creator_share.is_some_and(|share| cost > share * self.brief.budget * (1.0 + 1e-9)) {
            return Ok(Err(Removal::OverCap));
        }
        let fit = (!self.words.is_empty()).then(|| self.index.bm25(row, &self.words));
        Ok(Ok(Candidate { row, cost, is_table_price, worth, fit, likeness: self.likeness(row) }))
    }
}
