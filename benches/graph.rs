//! Edges a second of each part of the graph's work, on a graph of 10^6 edges that fits the cache; benches/graph_peers.sh and
//! lockstep_scale go further.

#[path = "parts/timed_world.rs"]
mod timed_world;

use bonafide::graph::{
    BipartiteGraph, ColumnWeights, EdgeList, LockstepSettings, core_numbers, densest_block, find_bursts, find_lockstep,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use timed_world::TimedWorld;

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

/// The arrival times of each creator, ascending.
fn arrival_times(graph: &BipartiteGraph) -> Vec<Vec<u32>> {
    let of_column = |column| {
        let mut times: Vec<u32> = graph.times_of(column)?.iter().filter_map(|time| time.seconds()).collect();
        times.sort_unstable();
        Some(times)
    };
    (0..graph.n_columns() as u32).filter_map(of_column).collect()
}

fn lockstep(c: &mut Criterion) {
    let world = TimedWorld::new(N_EDGES);
    let build = || BipartiteGraph::build(&world).expect("the graph of this benchmark is valid");
    let graph = build();
    let owners: Vec<u32> = (0..graph.n_columns() as u32).collect();
    let settings = LockstepSettings::for_follows();
    let times = arrival_times(&graph);
    let mut group = c.benchmark_group("lockstep");
    group.sample_size(10).throughput(Throughput::Elements(graph.n_edges() as u64));
    group.bench_function("build_with_times", |bencher| bencher.iter(|| black_box(build())));
    group.bench_function("bursts_one_thread", |bencher| {
        bencher.iter(|| times.iter().map(|times| find_bursts(times, &settings).len()).sum::<usize>());
    });
    group.bench_function("find_lockstep", |bencher| {
        bencher.iter(|| find_lockstep(&graph, &owners, &settings).expect("the graph of this benchmark is valid").len());
    });
    group.finish();
}

criterion_group!(benches, graphs, lockstep);
criterion_main!(benches);
