//! Comments a second: taking them apart, and all measures of a dataset with them; near-duplicates among ever more distinct texts.
//!
//! `cargo bench --bench comments`
#![allow(missing_docs, reason = "criterion's macros make public items")]

use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
use bonafide::domain::{Dataset, DatasetBuilder, Manifest, Table};
use bonafide::signals::{Activities, CommentMeasures};
use bonafide::text::{Comment, is_promotion, is_stock_praise, near_duplicates};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::hint::black_box;
use std::sync::Arc;

const N_COMMENTS: usize = 400_000;
const N_CREATORS: usize = 400;
const WORDS: [&str; 24] = [
    "so",
    "beautiful",
    "where",
    "did",
    "you",
    "get",
    "this",
    "lamp",
    "my",
    "grandmother",
    "had",
    "один",
    "такой",
    "цвет",
    "schön",
    "Küche",
    "hermoso",
    "día",
    "photo",
    "river",
    "never",
    "again",
    "please",
    "recipe",
];

/// One to sixteen words and now and then an emoji, a mention, a link.
fn comment(rng: &mut ChaCha8Rng) -> String {
    let n = rng.random_range(1..=16);
    let mut text: Vec<String> = (0..n).filter_map(|_| WORDS.choose(rng)).map(|word| (*word).to_owned()).collect();
    match rng.random_range(0..10) {
        0..3 => text.push("😍😍".to_owned()),
        3 => text.push(format!("@user{}", rng.random_range(0..1_000))),
        4 => text.push("https://example.org/x".to_owned()),
        _ => text.push(format!("{}", rng.random_range(0..100_000))),
    }
    text.join(" ")
}

fn comments() -> Vec<String> {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    (0..N_COMMENTS).map(|_| comment(&mut rng)).collect()
}

fn dataset(comments: &[String]) -> Dataset {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let texts = |values: Vec<String>| -> ArrayRef { Arc::new(StringArray::from(values)) };
    let mut builder = DatasetBuilder::new(Manifest::default());
    let mut push = |table, columns: Vec<(&str, ArrayRef)>| {
        builder.push(table, &RecordBatch::try_from_iter(columns).expect("columns are of one length"));
    };
    let names = |prefix: &str, n: usize| texts((0..n).map(|number| format!("{prefix}{number}")).collect());
    push(
        Table::Creators,
        vec![("creator_id", names("c", N_CREATORS)), ("platform", texts(vec!["instagram".to_owned(); N_CREATORS]))],
    );
    let at = (0..comments.len() as i64).map(|number| 1_600_000_000_000 + 1_000 * number);
    let at: ArrayRef = Arc::new(TimestampMillisecondArray::from_iter_values(at).with_timezone("UTC"));
    let mut draw =
        |prefix: &str, n: usize| texts((0..comments.len()).map(|_| format!("{prefix}{}", rng.random_range(0..n))).collect());
    let actors = draw("u", comments.len() / 4);
    let creators: Vec<usize> = (0..comments.len()).map(|number| number % N_CREATORS).collect();
    let posts = texts(creators.iter().enumerate().map(|(number, creator)| format!("p{creator}-{}", number % 10)).collect());
    let creators = texts(creators.iter().map(|creator| format!("c{creator}")).collect());
    let kind = texts(vec!["comment".to_owned(); comments.len()]);
    let columns = vec![
        ("actor_id", actors),
        ("post_id", posts),
        ("creator_id", creators),
        ("kind", kind),
        ("at", at),
        ("text", texts(comments.to_vec())),
    ];
    push(Table::Engagements, columns);
    builder.finish()
}

fn measures(criterion: &mut Criterion) {
    let comments = comments();
    let dataset = dataset(&comments);
    let mut group = criterion.benchmark_group("comments");
    group.throughput(Throughput::Elements(N_COMMENTS as u64)).sample_size(10);
    group.bench_function("taken apart", |bencher| {
        bencher.iter(|| {
            let counted = comments.par_iter().filter(|text| {
                let comment = Comment::read(text);
                is_promotion(&comment) || is_stock_praise(&comment)
            });
            black_box(counted.count())
        });
    });
    group.bench_function("all measures of a dataset", |bencher| {
        bencher.iter(|| {
            let activities = Activities::gather(&dataset);
            let measured: Vec<CommentMeasures> =
                (0..activities.len()).into_par_iter().map(|row| CommentMeasures::of(&activities.of(row))).collect();
            black_box(measured)
        });
    });
    group.finish();
}

fn duplicates(criterion: &mut Criterion) {
    let mut keys: Vec<String> = comments().iter().map(|text| Comment::read(text).key).collect();
    keys.sort();
    keys.dedup();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut group = criterion.benchmark_group("near-duplicates");
    for parts in [16, 4, 1] {
        let some: Vec<&str> = keys.iter().step_by(parts).copied().collect();
        group.throughput(Throughput::Elements(some.len() as u64)).sample_size(10);
        group.bench_function(BenchmarkId::from_parameter(some.len()), |bencher| {
            bencher.iter(|| black_box(near_duplicates(&some)))
        });
    }
    group.finish();
}

criterion_group!(benches, measures, duplicates);
criterion_main!(benches);
