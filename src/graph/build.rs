//! From a stream of edges to lists in both directions: count, place, sort and merge, turn round.

use super::bipartite::{BipartiteGraph, Reading};
use super::csr::Csr;
use super::edge_source::{EdgeBatch, EdgeSource};
use super::edge_time::EdgeTime;
use super::merge::merge_lists;
use super::transpose::transpose;
use crate::error::ErrorKind;
use crate::{Error, Result};

/// Counting sort by column in two passes, lists sorted and merged in place, then turned round.
///
/// # Source
/// Knuth, *The Art of Computer Programming* 3, section 5.2, algorithm D (distribution counting).
pub(super) fn build<S: EdgeSource + ?Sized>(source: &S) -> Result<BipartiteGraph> {
    let size = Size::of(source)?;
    let (offsets, counted) = count(source, &size)?;
    let mut placed = place(source, &size, offsets, &counted)?;
    let repeated = merge_lists(&mut placed.offsets, &mut placed.rows, placed.times.as_mut());
    let by_column = Csr::new(placed.offsets, placed.rows);
    let by_row = transpose(&by_column, size.n_rows);
    let missing = |times: &Vec<EdgeTime>| times.iter().filter(|&&time| time == EdgeTime::MISSING).count();
    let without_time = placed.times.as_ref().map_or(by_column.targets().len(), missing) as u64;
    let reading = Reading { read: counted.read, self_loops: counted.self_loops, repeated, without_time };
    Ok(BipartiteGraph { by_row, by_column, times: placed.times, reading })
}

/// The checked size of a source.
struct Size<'a> {
    n_rows: usize,
    n_columns: usize,
    owners: Option<&'a [u32]>,
}

impl<'a> Size<'a> {
    fn of<S: EdgeSource + ?Sized>(source: &'a S) -> Result<Self> {
        let (n_rows, n_columns, owners) = (source.n_rows(), source.n_columns(), source.owners());
        if n_rows as u64 + n_columns as u64 >= u64::from(u32::MAX) {
            return Err(Error::invalid_argument("rows and columns", n_rows as u64 + n_columns as u64, "at most 2^32 - 2"));
        }
        if owners.is_some_and(|owners| owners.len() != n_columns) {
            return Err(Error::invalid_argument("owners", owners.map_or(0, <[u32]>::len), "one slot a column"));
        }
        Ok(Self { n_rows, n_columns, owners })
    }

    /// Calls `keep` with each edge that is no self-loop and gives the number of self-loops.
    fn for_each(&self, batch: &EdgeBatch<'_>, mut keep: impl FnMut(usize, u32, u32)) -> Result<u64> {
        let (n_rows, n_columns) = (self.n_rows as u32, self.n_columns as u32);
        let mut self_loops = 0;
        for (at, (&row, &column)) in batch.rows.iter().zip(batch.columns).enumerate() {
            if row >= n_rows || column >= n_columns {
                return Err(out_of_range(self, row, column));
            }
            if self.owners.is_some_and(|owners| owners[column as usize] == row) {
                self_loops += 1;
            } else {
                keep(at, row, column);
            }
        }
        Ok(self_loops)
    }
}

fn out_of_range(size: &Size<'_>, row: u32, column: u32) -> Error {
    let expected = format!("a row below {} and a column below {}", size.n_rows, size.n_columns);
    Error::invalid_argument("an edge", format_args!("({row}, {column})"), expected)
}

/// What the first pass found.
#[derive(Default)]
struct Counted {
    read: u64,
    self_loops: u64,
    has_times: bool,
}

/// First pass: where the list of each column begins.
fn count<S: EdgeSource + ?Sized>(source: &S, size: &Size<'_>) -> Result<(Vec<u32>, Counted)> {
    let mut offsets = vec![0_u32; size.n_columns + 1];
    let mut counted = Counted::default();
    source.replay(&mut |batch| {
        check_lengths(&batch)?;
        counted.read += batch.rows.len() as u64;
        if counted.read > u64::from(u32::MAX) {
            return Err(Error::invalid_argument("edges", counted.read, "at most 2^32 - 1"));
        }
        counted.has_times |= batch.times.is_some_and(|times| times.iter().any(|&time| time != EdgeTime::MISSING));
        counted.self_loops += size.for_each(&batch, |_, _, column| offsets[column as usize] += 1)?;
        Ok(())
    })?;
    let mut total = 0;
    for offset in &mut offsets {
        total += std::mem::replace(offset, total);
    }
    Ok((offsets, counted))
}

fn check_lengths(batch: &EdgeBatch<'_>) -> Result<()> {
    let n = batch.rows.len();
    if batch.columns.len() != n || batch.times.is_some_and(|times| times.len() != n) {
        return Err(Error::invalid_argument("a batch of edges", format_args!("{n} rows"), "as many columns and times"));
    }
    Ok(())
}

/// Lists by column, as they came.
struct Placed {
    offsets: Vec<u32>,
    rows: Vec<u32>,
    times: Option<Vec<EdgeTime>>,
}

/// Second pass: each edge into the list of its column.
fn place<S: EdgeSource + ?Sized>(source: &S, size: &Size<'_>, offsets: Vec<u32>, counted: &Counted) -> Result<Placed> {
    let n_edges = offsets[size.n_columns] as usize;
    let mut next = offsets[..size.n_columns].to_vec();
    let mut rows = vec![0_u32; n_edges];
    let mut times = if counted.has_times { vec![EdgeTime::MISSING; n_edges] } else { Vec::new() };
    let mut read = 0;
    source.replay(&mut |batch| {
        check_lengths(&batch)?;
        read += batch.rows.len() as u64;
        size.for_each(&batch, |at, row, column| {
            let slot = next[column as usize] as usize;
            next[column as usize] += 1;
            // A slot beyond the end, or in the next list, is found out below: the source gave other edges than before.
            if let Some(place) = rows.get_mut(slot) {
                *place = row;
            }
            if let (Some(given), Some(place)) = (batch.times, times.get_mut(slot)) {
                *place = given[at];
            }
        })?;
        if read > counted.read { Err(other_edges()) } else { Ok(()) }
    })?;
    if read != counted.read || next[..] != offsets[1..] {
        return Err(other_edges());
    }
    Ok(Placed { offsets, rows, times: counted.has_times.then_some(times) })
}

fn other_edges() -> Error {
    Error::new(ErrorKind::Mismatch { detail: "the source of edges gave other edges when it was read again".to_owned() })
}
