//! Parquet: the known columns, row group by row group.

use super::batch::{ColumnGatherer, FormCounts, batch_of};
use super::cell::{Cell, MAX_TEXT_BYTES};
use super::layout::{Layout, Needs};
use super::piece::{Piece, above_whole};
use super::reject::RawReject;
use super::typed::cell_at;
use crate::domain::{ColumnKind, ColumnSpec, Table, TimeForm, Timestamp};
use crate::error::{Error, Locate, Result};
use arrow_array::cast::AsArray;
use arrow_array::types::{DurationMillisecondType, Float64Type, Int64Type, TimestampMillisecondType, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, TimeUnit};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_schema};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of a batch.
const BATCH_ROWS: usize = 32 * 1024;

/// How a Parquet file is to be read.
#[derive(Debug, Clone)]
pub(super) struct ParquetLayout {
    pub(super) layout: Layout,
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    /// Names of the columns that hold durations: to Parquet they are whole numbers, only their writer's schema tells.
    durations: Vec<String>,
}

/// Reads the footer.
pub(super) fn read_footer(path: &Path, table: Table, needs: Needs) -> Result<ParquetLayout> {
    let file = File::open(path).at_file(path)?;
    // The types as Parquet has them: strings are strings whatever the writer's memory looked like.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let metadata = guarded(|| ArrowReaderMetadata::load(&file, options).map_err(damaged)).at_file(path)?;
    let names: Vec<&str> = metadata.schema().fields().iter().map(|field| field.name().as_str()).collect();
    let layout = Layout::of_names(table, &names, needs).at_file(path)?;
    let roots = layout.places.iter().enumerate().filter(|(_, place)| place.is_some()).map(|(root, _)| root);
    let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
    let durations = durations(&metadata);
    Ok(ParquetLayout { layout, path: path.to_path_buf(), metadata, mask, durations })
}

fn durations(metadata: &ArrowReaderMetadata) -> Vec<String> {
    let file = metadata.metadata().file_metadata();
    let written = guarded(|| parquet_to_arrow_schema(file.schema_descr(), file.key_value_metadata()).map_err(damaged));
    // A schema that cannot be read tells nothing; the columns have the types that Parquet gives them.
    let Ok(written) = written else { return Vec::new() };
    let is_duration = |field: &&Arc<Field>| matches!(field.data_type(), DataType::Duration(_));
    written.fields().iter().filter(is_duration).map(|field| field.name().clone()).collect()
}

impl ParquetLayout {
    pub(super) fn n_row_groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// Reads one row group, batch by batch; `take` gives `false` to stop.
    pub(super) fn read_row_group(&self, group: usize, take: &mut dyn FnMut(Piece) -> bool) -> Result<()> {
        let file = File::open(&self.path).at_file(&self.path)?;
        let build = || {
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_projection(self.mask.clone())
                .with_row_groups(vec![group])
                .with_batch_size(BATCH_ROWS)
                .build()
                .map_err(damaged)
        };
        let mut batches = guarded(build).at_file(&self.path)?;
        loop {
            let batch = guarded(|| batches.next().transpose().map_err(damaged)).at_file(&self.path)?;
            let Some(batch) = batch else { return Ok(()) };
            if !take(self.convert(&batch).at_file(&self.path)?) {
                return Ok(());
            }
        }
    }

    fn convert(&self, batch: &RecordBatch) -> Result<Piece> {
        let n_rows = batch.num_rows();
        let mut rejects: Vec<Option<RawReject>> = Vec::new();
        let mut forms = FormCounts::default();
        let mut columns = Vec::with_capacity(self.layout.columns.len());
        for (spec, required) in self.layout.columns.iter().zip(&self.layout.required) {
            let array = batch.column_by_name(spec.name).ok_or_else(|| Error::malformed("Parquet", "a column is missing"))?;
            let array = &if self.durations.iter().any(|name| name == spec.name) { as_duration(array) } else { Arc::clone(array) };
            columns.push(match as_it_is(spec, *required, array, &mut forms) {
                Some(array) => array,
                None => convert_column(spec, *required, array.as_ref(), &mut rejects, &mut forms),
            });
        }
        self.check_contained(&columns, &mut rejects);
        let n_dropped = rejects.iter().flatten().count();
        rejects.resize(n_rows, None);
        let keep = rejects.iter().map(Option::is_none).collect();
        let batch = batch_of(self.layout.schema.clone(), columns, keep, n_dropped)?;
        let rejects = rejects.into_iter().flatten().collect();
        Ok(Piece { batch: Some(batch), rejects, rows: n_rows as u64, lines: n_rows as u64, forms, ..Piece::default() })
    }

    fn check_contained(&self, columns: &[ArrayRef], rejects: &mut Vec<Option<RawReject>>) {
        for &(part, whole) in &self.layout.contained {
            let (parts, wholes) = (columns[part].as_primitive::<UInt64Type>(), columns[whole].as_primitive::<UInt64Type>());
            for (row, counts) in parts.iter().zip(wholes).enumerate() {
                if let Some((count, _)) = counts.0.zip(counts.1).filter(|(count, limit)| count > limit) {
                    rejects.resize(parts.len(), None);
                    rejects[row].get_or_insert_with(|| above_whole(row as u64, &self.layout, (part, whole), count));
                }
            }
        }
    }
}

fn as_duration(array: &ArrayRef) -> ArrayRef {
    match array.as_primitive_opt::<Int64Type>() {
        Some(numbers) => Arc::new(numbers.reinterpret_cast::<DurationMillisecondType>()),
        None => Arc::clone(array),
    }
}

/// The column unchanged, where it is already what the contract wants, in type and in every value.
fn as_it_is(spec: &ColumnSpec, required: bool, array: &ArrayRef, forms: &mut FormCounts) -> Option<ArrayRef> {
    if required && array.null_count() > 0 {
        return None;
    }
    let fits = match (spec.kind, array.data_type()) {
        (ColumnKind::Id, DataType::Utf8) => clean_texts(array.as_string(), true),
        (ColumnKind::Text, DataType::Utf8) => clean_texts(array.as_string(), false),
        (ColumnKind::Count { most }, DataType::UInt64) => {
            array.as_primitive::<UInt64Type>().values().iter().all(|count| *count <= most)
        }
        (ColumnKind::Flag, DataType::Boolean) => true,
        (ColumnKind::Real { least, most }, DataType::Float64) => {
            array.as_primitive::<Float64Type>().values().iter().all(|value| value.is_finite() && (least..=most).contains(value))
        }
        (ColumnKind::Time, DataType::Timestamp(TimeUnit::Millisecond, _)) => {
            let times = array.as_primitive::<TimestampMillisecondType>();
            if !times.iter().flatten().all(|ms| Timestamp::from_ms(ms).is_some()) {
                return None;
            }
            forms.count(TimeForm::Typed, (times.len() - times.null_count()) as u64);
            return Some(Arc::new(times.clone().with_timezone("UTC")));
        }
        _ => false,
    };
    fits.then(|| Arc::clone(array))
}

/// No NUL, nothing overlong, and for ids nothing blank.
fn clean_texts(array: &StringArray, ids: bool) -> bool {
    let offsets = array.value_offsets();
    let (Some(first), Some(last)) = (offsets.first(), offsets.last()) else { return true };
    let bytes = &array.value_data()[*first as usize..*last as usize];
    let short = bytes.len() <= MAX_TEXT_BYTES || offsets.windows(2).all(|pair| (pair[1] - pair[0]) as usize <= MAX_TEXT_BYTES);
    let filled = |row: usize| {
        let value = array.value(row).as_bytes();
        array.is_null(row) || value.first().is_some_and(|byte| !byte.is_ascii_whitespace())
    };
    short && memchr::memchr(0, bytes).is_none() && (!ids || (0..array.len()).all(filled))
}

fn convert_column(
    spec: &'static ColumnSpec,
    required: bool,
    array: &dyn Array,
    rejects: &mut Vec<Option<RawReject>>,
    forms: &mut FormCounts,
) -> ArrayRef {
    let mut values = ColumnGatherer::new(spec);
    for row in 0..array.len() {
        if let Err(reason) = values.push(cell_at(array, row), required, forms) {
            rejects.resize(array.len(), None);
            let raw: Cell<'_> = cell_at(array, row);
            rejects[row].get_or_insert_with(|| RawReject::cell(row as u64, spec.name, reason, &raw.to_string()));
        }
    }
    values.finish()
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::malformed("Parquet", error)
}

/// A damaged file may break assumptions inside the decoder: that is the file's fault and ends as an error.
fn guarded<T>(decode: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| Err(Error::malformed("Parquet", "the decoder could not follow it")))
}
