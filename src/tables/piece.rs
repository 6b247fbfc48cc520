//! What became of one part of a file.

use super::batch::{ColumnGatherer, FormCounts, batch_of};
use super::cell::{Cell, Reason};
use super::layout::Layout;
use super::reject::RawReject;
use crate::error::Result;
use arrow_array::RecordBatch;

/// Rows read from one part of a file.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// The rows that can be read.
    pub(super) batch: Option<RecordBatch>,
    /// The others; their rows count from 0 at the part's beginning.
    pub(super) rejects: Vec<RawReject>,
    /// Rows in all.
    pub(super) rows: u64,
    /// Lines (or rows, in Parquet) to the beginning of the next part.
    pub(super) lines: u64,
    /// Forms in which times were written.
    pub(super) forms: FormCounts,
    /// For formats that name columns in each row: which were there, one bit a column of the contract.
    pub(super) seen: u64,
    /// For such formats: names that the contract does not know.
    pub(super) unknown: Vec<String>,
}

/// Builds a piece row by row.
pub(super) struct PieceBuilder<'a> {
    layout: &'a Layout,
    columns: Vec<ColumnGatherer>,
    keep: Vec<bool>,
    pub(super) piece: Piece,
    rejected: bool,
}

impl<'a> PieceBuilder<'a> {
    pub(super) fn new(layout: &'a Layout) -> Self {
        let columns = layout.columns.iter().map(|spec| ColumnGatherer::new(spec)).collect();
        Self { layout, columns, keep: Vec::new(), piece: Piece::default(), rejected: false }
    }

    /// Appends a cell to a column; the first fault of a row rejects it.
    pub(super) fn push(&mut self, row: u64, column: usize, cell: Cell<'_>, raw: impl FnOnce() -> String) {
        let required = self.layout.required[column];
        if let Err(reason) = self.columns[column].push(cell, required, &mut self.piece.forms)
            && !self.rejected
        {
            self.rejected = true;
            self.piece.rejects.push(RawReject::cell(row, self.layout.columns[column].name, reason, &raw()));
        }
    }

    /// Ends a row whose every column was pushed.
    pub(super) fn end_row(&mut self, row: u64) {
        for &(part, whole) in &self.layout.contained {
            let counts = self.columns[part].last_count.zip(self.columns[whole].last_count);
            if let Some((count, _)) = counts.filter(|(count, limit)| count > limit && !self.rejected) {
                self.rejected = true;
                self.piece.rejects.push(above_whole(row, self.layout, (part, whole), count));
            }
        }
        self.keep.push(!self.rejected);
        self.rejected = false;
        self.piece.rows += 1;
    }

    /// Ends a row whose first `pushed` columns were pushed, for a fault of the whole row.
    pub(super) fn end_bad_row(&mut self, pushed: &[bool], reject: RawReject) {
        for (column, _) in self.columns.iter_mut().zip(pushed).filter(|(_, pushed)| !**pushed) {
            // Missing where not required is never a fault.
            let _ = column.push(Cell::Missing, false, &mut self.piece.forms);
        }
        if self.rejected {
            self.piece.rejects.pop();
        }
        let row = reject.row;
        self.piece.rejects.push(reject);
        self.rejected = true;
        self.end_row(row);
    }

    pub(super) fn finish(self) -> Result<Piece> {
        let dropped = self.keep.iter().filter(|keep| !**keep).count();
        let mut piece = self.piece;
        if !self.keep.is_empty() {
            let columns = self.columns.into_iter().map(ColumnGatherer::finish).collect();
            piece.batch = Some(batch_of(self.layout.schema.clone(), columns, self.keep, dropped)?);
        }
        Ok(piece)
    }
}

/// The reject of a row that counts more of a part than of the whole.
pub(super) fn above_whole(row: u64, layout: &Layout, (part, whole): (usize, usize), count: u64) -> RawReject {
    let reason = Reason::AboveColumn(layout.columns[whole].name);
    RawReject::cell(row, layout.columns[part].name, reason, &count.to_string())
}
