//! The tables that are there, with their columns.

use crate::domain::{Dataset, Table, TableSummary};
use crate::tables::{Reject, RejectKind, RejectedRows};
use serde::Serialize;
use std::collections::BTreeMap;

/// One table of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct TableReach {
    /// Its name.
    pub table: &'static str,
    /// Whether it is there.
    pub is_present: bool,
    /// Rows in the files.
    pub rows_count: u64,
    /// Rows that could not be read.
    pub rejected_count: u64,
    /// Identical repetitions merged.
    pub merged_count: u64,
    /// Rows replaced by a later one with the same id.
    pub replaced_count: u64,
    /// Columns of the contract that are there.
    pub columns_present: Vec<&'static str>,
    /// Columns of the contract that are not.
    pub columns_missing: Vec<&'static str>,
    /// Columns that the contract does not know; they are not used.
    pub columns_unknown: Vec<String>,
    /// The forms in which times were written, with their counts.
    pub time_forms: BTreeMap<String, u64>,
    /// The rows that could not be read, by column and reason, the most frequent first.
    pub rejects: Vec<RejectReason>,
}

/// Rows that could not be read, of one column and one reason.
#[derive(Debug, Clone, Serialize)]
pub struct RejectReason {
    /// Column, where it is one column's fault.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
    /// How many.
    pub rejected_count: u64,
    /// The first of them, at most three.
    pub examples: Vec<RejectExample>,
}

/// A row that could not be read.
#[derive(Debug, Clone, Serialize)]
pub struct RejectExample {
    /// File, relative to the dataset's folder.
    pub file: String,
    /// Line or row, from 1.
    pub row: u64,
    /// The raw value, cut.
    pub value: Option<String>,
}

/// Every table of the contract, those that are not there included.
pub fn reach(dataset: &Dataset, rejected: &RejectedRows) -> Vec<TableReach> {
    Table::ALL.into_iter().map(|table| one(table, dataset.summaries.get(&table), rejected)).collect()
}

fn one(table: Table, summary: Option<&TableSummary>, rejected: &RejectedRows) -> TableReach {
    let absent = TableSummary::default();
    let read = summary.unwrap_or(&absent);
    let missing = table.columns().iter().map(|column| column.name).filter(|name| !read.columns.contains(name));
    TableReach {
        table: table.name(),
        is_present: summary.is_some(),
        rows_count: read.rows,
        rejected_count: read.rejected,
        merged_count: read.merged,
        replaced_count: read.replaced,
        columns_present: read.columns.clone(),
        columns_missing: missing.collect(),
        columns_unknown: read.unknown_columns.clone(),
        time_forms: read.time_forms.iter().map(|(form, count)| (form_name(*form).to_owned(), *count)).collect(),
        rejects: rejected.kinds(table).into_iter().map(reason).collect(),
    }
}

fn reason(kind: &RejectKind) -> RejectReason {
    let example = |reject: &Reject| RejectExample { file: reject.file.clone(), row: reject.row, value: reject.value.clone() };
    let first = kind.examples.first();
    RejectReason {
        column: first.and_then(|reject| reject.column.clone()),
        reason: first.map(|reject| reject.reason.clone()).unwrap_or_default(),
        rejected_count: kind.count,
        examples: kind.examples.iter().map(example).collect(),
    }
}

fn form_name(form: crate::domain::TimeForm) -> &'static str {
    use crate::domain::TimeForm;
    match form {
        TimeForm::Rfc3339 => "RFC 3339",
        TimeForm::Naive => "without an offset, read as UTC",
        TimeForm::Date => "a date",
        TimeForm::UnixSeconds => "Unix seconds",
        TimeForm::UnixMilliseconds => "Unix milliseconds",
        TimeForm::Typed => "a Parquet timestamp",
    }
}
