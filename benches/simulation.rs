//! Rows a second of the simulation, without writing them.

use bonafide::domain::Table;
use bonafide::simulation::{Scenario, simulate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

/// A world of 400 creators with the follows of 1,000 followers each in the export.
fn scenario(more: &str) -> Scenario {
    let text = format!(
        "creators = 400\naccounts = 200000\n[organic]\nfollowers_max = 40000\n[orders]\nfollowers_max = 5000\n\
         [sampling]\nfollows_per_creator = 1000\n{more}"
    );
    Scenario::parse(&text).expect("the scenario of this benchmark is valid")
}

fn rows(scenario: &Scenario) -> u64 {
    let mut rows = 0;
    let mut count = |_: Table, batch: arrow_array::RecordBatch| {
        rows += batch.num_rows() as u64;
        black_box(batch);
        Ok(())
    };
    simulate(scenario, 1, &mut count).expect("the scenario of this benchmark is valid");
    rows
}

fn simulation(c: &mut Criterion) {
    let mut group = c.benchmark_group("simulation");
    group.sample_size(10).measurement_time(Duration::from_secs(15));
    for (name, more) in
        [("random", ""), ("newest_first", "follows = \"newest_first\"\n"), ("no_posts", "posts_per_creator = 0\n")]
    {
        let scenario = scenario(more);
        group.throughput(Throughput::Elements(rows(&scenario)));
        group.bench_function(name, |bencher| bencher.iter(|| rows(&scenario)));
    }
    group.finish();
}

criterion_group!(benches, simulation);
criterion_main!(benches);
