//! A source of invented files, imported into a dataset.

use super::ImportOptions;
use crate::domain::{Dataset, DatasetBuilder, Label, Table};
use crate::error::Result;
use arrow_array::RecordBatch;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

/// Writes the files into a folder of their own and imports `source` of it (empty: the folder).
pub(super) fn import(format: &str, files: &[(&str, &[u8])], source: &str) -> Result<Dataset> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    import_path(format, &folder.path().join(source))
}

/// Imports what stands at a path.
pub(super) fn import_path(format: &str, source: &Path) -> Result<Dataset> {
    import_with(format, source, &ImportOptions::default()).map(|(dataset, _)| dataset)
}

/// Imports what stands at a path, and says what a person should know.
pub(super) fn import_with(format: &str, source: &Path, options: &ImportOptions) -> Result<(Dataset, Vec<String>)> {
    let mut batches: Vec<(Table, RecordBatch)> = Vec::new();
    let imported = super::find(format)?.read(source, options, &mut |table, batch| {
        batches.push((table, batch));
        Ok(())
    })?;
    let mut builder = DatasetBuilder::new(imported.manifest);
    for (table, batch) in &batches {
        builder.push(*table, batch);
    }
    Ok((builder.finish(), imported.notes))
}

/// The error of an import that must fail.
pub(super) fn failure(format: &str, files: &[(&str, &[u8])], source: &str) -> String {
    import(format, files, source).expect_err("this source is malformed").to_string()
}

/// The dense index of an account.
pub(super) fn index(dataset: &Dataset, id: &str) -> usize {
    dataset.ids.find(id).unwrap() as usize
}

/// The labels with their accounts and sources, in order.
pub(super) fn labels(dataset: &Dataset) -> Vec<(&str, Label, &str)> {
    dataset.labels.iter().map(|row| (dataset.name(row.id), row.label, row.source.as_deref().unwrap())).collect()
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
