//! Accounts that a model had not seen: what it said of them, and what they are.

use super::figure::count;
use super::settings::EvaluationSettings;
use crate::domain::{Interval, Label};
use crate::statistics::{auc, debiased_calibration_error};

/// Most bins of equal mass over which calibration is measured.
const MAX_BINS: usize = 15;
/// Fewest accounts in such a bin.
const MIN_PER_BIN: usize = 20;

/// Decision values of accounts that the model was not fitted on, with their labels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scored {
    /// Log-odds before any set was taken into account.
    pub decisions: Vec<f64>,
    /// Labels.
    pub labels: Vec<Label>,
}

impl Scored {
    pub(super) fn len(&self) -> usize {
        self.labels.len()
    }

    pub(super) fn n_fake(&self) -> usize {
        self.labels.iter().filter(|&&label| label == Label::Fake).count()
    }

    /// `1,165 (200)`: accounts, and fakes among them.
    pub(super) fn size(&self) -> String {
        format!("{} ({})", count(self.len()), count(self.n_fake()))
    }

    pub(super) fn fake_share(&self) -> f64 {
        self.n_fake() as f64 / self.len() as f64
    }

    /// Rows of one class.
    pub(super) fn rows_of(&self, class: Label) -> Vec<usize> {
        (0..self.len()).filter(|&row| self.labels[row] == class).collect()
    }

    /// Decision values of one class.
    pub(super) fn decisions_of(&self, class: Label) -> Vec<f64> {
        self.rows_of(class).iter().map(|&row| self.decisions[row]).collect()
    }

    pub(super) fn select(&self, rows: &[usize]) -> Self {
        Self {
            decisions: rows.iter().map(|&row| self.decisions[row]).collect(),
            labels: rows.iter().map(|&row| self.labels[row]).collect(),
        }
    }

    /// Area under the ROC curve with its 95 % interval (resampled within each class).
    pub(super) fn auc(&self, settings: &EvaluationSettings) -> (Option<f64>, Option<Interval>) {
        (
            auc(&self.decisions, &self.labels),
            stratified(&self.labels, settings, |rows| {
                let drawn = self.select(rows);
                auc(&drawn.decisions, &drawn.labels)
            }),
        )
    }
}

/// 95 % interval of a statistic of rows, resampled within each class.
pub(super) fn stratified(
    labels: &[Label],
    settings: &EvaluationSettings,
    statistic: impl Fn(&[usize]) -> Option<f64> + Sync,
) -> Option<Interval> {
    let groups = |class: Label| -> Vec<Vec<usize>> {
        (0..labels.len()).filter(|&row| labels[row] == class).map(|row| vec![row]).collect()
    };
    let (fake, genuine) = (groups(Label::Fake), groups(Label::Genuine));
    settings.bootstrap().over_strata(&[&fake, &genuine], statistic)
}

/// Calibration error over at most 15 bins of equal mass with at least 20 accounts each, sampling error taken off.
///
/// # Missing
/// `None` for fewer than 40 accounts.
pub(super) fn calibration_error(probabilities: &[f64], labels: &[Label]) -> Option<f64> {
    let n_bins = (labels.len() / MIN_PER_BIN).min(MAX_BINS);
    if n_bins < 2 { None } else { debiased_calibration_error(probabilities, labels, n_bins) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Fake, Genuine};

    #[test]
    fn an_interval_holds_its_figure() {
        let decisions = (0..200).map(|i| f64::from(i % 50) + if i < 80 { 12.0 } else { 0.0 }).collect();
        let labels = (0..200).map(|i| if i < 80 { Fake } else { Genuine }).collect();
        let scored = Scored { decisions, labels };
        let (area, interval) = scored.auc(&EvaluationSettings::quick(1));
        assert!(interval.unwrap().contains(area.unwrap()) && interval.unwrap().width() < 0.2);
        assert_eq!(scored.size(), "200 (80)");
    }

    #[test]
    fn honest_probabilities_have_no_error_and_few_cases_none() {
        let labels: Vec<Label> = (0..200).map(|i| if i % 4 == 0 { Fake } else { Genuine }).collect();
        assert!(calibration_error(&[0.25; 200], &labels).unwrap() < 1e-9);
        assert!((calibration_error(&[0.75; 200], &labels).unwrap() - 0.5).abs() < 0.01);
        assert_eq!(calibration_error(&[0.25; 39], &labels[..39]), None);
    }
}
