//! The fake share of an audience from the scores of a sample of it.

use super::finite_population::{Population, finite_share};
use crate::domain::{Interval, Sampling, ShareEstimate};
use crate::error::Result;
use crate::model::{PrevalenceCalibration, ScoreProbability, ShareGrid};

/// Shift of a set's scores, in standard deviations between datasets, beyond which it counts as unlike the training data.
pub const UNLIKE_SHIFT_SDS: f64 = 2.0;

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
    /// The dataset's sampling of follows.
    pub sampling: Sampling,
    /// Unique followers listed.
    pub listed_count: u64,
    /// Followers as the platform counts them.
    pub followers: Option<u64>,
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
    /// calibration's effective sample more accounts narrow nothing. Where a part f of the population was seen, its
    /// share is f × (share in the sample) + (1 − f) × π with its own variance (finite population). The calibration's
    /// margins are added to both ends. Accounts that the model abstains on are in: their likelihood ratio is near 1,
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
        if decisions.is_empty() {
            return None;
        }
        let histogram = self.histogram(decisions);
        let posterior = self.grid.posterior(&histogram);
        let n = decisions.len() as u64;
        let (share, interval) = match Population::of(n, design.population()) {
            Population::Endless => (posterior.mean_share(), posterior.interval()),
            Population::Finite(count) => {
                let cells = posterior.sample_counts(&histogram);
                let (share, low, high) = finite_share(&cells, n, count);
                (share, self.grid.widened(low, high))
            }
        };
        let shift = posterior.mean_shift();
        let is_unlike_training = shift.abs() > UNLIKE_SHIFT_SDS * self.calibration.shift_sd;
        let estimate = ShareEstimate { share, interval: holding(interval, share), sample_count: n };
        Some(Prevalence { estimate, shift, is_unlike_training })
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

/// The interval, stretched to its point estimate: a posterior mean may lie outside a skewed interval.
fn holding(interval: Interval, share: f64) -> Interval {
    Interval::new(interval.low().min(share), interval.high().max(share)).unwrap_or(interval)
}
