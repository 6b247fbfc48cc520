//! Writes record batches as Parquet, CSV or NDJSON, one batch after the other.

use super::format::{Compression, Format};
use super::row_groups::{LIMITS, RowGroups};
use super::staged::create_file;
use super::text_rows::TextRows;
use crate::error::{Error, ErrorKind, Locate, Result};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::errors::ParquetError;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Compression level of zstd for whole files: the library's default.
const ZSTD_LEVEL: i32 = 3;

/// One table on its way to disk.
///
/// A missing value is an empty field in CSV and `null` in NDJSON; a known-empty text is `""` in both. Floats are written
/// so that they read back to the same bits; NaN and infinities have no place in a table and are written as missing.
/// Times are RFC 3339.
///
/// # Cost
/// Memory: of Parquet the rows of three row groups at most, each of 256 thousand rows or 64 MiB; one buffer of CSV or NDJSON.
/// Parquet is encoded on the threads of the current pool; the file does not depend on their number.
///
/// # Examples
/// ```
/// use arrow_array::{RecordBatch, StringArray};
/// use bonafide::tables::{Format, TableWriter};
/// use std::sync::Arc;
/// let place = tempfile::tempdir()?;
/// let batch = RecordBatch::try_from_iter([("creator_id", Arc::new(StringArray::from(vec!["a, b", ""])) as _)])?;
/// let mut writer = TableWriter::create(place.path(), "creators", batch.schema(), Format::Csv)?;
/// writer.write(&batch)?;
/// assert_eq!(std::fs::read_to_string(writer.finish()?)?, "creator_id\n\"a, b\"\n\"\"\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TableWriter {
    path: PathBuf,
    schema: SchemaRef,
    sink: Sink,
}

enum Sink {
    Parquet(Box<RowGroups>),
    Text(Box<Encoder>, TextRows),
}

impl TableWriter {
    /// Begins the file `<folder>/<name>.<format>`, uncompressed but for Parquet's own pages.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the file cannot be made or exists, [`ErrorKind::InvalidArgument`] for a column type that tables do not hold.
    pub fn create(folder: &Path, name: &str, schema: SchemaRef, format: Format) -> Result<Self> {
        Self::create_compressed(folder, name, schema, format, Compression::None)
    }

    /// Begins the file `<folder>/<name>.<format>[.gz|.zst]`; for Parquet the compression is ignored.
    ///
    /// # Errors
    /// As [`TableWriter::create`].
    pub fn create_compressed(
        folder: &Path,
        name: &str,
        schema: SchemaRef,
        format: Format,
        compression: Compression,
    ) -> Result<Self> {
        let ending = if format == Format::Parquet { "" } else { compression.ending() };
        let path = folder.join(format!("{name}.{format}{ending}"));
        Self::over(create_file(&path)?, path, schema, format, compression)
    }

    /// Writes into an open file; `path` is its name in errors.
    pub(super) fn over(file: File, path: PathBuf, schema: SchemaRef, format: Format, compression: Compression) -> Result<Self> {
        let sink = match format {
            Format::Parquet => {
                let writer = RowGroups::begin(file, SchemaRef::clone(&schema), LIMITS);
                Sink::Parquet(Box::new(writer.map_err(|error| parquet_failure(error, &path))?))
            }
            Format::Csv | Format::Ndjson => {
                let mut rows = TextRows::new(format, &schema).map_err(|error| error.at_file(&path))?;
                let mut encoder = Encoder::new(file, compression).at_file(&path)?;
                encoder.write_all(rows.header()).at_file(&path)?;
                Sink::Text(Box::new(encoder), rows)
            }
        };
        Ok(Self { path, schema, sink })
    }

    /// Appends the rows of a batch with the writer's schema.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] for another schema, [`ErrorKind::Io`] where the disk refuses.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        if batch.schema_ref().fields() != self.schema.fields() {
            let columns = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>().join(", ");
            return Err(Error::invalid_argument("columns of a batch", columns, "the columns the table was begun with")
                .at_file(&self.path));
        }
        match &mut self.sink {
            Sink::Parquet(writer) => writer.write(batch).map_err(|error| parquet_failure(error, &self.path)),
            Sink::Text(encoder, rows) => encoder.write_all(rows.render(batch)).at_file(&self.path),
        }
    }

    /// Writes what is still held and gives the file's path.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the disk refuses.
    pub fn finish(self) -> Result<PathBuf> {
        let path = self.path;
        match self.sink {
            Sink::Parquet(writer) => writer.finish().map_err(|error| parquet_failure(error, &path))?,
            Sink::Text(encoder, _) => encoder.finish().at_file(&path)?,
        }
        Ok(path)
    }
}

impl fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableWriter").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Keeps the operating system's reason where there is one.
fn parquet_failure(error: ParquetError, path: &Path) -> Error {
    let error = match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => Error::from(*inner),
            Err(inner) => Error::new(ErrorKind::Io(io::Error::other(inner.to_string()))),
        },
        other => Error::new(ErrorKind::Io(io::Error::other(other.to_string()))),
    };
    error.at_file(path)
}

/// A buffered, possibly compressed file.
enum Encoder {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<File>>),
}

impl Encoder {
    fn new(file: File, compression: Compression) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, file);
        Ok(match compression {
            Compression::None => Self::Plain(file),
            Compression::Gzip => Self::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::default())),
            Compression::Zstd => Self::Zstd(zstd::stream::write::Encoder::new(file, ZSTD_LEVEL)?),
        })
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(writer) => writer.write_all(bytes),
            Self::Gzip(writer) => writer.write_all(bytes),
            Self::Zstd(writer) => writer.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<()> {
        let mut file = match self {
            Self::Plain(writer) => writer,
            Self::Gzip(writer) => writer.finish()?,
            Self::Zstd(writer) => writer.finish()?,
        };
        file.flush()
    }
}
