//! NDJSON: one object a line.

use super::cell::{BROKEN, Cell};
use super::layout::Layout;
use super::piece::{Piece, PieceBuilder};
use super::reject::RawReject;
use crate::error::Result;
use memchr::memchr;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Unknown names kept of one piece.
const MAX_UNKNOWN: usize = 100;

/// Reads whole lines.
pub(super) fn read_rows(bytes: &[u8], layout: &Layout) -> Result<Piece> {
    let mut rows = Rows { layout, builder: PieceBuilder::new(layout), values: vec![None; layout.columns.len()] };
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        rows.read_line(bytes[start..end].trim_ascii());
        start = end + 1;
        rows.builder.piece.lines += 1;
    }
    rows.builder.finish()
}

struct Rows<'a, 'b> {
    layout: &'a Layout,
    builder: PieceBuilder<'a>,
    values: Vec<Option<&'b RawValue>>,
}

impl<'b> Rows<'_, 'b> {
    fn read_line(&mut self, line: &'b [u8]) {
        if line.is_empty() {
            return;
        }
        let row = self.builder.piece.lines;
        let Ok(text) = std::str::from_utf8(line) else {
            return self.reject(row, BROKEN.to_string(), &String::from_utf8_lossy(line));
        };
        self.values.fill(None);
        let keys = Keys { layout: self.layout, values: &mut self.values, unknown: &mut self.builder.piece.unknown, twice: None };
        let mut json = serde_json::Deserializer::from_str(text);
        match keys.deserialize(&mut json).and_then(|twice| json.end().map(|()| twice)) {
            Ok(None) => self.push_values(row),
            Ok(Some(key)) => self.reject(row, format!("the key `{key}` occurs twice"), text),
            Err(error) if error.is_data() => self.reject(row, "not a JSON object".to_owned(), text),
            Err(error) => self.reject(row, format!("not JSON: {error}"), text),
        }
    }

    fn push_values(&mut self, row: u64) {
        for column in 0..self.values.len() {
            let value = self.values[column];
            self.builder.piece.seen |= u64::from(value.is_some()) << column;
            let raw = value.map_or("", RawValue::get);
            let cell = value.map_or(Ok(Cell::Missing), |value| cell_of(value.get()));
            match cell {
                Ok(cell) => self.builder.push(row, column, cell, || raw.to_owned()),
                Err(what) => self.builder.push(row, column, Cell::Foreign(what), || raw.to_owned()),
            }
        }
        self.builder.end_row(row);
    }

    fn reject(&mut self, row: u64, reason: String, line: &str) {
        let pushed = vec![false; self.values.len()];
        self.builder.end_bad_row(&pushed, RawReject::row(row, reason, Some(line)));
    }
}

/// A JSON value by its own text, so that numbers keep every digit.
fn cell_of(raw: &str) -> Result<Cell<'_>, &'static str> {
    Ok(match raw.as_bytes() {
        b"null" => Cell::Missing,
        b"true" => Cell::Flag(true),
        b"false" => Cell::Flag(false),
        [b'"', inner @ .., b'"'] if memchr(b'\\', inner).is_none() => Cell::Text(Cow::Borrowed(&raw[1..raw.len() - 1])),
        [b'"', ..] => Cell::Text(Cow::Owned(serde_json::from_str(raw).map_err(|_| "text with a broken escape")?)),
        [b'[', ..] => return Err("a list"),
        [b'{', ..] => return Err("an object"),
        _ => Cell::Number(Cow::Borrowed(raw)),
    })
}

/// Reads one object: raw values of known keys by column, names of the others; gives a known key that occurs twice.
struct Keys<'a, 'b> {
    layout: &'a Layout,
    values: &'a mut [Option<&'b RawValue>],
    unknown: &'a mut Vec<String>,
    twice: Option<&'static str>,
}

impl<'b> DeserializeSeed<'b> for Keys<'_, 'b> {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'b> Visitor<'b> for Keys<'_, 'b> {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut likely = 0;
        while let Some(place) = map.next_key_seed(Key { layout: self.layout, unknown: self.unknown, likely })? {
            match place {
                Some(column) => {
                    let value = map.next_value::<&RawValue>()?;
                    if self.values[column].replace(value).is_some() {
                        self.twice = Some(self.layout.columns[column].name);
                    }
                    likely = column + 1;
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(self.twice)
    }
}

/// Finds the column of a key; the one behind the last key's is tried first.
struct Key<'a> {
    layout: &'a Layout,
    unknown: &'a mut Vec<String>,
    likely: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let columns = &self.layout.columns;
        if columns.get(self.likely).is_some_and(|spec| spec.name == name) {
            return Ok(Some(self.likely));
        }
        let found = columns.iter().position(|spec| spec.name == name);
        if found.is_none() && self.unknown.len() < MAX_UNKNOWN && !self.unknown.iter().any(|known| known == name) {
            self.unknown.push(name.chars().take(80).collect());
        }
        Ok(found)
    }
}
