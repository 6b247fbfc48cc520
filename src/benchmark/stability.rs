//! Two disjoint samples of one audience: do they say the same?

use super::composition::open_design;
use super::scored::Scored;
use super::settings::EvaluationSettings;
use crate::domain::Interval;
use crate::scoring::PrevalenceEstimator;
use rand::seq::SliceRandom;
use rayon::prelude::*;

const STREAM: u32 = 6;

/// Estimate and interval of both samples.
type Pair = [(f64, Interval); 2];

/// What pairs of samples gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stability {
    /// Accounts in each sample.
    pub size: usize,
    /// Share of pairs whose intervals overlap.
    pub overlap: f64,
    /// Mean width of the intervals.
    pub width: f64,
    /// Mean distance of the two estimates.
    pub distance: f64,
}

impl Stability {
    /// Draws pairs of disjoint samples of `size` accounts each, without replacement.
    ///
    /// # Missing
    /// `None` if the set does not hold two such samples.
    pub(super) fn of(
        scored: &Scored,
        size: usize,
        estimator: &PrevalenceEstimator,
        settings: &EvaluationSettings,
    ) -> Option<Self> {
        if size == 0 || 2 * size > scored.len() {
            return None;
        }
        let pairs: Vec<Pair> = (0..settings.n_pairs as usize)
            .into_par_iter()
            .filter_map(|draw| {
                let mut decisions = scored.decisions.clone();
                decisions.shuffle(&mut settings.random(STREAM, draw));
                let estimate = |sample: &[f64]| {
                    let estimate = estimator.estimate(sample, &open_design(&[]))?.estimate;
                    Some((estimate.share, estimate.interval))
                };
                Some([estimate(&decisions[..size])?, estimate(&decisions[size..2 * size])?])
            })
            .collect();
        let n = pairs.len() as f64;
        let sum = |of: &dyn Fn(&Pair) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        Some(Self {
            size,
            overlap: sum(&|[(_, a), (_, b)]| f64::from(u8::from(a.low() <= b.high() && b.low() <= a.high()))),
            width: sum(&|[(_, a), (_, b)]| f64::midpoint(a.width(), b.width())),
            distance: sum(&|[(a, _), (b, _)]| (a - b).abs()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Label;
    use crate::model::{HeldOutScores, PrevalenceCalibration};

    #[test]
    fn samples_of_one_audience_agree_and_too_large_ones_are_refused() {
        let decisions: Vec<f64> = (0..120).map(|i| f64::from(i % 60) / 30.0 + if i < 60 { 2.0 } else { -4.0 }).collect();
        let is_fake: Vec<bool> = (0..120).map(|i| i < 60).collect();
        let held_out = HeldOutScores { name: "known", decisions: &decisions, is_fake: &is_fake };
        let estimator = PrevalenceEstimator::new(PrevalenceCalibration::fit(&[held_out], 1.0, 100.0).unwrap()).unwrap();
        let labels = is_fake.iter().map(|&fake| if fake { Label::Fake } else { Label::Genuine }).collect();
        let scored = Scored { decisions, labels };
        let settings = EvaluationSettings { n_pairs: 8, ..EvaluationSettings::quick(1) };
        let stability = Stability::of(&scored, 60, &estimator, &settings).unwrap();
        assert!(stability.overlap > 0.8 && stability.distance < 0.2, "{stability:?}");
        assert_eq!(Stability::of(&scored, 61, &estimator, &settings), None);
    }
}
