//! Isotonic regression by pooling adjacent violators.

use serde::{Deserialize, Serialize};

/// The non-decreasing function nearest to given points: minimises Σ w (y − f(x))², linear between its corners,
/// flat beyond its ends.
///
/// # Examples
/// ```
/// use bonafide::statistics::IsotonicFit;
/// let fit = IsotonicFit::fit(&[1.0, 2.0, 3.0], &[0.0, 1.0, 0.5], None).unwrap();
/// assert_eq!((fit.predict(2.5), fit.predict(1.5)), (0.75, 0.375));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IsotonicFit {
    corners: Vec<(f64, f64)>,
}

struct Block {
    first: f64,
    last: f64,
    total: f64,
    weight: f64,
}

impl IsotonicFit {
    /// Fits points with weights (all 1 where `None`); points with one x are averaged first.
    ///
    /// # Missing
    /// `None` without points of positive weight, or if any number is not finite.
    ///
    /// # Cost
    /// O(n log n).
    ///
    /// # Source
    /// Ayer, Brunk, Ewing, Reid and Silverman, *An empirical distribution function for sampling with incomplete
    /// information*, 1955.
    pub fn fit(x: &[f64], y: &[f64], weights: Option<&[f64]>) -> Option<Self> {
        let weight = |row: usize| weights.map_or(1.0, |weights| weights[row]);
        if !(0..x.len()).all(|row| x[row].is_finite() && y[row].is_finite() && weight(row).is_finite()) {
            return None;
        }
        let mut order: Vec<usize> = (0..x.len()).filter(|&row| weight(row) > 0.0).collect();
        order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
        let mut blocks: Vec<Block> = Vec::new();
        for tied in order.chunk_by(|&a, &b| x[a] == x[b]) {
            let total = tied.iter().map(|&row| weight(row) * y[row]).sum();
            let mut block =
                Block { first: x[tied[0]], last: x[tied[0]], total, weight: tied.iter().map(|&row| weight(row)).sum() };
            while let Some(before) = blocks.pop_if(|before| before.total * block.weight >= block.total * before.weight) {
                block.first = before.first;
                block.total += before.total;
                block.weight += before.weight;
            }
            blocks.push(block);
        }
        let corners = blocks.iter().flat_map(Block::corners).collect::<Vec<_>>();
        (!corners.is_empty()).then_some(Self { corners })
    }

    /// The fitted value at x.
    pub fn predict(&self, x: f64) -> f64 {
        let after = self.corners.partition_point(|corner| corner.0 <= x);
        match (after.checked_sub(1).map(|before| self.corners[before]), self.corners.get(after)) {
            (None, Some(&(_, y))) | (Some((_, y)), None) => y,
            (Some((x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
            (None, None) => f64::NAN,
        }
    }

    /// Its corners (x, f(x)), x increasing.
    pub fn corners(&self) -> &[(f64, f64)] {
        &self.corners
    }
}

impl Block {
    fn corners(&self) -> impl Iterator<Item = (f64, f64)> {
        let level = self.total / self.weight;
        let end = (self.last > self.first).then_some((self.last, level));
        std::iter::once((self.first, level)).chain(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fit: &IsotonicFit, x: &[f64], expected: &[f64]) {
        for (&x, &expected) in x.iter().zip(expected) {
            assert!((fit.predict(x) - expected).abs() < 1e-12, "f({x}) = {} not {expected}", fit.predict(x));
        }
    }

    const X: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
    const Y: [f64; 8] = [0.1, 0.3, 0.2, 0.5, 0.45, 0.4, 0.9, 0.8];

    #[test]
    fn agrees_with_scikit_learn() {
        // IsotonicRegression(out_of_bounds='clip').fit(x, y).predict(…)
        let at = [0.0, 1.0, 2.0, 2.5, 3.0, 4.0, 5.5, 6.0, 6.5, 7.0, 9.0];
        check(&IsotonicFit::fit(&X, &Y, None).unwrap(), &at, &[0.1, 0.1, 0.25, 0.25, 0.25, 0.45, 0.45, 0.45, 0.65, 0.85, 0.85]);
    }

    #[test]
    fn agrees_with_scikit_learn_with_weights() {
        // IsotonicRegression().fit(x, y, sample_weight=[1, 2, 1, 1, 1, 3, 1, 1]).predict(x)
        let weights = [1.0, 2.0, 1.0, 1.0, 1.0, 3.0, 1.0, 1.0];
        let level = 0.8 / 3.0;
        check(&IsotonicFit::fit(&X, &Y, Some(&weights)).unwrap(), &X, &[0.1, level, level, 0.43, 0.43, 0.43, 0.85, 0.85]);
    }

    #[test]
    fn agrees_with_scikit_learn_on_ties() {
        // IsotonicRegression(out_of_bounds='clip').fit([1, 1, 2, 2, 3], [0, 1, 0, 0, 1]).predict([1, 1.5, 2, 2.5, 3])
        let fit = IsotonicFit::fit(&[1.0, 1.0, 2.0, 2.0, 3.0], &[0.0, 1.0, 0.0, 0.0, 1.0], None).unwrap();
        check(&fit, &[1.0, 1.5, 2.0, 2.5, 3.0], &[0.25, 0.25, 0.25, 0.625, 1.0]);
    }

    #[test]
    fn is_missing_without_points_and_for_nan() {
        assert!(IsotonicFit::fit(&[], &[], None).is_none());
        assert!(IsotonicFit::fit(&[f64::NAN], &[1.0], None).is_none());
    }

    proptest::proptest! {
        #[test]
        fn never_decreases(points in proptest::collection::vec((-9_i32..9, -9_i32..9), 1..30), at in proptest::collection::vec(-12.0..12.0_f64, 2)) {
            let (x, y): (Vec<f64>, Vec<f64>) = points.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).unzip();
            let fit = IsotonicFit::fit(&x, &y, None).unwrap();
            let (low, high) = (at[0].min(at[1]), at[0].max(at[1]));
            proptest::prop_assert!(fit.predict(low) <= fit.predict(high) + 1e-12);
        }
    }
}
