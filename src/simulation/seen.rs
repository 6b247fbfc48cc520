//! Which accounts occur in the export: one bit each, set from all threads.

use std::sync::atomic::{AtomicU64, Ordering};

/// A set of small numbers to which any thread may add.
///
/// Adding needs no order: what is in the set at the end does not depend on who came first.
#[derive(Debug)]
pub(super) struct Seen {
    words: Vec<AtomicU64>,
}

impl Seen {
    /// An empty set of numbers below `n`.
    pub(super) fn new(n: u64) -> Self {
        Self { words: (0..n.div_ceil(64)).map(|_| AtomicU64::new(0)).collect() }
    }

    /// Adds a number.
    pub(super) fn add(&self, number: u64) {
        let (word, bit) = (&self.words[(number / 64) as usize], 1 << (number % 64));
        // Most numbers are added many times; a read is cheaper than a write that other threads must notice.
        if word.load(Ordering::Relaxed) & bit == 0 {
            word.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// The numbers in the set, ascending.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        (0u64..).zip(&self.words).flat_map(|(place, word)| {
            let bits = word.load(Ordering::Relaxed);
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| place * 64 + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_once_and_in_order() {
        let seen = Seen::new(200);
        [199, 0, 64, 63, 64, 0].into_iter().for_each(|number| seen.add(number));
        assert_eq!(seen.numbers().collect::<Vec<_>>(), [0, 63, 64, 199]);
    }
}
