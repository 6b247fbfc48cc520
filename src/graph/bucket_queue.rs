//! The node with the least key, where keys are whole numbers that only fall.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Keys of nodes that are still in the queue lie below; a node that left keeps a key above, however often it is lowered after.
pub(super) const KEY_LIMIT: u32 = 1 << 31;
/// Nodes handed out at once, so that a caller can have their lists fetched from memory side by side.
pub(super) const BATCH: usize = 16;

/// A bucket queue over a window of keys: one bucket a key from `floor` on, for as many keys as there are buckets. Nodes with higher
/// keys are in no bucket until they fall below the window's end; the few that fall below its floor go to a heap. When the window is
/// empty, the next one begins at the least key left. A node that moves leaves its old entry behind: an entry counts only
/// if the node's key is that of the bucket.
///
/// # Cost
/// Amortised O(1) to lower a node, as long as keys fall in steps that are small beside the window; 12 bytes a node.
///
/// # Source
/// Dial, *Algorithm 360: shortest-path forest with topological ordering*, Communications of the ACM, 1969 (the buckets).
#[derive(Debug)]
pub(super) struct BucketQueue {
    keys: Vec<u32>,
    /// The key of the first bucket.
    floor: u32,
    /// One beyond the key of the last bucket.
    end: u32,
    /// Nodes that were in the window when it was opened, by key.
    sorted: Vec<u32>,
    /// Where the rest of each bucket begins and ends in `sorted`.
    spans: Vec<(u32, u32)>,
    /// Nodes that came into each bucket since.
    moved: Vec<Vec<u32>>,
    n_moved: usize,
    occupied: Vec<u64>,
    /// No bucket before it is occupied.
    first: usize,
    /// Nodes that fell below the floor.
    below: BinaryHeap<Reverse<(u32, u32)>>,
    /// Nodes left when the window was opened; all of them before.
    left: Option<Vec<u32>>,
}

impl BucketQueue {
    /// All nodes by their first keys, each below [`KEY_LIMIT`]; the window's buckets are a multiple of 64.
    pub(super) fn new(keys: Vec<u32>, n_buckets: usize) -> Self {
        debug_assert!(n_buckets.is_multiple_of(64) && keys.iter().all(|&key| key < KEY_LIMIT));
        let mut queue = Self {
            keys,
            floor: 0,
            end: 0,
            sorted: Vec::new(),
            spans: vec![(0, 0); n_buckets],
            moved: vec![Vec::new(); n_buckets],
            n_moved: 0,
            occupied: vec![0; n_buckets / 64],
            first: 0,
            below: BinaryHeap::new(),
            left: None,
        };
        queue.open_window();
        queue
    }

    /// The keys alone.
    pub(super) fn into_keys(self) -> Vec<u32> {
        self.keys
    }

    /// A node's key; at least [`KEY_LIMIT`] if it left the queue.
    pub(super) fn key(&self, node: u32) -> u32 {
        self.keys[node as usize]
    }

    /// Lowers the key of a node; one that left the queue stays out of it.
    #[inline]
    pub(super) fn lower(&mut self, node: u32, by: u32) {
        let key = &mut self.keys[node as usize];
        *key -= by;
        let key = *key;
        if key < self.end {
            self.enter(node, key);
        }
    }

    /// Takes a node out of the queue.
    pub(super) fn remove(&mut self, node: u32) {
        self.keys[node as usize] = u32::MAX;
    }

    /// Whether some node may have a key below this one, which was the least.
    pub(super) fn may_hold_below(&self, key: u32) -> bool {
        self.below.peek().is_some_and(|&Reverse((least, _))| least < key)
            || key >= self.floor && self.first < (key - self.floor) as usize
    }

    /// Up to [`BATCH`] nodes that share the least key, and that key. They leave their bucket, not the queue: the caller removes each,
    /// or puts it back.
    ///
    /// # Missing
    /// `None` when the queue is empty.
    pub(super) fn least(&mut self, batch: &mut Vec<u32>) -> Option<u32> {
        batch.clear();
        loop {
            if let Some(Reverse((key, node))) = self.below.pop() {
                if self.keys[node as usize] == key {
                    batch.push(node);
                    return Some(key);
                }
                continue;
            }
            let Some(bucket) = self.first_occupied() else {
                if self.open_window() {
                    continue;
                }
                return None;
            };
            let key = self.floor + bucket as u32;
            self.take(bucket, key, batch);
            if !batch.is_empty() {
                return Some(key);
            }
        }
    }

    /// Puts nodes with that key back that [`BucketQueue::least`] gave.
    pub(super) fn put_back(&mut self, nodes: &[u32], key: u32) {
        for &node in nodes {
            if self.keys[node as usize] == key {
                self.enter(node, key);
            }
        }
    }

    #[inline(never)]
    fn enter(&mut self, node: u32, key: u32) {
        if key < self.floor {
            self.below.push(Reverse((key, node)));
            return;
        }
        let bucket = (key - self.floor) as usize;
        self.moved[bucket].push(node);
        self.occupied[bucket / 64] |= 1 << (bucket % 64);
        self.first = self.first.min(bucket);
        self.n_moved += 1;
    }

    fn first_occupied(&mut self) -> Option<usize> {
        // Entries left behind are dropped before they outnumber the nodes.
        if self.n_moved > self.keys.len() / 2 + self.spans.len() || self.below.len() > self.keys.len() / 4 + self.spans.len() {
            return None;
        }
        let mut word = self.first / 64;
        while word < self.occupied.len() {
            if self.occupied[word] != 0 {
                self.first = word * 64 + self.occupied[word].trailing_zeros() as usize;
                return Some(self.first);
            }
            word += 1;
        }
        self.first = self.spans.len();
        None
    }

    fn take(&mut self, bucket: usize, key: u32, batch: &mut Vec<u32>) {
        let (from, end) = self.spans[bucket];
        let until = end.min(from + BATCH as u32);
        self.spans[bucket].0 = until;
        let keys = &self.keys;
        batch.extend(self.sorted[from as usize..until as usize].iter().filter(|&&node| keys[node as usize] == key));
        if until < end {
            return;
        }
        let moved = &mut self.moved[bucket];
        if batch.is_empty() {
            let rest = moved.len().saturating_sub(BATCH);
            batch.extend(moved.drain(rest..).filter(|&node| keys[node as usize] == key));
        }
        if moved.is_empty() {
            *moved = Vec::new();
            self.occupied[bucket / 64] &= !(1 << (bucket % 64));
        }
    }

    /// Sorts the nodes of the next window by key and tells whether any node is left.
    fn open_window(&mut self) -> bool {
        let all = self.left.is_none() && self.end == 0;
        let keys = &self.keys;
        let is_in = |&node: &u32| keys[node as usize] < KEY_LIMIT;
        let nodes = || 0..keys.len() as u32;
        if !all {
            let left = self.left.take().map_or_else(
                || nodes().filter(is_in).collect(),
                |mut left| {
                    left.retain(is_in);
                    left
                },
            );
            self.left = Some(left);
        }
        let least = match &self.left {
            None => keys.iter().copied().min(),
            Some(left) => left.iter().map(|&node| keys[node as usize]).min(),
        };
        let Some(least) = least else { return false };
        // A quarter of the window lies below the least key, since keys fall a little below before they rise.
        self.floor = least.saturating_sub(self.spans.len() as u32 / 4);
        self.end = (self.floor + self.spans.len() as u32).min(KEY_LIMIT);
        self.fill();
        true
    }

    fn fill(&mut self) {
        self.below.clear();
        self.moved.iter_mut().for_each(|moved| *moved = Vec::new());
        self.n_moved = 0;
        self.first = 0;
        self.occupied.fill(0);
        self.spans.fill((0, 0));
        let (keys, floor, end) = (&self.keys, self.floor, self.end);
        let all = 0..if self.left.is_none() { keys.len() as u32 } else { 0 };
        let left = self.left.as_deref().unwrap_or_default();
        let inside = || all.clone().chain(left.iter().copied()).filter(|&node| keys[node as usize] < end);
        for node in inside() {
            self.spans[(keys[node as usize] - floor) as usize].1 += 1;
        }
        let mut total = 0;
        for (bucket, (from, to)) in self.spans.iter_mut().enumerate() {
            let n = *to;
            (*from, *to) = (total, total);
            total += n;
            self.occupied[bucket / 64] |= u64::from(n > 0) << (bucket % 64);
        }
        self.sorted.clear();
        self.sorted.resize(total as usize, 0);
        for node in inside() {
            let place = &mut self.spans[(keys[node as usize] - floor) as usize].1;
            self.sorted[*place as usize] = node;
            *place += 1;
        }
    }
}
