//! A Parquet file whose row groups are encoded on all threads and written in order.

use super::encodings::properties;
use arrow_array::{Array, RecordBatch};
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::errors::Result;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::SchemaDescriptor;
use rayon::Yield;
use rayon::prelude::*;
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;
use std::time::Duration;

/// Row groups of one file that are being encoded or wait to be written. With the one that is being filled they bound the memory.
const AHEAD: usize = 2;
/// How long to sleep while others encode the row group that is waited for.
const PATIENCE: Duration = Duration::from_micros(200);

/// When a row group is full.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Rows of a row group at most.
    pub rows: usize,
    /// Bytes of values in memory from which no further batch is added.
    pub bytes: usize,
}

/// Large enough to compress, small enough to be held while they are made.
pub(super) const LIMITS: Limits = Limits { rows: 256 * 1024, bytes: 64 << 20 };

/// A column of the file: the column of the table that it is of, and its place among the parts of that one.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    column: usize,
    part: usize,
}

type Encoded = Result<Vec<ArrowColumnChunk>>;

/// The file. What is in it does not depend on the number of threads.
pub(super) struct RowGroups {
    schema: SchemaRef,
    limits: Limits,
    file: SerializedFileWriter<File>,
    leaves: Arc<[Leaf]>,
    /// Known from the first rows on.
    columns: Option<ArrowRowGroupWriterFactory>,
    filling: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
    begun: VecDeque<Receiver<thread::Result<Encoded>>>,
}

impl RowGroups {
    /// Begins a file.
    pub(super) fn begin(file: File, schema: SchemaRef, limits: Limits) -> Result<Self> {
        let whole = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties(&schema, &[])))?;
        let (file, _) = whole.into_serialized_writer()?;
        let (leaves, begun) = (leaves_of(file.schema_descr()), VecDeque::new());
        Ok(Self { schema, limits, file, leaves, columns: None, filling: Vec::new(), rows: 0, bytes: 0, begun })
    }

    /// Appends the rows of a batch of the file's schema. An error may be that of an earlier batch.
    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let mut rest = batch.clone();
        while rest.num_rows() > 0 {
            let rows = rest.num_rows().min(self.limits.rows - self.rows);
            let piece = rest.slice(0, rows);
            rest = rest.slice(rows, rest.num_rows() - rows);
            self.rows += rows;
            self.bytes += bytes_of(&piece);
            self.filling.push(piece);
            if self.rows >= self.limits.rows || self.bytes >= self.limits.bytes {
                self.encode_filled()?;
            }
        }
        Ok(())
    }

    /// Writes what is still held, and the end of the file.
    pub(super) fn finish(mut self) -> Result<()> {
        if self.rows > 0 {
            self.encode_filled()?;
        }
        while self.write_first()? {}
        self.file.close().map(drop)
    }

    /// Hands the filled row group to the pool of the current thread.
    fn encode_filled(&mut self) -> Result<()> {
        while self.begun.len() >= AHEAD {
            self.write_first()?;
        }
        let batches = std::mem::take(&mut self.filling);
        (self.rows, self.bytes) = (0, 0);
        let columns = match &mut self.columns {
            Some(columns) => columns,
            none => none.insert(column_factory(&self.schema, &batches)?),
        };
        let writers = columns.create_column_writers(self.file.flushed_row_groups().len() + self.begun.len())?;
        let leaves = Arc::clone(&self.leaves);
        let (sender, receiver) = sync_channel(1);
        // A panic goes to whoever waits; nobody does once an earlier row group has failed.
        rayon::spawn(move || drop(sender.send(catch_unwind(AssertUnwindSafe(|| encode(writers, &leaves, &batches))))));
        self.begun.push_back(receiver);
        Ok(())
    }

    /// Writes the oldest row group that was begun; false where there is none.
    fn write_first(&mut self) -> Result<bool> {
        let Some(first) = self.begun.pop_front() else { return Ok(false) };
        let chunks = received(&first).unwrap_or_else(|panic| resume_unwind(panic))?;
        let mut row_group = self.file.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut row_group)?;
        }
        row_group.close()?;
        Ok(true)
    }
}

/// Makes the writers of columns, encoded as suits the first rows. The library reads the properties off a file; this one leads nowhere.
fn column_factory(schema: &SchemaRef, first: &[RecordBatch]) -> Result<ArrowRowGroupWriterFactory> {
    let nowhere = ArrowWriter::try_new(io::sink(), Arc::clone(schema), Some(properties(schema, first)))?;
    Ok(nowhere.into_serialized_writer()?.1)
}

fn leaves_of(file: &SchemaDescriptor) -> Arc<[Leaf]> {
    let columns: Vec<usize> = (0..file.num_columns()).map(|leaf| file.get_column_root_idx(leaf)).collect();
    let part = |leaf: usize| columns[..leaf].iter().rev().take_while(|&&column| column == columns[leaf]).count();
    columns.iter().enumerate().map(|(leaf, &column)| Leaf { column, part: part(leaf) }).collect()
}

fn encode(writers: Vec<ArrowColumnWriter>, leaves: &[Leaf], batches: &[RecordBatch]) -> Encoded {
    let encode_leaf = |(mut writer, leaf): (ArrowColumnWriter, &Leaf)| {
        for batch in batches {
            let mut parts = compute_leaves(batch.schema_ref().field(leaf.column), batch.column(leaf.column))?;
            writer.write(&parts.swap_remove(leaf.part))?;
        }
        writer.close()
    };
    writers.into_par_iter().zip(leaves).map(encode_leaf).collect()
}

/// Bytes of the values of a batch, without those of a larger batch that it is cut from.
fn bytes_of(batch: &RecordBatch) -> usize {
    batch.columns().iter().map(|column| column.to_data().get_slice_memory_size().unwrap_or_default()).sum()
}

/// Waits for a row group; where this thread is one of the pool's, it helps meanwhile.
fn received<T>(encoded: &Receiver<T>) -> T {
    loop {
        match encoded.try_recv() {
            Ok(made) => return made,
            Err(TryRecvError::Disconnected) => panic!("the thread that encoded a row group is gone"),
            Err(TryRecvError::Empty) => {}
        }
        if !matches!(rayon::yield_now(), Some(Yield::Executed))
            && let Ok(made) = encoded.recv_timeout(PATIENCE)
        {
            return made;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{ArrayRef, StringArray, UInt64Array};
    use arrow_select::concat::concat_batches;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use std::ops::Range;
    use std::path::Path;

    const SMALL: Limits = Limits { rows: 100, bytes: 1 << 20 };

    fn batch(rows: Range<u64>) -> RecordBatch {
        let text = |row: u64| (!row.is_multiple_of(3)).then(|| format!("row {row}"));
        let texts: StringArray = rows.clone().map(text).collect();
        let kinds = StringArray::from_iter_values(rows.clone().map(|row| if row % 2 == 0 { "even" } else { "odd" }));
        let columns: [(&str, ArrayRef, bool); 3] = [
            ("number", Arc::new(UInt64Array::from_iter_values(rows)), false),
            ("text", Arc::new(texts), true),
            ("kind", Arc::new(kinds), false),
        ];
        RecordBatch::try_from_iter_with_nullable(columns).unwrap()
    }

    fn write(path: &Path, batches: &[RecordBatch], limits: Limits) {
        let schema = batches[0].schema();
        let mut groups = RowGroups::begin(File::create_new(path).unwrap(), schema, limits).unwrap();
        batches.iter().for_each(|batch| groups.write(batch).unwrap());
        groups.finish().unwrap();
    }

    /// The rows of a file and the number of rows of each of its row groups.
    fn read(path: &Path) -> (RecordBatch, Vec<i64>) {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        let groups = reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        let schema = Arc::clone(reader.schema());
        let batches: Vec<RecordBatch> = reader.build().unwrap().map(|batch| batch.unwrap()).collect();
        (concat_batches(&schema, &batches).unwrap(), groups)
    }

    #[test]
    fn rows_come_back_in_order_and_row_groups_are_cut_at_the_limit_of_rows() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("t.parquet");
        write(&path, &[batch(0..70), batch(70..70), batch(70..420), batch(420..450)], SMALL);
        assert_eq!(read(&path), (batch(0..450), vec![100, 100, 100, 100, 50]));
    }

    #[test]
    fn a_full_last_row_group_is_followed_by_no_empty_one_and_no_rows_make_none() {
        let place = tempfile::tempdir().unwrap();
        for (rows, expected) in [(200, vec![100, 100]), (0, vec![])] {
            let path = place.path().join(format!("{rows}.parquet"));
            write(&path, &[batch(0..rows)], SMALL);
            assert_eq!(read(&path), (batch(0..rows), expected));
        }
    }

    #[test]
    fn large_values_end_a_row_group_early_but_what_a_batch_was_cut_from_does_not_count() {
        let place = tempfile::tempdir().unwrap();
        let limits = Limits { rows: 100, bytes: bytes_of(&batch(0..25)) };
        let (large, cut) = (place.path().join("large.parquet"), place.path().join("cut.parquet"));
        write(&large, &[batch(0..30), batch(30..60), batch(60..70)], limits);
        assert_eq!(read(&large).1, [30, 30, 10]);
        let whole = batch(0..1_000);
        write(&cut, &[whole.slice(0, 10), whole.slice(10, 10)], limits);
        assert_eq!(read(&cut), (batch(0..20), vec![20]));
    }

    #[test]
    fn the_file_is_the_same_on_one_thread_on_three_and_outside_a_pool() {
        let place = tempfile::tempdir().unwrap();
        let batches: Vec<RecordBatch> = (0..40).map(|part| batch(part * 37..(part + 1) * 37)).collect();
        let bytes = |name: &str, threads: Option<usize>| {
            let path = place.path().join(name);
            match threads {
                Some(threads) => {
                    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                    pool.install(|| write(&path, &batches, SMALL));
                }
                None => write(&path, &batches, SMALL),
            }
            std::fs::read(path).unwrap()
        };
        let one = bytes("one", Some(1));
        assert!(one == bytes("three", Some(3)) && one == bytes("none", None));
    }

    #[test]
    fn the_bytes_are_those_of_the_library_s_own_writer_with_the_same_properties() {
        let place = tempfile::tempdir().unwrap();
        let (ours, theirs) = (place.path().join("ours"), place.path().join("theirs"));
        let batches = [batch(0..60), batch(60..250)];
        write(&ours, &batches, SMALL);
        let properties = properties(batches[0].schema_ref(), &[batch(0..60), batch(60..100)]);
        let properties = properties.into_builder().set_max_row_group_row_count(Some(SMALL.rows)).build();
        let file = File::create_new(&theirs).unwrap();
        let mut writer = ArrowWriter::try_new(file, batches[0].schema(), Some(properties)).unwrap();
        batches.iter().for_each(|batch| writer.write(batch).unwrap());
        writer.close().unwrap();
        assert!(std::fs::read(ours).unwrap() == std::fs::read(theirs).unwrap());
    }

    #[test]
    fn ids_have_no_dictionary_and_kinds_have_one() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("t.parquet");
        write(&path, &[batch(0..250)], SMALL);
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        for group in reader.metadata().row_groups() {
            let dictionaries: Vec<bool> =
                group.columns().iter().map(|column| column.dictionary_page_offset().is_some()).collect();
            assert_eq!(dictionaries, [false, false, true]);
        }
    }

    #[test]
    fn columns_with_parts_come_back() {
        use arrow_array::StructArray;
        let parts = StructArray::from(batch(0..250));
        let numbers = Arc::new(UInt64Array::from_iter_values(250..500)) as ArrayRef;
        let nested =
            RecordBatch::try_from_iter([("before", Arc::clone(&numbers)), ("parts", Arc::new(parts)), ("after", numbers)]);
        let nested = nested.unwrap();
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("t.parquet");
        write(&path, std::slice::from_ref(&nested), SMALL);
        assert_eq!(read(&path), (nested, vec![100, 100, 50]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_ends_the_writing_before_the_last_batch() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut groups = RowGroups::begin(full, batch(0..1).schema(), SMALL).unwrap();
        let written = (0..10_000u64).take_while(|part| groups.write(&batch(part * 100..(part + 1) * 100)).is_ok()).count();
        assert!(written < 10_000, "an error is told while there are rows to write, not at the end");
        assert!(groups.finish().is_err());
    }
}
