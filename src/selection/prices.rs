//! What a post costs: as given, or by a table, in one currency.

use crate::domain::{Platform, Tier};
use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// Highest price that is taken for one.
const ABSURD: f64 = 1e9;

/// Prices of one sponsored post by platform and size class, for creators without a price of their own.
///
/// # Examples
/// ```
/// use bonafide::domain::{Platform, Tier};
/// use bonafide::selection::PriceTable;
/// let table = PriceTable::parse("platform,tier,price,currency\n*,nano,100,EUR\ninstagram,nano,150,EUR\n").unwrap();
/// assert_eq!(table.of(Platform::Instagram, Tier::Nano).unwrap().amount, 150.0);
/// assert_eq!(table.of(Platform::Tiktok, Tier::Nano).unwrap().amount, 100.0);
/// assert!(table.of(Platform::Tiktok, Tier::Mega).is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PriceTable {
    rows: BTreeMap<(Option<Platform>, Tier), Price>,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// How much.
    pub amount: f64,
    /// Of what; `None` where it is not said.
    pub currency: Option<String>,
}

/// Whether a price can be one: above 0 and below a thousand million.
pub fn is_price(amount: f64) -> bool {
    amount > 0.0 && amount < ABSURD
}

fn currency(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_uppercase())
}

impl PriceTable {
    /// From CSV with the columns `platform` (`*` for any), `tier`, `price` and, optionally, `currency`.
    ///
    /// # Errors
    /// `Malformed` with the row that is none.
    pub fn parse(text: &str) -> Result<Self> {
        let mut rows = BTreeMap::new();
        for (number, record) in records(text, &["platform", "tier", "price"], &["currency"])?.into_iter().enumerate() {
            let wrong = |detail: String| Error::malformed("a table of prices", detail).at_row(number as u64 + 2);
            let platform = match record[0].as_str() {
                "*" => None,
                word => Some(Platform::from_word(&word.to_lowercase()).ok_or_else(|| wrong(format!("no platform `{word}`")))?),
            };
            let tier = Tier::from_word(&record[1].to_lowercase()).ok_or_else(|| wrong(format!("no tier `{}`", record[1])))?;
            let amount: f64 = record[2]
                .parse()
                .ok()
                .filter(|amount| is_price(*amount))
                .ok_or_else(|| wrong(format!("no price `{}`", record[2])))?;
            let price = Price { amount, currency: currency(&record[3]) };
            if rows.insert((platform, tier), price).is_some() {
                return Err(wrong(format!("`{}` and `{}` occur twice", record[0], record[1])));
            }
        }
        Ok(Self { rows })
    }

    /// The price of a creator of this platform and size.
    pub fn of(&self, platform: Platform, tier: Tier) -> Option<&Price> {
        self.rows.get(&(Some(platform), tier)).or_else(|| self.rows.get(&(None, tier)))
    }
}

/// What one unit of each currency is worth in the campaign's.
///
/// # Examples
/// ```
/// use bonafide::selection::Rates;
/// let rates = Rates::parse("currency,rate\nUSD,0.92\n").unwrap();
/// assert_eq!(rates.of("usd"), Some(0.92));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rates {
    rates: BTreeMap<String, f64>,
}

impl Rates {
    /// From CSV with the columns `currency` and `rate`.
    ///
    /// # Errors
    /// `Malformed` with the row that is none.
    pub fn parse(text: &str) -> Result<Self> {
        let mut rates = BTreeMap::new();
        for (number, record) in records(text, &["currency", "rate"], &[])?.into_iter().enumerate() {
            let wrong = |detail: String| Error::malformed("a table of rates", detail).at_row(number as u64 + 2);
            let rate: f64 =
                record[1].parse().ok().filter(|rate| is_price(*rate)).ok_or_else(|| wrong(format!("no rate `{}`", record[1])))?;
            let code = currency(&record[0]).ok_or_else(|| wrong("no currency".to_owned()))?;
            if rates.insert(code, rate).is_some() {
                return Err(wrong(format!("`{}` occurs twice", record[0])));
            }
        }
        Ok(Self { rates })
    }

    /// The rate of a currency, whatever its case.
    pub fn of(&self, currency: &str) -> Option<f64> {
        self.rates.get(&currency.trim().to_uppercase()).copied()
    }
}

/// Cells of the wanted columns, row by row; those of optional columns are empty where there are none.
fn records(text: &str, required: &[&str], optional: &[&str]) -> Result<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let malformed = |error: csv::Error| Error::malformed("CSV", error);
    let header: Vec<String> = reader.headers().map_err(malformed)?.iter().map(str::to_lowercase).collect();
    let place = |name: &&str| header.iter().position(|column| column == name);
    if let Some(missing) = required.iter().find(|name| place(name).is_none()) {
        return Err(Error::malformed(
            format!("a table with the columns {}", required.join(", ")),
            format!("no column `{missing}`"),
        ));
    }
    let places: Vec<Option<usize>> = required.iter().chain(optional).map(place).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        rows.push(places.iter().map(|place| place.and_then(|place| record.get(place)).unwrap_or("").to_owned()).collect());
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_rows_are_named() {
        let error = |text: &str| PriceTable::parse(text).unwrap_err().to_string();
        assert!(error("platform,tier\n").contains("no column `price`"));
        assert!(error("platform,tier,price\n*,nano,0\n").contains("row 2"));
        assert!(error("platform,tier,price\n*,tiny,10\n").contains("no tier `tiny`"));
        assert!(error("platform,tier,price\n*,nano,10\n*,nano,20\n").contains("twice"));
        assert!(Rates::parse("currency,rate\nUSD,-1\n").unwrap_err().to_string().contains("no rate"));
    }

    #[test]
    fn prices_that_cannot_be_are_none() {
        assert_eq!([0.0, -3.0, f64::NAN, f64::INFINITY, 1e12, 250.0].map(is_price), [false, false, false, false, false, true]);
    }
}
