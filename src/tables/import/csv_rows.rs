//! Rows of a foreign CSV file by column name; every error names file, line and column.

use super::encoding::decode;
use super::source::{open_lines, undecodable};
use crate::error::{Error, ErrorKind, Result};
use csv::ByteRecord;
use std::borrow::Cow;
use std::io::BufRead;
use std::path::{Path, PathBuf};

/// An open CSV file and the row at which it stands.
pub(in crate::tables) struct CsvRows {
    path: PathBuf,
    reader: csv::Reader<Box<dyn BufRead>>,
    header: Vec<String>,
    record: ByteRecord,
    line: u64,
}

impl CsvRows {
    /// Opens a file and checks that its header has the columns.
    pub(in crate::tables) fn open(path: &Path, required: &[&str]) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().from_reader(Box::new(open_lines(path)?) as Box<dyn BufRead>);
        let header = reader.byte_headers().map_err(|error| located(error).at_file(path))?;
        let header: Vec<String> = header.iter().map(|name| decode(name).trim().to_owned()).collect();
        for column in required {
            if !header.iter().any(|name| name == column) {
                let found = header.join(", ");
                let (column, hint) = ((*column).to_owned(), String::new());
                return Err(Error::new(ErrorKind::MissingColumn { column, found, hint }).at_file(path).at_row(1));
            }
        }
        Ok(Self { path: path.to_path_buf(), reader, header, record: ByteRecord::new(), line: 1 })
    }

    /// Steps to the next row; `false` at the end.
    pub(in crate::tables) fn step(&mut self) -> Result<bool> {
        let more = self.reader.read_byte_record(&mut self.record).map_err(|error| located(error).at_file(&self.path))?;
        self.line = self.record.position().map_or(self.line, csv::Position::line);
        Ok(more)
    }

    /// A field as it stands, missing only if the file has no such column.
    pub(in crate::tables) fn field(&self, column: &str) -> Option<Cow<'_, str>> {
        let index = self.header.iter().position(|name| name == column)?;
        self.record.get(index).map(decode)
    }

    /// A field that says something: neither empty nor `NULL` nor `NA`.
    pub(in crate::tables) fn text(&self, column: &str) -> Option<Cow<'_, str>> {
        self.field(column).filter(|text| !matches!(text.trim(), "" | "NULL" | "NA"))
    }

    /// An id, which must be there.
    pub(in crate::tables) fn id(&self, column: &str) -> Result<String> {
        self.text(column).map(|id| id.trim().to_owned()).ok_or_else(|| self.wrong(column, "an id"))
    }

    /// A whole number from 0, also written as `1e+05`.
    pub(in crate::tables) fn count(&self, column: &str) -> Result<Option<u64>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let text = text.trim();
        let scientific = || text.parse::<f64>().ok().filter(|real| real.fract() == 0.0 && (0.0..9e15).contains(real));
        let count = text.parse().ok().or_else(|| scientific().map(|real| real as u64));
        count.map(Some).ok_or_else(|| self.wrong(column, "a whole number from 0"))
    }

    /// A share, 0 to 1.
    pub(in crate::tables) fn share(&self, column: &str) -> Result<Option<f64>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let share = text.trim().parse().ok().filter(|share| (0.0..=1.0).contains(share));
        share.map(Some).ok_or_else(|| self.wrong(column, "a share from 0 to 1"))
    }

    /// Yes or no, as `1`, `0`, `true` or `false` in any case.
    pub(in crate::tables) fn flag(&self, column: &str) -> Result<Option<bool>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        match text.trim().to_ascii_lowercase().as_str() {
            "1" | "true" => Ok(Some(true)),
            "0" | "false" => Ok(Some(false)),
            _ => Err(self.wrong(column, "`TRUE`, `FALSE`, `1` or `0`")),
        }
    }

    /// The error of a field that is not what it should be.
    pub(in crate::tables) fn wrong(&self, column: &str, expected: &str) -> Error {
        let found = self.field(column).unwrap_or_default();
        let shown: String = found.chars().take(40).collect();
        Error::malformed(expected, format_args!("found `{shown}`")).at_file(&self.path).at_row(self.line).at_column(column)
    }
}

fn located(error: csv::Error) -> Error {
    let line = error.position().map(csv::Position::line);
    let error = match error.into_kind() {
        csv::ErrorKind::Io(error) => undecodable(error),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Error::malformed(format!("a row of {expected_len} fields, like the header"), format_args!("found {len} fields"))
        }
        kind => Error::malformed("CSV", format_args!("{kind:?}")),
    };
    match line {
        Some(line) => error.at_row(line),
        None => error,
    }
}
