//! Audiences of known share, composed of real accounts that the model had not seen.

use super::scored::Scored;
use super::settings::EvaluationSettings;
use crate::domain::{Label, Sampling};
use crate::model::{SetEvidence, is_incomplete};
use crate::scoring::{Prevalence, PrevalenceEstimator, SampleDesign};
use crate::statistics::mean;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution};
use rayon::prelude::*;

/// Sizes of the audiences.
const SIZES: [usize; 4] = [100, 300, 1_000, 2_000];
/// Fake shares of the populations that they are drawn from.
const SHARES: [f64; 7] = [0.0, 0.05, 0.10, 0.20, 0.35, 0.50, 0.75];
/// Slack for the ends of an interval, against rounding.
const ROUNDING: f64 = 1e-9;
const STREAM: u32 = 5;

/// A design from which nothing follows of how large the population is; incomplete where the median profile of those
/// measured is.
pub(super) fn open_design(measured_counts: &[u16]) -> SampleDesign {
    SampleDesign { is_incomplete: is_incomplete(measured_counts.iter().copied()), ..OPEN_DESIGN }
}

const OPEN_DESIGN: SampleDesign =
    SampleDesign { sampling: Sampling::Unknown, listed_count: 0, followers: None, is_incomplete: false };

/// Whether the audiences of a set are scored one by one or as one dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// Each as if nothing else were known: what an audit of a lone creator has.
    Alone,
    /// Each with what the others tell of how the set's scores are shifted: what a batch has.
    Together,
}

/// One composed audience: its members' decision values, its population's share of fakes and its own.
struct Audience {
    decisions: Vec<f64>,
    population_share: f64,
    share: f64,
}

/// What estimating one audience gave.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Composed {
    population_share: f64,
    error: f64,
    is_covered: bool,
    width: f64,
    uncorrected_error: f64,
}

/// What composing audiences of one set gave.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Composition(Vec<Composed>);

impl Composition {
    /// Draws `n_audiences` of each size and share: the number of fakes binomial, accounts with replacement within
    /// each class. The estimate is held against the share in the sample, its interval against the population's.
    ///
    /// # Missing
    /// Empty unless both classes are there.
    pub(super) fn of(scored: &Scored, estimator: &PrevalenceEstimator, company: Company, settings: &EvaluationSettings) -> Self {
        let audiences = draw_audiences(scored, settings);
        let design = open_design(&[]);
        let mut set = SetEvidence::default();
        if company == Company::Together {
            let evidence: Vec<SetEvidence> =
                audiences.par_iter().map(|audience| estimator.evidence(&audience.decisions, &design)).collect();
            evidence.iter().for_each(|one| set.add(one));
        }
        let measured = audiences
            .par_iter()
            .filter_map(|audience| measured(&estimator.estimate_among(&audience.decisions, &design, &set)?, audience));
        Self(measured.collect())
    }

    pub(super) fn joined(parts: &[&Self]) -> Self {
        Self(parts.iter().flat_map(|part| part.0.iter().copied()).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Mean absolute error against the share in the sample.
    pub(super) fn error(&self) -> Option<f64> {
        self.mean(|audience| audience.error)
    }

    /// Share of audiences whose 90 % interval holds the population's share.
    pub(super) fn coverage(&self) -> Option<f64> {
        self.mean(|audience| f64::from(u8::from(audience.is_covered)))
    }

    /// Coverage among audiences without any fake.
    pub(super) fn coverage_of_clean(&self) -> Option<f64> {
        Self(self.0.iter().copied().filter(|audience| audience.population_share == 0.0).collect()).coverage()
    }

    /// Mean width of the interval.
    pub(super) fn width(&self) -> Option<f64> {
        self.mean(|audience| audience.width)
    }

    /// Mean absolute error of averaging the probabilities as if no set were shifted.
    pub(super) fn uncorrected_error(&self) -> Option<f64> {
        self.mean(|audience| audience.uncorrected_error)
    }

    fn mean(&self, of: impl Fn(&Composed) -> f64) -> Option<f64> {
        mean(&self.0.iter().map(of).collect::<Vec<_>>())
    }
}

fn draw_audiences(scored: &Scored, settings: &EvaluationSettings) -> Vec<Audience> {
    let (fake, genuine) = (scored.decisions_of(Label::Fake), scored.decisions_of(Label::Genuine));
    if fake.is_empty() || genuine.is_empty() {
        return Vec::new();
    }
    let draws = (0..SIZES.len() * SHARES.len() * settings.n_audiences as usize).into_par_iter().filter_map(|draw| {
        let (size, population_share) = (SIZES[draw % SIZES.len()], SHARES[draw / SIZES.len() % SHARES.len()]);
        let mut random = settings.random(STREAM, draw);
        let n_fake = Binomial::new(size as u64, population_share).ok()?.sample(&mut random) as usize;
        let mut decisions = drawn(&fake, n_fake, &mut random);
        decisions.extend(drawn(&genuine, size - n_fake, &mut random));
        Some(Audience { decisions, population_share, share: n_fake as f64 / size as f64 })
    });
    draws.collect()
}

fn drawn(pool: &[f64], count: usize, random: &mut ChaCha8Rng) -> Vec<f64> {
    (0..count).map(|_| pool[random.random_range(0..pool.len())]).collect()
}

fn measured(found: &Prevalence, audience: &Audience) -> Option<Composed> {
    let estimate = found.estimate;
    let (low, high) = (estimate.interval.low() - ROUNDING, estimate.interval.high() + ROUNDING);
    let uncorrected = mean(&audience.decisions.iter().map(|&decision| sigmoid(decision)).collect::<Vec<_>>())?;
    Some(Composed {
        population_share: audience.population_share,
        error: (estimate.share - audience.share).abs(),
        is_covered: (low..=high).contains(&audience.population_share),
        width: estimate.interval.width(),
        uncorrected_error: (uncorrected - audience.share).abs(),
    })
}

/// Probability of a decision value as it stands.
pub(super) fn sigmoid(decision: f64) -> f64 {
    crate::domain::Probability::from_log_odds(decision).get()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fakes score around 3 and genuine accounts around −3, as the calibration has it.
    fn scored() -> Scored {
        let decisions = (0..200).map(|i| f64::from(i % 100) / 50.0 - 1.0 + if i < 100 { 3.0 } else { -3.0 }).collect();
        Scored { decisions, labels: (0..200).map(|i| if i < 100 { Label::Fake } else { Label::Genuine }).collect() }
    }

    fn estimator() -> PrevalenceEstimator {
        let scored = scored();
        let is_fake: Vec<bool> = scored.labels.iter().map(|&label| label == Label::Fake).collect();
        let held_out = crate::model::HeldOutScores { name: "known", decisions: &scored.decisions, is_fake: &is_fake };
        PrevalenceEstimator::new(crate::model::PrevalenceCalibration::fit(&[held_out], 1.0, 100.0).unwrap()).unwrap()
    }

    #[test]
    fn classes_apart_give_small_errors_and_the_same_on_one_thread() {
        let settings = EvaluationSettings::quick(5);
        let estimator = estimator();
        let composition = Composition::of(&scored(), &estimator, Company::Alone, &settings);
        assert_eq!(composition.len(), SIZES.len() * SHARES.len());
        assert!(composition.error().unwrap() < 0.03, "{:?}", composition.error());
        assert!(composition.coverage().unwrap() > 0.85, "{:?}", composition.coverage());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(pool.install(|| Composition::of(&scored(), &estimator, Company::Alone, &settings)), composition);
    }

    #[test]
    fn audiences_together_tell_a_shift_from_a_share() {
        let settings = EvaluationSettings::quick(5);
        let shifted = Scored { decisions: scored().decisions.iter().map(|value| value + 1.5).collect(), ..scored() };
        let error = |company| Composition::of(&shifted, &estimator(), company, &settings).error().unwrap();
        assert!(error(Company::Together) <= error(Company::Alone), "{} {}", error(Company::Together), error(Company::Alone));
    }

    #[test]
    fn one_class_composes_nothing() {
        let fakes = Scored { decisions: vec![1.0; 5], labels: vec![Label::Fake; 5] };
        assert_eq!(Composition::of(&fakes, &estimator(), Company::Together, &EvaluationSettings::quick(5)).error(), None);
    }
}
