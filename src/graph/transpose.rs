//! Neighbour lists of the other side.

use super::csr::Csr;
use std::ops::Range;

/// Shares of the rows that threads take; more than threads, so that a late one does little harm.
const N_LANES: usize = 4;
/// Rows of a block: their counters and lists stay in the cache while they are filled. A power of two.
const BLOCK_ROWS: usize = 1 << 14;
/// Edges that one visit to a column should find; fewer, and finding the column costs more than reading it.
const EDGES_A_VISIT: usize = 32;
/// Parts that the rows are taken in at most: each needs 8 bytes an edge for a while.
const MOST_PARTS: usize = 64;

/// The list of each row from the lists of the columns.
///
/// Part by part of the rows, the edges of a part are read off the columns, each of which goes on where the last part left it, and
/// sorted into the part's blocks; then block by block into their rows. Every array that is written out of order is small.
///
/// # Cost
/// O(E + columns × parts), parts chosen so that the second term stays below E / 32; beside the result 4 bytes a column and 8 an edge of
/// a part for each thread.
pub(super) fn transpose(by_column: &Csr, n_rows: usize) -> Csr {
    let n_edges = by_column.targets().len();
    let blocks = Blocks::of(by_column.targets(), n_rows);
    let visits = n_edges / EDGES_A_VISIT / by_column.n_lists().max(1);
    let part = blocks.len().div_ceil(visits.clamp(N_LANES, MOST_PARTS)).max(1);
    let mut targets = vec![0_u32; n_edges];
    let mut offsets = vec![0_u32; n_rows + 1];
    offsets[n_rows] = n_edges as u32;
    rayon::scope(|scope| {
        let (mut targets, mut offsets) = (&mut targets[..], &mut offsets[..n_rows]);
        let mut first = 0;
        for lane in 1..=N_LANES {
            let end = blocks.at_edge(n_edges * lane / N_LANES).max(first);
            let (own_targets, other_targets) = targets.split_at_mut(blocks.edges(first..end).len());
            let (own_offsets, other_offsets) = offsets.split_at_mut(blocks.rows(first..end).len());
            let lane = Lane { by_column, blocks: &blocks, within: first..end, offsets: own_offsets, targets: own_targets };
            scope.spawn(move |_| lane.fill(part));
            (targets, offsets, first) = (other_targets, other_offsets, end);
        }
    });
    Csr::new(offsets, targets)
}

/// Neighbouring rows, [`BLOCK_ROWS`] at a time.
struct Blocks {
    n_rows: usize,
    /// Where the lists of each block begin among all edges, and where those of the last one end.
    starts: Vec<u32>,
}

impl Blocks {
    fn of(rows: &[u32], n_rows: usize) -> Self {
        let mut starts = vec![0_u32; n_rows.div_ceil(BLOCK_ROWS) + 1];
        for &row in rows {
            starts[row as usize / BLOCK_ROWS] += 1;
        }
        let mut total = 0;
        for start in &mut starts {
            total += std::mem::replace(start, total);
        }
        Self { n_rows, starts }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The first block that ends at this edge or later; all blocks for the last edge.
    fn at_edge(&self, edge: usize) -> usize {
        if edge == self.starts[self.len()] as usize {
            self.len()
        } else {
            self.starts[1..].partition_point(|&end| (end as usize) < edge)
        }
    }

    fn edges(&self, blocks: Range<usize>) -> Range<usize> {
        self.starts[blocks.start] as usize..self.starts[blocks.end] as usize
    }

    fn rows(&self, blocks: Range<usize>) -> Range<usize> {
        (blocks.start * BLOCK_ROWS).min(self.n_rows)..(blocks.end * BLOCK_ROWS).min(self.n_rows)
    }
}

/// The blocks that one thread fills.
struct Lane<'a> {
    by_column: &'a Csr,
    blocks: &'a Blocks,
    within: Range<usize>,
    offsets: &'a mut [u32],
    targets: &'a mut [u32],
}

impl Lane<'_> {
    fn fill(self, blocks_a_part: usize) {
        let (first_row, first_edge) = (self.blocks.rows(self.within.clone()).start, self.blocks.edges(self.within.clone()).start);
        let lists = (0..self.by_column.n_lists() as u32).map(|column| self.by_column.list(column));
        let mut next: Vec<u32> = lists.map(|rows| rows.partition_point(|&row| (row as usize) < first_row) as u32).collect();
        let mut edges = Vec::new();
        for start in self.within.clone().step_by(blocks_a_part) {
            let part = start..self.within.end.min(start + blocks_a_part);
            self.read_off(part.clone(), &mut next, &mut edges);
            let mut rest = &edges[..];
            for block in part {
                let (own, others) = rest.split_at(self.blocks.edges(block..block + 1).len());
                let rows = self.blocks.rows(block..block + 1);
                let at = self.blocks.edges(block..block + 1).start;
                let offsets = &mut self.offsets[rows.start - first_row..rows.end - first_row];
                place(own, offsets, &mut self.targets[at - first_edge..][..own.len()]);
                offsets.iter_mut().for_each(|offset| *offset += at as u32);
                rest = others;
            }
        }
    }

    /// The edges of some blocks, block by block, as (row within its block, column); each column is read on from `next`.
    fn read_off(&self, part: Range<usize>, next: &mut [u32], edges: &mut Vec<(u32, u32)>) {
        let range = self.blocks.edges(part.clone());
        let first_row = (part.start * BLOCK_ROWS) as u32;
        let mut heads: Vec<usize> = part.map(|block| self.blocks.starts[block] as usize - range.start).collect();
        edges.resize(range.len(), (0, 0));
        for (column, next) in (0..).zip(next) {
            let from = *next as usize;
            let rows = &self.by_column.list(column)[from..];
            let mut read = 0;
            for &row in rows {
                let Some(head) = heads.get_mut((row - first_row) as usize / BLOCK_ROWS) else { break };
                edges[*head] = (row % BLOCK_ROWS as u32, column);
                *head += 1;
                read += 1;
            }
            *next += read;
        }
    }
}

/// Sorts the edges of one block by row; gives where each row's list begins.
fn place(edges: &[(u32, u32)], offsets: &mut [u32], targets: &mut [u32]) {
    offsets.fill(0);
    for &(row, _) in edges {
        offsets[row as usize] += 1;
    }
    let mut total = 0;
    for offset in offsets.iter_mut() {
        total += std::mem::replace(offset, total);
    }
    let mut places = offsets.to_vec();
    for &(row, column) in edges {
        let place = &mut places[row as usize];
        targets[*place as usize] = column;
        *place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn twice_gives_the_same_lists(lists in proptest::collection::vec(proptest::collection::btree_set(0_u32..200, 0..40), 0..30)) {
            let mut offsets = vec![0];
            let mut targets = Vec::new();
            for list in &lists {
                targets.extend(list);
                offsets.push(targets.len() as u32);
            }
            let by_column = Csr::new(offsets, targets);
            let by_row = transpose(&by_column, 200);
            prop_assert_eq!(by_row.n_lists(), 200);
            for row in 0..200 {
                let columns: Vec<u32> = (0..lists.len() as u32).filter(|&column| lists[column as usize].contains(&row)).collect();
                prop_assert_eq!(by_row.list(row), &columns);
            }
            prop_assert_eq!(transpose(&by_row, lists.len()), by_column);
        }
    }

    #[test]
    fn crosses_the_bounds_of_blocks() {
        let n_rows = 13 * BLOCK_ROWS + 5;
        let rows: Vec<u32> = (0..n_rows as u32).filter(|row| row % 7 != 3).collect();
        let few: Vec<u32> = rows.iter().copied().step_by(1000).collect();
        let offsets = vec![0, rows.len() as u32, rows.len() as u32, (rows.len() + few.len()) as u32];
        let by_column = Csr::new(offsets, [rows, few].concat());
        let by_row = transpose(&by_column, n_rows);
        assert_eq!((by_row.list(0), by_row.list(3), by_row.list(n_rows as u32 - 1)), (&[0, 2][..], &[][..], &[0][..]));
        assert_eq!(transpose(&by_row, 3), by_column);
    }
}
