//! Accounts a second: measuring signals, and predicting from them with the shipped model.
//!
//! `cargo bench --bench scoring`; `benches/peers.sh` sets the second beside LightGBM in one run.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use bonafide::domain::{Dataset, DatasetBuilder, Manifest};
use bonafide::model::AccountModel;
use bonafide::signals::measure_accounts;
use bonafide::simulation::{Scenario, simulate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const N_ACCOUNTS: u32 = 100_000;

fn world() -> Dataset {
    let scenario =
        Scenario::parse(include_str!("../datasets/sample/scenario.toml")).and_then(|it| it.resized(None, Some(N_ACCOUNTS)));
    let mut builder = DatasetBuilder::new(Manifest::default());
    simulate(&scenario.expect("the sample's scenario is valid"), 7, &mut |table, batch| {
        builder.push(table, &batch);
        Ok(())
    })
    .expect("a valid scenario can be simulated");
    builder.finish()
}

fn scoring(criterion: &mut Criterion) {
    let dataset = world();
    let model = AccountModel::embedded().expect("the shipped model is whole");
    let platforms = dataset.account_platforms();
    let rows = dataset.n_accounts();
    for (name, only_measure) in [("measure", true), ("predict", false)] {
        let table = measure_accounts(&dataset, model.handles());
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(rows as u64)).sample_size(20);
        group.bench_function(BenchmarkId::from_parameter(rows), |bencher| {
            if only_measure {
                bencher.iter(|| black_box(measure_accounts(&dataset, model.handles())));
            } else {
                bencher.iter(|| black_box(model.predict(&table, &platforms)));
            }
        });
        group.finish();
    }
}

criterion_group!(benches, scoring);
criterion_main!(benches);
