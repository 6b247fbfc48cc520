//! Decision values of accounts: the additive model applied to the account table.

use super::additive::AdditiveModel;
use super::prediction::{Explanation, Reason};
use crate::error::{Error, Result};
use crate::signals::SignalTable;
use crate::text::HandleModel;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// What turns an account's signals into a decision value: the handles it was fitted with, and the additive model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountScorer {
    /// Ids of its signals, one a term.
    pub(super) signals: Vec<String>,
    pub(super) additive: AdditiveModel,
    pub(super) handles: HandleModel,
}

/// One row's parts.
pub(super) struct Parts {
    pub decision: f64,
    pub measured_count: u16,
    pub reasons: [Option<Reason>; 3],
}

impl AccountScorer {
    /// From its parts.
    ///
    /// # Errors
    /// `Malformed` unless there is one finite term a signal.
    pub fn new(signals: Vec<String>, additive: AdditiveModel, handles: HandleModel) -> Result<Self> {
        let scorer = Self { signals, additive, handles };
        scorer.check()?;
        Ok(scorer)
    }

    pub(super) fn check(&self) -> Result<()> {
        if self.signals.is_empty() || self.signals.len() != self.additive.terms().len() || !self.additive.is_whole() {
            return Err(Error::malformed("an account model", "its terms are not whole, or not one a signal"));
        }
        Ok(())
    }

    /// What it knows of genuine handles; account signals must be measured with it.
    pub fn handles(&self) -> &HandleModel {
        &self.handles
    }

    /// Ids of the signals that it rests on.
    pub fn signals(&self) -> &[String] {
        &self.signals
    }

    /// The fitted additive model, one term a signal.
    pub fn additive(&self) -> &AdditiveModel {
        &self.additive
    }

    /// Decision value of every row: base plus contributions, in log-odds.
    ///
    /// # Missing
    /// A missing signal contributes exactly 0.
    ///
    /// # Cost
    /// Rows × terms, on all threads.
    pub fn decisions(&self, table: &SignalTable) -> Vec<f64> {
        self.parts(table).into_iter().map(|parts| parts.decision).collect()
    }

    /// One row's decision value taken apart; the parts add up to it.
    ///
    /// # Panics
    /// If the table has no such row.
    pub fn explain(&self, table: &SignalTable, row: usize) -> Explanation {
        let mut contributions = vec![0.0; table.signals().len()];
        for (term, column) in self.columns(table).into_iter().enumerate() {
            if let Some(column) = column {
                contributions[column] = self.additive.contribution(term, table.row(row)[column]);
            }
        }
        Explanation { base_log_odds: self.additive.base(), contributions }
    }

    /// Where each term's signal stands in a table; a signal that the table lacks is missing in every row.
    fn columns(&self, table: &SignalTable) -> Vec<Option<usize>> {
        self.signals.iter().map(|id| table.column_of(id)).collect()
    }

    pub(super) fn parts(&self, table: &SignalTable) -> Vec<Parts> {
        let columns = self.columns(table);
        (0..table.n_rows()).into_par_iter().with_min_len(256).map(|row| self.parts_of(table, &columns, row)).collect()
    }

    fn parts_of(&self, table: &SignalTable, columns: &[Option<usize>], row: usize) -> Parts {
        let values = table.row(row);
        let mut parts = Parts { decision: self.additive.base(), measured_count: 0, reasons: [None; 3] };
        for (term, column) in columns.iter().enumerate() {
            let Some((column, value)) = column.map(|column| (column, values[column])).filter(|(_, value)| !value.is_nan()) else {
                continue;
            };
            let contribution = self.additive.contribution(term, value);
            parts.decision += contribution;
            parts.measured_count += 1;
            keep_largest(&mut parts.reasons, Reason { signal: column as u16, log_odds: contribution as f32 });
        }
        parts
    }
}

/// Keeps the three largest by size, largest first; of equals the first column stays ahead.
fn keep_largest(reasons: &mut [Option<Reason>; 3], mut reason: Reason) {
    for slot in reasons {
        if reason.log_odds == 0.0 {
            return;
        }
        match slot {
            None => {
                *slot = Some(reason);
                return;
            }
            Some(held) if held.log_odds.abs() < reason.log_odds.abs() => std::mem::swap(held, &mut reason),
            Some(_) => {}
        }
    }
}
