//! `sketches`: what selection and overlap need of the authentic audience.

use super::RunTable;
use crate::audit::Audit;
use crate::domain::Dataset;
use crate::tables::{sketches_batch, sketches_schema};

/// Creators of one batch: at most 16 MB of sketches.
const BATCH_ROWS: usize = 128;

/// One row a creator; always Parquet, since CSV has no lists.
pub(super) fn table<'a>(dataset: &'a Dataset, audit: &'a Audit) -> RunTable<'a> {
    let ids: Vec<&str> = dataset.creators.iter().map(|creator| dataset.name(creator.id)).collect();
    let batches = (0..ids.len()).step_by(BATCH_ROWS).map(move |first| {
        let rows = first..(first + BATCH_ROWS).min(ids.len());
        sketches_batch(&ids[rows.clone()], &audit.sketches[rows])
    });
    RunTable { name: "sketches", schema: sketches_schema(), always_parquet: true, batches: Box::new(batches) }
}
