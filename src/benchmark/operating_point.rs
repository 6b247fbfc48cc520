//! What the model states of a set whose labels it never saw: probabilities, what it abstains on, the fake share.

use super::scored::calibration_error;
use super::settings::EvaluationSettings;
use crate::domain::{Interval, Label, Probability};
use crate::model::AccountPredictions;
use rand::seq::SliceRandom;

/// Most accounts of one set in the pooled figures, so that no set dominates.
const MAX_POOLED: usize = 1_000;
/// A probability that went through log-odds may have lost its last digits.
const ROUNDING: f64 = 1e-12;
const STREAM: u32 = 4;

/// Statements about one set, beside its labels.
#[derive(Debug, Clone)]
pub(super) struct Statements {
    /// Probability of *fake* of each account, given the whole set.
    pub probabilities: Vec<f64>,
    /// Probability without regard to the set.
    pub raw: Vec<f64>,
    /// Whether the model decides.
    pub is_kept: Vec<bool>,
    /// The labels.
    pub labels: Vec<Label>,
}

impl Statements {
    /// What was predicted of some rows.
    pub(super) fn select(predictions: &AccountPredictions, rows: &[usize], labels: &[Label]) -> Self {
        let p = |log_odds: f64| Probability::from_log_odds(log_odds).get();
        Self {
            probabilities: rows.iter().map(|&row| p(predictions.log_odds[row])).collect(),
            raw: rows.iter().map(|&row| p(predictions.decisions[row])).collect(),
            is_kept: rows.iter().map(|&row| !predictions.is_abstained[row]).collect(),
            labels: labels.to_vec(),
        }
    }

    /// The same for some of the accounts, repetitions allowed.
    pub(super) fn drawn(&self, rows: &[usize]) -> Self {
        Self {
            probabilities: rows.iter().map(|&row| self.probabilities[row]).collect(),
            raw: rows.iter().map(|&row| self.raw[row]).collect(),
            is_kept: rows.iter().map(|&row| self.is_kept[row]).collect(),
            labels: rows.iter().map(|&row| self.labels[row]).collect(),
        }
    }

    /// Share of accounts on which the model decides.
    pub(super) fn coverage(&self) -> f64 {
        self.kept().len() as f64 / self.labels.len() as f64
    }

    pub(super) fn kept(&self) -> Vec<usize> {
        (0..self.labels.len()).filter(|&row| self.is_kept[row]).collect()
    }

    /// Calibration error of the accounts that are not abstained on.
    pub(super) fn kept_error(&self) -> Option<f64> {
        let kept = self.drawn(&self.kept());
        calibration_error(&kept.probabilities, &kept.labels)
    }

    /// Calibration error over all accounts.
    pub(super) fn error(&self) -> Option<f64> {
        calibration_error(&self.probabilities, &self.labels)
    }

    /// Calibration error of the probabilities without regard to the set.
    pub(super) fn raw_error(&self) -> Option<f64> {
        calibration_error(&self.raw, &self.labels)
    }

    /// 95 % interval of the calibration error of what is kept.
    pub(super) fn kept_error_interval(&self, settings: &EvaluationSettings) -> Option<Interval> {
        settings.bootstrap().over_rows(self.labels.len(), |rows| self.drawn(rows).kept_error())
    }

    /// Fakes that reach the threshold and that do not, genuine accounts that reach it and that do not.
    pub(super) fn confusion(&self, threshold: f64) -> [usize; 4] {
        let count = |class: Label, reaches: bool| {
            let rows = self.labels.iter().zip(&self.probabilities);
            rows.filter(|&(&label, &p)| label == class && (p >= threshold - ROUNDING) == reaches).count()
        };
        [count(Label::Fake, true), count(Label::Fake, false), count(Label::Genuine, true), count(Label::Genuine, false)]
    }

    /// Precision and recall of calling fake what reaches the threshold.
    pub(super) fn precision_and_recall(&self, threshold: f64) -> (Option<f64>, Option<f64>) {
        let [hit, missed, accused, _] = self.confusion(threshold).map(|count| count as f64);
        ((hit + accused > 0.0).then(|| hit / (hit + accused)), (hit + missed > 0.0).then(|| hit / (hit + missed)))
    }

    /// Several sets as one, at most 1,000 accounts of each.
    pub(super) fn pooled(parts: &[&Self], settings: &EvaluationSettings) -> Self {
        let mut pool = Self { probabilities: Vec::new(), raw: Vec::new(), is_kept: Vec::new(), labels: Vec::new() };
        for (draw, part) in parts.iter().enumerate() {
            let mut rows: Vec<usize> = (0..part.labels.len()).collect();
            rows.shuffle(&mut settings.random(STREAM, draw));
            for &row in rows.iter().take(MAX_POOLED) {
                pool.probabilities.push(part.probabilities[row]);
                pool.raw.push(part.raw[row]);
                pool.is_kept.push(part.is_kept[row]);
                pool.labels.push(part.labels[row]);
            }
        }
        pool
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Fake, Genuine};

    fn four() -> Statements {
        Statements {
            probabilities: vec![0.7, 0.9, 0.2, 0.5],
            raw: vec![0.5; 4],
            is_kept: vec![true, true, true, false],
            labels: vec![Fake, Genuine, Genuine, Fake],
        }
    }

    #[test]
    fn decisions_by_hand() {
        let statements = four();
        assert_eq!(statements.confusion(0.7), [1, 1, 1, 1]);
        assert_eq!(statements.precision_and_recall(0.7), (Some(0.5), Some(0.5)));
        assert_eq!(statements.precision_and_recall(0.95), (None, Some(0.0)), "nothing is called fake");
        assert_eq!(statements.coverage(), 0.75);
        assert_eq!(statements.kept_error(), None, "three accounts are too few");
    }

    #[test]
    fn pooling_takes_no_more_than_a_thousand_of_a_set() {
        let many = four().drawn(&vec![0; 1_500]);
        let pool = Statements::pooled(&[&many, &four()], &EvaluationSettings::quick(1));
        assert_eq!(pool.labels.len(), 1_004);
    }
}
