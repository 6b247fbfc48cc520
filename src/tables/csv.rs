//! CSV: the header, and pieces of rows.
//!
//! An empty field is missing, and so are the bare words `NULL`, `null`, `NaN`, `nan` and `\N`. A quoted field is taken
//! literally (`""` is a known-empty text), unless the file quotes everything, its header included: quotes say nothing then.

use super::cell::{BROKEN, Cell, is_missing_word};
use super::chunk::CsvRowEnds;
use super::csv_fields::{Field, Fields};
use super::layout::{Layout, Needs};
use super::piece::{Piece, PieceBuilder};
use super::reject::RawReject;
use crate::domain::Table;
use crate::error::{Error, ErrorKind, Result};
use memchr::memchr_iter;

/// How a CSV file is to be read.
#[derive(Debug, Clone)]
pub(super) struct CsvLayout {
    pub(super) layout: Layout,
    quotes_everything: bool,
}

/// Reads the header at the beginning of a file; gives the layout, the bytes it takes and the number of the next line.
pub(super) fn read_header(start: &[u8], table: Table, needs: Needs) -> Result<(CsvLayout, usize, u64)> {
    let header = header_text(start)?;
    let mut fields = Fields::new(header);
    let (mut names, mut quotes_everything) = (Vec::new(), true);
    if fields.begin_row() {
        loop {
            let (field, more) = fields.next();
            quotes_everything &= field.quoted;
            names.push(field.text.trim().to_owned());
            if !more {
                break;
            }
        }
    }
    if names.is_empty() {
        return Err(Error::malformed("CSV with a header line", "the file is empty"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let layout = Layout::of_names(table, &names, needs).map_err(|error| with_hint(error, &names))?;
    Ok((CsvLayout { layout, quotes_everything }, fields.position(), fields.lines + 1))
}

/// Names the separator where the required column is there, but not behind commas.
fn with_hint(error: Error, names: &[&str]) -> Error {
    let ErrorKind::MissingColumn { column, found, .. } = error.kind() else { return error };
    let separates = |mark: char| {
        let is_column = |part: &str| part.trim_matches(['"', ' ']) == column;
        names.iter().any(|name| name.contains(mark) && name.split(mark).any(is_column))
    };
    let marks = [(';', "`;`"), ('\t', "tabs"), ('|', "`|`")];
    let Some((_, mark)) = marks.into_iter().find(|(mark, _)| separates(*mark)) else { return error };
    let hint = format!("; fields seem to be separated by {mark}; bonafide reads commas");
    Error::new(ErrorKind::MissingColumn { column: column.clone(), found: found.clone(), hint })
}

/// The text up to the end of the first row that is not blank.
fn header_text(start: &[u8]) -> Result<&str> {
    let blank = start.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    let end = CsvRowEnds::default().next(start, blank).unwrap_or(start.len());
    match std::str::from_utf8(&start[..end]) {
        Ok(text) if !text.contains('\0') => Ok(text),
        Ok(_) => Err(Error::malformed("CSV", "the header holds NUL bytes")),
        Err(_) => Err(Error::malformed("CSV", "the header is not UTF-8")),
    }
}

/// Reads whole rows.
pub(super) fn read_rows(bytes: &[u8], csv: &CsvLayout) -> Result<Piece> {
    let mut rows = Rows { csv, builder: PieceBuilder::new(&csv.layout), pushed: vec![false; csv.layout.columns.len()], line: 0 };
    match std::str::from_utf8(bytes) {
        Ok(text) => rows.read(text),
        Err(_) => rows.read_row_by_row(bytes),
    }
    rows.builder.piece.lines = rows.line;
    rows.builder.finish()
}

struct Rows<'a> {
    csv: &'a CsvLayout,
    builder: PieceBuilder<'a>,
    pushed: Vec<bool>,
    line: u64,
}

impl Rows<'_> {
    fn read(&mut self, text: &str) {
        let mut fields = Fields::new(text);
        while fields.begin_row() {
            let (row, start) = (self.line + fields.lines, fields.position());
            let n_fields = self.read_row(row, &mut fields);
            let expected = self.csv.layout.places.len();
            if n_fields == expected {
                self.builder.end_row(row);
            } else {
                let reason = format!("has {n_fields} fields where the header has {expected}");
                let value = text[start..fields.position()].trim_end();
                self.builder.end_bad_row(&self.pushed, RawReject::row(row, reason, Some(value)));
            }
        }
        self.line += fields.lines;
    }

    /// Pushes the fields of one row and counts them.
    fn read_row(&mut self, row: u64, fields: &mut Fields<'_>) -> usize {
        self.pushed.fill(false);
        let mut n_fields = 0;
        loop {
            let (field, more) = fields.next();
            if let Some(Some(column)) = self.csv.layout.places.get(n_fields) {
                self.pushed[*column] = true;
                let cell = if self.is_missing(&field) { Cell::Missing } else { Cell::Text((&*field.text).into()) };
                self.builder.push(row, *column, cell, || field.text.clone().into_owned());
            }
            n_fields += 1;
            if !more {
                return n_fields;
            }
        }
    }

    fn is_missing(&self, field: &Field<'_>) -> bool {
        is_missing_word(&field.text) && (!field.quoted || self.csv.quotes_everything)
    }

    /// For a piece that is not UTF-8 throughout: only the rows that are not are rejected.
    fn read_row_by_row(&mut self, bytes: &[u8]) {
        let (mut ends, mut start) = (CsvRowEnds::default(), 0);
        while start < bytes.len() {
            let end = ends.next(bytes, start).unwrap_or(bytes.len());
            let row = &bytes[start..end];
            match std::str::from_utf8(row) {
                Ok(text) => self.read(text),
                Err(_) => self.reject_broken(row),
            }
            start = end;
        }
    }

    fn reject_broken(&mut self, row: &[u8]) {
        let text = String::from_utf8_lossy(row);
        self.pushed.fill(false);
        let mut reject = RawReject::row(self.line, BROKEN.to_string(), Some(text.trim_end()));
        let mut fields = Fields::new(&text);
        for place in &self.csv.layout.places {
            let (field, more) = fields.next();
            if field.text.contains('\u{FFFD}') {
                reject.column = place.map(|column| self.csv.layout.columns[column].name);
                break;
            }
            if !more {
                break;
            }
        }
        self.line += memchr_iter(b'\n', row).count() as u64;
        self.builder.end_bad_row(&self.pushed, reject);
    }
}
