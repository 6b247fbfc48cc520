//! A small made-up dataset with made-up predictions, for the tests of this floor and of those above.

use super::{AccountEvidence, Audit};
use crate::domain::{AccountId, Dataset, DatasetBuilder, Manifest, Platform, Sampling, Table, Timestamp};
use crate::model::{AccountPredictions, HeldOutScores, PrevalenceCalibration, Reason};
use crate::signals::{CREATOR_SIGNALS, SignalTable};
use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, UInt64Array};
use ndarray::Array2;
use std::sync::Arc;

/// Who follows whom in the trial: (creator, fake followers, genuine followers, followers without a profile).
pub(crate) const AUDIENCES: [(&str, usize, usize, usize); 4] =
    [("inflated", 120, 80, 10), ("untouched", 0, 100, 0), ("tiny", 3, 9, 0), ("unseen", 0, 0, 30)];

fn texts(values: impl IntoIterator<Item = String>) -> ArrayRef {
    Arc::new(values.into_iter().map(Some).collect::<StringArray>())
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

/// Names of a creator's followers; the first letter tells the kind: fake, genuine, or without a profile.
fn followers((creator, fake, genuine, bare): (&str, usize, usize, usize)) -> Vec<String> {
    let of = |kind: &str, count: usize| (0..count).map(move |i| format!("{kind}-{creator}-{i}")).collect::<Vec<_>>();
    [of("f", fake), of("g", genuine), of("x", bare)].concat()
}

/// The trial's dataset; with `reversed`, its rows in the opposite order. Every first follower is listed twice.
pub(crate) fn dataset(sampling: Sampling, reversed: bool) -> Dataset {
    let manifest = Manifest {
        platform: Some(Platform::Instagram),
        captured_at: Timestamp::from_ms(1_700_000_000_000),
        follows_sampling: sampling,
        ..Manifest::default()
    };
    let order = |mut rows: Vec<(String, String)>| {
        if reversed {
            rows.reverse();
        }
        rows
    };
    let edges = order(
        AUDIENCES
            .iter()
            .flat_map(|audience| {
                let names = followers(*audience);
                let again = names[0].clone();
                names.into_iter().chain([again]).map(|name| (name, audience.0.to_owned()))
            })
            .collect(),
    );
    let positions: ArrayRef = Arc::new(UInt64Array::from_iter_values(0..edges.len() as u64));
    let profiles = order(edges.iter().filter(|(name, _)| !name.starts_with('x')).cloned().collect());
    let unique: Vec<String> = {
        let mut names: Vec<String> = profiles.into_iter().map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        if reversed {
            names.reverse();
        }
        names.into_iter().chain(["inflated".to_owned()]).collect()
    };
    let counts: ArrayRef =
        Arc::new(unique.iter().map(|name| Some(if name == "inflated" { 10_000 } else { 50 })).collect::<UInt64Array>());
    let avatars: ArrayRef = Arc::new(unique.iter().map(|name| Some(!name.starts_with('f'))).collect::<BooleanArray>());
    let mut builder = DatasetBuilder::new(manifest);
    builder.push(Table::Creators, &batch(vec![("creator_id", texts(AUDIENCES.map(|audience| audience.0.to_owned())))]));
    let columns = vec![("account_id", texts(unique)), ("followers", counts), ("has_avatar", avatars)];
    builder.push(Table::Accounts, &batch(columns));
    let (from, to): (Vec<String>, Vec<String>) = edges.into_iter().unzip();
    let columns = vec![("follower_id", texts(from)), ("followed_id", texts(to)), ("position", positions)];
    builder.push(Table::Follows, &batch(columns));
    let posts = (0..4_u64).map(|i| format!("p{i}"));
    let of = |value: fn(u64) -> u64| -> ArrayRef { Arc::new(UInt64Array::from_iter_values((0..4).map(value))) };
    let mut columns = vec![("post_id", texts(posts)), ("creator_id", texts((0..4).map(|_| "inflated".to_owned())))];
    columns.extend([("likes", of(|i| 100 + i)), ("comments", of(|_| 10))]);
    builder.push(Table::Posts, &batch(columns));
    builder.finish()
}

/// Predictions that follow from the names alone: fakes score around 2.5, genuine accounts around −2.5.
pub(crate) fn evidence(dataset: &Dataset) -> AccountEvidence {
    let spread = |n: usize| (n * 37 % 100) as f64 / 25.0 - 1.98;
    let decision = |id: AccountId| {
        let name = dataset.name(id);
        let number: usize = name.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        match name.as_bytes()[0] {
            b'f' => 2.5 + spread(number),
            b'g' => -2.5 + spread(number),
            _ => 0.0,
        }
    };
    let predictions = predictions(dataset, decision);
    let signals = SignalTable::new(vec![&CREATOR_SIGNALS[0]], Array2::from_elem((dataset.n_accounts(), 1), f64::NAN));
    AccountEvidence { signals, predictions, suspicious_threshold: 0.7, prevalence: calibration() }
}

/// Predictions from a decision value of each account, an interval of one either way.
pub(crate) fn predictions(dataset: &Dataset, decision: impl Fn(AccountId) -> f64) -> AccountPredictions {
    let decisions: Vec<f64> = dataset.account_ids().map(decision).collect();
    let reasons = decisions.iter().map(|&odds| [Some(Reason { signal: 0, log_odds: odds as f32 }), None, None]).collect();
    let is_listed = |id: AccountId| dataset.accounts.listed.get(id.index()).unwrap_or(false);
    AccountPredictions {
        log_odds: decisions.clone(),
        log_odds_low: decisions.iter().map(|odds| odds - 1.0).collect(),
        log_odds_high: decisions.iter().map(|odds| odds + 1.0).collect(),
        is_abstained: decisions.iter().map(|odds| odds.abs() < 0.5).collect(),
        measured_count: dataset.account_ids().map(|id| if is_listed(id) { 8 } else { 0 }).collect(),
        reasons,
        decisions,
    }
}

pub(crate) fn calibration() -> PrevalenceCalibration {
    let value = |i: usize| (i % 100) as f64 / 25.0 - 1.98 + if i < 100 { 2.5 } else { -2.5 };
    let decisions: Vec<f64> = (0..200).map(value).collect();
    let is_fake: Vec<bool> = (0..200).map(|i| i < 100).collect();
    let held_out = HeldOutScores { name: "trial", decisions: &decisions, is_fake: &is_fake };
    PrevalenceCalibration::fit(&[held_out], 0.1, 100.0).unwrap()
}

/// The trial's audit.
pub(crate) fn audit(dataset: &Dataset) -> Audit {
    Audit::from_evidence(dataset, evidence(dataset)).unwrap()
}
