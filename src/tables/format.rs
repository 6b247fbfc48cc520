//! File formats of tables, and how file names tell them.

use std::fmt;

/// How a table's rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Format {
    /// Apache Parquet.
    #[default]
    Parquet,
    /// Comma-separated values with a header line.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// How a whole CSV or NDJSON file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Compression {
    /// Not at all (Parquet compresses its own pages).
    #[default]
    None,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Format {
    /// The words of the formats, in order.
    pub const WORDS: [&'static str; 3] = ["parquet", "csv", "ndjson"];

    /// The word used on the command line and as the file name's ending.
    pub fn word(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    /// The format of that word; `jsonl` means NDJSON too.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "parquet" => Some(Self::Parquet),
            "csv" => Some(Self::Csv),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Compression {
    /// What a file name ends with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Gzip => ".gz",
            Self::Zstd => ".zst",
        }
    }
}

/// Splits a file name into stem, format and compression; `None` where the ending is not one of ours.
///
/// # Examples
/// ```
/// use bonafide::tables::{Compression, Format, split_name};
/// assert_eq!(split_name("follows.csv.gz"), Some(("follows", Format::Csv, Compression::Gzip)));
/// assert_eq!(split_name("follows.xlsx"), None);
/// ```
pub fn split_name(name: &str) -> Option<(&str, Format, Compression)> {
    let (rest, ending) = name.rsplit_once('.')?;
    let (compression, rest, ending) = match ending.to_ascii_lowercase().as_str() {
        "gz" => (Compression::Gzip, rest.rsplit_once('.')?.0, rest.rsplit_once('.')?.1),
        "zst" => (Compression::Zstd, rest.rsplit_once('.')?.0, rest.rsplit_once('.')?.1),
        _ => (Compression::None, rest, ending),
    };
    let format = Format::from_word(ending)?;
    let compressed_parquet = format == Format::Parquet && compression != Compression::None;
    (!rest.is_empty() && !compressed_parquet).then_some((rest, format, compression))
}
