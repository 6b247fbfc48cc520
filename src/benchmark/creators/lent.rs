//! Real parts upon simulated creators: what a source lacks is lent by a simulated creator of the same class.

use crate::benchmark::EvaluationSettings;
use crate::domain::Label;
use crate::model::CreatorRow;
use rand::RngExt;

/// Simulated creators among which the one with the nearest ordered part lends.
const CANDIDATES: usize = 20;
const STREAM: u32 = 81;

/// The rows of real parts with every block that they lack from a simulated creator: of the same class, and of those inflated the nearest in
/// ordered part among twenty drawn. Given the class and the part, blocks are taken to be independent.
pub(super) fn with_lent_blocks(real: &[CreatorRow], simulated: &[CreatorRow], settings: &EvaluationSettings) -> Vec<CreatorRow> {
    let of = |label: Label| -> Vec<&CreatorRow> { simulated.iter().filter(|row| row.label == label).collect() };
    let (fake, genuine) = (of(Label::Fake), of(Label::Genuine));
    let lend = |(place, row): (usize, &CreatorRow)| {
        let mut random = settings.random(STREAM, place);
        let pool = if row.label == Label::Fake { &fake } else { &genuine };
        let drawn: Vec<&CreatorRow> =
            (0..CANDIDATES).filter(|_| !pool.is_empty()).map(|_| pool[random.random_range(0..pool.len())]).collect();
        let distance = |donor: &&&CreatorRow| match (row.strength, donor.strength) {
            (Some(own), Some(other)) => (own.max(0.01).ln() - other.max(0.01).ln()).abs(),
            _ => 0.0,
        };
        let donor = drawn.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let is_lacking = row.values.iter().zip(&donor.values);
        let values = is_lacking.map(|(own, lent)| if own.is_nan() { *lent } else { *own }).collect();
        Some(CreatorRow { values, donor: Some(donor.fold.clone()), ..row.clone() })
    };
    real.iter().enumerate().filter_map(lend).collect()
}
