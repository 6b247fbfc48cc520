//! Area under the precision–recall curve, as a sum of steps.

use crate::domain::Label;

/// AP = Σ (R_k − R_(k−1)) P_k over the distinct scores from the highest down: the precision that one meets on the way to all fakes.
///
/// # Missing
/// `None` without a fake, or if a score is NaN.
///
/// # Panics
/// If the slices differ in length.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Without interpolation: Davis and Goadrich, *The relationship between precision–recall and ROC curves*, 2006.
///
/// # Examples
/// ```
/// use bonafide::domain::Label::{Fake, Genuine};
/// use bonafide::statistics::average_precision;
/// assert_eq!(average_precision(&[0.9, 0.8, 0.1], &[Fake, Genuine, Fake]), Some(0.5 + 0.5 * 2.0 / 3.0));
/// ```
pub fn average_precision(scores: &[f64], labels: &[Label]) -> Option<f64> {
    assert_eq!(scores.len(), labels.len(), "one label a score");
    let n_fake = labels.iter().filter(|&&label| label == Label::Fake).count();
    if n_fake == 0 || scores.iter().any(|score| score.is_nan()) {
        return None;
    }
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let (mut called, mut right, mut area) = (0_usize, 0_usize, 0.0);
    for tied in order.chunk_by(|&a, &b| scores[a] == scores[b]) {
        let hits = tied.iter().filter(|&&row| labels[row] == Label::Fake).count();
        called += tied.len();
        right += hits;
        area += hits as f64 / n_fake as f64 * right as f64 / called as f64;
    }
    Some(area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::roc::tests::{LABELS, SCORES};

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.metrics.average_precision_score(y, s)
        let value = average_precision(&SCORES, &LABELS).unwrap();
        assert!((value - 0.767_857_142_857_142_9).abs() < 1e-12, "{value}");
        assert_eq!(average_precision(&[0.5, 0.5], &[Label::Fake, Label::Genuine]), Some(0.5));
    }

    #[test]
    fn is_missing_without_fakes_and_for_nan() {
        assert_eq!(average_precision(&[0.1], &[Label::Genuine]), None);
        assert_eq!(average_precision(&[f64::NAN, 0.1], &[Label::Fake, Label::Genuine]), None);
    }
}
