//! Splits CSV text into fields without copying those that need no unescaping.
//!
//! Reads what the `csv` crate reads (a property test holds the two against each other), and also tells whether a field
//! was quoted: an empty quoted field is a known-empty text, an empty bare field is missing.

use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) quoted: bool,
}

/// Walks over the fields of a text that ends with a whole row.
pub(super) struct Fields<'a> {
    text: &'a str,
    at: usize,
    /// Line ends passed so far.
    pub(super) lines: u64,
}

impl<'a> Fields<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, lines: 0 }
    }

    /// How far the text was read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Passes over blank lines; `false` at the end of the text.
    pub(super) fn begin_row(&mut self) -> bool {
        while let Some(b'\n' | b'\r') = self.byte() {
            self.end_line();
        }
        self.at < self.text.len()
    }

    /// The next field of the row, and whether the row goes on behind it.
    pub(super) fn next(&mut self) -> (Field<'a>, bool) {
        let field = if self.byte() == Some(b'"') { self.quoted() } else { Field { text: self.bare().into(), quoted: false } };
        match self.byte() {
            Some(b',') => {
                self.at += 1;
                (field, true)
            }
            Some(_) => {
                self.end_line();
                (field, false)
            }
            None => (field, false),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn end_line(&mut self) {
        let bytes = &self.text.as_bytes()[self.at..];
        self.at += if bytes.starts_with(b"\r\n") { 2 } else { 1 };
        self.lines += 1;
    }

    /// Text up to the next separator.
    fn bare(&mut self) -> &'a str {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| matches!(byte, b',' | b'\n' | b'\r')).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        &self.text[start..self.at]
    }

    fn quoted(&mut self) -> Field<'a> {
        let start = self.at + 1;
        let Some((end, doubled)) = self.closing_quote(start) else {
            self.at = self.text.len();
            return Field { text: self.inner(start, self.at), quoted: true };
        };
        self.at = end + 1;
        let tail = self.bare();
        let text = match (doubled, tail) {
            (false, "") => Cow::Borrowed(&self.text[start..end]),
            (_, tail) => Cow::Owned(self.inner(start, end).into_owned() + tail),
        };
        self.lines += memchr_iter(b'\n', &self.text.as_bytes()[start..end]).count() as u64;
        Field { text, quoted: true }
    }

    /// Place of the quote that closes the field, and whether doubled quotes stand before it.
    fn closing_quote(&self, start: usize) -> Option<(usize, bool)> {
        let bytes = self.text.as_bytes();
        let (mut at, mut doubled) = (start, false);
        loop {
            let quote = at + memchr(b'"', &bytes[at..])?;
            if bytes.get(quote + 1) != Some(&b'"') {
                return Some((quote, doubled));
            }
            (at, doubled) = (quote + 2, true);
        }
    }

    fn inner(&self, start: usize, end: usize) -> Cow<'a, str> {
        let inner = &self.text[start..end];
        if inner.contains("\"\"") { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
    }
}
