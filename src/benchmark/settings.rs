//! How much work an evaluation puts into its figures.

use crate::statistics::Bootstrap;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Level of the intervals around measured accuracy.
pub(super) const ACCURACY_LEVEL: f64 = 0.95;

/// Seed and repetitions of an evaluation.
///
/// # Examples
/// ```
/// use bonafide::benchmark::EvaluationSettings;
/// assert!(EvaluationSettings::quick(7).n_splits < EvaluationSettings::published(7).n_splits);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvaluationSettings {
    /// Every draw follows from it.
    pub seed: u64,
    /// Resamples behind each interval.
    pub n_bootstrap: u32,
    /// Repetitions of the random 70/30 split.
    pub n_splits: u32,
    /// Repetitions of the tenfold cross-validation.
    pub n_fold_repeats: u32,
    /// Composed audiences of each size and share.
    pub n_audiences: u32,
    /// Pairs of disjoint samples of one audience.
    pub n_pairs: u32,
}

impl EvaluationSettings {
    /// A minute's look: the same protocols with few repetitions.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_bootstrap: 50, n_splits: 10, n_fold_repeats: 1, n_audiences: 1, n_pairs: 20 }
    }

    /// What the model card prints.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_bootstrap: 500, n_splits: 200, n_fold_repeats: 5, n_audiences: 8, n_pairs: 200 }
    }

    /// Resampling for 95 % intervals.
    pub(super) fn bootstrap(&self) -> Bootstrap {
        Bootstrap { replicates: self.n_bootstrap, level: ACCURACY_LEVEL, seed: self.seed }
    }

    /// A stream of random numbers of its own for each draw of each protocol.
    pub(super) fn random(&self, protocol: u32, draw: usize) -> ChaCha8Rng {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream((u64::from(protocol) << 32) | draw as u64);
        random
    }
}
