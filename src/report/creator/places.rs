//! Where the audience says it is and what it speaks, as the data have it, beside the market that is asked about.

use super::Subject;
use crate::domain::AccountId;
use crate::report::number;
use crate::statistics::wilson;
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows of each table; the others are added up.
const N_ROWS: usize = 8;

/// The market that a campaign is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Market {
    /// Countries, as the data write them.
    pub countries: Vec<String>,
    /// Languages, likewise.
    pub languages: Vec<String>,
}

/// Countries and languages of the followers in the data.
#[derive(Debug, Clone, Serialize)]
pub struct PlacesSection {
    /// What it shows, a sentence for each of both that is known.
    pub statements: Vec<String>,
    /// Countries.
    pub countries: Option<PlaceTable>,
    /// Languages.
    pub languages: Option<PlaceTable>,
}

/// Followers by country or by language.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceTable {
    /// Followers in the data of whom it is known.
    pub known_count: u64,
    /// Followers in the data of whom it is not.
    pub unknown_count: u64,
    /// Share of those known who are of the market; null where no market is asked about.
    pub in_market: Option<PlaceShare>,
    /// The same among those measured whom the model does not call fake.
    pub authentic_in_market: Option<PlaceShare>,
    /// The most frequent, the largest first.
    pub rows: Vec<PlaceShare>,
    /// Followers of all others.
    pub others_count: u64,
}

/// A country, a language, or a whole market.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceShare {
    /// Countries of two letters in upper case, all else in lower case; of a market, its parts.
    pub name: String,
    /// Followers there.
    pub count: u64,
    /// Followers that the share is of.
    pub of_count: u64,
    /// Share of those known.
    pub share: f64,
    /// Lower end of its 90 % interval over which followers were drawn.
    pub share_low: f64,
    /// Upper end.
    pub share_high: f64,
}

pub(super) fn assemble(subject: &Subject<'_>) -> Option<PlacesSection> {
    let (accounts, market) = (&subject.source.dataset.accounts, subject.source.market);
    let countries = table(subject, &market.countries, folded_country, |id| accounts.country.get(id.index()));
    let languages = table(subject, &market.languages, folded, |id| accounts.language.get(id.index()));
    if countries.is_none() && languages.is_none() {
        return None;
    }
    let statements = [("country", &countries), ("language", &languages)];
    let statements = statements.into_iter().filter_map(|(what, table)| Some(statement(what, table.as_ref()?))).collect();
    Some(PlacesSection { statements, countries, languages })
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

fn folded_country(name: &str) -> String {
    let name = folded(name);
    if name.len() == 2 { name.to_ascii_uppercase() } else { name }
}

fn table<'a>(
    subject: &Subject<'_>,
    market: &[String],
    fold: fn(&str) -> String,
    of: impl Fn(AccountId) -> Option<&'a str>,
) -> Option<PlaceTable> {
    let folded = |id: AccountId| of(id).map(fold).filter(|name| !name.is_empty());
    let (scores, threshold) = (&subject.source.audit.accounts, subject.source.provenance.suspicious_threshold);
    let is_authentic = |id: AccountId| scores.is_measured(id) && !scores.is_called_fake(id, threshold);
    let known: Vec<(String, bool)> = subject.followers.iter().filter_map(|&id| Some((folded(id)?, is_authentic(id)))).collect();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    known.iter().for_each(|(name, _)| *counts.entry(name).or_default() += 1);
    let known_count = known.len() as u64;
    let mut rows: Vec<PlaceShare> =
        counts.into_iter().filter_map(|(name, count)| share(name.to_owned(), count, known_count)).collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let others_count = rows.iter().skip(N_ROWS).map(|row| row.count).sum();
    rows.truncate(N_ROWS);
    let asked: Vec<String> = market.iter().map(|name| fold(name)).collect();
    let of_market = |authentic_only: bool| {
        let of: Vec<&String> =
            known.iter().filter(|(_, authentic)| *authentic || !authentic_only).map(|(name, _)| name).collect();
        let there = of.iter().filter(|name| asked.contains(name)).count() as u64;
        (!asked.is_empty()).then(|| share(asked.join(", "), there, of.len() as u64)).flatten()
    };
    (known_count > 0).then(|| PlaceTable {
        known_count,
        unknown_count: subject.followers.len() as u64 - known_count,
        in_market: of_market(false),
        authentic_in_market: of_market(true),
        rows,
        others_count,
    })
}

fn share(name: String, count: u64, of_count: u64) -> Option<PlaceShare> {
    let interval = wilson(count, of_count, 0.9)?;
    let share = count as f64 / of_count as f64;
    Some(PlaceShare { name, count, of_count, share, share_low: interval.low(), share_high: interval.high() })
}

fn statement(what: &str, table: &PlaceTable) -> String {
    let said = |share: &PlaceShare| {
        let range = number::percent_range(share.share_low, share.share_high);
        format!("{} (90 % interval {range}, n = {})", number::percent(share.share), number::count(share.of_count))
    };
    let unknown = match table.unknown_count {
        0 => String::new(),
        n => format!(" Of {} more the {what} is not in the data.", number::count(n)),
    };
    match (&table.in_market, &table.authentic_in_market) {
        (Some(all), Some(authentic)) => {
            format!(
                "{} of the followers with a known {what} are of the market asked about ({}); of those whom the model does not call fake {}.{unknown}",
                said(all),
                all.name,
                said(authentic)
            )
        }
        (Some(all), None) => {
            format!("{} of the followers with a known {what} are of the market asked about ({}).{unknown}", said(all), all.name)
        }
        _ => {
            let most = table.rows.first().map(|row| format!("{} {}", row.name, said(row))).unwrap_or_default();
            format!("The most frequent {what} of followers is {most}.{unknown}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_carry_their_interval_and_number() {
        // Wilson, z = 1.644854: 30 of 40 from .6240 to .8443 (by hand: centre .7342, half width .1101).
        let found = share("de".into(), 30, 40).unwrap();
        assert!((found.share_low - 0.624_0).abs() < 5e-5 && (found.share_high - 0.844_3).abs() < 5e-4, "{found:?}");
        assert_eq!(share("de".into(), 0, 0), None);
    }
}
