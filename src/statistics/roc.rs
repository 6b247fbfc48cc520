//! Operating points: what a threshold catches and whom it accuses falsely.

use crate::domain::Label;

/// One operating point: cases with a score of at least `threshold` are called fake.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RocPoint {
    /// The threshold; infinite for the point at which nothing is called fake.
    pub threshold: f64,
    /// Share of fakes called fake.
    pub sensitivity: f64,
    /// Share of genuine ones not called fake.
    pub specificity: f64,
}

/// Every operating point, from "nothing is fake" to "everything is".
///
/// # Shape
/// One point a distinct score, plus the first.
///
/// # Missing
/// Empty if either class is absent or a score is NaN.
///
/// # Cost
/// O(n log n).
pub fn roc(scores: &[f64], labels: &[Label]) -> Vec<RocPoint> {
    let fake = labels.iter().filter(|&&label| label == Label::Fake).count();
    let genuine = labels.len() - fake;
    if fake == 0 || genuine == 0 || scores.iter().any(|score| score.is_nan()) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let mut points = vec![RocPoint { threshold: f64::INFINITY, sensitivity: 0.0, specificity: 1.0 }];
    let (mut caught, mut accused) = (0_usize, 0_usize);
    for tied in order.chunk_by(|&a, &b| scores[a] == scores[b]) {
        let tied_fake = tied.iter().filter(|&&row| labels[row] == Label::Fake).count();
        caught += tied_fake;
        accused += tied.len() - tied_fake;
        points.push(RocPoint {
            threshold: scores[tied[0]],
            sensitivity: caught as f64 / fake as f64,
            specificity: 1.0 - accused as f64 / genuine as f64,
        });
    }
    points
}

/// The most sensitive operating point whose specificity is at least the one asked for.
///
/// # Missing
/// `None` if either class is absent.
pub fn sensitivity_at_specificity(scores: &[f64], labels: &[Label], specificity: f64) -> Option<RocPoint> {
    const ROUNDING: f64 = 1e-12;
    roc(scores, labels).into_iter().rfind(|point| point.specificity >= specificity - ROUNDING)
}

/// Share of cases on the right side of a threshold.
///
/// # Missing
/// `None` without cases.
pub fn accuracy(scores: &[f64], labels: &[Label], threshold: f64) -> Option<f64> {
    let right = scores.iter().zip(labels).filter(|&(&score, &label)| (score >= threshold) == (label == Label::Fake)).count();
    (!scores.is_empty()).then(|| right as f64 / scores.len() as f64)
}

/// Mean of sensitivity and specificity at a threshold.
///
/// # Missing
/// `None` if either class is absent.
pub fn balanced_accuracy(scores: &[f64], labels: &[Label], threshold: f64) -> Option<f64> {
    let share = |class: Label| {
        let of_class = || scores.iter().zip(labels).filter(move |&(_, &label)| label == class);
        let right = of_class().filter(|&(&score, _)| (score >= threshold) == (class == Label::Fake)).count();
        let all = of_class().count();
        (all > 0).then(|| right as f64 / all as f64)
    };
    Some((share(Label::Fake)? + share(Label::Genuine)?) / 2.0)
}

/// The highest accuracy that any threshold reaches on these very cases, with that threshold.
/// It knows the labels: an upper bound for comparison, never a figure of field accuracy.
///
/// # Missing
/// `None` if either class is absent.
pub fn best_accuracy(scores: &[f64], labels: &[Label]) -> Option<(f64, f64)> {
    let fake = labels.iter().filter(|&&label| label == Label::Fake).count() as f64;
    let genuine = labels.len() as f64 - fake;
    let right = |point: &RocPoint| (point.sensitivity * fake + point.specificity * genuine) / (fake + genuine);
    roc(scores, labels)
        .iter()
        .map(|point| (right(point), point.threshold))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use Label::{Fake, Genuine};

    pub(in crate::statistics) const SCORES: [f64; 10] = [0.1, 0.4, 0.35, 0.8, 0.4, 0.7, 0.2, 0.4, 0.9, 0.05];
    pub(in crate::statistics) const LABELS: [Label; 10] =
        [Genuine, Genuine, Fake, Fake, Fake, Genuine, Genuine, Genuine, Fake, Genuine];

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.metrics.roc_curve(y, s, drop_intermediate=False)
        let fpr = [0.0, 0.0, 0.0, 1.0 / 6.0, 0.5, 0.5, 4.0 / 6.0, 5.0 / 6.0, 1.0];
        let tpr = [0.0, 0.25, 0.5, 0.5, 0.75, 1.0, 1.0, 1.0, 1.0];
        let thresholds = [f64::INFINITY, 0.9, 0.8, 0.7, 0.4, 0.35, 0.2, 0.1, 0.05];
        let points = roc(&SCORES, &LABELS);
        assert_eq!(points.len(), 9);
        for (index, point) in points.iter().enumerate() {
            assert_eq!(point.threshold, thresholds[index]);
            assert!((point.sensitivity - tpr[index]).abs() < 1e-12 && (1.0 - point.specificity - fpr[index]).abs() < 1e-12);
        }
    }

    #[test]
    fn finds_the_most_sensitive_point_of_a_specificity() {
        let point = sensitivity_at_specificity(&SCORES, &LABELS, 5.0 / 6.0).unwrap();
        assert_eq!((point.threshold, point.sensitivity), (0.7, 0.5));
        assert_eq!(sensitivity_at_specificity(&SCORES, &LABELS, 0.5).unwrap().sensitivity, 1.0);
    }

    #[test]
    fn counts_what_is_right_at_a_threshold() {
        assert_eq!(accuracy(&SCORES, &LABELS, 0.75), Some(0.8));
        assert_eq!(balanced_accuracy(&SCORES, &LABELS, 0.75), Some(0.75));
        assert_eq!(best_accuracy(&SCORES, &LABELS), Some((0.8, 0.8)));
        assert_eq!(accuracy(&[], &[], 0.5), None);
    }
}
