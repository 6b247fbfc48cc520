//! How the columns of a Parquet table are encoded and compressed.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type, TimestampMillisecondType, UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hash};

/// Compression level of zstd for pages. Measured on 2·10^7 simulated follows and their accounts with the encodings below: level 3
/// takes twice the time, makes ids and times no smaller and the texts of profiles an eighth smaller.
const PAGE_LEVEL: i32 = 1;
/// Values at the head of a column by which is judged whether they repeat: about a page or three.
const JUDGED: usize = 1 << 16;

/// The properties of a file, given its first rows.
///
/// A column whose values repeat gets a dictionary. For one of mostly distinct values (ids, exact times) a dictionary is work
/// and bytes for nothing; it is written as lengths and texts apart, or as differences.
///
/// # Source
/// The encodings are those of the Parquet format specification, version 2.
pub(super) fn properties(schema: &Schema, first: &[RecordBatch]) -> WriterProperties {
    let level = ZstdLevel::try_new(PAGE_LEVEL).unwrap_or_default();
    let mut builder = WriterProperties::builder().set_compression(Compression::ZSTD(level)).set_created_by("bonafide".to_owned());
    for (index, field) in schema.fields().iter().enumerate() {
        let path = ColumnPath::new(vec![field.name().clone()]);
        if let Some(encoding) = without_dictionary(field.data_type()) {
            builder = builder.set_column_encoding(path.clone(), encoding);
        }
        builder = builder.set_column_dictionary_enabled(path, repeats(first, index));
    }
    builder.build()
}

/// The encoding of values that are in no dictionary; none where the plain one is best.
fn without_dictionary(data_type: &DataType) -> Option<Encoding> {
    match data_type {
        DataType::Utf8 => Some(Encoding::DELTA_LENGTH_BYTE_ARRAY),
        DataType::UInt64 | DataType::UInt32 | DataType::Int64 | DataType::Timestamp(TimeUnit::Millisecond, _) => {
            Some(Encoding::DELTA_BINARY_PACKED)
        }
        _ => None,
    }
}

/// Whether fewer than half of the values at the head of a column are distinct; a missing one counts as a value.
fn repeats(batches: &[RecordBatch], column: usize) -> bool {
    let mut distinct = HashSet::new();
    let mut judged = 0;
    for batch in batches {
        let head = batch.column(column).slice(0, batch.num_rows().min(JUDGED - judged));
        judged += head.len();
        if !note(head.as_ref(), &mut distinct) {
            return true;
        }
    }
    2 * distinct.len() < judged
}

/// Adds the hashes of the values of an array; false for a type for which a dictionary is kept unasked.
fn note(array: &dyn Array, distinct: &mut HashSet<u64>) -> bool {
    fn add<T: Hash>(values: impl Iterator<Item = T>, distinct: &mut HashSet<u64>) -> bool {
        let hasher = foldhash::fast::FixedState::default();
        distinct.extend(values.map(|value| hasher.hash_one(value)));
        true
    }
    match array.data_type() {
        DataType::Utf8 => add(array.as_string::<i32>().iter(), distinct),
        DataType::UInt64 => add(array.as_primitive::<UInt64Type>().iter(), distinct),
        DataType::UInt32 => add(array.as_primitive::<UInt32Type>().iter(), distinct),
        DataType::Int64 => add(array.as_primitive::<Int64Type>().iter(), distinct),
        DataType::Float64 => add(array.as_primitive::<Float64Type>().iter().map(|value| value.map(f64::to_bits)), distinct),
        DataType::Timestamp(TimeUnit::Millisecond, _) => add(array.as_primitive::<TimestampMillisecondType>().iter(), distinct),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{ArrayRef, Float64Array, StringArray, TimestampMillisecondArray, UInt64Array};
    use std::sync::Arc;

    fn has_dictionary(arrays: Vec<ArrayRef>) -> bool {
        let batches: Vec<RecordBatch> =
            arrays.into_iter().map(|array| RecordBatch::try_from_iter_with_nullable([("x", array, true)]).unwrap()).collect();
        properties(batches[0].schema_ref(), &batches).dictionary_enabled(&ColumnPath::new(vec!["x".into()]))
    }

    #[test]
    fn columns_of_distinct_values_have_no_dictionary() {
        assert!(!has_dictionary(vec![Arc::new(UInt64Array::from_iter_values(0..100))]));
        assert!(!has_dictionary(vec![Arc::new(StringArray::from_iter_values((0..100).map(|id| format!("a{id}"))))]));
        assert!(!has_dictionary(vec![Arc::new(TimestampMillisecondArray::from_iter_values(0..100))]));
        assert!(!has_dictionary(vec![Arc::new(Float64Array::from_iter_values((0..100).map(f64::from)))]));
    }

    #[test]
    fn columns_whose_values_repeat_also_across_batches_have_one() {
        assert!(has_dictionary(vec![Arc::new(StringArray::from(vec!["like"; 10]))]));
        let numbers = || Arc::new(UInt64Array::from_iter_values(0..100)) as ArrayRef;
        assert!(has_dictionary(vec![numbers(), numbers(), numbers()]));
        assert!(has_dictionary(vec![Arc::new(UInt64Array::from(vec![None; 10]))]));
    }

    #[test]
    fn a_dot_in_the_name_of_a_column_is_part_of_the_name() {
        let ids = Arc::new(UInt64Array::from_iter_values(0..100)) as ArrayRef;
        let batch = RecordBatch::try_from_iter([("a.b", ids)]).unwrap();
        let properties = properties(batch.schema_ref(), std::slice::from_ref(&batch));
        assert!(!properties.dictionary_enabled(&ColumnPath::new(vec!["a.b".into()])));
    }

    #[test]
    fn only_the_head_of_a_column_is_judged() {
        let head = UInt64Array::from_iter_values(0..JUDGED as u64);
        assert!(!has_dictionary(vec![Arc::new(head), Arc::new(UInt64Array::from(vec![7; 4 * JUDGED]))]));
    }
}
