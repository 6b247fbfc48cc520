//! Self-excitation: one who acts brings others who act (a Hawkes process, drawn by its branching).

use super::rhythm::{highest_intensity, intensity};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

/// Members of one cluster at most; reached in one of millions at a branching of .9.
const MEMBERS_MAX: usize = 20_000;

/// How actions bring further actions.
///
/// Each action brings a Poisson number of others with mean `branching`, so that a cluster has 1/(1 − branching) members
/// on average. Delays are exponential with a rate that follows people's hours; their mean is `delay_s` where the
/// intensity is 1.
///
/// # Source
/// Hawkes and Oakes (1974), A cluster process representation of a self-exciting process.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cascade {
    branching: f64,
    delay_s: f64,
    /// Chance of bringing nobody.
    alone: f64,
}

impl Cascade {
    /// A process with this branching, below 1, and this mean delay.
    pub(super) fn new(branching: f64, delay_s: f64) -> Self {
        Self { branching, delay_s, alone: (-branching).exp() }
    }

    /// Fills `times` with one cluster: its first member, then the others generation by generation, none at or after `until_s`.
    pub(super) fn spread(&self, (first_s, until_s): (i64, i64), utc_offset_h: i64, rng: &mut ChaCha8Rng, times: &mut Vec<i64>) {
        times.clear();
        times.push(first_s);
        let mut member = 0;
        while member < times.len() && times.len() < MEMBERS_MAX {
            for _ in 0..self.n_brought(rng) {
                let at_s = self.delayed(times[member], until_s, utc_offset_h, rng);
                if at_s < until_s {
                    times.push(at_s);
                }
            }
            member += 1;
        }
    }

    /// A Poisson number with mean `branching`, by inversion.
    fn n_brought(&self, rng: &mut ChaCha8Rng) -> u32 {
        let mut left: f64 = rng.random();
        let mut chance = self.alone;
        let mut n = 0;
        while left >= chance && n < 64 {
            left -= chance;
            n += 1;
            chance *= self.branching / f64::from(n);
        }
        n
    }

    fn delayed(&self, from_s: i64, until_s: i64, utc_offset_h: i64, rng: &mut ChaCha8Rng) -> i64 {
        let highest = highest_intensity();
        let mut at = from_s as f64;
        loop {
            let step: f64 = Exp1.sample(rng);
            at += step * self.delay_s / highest;
            let at_s = at as i64;
            if at_s >= until_s || rng.random::<f64>() * highest < intensity(at_s, utc_offset_h) {
                return at_s;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    #[test]
    fn clusters_have_the_mean_and_spread_of_a_branching_process() {
        // Galton and Watson with Poisson offspring of mean n (Borel's law): mean 1/(1 − n), variance n/(1 − n)³.
        for (branching, mean, variance) in [(0.0, 1.0, 0.0), (0.3, 1.0 / 0.7, 0.3 / 0.343), (0.8, 5.0, 100.0)] {
            let cascade = Cascade::new(branching, 3_600.0);
            let mut rng = stream(1, Stream::Follows, 0);
            let mut times = Vec::new();
            let n = 6_000;
            let sizes: Vec<f64> = (0..n)
                .map(|_| {
                    cascade.spread((0, i64::MAX), 0, &mut rng, &mut times);
                    times.len() as f64
                })
                .collect();
            let found = sizes.iter().sum::<f64>() / f64::from(n);
            assert!((found - mean).abs() <= 4.0 * (variance / f64::from(n)).sqrt(), "{found} against {mean}");
            let found = sizes.iter().map(|size| (size - mean).powi(2)).sum::<f64>() / f64::from(n);
            assert!((found - variance).abs() <= 0.35 * variance, "{found} against {variance}");
        }
    }

    #[test]
    fn nobody_comes_before_the_one_who_brought_him_or_after_the_end() {
        let cascade = Cascade::new(0.9, 7_200.0);
        let mut rng = stream(2, Stream::Follows, 0);
        let mut times = Vec::new();
        for _ in 0..200 {
            cascade.spread((1_000_000, 1_040_000), 1, &mut rng, &mut times);
            assert_eq!(times[0], 1_000_000);
            assert!(times.iter().all(|at| (1_000_000..1_040_000).contains(at)));
        }
    }
}
