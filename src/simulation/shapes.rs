//! Growth histories of creators: relative arrivals week by week.

use super::growth::WeeklyCourse;
use super::scenario::GrowthMix;
use super::seed::{normal, pick_weighted};
use super::words::NICHES;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::f64::consts::TAU;

const YEAR_S: f64 = 365.25 * 86_400.0;
/// Day of the year at which most people look for a niche, by niche: before Christmas, after New Year, summer, autumn.
/// Assumption.
const PEAK_DAYS: [f64; NICHES.len()] = [340.0, 10.0, 350.0, 190.0, 330.0, 250.0];
/// Correlation of the noise of one week with that of the next. Assumption.
const MEMORY: f64 = 0.7;

/// How a creator's audience grew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// About as many arrivals in every week.
    Steady,
    /// More and more.
    Accelerating,
    /// Most came early; since then few.
    Stalled,
    /// In one season of the year.
    Seasonal,
    /// Most came early, and many leave.
    Declining,
    /// Began within the last year or so.
    Young,
}

impl Shape {
    /// Draws one from the scenario's mix.
    pub(super) fn draw(mix: &GrowthMix, rng: &mut ChaCha8Rng) -> Self {
        let shapes = [Self::Steady, Self::Accelerating, Self::Stalled, Self::Seasonal, Self::Declining, Self::Young];
        shapes[pick_weighted(rng, mix.weights().into_iter())]
    }

    /// Days between the beginning and the capture: the range to draw from. Assumptions.
    pub(super) fn age_days(self) -> std::ops::Range<i64> {
        match self {
            Self::Young => 60..400,
            Self::Steady | Self::Accelerating | Self::Stalled | Self::Seasonal | Self::Declining => 700..3_000,
        }
    }

    /// Share of all that ever came who have left again, given that of a creator who grows. Assumption.
    pub(super) fn churn_share(self, usual: f64) -> f64 {
        match self {
            Self::Declining => (usual + 0.3).min(0.8),
            Self::Steady | Self::Accelerating | Self::Stalled | Self::Seasonal | Self::Young => usual,
        }
    }

    /// Relative arrivals when a share `x` of the time has passed.
    fn trend(self, x: f64, steepness: f64) -> f64 {
        match self {
            Self::Steady | Self::Seasonal => 1.0,
            Self::Accelerating => 0.1 + x.powf(steepness),
            Self::Young => 0.2 + x,
            Self::Stalled => 0.08 + (-5.0 * x).exp(),
            Self::Declining => 0.05 + (-3.0 * x).exp(),
        }
    }

    /// The course of the everyday arrivals of a creator.
    pub(super) fn course(
        self,
        (start_s, end_s): (i64, i64),
        niche: usize,
        (weekly_sd, season): (f64, f64),
        rng: &mut ChaCha8Rng,
    ) -> WeeklyCourse {
        let steepness = rng.random_range(0.8..2.5);
        let season = if self == Self::Seasonal { season.max(1.5) } else { season };
        let mut noise = normal(rng);
        WeeklyCourse::new((start_s, end_s), |at_s| {
            noise = MEMORY * noise + (1.0 - MEMORY * MEMORY).sqrt() * normal(rng);
            let x = (at_s - start_s) as f64 / (end_s - start_s).max(1) as f64;
            self.trend(x.clamp(0.0, 1.0), steepness) * seasonal(at_s, niche, season) * (weekly_sd * noise).exp()
        })
    }
}

/// Factor of the season: 1 most of the year, up to 1 + `strength` in the weeks of a niche.
fn seasonal(at_s: i64, niche: usize, strength: f64) -> f64 {
    let angle = TAU * (at_s as f64 / YEAR_S - PEAK_DAYS[niche] / 365.25);
    1.0 + strength * (0.5 + 0.5 * angle.cos()).powi(8)
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    fn first_half(shape: Shape) -> f64 {
        let (start_s, end_s) = (1_600_000_000, 1_700_000_000);
        let course = shape.course((start_s, end_s), 0, (0.0, 0.0), &mut stream(1, Stream::Creator, 0));
        course.share_before((start_s + end_s) / 2)
    }

    #[test]
    fn the_first_half_brings_what_the_shape_says() {
        assert!((first_half(Shape::Steady) - 0.5).abs() < 0.01);
        assert!(first_half(Shape::Accelerating) < 0.4);
        assert!(first_half(Shape::Young) < 0.4);
        // By hand: ∫ of .08 + e^(−5x) over the first half against the whole: .22358 / .27865.
        assert!((first_half(Shape::Stalled) - 0.8024).abs() < 0.01);
        assert!(first_half(Shape::Declining) > 0.7);
    }

    #[test]
    fn travel_is_looked_for_in_summer_and_fitness_in_january() {
        let day = |day: f64| (day * 86_400.0) as i64;
        assert!(seasonal(day(190.0), 3, 1.0) > 1.9 && seasonal(day(10.0), 3, 1.0) < 1.1);
        assert!(seasonal(day(10.0), 1, 1.0) > 1.9 && seasonal(day(190.0), 1, 1.0) < 1.1);
    }
}
