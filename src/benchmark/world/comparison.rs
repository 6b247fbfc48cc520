//! Rows that set a real figure beside a simulated one.

use super::WorldSettings;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, decimal};
use crate::domain::Interval;
use crate::statistics::{kolmogorov_smirnov, quantile, wasserstein};

/// Columns of a table of comparisons.
pub(super) const COLUMNS: [&str; 6] = ["", "real", "simulated", "n (real, simulated)", "KS D", "Wasserstein"];

/// A statistic of a sample.
pub(super) type Statistic = fn(&[f64]) -> Option<f64>;

/// Two samples of one quantity.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub real: &'a [f64],
    pub simulated: &'a [f64],
}

impl Pair<'_> {
    /// Pushes a row for each named statistic; the distances stand in the first.
    pub(super) fn push(&self, table: &mut EvaluationTable, statistics: &[(&str, Statistic)], settings: &WorldSettings) {
        for (place, (name, statistic)) in statistics.iter().enumerate() {
            let mut row = vec![
                (*name).to_owned(),
                estimate(self.real, *statistic, settings),
                estimate(self.simulated, *statistic, settings),
                format!("{}, {}", count(self.real.len()), count(self.simulated.len())),
            ];
            row.extend(if place == 0 { self.distances() } else { [String::new(), String::new()] });
            table.push(row);
        }
    }

    /// Kolmogorov–Smirnov and Wasserstein distance.
    pub(super) fn distances(&self) -> [String; 2] {
        [
            kolmogorov_smirnov(self.real, self.simulated).map_or(ABSENT.to_owned(), decimal),
            wasserstein(self.real, self.simulated).map_or(ABSENT.to_owned(), figure),
        ]
    }
}

/// A statistic of a sample with its 95 % interval.
pub(super) fn estimate(sample: &[f64], statistic: Statistic, settings: &WorldSettings) -> String {
    let interval = settings.bootstrap().over_rows(sample.len(), |rows| {
        let drawn: Vec<f64> = rows.iter().map(|&row| sample[row]).collect();
        statistic(&drawn)
    });
    with_interval(statistic(sample), interval)
}

/// `353 [340, 366]`, with as many decimals as the size bears.
pub(super) fn with_interval(value: Option<f64>, interval: Option<Interval>) -> String {
    match (value, interval) {
        (Some(value), Some(interval)) => {
            format!("{} [{}, {}]", figure(value), figure(interval.low()), figure(interval.high()))
        }
        (Some(value), None) => figure(value),
        (None, _) => ABSENT.to_owned(),
    }
}

/// Three digits or so: `1,204`, `35.2`, `2.37`, `.024`.
pub(super) fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 99.95 => {
            let sign = if value < 0.0 { "-" } else { "" };
            format!("{sign}{}", count(size.round() as usize))
        }
        size if size >= 9.995 => format!("{value:.1}"),
        size if size >= 0.9995 => format!("{value:.2}"),
        _ => decimal(value),
    }
}

/// The middle value.
pub(super) fn middle(sample: &[f64]) -> Option<f64> {
    quantile(sample, 0.5)
}

/// The value that a tenth lies below.
pub(super) fn low(sample: &[f64]) -> Option<f64> {
    quantile(sample, 0.1)
}

/// The value that a tenth lies above.
pub(super) fn high(sample: &[f64]) -> Option<f64> {
    quantile(sample, 0.9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_as_many_decimals_as_their_size_bears() {
        let shown = [1_203.6, 99.96, 35.24, 2.374, -0.6184, 0.0, -250.0].map(figure);
        assert_eq!(shown, ["1,204", "100", "35.2", "2.37", "-.618", ".000", "-250"]);
    }

    #[test]
    fn a_row_holds_both_sides_and_their_distance() {
        let mut table = EvaluationTable::new("", &COLUMNS);
        let pair = Pair { real: &[1.0, 2.0, 3.0, 4.0], simulated: &[3.0, 4.0, 5.0, 6.0] };
        pair.push(&mut table, &[("median", middle), ("tenth", low)], &WorldSettings::quick(1));
        assert!(table.rows[0][1].starts_with("2.50 [") && table.rows[0][2].starts_with("4.50 ["), "{:?}", table.rows);
        assert_eq!(table.rows[0][3..], ["4, 4", ".500", "2.00"]);
        assert_eq!(table.rows[1][4..], ["", ""]);
    }
}
