//! What was measured of the shipped model, read from the page that the evaluation printed, so that no figure is copied.

use serde::{Deserialize, Serialize};

const EVALUATION: &str = include_str!("../../models/account/evaluation.md");
/// The set of followers at their natural share of fakes: what a reader of one audience has before them.
const NATURAL_SET: &str = "srf (whole set)";
const OPERATING_POINT: &str = "Operating point under shift";
const COMPOSITION: &str = "Prevalence by composition";
const FALSE_ACCUSATIONS: &str = "False accusations";

/// Figures that limit what may be read out of a report. Shares in 0..=1, of data sets that were left out of everything fitted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MeasuredAccuracy {
    /// Of the accounts called fake in a set of followers at natural prevalence (SRF 2017), the share that is.
    pub precision: f64,
    /// Of the fakes in it, the share called fake.
    pub recall: f64,
    /// How often the 90 % interval held 0 on audiences of that set without any fake.
    pub coverage_without_fakes: f64,
    /// Largest share of genuine accounts without a biography that were called fake in a set.
    pub accused_without_biography: f64,
    /// The same of genuine accounts with one.
    pub accused_with_biography: f64,
}

impl MeasuredAccuracy {
    /// Of the shipped model; `None` if the page does not hold the figures.
    pub(super) fn of_shipped() -> Option<Self> {
        let accused = |kind: &str| {
            let rates = row(FALSE_ACCUSATIONS, |cells| cells[0] == kind)?.into_iter().filter_map(|(_, cell)| number(&cell));
            rates.reduce(f64::max)
        };
        let point = |heading: &str| cell(OPERATING_POINT, |cells| cells[0] == NATURAL_SET, heading);
        let is_natural = |cells: &[String]| cells[0].starts_with("whole set left out") && cells[1] == NATURAL_SET;
        Some(Self {
            precision: point("precision at p ≥ .7")?,
            recall: point("recall")?,
            coverage_without_fakes: cell(COMPOSITION, is_natural, "coverage at share 0")?,
            accused_without_biography: accused("without a biography")?,
            accused_with_biography: accused("with a biography")?,
        })
    }
}

/// The number in one column of the first row that fits.
fn cell(caption: &str, is_wanted: impl Fn(&[String]) -> bool, heading: &str) -> Option<f64> {
    row(caption, is_wanted)?.into_iter().find(|(name, _)| name == heading).and_then(|(_, cell)| number(&cell))
}

/// The first row that fits of the table under a caption, as pairs of heading and cell.
fn row(caption: &str, is_wanted: impl Fn(&[String]) -> bool) -> Option<Vec<(String, String)>> {
    let text = EVALUATION.replace('\\', "");
    let table = &text[text.find(&format!("**{caption}"))?..];
    let mut lines = table.lines().skip(1).skip_while(|line| line.is_empty()).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let heads = cells(lines.next()?);
    let found = lines.map(cells).find(|cells| cells.len() == heads.len() && is_wanted(cells))?;
    Some(heads.into_iter().zip(found).collect())
}

/// The number that a cell begins with: `.132` of `.132 [.070, .219] of 91`.
fn number(cell: &str) -> Option<f64> {
    cell.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_every_figure() {
        let measured = MeasuredAccuracy::of_shipped().unwrap();
        let shares = [measured.precision, measured.recall, measured.accused_without_biography, measured.accused_with_biography];
        assert!(shares.iter().all(|share| *share > 0.0 && *share < 1.0), "{measured:?}");
        assert!(measured.accused_with_biography < measured.accused_without_biography);
        assert!((0.0..=1.0).contains(&measured.coverage_without_fakes));
    }

    #[test]
    fn a_cell_without_a_number_is_none() {
        assert_eq!(["none called", "not known", "", ".609"].map(number), [None, None, None, Some(0.609)]);
    }
}
