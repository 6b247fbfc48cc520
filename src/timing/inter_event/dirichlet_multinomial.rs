//! How surprising a short history is beside a population's.

use super::gap_profile::{GAP_BINS, GapProfile};
use crate::error::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use statrs::function::gamma::{digamma, ln_gamma};

/// Least parameter of a bin: what nobody has done so far is not impossible. Assumption: a hundredth of a gap.
const LEAST_ALPHA: f64 = 0.01;
/// Gaps of one history that count at most. Assumption: beyond them gaps are far from independent, and one history would outweigh all.
const MOST_GAPS: f64 = 100.0;
/// Steps of the fixed point.
const STEPS: usize = 150;
/// Relative change at which it has arrived.
const TOLERANCE: f64 = 1e-6;

/// P(c | α) = Γ(A)/Γ(n + A) Π Γ(c_b + α_b)/Γ(α_b), A = Σ α, n = Σ c: how the gaps of one account's history fall into bins, where accounts
/// differ from each other as α says. (The multinomial coefficient is left out: it is the same under any α.)
///
/// # Source
/// BIRDNEST: Hooi et al., *Bayesian inference for ratings-fraud detection*, 2016, sections 3 and 4; fixed point of Minka, *Estimating a
/// Dirichlet distribution*, 2000, equation 55.
///
/// # Examples
/// ```
/// use bonafide::timing::{DirichletMultinomial, GapProfile};
/// let people: Vec<GapProfile> = (1..40).map(|turn| GapProfile::of(&[turn * 9_000, turn * 400_000, 30_000_000])).collect();
/// let model = DirichletMultinomial::fit(&people).unwrap();
/// let (like, unlike) = (GapProfile::of(&[50_000, 3_000_000]), GapProfile::of(&[1_000, 1_000]));
/// assert!(model.ln_probability(&like) > model.ln_probability(&unlike));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DirichletMultinomial {
    alpha: Vec<f64>,
}

impl DirichletMultinomial {
    /// From parameters, one a bin.
    ///
    /// # Errors
    /// `InvalidArgument` unless there is one positive finite number a bin.
    pub fn new(alpha: Vec<f64>) -> Result<Self> {
        if alpha.len() == GAP_BINS && alpha.iter().all(|value| value.is_finite() && *value > 0.0) {
            return Ok(Self { alpha });
        }
        Err(Error::invalid_argument("alpha", format!("{alpha:?}"), "one positive number a bin"))
    }

    /// Most likely α of a population of histories, each of a hundred gaps at most; from α = ½ by Minka's fixed point.
    ///
    /// # Errors
    /// `NotEnoughData` for fewer than two histories with a gap.
    ///
    /// # Cost
    /// Up to 150 steps of histories × bins.
    pub fn fit(profiles: &[GapProfile]) -> Result<Self> {
        let histories: Vec<[f64; GAP_BINS]> = profiles.iter().filter_map(thinned).collect();
        if histories.len() < 2 {
            let detail = format!("{} histories with a gap", histories.len());
            return Err(Error::new(ErrorKind::NotEnoughData { purpose: "fit how gaps fall into bins", detail }));
        }
        let mut alpha = vec![0.5; GAP_BINS];
        for _ in 0..STEPS {
            let next = step(&alpha, &histories);
            let moved = alpha.iter().zip(&next).map(|(old, new)| (new / old - 1.0).abs()).fold(0.0, f64::max);
            alpha = next;
            if moved < TOLERANCE {
                break;
            }
        }
        Ok(Self { alpha })
    }

    /// α, one a bin.
    pub fn alpha(&self) -> &[f64] {
        &self.alpha
    }

    /// ln P of a history, thinned to a hundred gaps at most; 0 without a gap.
    ///
    /// # Cost
    /// O(bins).
    pub fn ln_probability(&self, profile: &GapProfile) -> f64 {
        let Some(counts) = thinned(profile) else { return 0.0 };
        let (n, total): (f64, f64) = (counts.iter().sum(), self.alpha.iter().sum());
        let bins = counts.iter().zip(&self.alpha).filter(|(count, _)| **count > 0.0);
        ln_gamma(total) - ln_gamma(n + total) + bins.map(|(count, alpha)| ln_gamma(count + alpha) - ln_gamma(*alpha)).sum::<f64>()
    }

    /// Surprise of a history: −ln P a gap, in nats; `None` without a gap.
    pub fn surprise(&self, profile: &GapProfile) -> Option<f64> {
        let n = (profile.total() as f64).min(MOST_GAPS);
        (n > 0.0).then(|| -self.ln_probability(profile) / n)
    }
}

/// Counts scaled to a hundred at most; `None` without a gap.
fn thinned(profile: &GapProfile) -> Option<[f64; GAP_BINS]> {
    let total = profile.total() as f64;
    let scale = (MOST_GAPS / total).min(1.0);
    (total > 0.0).then(|| profile.counts().map(|count| f64::from(count) * scale))
}

/// α_b ← α_b Σ (ψ(c_b + α_b) − ψ(α_b)) / Σ (ψ(n + A) − ψ(A)).
fn step(alpha: &[f64], histories: &[[f64; GAP_BINS]]) -> Vec<f64> {
    let total: f64 = alpha.iter().sum();
    let mut down = 0.0;
    let mut up = vec![0.0; alpha.len()];
    let base: Vec<f64> = alpha.iter().map(|&value| digamma(value)).collect();
    for counts in histories {
        down += digamma(counts.iter().sum::<f64>() + total) - digamma(total);
        for (bin, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
            up[bin] += digamma(count + alpha[bin]) - base[bin];
        }
    }
    alpha.iter().zip(&up).map(|(alpha, up)| (alpha * up / down).max(LEAST_ALPHA)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.dirichlet_multinomial(alpha, 4).logpmf(counts), less ln of the multinomial coefficient 4!/(2!1!1!) = 12;
        // alpha = 0.5 in 27 bins, counts 2, 1, 1
        let model = DirichletMultinomial::new(vec![0.5; GAP_BINS]).unwrap();
        let value = model.ln_probability(&GapProfile::of(&[1_000, 1_000, 2_000, 40_000]));
        assert!((value + 12.495_015_173_274_329).abs() < 1e-9, "{value}");
    }

    #[test]
    fn the_fit_is_a_maximum() {
        let histories: Vec<GapProfile> = (0..60)
            .map(|turn: i64| {
                GapProfile::of(&(0..20).map(|gap| 1_000 << ((turn % 7 + gap * gap + turn * gap) % 13)).collect::<Vec<_>>())
            })
            .collect();
        let fitted = DirichletMultinomial::fit(&histories).unwrap();
        let likelihood =
            |model: &DirichletMultinomial| histories.iter().map(|history| model.ln_probability(history)).sum::<f64>();
        let best = likelihood(&fitted);
        for bin in (0..GAP_BINS).filter(|&bin| fitted.alpha()[bin] > LEAST_ALPHA) {
            for factor in [0.9, 1.1] {
                let mut alpha = fitted.alpha().to_vec();
                alpha[bin] *= factor;
                assert!(likelihood(&DirichletMultinomial::new(alpha).unwrap()) < best, "{bin} {factor}");
            }
        }
    }

    #[test]
    fn nothing_says_nothing_and_bad_parameters_are_refused() {
        let model = DirichletMultinomial::new(vec![0.5; GAP_BINS]).unwrap();
        assert_eq!((model.surprise(&GapProfile::default()), model.ln_probability(&GapProfile::default())), (None, 0.0));
        assert!(DirichletMultinomial::new(vec![0.5]).is_err() && DirichletMultinomial::new(vec![0.0; GAP_BINS]).is_err());
        assert!(DirichletMultinomial::fit(&[GapProfile::of(&[5])]).is_err());
    }
}
