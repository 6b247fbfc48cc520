//! A shuffle of `0..size` that is asked one place at a time, both ways, and holds nothing.

use super::cast::mixed;

/// A permutation by key: a Feistel network of four rounds over the least even number of bits that holds the size, walked
/// until it lands inside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Permutation {
    size: u64,
    half_bits: u32,
    key: u64,
}

impl Permutation {
    /// The permutation of `0..size` that belongs to a key.
    pub(super) fn new(size: u64, key: u64) -> Self {
        Self { size, half_bits: (64 - size.max(4).leading_zeros()).div_ceil(2), key: mixed(key) }
    }

    /// Where a place goes; both lie below the size.
    pub(super) fn forward(&self, place: u64) -> u64 {
        self.walk(place, |place| {
            let (left, right) = (0..4).fold(self.halves(place), |(left, right), round| (right, left ^ self.round(right, round)));
            left << self.half_bits | right
        })
    }

    /// Where a place comes from.
    pub(super) fn backward(&self, place: u64) -> u64 {
        self.walk(place, |place| {
            let halves = self.halves(place);
            let (left, right) = (0..4).rev().fold(halves, |(left, right), round| (right ^ self.round(left, round), left));
            left << self.half_bits | right
        })
    }

    fn walk(&self, mut place: u64, step: impl Fn(u64) -> u64) -> u64 {
        debug_assert!(place < self.size, "{place} of {}", self.size);
        loop {
            place = step(place);
            if place < self.size {
                return place;
            }
        }
    }

    fn halves(&self, place: u64) -> (u64, u64) {
        (place >> self.half_bits, place & ((1 << self.half_bits) - 1))
    }

    fn round(&self, half: u64, round: u32) -> u64 {
        mixed(half ^ self.key.rotate_left(round * 16)) & ((1 << self.half_bits) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_place_is_hit_once_and_found_back() {
        for size in [1, 2, 5, 64, 1_037] {
            let shuffle = Permutation::new(size, 99);
            let places: HashSet<u64> = (0..size).map(|place| shuffle.forward(place)).collect();
            assert!(places.len() as u64 == size && places.iter().all(|&place| place < size));
            assert!((0..size).all(|place| shuffle.backward(shuffle.forward(place)) == place));
        }
    }
}
