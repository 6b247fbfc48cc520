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

    /// The column of a signal.
    pub fn column_of(&self, id: &str) -> Option<usize> {
        self.signals.iter().position(|signal| signal.id == id)
    }

    /// For how many subjects a signal is measured.
    pub fn measured_count(&self, column: usize) -> usize {
        self.values.column(column).iter().filter(|value| value.is_finite()).count()
    }

    /// The same table with one column measured anew.
    ///
    /// # Panics
    /// If there is not one value a row.
    #[must_use]
    pub fn with_column(mut self, column: usize, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let values: Vec<f64> = values.into_iter().map(|value| value.filter(|v| v.is_finite()).unwrap_or(f64::NAN)).collect();
        self.values.column_mut(column).assign(&ArrayView1::from(&values));
        self
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
