//! Tables on disk: reading a dataset's folder, writing tables, outputs that appear whole or not at all.
//!
//! Reading turns files into record batches of the contract's columns, streaming, and those into one
//! [`Dataset`](crate::domain::Dataset). A row that cannot be read is set aside with file, row, column and reason; it never
//! becomes a value. This room knows file formats and nothing of what the columns mean.

mod batch;
mod cell;
mod chunk;
mod csv;
mod csv_fields;
mod encodings;
mod folder;
mod format;
mod gzip;
pub mod import;
mod layout;
mod manifest;
mod ndjson;
mod parquet;
mod piece;
mod pipeline;
mod read;
pub mod reference;
mod reject;
mod row_groups;
mod run_columns;
mod sketches;
mod source;
mod staged;
mod text_rows;
mod typed;
mod writer;

pub use folder::{DatasetFiles, MANIFEST_NAME, TableFile};
pub use format::{Compression, Format, split_name};
pub use manifest::{parse_manifest, read_manifest, write_manifest};
pub use read::{DEFAULT_MAX_REJECTED_PERCENT, ReadOptions, ReadOutcome, ReadProgress, read_dataset};
pub use reject::{Reject, RejectKind, RejectedRows};
pub use run_columns::{RunColumns, read_run_table};
pub use sketches::{read_sketches, sketches_batch, sketches_schema};
pub use staged::{StagedFile, StagedFolder, remove_unfinished};
pub use writer::TableWriter;

#[cfg(test)]
mod tests;
