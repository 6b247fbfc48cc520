//! Rank agreement with a vendor.

use crate::benchmark::figure::{count, with_interval};
use crate::benchmark::{EvaluationSettings, EvaluationTable};
use crate::domain::{Platform, Tier};
use crate::signals::{EngagementBands, Peers};
use crate::statistics::rank_correlation;
use crate::tables::reference::RankedCreator;

/// Creators of a row below which no correlation is told.
const MIN_CREATORS: usize = 30;

/// What the vendor says of one creator, and what we can.
struct Pair {
    tier: Tier,
    /// Part of the engagement that the vendor holds for authentic.
    authentic: f64,
    /// Natural logarithm of the engagement rate over the middle one of creators of that size and topic.
    excess: f64,
    rate: f64,
}

/// Spearman's correlation with the part of engagement that HypeAuditor holds for authentic (Instagram, December 2022). Its lists hold averages alone: of all
/// our numbers only the engagement rate can be had from them.
///
/// # Missing
/// No row without the lists.
pub(super) fn agreement(ranked: &[RankedCreator], settings: &EvaluationSettings) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "Agreement with a vendor: Spearman's rank correlation with the part of engagement that HypeAuditor holds for authentic (Instagram lists of December 2022; an estimate of theirs, no truth). Its lists hold averages alone, so that no verdict of ours can be had from them: the engagement rate, and how far it lies above the middle of creators of that size and topic (in logarithms)",
        &["size", "creators", "with the engagement rate", "with the rate over its middle"],
    );
    let pairs: Vec<Pair> = ranked.iter().filter_map(pair).collect();
    let mut rows: Vec<(&str, Vec<&Pair>)> =
        Tier::ALL.iter().map(|tier| (tier.word(), pairs.iter().filter(|pair| pair.tier == *tier).collect())).collect();
    rows.push(("all", pairs.iter().collect()));
    for (name, own) in rows.into_iter().filter(|(_, own)| own.len() >= MIN_CREATORS) {
        let of = |ours: fn(&Pair) -> f64| {
            let correlation = |rows: &[usize]| {
                let theirs: Vec<f64> = rows.iter().map(|&row| own[row].authentic).collect();
                rank_correlation(&theirs, &rows.iter().map(|&row| ours(own[row])).collect::<Vec<_>>())
            };
            let all: Vec<usize> = (0..own.len()).collect();
            with_interval(correlation(&all), settings.bootstrap().over_rows(own.len(), correlation))
        };
        table.push([name.to_owned(), count(own.len()), of(|pair| pair.rate), of(|pair| pair.excess)]);
    }
    table
}

fn pair(creator: &RankedCreator) -> Option<Pair> {
    let (average, authentic) = (creator.engagement.filter(|count| *count > 0)?, creator.authentic?);
    let peers = Peers { platform: creator.platform, followers: Some(creator.followers), category: creator.category.as_deref() };
    let rate = average as f64 / creator.followers as f64;
    let middle = EngagementBands::embedded().ok()?.band("engagement.rate", &peers)?.median;
    let is_instagram = creator.platform == Platform::Instagram;
    let pair = Pair {
        tier: Tier::of(creator.followers),
        authentic: authentic as f64 / average as f64,
        excess: (rate / middle).ln(),
        rate,
    };
    (is_instagram && pair.excess.is_finite()).then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_compared_where_both_sides_say_something() {
        let creator = |i: u64, authentic: Option<u64>| RankedCreator {
            platform: Platform::Instagram,
            followers: 2_000_000,
            category: None,
            likes: None,
            comments: None,
            views: None,
            engagement: Some(10_000 + 1_000 * i),
            authentic,
        };
        // the higher the rate, the lower the vendor's part: −1 by hand
        let mut ranked: Vec<RankedCreator> = (0..40).map(|i| creator(i, Some((10_000 + 1_000 * i) * (90 - i) / 100))).collect();
        ranked.push(creator(50, None));
        let table = agreement(&ranked, &EvaluationSettings::quick(1));
        let all = table.rows.last().unwrap();
        assert_eq!((all[0].as_str(), all[1].as_str()), ("all", "40"));
        assert!(all[2].starts_with("-1.000"), "{all:?}");
        assert!(agreement(&[], &EvaluationSettings::quick(1)).rows.is_empty());
    }
}
