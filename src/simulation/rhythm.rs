//! The hours at which people do things.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::f64::consts::TAU;

/// Hour of local time at which people are most active. Assumption: evening.
const PEAK_H: f64 = 20.0;
/// Relative height of the daily wave. The genuine tweets of cresci_2017, of many time zones together, go from .60 to 1.33
/// of their mean over the hours of UTC; within one zone the wave must be higher than that .37.
const DAILY: f64 = 0.6;
/// Relative height on Saturday and Sunday. Assumption.
const WEEKEND: f64 = 1.15;

/// How active people are at an instant (seconds since 1970) where clocks are `utc_offset_h` ahead: 1 on average over a weekday.
pub(super) fn intensity(at_s: i64, utc_offset_h: i64) -> f64 {
    let local = at_s + utc_offset_h * 3600;
    let hour = local.rem_euclid(86_400) as f64 / 3600.0;
    let weekday = (local.div_euclid(86_400) + 3).rem_euclid(7);
    let week = if weekday >= 5 { WEEKEND } else { 1.0 };
    week * (1.0 + DAILY * (TAU * (hour - PEAK_H) / 24.0).cos())
}

/// Draws instants from `propose` until one is accepted at the intensity of its hour (thinning).
pub(super) fn thinned(utc_offset_h: i64, rng: &mut ChaCha8Rng, mut propose: impl FnMut(&mut ChaCha8Rng) -> i64) -> i64 {
    const HIGHEST: f64 = WEEKEND * (1.0 + DAILY);
    loop {
        let at = propose(rng);
        if rng.random::<f64>() * HIGHEST < intensity(at, utc_offset_h) {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    #[test]
    fn evenings_are_busier_than_nights_in_local_time() {
        let mut rng = stream(3, Stream::Follows, 0);
        let mut hours = [0u32; 24];
        for _ in 0..8_000 {
            let at = thinned(7, &mut rng, |rng| rng.random_range(0..70 * 86_400));
            hours[((at / 3600 + 7) % 24) as usize] += 1;
        }
        // 1.6 against .4 of the mean.
        assert!((3.0..5.5).contains(&(f64::from(hours[20]) / f64::from(hours[8]))));
    }

    #[test]
    fn the_first_of_january_1970_was_a_thursday() {
        assert!(intensity(2 * 86_400, 0) > intensity(86_400, 0), "Saturday is busier than Friday");
    }
}
