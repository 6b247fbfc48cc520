//! Fitting the additive model.

use super::additive::{AdditiveModel, AdditiveTerm, AdditiveValidParams, TrainingRow};
use super::bounded_logistic::BoundedLogistic;
use super::ramps::Ramps;
use crate::domain::Label;
use crate::error::{Error, ErrorKind, Result};
use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, Axis};
use std::cmp::Ordering;

impl From<linfa::Error> for Error {
    fn from(error: linfa::Error) -> Self {
        Self::new(ErrorKind::Numerical { method: "linfa", detail: error.to_string() })
    }
}

impl Fit<Array2<f64>, Array1<TrainingRow>, Error> for AdditiveValidParams {
    type Object = AdditiveModel;

    /// Minimises Σ v_i ln(1 + e^(−s_i z_i)) + λ/2 Σ w² + κ/2 Σ a², z_i = a_domain(i) + Σ w_jk (b_jk − m_jk), under the
    /// signs that the trends set. Convex: one optimum. Rows are put in a canonical order first, so that their order in
    /// the dataset does not change a bit.
    ///
    /// # Shape
    /// Records: rows × terms, NaN where missing.
    ///
    /// # Errors
    /// `NotEnoughData` without rows of both classes; `InvalidArgument` for a wrong number of columns or a weight that
    /// is negative or not finite; `Numerical` if the optimum is not reached.
    ///
    /// # Cost
    /// Some ten to twenty projected Newton steps of rows × ramps²; memory rows × ramps.
    fn fit(&self, dataset: &DatasetBase<Array2<f64>, Array1<TrainingRow>>) -> Result<AdditiveModel> {
        self.refuse(dataset)?;
        let (values, rows) = canonical(&dataset.records, &dataset.targets);
        let total: f64 = rows.iter().map(|row| row.weight).sum();
        let weights: Vec<f64> = rows.iter().map(|row| row.weight / total).collect();
        let n_domains = rows.iter().map(|row| row.domain + 1).max().unwrap_or(0);
        let means = self.means(&values, &weights);
        let design = self.design(&values, &rows, &means, n_domains);
        let of_ramps = |of: &dyn Fn(&Ramps) -> (f64, f64)| {
            self.terms.iter().flat_map(|term| vec![of(term); term.count()]).collect::<Vec<_>>()
        };
        let mut bounds = of_ramps(&Ramps::bounds);
        let mut ridge = vec![self.ridge; bounds.len()];
        bounds.extend(std::iter::repeat_n((f64::NEG_INFINITY, f64::INFINITY), n_domains));
        ridge.extend(std::iter::repeat_n(self.domain_ridge, n_domains));
        let signs: Vec<f64> = rows.iter().map(|row| if row.label == Label::Fake { 1.0 } else { -1.0 }).collect();
        let problem = BoundedLogistic { design: &design, signs: &signs, weights: &weights, ridge: &ridge, bounds: &bounds };
        let solution = problem.solve(self.tolerance, self.max_iterations)?;
        Ok(self.assemble(&solution, means, n_domains))
    }
}

impl AdditiveValidParams {
    fn refuse(&self, dataset: &DatasetBase<Array2<f64>, Array1<TrainingRow>>) -> Result<()> {
        let (records, rows) = (&dataset.records, &dataset.targets);
        if records.ncols() != self.terms.len() || records.nrows() != rows.len() {
            return Err(Error::invalid_argument(
                "records",
                format!("{:?}", records.dim()),
                "one row a target, one column a term",
            ));
        }
        if let Some(row) = rows.iter().find(|row| !(row.weight.is_finite() && row.weight >= 0.0)) {
            return Err(Error::invalid_argument("weight", row.weight, "0 or a positive number"));
        }
        let weight_of = |label: Label| rows.iter().filter(|row| row.label == label).map(|row| row.weight).sum::<f64>();
        if weight_of(Label::Fake) > 0.0 && weight_of(Label::Genuine) > 0.0 {
            return Ok(());
        }
        let detail = "both classes are needed".to_owned();
        Err(Error::new(ErrorKind::NotEnoughData { purpose: "fit an additive model", detail }))
    }

    fn means(&self, values: &Array2<f64>, weights: &[f64]) -> Vec<Vec<f64>> {
        let mean_of = |(column, term): (usize, &Ramps)| {
            let (mut sums, mut total, mut ramps) = (vec![0.0; term.count()], 0.0, vec![0.0; term.count()]);
            for (&value, &weight) in values.column(column).iter().zip(weights).filter(|(value, _)| !value.is_nan()) {
                term.fill(value, &mut ramps);
                sums.iter_mut().zip(&ramps).for_each(|(sum, ramp)| *sum += weight * ramp);
                total += weight;
            }
            sums.iter().map(|sum| if total > 0.0 { sum / total } else { 0.0 }).collect()
        };
        self.terms.iter().enumerate().map(mean_of).collect()
    }

    /// Centred ramps, 0 where missing, then one indicator a domain.
    fn design(&self, values: &Array2<f64>, rows: &[TrainingRow], means: &[Vec<f64>], n_domains: usize) -> Vec<f64> {
        let n_ramps: usize = self.terms.iter().map(Ramps::count).sum();
        let mut design = vec![0.0; rows.len() * (n_ramps + n_domains)];
        for ((line, row), values) in design.chunks_exact_mut(n_ramps + n_domains).zip(rows).zip(values.rows()) {
            let mut start = 0;
            for ((term, means), &value) in self.terms.iter().zip(means).zip(values) {
                let slots = &mut line[start..start + term.count()];
                if !value.is_nan() {
                    term.fill(value, slots);
                    slots.iter_mut().zip(means).for_each(|(slot, mean)| *slot -= mean);
                }
                start += term.count();
            }
            line[n_ramps + row.domain] = 1.0;
        }
        design
    }

    fn assemble(&self, solution: &[f64], means: Vec<Vec<f64>>, n_domains: usize) -> AdditiveModel {
        let (mut weights, intercepts) = solution.split_at(solution.len() - n_domains);
        let mut terms = Vec::with_capacity(self.terms.len());
        for (ramps, means) in self.terms.iter().zip(means) {
            let (own, rest) = weights.split_at(ramps.count());
            terms.push(AdditiveTerm { ramps: ramps.clone(), means, weights: own.to_vec() });
            weights = rest;
        }
        let base = intercepts.iter().sum::<f64>() / n_domains as f64;
        AdditiveModel { base, domain_intercepts: intercepts.to_vec(), terms }
    }
}

/// Rows sorted by domain, class, weight and values.
fn canonical(values: &Array2<f64>, rows: &Array1<TrainingRow>) -> (Array2<f64>, Vec<TrainingRow>) {
    let key = |row: usize| (rows[row].domain, rows[row].label);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| {
        let by_value = || values.row(a).iter().zip(values.row(b)).map(|(x, y)| x.total_cmp(y)).find(|order| order.is_ne());
        key(a).cmp(&key(b)).then(rows[a].weight.total_cmp(&rows[b].weight)).then_with(|| by_value().unwrap_or(Ordering::Equal))
    });
    let sorted = order.iter().map(|&row| rows[row]).collect();
    (values.select(Axis(0), &order), sorted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AdditiveParams, Scale};
    use crate::signals::Trend;
    use linfa::Dataset;
    use linfa::traits::Predict;

    const NAN: f64 = f64::NAN;
    const X: [f64; 24] = [
        0.0, 0.304, 0.609, 0.913, 1.217, 1.522, 1.826, 2.13, 2.435, 2.739, 3.043, 3.348, 3.652, 3.957, 4.261, 4.565, 4.87, 5.174,
        5.478, 5.783, 6.087, 6.391, 6.696, 7.0,
    ];
    const DIGITS: [f64; 24] = [
        0.4, 0.095, 0.1, 0.385, 0.1, NAN, 0.4, 0.065, 0.1, 0.355, 0.1, 0.045, 0.4, 0.035, 0.1, 0.325, 0.1, 0.015, 0.4, 0.005,
        0.1, 0.295, 0.1, -0.015,
    ];
    const IS_FAKE: [u8; 24] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];

    fn label(is_fake: u8) -> Label {
        if is_fake == 1 { Label::Fake } else { Label::Genuine }
    }

    fn tiny(order: &[usize]) -> Dataset<f64, TrainingRow, ndarray::Ix1> {
        let records = Array2::from_shape_fn((24, 2), |(row, column)| [X, DIGITS][column][order[row]]);
        let rows = order.iter().map(|&row| TrainingRow { label: label(IS_FAKE[row]), domain: row / 12, weight: 1.0 });
        Dataset::new(records, rows.collect())
    }

    fn fit_tiny(order: &[usize]) -> AdditiveModel {
        let knots = [0.0_f64, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 10_000.0].map(f64::ln_1p);
        let terms = vec![
            Ramps::new(Scale::Linear, &knots, Trend::Decreasing).unwrap(),
            Ramps::new(Scale::Linear, &[0.0, 0.1, 0.2, 0.3, 0.45, 0.7], Trend::Increasing).unwrap(),
        ];
        AdditiveParams::new(terms).fit(&tiny(order)).unwrap()
    }

    fn in_order() -> Vec<usize> {
        (0..24).collect()
    }

    #[test]
    fn agrees_with_scipy_under_sign_constraints() {
        // scipy.optimize.minimize(objective, method='L-BFGS-B', bounds=signs), run to a projected gradient of 2e-11
        let weights = [
            -0.398_201_08,
            -3.708_697_23,
            -2.239_903_06,
            -1.471_975_75,
            -3.943_142_43,
            -0.581_444_37,
            -0.000_315_07,
            3.128_800_71,
            0.220_601_03,
            0.242_217_8,
            0.0,
            0.0,
        ];
        let intercepts = [-0.861_201_09, 0.609_187_18];
        let scores = [6.869_959_71, 6.163_379_46, 6.232_210_89, 6.607_708_34, 6.057_568_14, 5.073_321_07];
        let model = fit_tiny(&in_order());
        let fitted: Vec<f64> = model.terms().iter().flat_map(|term| term.weights.clone()).collect();
        for (ours, theirs) in fitted.iter().zip(weights).chain(model.domain_intercepts().iter().zip(intercepts)) {
            assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
        }
        for (ours, theirs) in model.predict(&tiny(&in_order()).records).iter().zip(scores) {
            assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
        }
    }

    #[test]
    fn keeps_the_sign_of_every_trend() {
        let model = fit_tiny(&in_order());
        assert!(model.terms()[0].weights.iter().all(|&weight| weight <= 0.0));
        assert!(model.terms()[1].weights.iter().all(|&weight| weight >= 0.0));
    }

    #[test]
    fn neither_row_order_nor_threads_change_a_bit() {
        let turned: Vec<usize> = (0..24).map(|i| (i * 7 + 5) % 24).collect();
        let model = fit_tiny(&in_order());
        assert_eq!(fit_tiny(&turned), model);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(pool.install(|| fit_tiny(&turned)), model);
    }

    /// 40 rows, three columns in 0..=1.
    fn plain() -> (Array2<f64>, Vec<u8>) {
        let is_fake = [
            0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1,
            1,
        ];
        (Array2::from_shape_fn((40, 3), |(i, j)| (i * [7, 11, 17][j] % 40) as f64 / 39.0), is_fake.to_vec())
    }

    /// Weights and intercept of the unconstrained fit with linear terms.
    fn fit_plain(ridge: f64) -> (Vec<f64>, f64) {
        let (records, is_fake) = plain();
        let terms = vec![Ramps::new(Scale::Linear, &[0.0, 1.0], Trend::Free).unwrap(); 3];
        let rows = is_fake.iter().map(|&is_fake| TrainingRow { label: label(is_fake), domain: 0, weight: 2.5 }).collect();
        let model = AdditiveParams::new(terms).ridge(ridge).domain_ridge(0.0).fit(&Dataset::new(records, rows)).unwrap();
        let weights: Vec<f64> = model.terms().iter().map(|term| term.weights[0]).collect();
        let centring: f64 = model.terms().iter().map(|term| term.weights[0] * term.means[0]).sum();
        (weights, model.base() - centring)
    }

    #[test]
    fn agrees_with_scikit_learn_without_constraints() {
        // LogisticRegression(C=1/(0.02*40), tol=1e-12, max_iter=100000).fit(X, y): coef_, intercept_
        let (weights, intercept) = fit_plain(0.02);
        for (ours, theirs) in weights.iter().zip([2.049_583_08, -1.948_698_69, 0.419_898_85]) {
            assert!((ours - theirs).abs() < 1e-5, "{ours} {theirs}");
        }
        assert!((intercept + 0.141_376_66).abs() < 1e-5, "{intercept}");
    }

    #[test]
    fn agrees_with_linfa_logistic_without_constraints() {
        let (records, is_fake) = plain();
        let classes = Array1::from(is_fake).mapv(|is_fake| is_fake == 1);
        let theirs = linfa_logistic::LogisticRegression::default()
            .alpha(0.02 * 40.0)
            .gradient_tolerance(1e-8)
            .max_iterations(10_000)
            .fit(&Dataset::new(records, classes))
            .unwrap();
        // linfa's parameters speak for its own positive label
        let sign = if theirs.labels().pos.class { 1.0 } else { -1.0 };
        let (weights, intercept) = fit_plain(0.02);
        for (ours, theirs) in weights.iter().zip(theirs.params()) {
            assert!((ours - sign * theirs).abs() < 1e-4, "{ours} {theirs}");
        }
        assert!((intercept - sign * theirs.intercept()).abs() < 1e-4);
    }

    #[test]
    fn refuses_what_it_cannot_fit() {
        let terms = vec![Ramps::new(Scale::Linear, &[0.0, 1.0], Trend::Free).unwrap()];
        let rows = |labels: [Label; 2], weight: f64| labels.map(|label| TrainingRow { label, domain: 0, weight }).to_vec();
        let fit = |rows: Vec<TrainingRow>, ridge: f64, columns: usize| {
            let records = Array2::zeros((2, columns));
            AdditiveParams::new(terms.clone())
                .ridge(ridge)
                .fit(&Dataset::new(records, Array1::from(rows)))
                .map_err(|error| error.to_string())
        };
        let both = [Label::Fake, Label::Genuine];
        assert!(fit(rows(both, 1.0), 1e-3, 1).is_ok());
        assert!(fit(rows(both, 1.0), -1.0, 1).unwrap_err().contains("ridge"));
        assert!(fit(rows(both, NAN), 1e-3, 1).unwrap_err().contains("weight"));
        assert!(fit(rows(both, 1.0), 1e-3, 2).unwrap_err().contains("records"));
        assert!(fit(rows([Label::Fake; 2], 1.0), 1e-3, 1).unwrap_err().contains("both classes"));
        assert!(AdditiveParams::new(vec![]).fit(&tiny(&in_order())).is_err());
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(24))]
        #[test]
        fn more_never_speaks_against_the_trend(seed in 0_u64..1000, low in 0.0..1.0_f64, high in 0.0..1.0_f64) {
            let noise = |i: usize, k: u64| ((i as u64 * 2_654_435_761 + k * 40_503 + seed * 7919) % 1009) as f64 / 1008.0;
            let records = Array2::from_shape_fn((60, 2), |(i, j)| if noise(i, 9) < 0.1 { NAN } else { noise(i, j as u64) });
            let rows = (0..60).map(|i| TrainingRow { label: label(u8::from(noise(i, 5) < 0.5)), domain: i % 3, weight: 1.0 }).collect();
            let terms = vec![Ramps::new(Scale::Linear, &[0.0, 0.2, 0.5, 1.0], Trend::Increasing).unwrap(); 2];
            let model = AdditiveParams::new(terms).fit(&Dataset::new(records, rows)).unwrap();
            proptest::prop_assert!(model.contribution(0, low.min(high)) <= model.contribution(0, low.max(high)) + 1e-12);
        }
    }
}
