//! Records of a JSON array, of NDJSON, or a single object, one at a time: a large array is never held as a whole.

use super::source::{open, undecodable};
use crate::error::{Error, Result};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, SeqAccess, Visitor};
use std::fmt;
use std::io::BufRead;
use std::marker::PhantomData;
use std::path::Path;

/// Hands every record to `each`; `expected` says in an error what the file should hold.
pub(in crate::tables) fn for_each<T: DeserializeOwned>(
    path: &Path,
    expected: &str,
    each: &mut dyn FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut reader = open(path)?;
    let mut blank_lines = 0;
    let first = first_byte(&mut reader, &mut blank_lines).map_err(|error| undecodable(error).at_file(path))?;
    let malformed = |error: serde_json::Error, n_read: usize| located(error, expected, blank_lines, n_read).at_file(path);
    match first {
        Some(b'[') => {
            let mut failure = None;
            let mut json = serde_json::Deserializer::from_reader(reader);
            let visitor = Elements { each, failure: &mut failure, element: PhantomData };
            let outcome = json.deserialize_seq(visitor).and_then(|()| json.end());
            match failure {
                Some(error) => Err(error),
                None => outcome.map_err(|error| malformed(error, 0)),
            }
        }
        Some(b'{') => {
            for (n_read, record) in serde_json::Deserializer::from_reader(reader).into_iter().enumerate() {
                each(record.map_err(|error| malformed(error, n_read))?)?;
            }
            Ok(())
        }
        Some(byte) => {
            Err(Error::malformed(expected, format_args!("begins with `{}`", byte.escape_ascii())).at_file(path).at_row(1))
        }
        None => Err(Error::malformed(expected, "the file is empty").at_file(path)),
    }
}

fn first_byte(reader: &mut dyn BufRead, blank_lines: &mut u64) -> std::io::Result<Option<u8>> {
    loop {
        let Some(&byte) = reader.fill_buf()?.first() else { return Ok(None) };
        if !byte.is_ascii_whitespace() {
            return Ok(Some(byte));
        }
        *blank_lines += u64::from(byte == b'\n');
        reader.consume(1);
    }
}

/// The line, and in the text the column, of a JSON error; one without a position stands in the record after those read.
fn located(error: serde_json::Error, expected: &str, blank_lines: u64, n_read: usize) -> Error {
    if error.is_io() {
        return undecodable(error.into());
    }
    let line = if error.line() == 0 { n_read + 1 } else { error.line() } as u64 + blank_lines;
    Error::malformed(expected, error).at_row(line)
}

struct Elements<'a, T> {
    each: &'a mut dyn FnMut(T) -> Result<()>,
    failure: &'a mut Option<Error>,
    element: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(element) = elements.next_element()? {
            if let Err(error) = (self.each)(element) {
                *self.failure = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
