//! What every estimator must keep, through one list: same seed same bits, finite, row order and thread count do not
//! matter, survives save and load.

use super::{LabelledRows, LabelledSet, TrainingSettings, fit_scorer, held_out_domains, train_accounts};
use crate::domain::{DatasetBuilder, Label, Manifest, Platform, Table};
use crate::model::{AccountModel, AccountScorer, HeldOutScores, PrevalenceCalibration};
use crate::statistics::IsotonicFit;
use crate::text::HandleModel;
use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, UInt64Array};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::{Arc, LazyLock};

/// An estimator: fits on labelled sets and gives its saved form, and loads that form and saves it again.
struct Estimator {
    name: &'static str,
    fit: fn(&[LabelledSet]) -> Vec<u8>,
    reload: fn(&[u8]) -> Vec<u8>,
}

const ESTIMATORS: [Estimator; 5] = [
    Estimator {
        name: "handle model",
        fit: |sets| {
            let rows = LabelledRows::gather(sets);
            json(&HandleModel::fit((0..rows.len()).filter_map(|row| rows.handle(row))))
        },
        reload: |bytes| json(&serde_json::from_slice::<HandleModel>(bytes).unwrap()),
    },
    Estimator {
        name: "account scorer",
        fit: |sets| {
            let rows = LabelledRows::gather(sets);
            json(&fit_scorer(&rows, &all(&rows), &SETTINGS).unwrap())
        },
        reload: |bytes| json(&serde_json::from_slice::<AccountScorer>(bytes).unwrap()),
    },
    Estimator {
        name: "prevalence calibration",
        fit: |sets| json(&calibration(sets)),
        reload: |bytes| json(&serde_json::from_slice::<PrevalenceCalibration>(bytes).unwrap()),
    },
    Estimator {
        name: "isotonic fit",
        fit: |sets| {
            let rows = LabelledRows::gather(sets);
            let held_out = held_out_domains(&rows, &all(&rows), &SETTINGS).unwrap();
            let y: Vec<f64> = held_out[0].labels.iter().map(|&label| f64::from(u8::from(label == Label::Fake))).collect();
            json(&IsotonicFit::fit(&held_out[0].decisions, &y, None).unwrap())
        },
        reload: |bytes| json(&serde_json::from_slice::<IsotonicFit>(bytes).unwrap()),
    },
    Estimator {
        name: "account model",
        fit: |sets| train_accounts(sets, &SETTINGS).unwrap().to_json().unwrap(),
        reload: |bytes| AccountModel::from_json(bytes).unwrap().to_json().unwrap(),
    },
];

const SETTINGS: TrainingSettings =
    TrainingSettings { seed: 3, ridge: 1e-3, min_shift_sd: 1.0, effective_sample_count: 100.0, fitted_on: None };

fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn all(rows: &LabelledRows) -> Vec<usize> {
    (0..rows.len()).collect()
}

fn calibration(sets: &[LabelledSet]) -> PrevalenceCalibration {
    let rows = LabelledRows::gather(sets);
    let held_out = held_out_domains(&rows, &all(&rows), &SETTINGS).unwrap();
    let is_fake: Vec<Vec<bool>> =
        held_out.iter().map(|domain| domain.labels.iter().map(|&label| label == Label::Fake).collect()).collect();
    let scores: Vec<HeldOutScores<'_>> = held_out
        .iter()
        .zip(&is_fake)
        .map(|(domain, is_fake)| HeldOutScores { name: &domain.name, decisions: &domain.decisions, is_fake })
        .collect();
    PrevalenceCalibration::fit(&scores, 1.0, 100.0).unwrap()
}

/// Two synthetic sets of 120 accounts; fakes follow more and post less. Rows may be given in reverse.
pub(super) fn sets(reversed: bool) -> Vec<LabelledSet> {
    ["first", "second"].iter().enumerate().map(|(index, name)| synthetic(name, index as u64, reversed)).collect()
}

fn synthetic(name: &str, seed: u64, reversed: bool) -> LabelledSet {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut rows: Vec<(String, bool, Option<u64>, u64, u64, String)> = (0..120)
        .map(|row| {
            let is_fake = row % 3 == 0;
            let size = if is_fake { 60 } else { 400 };
            let followers = (row % 10 != 0).then(|| random.random_range(0..size));
            let following = random.random_range(if is_fake { 300..2000 } else { 50..900 });
            let tail = random.random_range(0..if is_fake { 10_000 } else { 90 });
            let handle = format!("{}{tail}", ["anna", "berg", "joan", "lena", "otto"][random.random_range(0..5)]);
            (format!("{name}-{row}"), is_fake, followers, following, random.random_range(0..size), handle)
        })
        .collect();
    if reversed {
        rows.reverse();
    }
    let texts =
        |of: &dyn Fn(usize) -> String| Arc::new((0..rows.len()).map(|row| Some(of(row))).collect::<StringArray>()) as ArrayRef;
    let counts = |of: &dyn Fn(usize) -> Option<u64>| Arc::new((0..rows.len()).map(of).collect::<UInt64Array>()) as ArrayRef;
    let avatars: BooleanArray = (0..rows.len()).map(|row| Some(!rows[row].3.is_multiple_of(5))).collect();
    let accounts = RecordBatch::try_from_iter_with_nullable([
        ("account_id", texts(&|row| rows[row].0.clone()), false),
        ("handle", texts(&|row| rows[row].5.clone()), true),
        ("has_avatar", Arc::new(avatars) as ArrayRef, true),
        ("followers", counts(&|row| rows[row].2), true),
        ("following", counts(&|row| Some(rows[row].3)), true),
        ("posts", counts(&|row| Some(rows[row].4)), true),
    ]);
    let labels = RecordBatch::try_from_iter([
        ("subject", texts(&|_| "account".to_owned())),
        ("id", texts(&|row| rows[row].0.clone())),
        ("label", texts(&|row| if rows[row].1 { "fake" } else { "genuine" }.to_owned())),
        ("source", texts(&|_| name.to_owned())),
    ]);
    let mut builder = DatasetBuilder::new(Manifest { platform: Some(Platform::Instagram), ..Manifest::default() });
    builder.push(Table::Accounts, &accounts.unwrap());
    builder.push(Table::Labels, &labels.unwrap());
    LabelledSet { name: name.to_owned(), dataset: builder.finish() }
}

/// What each estimator saves, fitted once for all comparisons.
static SAVED: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| ESTIMATORS.iter().map(|estimator| (estimator.fit)(&sets(false))).collect());

#[test]
fn same_seed_same_bits_whatever_the_row_order() {
    for (Estimator { name, fit, .. }, saved) in ESTIMATORS.iter().zip(&*SAVED) {
        assert_eq!(&fit(&sets(true)), saved, "{name}");
    }
}

#[test]
fn same_seed_same_bits_whatever_the_thread_count() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for (Estimator { name, fit, .. }, saved) in ESTIMATORS.iter().zip(&*SAVED) {
        assert_eq!(&pool.install(|| fit(&sets(false))), saved, "{name}");
    }
}

#[test]
fn survives_save_and_load_and_is_finite() {
    for (Estimator { name, reload, .. }, saved) in ESTIMATORS.iter().zip(&*SAVED) {
        assert_eq!(&reload(saved), saved, "{name}");
        // JSON writes what is not finite as null
        assert!(!String::from_utf8(saved.clone()).unwrap().contains("null"), "{name}");
    }
}
