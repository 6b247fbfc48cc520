//! Accounts a second: measuring signals, and predicting from them with the shipped model; what an explanation costs beside a prediction.
//!
//! `cargo bench --bench scoring`; `benches/peers.sh` sets the second beside LightGBM in one run.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use bonafide::audit::{AuditSettings, audit};
use bonafide::domain::{Dataset, DatasetBuilder, Manifest};
use bonafide::model::{AccountModel, CreatorModel};
use bonafide::scoring::explain_creator;
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

/// Every account, and every creator of as many, explained against predicted, on one thread.
fn explaining(criterion: &mut Criterion) {
    let dataset = world();
    let model = AccountModel::embedded().expect("the shipped model is whole");
    let (table, platforms) = (measure_accounts(&dataset, model.handles()), dataset.account_platforms());
    let rows = dataset.n_accounts();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be had");
    let mut group = criterion.benchmark_group("explain_accounts");
    group.throughput(Throughput::Elements(rows as u64)).sample_size(10);
    group.bench_function("predict", |bencher| bencher.iter(|| one.install(|| black_box(model.predict(&table, &platforms)))));
    group.bench_function("explain", |bencher| {
        bencher.iter(|| (0..rows).map(|row| model.explain(&table, row).base_log_odds).sum::<f64>())
    });
    group.finish();
    let creators = CreatorModel::embedded().expect("the shipped model is whole");
    let audit = audit(&dataset, &model, &AuditSettings::default()).expect("the sample's scenario can be audited");
    let judged: Vec<_> = audit.creators.iter().filter(|score| score.judgement.is_some()).collect();
    let inputs: Vec<Vec<f64>> =
        judged.iter().filter_map(|score| score.judgement.as_ref().map(|judged| judged.inputs())).collect();
    let mut group = criterion.benchmark_group("explain_creators");
    group.throughput(Throughput::Elements(judged.len() as u64)).sample_size(20);
    group.bench_function("predict", |bencher| bencher.iter(|| inputs.iter().filter_map(|of| creators.predict(of)).count()));
    group.bench_function("explain", |bencher| {
        bencher.iter(|| judged.iter().filter_map(|score| explain_creator(score, &creators)).count())
    });
    group.finish();
}

criterion_group!(benches, scoring, explaining);
criterion_main!(benches);
