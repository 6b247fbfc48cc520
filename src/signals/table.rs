//! Signals as a matrix, one row a subject, one column a signal.

use super::catalogue::Signal;
use ndarray::{Array2, ArrayView1};

/// Measured signals. A missing measurement is held as NaN inside and given out as `None`; it is never a number.
///
/// # Shape
/// `n_rows × signals.len()`, each column in its signal's unit.
#[derive(Debug, Clone)]
pub struct SignalTable {
    signals: Vec<&'static Signal>,
    values: Array2<f64>,
}

impl SignalTable {
    /// From a matrix whose columns are the given signals; infinite values become missing.
    ///
    /// # Panics
    /// If the number of columns differs.
    pub fn new(signals: Vec<&'static Signal>, mut values: Array2<f64>) -> Self {
        assert_eq!(values.ncols(), signals.len(), "one column a signal");
        values.mapv_inplace(|value| if value.is_finite() { value } else { f64::NAN });
        Self { signals, values }
    }

    /// How many subjects there are.
    pub fn n_rows(&self) -> usize {
        self.values.nrows()
    }

    /// The signals, in column order.
    pub fn signals(&self) -> &[&'static Signal] {
        &self.signals
    }

    /// One measurement; `None` where it is missing.
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        let value = self.values[[row, column]];
        value.is_finite().then_some(value)
    }

    /// One subject's measurements, NaN where missing.
    pub fn row(&self, row: usize) -> ArrayView1<'_, f64> {
        self.values.row(row)
    }

    /// The whole matrix, NaN where missing.
    pub fn values(&self) -> &Array2<f64> {
        &self.values
    }
}
