//! Files of a source: plain or gzip, told apart by their first bytes, whatever their name says.

use crate::error::{Error, ErrorKind, Locate, Result};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

const GZIP: [u8; 2] = [0x1f, 0x8b];
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
const BUFFER_BYTES: usize = 64 * 1024;
/// No published row comes near it; beyond it the file is not a table, and reading on would only fill the memory.
const LONGEST_LINE_BYTES: usize = 16 << 20;

/// Opens a file, decompresses it while it is read, and skips a byte order mark.
pub(in crate::tables) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let file = File::open(path).at_file(path)?;
    let mut raw = BufReader::with_capacity(BUFFER_BYTES, file);
    let is_gzip = raw.fill_buf().at_file(path)?.starts_with(&GZIP);
    if !is_gzip && has_extension(path, "gz") {
        return Err(Error::malformed("gzip", "the first bytes are not those of gzip").at_file(path));
    }
    let mut reader: Box<dyn BufRead> =
        if is_gzip { Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(raw))) } else { Box::new(raw) };
    let start = reader.fill_buf().map_err(|error| undecodable(error).at_file(path))?;
    let mark = if start.starts_with(&BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    reader.consume(mark);
    Ok(reader)
}

/// Opens a file of lines, none of them endless.
pub(super) fn open_lines(path: &Path) -> Result<impl BufRead + use<>> {
    Ok(BufReader::with_capacity(BUFFER_BYTES, Lines { inner: open(path)?, line_bytes: 0 }))
}

struct Lines {
    inner: Box<dyn BufRead>,
    line_bytes: usize,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_read = self.inner.read(buffer)?;
        self.line_bytes = match buffer[..n_read].iter().rposition(|&byte| byte == b'\n') {
            Some(newline) => n_read - newline - 1,
            None => self.line_bytes + n_read,
        };
        if self.line_bytes > LONGEST_LINE_BYTES { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(n_read) }
    }
}

/// A truncated or damaged stream is the file's fault, anything else the operating system's.
pub(in crate::tables) fn undecodable(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Error::malformed("gzip", "the compressed data end too early"),
        io::ErrorKind::FileTooLarge => Error::malformed("lines of text", "a line is longer than 16 MiB"),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Error::malformed("gzip", error),
        _ => error.into(),
    }
}

/// The file's name without `.gz` and without its extension.
pub(in crate::tables) fn stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Whether the name ends in `.extension` or `.extension.gz`.
pub(super) fn is_kind(path: &Path, extension: &str) -> bool {
    if has_extension(path, "gz") { has_extension(&path.with_extension(""), extension) } else { has_extension(path, extension) }
}

/// The files of a folder with one of the extensions (also followed by `.gz`), by name; a plain file stands for itself.
pub(in crate::tables) fn files(source: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    if !source.metadata().at_file(source)?.is_dir() {
        return Ok(vec![source.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in source.read_dir().at_file(source)? {
        let path = entry.at_file(source)?.path();
        if path.is_file() && extensions.iter().any(|extension| is_kind(&path, extension)) {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// A source that holds none of the files it should.
pub(super) fn nothing_found(source: &Path, what: &'static str, names: &str) -> Error {
    Error::new(ErrorKind::NotFound { what, name: names.to_owned(), hint: " in this folder".to_owned() }).at_file(source)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
