//! Edges a second of each part of the graph's work, on a graph of 10^6 edges that fits the cache; benches/graph_peers.sh goes further.

use bonafide::graph::{BipartiteGraph, ColumnWeights, EdgeList, core_numbers, densest_block};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;

const N_EDGES: usize = 1_000_000;
const N_ROWS: usize = 100_000;
const N_COLUMNS: usize = 1_000;

/// Rows and columns of skewed popularity.
fn edges() -> (Vec<u32>, Vec<u32>) {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut draw = |n: usize, skew: f64| (n as f64 * rng.random::<f64>().powf(skew)) as u32;
    (0..N_EDGES).map(|_| (draw(N_ROWS, 1.5), draw(N_COLUMNS, 2.5))).unzip()
}

fn graphs(c: &mut Criterion) {
    let (rows, columns) = edges();
    let list = EdgeList { n_rows: N_ROWS, n_columns: N_COLUMNS, rows: &rows, columns: &columns, times: None };
    let build = || BipartiteGraph::build(&list).expect("the graph of this benchmark is valid");
    let graph = build();
    let weights = ColumnWeights::logarithmic(&graph);
    let mut group = c.benchmark_group("graph");
    group.sample_size(10).throughput(Throughput::Elements(N_EDGES as u64));
    group.bench_function("build", |bencher| bencher.iter(|| black_box(build())));
    group.bench_function("core_numbers", |bencher| bencher.iter(|| black_box(core_numbers(&graph))));
    group.bench_function("densest_block", |bencher| bencher.iter(|| black_box(densest_block(&graph, &weights))));
    group.finish();
}

criterion_group!(benches, graphs);
criterion_main!(benches);
