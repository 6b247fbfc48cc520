//! A line through a quantile.

/// The line y = intercept + slope · x below which a given share of cases lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileLine {
    /// At x = 0.
    pub intercept: f64,
    /// A unit of x.
    pub slope: f64,
}

/// Steps of the golden section; each shortens the bracket by .618.
const STEPS: usize = 90;

impl QuantileLine {
    /// Fits argmin Σ ρ(yᵢ − a − b xᵢ), ρ(r) = r (level − 1) for r below 0, r · level else: for each slope the best intercept is the quantile of the
    /// residuals, and the loss is convex in the slope, which a golden section finds.
    ///
    /// # Missing
    /// `None` for fewer than two different x, a level outside 0..1, or a number that is not finite.
    ///
    /// # Cost
    /// O(n log n), 90 times.
    ///
    /// # Source
    /// Koenker and Bassett, *Regression quantiles*, 1978.
    ///
    /// # Examples
    /// ```
    /// use bonafide::statistics::QuantileLine;
    /// let line = QuantileLine::fit(&[0.0, 1.0, 2.0], &[1.0, 3.0, 5.0], 0.5).unwrap();
    /// assert!((line.at(3.0) - 7.0).abs() < 1e-9);
    /// ```
    pub fn fit(x: &[f64], y: &[f64], level: f64) -> Option<Self> {
        let range = |values: &[f64]| {
            let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| (low.min(v), high.max(v)));
            high - low
        };
        let is_finite = x.iter().chain(y).all(|value| value.is_finite());
        let is_level = level > 0.0 && level < 1.0;
        if x.len() != y.len() || !is_finite || !is_level || x.is_empty() || range(x) <= 0.0 {
            return None;
        }
        let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
        let most = 10.0 * (range(y) + f64::MIN_POSITIVE) / range(x);
        let (mut low, mut high) = (-most, most);
        for _ in 0..STEPS {
            let (left, right) = (high - golden * (high - low), low + golden * (high - low));
            if loss(x, y, (left, level)).1 <= loss(x, y, (right, level)).1 { high = right } else { low = left }
        }
        let slope = 0.5 * (low + high);
        Some(Self { intercept: loss(x, y, (slope, level)).0, slope })
    }

    /// The line's height.
    pub fn at(&self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }
}

/// The best intercept for a slope, and its loss.
fn loss(x: &[f64], y: &[f64], (slope, level): (f64, f64)) -> (f64, f64) {
    let mut residuals: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - slope * x).collect();
    let place = ((residuals.len() as f64 * level).ceil() as usize).clamp(1, residuals.len()) - 1;
    let intercept = *residuals.select_nth_unstable_by(place, f64::total_cmp).1;
    let one = |residual: &f64| (residual - intercept) * if *residual < intercept { level - 1.0 } else { level };
    (intercept, residuals.iter().map(one).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_statsmodels() {
        // statsmodels 0.14 QuantReg(y, add_constant(x)).fit(q), p_tol 1e-10; losses by its own sum.
        let x: Vec<f64> = (1..=12).map(f64::from).collect();
        let y = [2.1, 1.9, 3.7, 3.2, 5.9, 4.1, 7.7, 5.2, 9.6, 6.3, 10.2, 6.9];
        for (level, intercept, slope, sum) in [(0.1, 0.9, 0.5, 1.7), (0.5, 1.633_333, 0.466_667, 7.2), (0.9, 1.275, 0.925, 2.065)]
        {
            let line = QuantileLine::fit(&x, &y, level).unwrap();
            assert!((loss(&x, &y, (line.slope, level)).1 - sum).abs() < 1e-5, "{level}");
            assert!((line.intercept - intercept).abs() < 2e-3 && (line.slope - slope).abs() < 2e-3, "{level}: {line:?}");
        }
    }

    #[test]
    fn has_no_line_through_a_point_or_what_is_no_number() {
        assert_eq!(QuantileLine::fit(&[1.0, 1.0], &[1.0, 2.0], 0.5), None);
        assert_eq!(QuantileLine::fit(&[], &[], 0.5), None);
        assert_eq!(QuantileLine::fit(&[0.0, 1.0], &[f64::NAN, 2.0], 0.5), None);
        assert_eq!(QuantileLine::fit(&[0.0, 1.0], &[1.0, 2.0], 1.0), None);
    }
}
