//! Columns of a table that a run wrote, in whatever format, as texts.

use super::format::Format;
use crate::error::{Error, ErrorKind, Result};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, TimestampMillisecondType, UInt64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Columns of one table as texts; floats are written so that they read back to the same bits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunColumns {
    columns: HashMap<String, Vec<Option<String>>>,
    n_rows: usize,
}

impl RunColumns {
    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// A cell; `None` where it is empty or the column is not there.
    pub fn text(&self, column: &str, row: usize) -> Option<&str> {
        self.columns.get(column)?.get(row)?.as_deref()
    }

    /// A cell as a finite number.
    ///
    /// # Errors
    /// `Malformed` for anything else that is not empty.
    pub fn real(&self, column: &str, row: usize) -> Result<Option<f64>> {
        let Some(text) = self.text(column, row) else { return Ok(None) };
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => Err(Error::malformed("a number", format!("`{text}`")).at_row(row as u64 + 1).at_column(column)),
        }
    }
}

/// Reads the table `<run>/<name>.parquet`, `.csv` or `.ndjson`, and every column in it.
///
/// # Errors
/// `MissingTable` where there is none, `MissingColumn` where one of those required is not there, `Malformed` for a damaged file.
pub fn read_run_table(run: &Path, name: &'static str, required: &[&str]) -> Result<RunColumns> {
    let formats = [Format::Parquet, Format::Csv, Format::Ndjson];
    let place = |format: Format| (format, run.join(format!("{name}.{format}")));
    let Some((format, path)) = formats.map(place).into_iter().find(|(_, path)| path.is_file()) else {
        let why = "the folder is no run of `bonafide score`, or not a whole one";
        return Err(Error::new(ErrorKind::MissingTable { table: name, why }).at_file(run));
    };
    let table = match format {
        Format::Parquet => read_parquet(&path),
        Format::Csv => read_csv(&path),
        Format::Ndjson => read_ndjson(&path),
    };
    let table = table.map_err(|error| error.at_file(&path))?;
    check(&table, required, path)?;
    Ok(table)
}

fn check(table: &RunColumns, required: &[&str], path: PathBuf) -> Result<()> {
    let Some(missing) = required.iter().find(|column| !table.columns.contains_key(**column)) else { return Ok(()) };
    if table.n_rows == 0 {
        return Ok(());
    }
    let mut found: Vec<&str> = table.columns.keys().map(String::as_str).collect();
    found.sort_unstable();
    let (column, found) = ((*missing).to_owned(), found.join(", "));
    let hint = "; the run was written by another version: score the dataset again".to_owned();
    Err(Error::new(ErrorKind::MissingColumn { column, found, hint }).at_file(path))
}

fn read_parquet(path: &Path) -> Result<RunColumns> {
    let malformed = |error: &dyn std::fmt::Display| Error::malformed("Parquet", error);
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?).map_err(|error| malformed(&error))?;
    let mut table = RunColumns::default();
    for field in reader.schema().fields() {
        table.columns.insert(field.name().clone(), Vec::new());
    }
    for batch in reader.build().map_err(|error| malformed(&error))? {
        let batch = batch.map_err(|error| malformed(&error))?;
        table.n_rows += batch.num_rows();
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            let cells = (0..batch.num_rows()).map(|row| cell(column, row));
            table.columns.entry(field.name().clone()).or_default().extend(cells);
        }
    }
    Ok(table)
}

fn cell(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(row).to_owned()),
        DataType::Float64 => Some(column.as_primitive::<Float64Type>().value(row).to_string()),
        DataType::UInt64 => Some(column.as_primitive::<UInt64Type>().value(row).to_string()),
        DataType::Boolean => Some(column.as_boolean().value(row).to_string()),
        DataType::Timestamp(..) => {
            let ms = column.as_primitive_opt::<TimestampMillisecondType>()?.value(row);
            crate::domain::Timestamp::from_ms(ms).map(|at| at.to_string())
        }
        _ => None,
    }
}

fn read_csv(path: &Path) -> Result<RunColumns> {
    let malformed = |error: csv::Error| Error::malformed("CSV", error);
    let mut reader = csv::Reader::from_path(path).map_err(malformed)?;
    let names: Vec<String> = reader.headers().map_err(malformed)?.iter().map(str::to_owned).collect();
    let mut columns: Vec<Vec<Option<String>>> = vec![Vec::new(); names.len()];
    let mut n_rows = 0;
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        for (column, value) in columns.iter_mut().zip(record.iter()) {
            column.push((!value.is_empty()).then(|| value.to_owned()));
        }
        n_rows += 1;
    }
    Ok(RunColumns { columns: names.into_iter().zip(columns).collect(), n_rows })
}

fn read_ndjson(path: &Path) -> Result<RunColumns> {
    let mut table = RunColumns::default();
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let row = table.n_rows;
        let object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&line).map_err(|error| Error::malformed("NDJSON", error).at_row(row as u64 + 1))?;
        for (name, value) in object {
            let text = match value {
                serde_json::Value::Null => None,
                serde_json::Value::String(text) => Some(text),
                other => Some(other.to_string()),
            };
            let column = table.columns.entry(name).or_default();
            column.resize(row, None);
            column.push(text);
        }
        table.n_rows += 1;
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TableWriter;
    use arrow_array::{BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
    use std::sync::Arc;

    fn batch() -> RecordBatch {
        let times = TimestampMillisecondArray::from(vec![Some(1_718_323_200_000), None]).with_timezone("UTC");
        let columns: [(&str, ArrayRef); 5] = [
            ("creator_id", Arc::new(StringArray::from(vec![Some("a, b"), Some("00912345678901234567890")]))),
            ("score", Arc::new(Float64Array::from(vec![Some(0.1 + 0.2), None]))),
            ("followers", Arc::new(UInt64Array::from(vec![None, Some(u64::MAX)]))),
            ("is_abstained", Arc::new(BooleanArray::from(vec![Some(true), None]))),
            ("captured_at", Arc::new(times)),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true))).unwrap()
    }

    #[test]
    fn every_format_gives_the_same_columns() {
        let read = [Format::Parquet, Format::Csv, Format::Ndjson].map(|format| {
            let place = tempfile::tempdir().unwrap();
            let mut writer = TableWriter::create(place.path(), "creators", batch().schema(), format).unwrap();
            writer.write(&batch()).unwrap();
            writer.finish().unwrap();
            read_run_table(place.path(), "creators", &["creator_id", "score"]).unwrap()
        });
        assert!(read[0] == read[1] && read[1] == read[2], "{read:?}");
        assert_eq!(read[0].text("creator_id", 1), Some("00912345678901234567890"));
        assert_eq!(read[0].real("score", 0).unwrap(), Some(0.1 + 0.2));
        assert_eq!((read[0].real("score", 1).unwrap(), read[0].text("nowhere", 0)), (None, None));
        assert!(read[0].real("creator_id", 0).unwrap_err().to_string().contains("column `creator_id`"));
    }

    #[test]
    fn what_is_no_run_or_another_versions_is_told() {
        let place = tempfile::tempdir().unwrap();
        let error = || read_run_table(place.path(), "creators", &["creator_id", "score"]).unwrap_err();
        assert!(matches!(error().kind(), ErrorKind::MissingTable { .. }));
        std::fs::write(place.path().join("creators.csv"), "creator_id\na\n").unwrap();
        assert!(matches!(error().kind(), ErrorKind::MissingColumn { .. }));
        std::fs::write(place.path().join("creators.csv"), "creator_id,score\na\n").unwrap();
        assert!(matches!(error().kind(), ErrorKind::Malformed { .. }), "{}", error());
    }
}
