//! The fake share of an audience from the scores of a sample of it.

use super::finite_population::for_population;
use crate::domain::{Interval, Probability, Sampling, ShareEstimate};
use crate::error::Result;
use crate::model::{PrevalenceCalibration, ScoreProbability, SetEvidence, ShareGrid};

/// Shift of a set's scores, in standard deviations between datasets, beyond which it counts as unlike the training data.
pub const UNLIKE_SHIFT_SDS: f64 = 2.0;

/// Measured accounts from which an audience says something of its set's shift: below, its scores are mostly chance.
const MIN_EVIDENCE_COUNT: usize = 30;

/// Estimates shares; made once for a dataset, used for every creator.
#[derive(Debug)]
pub struct PrevalenceEstimator {
    calibration: PrevalenceCalibration,
    grid: ShareGrid,
}

/// What the scores of one audience say.
#[derive(Debug, Clone, PartialEq)]
pub struct Prevalence {
    /// Share of fakes with its 90 % interval; speaks of the population that the design allows to speak of.
    pub estimate: ShareEstimate,
    /// How far the audience's scores are shifted against the calibration, in log-odds.
    pub shift: f64,
    /// Whether that is further than datasets commonly are.
    pub is_unlike_training: bool,
}

/// How an audience was sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleDesign {
    /// The dataset's sampling of follows, or of engagements.
    pub sampling: Sampling,
    /// Unique accounts listed.
    pub listed_count: u64,
    /// Followers as the platform counts them; of engagers no platform tells how many accounts they are.
    pub followers: Option<u64>,
    /// Whether the typical profile lacks so many of the model's fields that its scores are drawn together
    /// ([`MIN_COMPLETE_SIGNALS`](crate::model::MIN_COMPLETE_SIGNALS)).
    pub is_incomplete: bool,
}

impl SampleDesign {
    /// How many accounts the estimate speaks of; `None` where they are too many or not known, so that the sample is as
    /// if drawn from a population without end.
    ///
    /// Complete: the listed ones. Newest first: likewise, since nothing may be said of the others. Random: the
    /// followers. Unknown: none, unless the list holds as many as the platform counts.
    pub fn population(&self) -> Option<u64> {
        match self.sampling {
            Sampling::Complete | Sampling::NewestFirst => Some(self.listed_count),
            Sampling::Random => self.followers.map(|count| count.max(self.listed_count)),
            Sampling::Unknown => self.followers.filter(|count| *count <= self.listed_count).map(|_| self.listed_count),
        }
    }

    /// Whether the estimate may be carried over to followers that are not listed.
    pub fn allows_extrapolation(&self) -> bool {
        self.sampling != Sampling::NewestFirst
    }
}

impl PrevalenceEstimator {
    /// Prepares the calibration's tables.
    ///
    /// # Errors
    /// `Malformed` if the calibration holds no template.
    pub fn new(calibration: PrevalenceCalibration) -> Result<Self> {
        let grid = ShareGrid::new(&calibration)?;
        Ok(Self { calibration, grid })
    }

    /// Share of fakes from the decision values of the sampled accounts with a measured profile.
    ///
    /// The posterior over share, shift and template holds sampling error, classifier error and calibration error at
    /// once: how far scores of a new dataset move is learnt from datasets left out of training, and beyond the
    /// calibration's effective sample more accounts narrow nothing. Where the population is known, its sampling error
    /// (and nothing else) is corrected for the part seen. The calibration's margins are in both ends. Where profiles lack many fields, scores lie closer together than the
    /// calibration's: the interval then also takes in the mean of the uncalibrated probabilities. Accounts that the model abstains on are in: their likelihood ratio is near 1,
    /// so they widen the interval by themselves.
    ///
    /// # Missing
    /// `None` without decision values.
    ///
    /// # Cost
    /// One pass over the calibration's tables, some milliseconds. Independent of the order of the values.
    ///
    /// # Source
    /// Saerens, Latinne and Decaestecker 2002 (mixture); Cochran, *Sampling Techniques*, 1977, ch. 2 (finite population).
    pub fn estimate(&self, decisions: &[f64], design: &SampleDesign) -> Option<Prevalence> {
        self.estimate_among(decisions, design, &SetEvidence::default())
    }

    /// As [`PrevalenceEstimator::estimate`], for one of several audiences of a platform: how their scores are shifted
    /// is learnt from all of them ([`PrevalenceEstimator::evidence`]), each keeps its own share. Audiences with
    /// different shares tell a shift from a share, which one alone hardly can.
    pub fn estimate_among(&self, decisions: &[f64], design: &SampleDesign, set: &SetEvidence) -> Option<Prevalence> {
        self.estimate_part(decisions, decisions, design, set)
    }

    /// The same for a part of an audience; `all` is the whole of it, which is in the set.
    pub fn estimate_part(&self, decisions: &[f64], all: &[f64], design: &SampleDesign, set: &SetEvidence) -> Option<Prevalence> {
        if decisions.is_empty() {
            return None;
        }
        let others = set.without(&self.evidence(all, design));
        let sample: Vec<(f64, f64)> = decisions.iter().map(|&decision| (decision, 1.0)).collect();
        self.estimate_weighted(&sample, design, &others)
    }

    /// The share of fakes by weight, such as among actions of accounts that act more or less often: the sample counts as one of (Σw)²/Σw² accounts, each with
    /// w/Σw of it.
    ///
    /// # Shape
    /// `sample`: decision value and weight (above 0, finite) of each account; `others`: evidence of other audiences alone. Where the design tells a population,
    /// its count is in accounts of the effective sample.
    ///
    /// # Missing
    /// `None` without an account.
    ///
    /// # Source
    /// Kish, *Survey Sampling*, 1965, section 11.7, for the effective sample.
    pub fn estimate_weighted(&self, sample: &[(f64, f64)], design: &SampleDesign, others: &SetEvidence) -> Option<Prevalence> {
        let mut sample = sample.to_vec();
        sample.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let effective = effective_count(sample.iter().map(|of| of.1))?;
        let each = effective / sample.iter().map(|of| of.1).sum::<f64>();
        let histogram = self.calibration.weighted_histogram(sample.iter().map(|&(decision, weight)| (decision, each * weight)));
        let posterior = self.grid.posterior_among(&histogram, others, false);
        let n = effective.round() as u64;
        let share = posterior.mean_share();
        let interval = holding(posterior.interval(), share);
        let interval = design.population().map_or(interval, |count| for_population(interval, share, n, count));
        let interval = if design.is_incomplete { hull(interval, &sample) } else { interval };
        let shift = posterior.mean_shift();
        let is_unlike_training = shift.abs() > UNLIKE_SHIFT_SDS * self.calibration.shift_sd;
        let estimate = ShareEstimate { share, interval, sample_count: sample.len() as u64 };
        Some(Prevalence { estimate, shift, is_unlike_training })
    }

    /// What an audience adds to the evidence of its set; nothing if it is small or its profiles lack fields.
    pub fn evidence(&self, decisions: &[f64], design: &SampleDesign) -> SetEvidence {
        if !tells_of_shift(decisions.len(), design) {
            return SetEvidence::default();
        }
        self.grid.evidence(&self.histogram(decisions))
    }

    /// Probability of *fake* of each account, given the whole set.
    pub fn account_probabilities(&self, decisions: &[f64]) -> Vec<ScoreProbability> {
        let posterior = self.grid.posterior(&self.histogram(decisions));
        let curve = posterior.probabilities();
        decisions.iter().map(|&decision| posterior.probability_at(&curve, decision)).collect()
    }

    /// Sorted first, so that sums do not depend on the order of the accounts.
    fn histogram(&self, decisions: &[f64]) -> Vec<f64> {
        let mut sorted = decisions.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        self.calibration.histogram(sorted)
    }

    /// The tables, for what is derived from the same posterior.
    pub(super) fn grid(&self) -> &ShareGrid {
        &self.grid
    }
}

/// Whether an audience is part of its set's evidence.
fn tells_of_shift(n_measured: usize, design: &SampleDesign) -> bool {
    n_measured >= MIN_EVIDENCE_COUNT && !design.is_incomplete
}

/// Accounts of one weight that tell as much as these do: (Σw)²/Σw²; `None` without any.
pub(super) fn effective_count(weights: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    (squares > 0.0).then(|| sum * sum / squares)
}

/// The interval, stretched to the mean of the uncalibrated probabilities.
fn hull(interval: Interval, sample: &[(f64, f64)]) -> Interval {
    let all: f64 = sample.iter().map(|of| of.1).sum();
    let sum: f64 = sample.iter().map(|&(decision, weight)| weight * Probability::from_log_odds(decision).get()).sum();
    holding(interval, (sum / all).clamp(0.0, 1.0))
}

/// The interval, stretched to its point estimate: a posterior mean may lie outside a skewed interval.
fn holding(interval: Interval, share: f64) -> Interval {
    Interval::new(interval.low().min(share), interval.high().max(share)).unwrap_or(interval)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{HeldOutScores, ScoreTemplate};
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, Normal};
    use rayon::prelude::*;

    const ENDLESS: SampleDesign =
        SampleDesign { sampling: Sampling::Random, listed_count: 100, followers: None, is_incomplete: false };

    /// Two scores only: a fake one scores 3 or (with 20 %) −3, a genuine one the other way round.
    fn two_scores() -> PrevalenceEstimator {
        let template = ScoreTemplate { name: "pooled".into(), fake: vec![0.2, 0.8], genuine: vec![0.8, 0.2] };
        let calibration = PrevalenceCalibration {
            start: -3.0,
            step: 6.0,
            templates: vec![template],
            shift_sd: 1e-3,
            effective_sample_count: 1_000.0,
            share_prior: [1.0, 1.0],
            interval_margins: [0.0, 0.0],
        };
        PrevalenceEstimator::new(calibration).unwrap()
    }

    /// Decision values of `n_fake` accounts around `shift` + 2.5 and `n_genuine` around `shift` − 2.5.
    fn scores(rng: &mut ChaCha8Rng, n_fake: usize, n_genuine: usize, shift: f64) -> Vec<f64> {
        let (fake, genuine) = (Normal::new(shift + 2.5, 1.6).unwrap(), Normal::new(shift - 2.5, 1.3).unwrap());
        let mut values: Vec<f64> = (0..n_fake).map(|_| fake.sample(rng)).collect();
        values.extend((0..n_genuine).map(|_| genuine.sample(rng)));
        values
    }

    /// Fitted on three datasets of normal scores with shifts of −0.5, 0 and 0.5.
    fn normal_scores() -> PrevalenceEstimator {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let is_fake: Vec<bool> = (0..600).map(|i| i < 300).collect();
        let sets: Vec<Vec<f64>> = [-0.5, 0.0, 0.5].iter().map(|&shift| scores(&mut rng, 300, 300, shift)).collect();
        let held_out: Vec<HeldOutScores<'_>> =
            sets.iter().map(|decisions| HeldOutScores { name: "normal", decisions, is_fake: &is_fake }).collect();
        let mut calibration = PrevalenceCalibration::fit(&held_out, 0.5, 100.0).unwrap();
        calibration.templates.truncate(1);
        PrevalenceEstimator::new(calibration).unwrap()
    }

    fn interval_of(estimator: &PrevalenceEstimator, decisions: &[f64], design: &SampleDesign) -> Interval {
        estimator.estimate(decisions, design).unwrap().estimate.interval
    }

    #[test]
    fn agrees_with_rogan_and_gladen_where_scores_have_two_values() {
        // 620 of 1,000 score high: (0.62 − 0.2)/(0.8 − 0.2) = 0.70, sd = sqrt(.62 × .38 / 1000)/.6 = 0.0256.
        let decisions: Vec<f64> = (0..1_000).map(|i| if i < 620 { 3.0 } else { -3.0 }).collect();
        let estimate = two_scores().estimate(&decisions, &ENDLESS).unwrap().estimate;
        assert!((estimate.share - 0.70).abs() < 0.003, "{estimate:?}");
        assert!((estimate.interval.low() - (0.70 - 1.645 * 0.0256)).abs() < 0.004, "{estimate:?}");
        assert!((estimate.interval.high() - (0.70 + 1.645 * 0.0256)).abs() < 0.004, "{estimate:?}");
        assert_eq!(estimate.sample_count, 1_000);
    }

    #[test]
    fn weights_are_those_of_a_sample_of_the_effective_size() {
        // 30 accounts of weight 3 at 3 and 10 of weight 1 at −3: 90 % of the weight; Kish: (90 + 10)²/(30 · 9 + 10) = 35.714 accounts, of which 32.143 are high.
        let sample: Vec<(f64, f64)> = (0..40).map(|i| if i < 30 { (3.0, 3.0) } else { (-3.0, 1.0) }).collect();
        assert!((effective_count(sample.iter().map(|of| of.1)).unwrap() - 35.714_285_7).abs() < 1e-6);
        let estimator = two_scores();
        let weighted = estimator.estimate_weighted(&sample, &ENDLESS, &SetEvidence::default()).unwrap().estimate;
        let posterior = estimator.grid().posterior(&[3.571_428_571, 32.142_857_143]);
        assert!((weighted.share - posterior.mean_share()).abs() < 1e-6, "{weighted:?}");
        assert!((weighted.interval.low() - posterior.interval().low()).abs() < 1e-6);
        assert_eq!(weighted.sample_count, 40);
        assert!(estimator.estimate_weighted(&[], &ENDLESS, &SetEvidence::default()).is_none());
    }

    #[test]
    fn has_no_estimate_without_scores() {
        assert!(two_scores().estimate(&[], &ENDLESS).is_none());
    }

    #[test]
    fn a_seen_population_leaves_only_the_classifiers_error() {
        let decisions: Vec<f64> = (0..100).map(|i| if i < 62 { 3.0 } else { -3.0 }).collect();
        let estimator = two_scores();
        let endless = interval_of(&estimator, &decisions, &ENDLESS).width();
        let half = SampleDesign { followers: Some(200), ..ENDLESS };
        let whole = SampleDesign { sampling: Sampling::Complete, ..ENDLESS };
        let newest = SampleDesign { sampling: Sampling::NewestFirst, followers: Some(1_000_000), ..ENDLESS };
        let (half, whole, newest) = (
            interval_of(&estimator, &decisions, &half).width(),
            interval_of(&estimator, &decisions, &whole).width(),
            interval_of(&estimator, &decisions, &newest).width(),
        );
        assert!(whole < half && half < endless, "{whole} {half} {endless}");
        assert_eq!(whole, newest);
        assert!(whole > 0.05);
    }

    #[test]
    fn a_smaller_sample_has_a_wider_interval() {
        let estimator = two_scores();
        let widths: Vec<f64> = [10_usize, 50, 200, 1_000]
            .iter()
            .map(|&n| {
                let decisions: Vec<f64> = (0..n).map(|i| if i < n * 4 / 10 { 3.0 } else { -3.0 }).collect();
                interval_of(&estimator, &decisions, &ENDLESS).width()
            })
            .collect();
        assert!(widths.windows(2).all(|pair| pair[0] > pair[1]), "{widths:?}");
    }

    #[test]
    fn notices_an_audience_unlike_the_calibration() {
        let estimator = normal_scores();
        let mut rng = ChaCha8Rng::seed_from_u64(4);
        let alike = estimator.estimate(&scores(&mut rng, 30, 70, 0.0), &ENDLESS).unwrap();
        let unlike = estimator.estimate(&scores(&mut rng, 30, 70, 2.5), &ENDLESS).unwrap();
        assert!(!alike.is_unlike_training && unlike.is_unlike_training, "{} {}", alike.shift, unlike.shift);
    }

    #[test]
    fn incomplete_profiles_widen_the_interval() {
        let decisions: Vec<f64> = (0..200).map(|i| if i < 40 { 3.0 } else { -3.0 }).collect();
        let estimator = two_scores();
        let whole = interval_of(&estimator, &decisions, &ENDLESS);
        let incomplete = interval_of(&estimator, &decisions, &SampleDesign { is_incomplete: true, ..ENDLESS });
        // Mean of 1/(1 + e^∓3) over a fifth and four fifths: 0.2 × 0.9526 + 0.8 × 0.0474 = 0.2284.
        assert!(incomplete.contains(0.2284) && incomplete.contains(whole.low()) && incomplete.contains(whole.high()));
        assert!(!whole.contains(0.2284));
    }

    #[test]
    fn nine_intervals_in_ten_hold_the_population_share() {
        let estimator = normal_scores();
        let between_datasets = Normal::new(0.0, 0.5).unwrap();
        let results: Vec<(bool, f64)> = (0..80_u64)
            .into_par_iter()
            .map(|audience| {
                let mut rng = ChaCha8Rng::seed_from_u64(100 + audience);
                let (share, n) = ([0.0, 0.1, 0.3, 0.6][audience as usize % 4], 200);
                let n_fake = (0..n).filter(|_| rng.random_bool(share)).count();
                let shift = between_datasets.sample(&mut rng);
                let decisions = scores(&mut rng, n_fake, n - n_fake, shift);
                let estimate = estimator.estimate(&decisions, &ENDLESS).unwrap().estimate;
                let is_covered = estimate.interval.low() <= share + 0.005 && share <= estimate.interval.high();
                (is_covered, (estimate.share - n_fake as f64 / n as f64).abs())
            })
            .collect();
        let coverage = results.iter().filter(|(is_covered, _)| *is_covered).count() as f64 / results.len() as f64;
        let error = results.iter().map(|(_, error)| error).sum::<f64>() / results.len() as f64;
        assert!((0.85..=1.0).contains(&coverage), "coverage {coverage}");
        assert!(error <= 0.03, "mean absolute error {error}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn stays_within_bounds_and_ignores_order(
            mut decisions in prop::collection::vec(prop_oneof![-30.0..30.0, Just(f64::NAN)], 1..60),
            followers in prop::option::of(0_u64..400),
            sampling in prop::sample::select(Sampling::ALL),
        ) {
            let estimator = two_scores();
            let design = SampleDesign { sampling, listed_count: decisions.len() as u64, followers, is_incomplete: false };
            let forward = estimator.estimate(&decisions, &design).unwrap();
            let ShareEstimate { share, interval, .. } = forward.estimate;
            prop_assert!(interval.contains(share) && interval.low() >= 0.0 && interval.high() <= 1.0);
            decisions.reverse();
            prop_assert_eq!(estimator.estimate(&decisions, &design).unwrap().estimate, forward.estimate);
        }
    }
}
