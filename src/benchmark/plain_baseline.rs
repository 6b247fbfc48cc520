//! What a plain model reaches on the same rows, so that a figure can be judged.

use super::plan::Plan;
use crate::error::Result;
use crate::model::{AdditiveModel, AdditiveParams, Ramps, Scale, TrainingRow, account_terms};
use crate::signals::{SignalTable, Trend};
use crate::text::HandleModel;
use crate::training::LabelledRows;
use linfa::traits::{Fit, Predict};
use linfa::{DatasetBase, ParamGuard};
use ndarray::{Array1, Array2};

/// The signal that rests on a fit of its own.
const FITTED: &str = "audience.handle_surprise";

/// Decision values of the plan's left-out rows by a plain logistic regression fitted on the others: one slope a
/// signal (logarithms of counts) between the outer knots of the account model, any sign, one intercept, every row of
/// one weight, missing values at their mean; without what must be learnt from handles.
///
/// # Errors
/// As the fit.
pub(super) fn decisions(rows: &LabelledRows, plan: &Plan) -> Result<Vec<f64>> {
    let (signals, terms) = account_terms()?;
    let mut ids = Vec::new();
    let mut straight = Vec::new();
    for (id, term) in signals.into_iter().zip(terms).filter(|(id, _)| id != FITTED) {
        let scale = if id == "audience.age" || id == "audience.following_ratio" { Scale::Log } else { scale_of(&id) };
        straight.push(Ramps::new(scale, &outer(term.knots()), Trend::Free)?);
        ids.push(id);
    }
    let handles = HandleModel::default();
    let targets = plan.train.iter().map(|&row| TrainingRow { label: rows.labels()[row], domain: 0, weight: 1.0 });
    let train = DatasetBase::new(records(&rows.table(&plan.train, &handles), &ids), Array1::from_iter(targets));
    let model: AdditiveModel = AdditiveParams::new(straight).check()?.fit(&train)?;
    Ok(model.predict(&records(&rows.table(&plan.test, &handles), &ids)).to_vec())
}

fn scale_of(id: &str) -> Scale {
    if id == "audience.avatar" || id == "audience.handle_digits" { Scale::Linear } else { Scale::Log1p }
}

fn outer(knots: &[f64]) -> [f64; 2] {
    [knots[0], knots[knots.len() - 1]]
}

fn records(table: &SignalTable, ids: &[String]) -> Array2<f64> {
    let columns: Vec<Option<usize>> = ids.iter().map(|id| table.column_of(id)).collect();
    Array2::from_shape_fn((table.n_rows(), ids.len()), |(row, term)| {
        columns[term].map_or(f64::NAN, |column| table.row(row)[column])
    })
}
