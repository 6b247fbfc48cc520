//! What all audiences of a platform say together of how its scores are shifted.

use crate::domain::{Dataset, Platform};
use crate::model::SetEvidence;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Creators whose evidence is held at once, 2 kB each.
const EVIDENCE_CHUNK: usize = 4_096;

/// The sum over the creators of each platform, in the order of the creators' names, so that the order of rows does not matter.
///
/// # Cost
/// `of_row` once a creator, on all threads.
pub(super) fn evidence_by_platform(
    dataset: &Dataset,
    of_row: impl Fn(usize) -> SetEvidence + Sync,
) -> BTreeMap<Platform, SetEvidence> {
    let mut rows: Vec<usize> = (0..dataset.creators.len()).collect();
    rows.sort_by_key(|&row| dataset.name(dataset.creators[row].id));
    let mut evidence: BTreeMap<Platform, SetEvidence> = BTreeMap::new();
    for rows in rows.chunks(EVIDENCE_CHUNK) {
        let parts: Vec<SetEvidence> = rows.par_iter().map(|&row| of_row(row)).collect();
        for (&row, part) in rows.iter().zip(&parts) {
            evidence.entry(dataset.creators[row].platform).or_default().add(part);
        }
    }
    evidence
}
