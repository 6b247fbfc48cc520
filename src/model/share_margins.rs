//! How much wider the interval of a share must be on datasets that the calibration did not know.

use super::prevalence_calibration::{HeldOutScores, PrevalenceCalibration};
use super::share_posterior::ShareGrid;
use crate::error::{Error, ErrorKind, Result};
use crate::statistics::quantile;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Sizes of the audiences composed.
const SIZES: [usize; 4] = [100, 300, 1_000, 2_000];
/// Fake shares of the populations they are drawn from.
const SHARES: [f64; 7] = [0.0, 0.05, 0.10, 0.20, 0.35, 0.50, 0.75];
/// Audiences of each size and share.
const REPEATS: usize = 3;
/// Part of the misses at each end that the margins must take in: with both ends, nine audiences in ten are covered.
const COVERED: f64 = 0.95;

impl PrevalenceCalibration {
    /// Fits as [`PrevalenceCalibration::fit`], then sets the margins: each dataset in turn is left out of the
    /// calibration, audiences of known share are composed of its accounts, and the margin of an end is the 95 %
    /// quantile of how far the truth lay beyond it (0 if it did not).
    ///
    /// # Errors
    /// As [`PrevalenceCalibration::fit`].
    ///
    /// # Cost
    /// 84 audiences a dataset, some milliseconds each. Same seed, same bits, on any number of threads.
    ///
    /// # Source
    /// Split conformal prediction over groups: Vovk, Gammerman and Shafer, *Algorithmic Learning in a Random World*, 2005.
    pub fn fit_margins(
        held_out: &[HeldOutScores<'_>],
        min_shift_sd: f64,
        effective_sample_count: f64,
        seed: u64,
    ) -> Result<Self> {
        let mut calibration = Self::fit(held_out, min_shift_sd, effective_sample_count)?;
        if held_out.len() < 2 {
            return Ok(calibration);
        }
        let misses: Vec<Vec<[f64; 2]>> = (0..held_out.len())
            .into_par_iter()
            .map(|left_out| {
                let others: Vec<HeldOutScores<'_>> =
                    held_out.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, scores)| *scores).collect();
                let known = Self::fit(&others, min_shift_sd, effective_sample_count)?;
                misses_of(&known, &held_out[left_out], seed.wrapping_add(left_out as u64))
            })
            .collect::<Result<_>>()?;
        for end in 0..2 {
            let ends: Vec<f64> = misses.iter().flatten().map(|miss| miss[end]).collect();
            calibration.interval_margins[end] = quantile(&ends, COVERED).unwrap_or(0.0).max(0.0);
        }
        Ok(calibration)
    }
}

/// For each composed audience, how far the share of its population lies below and above the interval.
fn misses_of(known: &PrevalenceCalibration, scores: &HeldOutScores<'_>, seed: u64) -> Result<Vec<[f64; 2]>> {
    let grid = ShareGrid::new(known)?;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let class = |wanted: bool| -> Vec<f64> {
        scores.decisions.iter().zip(scores.is_fake).filter(|(_, is)| **is == wanted).map(|(value, _)| *value).collect()
    };
    let (fake, genuine) = (class(true), class(false));
    if fake.is_empty() || genuine.is_empty() {
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "calibrate shares", detail: "one class only".into() }));
    }
    let mut misses = Vec::with_capacity(SIZES.len() * SHARES.len() * REPEATS);
    for (size, share) in SIZES.iter().flat_map(|size| SHARES.iter().map(move |share| (*size, *share))) {
        for _ in 0..REPEATS {
            let audience: Vec<f64> = (0..size)
                .map(|_| {
                    let pool = if rng.random_bool(share) { &fake } else { &genuine };
                    pool[rng.random_range(0..pool.len())]
                })
                .collect();
            let interval = grid.posterior(&known.histogram(audience)).interval();
            misses.push([interval.low() - share, share - interval.high()]);
        }
    }
    Ok(misses)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evenly spread scores around a centre a class.
    fn dataset(fake_center: f64, genuine_center: f64) -> (Vec<f64>, Vec<bool>) {
        let spread = |center: f64| (0..100).map(move |i| center + (f64::from(i) - 49.5) / 25.0);
        (spread(fake_center).chain(spread(genuine_center)).collect(), (0..200).map(|i| i < 100).collect())
    }

    #[test]
    fn widens_for_datasets_unlike_the_others_and_repeats_bit_by_bit() {
        let alike = [dataset(4.0, -4.0), dataset(4.0, -4.0)];
        let unlike = [dataset(4.0, -4.0), dataset(0.5, -0.5)];
        let margins = |sets: &[(Vec<f64>, Vec<bool>)]| {
            let held_out: Vec<HeldOutScores<'_>> =
                sets.iter().map(|(decisions, is_fake)| HeldOutScores { name: "a", decisions, is_fake }).collect();
            PrevalenceCalibration::fit_margins(&held_out, 0.1, 100.0, 7).unwrap().interval_margins
        };
        let (narrow, wide) = (margins(&alike), margins(&unlike));
        assert!(narrow.iter().all(|margin| *margin < 0.05), "{narrow:?}");
        assert!(wide[0] + wide[1] > narrow[0] + narrow[1], "{narrow:?} {wide:?}");
        assert_eq!(wide, margins(&unlike));
    }
}
