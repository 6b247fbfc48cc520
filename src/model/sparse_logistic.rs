//! Logistic regression on sparse rows, in linfa's frame.

use crate::domain::{Label, Probability};
use crate::error::{Error, ErrorKind, Result};
use linfa::dataset::{DatasetBase, Records};
use linfa::traits::Fit;
use ndarray::Array1;

/// Conjugate-gradient steps within one of Newton's, at most.
const MAX_INNER: usize = 200;
/// Newton's steps, at most.
const MAX_STEPS: usize = 100;
/// Length of the gradient, relative to that at 0, at which the optimum is taken for reached.
const TOLERANCE: f64 = 1e-8;

/// Rows of which most coordinates are 0.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseRows {
    /// Coordinate and value of each that is not, ascending.
    pub rows: Vec<Vec<(u32, f64)>>,
    /// Number of coordinates.
    pub n_features: usize,
}

impl Records for SparseRows {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.rows.len()
    }

    fn nfeatures(&self) -> usize {
        self.n_features
    }
}

/// How a sparse logistic regression is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SparseLogisticParams {
    /// C: the weight of the losses against the penalty, above 0.
    pub loss_weight: f64,
}

/// A fitted sparse logistic regression: log-odds of *fake* are b + Σ w_j x_j.
///
/// # Examples
/// ```
/// use bonafide::domain::Label;
/// use bonafide::model::{SparseLogisticParams, SparseRows};
/// use linfa::{DatasetBase, traits::Fit};
/// let rows = vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(0, 1.0), (1, 0.5)], vec![(1, 2.0)]];
/// let labels = ndarray::arr1(&[Label::Fake, Label::Genuine, Label::Fake, Label::Genuine]);
/// let dataset = DatasetBase::new(SparseRows { rows, n_features: 2 }, labels);
/// let model = SparseLogisticParams { loss_weight: 1.0 }.fit(&dataset).unwrap();
/// assert!(model.log_odds(&[(0, 1.0)]) > 0.0 && model.log_odds(&[(1, 1.0)]) < 0.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SparseLogistic {
    weights: Vec<f64>,
    intercept: f64,
}

impl SparseLogistic {
    /// Log-odds of *fake*; coordinates that the model does not have count 0.
    pub fn log_odds(&self, row: &[(u32, f64)]) -> f64 {
        self.intercept + row.iter().filter_map(|&(at, value)| Some(value * self.weights.get(at as usize)?)).sum::<f64>()
    }
}

impl Fit<SparseRows, Array1<Label>, Error> for SparseLogisticParams {
    type Object = SparseLogistic;

    /// Minimises ½ Σ w_j² + C Σ ln(1 + e^(−s_i (b + w·x_i))), s_i = 1 for fake, −1 for genuine; b is not penalised. Convex: one optimum.
    ///
    /// # Errors
    /// `NotEnoughData` without rows of both classes; `InvalidArgument` if C is not positive, or rows and labels differ in number, or a coordinate is beyond
    /// `n_features`; `Numerical` if the optimum is not reached.
    ///
    /// # Cost
    /// Some hundred products of the rows with a vector.
    ///
    /// # Source
    /// Truncated Newton: Lin, Weng and Keerthi, *Trust region Newton method for large-scale logistic regression*, 2008, with a line search in
    /// place of the trust region.
    fn fit(&self, dataset: &DatasetBase<SparseRows, Array1<Label>>) -> Result<SparseLogistic> {
        self.refuse(dataset)?;
        let signs = dataset.targets.iter().map(|&label| if label == Label::Fake { 1.0 } else { -1.0 }).collect();
        let problem = Problem { rows: &dataset.records.rows, signs, loss_weight: self.loss_weight };
        let mut weights = problem.minimum(dataset.records.n_features)?;
        let intercept = weights.pop().unwrap_or(0.0);
        Ok(SparseLogistic { weights, intercept })
    }
}

impl SparseLogisticParams {
    fn refuse(&self, dataset: &DatasetBase<SparseRows, Array1<Label>>) -> Result<()> {
        let (records, labels) = (&dataset.records, &dataset.targets);
        if !(self.loss_weight.is_finite() && self.loss_weight > 0.0) {
            return Err(Error::invalid_argument("loss_weight", self.loss_weight, "a positive number"));
        }
        let is_beyond = |row: &Vec<(u32, f64)>| row.iter().any(|&(at, _)| at as usize >= records.n_features);
        if records.rows.len() != labels.len() || records.rows.iter().any(is_beyond) {
            return Err(Error::invalid_argument("records", records.rows.len(), "one row a label, coordinates below n_features"));
        }
        if Label::ALL.iter().all(|class| labels.iter().any(|label| label == class)) {
            return Ok(());
        }
        let detail = "both classes are needed".to_owned();
        Err(Error::new(ErrorKind::NotEnoughData { purpose: "fit a logistic regression", detail }))
    }
}

/// What is minimised; the intercept is the last coordinate of a point.
struct Problem<'a> {
    rows: &'a [Vec<(u32, f64)>],
    signs: Vec<f64>,
    loss_weight: f64,
}

impl Problem<'_> {
    fn minimum(&self, n_features: usize) -> Result<Vec<f64>> {
        let mut point = vec![0.0; n_features + 1];
        let mut value = self.value(&point);
        let mut gradient = self.gradient(&point);
        let reached = TOLERANCE * norm(&gradient).max(1.0);
        for _ in 0..MAX_STEPS {
            if norm(&gradient) <= reached {
                return Ok(point);
            }
            let step = self.step(&point, &gradient);
            let Some((next, lower)) = self.search(&point, value, &step, dot(&gradient, &step)) else { break };
            (point, value) = (next, lower);
            gradient = self.gradient(&point);
        }
        // In floating point the value stops falling a little before the gradient does.
        if norm(&gradient) <= 1e3 * reached {
            return Ok(point);
        }
        let detail = format!("gradient still {:.1e}", norm(&gradient));
        Err(Error::new(ErrorKind::Numerical { method: "sparse logistic regression", detail }))
    }

    fn margin(&self, row: &[(u32, f64)], point: &[f64]) -> f64 {
        row.iter().map(|&(at, value)| value * point[at as usize]).sum::<f64>() + point[point.len() - 1]
    }

    fn value(&self, point: &[f64]) -> f64 {
        let losses = self.rows.iter().zip(&self.signs).map(|(row, sign)| softplus(-sign * self.margin(row, point)));
        let weights = &point[..point.len() - 1];
        0.5 * dot(weights, weights) + self.loss_weight * losses.sum::<f64>()
    }

    fn gradient(&self, point: &[f64]) -> Vec<f64> {
        let slope = |row: &[(u32, f64)], sign: f64| -sign * Probability::from_log_odds(-sign * self.margin(row, point)).get();
        self.gathered(point, self.rows.iter().zip(&self.signs).map(|(row, &sign)| slope(row, sign)))
    }

    /// Penalty's part of a direction plus C Σ factor_i x_i.
    fn gathered(&self, direction: &[f64], factors: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut sum = direction.to_vec();
        let last = sum.len() - 1;
        sum[last] = 0.0;
        for (row, factor) in self.rows.iter().zip(factors) {
            let factor = self.loss_weight * factor;
            row.iter().for_each(|&(at, value)| sum[at as usize] += factor * value);
            sum[last] += factor;
        }
        sum
    }

    /// Newton's step by conjugate gradients.
    fn step(&self, point: &[f64], gradient: &[f64]) -> Vec<f64> {
        let curvatures: Vec<f64> = self
            .rows
            .iter()
            .map(|row| Probability::from_log_odds(self.margin(row, point)).get())
            .map(|p| p * (1.0 - p))
            .collect();
        let mut step = vec![0.0; gradient.len()];
        let mut residual: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
        let mut direction = residual.clone();
        let mut square = dot(&residual, &residual);
        let enough = square * 0.01 * norm(gradient).min(1.0);
        for _ in 0..MAX_INNER {
            let bent =
                self.gathered(&direction, self.rows.iter().zip(&curvatures).map(|(row, c)| c * self.margin(row, &direction)));
            let curvature = dot(&direction, &bent);
            if square <= enough || curvature <= f64::MIN_POSITIVE {
                break;
            }
            let size = square / curvature;
            step.iter_mut().zip(&direction).for_each(|(to, by)| *to += size * by);
            residual.iter_mut().zip(&bent).for_each(|(to, by)| *to -= size * by);
            let next = dot(&residual, &residual);
            direction.iter_mut().zip(&residual).for_each(|(to, of)| *to = of + next / square * *to);
            square = next;
        }
        step
    }

    /// The first of the steps 1, ½, ¼ … that lowers the value enough (Armijo).
    fn search(&self, point: &[f64], value: f64, step: &[f64], slope: f64) -> Option<(Vec<f64>, f64)> {
        (0..40).map(|halvings| 0.5_f64.powi(halvings)).find_map(|size| {
            let next: Vec<f64> = point.iter().zip(step).map(|(at, by)| at + size * by).collect();
            let lower = self.value(&next);
            (lower <= value + 1e-4 * size * slope && lower < value).then_some((next, lower))
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// ln(1 + eˣ) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Fake, Genuine};

    fn dataset(rows: Vec<Vec<(u32, f64)>>, labels: &[Label]) -> DatasetBase<SparseRows, Array1<Label>> {
        DatasetBase::new(SparseRows { rows, n_features: 3 }, Array1::from(labels.to_vec()))
    }

    fn rows() -> Vec<Vec<(u32, f64)>> {
        vec![
            vec![(0, 1.0), (2, 0.5)],
            vec![(0, 0.2), (1, 1.0)],
            vec![(1, 0.3), (2, 1.0)],
            vec![(0, 1.0), (1, 1.0)],
            vec![(2, 0.7)],
            vec![(0, 0.5)],
        ]
    }

    const LABELS: [Label; 6] = [Fake, Genuine, Fake, Genuine, Genuine, Fake];

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.linear_model.LogisticRegression(C=2, solver="newton-cholesky", tol=1e-12) on the same rows
        let model = SparseLogisticParams { loss_weight: 2.0 }.fit(&dataset(rows(), &LABELS)).unwrap();
        for (ours, theirs) in model.weights.iter().zip([0.320_284_67, -1.021_503_45, 0.419_843_25]) {
            assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
        }
        assert!((model.intercept - 0.086_046_3).abs() < 1e-6, "{}", model.intercept);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let fit = |loss_weight: f64, rows, labels: &[Label]| SparseLogisticParams { loss_weight }.fit(&dataset(rows, labels));
        assert!(fit(1.0, rows(), &[Fake; 6]).is_err() && fit(1.0, rows(), &LABELS[1..]).is_err());
        assert!(fit(0.0, rows(), &LABELS).is_err() && fit(f64::NAN, rows(), &LABELS).is_err());
        assert!(fit(1.0, vec![vec![(3, 1.0)]; 6], &LABELS).is_err());
    }

    #[test]
    fn classes_that_are_apart_have_a_finite_optimum() {
        let model =
            SparseLogisticParams { loss_weight: 1e6 }.fit(&dataset(vec![vec![(0, 1.0)], vec![(0, -1.0)]], &[Fake, Genuine]));
        assert!(model.unwrap().log_odds(&[(0, 1.0), (9, 5.0)]).is_finite());
    }
}
