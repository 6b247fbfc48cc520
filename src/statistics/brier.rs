//! Proper scores of probabilities.

use crate::domain::Label;

/// Brier score: mean (p − y)², y = 1 for fake.
///
/// # Missing
/// `None` without cases.
///
/// # Source
/// Brier, *Verification of forecasts expressed in terms of probability*, 1950.
pub fn brier(probabilities: &[f64], labels: &[Label]) -> Option<f64> {
    mean_loss(probabilities, labels, |p, is_fake| (p - f64::from(u8::from(is_fake))).powi(2))
}

/// Log loss: mean −ln p of what happened, with p kept within 1e−15 of its ends.
///
/// # Missing
/// `None` without cases.
pub fn log_loss(probabilities: &[f64], labels: &[Label]) -> Option<f64> {
    const EDGE: f64 = 1e-15;
    mean_loss(probabilities, labels, |p, is_fake| -(if is_fake { p } else { 1.0 - p }).clamp(EDGE, 1.0 - EDGE).ln())
}

fn mean_loss(probabilities: &[f64], labels: &[Label], loss: impl Fn(f64, bool) -> f64) -> Option<f64> {
    let total: f64 = probabilities.iter().zip(labels).map(|(&p, &label)| loss(p, label == Label::Fake)).sum();
    (!probabilities.is_empty()).then(|| total / probabilities.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::roc::tests::{LABELS, SCORES};

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.metrics.brier_score_loss(y, s), log_loss(y, s)
        assert!((brier(&SCORES, &LABELS).unwrap() - 0.1695).abs() < 1e-12);
        assert!((log_loss(&SCORES, &LABELS).unwrap() - 0.490_003_833_656_237_2).abs() < 1e-12);
    }

    #[test]
    fn is_missing_without_cases() {
        assert_eq!((brier(&[], &[]), log_loss(&[], &[])), (None, None));
    }
}
