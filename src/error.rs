//! The one public error: a kind that callers can match on, and the place it happened.

use std::fmt;
use std::path::{Path, PathBuf};

/// Result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in fields rather than prose.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused to read or write.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A folder that should be a dataset holds none of its tables.
    #[error(
        "no table found; a dataset is a folder that holds at least `creators` and one other table (creators.csv, follows.parquet, accounts.ndjson.gz …)"
    )]
    EmptyDataset,
    /// A table that the command needs is not there.
    #[error("the table `{table}` is missing; {why}")]
    MissingTable {
        /// Name of the table.
        table: &'static str,
        /// What it is needed for.
        why: &'static str,
    },
    /// A required column is not there.
    #[error("the required column `{column}` is missing; found: {found}{hint}")]
    MissingColumn {
        /// Name of the column.
        column: String,
        /// The columns that are there, comma-separated.
        found: String,
        /// Empty, or a sentence that helps, beginning with a separator.
        hint: String,
    },
    /// A file's content is not what its name promises (truncated, damaged, wrong format).
    #[error("damaged or not {expected}: {detail}")]
    Malformed {
        /// What was expected ("gzip", "Parquet", "an array of user objects" …).
        expected: String,
        /// What the decoder said.
        detail: String,
    },
    /// More rows were rejected than allowed.
    #[error(
        "{rejected} of {rows} rows rejected ({percent:.2} %), more than the {limit} % allowed by --max-rejected; first: {first}; `bonafide check` counts them by column and reason"
    )]
    TooManyRejected {
        /// Rows rejected.
        rejected: u64,
        /// Rows read in all.
        rows: u64,
        /// Their share in per cent.
        percent: f64,
        /// The limit in per cent.
        limit: f64,
        /// The first rejected row's file, row, column and reason.
        first: String,
    },
    /// An argument or setting is out of its range or contradicts another.
    #[error("{name} is {value}; {expected}")]
    InvalidArgument {
        /// Name of the argument.
        name: String,
        /// The value given.
        value: String,
        /// What would be valid.
        expected: String,
    },
    /// Something asked for by name does not exist.
    #[error("{what} `{name}` not found{hint}")]
    NotFound {
        /// What kind of thing ("creator", "importer" …).
        what: &'static str,
        /// The name asked for.
        name: String,
        /// Empty, or a sentence that helps, beginning with a separator.
        hint: String,
    },
    /// The output already exists and is not overwritten.
    #[error("already exists; choose another place or remove it first")]
    AlreadyExists,
    /// Too little data, or data of one class only, to fit or to measure.
    #[error("not enough data to {purpose}: {detail}")]
    NotEnoughData {
        /// What was to be done.
        purpose: &'static str,
        /// What is lacking.
        detail: String,
    },
    /// A numerical method did not succeed.
    #[error("{method} failed: {detail}")]
    Numerical {
        /// Name of the method.
        method: &'static str,
        /// What happened.
        detail: String,
    },
    /// A model artifact or a run was written by an incompatible version.
    #[error("format version {found} is not supported (this build reads {supported})")]
    UnsupportedVersion {
        /// Version found.
        found: u32,
        /// Version supported.
        supported: u32,
    },
    /// A repeated run differs from the one on disk.
    #[error("differs: {detail}")]
    Mismatch {
        /// What differs.
        detail: String,
    },
}

/// Where in the input an error happened; every part is optional.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Place {
    /// File or folder.
    pub file: Option<PathBuf>,
    /// Line or row, counted from 1 (a CSV header is line 1).
    pub row: Option<u64>,
    /// Column name.
    pub column: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}", Shown(file.display()))?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{}`", Shown(column))?;
        }
        Ok(())
    }
}

/// Text that came from outside, fit to be shown: characters that steer a terminal or turn the direction of the text
/// stand as `\u{…}`.
pub(crate) struct Shown<T>(pub(crate) T);

impl<T: fmt::Display> fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Write::write_fmt(&mut Escaping(f), format_args!("{}", self.0))
    }
}

struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut shown = 0;
        for (at, steering) in text.char_indices().filter(|(_, character)| is_steering(*character)) {
            self.0.write_str(&text[shown..at])?;
            write!(self.0, "{}", steering.escape_unicode())?;
            shown = at + steering.len_utf8();
        }
        self.0.write_str(&text[shown..])
    }
}

/// Control characters, line and paragraph separators, and the marks of Unicode's bidirectional algorithm.
fn is_steering(character: char) -> bool {
    let turns = matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || character.is_control()
}

/// An error with its kind and its place.
///
/// # Examples
/// ```
/// use bonafide::error::{Error, ErrorKind};
/// let error = Error::new(ErrorKind::AlreadyExists).at_file("run");
/// assert!(matches!(error.kind(), ErrorKind::AlreadyExists));
/// assert_eq!(error.to_string(), "run: already exists; choose another place or remove it first");
/// ```
#[derive(Debug)]
pub struct Error {
    kind: Box<ErrorKind>,
    place: Place,
}

impl Error {
    /// An error without a place.
    pub fn new(kind: ErrorKind) -> Self {
        Self { kind: Box::new(kind), place: Place::default() }
    }

    /// An invalid argument: its name, the value given and what would be valid.
    pub fn invalid_argument(name: impl Into<String>, value: impl fmt::Display, expected: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidArgument { name: name.into(), value: value.to_string(), expected: expected.into() })
    }

    /// A file that is not what it should be.
    pub fn malformed(expected: impl Into<String>, detail: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Malformed { expected: expected.into(), detail: detail.to_string() })
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Where it went wrong.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Adds the file, unless a more precise one is known.
    #[must_use]
    pub fn at_file(mut self, file: impl AsRef<Path>) -> Self {
        self.place.file.get_or_insert_with(|| file.as_ref().to_path_buf());
        self
    }

    /// Adds the row (from 1), unless it is known.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.place.row.get_or_insert(row);
        self
    }

    /// Adds the column, unless it is known.
    #[must_use]
    pub fn at_column(mut self, column: impl Into<String>) -> Self {
        self.place.column.get_or_insert_with(|| column.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = Shown(&self.kind);
        if self.place == Place::default() { write!(f, "{kind}") } else { write!(f, "{}: {kind}", self.place) }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&*self.kind)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorKind::Io(error))
    }
}

/// Adds the place to the error of a result.
pub trait Locate<T> {
    /// Names the file that was being read or written.
    ///
    /// # Errors
    /// The same error, with the file.
    fn at_file(self, file: impl AsRef<Path>) -> Result<T>;
}

impl<T, E: Into<Error>> Locate<T> for Result<T, E> {
    fn at_file(self, file: impl AsRef<Path>) -> Result<T> {
        self.map_err(|error| error.into().at_file(file))
    }
}
