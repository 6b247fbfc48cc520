//! Gathers cells row by row into a record batch, leaving out the rows that cannot be read.

use super::cell::{Cell, MISSING, Reason, Value};
use crate::domain::{ColumnKind, ColumnSpec, TimeForm};
use crate::error::{Error, Result};
use arrow_array::builder::{BooleanBuilder, Float64Builder, StringBuilder, TimestampMillisecondBuilder, UInt64Builder};
use arrow_array::{ArrayRef, BooleanArray, RecordBatch};
use arrow_schema::{Field, Schema, SchemaRef};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Counts of the forms in which times were written.
pub(super) type TimeForms = BTreeMap<TimeForm, u64>;

/// Values of one column.
pub(super) struct ColumnGatherer {
    pub(super) spec: &'static ColumnSpec,
    values: Values,
    /// The count last pushed; `None` after a missing one.
    pub(super) last_count: Option<u64>,
}

enum Values {
    Text(StringBuilder),
    Count(UInt64Builder),
    Real(Float64Builder),
    Flag(BooleanBuilder),
    Time(TimestampMillisecondBuilder),
}

impl ColumnGatherer {
    pub(super) fn new(spec: &'static ColumnSpec) -> Self {
        let values = match spec.kind {
            ColumnKind::Id | ColumnKind::Text | ColumnKind::Choice(..) => Values::Text(StringBuilder::new()),
            ColumnKind::Count { .. } => Values::Count(UInt64Builder::new()),
            ColumnKind::Real { .. } => Values::Real(Float64Builder::new()),
            ColumnKind::Flag => Values::Flag(BooleanBuilder::new()),
            ColumnKind::Time => Values::Time(TimestampMillisecondBuilder::new().with_data_type(ColumnKind::Time.data_type())),
        };
        Self { spec, values, last_count: None }
    }

    /// Appends a cell; an unreadable one is appended as missing and gives the reason.
    pub(super) fn push(&mut self, cell: Cell<'_>, required: bool, forms: &mut FormCounts) -> Result<(), Reason> {
        let value = cell.read(self.spec.kind);
        let (value, outcome) = match value {
            Ok(Value::Missing) if required => (Value::Missing, Err(MISSING)),
            Ok(value) => (value, Ok(())),
            Err(reason) => (Value::Missing, Err(reason)),
        };
        self.last_count = if let Value::Count(count) = value { Some(count) } else { None };
        self.append(value, forms);
        outcome
    }

    fn append(&mut self, value: Value<'_>, forms: &mut FormCounts) {
        match (&mut self.values, value) {
            (Values::Text(values), Value::Text(text)) => values.append_value(text),
            (Values::Text(values), Value::Word(word)) => values.append_value(word),
            (Values::Count(values), Value::Count(count)) => values.append_value(count),
            (Values::Real(values), Value::Real(real)) => values.append_value(real),
            (Values::Flag(values), Value::Flag(flag)) => values.append_value(flag),
            (Values::Time(values), Value::Time(time, form)) => {
                forms.0[form as usize] += 1;
                values.append_value(time.ms());
            }
            (values, _) => values.append_null(),
        }
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        match &mut self.values {
            Values::Text(values) => Arc::new(values.finish()),
            Values::Count(values) => Arc::new(values.finish()),
            Values::Real(values) => Arc::new(values.finish()),
            Values::Flag(values) => Arc::new(values.finish()),
            Values::Time(values) => Arc::new(values.finish()),
        }
    }
}

impl Values {
    fn append_null(&mut self) {
        match self {
            Self::Text(values) => values.append_null(),
            Self::Count(values) => values.append_null(),
            Self::Real(values) => values.append_null(),
            Self::Flag(values) => values.append_null(),
            Self::Time(values) => values.append_null(),
        }
    }
}

/// Time forms counted by their place in the enum, cheap to add to.
#[derive(Debug, Default, Clone)]
pub(super) struct FormCounts([u64; 6]);

impl FormCounts {
    const ORDER: [TimeForm; 6] =
        [TimeForm::Rfc3339, TimeForm::Naive, TimeForm::Date, TimeForm::UnixSeconds, TimeForm::UnixMilliseconds, TimeForm::Typed];

    pub(super) fn count(&mut self, form: TimeForm, n: u64) {
        self.0[form as usize] += n;
    }

    pub(super) fn into_map(self) -> TimeForms {
        Self::ORDER.into_iter().zip(self.0).filter(|(_, count)| *count > 0).collect()
    }
}

/// The schema of a batch with the given columns; everything nullable but what the contract requires.
pub(super) fn schema_of(columns: &[&'static ColumnSpec]) -> SchemaRef {
    let field = |spec: &&'static ColumnSpec| Field::new(spec.name, spec.kind.data_type(), true);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// A batch of the rows that are kept.
pub(super) fn batch_of(schema: SchemaRef, columns: Vec<ArrayRef>, keep: Vec<bool>, n_dropped: usize) -> Result<RecordBatch> {
    let broken = |error: arrow_schema::ArrowError| Error::malformed("a table", error);
    let batch = RecordBatch::try_new(schema, columns).map_err(broken)?;
    if n_dropped == 0 {
        return Ok(batch);
    }
    arrow_select::filter::filter_record_batch(&batch, &BooleanArray::from(keep)).map_err(broken)
}
