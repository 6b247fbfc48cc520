//! Neighbour lists of the other side.

use super::csr::Csr;

/// Tasks that the rows are shared between; more than threads, so that a late one does little harm.
const N_TASKS: usize = 8;
/// Rows of a block at least: their counters and lists stay in the cache while they are filled.
const BLOCK_ROWS: usize = 1 << 15;
/// Edges that a visit to a column should find in a block; fewer, and finding the column costs more than the cache saves.
const EDGES_A_VISIT: usize = 8;

/// The list of each row from the lists of the columns: rows are taken in blocks that fit the cache, and every column is read on
/// from where the last block left it.
///
/// # Cost
/// O(E + columns × blocks), blocks chosen so that the second term is below E / 8; 4 bytes a column for each thread.
pub(super) fn transpose(by_column: &Csr, n_rows: usize) -> Csr {
    let n_edges = by_column.targets().len();
    let visits = n_edges / EDGES_A_VISIT / by_column.n_lists().max(1);
    let n_blocks = visits.clamp(N_TASKS, n_rows.div_ceil(BLOCK_ROWS).max(N_TASKS));
    let block = Block { rows: n_rows.div_ceil(n_blocks).max(1) as u32 };
    let ends = block.ends(by_column.targets(), n_rows);
    let mut targets = vec![0_u32; n_edges];
    let mut offsets = vec![0_u32; n_rows + 1];
    offsets[n_rows] = n_edges as u32;
    let n_blocks = ends.len();
    rayon::scope(|scope| {
        let (mut targets, mut offsets) = (&mut targets[..], &mut offsets[..n_rows]);
        let (mut first_block, mut first_edge) = (0, 0);
        for task in 1..=N_TASKS {
            let end_block = n_blocks * task / N_TASKS;
            if end_block == first_block {
                continue;
            }
            let end_edge = ends[end_block - 1];
            let rows = (end_block * block.rows as usize).min(n_rows) - first_block * block.rows as usize;
            let (own_targets, others) = targets.split_at_mut((end_edge - first_edge) as usize);
            let (own_offsets, other_offsets) = offsets.split_at_mut(rows);
            let first_row = first_block as u32 * block.rows;
            let start = first_edge;
            scope.spawn(move |_| Part { first_row, start, offsets: own_offsets, targets: own_targets }.fill(by_column, block));
            (targets, offsets, first_block, first_edge) = (others, other_offsets, end_block, end_edge);
        }
    });
    Csr::new(offsets, targets)
}

/// A number of neighbouring rows.
#[derive(Clone, Copy)]
struct Block {
    rows: u32,
}

impl Block {
    /// Where the lists of each block end among all edges.
    fn ends(self, rows: &[u32], n_rows: usize) -> Vec<u32> {
        let mut ends = vec![0_u32; n_rows.div_ceil(self.rows as usize)];
        for &row in rows {
            ends[(row / self.rows) as usize] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total;
        }
        ends
    }
}

/// The rows of one task.
struct Part<'a> {
    first_row: u32,
    start: u32,
    offsets: &'a mut [u32],
    targets: &'a mut [u32],
}

impl Part<'_> {
    fn fill(self, by_column: &Csr, block: Block) {
        let lists = || (0..by_column.n_lists() as u32).map(|column| by_column.list(column));
        let mut next: Vec<u32> = lists().map(|rows| rows.partition_point(|&row| row < self.first_row) as u32).collect();
        let mut counts = vec![0_u32; block.rows as usize];
        let mut filled = 0;
        for (number, offsets) in self.offsets.chunks_mut(block.rows as usize).enumerate() {
            let first = self.first_row + number as u32 * block.rows;
            let counts = &mut counts[..offsets.len()];
            counts.fill(0);
            for (rows, &next) in lists().zip(&next) {
                for &row in &rows[next as usize..] {
                    let Some(count) = counts.get_mut((row - first) as usize) else { break };
                    *count += 1;
                }
            }
            for (offset, count) in offsets.iter_mut().zip(counts.iter_mut()) {
                *offset = self.start + filled;
                filled += std::mem::replace(count, filled);
            }
            let places = counts;
            for (column, (rows, next)) in lists().zip(&mut next).enumerate() {
                for &row in &rows[*next as usize..] {
                    let Some(place) = places.get_mut((row - first) as usize) else { break };
                    self.targets[*place as usize] = column as u32;
                    *place += 1;
                    *next += 1;
                }
            }
        }
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
        let n_rows = 3 * BLOCK_ROWS * N_TASKS + 5;
        let rows: Vec<u32> = (0..n_rows as u32).filter(|row| row % 7 != 3).collect();
        let few: Vec<u32> = rows.iter().copied().step_by(1000).collect();
        let offsets = vec![0, rows.len() as u32, rows.len() as u32, (rows.len() + few.len()) as u32];
        let by_column = Csr::new(offsets, [rows, few].concat());
        let by_row = transpose(&by_column, n_rows);
        assert_eq!((by_row.list(0), by_row.list(3), by_row.list(n_rows as u32 - 1)), (&[0, 2][..], &[][..], &[0][..]));
        assert_eq!(transpose(&by_row, 3), by_column);
    }
}
