//! The hours of the week at which people do things.

use super::alias::Alias;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::f64::consts::TAU;
use std::sync::LazyLock;

/// Hour of local time at which people are most active. Assumption: evening.
const PEAK_H: f64 = 20.0;
/// Relative height of the daily wave. The tweets of genuine accounts of cresci_2017 (n = 1,006 accounts, 56,454 tweets), of
/// several time zones together, have .23 over the hours of UTC; within one zone it must be higher.
const DAILY: f64 = 0.45;
/// Relative height of the wave of twelve hours: a second, lower rise in the morning and a deeper night. Assumption.
const HALF_DAILY: f64 = 0.12;
/// Relative height on Saturday and Sunday: .261 of the same tweets fall on them, against 2/7 of the days.
const WEEKEND: f64 = 0.88;

const HOUR_S: i64 = 3_600;
/// Seconds of a week.
pub(super) const WEEK_S: i64 = 7 * 86_400;
const WEEK_HOURS: usize = 168;

/// The hours of one week of local time, from Monday 0 h.
struct Week {
    intensities: [f64; WEEK_HOURS],
    highest: f64,
    hours: Alias,
}

static WEEK: LazyLock<Week> = LazyLock::new(|| {
    let intensities: [f64; WEEK_HOURS] = std::array::from_fn(|hour| {
        let week = if hour >= 5 * 24 { WEEKEND } else { 1.0 };
        let angle = TAU * ((hour % 24) as f64 + 0.5 - PEAK_H) / 24.0;
        week * (1.0 + DAILY * angle.cos() + HALF_DAILY * (2.0 * angle).cos())
    });
    let highest = intensities.iter().fold(0.0f64, |high, &value| high.max(value));
    Week { intensities, highest, hours: Alias::new(&intensities) }
});

/// Monday 0 h UTC of the week of an instant (seconds since 1970, which began on a Thursday).
pub(super) fn monday_s(at_s: i64) -> i64 {
    (at_s + 3 * 86_400).div_euclid(WEEK_S) * WEEK_S - 3 * 86_400
}

/// How active people are at an instant (seconds since 1970) where clocks are `utc_offset_h` ahead: 1 on average over a weekday.
pub(super) fn intensity(at_s: i64, utc_offset_h: i64) -> f64 {
    let local = (at_s + utc_offset_h * HOUR_S + 3 * 86_400).rem_euclid(WEEK_S);
    WEEK.intensities[(local / HOUR_S) as usize]
}

/// The largest [`intensity`].
pub(super) fn highest_intensity() -> f64 {
    WEEK.highest
}

/// Draws an instant of the week that begins on this Monday of UTC, at people's local hours.
pub(super) fn within_week(monday_s: i64, utc_offset_h: i64, rng: &mut ChaCha8Rng) -> i64 {
    let local = WEEK.hours.draw(rng) as i64 * HOUR_S + i64::from(rng.random_range(0..HOUR_S as u32));
    monday_s + (local - utc_offset_h * HOUR_S).rem_euclid(WEEK_S)
}

/// Draws instants from `propose` until one is accepted at the intensity of its hour (thinning).
pub(super) fn thinned(utc_offset_h: i64, rng: &mut ChaCha8Rng, mut propose: impl FnMut(&mut ChaCha8Rng) -> i64) -> i64 {
    loop {
        let at = propose(rng);
        if rng.random::<f64>() * WEEK.highest < intensity(at, utc_offset_h) {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    fn evening_over_night(utc_offset_h: i64, mut draw: impl FnMut(&mut ChaCha8Rng) -> i64) -> f64 {
        let mut rng = stream(3, Stream::Follows, 0);
        let mut hours = [0u32; 24];
        for _ in 0..8_000 {
            hours[(draw(&mut rng) / HOUR_S + utc_offset_h).rem_euclid(24) as usize] += 1;
        }
        f64::from(hours[19] + hours[20]) / f64::from(hours[7] + hours[8])
    }

    #[test]
    fn evenings_are_busier_than_mornings_in_local_time() {
        // By hand, at half hours about 20 h and 8 h: (1 + .45·.991 + .12·.966) / (1 − .45·.991 + .12·.966) = 2.33.
        let thinning = evening_over_night(7, |rng| thinned(7, rng, |rng| rng.random_range(0..70 * 86_400)));
        assert!((2.05..2.65).contains(&thinning), "{thinning}");
        let weekly = evening_over_night(-6, |rng| within_week(monday_s(1_000_000_000), -6, rng));
        assert!((2.05..2.65).contains(&weekly), "{weekly}");
    }

    #[test]
    fn the_first_of_january_1970_was_a_thursday() {
        assert!(intensity(2 * 86_400, 0) < intensity(86_400, 0), "Saturday is quieter than Friday");
        assert_eq!((monday_s(0), monday_s(4 * 86_400 - 1), monday_s(4 * 86_400)), (-3 * 86_400, -3 * 86_400, 4 * 86_400));
    }

    #[test]
    fn a_draw_within_a_week_stays_in_it() {
        let mut rng = stream(3, Stream::Follows, 1);
        let monday = monday_s(1_700_000_000);
        assert!((0..2_000).all(|_| (monday..monday + WEEK_S).contains(&within_week(monday, 10, &mut rng))));
    }
}
