//! Account signals of real and simulated accounts as one matrix.

use super::simulated::SimulatedWorld;
use crate::domain::{Dataset, Label, LabelSubject};
use crate::signals::{ACCOUNT_SIGNALS, SignalTable, measure_accounts};
use crate::text::HandleModel;

/// The signal that rests on a fit of its own.
const SURPRISE: &str = "audience.handle_surprise";
/// Signals that speak of the day of the capture, which sets do not share.
const DATED: [&str; 5] =
    ["audience.age", "audience.posts_per_day", "audience.following_per_day", "audience.followers_per_day", "audience.idle_days"];
/// Share of rows in which a signal must be measured to count as one that a set has.
const MEASURED_SHARE: f64 = 0.95;

/// Accounts by signal, counts on a logarithmic scale; NaN where missing.
#[derive(Debug, Clone)]
pub(super) struct AccountSample {
    pub names: Vec<&'static str>,
    pub rows: Vec<Vec<f64>>,
}

impl AccountSample {
    /// The genuine accounts of a real set; handles are measured with their own part taken out of `handles`.
    pub(super) fn genuine(dataset: &Dataset, handles: &HandleModel) -> Self {
        let mut table = measure_accounts(dataset, handles);
        if let Some(column) = table.column_of(SURPRISE) {
            let names = (0..dataset.n_accounts()).map(|row| dataset.accounts.handle.get(row));
            table = table.with_column(column, names.map(|name| handles.surprise_left_out(name?)));
        }
        Self::select(&table, &genuine_rows(dataset))
    }

    /// Organic accounts of the simulation, at most so many.
    pub(super) fn simulated(world: &SimulatedWorld, handles: &HandleModel, most: usize) -> Self {
        Self::select(&measure_accounts(world.dataset(), handles), &world.profiles(most))
    }

    fn select(table: &SignalTable, rows: &[usize]) -> Self {
        let columns: Vec<usize> =
            (0..ACCOUNT_SIGNALS.len()).filter(|&column| !DATED.contains(&ACCOUNT_SIGNALS[column].signal.id)).collect();
        let names = columns.iter().map(|&column| ACCOUNT_SIGNALS[column].signal.name).collect();
        let is_count = |column: usize| matches!(ACCOUNT_SIGNALS[column].signal.unit, "accounts" | "posts" | "characters");
        let is_ratio = |column: usize| ACCOUNT_SIGNALS[column].signal.id == "audience.following_ratio";
        let scaled = |row: usize, column: usize| match table.get(row, column) {
            None => f64::NAN,
            Some(value) if is_count(column) => value.ln_1p(),
            Some(value) if is_ratio(column) => value.ln(),
            Some(value) => value,
        };
        let rows = rows.iter().map(|&row| columns.iter().map(|&column| scaled(row, column)).collect());
        Self { names, rows: rows.collect() }
    }

    /// The columns that every sample has in nearly all rows.
    pub(super) fn shared_columns(samples: &[&Self]) -> Vec<usize> {
        let has = |sample: &Self, column: usize| {
            let measured = sample.rows.iter().filter(|row| row[column].is_finite()).count();
            measured as f64 >= MEASURED_SHARE * sample.rows.len() as f64
        };
        (0..samples.first().map_or(0, |sample| sample.names.len()))
            .filter(|&column| samples.iter().all(|sample| has(sample, column)))
            .collect()
    }

    /// Some columns of the rows that have all of them.
    pub(super) fn complete(&self, columns: &[usize]) -> Vec<Vec<f64>> {
        let rows = self.rows.iter().map(|row| columns.iter().map(|&column| row[column]).collect::<Vec<f64>>());
        rows.filter(|row| row.iter().all(|value| value.is_finite())).collect()
    }
}

/// Rows of the accounts labelled genuine.
pub(super) fn genuine_rows(dataset: &Dataset) -> Vec<usize> {
    let labelled = dataset.labels.iter().filter(|row| row.subject == LabelSubject::Account && row.label == Label::Genuine);
    labelled.map(|row| row.id.index()).collect()
}

/// A handle model of the genuine handles of a set.
pub(super) fn handle_model(dataset: &Dataset) -> HandleModel {
    HandleModel::fit(genuine_rows(dataset).into_iter().filter_map(|row| dataset.accounts.handle.get(row)))
}
