//! Record batches of dense ids as edges.

use super::edge_source::{EdgeBatch, EdgeSource};
use super::edge_time::EdgeTime;
use crate::domain::Timestamp;
use crate::error::ErrorKind;
use crate::{Error, Result};
use arrow_array::cast::AsArray;
use arrow_array::types::{TimestampMillisecondType, UInt32Type};
use arrow_array::{Array, RecordBatch};

/// Edges from Arrow record batches: two columns of `UInt32` without nulls and, where it is there, one of
/// `Timestamp(Millisecond)` in which null is missing.
///
/// # Examples
/// ```
/// use arrow_array::{RecordBatch, UInt32Array};
/// use bonafide::graph::{BatchEdges, BipartiteGraph};
/// use std::sync::Arc;
/// let column = |ids: Vec<u32>| Arc::new(UInt32Array::from(ids)) as _;
/// let batch = RecordBatch::try_from_iter([("account", column(vec![0, 1])), ("creator", column(vec![0, 0]))]).unwrap();
/// let batches = || [Ok(batch.clone())];
/// let edges = BatchEdges { n_rows: 2, n_columns: 1, row: "account", column: "creator", time: None, batches };
/// assert_eq!(BipartiteGraph::build(&edges)?.rows_of(0), [0, 1]);
/// # Ok::<(), bonafide::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct BatchEdges<'a, F> {
    /// How many rows there are.
    pub n_rows: usize,
    /// How many columns there are.
    pub n_columns: usize,
    /// Name of the batches' column that holds the rows.
    pub row: &'a str,
    /// Name of the batches' column that holds the columns.
    pub column: &'a str,
    /// Name of the batches' column that holds the times, if there is one.
    pub time: Option<&'a str>,
    /// Reads the batches from the start; called twice.
    pub batches: F,
}

impl<F, I> EdgeSource for BatchEdges<'_, F>
where
    F: Fn() -> I,
    I: IntoIterator<Item = Result<RecordBatch>>,
{
    fn n_rows(&self) -> usize {
        self.n_rows
    }

    fn n_columns(&self) -> usize {
        self.n_columns
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        for batch in (self.batches)() {
            let batch = batch?;
            let times = self.time.map(|name| times(&batch, name)).transpose()?;
            visit(EdgeBatch { rows: ids(&batch, self.row)?, columns: ids(&batch, self.column)?, times: times.as_deref() })?;
        }
        Ok(())
    }
}

fn array<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a dyn Array> {
    batch.column_by_name(name).map(AsRef::as_ref).ok_or_else(|| {
        let found = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>().join(", ");
        Error::new(ErrorKind::MissingColumn { column: name.to_owned(), found, hint: String::new() })
    })
}

fn ids<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a [u32]> {
    let ids = array(batch, name)?.as_primitive_opt::<UInt32Type>().filter(|ids| ids.null_count() == 0);
    ids.map(|ids| &ids.values()[..]).ok_or_else(|| wrong_type(batch, name, "UInt32 without nulls"))
}

fn times(batch: &RecordBatch, name: &str) -> Result<Vec<EdgeTime>> {
    let times = array(batch, name)?.as_primitive_opt::<TimestampMillisecondType>();
    let times = times.ok_or_else(|| wrong_type(batch, name, "Timestamp(Millisecond)"))?;
    Ok(times.iter().map(|ms| EdgeTime::from(ms.and_then(Timestamp::from_ms))).collect())
}

fn wrong_type(batch: &RecordBatch, name: &str, expected: &str) -> Error {
    let found =
        batch.schema_ref().field_with_name(name).map_or_else(|_| "nothing".to_owned(), |field| field.data_type().to_string());
    Error::invalid_argument("the type of a column of edges", found, expected).at_column(name)
}
