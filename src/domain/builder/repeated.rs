//! Which rows are repeated, told by hashes and then by comparison.

use super::rows::{Rows, Values};
use arrow_array::{ArrayAccessor, RecordBatch};
use arrow_schema::DataType;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::hash::{BuildHasher, Hash};

/// Seed of the hashes that find repeated rows.
pub(super) const HASH_SEED: u64 = 0x0005_eed0_f500;
/// Rows whose hashes are sorted at a time: 16 bytes each.
const PART_ROWS: usize = 1 << 25;

/// One hash a row over its present values and the names of their columns: the columns' order does not matter, and an
/// absent column is as good as a missing value.
pub(super) fn row_hashes(batch: &RecordBatch) -> Vec<u64> {
    let rows = Rows::new(batch);
    let mut hashes = vec![0_u64; batch.num_rows()];
    for field in batch.schema_ref().fields() {
        let name = field.name();
        let seed = FixedState::with_seed(HASH_SEED).hash_one(name);
        match field.data_type() {
            DataType::Utf8 => add_hashes(&mut hashes, rows.texts(name), seed, |text| text),
            DataType::UInt64 => add_hashes(&mut hashes, rows.counts(name), seed, |count| count),
            DataType::Float64 => add_hashes(&mut hashes, rows.reals(name), seed, f64::to_bits),
            DataType::Boolean => add_hashes(&mut hashes, rows.flags(name), seed, |flag| flag),
            _ => add_hashes(&mut hashes, rows.times(name), seed, |time| time),
        }
    }
    hashes
}

fn add_hashes<A: ArrayAccessor + Copy, H: Hash>(hashes: &mut [u64], values: Values<A>, seed: u64, key: fn(A::Item) -> H) {
    let hasher = FixedState::with_seed(seed);
    for (row, hash) in hashes.iter_mut().enumerate() {
        if let Some(value) = values.get(row) {
            *hash = hash.wrapping_add(hasher.hash_one(key(value)));
        }
    }
}

/// Rows whose hash an earlier row has and that `same` confirms, in ascending order.
///
/// Works through one part of the hashes after the other, so that its memory does not grow with the rows.
pub(super) fn repeated_rows(
    n_rows: usize,
    hash: impl Fn(usize) -> u64 + Sync,
    same: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let n_parts = (n_rows / PART_ROWS + 1) as u64;
    let mut repeated = Vec::new();
    for part in 0..n_parts {
        let keyed = |row: usize| (hash(row), row as u32);
        let in_part = |(hash, _): &(u64, u32)| n_parts == 1 || hash % n_parts == part;
        let mut keys: Vec<(u64, u32)> = (0..n_rows).into_par_iter().map(keyed).filter(in_part).collect();
        keys.par_sort_unstable();
        let pairs = keys.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let pairs = pairs.map(|pair| (pair[0].1 as usize, pair[1].1 as usize));
        repeated.extend(pairs.filter(|&(a, b)| same(a, b)).map(|(_, b)| b));
    }
    repeated.sort_unstable();
    repeated
}

pub(super) fn kept_rows(n_rows: usize, repeated: &[usize]) -> Vec<usize> {
    let mut dropped = repeated.iter().peekable();
    (0..n_rows).filter(|row| dropped.next_if(|next| *next == row).is_none()).collect()
}

pub(super) fn gather<T: Copy>(values: &[T], kept: &[usize]) -> Vec<T> {
    kept.iter().map(|&row| values[row]).collect()
}
