//! `features`: every creator signal by its id.

use super::RunTable;
use super::columns::Columns;
use crate::audit::Audit;
use crate::domain::Dataset;

/// `creator_id`, then one column a signal of the catalogue, in its order.
pub(super) fn table<'a>(dataset: &'a Dataset, audit: &'a Audit) -> RunTable<'a> {
    let table = &audit.creator_signals;
    let id = Columns::default().text("creator_id", |row| Some(dataset.name(dataset.creators[row].id).into()));
    let columns = table
        .signals()
        .iter()
        .enumerate()
        .fold(id, |columns, (column, signal)| columns.real(signal.id, move |row| table.get(row, column)));
    let schema = columns.schema();
    RunTable { name: "features", schema, always_parquet: false, batches: Box::new(columns.batches(table.n_rows())) }
}
