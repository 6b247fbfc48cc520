//! One run of what reads many times: all timing measures of every actor, or the follower map of a list; called by timing_peers.sh, which says how.
//!
//! `timing_scale events FILE`: a Parquet file of `actor` (UInt32) and `at_s` (Int64, UTC seconds), sorted by both, read row group by row group.
//! `timing_scale map FILE`: little-endian 64-bit creation dates in UTC milliseconds, oldest follower first.

#![allow(clippy::print_stdout, reason = "prints its figures")]

#[path = "parts/figures.rs"]
mod figures;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, UInt32Type};
use bonafide::Result;
use bonafide::timing::{FollowerMapSettings, TIMING_MEASURES, TimingMeasure, TimingMeasures, TimingPass, draw_follower_map};
use figures::Figures;
use parquet::arrow::arrow_reader::statistics::StatisticsConverter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use rayon::prelude::*;
use std::fs::{self, File};
use std::path::Path;

/// Rows of a batch: 768 KiB, which stays in the cache between reading and measuring.
const BATCH_ROWS: usize = 1 << 16;
/// Shares of the file that a thread takes, so that a late one does little harm.
const LANES_A_THREAD: usize = 4;

/// Actors and their measures.
type Measured = Vec<(u32, TimingMeasures)>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["events", file] => println!("{}", serde_json::json!(events(Path::new(file))?.0)),
        ["map", file] => println!("{}", serde_json::json!(map(Path::new(file))?.0)),
        _ => println!("timing_scale needs rows or a list: see benches/timing_peers.sh"),
    }
    Ok(())
}

fn events(file: &Path) -> Result<Figures> {
    let mut figures = Figures::default();
    let rows = Rows::open(file)?;
    let measured = figures.timed("pass", || rows.measured())?;
    figures.set("actors", measured.iter().map(Vec::len).sum::<usize>());
    let burstiness = measured.iter().flatten().filter_map(|(_, times)| times.get(TimingMeasure::Burstiness));
    figures.set("burstiness_sum", burstiness.sum::<f64>());
    figures.set("bits", format!("{:016x}", bits(&measured)));
    drop(measured);
    let sum = figures.timed("read", || rows.read_only())?;
    figures.set("time_sum", sum);
    Ok(figures)
}

/// A number that any other bit in any measure makes another.
fn bits(measured: &[Measured]) -> u64 {
    let of = |times: &TimingMeasures| TIMING_MEASURES.map(|measure| times.get(measure).map_or(u64::MAX, f64::to_bits));
    let all =
        measured.iter().flatten().flat_map(|(actor, times)| [u64::from(*actor), times.n_events].into_iter().chain(of(times)));
    all.fold(0, |sum: u64, bits| (sum.rotate_left(5) ^ bits).wrapping_mul(0x517c_c1b7_2722_0a95))
}

/// A file of rows sorted by actor and time, in lanes of neighbouring row groups.
struct Rows<'a> {
    file: &'a Path,
    metadata: ArrowReaderMetadata,
    /// Last actor of each row group.
    last: Vec<u32>,
}

impl<'a> Rows<'a> {
    fn open(file: &'a Path) -> Result<Self> {
        let metadata = ArrowReaderMetadata::load(&File::open(file)?, Default::default()).map_err(unreadable)?;
        let actors = StatisticsConverter::try_new("actor", metadata.schema(), metadata.parquet_schema()).map_err(unreadable)?;
        let last = actors.row_group_maxes(metadata.metadata().row_groups()).map_err(unreadable)?;
        Ok(Self { file, last: last.as_primitive::<UInt32Type>().values().to_vec(), metadata })
    }

    /// Row groups from..to of each lane.
    fn lanes(&self) -> Vec<(usize, usize)> {
        let n = self.last.len();
        let lanes = (LANES_A_THREAD * rayon::current_num_threads()).min(n);
        (0..lanes).map(|lane| (lane * n / lanes, (lane + 1) * n / lanes)).collect()
    }

    /// The measures of all actors, lane by lane.
    fn measured(&self) -> Result<Vec<Measured>> {
        self.lanes().into_par_iter().map(|lane| self.measured_in(lane)).collect()
    }

    /// The actors that begin in a lane, whose last one may end in a later one.
    fn measured_in(&self, (from, to): (usize, usize)) -> Result<Measured> {
        let (before, last) = (from.checked_sub(1).map(|group| self.last[group]), self.last[to - 1]);
        let mut found = Vec::new();
        let mut pass = TimingPass::default();
        let mut at_ms = Vec::with_capacity(BATCH_ROWS);
        self.read(from, |actors, at_s| {
            let start = before.map_or(0, |before| actors.partition_point(|&actor| actor <= before));
            let end = actors.partition_point(|&actor| actor <= last).max(start);
            at_ms.clear();
            at_ms.extend(at_s[start..end].iter().map(|at_s| at_s * 1000));
            pass.push(&actors[start..end], &at_ms, &mut |actor, times| found.push((actor, times.measures())))?;
            Ok(end == actors.len())
        })?;
        pass.finish(&mut |actor, times| found.push((actor, times.measures())));
        Ok(found)
    }

    /// Gives batches from a row group on, for as long as they are wanted.
    fn read(&self, from: usize, mut wanted: impl FnMut(&[u32], &[i64]) -> Result<bool>) -> Result<()> {
        for group in from..self.last.len() {
            let file = File::open(self.file)?;
            let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
            for batch in reader.with_row_groups(vec![group]).with_batch_size(BATCH_ROWS).build().map_err(unreadable)? {
                let batch = batch.map_err(|error| unreadable(error.into()))?;
                let (actors, at_s) = (batch.column(0).as_primitive::<UInt32Type>(), batch.column(1).as_primitive::<Int64Type>());
                if !wanted(actors.values(), at_s.values())? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Sum of all times: what reading alone takes.
    fn read_only(&self) -> Result<i64> {
        let lanes = self.lanes().into_par_iter().map(|(from, to)| {
            let (mut sum, mut left) = (0_i64, 0_i64);
            (from..to).for_each(|group| left += self.metadata.metadata().row_group(group).num_rows());
            self.read(from, |_, at_s| {
                sum = at_s.iter().fold(sum, |sum, at| sum.wrapping_add(*at));
                left -= at_s.len() as i64;
                Ok(left > 0)
            })?;
            Ok(sum)
        });
        Ok(lanes.collect::<Result<Vec<i64>>>()?.into_iter().fold(0, i64::wrapping_add))
    }
}

fn unreadable(error: ParquetError) -> std::io::Error {
    std::io::Error::other(error)
}

fn map(file: &Path) -> Result<Figures> {
    let bytes = fs::read(file)?;
    let dates = bytes.chunks_exact(8).map(|bytes| Some(i64::from_le_bytes(bytes.try_into().expect("eight bytes"))));
    let dates: Vec<Option<i64>> = dates.collect();
    let mut figures = Figures::default();
    let map = figures.timed("map", || draw_follower_map(&dates, FollowerMapSettings::default()));
    let scores: Vec<f64> = map.into_iter().flat_map(|map| map.scores).flatten().collect();
    figures.set("scores", scores);
    Ok(figures)
}
