//! Area under the ROC curve.

use crate::domain::Label;

/// Area under the ROC curve: P(score of a fake > score of a genuine) + ½ P(equal).
///
/// # Missing
/// `None` if either class is absent or a score is NaN.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Hanley and McNeil, *The meaning and use of the area under a receiver operating characteristic curve*, 1982.
///
/// # Examples
/// ```
/// use bonafide::domain::Label::{Fake, Genuine};
/// use bonafide::statistics::auc;
/// assert_eq!(auc(&[0.1, 0.9, 0.5, 0.5], &[Genuine, Fake, Genuine, Fake]), Some(0.875));
/// ```
pub fn auc(scores: &[f64], labels: &[Label]) -> Option<f64> {
    auc_weighted(scores, labels, &vec![1.0; scores.len()])
}

/// The same with a weight of each case.
///
/// # Missing
/// `None` if either class has no weight or a score is NaN.
///
/// # Panics
/// If the slices differ in length.
pub fn auc_weighted(scores: &[f64], labels: &[Label], weights: &[f64]) -> Option<f64> {
    assert!(scores.len() == labels.len() && scores.len() == weights.len(), "one label and weight a score");
    if scores.iter().any(|score| score.is_nan()) {
        return None;
    }
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let (mut wins, mut fake, mut genuine) = (0.0, 0.0, 0.0);
    for tied in order.chunk_by(|&a, &b| scores[a] == scores[b]) {
        let (mut tied_fake, mut tied_genuine) = (0.0, 0.0);
        for &row in tied {
            match labels[row] {
                Label::Fake => tied_fake += weights[row],
                Label::Genuine => tied_genuine += weights[row],
            }
        }
        wins += tied_fake * (genuine + 0.5 * tied_genuine);
        fake += tied_fake;
        genuine += tied_genuine;
    }
    (fake > 0.0 && genuine > 0.0).then(|| wins / (fake * genuine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::roc::tests::{LABELS, SCORES};

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.metrics.roc_auc_score(y, s) and (…, sample_weight=[1,2,1,.5,1,3,1,1,2,1]), scikit-learn 1.x
        let weights = [1.0, 2.0, 1.0, 0.5, 1.0, 3.0, 1.0, 1.0, 2.0, 1.0];
        assert!((auc(&SCORES, &LABELS).unwrap() - 0.791_666_666_666_666_7).abs() < 1e-12);
        assert!((auc_weighted(&SCORES, &LABELS, &weights).unwrap() - 0.740_740_740_740_740_8).abs() < 1e-12);
    }

    #[test]
    fn is_missing_for_one_class_and_for_nan() {
        assert_eq!(auc(&[0.1, 0.2], &[Label::Fake; 2]), None);
        assert_eq!(auc(&[f64::NAN, 0.2], &[Label::Fake, Label::Genuine]), None);
    }

    proptest::proptest! {
        #[test]
        fn ignores_any_increasing_map(scores in proptest::collection::vec(-20_i32..20, 4..40)) {
            let labels: Vec<Label> = (0..scores.len()).map(|i| if i % 3 == 0 { Label::Fake } else { Label::Genuine }).collect();
            let plain: Vec<f64> = scores.iter().map(|&score| f64::from(score)).collect();
            let mapped: Vec<f64> = plain.iter().map(|score| (score / 7.0).exp()).collect();
            proptest::prop_assert_eq!(auc(&plain, &labels), auc(&mapped, &labels));
        }
    }
}
