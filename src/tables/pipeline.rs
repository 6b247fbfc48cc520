//! Reads files on several threads and hands their rows over in order.
//!
//! One thread reads, decompresses, hashes and cuts pieces; workers turn pieces into record batches; the caller takes the
//! batches in the order of the files, so that the result does not depend on the number of threads. Every queue is short:
//! memory holds a few pieces, whatever the size of the files.

use super::chunk::{Chunk, Chunks};
use super::csv::{self, CsvLayout};
use super::folder::TableFile;
use super::format::Format;
use super::layout::{Layout, Needs};
use super::ndjson;
use super::parquet::{self, ParquetLayout};
use super::piece::Piece;
use super::reject::RawReject;
use super::source::{Source, Tally, tally_of};
use crate::domain::Table;
use crate::error::{Locate, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Scope;

/// Batches that one piece of work may be ahead of the caller.
const AHEAD: usize = 2;

/// What the caller gets, in order.
pub(super) enum Step<'a> {
    /// A file begins: the columns it has (none known beforehand for NDJSON), and the number of its first row.
    Begin { table: Table, file: &'a TableFile, layout: Arc<Layout>, first_row: u64 },
    /// Rows of the file.
    Rows(Piece),
    /// The file ends.
    End { tally: Tally },
}

enum Queued<'a> {
    Step(Step<'a>),
    Pieces(Receiver<Result<Piece>>),
}

struct Job {
    work: Work,
    reply: SyncSender<Result<Piece>>,
}

enum Work {
    Csv(Arc<CsvLayout>, Vec<u8>),
    Ndjson(Arc<Layout>, Vec<u8>),
    RowGroup(Arc<ParquetLayout>, usize),
}

/// Reads the files in order and calls `take` for each step.
pub(super) fn read_files(
    files: &[(Table, &TableFile)],
    needs: Needs,
    n_workers: usize,
    progress: &AtomicU64,
    take: &mut dyn FnMut(Step<'_>) -> Result<()>,
) -> Result<()> {
    let n_workers = n_workers.max(1);
    let (jobs, queue) = sync_channel::<Job>(n_workers);
    let (queued, steps) = sync_channel::<Result<Queued<'_>>>(2 * n_workers);
    let queue = Mutex::new(queue);
    std::thread::scope(|scope| {
        // Owned here: when the caller stops early, its end of the queue closes and the other threads stop.
        let steps = steps;
        for _ in 0..n_workers {
            scope.spawn(|| work_off(&queue));
        }
        scope.spawn(move || {
            let reading = Reading { needs, jobs, queued, progress };
            for (table, file) in files {
                if let Err(error) = reading.read_file(scope, *table, file) {
                    // The caller may be gone already.
                    let _ = reading.queued.send(Err(error));
                    return;
                }
            }
        });
        for queued in &steps {
            match queued? {
                Queued::Step(step) => take(step)?,
                Queued::Pieces(pieces) => {
                    for piece in &pieces {
                        take(Step::Rows(piece?))?;
                    }
                }
            }
        }
        Ok(())
    })
}

fn work_off(queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { work, reply }) = job else { return };
        // A reply that cannot be sent means that the caller has stopped.
        match work {
            Work::Csv(layout, bytes) => drop(reply.send(csv::read_rows(&bytes, &layout))),
            Work::Ndjson(layout, bytes) => drop(reply.send(ndjson::read_rows(&bytes, &layout))),
            Work::RowGroup(layout, group) => {
                if let Err(error) = layout.read_row_group(group, &mut |piece| reply.send(Ok(piece)).is_ok()) {
                    drop(reply.send(Err(error)));
                }
            }
        }
    }
}

/// The reading thread's state.
struct Reading<'a> {
    needs: Needs,
    jobs: SyncSender<Job>,
    queued: SyncSender<Result<Queued<'a>>>,
    progress: &'a AtomicU64,
}

impl<'a> Reading<'a> {
    fn read_file<'scope>(&self, scope: &'scope Scope<'scope, '_>, table: Table, file: &'a TableFile) -> Result<()> {
        let outcome = match file.format {
            Format::Csv => self.read_csv(table, file),
            Format::Ndjson => self.read_ndjson(table, file),
            Format::Parquet => self.read_parquet(scope, table, file),
        };
        outcome.at_file(&file.path)
    }

    fn read_csv(&self, table: Table, file: &'a TableFile) -> Result<()> {
        let mut chunks = Chunks::new(Source::open(file, self.progress)?, true);
        let mut first = match chunks.next()? {
            Some(Chunk::Rows(bytes)) => bytes,
            Some(Chunk::LongRow { start, .. }) => start,
            None => Vec::new(),
        };
        let (layout, header_bytes, first_row) = csv::read_header(&first, table, self.needs)?;
        first.drain(..header_bytes);
        if !self.step(Step::Begin { table, file, layout: Arc::new(layout.layout.clone()), first_row }) {
            return Ok(());
        }
        let layout = Arc::new(layout);
        self.cut(chunks, Some(Chunk::Rows(first)), &|bytes| Work::Csv(Arc::clone(&layout), bytes))
    }

    fn read_ndjson(&self, table: Table, file: &'a TableFile) -> Result<()> {
        let chunks = Chunks::new(Source::open(file, self.progress)?, false);
        let layout = Arc::new(Layout::whole(table, self.needs));
        if !self.step(Step::Begin { table, file, layout: Arc::clone(&layout), first_row: 1 }) {
            return Ok(());
        }
        self.cut(chunks, None, &|bytes| Work::Ndjson(Arc::clone(&layout), bytes))
    }

    /// Sends the pieces of a text file.
    fn cut(&self, mut chunks: Chunks<'_>, first: Option<Chunk>, work: &dyn Fn(Vec<u8>) -> Work) -> Result<()> {
        let mut chunk = match first {
            Some(chunk) => Some(chunk),
            None => chunks.next()?,
        };
        while let Some(current) = chunk {
            let goes_on = match current {
                Chunk::Rows(bytes) => self.job(1, work(bytes)),
                Chunk::LongRow { lines, start } => self.step(Step::Rows(long_row(lines, &start))),
            };
            if !goes_on {
                return Ok(());
            }
            chunk = chunks.next()?;
        }
        self.step(Step::End { tally: chunks.finish()? });
        Ok(())
    }

    fn read_parquet<'scope>(&self, scope: &'scope Scope<'scope, '_>, table: Table, file: &'a TableFile) -> Result<()> {
        let layout = Arc::new(parquet::read_footer(&file.path, table, self.needs)?);
        let path = file.path.clone();
        let hashing = scope.spawn(move || tally_of(&path));
        if !self.step(Step::Begin { table, file, layout: Arc::new(layout.layout.clone()), first_row: 1 }) {
            return Ok(());
        }
        for group in 0..layout.n_row_groups() {
            if !self.job(AHEAD, Work::RowGroup(Arc::clone(&layout), group)) {
                return Ok(());
            }
        }
        let tally = hashing.join().unwrap_or_else(|_| tally_of(&file.path))?;
        self.progress.fetch_add(tally.bytes, Ordering::Relaxed);
        self.step(Step::End { tally });
        Ok(())
    }

    /// Queues work and the place of its result; `false` when the caller has stopped.
    fn job(&self, capacity: usize, work: Work) -> bool {
        let (reply, pieces) = sync_channel(capacity);
        self.queued.send(Ok(Queued::Pieces(pieces))).is_ok() && self.jobs.send(Job { work, reply }).is_ok()
    }

    fn step(&self, step: Step<'a>) -> bool {
        self.queued.send(Ok(Queued::Step(step))).is_ok()
    }
}

fn long_row(lines: u64, start: &[u8]) -> Piece {
    let start = String::from_utf8_lossy(start);
    let reject = RawReject::row(0, "the row is longer than 16 MiB".to_owned(), Some(&start));
    Piece { rejects: vec![reject], rows: 1, lines, ..Piece::default() }
}
