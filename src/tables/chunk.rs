//! Cuts a text stream into pieces of whole rows, whatever the length of a line.

use super::source::{Source, Tally};
use crate::error::{Error, Result};
use memchr::{memchr, memchr_iter, memchr2, memrchr};

/// Bytes of a piece: large enough to be worth a thread's while, small enough that a few of them weigh nothing.
const PIECE_BYTES: usize = 1 << 20;
/// Longest row; a longer one is passed over, so that a file without line ends takes no more memory than this.
const MAX_ROW_BYTES: usize = 16 << 20;
/// What is kept of a row that is passed over.
const START_BYTES: usize = 800;

/// Part of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Chunk {
    /// Whole rows.
    Rows(Vec<u8>),
    /// A row longer than 16 MiB was passed over.
    LongRow {
        /// Line ends in it.
        lines: u64,
        /// How it begins.
        start: Vec<u8>,
    },
}

/// Reads a source piece by piece.
pub(super) struct Chunks<'a> {
    source: Source<'a>,
    quotes: bool,
    buffer: Vec<u8>,
    at_end: bool,
    begun: bool,
}

impl<'a> Chunks<'a> {
    /// `quotes`: whether a line end between double quotes belongs to its row (CSV).
    pub(super) fn new(source: Source<'a>, quotes: bool) -> Self {
        Self { source, quotes, buffer: Vec::new(), at_end: false, begun: false }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>> {
        let mut target = PIECE_BYTES;
        loop {
            self.fill(target)?;
            if self.buffer.is_empty() {
                return Ok(None);
            }
            if let Some(cut) = self.last_row_end()? {
                let rest = self.buffer[cut..].to_vec();
                self.buffer.truncate(cut);
                return Ok(Some(Chunk::Rows(std::mem::replace(&mut self.buffer, rest))));
            }
            if self.buffer.len() >= MAX_ROW_BYTES {
                return self.pass_over().map(Some);
            }
            target = (self.buffer.len() * 2).clamp(PIECE_BYTES, MAX_ROW_BYTES);
        }
    }

    /// Size and hash of the file.
    pub(super) fn finish(self) -> Result<Tally> {
        self.source.finish()
    }

    fn fill(&mut self, target: usize) -> Result<()> {
        if !self.at_end {
            self.at_end = self.source.fill(&mut self.buffer, target)?;
        }
        if !self.begun {
            self.begun = true;
            check_encoding(&self.buffer)?;
            if self.buffer.starts_with(b"\xEF\xBB\xBF") {
                self.buffer.drain(..3);
            }
        }
        Ok(())
    }

    fn last_row_end(&self) -> Result<Option<usize>> {
        if !self.quotes || memchr(b'"', &self.buffer).is_none() {
            let end = if self.at_end { Some(self.buffer.len()) } else { memrchr(b'\n', &self.buffer).map(|at| at + 1) };
            return Ok(end);
        }
        let mut ends = CsvRowEnds::default();
        let mut last = None;
        while let Some(end) = ends.next(&self.buffer, last.unwrap_or(0)) {
            last = Some(end);
        }
        if !self.at_end {
            return Ok(last);
        }
        if ends.is_quoted() { Err(never_closed(&self.buffer[last.unwrap_or(0)..])) } else { Ok(Some(self.buffer.len())) }
    }

    /// Drops the row at hand, however long.
    fn pass_over(&mut self) -> Result<Chunk> {
        let start = self.buffer[..START_BYTES.min(self.buffer.len())].to_vec();
        let (mut ends, mut lines) = (CsvRowEnds::default(), 0);
        loop {
            let end = if self.quotes { ends.next(&self.buffer, 0) } else { memchr(b'\n', &self.buffer).map(|at| at + 1) };
            let passed = end.unwrap_or(self.buffer.len());
            lines += memchr_iter(b'\n', &self.buffer[..passed]).count() as u64;
            self.buffer.drain(..passed);
            if end.is_some() {
                return Ok(Chunk::LongRow { lines, start });
            }
            if self.at_end {
                return if ends.is_quoted() { Err(never_closed(&start)) } else { Ok(Chunk::LongRow { lines, start }) };
            }
            self.fill(PIECE_BYTES)?;
        }
    }
}

fn never_closed(row: &[u8]) -> Error {
    let start: String = String::from_utf8_lossy(&row[..START_BYTES.min(row.len())]).chars().take(80).collect();
    Error::malformed("CSV", format!("a quoted field never ends; its row begins with {start:?}"))
}

/// Text in other encodings and binary formats are named rather than read as one strange column.
fn check_encoding(start: &[u8]) -> Result<()> {
    let found = match start {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "this is UTF-16; save it as UTF-8",
        [b'P', b'A', b'R', b'1', ..] => "this is a Parquet file",
        [0x1F, 0x8B, ..] => "this is a gzip file; its name should end with .gz",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "this is a zstd file; its name should end with .zst",
        [b'P', b'K', 3, 4, ..] => "this is a zip file or a spreadsheet",
        _ => return Ok(()),
    };
    Err(Error::malformed("text", found))
}

/// Finds where rows of CSV end, with the state carried from block to block.
///
/// A quote opens a quoted field only at the field's beginning; within, a doubled quote is one quote.
#[derive(Debug, Default)]
pub(super) struct CsvRowEnds {
    state: State,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    FieldStart,
    Plain,
    Quoted,
    /// After a quote within a quoted field: the field's end, or the first half of a doubled quote.
    QuoteSeen,
}

impl CsvRowEnds {
    /// The end of the row that goes on at `at`, line end included; `None` where the block ends first.
    pub(super) fn next(&mut self, block: &[u8], mut at: usize) -> Option<usize> {
        while at < block.len() {
            match self.state {
                State::FieldStart if block[at] == b'"' => (self.state, at) = (State::Quoted, at + 1),
                State::QuoteSeen if block[at] == b'"' => (self.state, at) = (State::Quoted, at + 1),
                State::FieldStart | State::QuoteSeen => self.state = State::Plain,
                State::Quoted => match memchr(b'"', &block[at..]) {
                    Some(offset) => (self.state, at) = (State::QuoteSeen, at + offset + 1),
                    None => return None,
                },
                State::Plain => {
                    let Some(offset) = memchr2(b'"', b'\n', &block[at..]) else {
                        self.leave_plain(block[block.len() - 1]);
                        return None;
                    };
                    let found = at + offset;
                    if block[found] == b'\n' {
                        self.state = State::FieldStart;
                        return Some(found + 1);
                    }
                    let opens = found > 0 && is_separator(block[found - 1]);
                    (self.state, at) = (if opens { State::Quoted } else { State::Plain }, found + 1);
                    if at == block.len() {
                        return None;
                    }
                }
            }
        }
        None
    }

    /// Whether the block ended within quotes.
    fn is_quoted(&self) -> bool {
        self.state == State::Quoted
    }

    fn leave_plain(&mut self, last: u8) {
        self.state = if is_separator(last) { State::FieldStart } else { State::Plain };
    }
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b',' | b'\n' | b'\r')
}
