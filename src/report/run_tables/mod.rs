//! The tables of a scoring run as record batches, with the contract's column names in the contract's order.
//!
//! Lists (`evidence`, `benign_causes`, `not_measured`, the `creators` of a group) are one text, joined by `"; "`, so
//! that every format can hold them. Probabilities and shares are 0..1, `score` is 0..100, times are UTC milliseconds;
//! what is not measured is null.

mod accounts;
mod columns;
mod creators;
mod features;
mod findings;
mod groups;
mod sketches;

use crate::audit::Audit;
use crate::domain::Dataset;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use std::fmt;

/// What separates the parts of a list that is written as one text.
pub const LIST_SEPARATOR: &str = "; ";

/// One table of a run: its schema, and its rows in batches made one after the other.
pub struct RunTable<'a> {
    /// Name of the file, without extension.
    pub name: &'static str,
    /// Columns.
    pub schema: SchemaRef,
    /// Whether it is Parquet whatever format the run is written in.
    pub always_parquet: bool,
    /// Rows; a table may have none.
    pub batches: Box<dyn Iterator<Item = RecordBatch> + 'a>,
}

impl fmt::Debug for RunTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunTable").field("name", &self.name).field("schema", &self.schema).finish_non_exhaustive()
    }
}

/// All tables of a run. Creators are in the dataset's order, accounts in the order of first appearance in it.
///
/// # Cost
/// One batch of 65,536 rows at a time; nothing is copied ahead.
pub fn run_tables<'a>(dataset: &'a Dataset, audit: &'a Audit) -> Vec<RunTable<'a>> {
    vec![
        creators::table(dataset, audit),
        accounts::table(dataset, audit),
        groups::groups(dataset, audit),
        groups::members(dataset, audit),
        findings::table(dataset, audit),
        features::table(dataset, audit),
        sketches::table(dataset, audit),
    ]
}

#[cfg(test)]
mod tests;
