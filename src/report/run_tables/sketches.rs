//! `sketches`: what selection and overlap need of the authentic audience.

use super::RunTable;
use crate::domain::Dataset;
use arrow_array::{ArrayRef, RecordBatch, StringArray, new_null_array};
use arrow_schema::{DataType, Field, Schema};
use std::sync::Arc;

/// One row a creator. The columns hold a coordinated bottom-k sketch: the hash of each account kept and its weight (its
/// probability of being authentic), by ascending rank −ln(hash)/weight, and the weight of the whole audience. They are
/// null until selection is built; always Parquet, since CSV has no lists.
pub(super) fn table(dataset: &Dataset) -> RunTable<'_> {
    let list = |item: DataType| DataType::List(Arc::new(Field::new("item", item, true)));
    let schema = Arc::new(Schema::new(vec![
        Field::new("creator_id", DataType::Utf8, true),
        Field::new("account_hashes", list(DataType::UInt64), true),
        Field::new("account_weights", list(DataType::Float64), true),
        Field::new("total_weight", DataType::Float64, true),
    ]));
    let of = schema.clone();
    let batch = move || {
        let ids: StringArray = dataset.creators.iter().map(|creator| Some(dataset.name(creator.id))).collect();
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(ids)];
        arrays.extend(of.fields()[1..].iter().map(|field| new_null_array(field.data_type(), dataset.creators.len())));
        RecordBatch::try_new(of.clone(), arrays).expect("arrays were made after the schema, of one length")
    };
    let n_batches = usize::from(!dataset.creators.is_empty());
    RunTable { name: "sketches", schema, always_parquet: true, batches: Box::new(std::iter::repeat_with(batch).take(n_batches)) }
}
