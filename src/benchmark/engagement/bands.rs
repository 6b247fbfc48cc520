//! Whether bands hold creators that they were not fitted on.

use super::share_of;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::signals::{BAND_LEVELS, BandPiece};
use crate::statistics::grouped_folds;
use crate::tables::reference::EngagementData;
use crate::training::{BandCase, BandSample, band_samples, fit_piece};

/// Folds of the creators of a sample.
const FOLDS: usize = 5;

/// One row a band: creators left out that lie below, within and above.
pub(super) fn coverage(data: &EngagementData, seed: u64) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "Bands of 90 % by size, each fitted on four fifths of the creators and held against the other fifth: nine in ten should lie within",
        &["signal", "platform", "source", "followers", "creators", "below", "within", "above"],
    );
    for sample in band_samples(data) {
        let [below, within, above] = held_out(&sample, seed);
        let all = below + within + above;
        let sizes = fit_piece(&sample).map(|piece| piece.followers).unwrap_or_default();
        table.push([
            sample.signal.to_owned(),
            sample.platform.to_string(),
            sample.source.split([' ', ':', ',']).find(|word| word.contains('_') || *word == "instafake").unwrap_or("").to_owned(),
            format!("{} to {}", count(sizes[0] as usize), count(sizes[1] as usize)),
            count(all),
            share_of(below, all),
            share_of(within, all),
            share_of(above, all),
        ]);
    }
    table
}

fn held_out(sample: &BandSample, seed: u64) -> [usize; 3] {
    let groups: Vec<u64> = (0..sample.cases.len() as u64).collect();
    let mut counts = [0; 3];
    let folds = grouped_folds(&groups, FOLDS, seed);
    for fold in 0..FOLDS {
        let rows = |is_test: bool| (0..folds.len()).filter(|&row| (folds[row] == fold) == is_test).collect::<Vec<_>>();
        let train = rows(false).into_iter().map(|row| sample.cases[row].clone()).collect();
        let Some(piece) = fit_piece(&BandSample { cases: train, ..sample.clone() }) else { continue };
        for row in rows(true) {
            if let Some(place) = place(&piece, &sample.cases[row]) {
                counts[place] += 1;
            }
        }
    }
    counts
}

/// 0 below, 1 within, 2 above; none where the band does not hold for the size.
fn place(piece: &BandPiece, case: &BandCase) -> Option<usize> {
    let at = |level: f64| BAND_LEVELS.iter().position(|own| *own == level).map(|place| piece.lines[place]);
    let height = |line: [f64; 2]| line[0] + line[1] * (case.followers as f64).ln();
    let value = if piece.is_log { case.value.ln() } else { case.value };
    let is_inside = (piece.followers[0]..=piece.followers[1]).contains(&case.followers);
    let (low, high) = (height(at(0.05)?), height(at(0.95)?));
    is_inside.then_some(if value < low.min(high) {
        0
    } else if value > high.max(low) {
        2
    } else {
        1
    })
}
