//! Columns declared as functions of a row.

use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use std::borrow::Cow;
use std::sync::Arc;

/// Rows of one batch: 2^16 accounts take some 10 MB.
const BATCH_ROWS: usize = 1 << 16;

/// What a column holds, as a function of the row's number.
enum Cells<'a> {
    Text(Box<dyn Fn(usize) -> Option<Cow<'a, str>> + 'a>),
    Real(Box<dyn Fn(usize) -> Option<f64> + 'a>),
    Count(Box<dyn Fn(usize) -> Option<u64> + 'a>),
    Flag(Box<dyn Fn(usize) -> Option<bool> + 'a>),
    Time(Box<dyn Fn(usize) -> Option<i64> + 'a>),
}

/// A table as columns in order.
#[derive(Default)]
pub(super) struct Columns<'a> {
    names: Vec<&'static str>,
    cells: Vec<Cells<'a>>,
}

impl<'a> Columns<'a> {
    pub(super) fn text(self, name: &'static str, of: impl Fn(usize) -> Option<Cow<'a, str>> + 'a) -> Self {
        self.with(name, Cells::Text(Box::new(of)))
    }

    pub(super) fn real(self, name: &'static str, of: impl Fn(usize) -> Option<f64> + 'a) -> Self {
        self.with(name, Cells::Real(Box::new(of)))
    }

    pub(super) fn count(self, name: &'static str, of: impl Fn(usize) -> Option<u64> + 'a) -> Self {
        self.with(name, Cells::Count(Box::new(of)))
    }

    pub(super) fn flag(self, name: &'static str, of: impl Fn(usize) -> Option<bool> + 'a) -> Self {
        self.with(name, Cells::Flag(Box::new(of)))
    }

    /// UTC milliseconds.
    pub(super) fn time(self, name: &'static str, of: impl Fn(usize) -> Option<i64> + 'a) -> Self {
        self.with(name, Cells::Time(Box::new(of)))
    }

    fn with(mut self, name: &'static str, cells: Cells<'a>) -> Self {
        self.names.push(name);
        self.cells.push(cells);
        self
    }

    pub(super) fn schema(&self) -> SchemaRef {
        let fields: Vec<Field> =
            self.names.iter().zip(&self.cells).map(|(name, cells)| Field::new(*name, cells.data_type(), true)).collect();
        Arc::new(Schema::new(fields))
    }

    /// The rows 0..n in batches, each made when it is asked for.
    pub(super) fn batches(self, n_rows: usize) -> impl Iterator<Item = RecordBatch> + 'a {
        let schema = self.schema();
        (0..n_rows).step_by(BATCH_ROWS).map(move |first| {
            let rows = first..(first + BATCH_ROWS).min(n_rows);
            let arrays = self.cells.iter().map(|cells| cells.array(rows.clone())).collect();
            RecordBatch::try_new(schema.clone(), arrays).expect("arrays were made after the schema, of one length")
        })
    }
}

impl Cells<'_> {
    fn data_type(&self) -> DataType {
        match self {
            Self::Text(_) => DataType::Utf8,
            Self::Real(_) => DataType::Float64,
            Self::Count(_) => DataType::UInt64,
            Self::Flag(_) => DataType::Boolean,
            Self::Time(_) => DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
        }
    }

    fn array(&self, rows: std::ops::Range<usize>) -> ArrayRef {
        match self {
            Self::Text(of) => Arc::new(rows.map(of).collect::<StringArray>()),
            Self::Real(of) => Arc::new(rows.map(|row| of(row).filter(|value| value.is_finite())).collect::<Float64Array>()),
            Self::Count(of) => Arc::new(rows.map(of).collect::<UInt64Array>()),
            Self::Flag(of) => Arc::new(rows.map(of).collect::<BooleanArray>()),
            Self::Time(of) => Arc::new(rows.map(of).collect::<TimestampMillisecondArray>().with_timezone("UTC")),
        }
    }
}
