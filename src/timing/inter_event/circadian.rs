//! When in the day and in the week something is done.

use super::gap_profile::entropy_of;
use crate::domain::DAY_MS;
use std::f64::consts::TAU;
use std::sync::LazyLock;

const HOUR_MS: i64 = 3_600_000;
/// Hours of the quietest stretch of a day. Assumption: the part of a night in which nearly nobody acts.
const QUIET_HOURS: usize = 6;
/// Local hours that count as night: from 1 to 5 o'clock in winter time, so that an hour of summer time leaves them in the night.
const NIGHT: std::ops::Range<i64> = 1..5;
/// Days from a Monday to 1970-01-01, a Thursday.
const MONDAY_TO_EPOCH: i64 = 3;

/// Sine and cosine of each hour on the circle of a day.
static HOURS_SIN_COS: LazyLock<[(f64, f64); 24]> =
    LazyLock::new(|| std::array::from_fn(|hour| (TAU * hour as f64 / 24.0).sin_cos()));

/// Actions by hour of the day and by day of the week, in UTC.
///
/// # Source
/// First harmonic and Rayleigh's test: Mardia and Jupp, *Directional statistics*, 2000, sections 2.3 and 6.3.
///
/// # Examples
/// ```
/// use bonafide::timing::DayProfile;
/// let hour_ms = 3_600_000;
/// let noon: Vec<i64> = (0..30).map(|day| (day * 24 + 12) * hour_ms).collect();
/// let profile = DayProfile::of(&noon);
/// assert!(profile.resultant().unwrap() > 0.99 && profile.hour_entropy() == Some(0.0));
/// assert_eq!((profile.quiet_share(), profile.night_share(-600)), (Some(0.0), Some(1.0)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayProfile {
    hours: [u32; 24],
    days: [u32; 7],
}

impl DayProfile {
    /// The profile of some times in UTC milliseconds.
    pub fn of(at_ms: &[i64]) -> Self {
        let mut profile = Self::default();
        at_ms.iter().for_each(|&at| profile.push(at));
        profile
    }

    /// From counts by hour of the week, Monday first.
    pub(in crate::timing) fn of_week(counts: &[u32; 168]) -> Self {
        let mut profile = Self::default();
        for (place, &count) in counts.iter().enumerate() {
            profile.hours[place % 24] += count;
            profile.days[place / 24] += count;
        }
        profile
    }

    /// Adds an action.
    pub fn push(&mut self, at_ms: i64) {
        let day = at_ms.div_euclid(DAY_MS);
        self.hours[(at_ms.rem_euclid(DAY_MS) / HOUR_MS) as usize] += 1;
        self.days[(day + MONDAY_TO_EPOCH).rem_euclid(7) as usize] += 1;
    }

    /// Adds what another profile holds.
    pub fn add(&mut self, other: &Self) {
        self.hours.iter_mut().zip(other.hours).for_each(|(sum, count)| *sum += count);
        self.days.iter_mut().zip(other.days).for_each(|(sum, count)| *sum += count);
    }

    /// Actions by hour of the day, in UTC.
    pub fn hours(&self) -> &[u32; 24] {
        &self.hours
    }

    /// Actions by day of the week, Monday first, in UTC.
    pub fn days(&self) -> &[u32; 7] {
        &self.days
    }

    /// All actions.
    pub fn total(&self) -> u64 {
        self.hours.iter().map(|&count| u64::from(count)).sum()
    }

    /// R = |Σ e^(2πi h/24)|/n over hours of the day: 0 where they are used evenly, 1 where all falls into one; `None` without an action.
    pub fn resultant(&self) -> Option<f64> {
        let total = self.total();
        if total == 0 {
            return None;
        }
        let (mut cosines, mut sines) = (0.0, 0.0);
        for (hour, &count) in self.hours.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (sine, cosine) = HOURS_SIN_COS[hour];
            cosines += f64::from(count) * cosine;
            sines += f64::from(count) * sine;
        }
        Some((cosines.hypot(sines) / total as f64).min(1.0))
    }

    /// Entropy of the hours of the day over ln 24: 1 where all are used evenly; `None` without an action.
    pub fn hour_entropy(&self) -> Option<f64> {
        entropy_of(&self.hours).map(|entropy| entropy / 24.0_f64.ln())
    }

    /// Entropy of the days of the week over ln 7; `None` without an action.
    pub fn day_entropy(&self) -> Option<f64> {
        entropy_of(&self.days).map(|entropy| entropy / 7.0_f64.ln())
    }

    /// Share of actions in the six hours in a row with the fewest of them: needs no time zone; a quarter where there is no night, `None`
    /// without an action.
    pub fn quiet_share(&self) -> Option<f64> {
        let stretch = |start: usize| (0..QUIET_HOURS).map(|hour| u64::from(self.hours[(start + hour) % 24])).sum::<u64>();
        let total = self.total();
        (total > 0).then(|| (0..24).map(stretch).min().unwrap_or(0) as f64 / total as f64)
    }

    /// Share of actions between 1 and 5 o'clock local winter time, for clocks that stand so many minutes ahead of UTC; `None` without an action.
    pub fn night_share(&self, utc_offset_min: i64) -> Option<f64> {
        // Hours of the profile are whole: half hours of offset go to the earlier one.
        let offset_h = utc_offset_min.div_euclid(60);
        let night = NIGHT.map(|hour| u64::from(self.hours[(hour - offset_h).rem_euclid(24) as usize])).sum::<u64>();
        let total = self.total();
        (total > 0).then(|| night as f64 / total as f64)
    }
}

/// ln P(n R² or more) if hours were used evenly: −n R² + ln(1 + (2 n R² − (n R²)²)/(4n)), the approximation of Rayleigh's test.
///
/// # Source
/// Mardia and Jupp 2000, equation 6.3.5 to its first order.
pub fn rayleigh_ln_p(resultant: f64, n: u64) -> f64 {
    let z = n as f64 * resultant * resultant;
    // The correction holds near 0 only; far out the exponential alone bounds it.
    let correction = (2.0 * z - z * z) / (4.0 * n as f64);
    (-z + if correction > -0.5 { correction.ln_1p() } else { 0.0 }).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_are_those_of_the_calendar() {
        // 2024-06-14T23:59:59.999Z was a Friday.
        let profile = DayProfile::of(&[1_718_409_599_999, 1_718_409_600_000]);
        assert_eq!((profile.hours()[23], profile.hours()[0]), (1, 1));
        assert_eq!((profile.days()[4], profile.days()[5]), (1, 1));
        assert_eq!(DayProfile::of(&[-1]).hours()[23], 1);
    }

    #[test]
    fn two_thirds_at_noon_by_hand() {
        // two at 12 h, one at 18 h: |−2 + −i|/3 = √5/3
        let profile = DayProfile::of(&[12 * HOUR_MS, 36 * HOUR_MS, 18 * HOUR_MS]);
        assert!((profile.resultant().unwrap() - 5.0_f64.sqrt() / 3.0).abs() < 1e-12);
        // scipy.stats.entropy([2, 1]) = 0.636_514_168_294_813
        assert!((profile.hour_entropy().unwrap() * 24.0_f64.ln() - 0.636_514_168_294_813).abs() < 1e-12);
    }

    #[test]
    fn an_even_day_has_no_harmonic_and_no_quiet_stretch() {
        let profile = DayProfile::of(&(0..24 * 7).map(|hour| hour * HOUR_MS).collect::<Vec<_>>());
        assert!(profile.resultant().unwrap() < 1e-12);
        assert!((profile.quiet_share().unwrap() - 0.25).abs() < 1e-12);
        assert!((profile.hour_entropy().unwrap() - 1.0).abs() < 1e-12 && (profile.day_entropy().unwrap() - 1.0).abs() < 1e-12);
        assert!((profile.night_share(330).unwrap() - 4.0 / 24.0).abs() < 1e-12);
        assert_eq!(DayProfile::default().quiet_share(), None);
    }

    #[test]
    fn rayleigh_agrees_with_the_table() {
        // Mardia and Jupp 2000, appendix 2.5: n = 20, upper 5 % point of R is 0.385, 1 % point 0.472.
        assert!((rayleigh_ln_p(0.385, 20).exp() - 0.05).abs() < 0.002);
        assert!((rayleigh_ln_p(0.472, 20).exp() - 0.01).abs() < 0.001);
        assert_eq!(rayleigh_ln_p(0.0, 20), 0.0);
    }
}
