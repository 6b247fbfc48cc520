//! Rows of a record batch as lines of CSV or NDJSON.

use super::format::Format;
use crate::domain::Timestamp;
use crate::error::{Error, Result};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type, TimestampMillisecondType, UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};
use std::io::Write;

/// Renders batches into a reused buffer.
#[derive(Debug)]
pub(super) struct TextRows {
    format: Format,
    names: Vec<String>,
    buffer: Vec<u8>,
}

impl TextRows {
    /// # Errors
    /// For a column type that tables do not hold.
    pub(super) fn new(format: Format, schema: &Schema) -> Result<Self> {
        for field in schema.fields() {
            let known = matches!(
                field.data_type(),
                DataType::Utf8
                    | DataType::Boolean
                    | DataType::UInt64
                    | DataType::UInt32
                    | DataType::Int64
                    | DataType::Float64
                    | DataType::Timestamp(TimeUnit::Millisecond, _)
            );
            if !known {
                let expected = "text, flags, whole numbers, 64-bit floats or milliseconds";
                return Err(Error::invalid_argument("column type", field.data_type(), expected).at_column(field.name()));
            }
        }
        let names = schema.fields().iter().map(|field| field.name().clone()).collect();
        Ok(Self { format, names, buffer: Vec::new() })
    }

    /// The header line of CSV; nothing for NDJSON.
    pub(super) fn header(&mut self) -> &[u8] {
        self.buffer.clear();
        if self.format == Format::Csv {
            for (index, name) in self.names.iter().enumerate() {
                if index > 0 {
                    self.buffer.push(b',');
                }
                put_csv_text(&mut self.buffer, name);
            }
            self.buffer.push(b'\n');
        }
        &self.buffer
    }

    /// The lines of a batch whose schema was checked.
    pub(super) fn render(&mut self, batch: &RecordBatch) -> &[u8] {
        self.buffer.clear();
        let keys: Vec<Vec<u8>> = self.names.iter().map(|name| json_key(name)).collect();
        for row in 0..batch.num_rows() {
            for (index, column) in batch.columns().iter().enumerate() {
                match self.format {
                    Format::Ndjson => {
                        self.buffer.push(if index == 0 { b'{' } else { b',' });
                        self.buffer.extend_from_slice(&keys[index]);
                        put_json(&mut self.buffer, column.as_ref(), row);
                    }
                    Format::Csv | Format::Parquet => {
                        if index > 0 {
                            self.buffer.push(b',');
                        }
                        put_csv(&mut self.buffer, column.as_ref(), row);
                    }
                }
            }
            self.buffer.extend_from_slice(if self.format == Format::Ndjson { b"}\n" } else { b"\n" });
        }
        &self.buffer
    }
}

fn json_key(name: &str) -> Vec<u8> {
    let mut key = Vec::new();
    put_json_text(&mut key, name);
    key.push(b':');
    key
}

fn put_csv(out: &mut Vec<u8>, column: &dyn Array, row: usize) {
    if column.is_null(row) {
        return;
    }
    match column.data_type() {
        DataType::Utf8 => put_csv_text(out, column.as_string::<i32>().value(row)),
        DataType::Timestamp(..) => put_time(out, column, row),
        _ => {
            put_plain(out, column, row);
        }
    }
}

fn put_json(out: &mut Vec<u8>, column: &dyn Array, row: usize) {
    let start = out.len();
    if !column.is_null(row) {
        match column.data_type() {
            DataType::Utf8 => put_json_text(out, column.as_string::<i32>().value(row)),
            DataType::Timestamp(..) => {
                out.push(b'"');
                put_time(out, column, row);
                out.push(b'"');
            }
            _ => put_plain(out, column, row),
        }
    }
    if out.len() == start {
        out.extend_from_slice(b"null");
    }
}

/// Quotes what would otherwise not read back: separators, quotes, line ends, empty text and words for "missing".
fn put_csv_text(out: &mut Vec<u8>, text: &str) {
    let bare = !super::cell::is_missing_word(text) && !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    if bare {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

fn put_json_text(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).expect("a string can be written into memory");
}

fn put_time(out: &mut Vec<u8>, column: &dyn Array, row: usize) {
    let ms = column.as_primitive::<TimestampMillisecondType>().value(row);
    match Timestamp::from_ms(ms) {
        Some(time) => put(out, format_args!("{time}")),
        None => put(out, format_args!("{ms}")),
    }
}

/// Numbers and flags, which look the same in both formats.
fn put_plain(out: &mut Vec<u8>, column: &dyn Array, row: usize) {
    match column.data_type() {
        DataType::Boolean => put(out, format_args!("{}", column.as_boolean().value(row))),
        DataType::UInt64 => put(out, format_args!("{}", column.as_primitive::<UInt64Type>().value(row))),
        DataType::UInt32 => put(out, format_args!("{}", column.as_primitive::<UInt32Type>().value(row))),
        DataType::Int64 => put(out, format_args!("{}", column.as_primitive::<Int64Type>().value(row))),
        DataType::Float64 => {
            let value = column.as_primitive::<Float64Type>().value(row);
            if value.is_finite() {
                // Debug is the shortest form that reads back to the same bits, with an exponent where it is shorter.
                put(out, format_args!("{value:?}"));
            }
        }
        _ => {}
    }
}

fn put(out: &mut Vec<u8>, arguments: std::fmt::Arguments<'_>) {
    out.write_fmt(arguments).expect("memory can be written to");
}
