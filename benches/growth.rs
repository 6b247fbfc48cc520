//! Creators a second: daily readings of a year checked, and unexpected gains and losses found in them.
//!
//! `cargo bench --bench growth`. One iteration is 1,000 creators on all threads; 10^5 creators take a hundred times as long.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use bonafide::domain::DAY_MS;
use bonafide::timing::growth::{FollowerHistory, GrowthSettings, HistoryReading, find_growth_anomalies};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::hint::black_box;

const N_CREATORS: u64 = 1_000;
const N_DAYS: i64 = 365;

/// A year of one creator: weeks that differ by a factor of two, days that differ by another, and in every tenth year an order.
fn readings(creator: u64) -> Vec<HistoryReading> {
    let mut rng = ChaCha8Rng::seed_from_u64(creator);
    let mut followers = rng.random_range(2_000..200_000_u64);
    let a_day = followers as f64 / 500.0;
    let mut week = 1.0;
    (0..N_DAYS)
        .map(|day| {
            week = if day % 7 == 0 { rng.random_range(0.7..1.4) } else { week };
            followers += (a_day * week * rng.random_range(0.5..1.5_f64)) as u64;
            followers += if creator.is_multiple_of(10) && (200..207).contains(&day) { followers / 90 } else { 0 };
            HistoryReading { at_ms: day * DAY_MS, followers, following: None, posts: None }
        })
        .collect()
}

fn growth(criterion: &mut Criterion) {
    let creators: Vec<Vec<HistoryReading>> = (0..N_CREATORS).map(readings).collect();
    let mut group = criterion.benchmark_group("growth");
    group.throughput(Throughput::Elements(N_CREATORS)).sample_size(10);
    group.bench_function(BenchmarkId::new("daily readings of a year", N_CREATORS), |bencher| {
        bencher.iter(|| {
            let found = |readings: &Vec<HistoryReading>| {
                find_growth_anomalies(&FollowerHistory::check(readings, None), &GrowthSettings::default()).len()
            };
            black_box(creators.par_iter().map(found).sum::<usize>())
        });
    });
    group.finish();
}

criterion_group!(benches, growth);
criterion_main!(benches);
