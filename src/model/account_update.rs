//! A fitted account scorer moved towards labels of one's own.

use super::account_scorer::AccountScorer;
use super::additive::{AdditiveModel, AdditiveTerm};
use super::bounded_logistic::BoundedLogistic;
use crate::domain::Label;
use crate::error::{Error, ErrorKind, Result};
use crate::signals::SignalTable;
use std::cmp::Ordering;

/// λ of the intercept: it may move freely.
const INTERCEPT_RIDGE: f64 = 1e-6;
/// Largest slope that counts as the minimum's.
const TOLERANCE: f64 = 1e-7;
/// Newton steps at most.
const MAX_ITERATIONS: u32 = 500;

impl AccountScorer {
    /// The scorer with weights w + δ that minimise Σ v_i ln(1 + e^(−s_i (d_i + c + Σ δ_jk (b_jk − m_jk)))) + λ/2 Σ δ², where d is the present decision: the
    /// fewer the labels, the nearer it stays to what it was. Each class weighs one half; no weight may leave the sign that its signal's trend sets. A
    /// signal that is measured of no row keeps its function.
    ///
    /// # Shape
    /// `table`: measured with [`AccountScorer::handles`]; one label a row.
    ///
    /// # Errors
    /// `NotEnoughData` without rows of both classes; `Numerical` if the optimum is not reached.
    ///
    /// # Cost
    /// Some ten to twenty steps of rows × ramps².
    ///
    /// # Source
    /// Offsets: McCullagh and Nelder, *Generalized linear models*, 1989; a prior centred on the weights of the source: Chelba and Acero, *Adaptation of maximum
    /// entropy capitalizer: little data can help a lot*, 2006.
    ///
    /// # Panics
    /// If there is not one label a row.
    pub fn updated(&self, table: &SignalTable, labels: &[Label], ridge: f64) -> Result<Self> {
        assert_eq!(table.n_rows(), labels.len(), "one label a row");
        let of_class = |class: Label| labels.iter().filter(|label| **label == class).count();
        let (n_fake, n_genuine) = (of_class(Label::Fake), of_class(Label::Genuine));
        if n_fake == 0 || n_genuine == 0 {
            let detail = "both classes are needed".to_owned();
            return Err(Error::new(ErrorKind::NotEnoughData { purpose: "update an account model", detail }));
        }
        let order = canonical(table, labels);
        let design = self.design_beside_decisions(table, &order);
        let signs: Vec<f64> = order.iter().map(|&row| if labels[row] == Label::Fake { 1.0 } else { -1.0 }).collect();
        let half = |row: &usize| 0.5 / if labels[*row] == Label::Fake { n_fake as f64 } else { n_genuine as f64 };
        let weights: Vec<f64> = order.iter().map(half).collect();
        let present = || self.additive.terms().iter().flat_map(|term| term.weights.iter().map(move |weight| (term, *weight)));
        let room = present().map(|(term, weight)| (term.ramps.bounds().0 - weight, term.ramps.bounds().1 - weight));
        // Bounds hold 0 exactly: a weight that lies a rounding error beyond its sign does not move the others.
        let room = room.map(|(low, high)| (low.min(0.0), high.max(0.0)));
        let bounds: Vec<(f64, f64)> =
            std::iter::once((1.0, 1.0)).chain(room).chain([(f64::NEG_INFINITY, f64::INFINITY)]).collect();
        let mut penalties = vec![ridge; bounds.len()];
        (penalties[0], penalties[bounds.len() - 1]) = (0.0, INTERCEPT_RIDGE);
        let problem = BoundedLogistic { design: &design, signs: &signs, weights: &weights, ridge: &penalties, bounds: &bounds };
        let solution = problem.solve(TOLERANCE, MAX_ITERATIONS)?;
        Ok(Self { additive: moved(&self.additive, &solution[1..]), ..self.clone() })
    }

    /// Present decision, centred ramps (0 where missing), and 1, row by row.
    fn design_beside_decisions(&self, table: &SignalTable, order: &[usize]) -> Vec<f64> {
        let decisions = self.decisions(table);
        let columns: Vec<Option<usize>> = self.signals.iter().map(|id| table.column_of(id)).collect();
        let mut design = Vec::new();
        for &row in order {
            design.push(decisions[row]);
            for (term, column) in self.additive.terms().iter().zip(&columns) {
                let value = column.and_then(|column| table.get(row, column));
                let mut slots = vec![0.0; term.ramps.count()];
                if let Some(value) = value {
                    term.ramps.fill(value, &mut slots);
                    slots.iter_mut().zip(&term.means).for_each(|(slot, mean)| *slot -= mean);
                }
                design.extend(slots);
            }
            design.push(1.0);
        }
        design
    }
}

/// Rows sorted by class and values, so that their order does not change a bit.
fn canonical(table: &SignalTable, labels: &[Label]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&a, &b| {
        let by_value = table.row(a).iter().zip(table.row(b)).map(|(x, y)| x.total_cmp(y)).find(|order| order.is_ne());
        labels[a].cmp(&labels[b]).then(by_value.unwrap_or(Ordering::Equal))
    });
    order
}

/// Weights and base with the changes added: those of the ramps, then that of the intercept.
fn moved(model: &AdditiveModel, changes: &[f64]) -> AdditiveModel {
    let (mut rest, intercept) = changes.split_at(changes.len() - 1);
    let mut terms = Vec::with_capacity(model.terms.len());
    for term in &model.terms {
        let (own, others) = rest.split_at(term.weights.len());
        let (low, high) = term.ramps.bounds();
        let weights = term.weights.iter().zip(own).map(|(weight, change)| (weight + change).clamp(low, high)).collect();
        terms.push(AdditiveTerm { weights, ..term.clone() });
        rest = others;
    }
    AdditiveModel {
        base: model.base + intercept[0],
        domain_intercepts: model.domain_intercepts.iter().map(|own| own + intercept[0]).collect(),
        terms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccountModel;
    use crate::signals::ACCOUNT_SIGNALS;
    use ndarray::Array2;

    /// Accounts of whom only posts differ: here, against all that the shipped model knows, the fakes have none more often only by a little.
    fn rows(n: usize) -> (SignalTable, Vec<Label>) {
        let column = |id: &str| ACCOUNT_SIGNALS.iter().position(|entry| entry.signal.id == id).unwrap();
        let (posts, following) = (column("audience.posts"), column("audience.following"));
        let value = |row: usize, at: usize| match at {
            at if at == posts => ((row * 37) % 60) as f64,
            at if at == following => ((row * 53) % 900) as f64,
            _ => f64::NAN,
        };
        let values = Array2::from_shape_fn((n, ACCOUNT_SIGNALS.len()), |(row, at)| value(row, at));
        let label = |row: usize| if (row * 53) % 900 + (row * 29) % 500 > 700 { Label::Fake } else { Label::Genuine };
        let signals = ACCOUNT_SIGNALS.iter().map(|entry| &entry.signal).collect();
        (SignalTable::new(signals, values), (0..n).map(label).collect())
    }

    fn loss(scorer: &AccountScorer, table: &SignalTable, labels: &[Label]) -> f64 {
        let half = |class: Label| 0.5 / labels.iter().filter(|label| **label == class).count() as f64;
        let of = |(decision, label): (f64, &Label)| {
            half(*label) * (1.0 + (if *label == Label::Fake { -decision } else { decision }).exp()).ln()
        };
        scorer.decisions(table).into_iter().zip(labels).map(of).sum()
    }

    #[test]
    fn the_looser_the_penalty_the_nearer_to_the_labels_and_signs_are_kept() {
        let scorer = AccountModel::embedded().unwrap().scorer().clone();
        let (table, labels) = rows(300);
        let losses: Vec<f64> = [1e6, 1.0, 1e-2, 1e-4]
            .into_iter()
            .map(|ridge| {
                let updated = scorer.updated(&table, &labels, ridge).unwrap();
                for term in updated.additive().terms() {
                    let (low, high) = term.ramps.bounds();
                    assert!(term.weights.iter().all(|weight| (low..=high).contains(weight)));
                }
                loss(&updated, &table, &labels)
            })
            .collect();
        assert!(losses.windows(2).all(|pair| pair[1] < pair[0]), "{losses:?}");
        assert!(losses[0] < loss(&scorer, &table, &labels));
    }

    #[test]
    fn what_no_row_measures_keeps_its_function_and_order_does_not_matter() {
        let scorer = AccountModel::embedded().unwrap().scorer().clone();
        let (table, labels) = rows(240);
        let updated = scorer.updated(&table, &labels, 1e-2).unwrap();
        for (id, (before, after)) in scorer.signals().iter().zip(scorer.additive().terms().iter().zip(updated.additive().terms()))
        {
            let is_measured = ["audience.posts", "audience.following"].contains(&id.as_str());
            assert_eq!(before == after, !is_measured, "{id}");
        }
        let turned: Vec<usize> = (0..240).rev().collect();
        let values = table.values().select(ndarray::Axis(0), &turned);
        let backward = SignalTable::new(table.signals().to_vec(), values);
        let labels: Vec<Label> = turned.iter().map(|&row| labels[row]).collect();
        assert_eq!(scorer.updated(&backward, &labels, 1e-2).unwrap(), updated);
        assert!(scorer.updated(&backward, &[Label::Fake; 240], 1e-2).is_err());
    }
}
