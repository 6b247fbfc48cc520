//! Plots as data; the report draws them.

use crate::statistics::quantile;

/// How an axis is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Evenly.
    Linear,
    /// Evenly in the logarithm: values are log10, labels powers of ten.
    Log10,
    /// The hours of a day.
    Hours,
}

/// One line of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What it shows.
    pub name: String,
    /// Whether it comes from the simulation.
    pub is_simulated: bool,
    /// Points from left to right.
    pub points: Vec<(f64, f64)>,
}

/// A few curves over common axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// File name without extension.
    pub name: &'static str,
    /// What the plot shows.
    pub title: &'static str,
    /// Label and division of the horizontal axis.
    pub across: (&'static str, Axis),
    /// Label and division of the vertical axis.
    pub upright: (&'static str, Axis),
    /// Real ones first.
    pub curves: Vec<Curve>,
}

/// A shaded table: the darker a cell, the larger its value between 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// File name without extension.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// What the columns stand for.
    pub across: String,
    /// Name of each column.
    pub columns: Vec<String>,
    /// Rows from top to bottom, in bands.
    pub bands: Vec<HeatBand>,
}

/// Some rows of a map that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatBand {
    /// What they have in common.
    pub name: String,
    /// Name of each row, and its values between 0 and 1, one slot a column; `None` is an empty cell.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
}

impl Curve {
    /// The distribution function of a sample at each hundredth: an aggregate, not its values.
    pub(super) fn distribution(name: impl Into<String>, is_simulated: bool, sample: &[f64]) -> Self {
        let points = (1..100).filter_map(|step| {
            let share = f64::from(step) / 100.0;
            Some((quantile(sample, share)?, share))
        });
        Self { name: name.into(), is_simulated, points: points.collect() }
    }

    /// Of counts, log10 of the value against log10 of the share that is at least as large.
    pub(super) fn tail(name: impl Into<String>, is_simulated: bool, counts: &[u64]) -> Self {
        let mut sorted: Vec<u64> = counts.iter().copied().filter(|&count| count > 0).collect();
        sorted.sort_unstable();
        let n = sorted.len() as f64;
        let most = sorted.last().map_or(1.0, |&most| most as f64);
        // Forty steps evenly apart in the logarithm; counts below a step are passed.
        let mut points: Vec<(f64, f64)> = Vec::new();
        for step in 0..=40 {
            let at = most.powf(f64::from(step) / 40.0).floor();
            let above = n - sorted.partition_point(|&count| (count as f64) < at) as f64;
            if above > 0.0 && points.last().is_none_or(|&(x, _)| at.log10() > x) {
                points.push((at.log10(), (above / n).log10()));
            }
        }
        Self { name: name.into(), is_simulated, points }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_begins_at_all_and_ends_at_the_largest() {
        let curve = Curve::tail("", false, &[0, 1, 1, 1, 1, 10, 10, 100, 100, 1_000]);
        assert_eq!(curve.points[0], (0.0, 0.0));
        let last = curve.points[curve.points.len() - 1];
        assert!((last.0 - 3.0).abs() < 1e-9 && (last.1 - (1.0_f64 / 9.0).log10()).abs() < 1e-9, "{last:?}");
    }

    #[test]
    fn a_distribution_goes_through_the_median() {
        let sample: Vec<f64> = (0..=100).map(f64::from).collect();
        assert!(Curve::distribution("", true, &sample).points.contains(&(50.0, 0.5)));
    }
}
