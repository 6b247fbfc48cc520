//! A straight line through points.

use crate::statistics::{mean, standard_deviation};

/// y = intercept + slope x, by least squares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    pub intercept: f64,
    pub slope: f64,
}

impl Line {
    /// Through points (x, y).
    ///
    /// # Missing
    /// `None` unless two points differ in x.
    pub(super) fn fit(points: &[(f64, f64)]) -> Option<Self> {
        let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        let (mean_x, mean_y) = (mean(&xs)?, mean(&ys)?);
        let square: f64 = xs.iter().map(|x| (x - mean_x).powi(2)).sum();
        let product: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
        (square > 0.0).then(|| Self { intercept: mean_y - product / square * mean_x, slope: product / square })
    }

    /// How far points lie above it.
    pub(super) fn residuals(&self, points: &[(f64, f64)]) -> Vec<f64> {
        points.iter().map(|(x, y)| y - self.intercept - self.slope * x).collect()
    }

    /// Standard deviation of points about it.
    pub(super) fn spread(&self, points: &[(f64, f64)]) -> Option<f64> {
        standard_deviation(&self.residuals(points))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_numpy() {
        // np.polyfit([0, 1, 2, 4], [1, 2, 2, 5], 1) = [.97142857, .8]
        let points = [(0.0, 1.0), (1.0, 2.0), (2.0, 2.0), (4.0, 5.0)];
        let line = Line::fit(&points).unwrap();
        assert!((line.slope - 0.971_428_571).abs() < 1e-8 && (line.intercept - 0.8).abs() < 1e-8, "{line:?}");
        assert!(line.residuals(&points).iter().sum::<f64>().abs() < 1e-9);
        assert_eq!(Line::fit(&[(1.0, 2.0), (1.0, 3.0)]), None);
    }
}
