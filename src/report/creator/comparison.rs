//! A creator beside those of the same size in the same dataset.

use super::Subject;
use crate::domain::Creator;
use crate::report::number;
use crate::scoring::CreatorScore;
use serde::Serialize;

/// Fewest creators of one tier that make a comparison, this one included.
const FEWEST: usize = 3;
/// Most creators listed; beyond it the nearest on either side.
const N_ROWS: usize = 21;

/// Creators of the same tier, by fake share of the audience.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonSection {
    /// The tier.
    pub tier: &'static str,
    /// Where this one stands, in a sentence.
    pub statement: String,
    /// Creators of the tier with a measured share, this one included.
    pub creators_count: u64,
    /// Place of this one, 1 for the smallest fake share.
    pub rank: u64,
    /// Median fake share of the others.
    pub others_median_share: f64,
    /// At most 21 creators around this one, smallest fake share first.
    pub rows: Vec<ComparisonRow>,
}

/// One creator of a [`ComparisonSection`].
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonRow {
    /// Id in the dataset.
    pub creator_id: String,
    /// Handle.
    pub handle: Option<String>,
    /// Platform.
    pub platform: &'static str,
    /// Fake share of the audience.
    pub share: f64,
    /// Lower end of its 90 % interval.
    pub share_low: f64,
    /// Upper end of its 90 % interval.
    pub share_high: f64,
    /// Accounts that it rests on.
    pub sample_count: u64,
    /// Whether it is the creator of this report.
    pub is_subject: bool,
}

pub(super) fn assemble(subject: &Subject<'_>) -> Option<ComparisonSection> {
    let tier = subject.score.tier?;
    subject.score.audience_fake?;
    let dataset = subject.source.dataset;
    let scored = dataset.creators.iter().zip(&subject.source.audit.creators);
    let of_tier = scored.filter(|(_, score)| score.tier == Some(tier));
    let mut rows: Vec<ComparisonRow> = of_tier.filter_map(|(creator, score)| row(subject, creator, score)).collect();
    if rows.len() < FEWEST {
        return None;
    }
    rows.sort_by(|a, b| a.share.total_cmp(&b.share).then_with(|| a.creator_id.cmp(&b.creator_id)));
    let others: Vec<f64> = rows.iter().filter(|row| !row.is_subject).map(|row| row.share).collect();
    let place = rows.iter().position(|row| row.is_subject)?;
    let creators_count = rows.len() as u64;
    let first = place.saturating_sub(N_ROWS / 2).min(rows.len().saturating_sub(N_ROWS));
    let others_median_share = median(&others);
    Some(ComparisonSection {
        tier: tier.word(),
        statement: statement(tier.word(), &rows, place, others_median_share),
        creators_count,
        rank: place as u64 + 1,
        others_median_share,
        rows: rows.into_iter().skip(first).take(N_ROWS).collect(),
    })
}

fn statement(tier: &str, rows: &[ComparisonRow], place: usize, median: f64) -> String {
    let subject = &rows[place];
    let others = rows.iter().filter(|row| !row.is_subject);
    let (below, above) = others.fold((0, 0), |(below, above), row| {
        (below + u32::from(row.share_high < subject.share_low), above + u32::from(row.share_low > subject.share_high))
    });
    format!(
        "{} against a median of {} among the other {} {tier} creators in the data; its interval lies wholly above that of {below} and below that of {above} of them.",
        number::percent(subject.share),
        number::percent(median),
        rows.len() - 1,
    )
}

fn row(subject: &Subject<'_>, creator: &Creator, score: &CreatorScore) -> Option<ComparisonRow> {
    let dataset = subject.source.dataset;
    let estimate = score.audience_fake?;
    Some(ComparisonRow {
        creator_id: dataset.name(score.id).to_owned(),
        handle: dataset.accounts.handle.get(score.id.index()).map(str::to_owned),
        platform: creator.platform.word(),
        share: estimate.share,
        share_low: estimate.interval.low(),
        share_high: estimate.interval.high(),
        sample_count: estimate.sample_count,
        is_subject: score.id == subject.creator.id,
    })
}

/// Of ascending values; there is at least one.
fn median(ascending: &[f64]) -> f64 {
    let middle = ascending.len() / 2;
    if ascending.len().is_multiple_of(2) { f64::midpoint(ascending[middle - 1], ascending[middle]) } else { ascending[middle] }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn takes_the_mean_of_two_middle_values() {
        assert_eq!((median(&[0.1, 0.2, 0.9]), median(&[0.1, 0.3])), (0.2, 0.2));
    }
}
