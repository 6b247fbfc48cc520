//! Neighbour lists of one side of a graph, end to end in one array.

/// Compressed sparse rows: the neighbours of `i` are `targets[offsets[i]..offsets[i + 1]]`, ascending.
///
/// # Cost
/// 4 bytes an edge and 4 a list; at most 2^32 − 1 edges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Csr {
    offsets: Vec<u32>,
    targets: Vec<u32>,
}

impl Csr {
    /// From its two arrays: one offset more than there are lists, from 0 to the number of targets, never falling.
    pub(super) fn new(offsets: Vec<u32>, targets: Vec<u32>) -> Self {
        debug_assert!(offsets.first() == Some(&0) && offsets.last() == Some(&(targets.len() as u32)) && offsets.is_sorted());
        Self { offsets, targets }
    }

    pub(super) fn n_lists(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn range(&self, list: u32) -> std::ops::Range<usize> {
        self.offsets[list as usize] as usize..self.offsets[list as usize + 1] as usize
    }

    pub(super) fn list(&self, list: u32) -> &[u32] {
        &self.targets[self.range(list)]
    }

    pub(super) fn targets(&self) -> &[u32] {
        &self.targets
    }

    pub(super) fn held_bytes(&self) -> usize {
        4 * (self.offsets.capacity() + self.targets.capacity())
    }
}
