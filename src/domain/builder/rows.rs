//! Typed access to the columns of a record batch.

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMillisecondType;
use arrow_array::{Array, ArrayAccessor, BooleanArray, Float64Array, PrimitiveArray, RecordBatch, StringArray, UInt64Array};

pub(super) type Times = PrimitiveArray<TimestampMillisecondType>;

/// One column of a batch; an absent column is missing everywhere.
#[derive(Clone, Copy)]
pub(super) struct Values<A>(Option<A>);

pub(super) type Texts<'a> = Values<&'a StringArray>;

impl<A: ArrayAccessor + Copy> Values<A> {
    pub(super) fn get(&self, row: usize) -> Option<A::Item> {
        let array = self.0?;
        array.is_valid(row).then(|| array.value(row))
    }

    pub(super) fn len(&self) -> usize {
        self.0.map_or(0, |array| array.len())
    }
}

/// Typed access to the columns of a batch by name.
pub(super) struct Rows<'a>(&'a RecordBatch);

impl<'a> Rows<'a> {
    pub(super) fn new(batch: &'a RecordBatch) -> Self {
        Self(batch)
    }

    fn column(&self, name: &str) -> Option<&'a dyn Array> {
        self.0.column_by_name(name).map(AsRef::as_ref)
    }

    pub(super) fn texts(&self, name: &str) -> Texts<'a> {
        Values(self.column(name).and_then(|column| column.as_string_opt()))
    }

    pub(super) fn counts(&self, name: &str) -> Values<&'a UInt64Array> {
        Values(self.column(name).and_then(|column| column.as_primitive_opt()))
    }

    pub(super) fn reals(&self, name: &str) -> Values<&'a Float64Array> {
        Values(self.column(name).and_then(|column| column.as_primitive_opt()))
    }

    pub(super) fn flags(&self, name: &str) -> Values<&'a BooleanArray> {
        Values(self.column(name).and_then(|column| column.as_boolean_opt()))
    }

    pub(super) fn times(&self, name: &str) -> Values<&'a Times> {
        Values(self.column(name).and_then(|column| column.as_primitive_opt()))
    }
}
