//! A file as a stream of plain bytes, hashed while it is read.

use super::folder::TableFile;
use super::format::Compression;
use super::gzip::Members;
use crate::error::{Error, Locate, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind as IoKind, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

const BUFFER_BYTES: usize = 1 << 18;

/// What was read of a file: bytes and SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// A file that hashes what passes through it.
struct HashedFile<'a> {
    file: File,
    hash: Sha256,
    bytes: u64,
    progress: &'a AtomicU64,
}

impl Read for HashedFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.hash.update(&buffer[..n]);
        self.bytes += n as u64;
        self.progress.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl HashedFile<'_> {
    fn finish(mut self) -> io::Result<Tally> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(Tally { bytes: self.bytes, sha256: hexadecimal(&self.hash.finalize()) })
    }
}

/// The decompressed content of a table's file.
pub(super) struct Source<'a> {
    decoder: Decoder<'a>,
    file: &'a TableFile,
}

enum Decoder<'a> {
    Plain(HashedFile<'a>),
    Gzip(Box<Members<BufReader<HashedFile<'a>>>>),
    Zstd(zstd::stream::read::Decoder<'static, BufReader<HashedFile<'a>>>),
}

impl<'a> Source<'a> {
    /// Opens a file; bytes read of it are added to `progress`.
    pub(super) fn open(file: &'a TableFile, progress: &'a AtomicU64) -> Result<Self> {
        let opened = File::open(&file.path).at_file(&file.path)?;
        let hashed = HashedFile { file: opened, hash: Sha256::new(), bytes: 0, progress };
        let decoder = match file.compression {
            Compression::None => Decoder::Plain(hashed),
            Compression::Gzip => Decoder::Gzip(Box::new(Members::new(BufReader::with_capacity(BUFFER_BYTES, hashed)))),
            Compression::Zstd => {
                let buffered = BufReader::with_capacity(BUFFER_BYTES, hashed);
                Decoder::Zstd(zstd::stream::read::Decoder::with_buffer(buffered).at_file(&file.path)?)
            }
        };
        Ok(Self { decoder, file })
    }

    /// Fills the buffer up to `target` bytes; gives `true` at the end of the file.
    pub(super) fn fill(&mut self, buffer: &mut Vec<u8>, target: usize) -> Result<bool> {
        let wanted = target.saturating_sub(buffer.len()) as u64;
        let read = match &mut self.decoder {
            Decoder::Plain(reader) => reader.take(wanted).read_to_end(buffer),
            Decoder::Gzip(reader) => reader.take(wanted).read_to_end(buffer),
            Decoder::Zstd(reader) => reader.take(wanted).read_to_end(buffer),
        };
        read.map(|n| (n as u64) < wanted).map_err(|error| self.failure(error))
    }

    /// Reads what is left and gives size and hash of the file as stored.
    pub(super) fn finish(self) -> Result<Tally> {
        let hashed = match self.decoder {
            Decoder::Plain(reader) => reader,
            Decoder::Gzip(reader) => reader.into_inner().into_inner(),
            Decoder::Zstd(reader) => reader.finish().into_inner(),
        };
        hashed.finish().at_file(&self.file.path)
    }

    fn failure(&self, error: io::Error) -> Error {
        let expected = match self.file.compression {
            Compression::None => return Error::from(error).at_file(&self.file.path),
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        };
        let detail = match error.kind() {
            IoKind::UnexpectedEof => "the file ends early (truncated)".to_owned(),
            IoKind::InvalidData | IoKind::InvalidInput | IoKind::Other => error.to_string(),
            _ => return Error::from(error).at_file(&self.file.path),
        };
        Error::malformed(expected, detail).at_file(&self.file.path)
    }
}

/// Size and SHA-256 of a file.
pub(super) fn tally_of(path: &Path) -> Result<Tally> {
    let progress = AtomicU64::new(0);
    let file = File::open(path).at_file(path)?;
    let hashed = HashedFile { file, hash: Sha256::new(), bytes: 0, progress: &progress };
    let mut buffered = BufReader::with_capacity(BUFFER_BYTES, hashed);
    io::copy(&mut buffered, &mut io::sink()).at_file(path)?;
    buffered.into_inner().finish().at_file(path)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
