//! The monotone additive logistic model, in linfa's frame.

use super::ramps::Ramps;
use crate::domain::Label;
use crate::error::{Error, Result};
use linfa::ParamGuard;
use linfa::traits::PredictInplace;
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

/// What a row is fitted to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainingRow {
    /// Its class.
    pub label: Label,
    /// The source it comes from, 0..; each has an intercept of its own, so that no source's share of fakes is learned.
    pub domain: usize,
    /// Its weight, in any unit: weights are divided by their sum.
    pub weight: f64,
}

/// Parameters, unchecked.
#[derive(Debug, Clone, PartialEq)]
pub struct AdditiveParams(AdditiveValidParams);

/// Parameters that were checked; only these can be fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct AdditiveValidParams {
    pub(super) terms: Vec<Ramps>,
    pub(super) ridge: f64,
    pub(super) domain_ridge: f64,
    pub(super) tolerance: f64,
    pub(super) max_iterations: u32,
}

impl AdditiveParams {
    /// One term a column of the records, with the ridge λ = 0.001 on weights and 0.0002 on intercepts of domains.
    pub fn new(terms: Vec<Ramps>) -> Self {
        Self(AdditiveValidParams { terms, ridge: 1e-3, domain_ridge: 2e-4, tolerance: 1e-9, max_iterations: 200 })
    }

    /// λ of λ/2 Σ w², against a mean loss.
    #[must_use]
    pub fn ridge(mut self, ridge: f64) -> Self {
        self.0.ridge = ridge;
        self
    }

    /// Largest slope that counts as the minimum's, 1e-9 where nothing else is asked for.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// λ of the intercepts of domains.
    #[must_use]
    pub fn domain_ridge(mut self, ridge: f64) -> Self {
        self.0.domain_ridge = ridge;
        self
    }
}

impl ParamGuard for AdditiveParams {
    type Checked = AdditiveValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&AdditiveValidParams> {
        let valid = &self.0;
        if valid.terms.is_empty() {
            return Err(Error::invalid_argument("terms", 0, "one term a column"));
        }
        if !(valid.tolerance.is_finite() && valid.tolerance > 0.0) {
            return Err(Error::invalid_argument("tolerance", valid.tolerance, "a positive number"));
        }
        for (name, ridge) in [("ridge", valid.ridge), ("domain_ridge", valid.domain_ridge)] {
            if !(ridge.is_finite() && ridge >= 0.0) {
                return Err(Error::invalid_argument(name, ridge, "0 or a positive number"));
            }
        }
        Ok(valid)
    }

    fn check(self) -> Result<AdditiveValidParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// One fitted term Σ_k w_k (b_k(x) − m_k).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdditiveTerm {
    /// b.
    pub ramps: Ramps,
    /// m: weighted mean of each ramp over the training rows in which the signal is measured.
    pub means: Vec<f64>,
    /// w.
    pub weights: Vec<f64>,
}

/// log-odds(x) = base + Σ_j Σ_k w_jk (b_jk(x_j) − m_jk); a missing x_j contributes exactly 0.
///
/// # Source
/// Generalized additive models: Hastie and Tibshirani, 1990; monotone by the sign of ramp weights: Ramsay, *Monotone
/// regression splines in action*, 1988, at degree one.
///
/// # Examples
/// ```
/// use bonafide::domain::Label::{Fake, Genuine};
/// use bonafide::model::{AdditiveParams, Ramps, Scale, TrainingRow};
/// use bonafide::signals::Trend;
/// use linfa::Dataset;
/// use linfa::traits::{Fit, Predict};
/// use ndarray::{Array1, array};
/// let records = array![[0.0], [1.0], [2.0], [f64::NAN]];
/// let rows = [Genuine, Genuine, Fake, Fake].map(|label| TrainingRow { label, domain: 0, weight: 1.0 });
/// let terms = vec![Ramps::new(Scale::Linear, &[0.0, 1.0, 2.0], Trend::Increasing).unwrap()];
/// let model = AdditiveParams::new(terms).fit(&Dataset::new(records.clone(), Array1::from(rows.to_vec()))).unwrap();
/// let log_odds = model.predict(&records);
/// assert!(log_odds[0] <= log_odds[1] && log_odds[1] < log_odds[2]);
/// assert_eq!(log_odds[3], model.base());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdditiveModel {
    pub(super) base: f64,
    pub(super) domain_intercepts: Vec<f64>,
    pub(super) terms: Vec<AdditiveTerm>,
}

impl AdditiveModel {
    /// Log-odds of a row in which nothing is measured: the mean of the domains' intercepts.
    pub fn base(&self) -> f64 {
        self.base
    }

    /// The fitted intercept of each domain.
    pub fn domain_intercepts(&self) -> &[f64] {
        &self.domain_intercepts
    }

    /// The fitted terms, one a column.
    pub fn terms(&self) -> &[AdditiveTerm] {
        &self.terms
    }

    /// A term's contribution at a value; 0 where it is missing (NaN).
    pub fn contribution(&self, term: usize, value: f64) -> f64 {
        let AdditiveTerm { ramps, means, weights } = &self.terms[term];
        if value.is_nan() { 0.0 } else { ramps.weigh(value, weights, means) }
    }

    /// Whether all lists have their lengths and all numbers are finite.
    pub(super) fn is_whole(&self) -> bool {
        let is_finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        let term_is_whole = |term: &AdditiveTerm| {
            let n = term.ramps.count();
            term.means.len() == n && term.weights.len() == n && is_finite(&term.means) && is_finite(&term.weights)
        };
        self.base.is_finite() && self.terms.iter().all(term_is_whole)
    }
}

impl PredictInplace<Array2<f64>, Array1<f64>> for AdditiveModel {
    /// Log-odds of each row.
    fn predict_inplace(&self, records: &Array2<f64>, log_odds: &mut Array1<f64>) {
        for (row, slot) in records.rows().into_iter().zip(log_odds) {
            *slot = self.base + row.iter().enumerate().map(|(term, &value)| self.contribution(term, value)).sum::<f64>();
        }
    }

    fn default_target(&self, records: &Array2<f64>) -> Array1<f64> {
        Array1::zeros(records.nrows())
    }
}
