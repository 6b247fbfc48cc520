//! Orders put into a real list: how well the map ranks them, how much of them stands in batches.

use super::FollowerMapEvaluation;
use super::injection::{Injected, KINDS, OrderKind, inject};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{Bar, count, decimal};
use crate::domain::{AccountId, Label};
use crate::statistics::{auc, mean};
use crate::timing::{
    FollowBatch, FollowBatchSettings, FollowerList, FollowerMapSettings, ListOrder, bound_follow_times, draw_follower_map,
    find_follow_batches,
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// AUC measured beforehand with the authors' code on an experiment of the same kind, in the order of the kinds.
const BEFOREHAND: [f64; 4] = [0.949, 0.733, 0.603, 0.447];

/// Of an order, members that make a batch one of it.
const TELLING: usize = 50;

/// What one order gave.
struct Found {
    auc: f64,
    /// Share of the order within batches that hold at least so many of it.
    recall: f64,
    /// Share of the order among the members of these batches.
    precision: f64,
}

/// Three tables.
pub(super) fn evaluate(list: &[i64], settings: &FollowerMapEvaluation) -> Vec<EvaluationTable> {
    let untouched: Vec<Option<i64>> = list.iter().map(|created_s| Some(created_s * 1_000)).collect();
    let mut ranking = EvaluationTable::new(
        "Follower map: AUC of telling 1,000 ordered followers from those of a real list, by the score of the map alone",
        &["order", "AUC", "to meet", "outcome"],
    );
    let mut batches = EvaluationTable::new(
        "Batches in the same lists that hold at least 50 of the order: share of the order in them; share of the order among their members",
        &["order", "recall", "precision"],
    );
    for (kind, bar) in KINDS.into_iter().zip(BEFOREHAND) {
        let found: Vec<Found> =
            (0..settings.n_orders).into_par_iter().filter_map(|draw| one(list, (kind, draw), settings.seed)).collect();
        let column = |value: fn(&Found) -> f64| found.iter().map(value).collect::<Vec<f64>>();
        let aucs = column(|found| found.auc);
        let bar = Bar::AtLeast(bar);
        ranking.push([kind.name.to_owned(), spread(&aucs), bar.text(), bar.outcome(mean(&aucs))]);
        let precision = column(|found| found.precision).into_iter().filter(|share| share.is_finite()).collect::<Vec<f64>>();
        batches.push([kind.name.to_owned(), spread(&column(|found| found.recall)), spread(&precision)]);
    }
    vec![ranking, batches, untouched_table(&untouched)]
}

fn one(list: &[i64], (kind, draw): (OrderKind, usize), seed: u64) -> Option<Found> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(draw as u64 + (u64::from(kind.is_aged) << 32) + (u64::from(kind.is_drip) << 33));
    let Injected { created_at_ms, is_ordered } = inject(list, kind, &mut random);
    let map = draw_follower_map(&created_at_ms, FollowerMapSettings::default())?;
    let scores: Vec<f64> = map.scores.iter().map(|score| score.unwrap_or(0.0)).collect();
    let (mut n_ordered, mut n_members) = (0_usize, 0_usize);
    for batch in batches_of(&follower_list(&created_at_ms)) {
        let ordered = batch.members.iter().filter(|&&rank| is_ordered[rank]).count();
        if ordered >= TELLING {
            n_ordered += ordered;
            n_members += batch.members.len();
        }
    }
    let labels: Vec<Label> = is_ordered.iter().map(|&is_ordered| if is_ordered { Label::Fake } else { Label::Genuine }).collect();
    let n_orders = is_ordered.iter().filter(|is_ordered| **is_ordered).count();
    Some(Found {
        auc: auc(&scores, &labels)?,
        recall: n_ordered as f64 / n_orders as f64,
        precision: n_ordered as f64 / n_members as f64,
    })
}

fn follower_list(created_at_ms: &[Option<i64>]) -> FollowerList {
    FollowerList {
        follower: (0..created_at_ms.len() as u32).map(AccountId).collect(),
        created_at_ms: created_at_ms.to_vec(),
        followed_at_ms: vec![None; created_at_ms.len()],
        captured_at_ms: None,
        opened_at_ms: None,
        order: ListOrder::Position,
        n_unplaced: 0,
    }
}

fn batches_of(list: &FollowerList) -> Vec<FollowBatch> {
    find_follow_batches(list, &bound_follow_times(list), &[], &[], &FollowBatchSettings::default())
}

/// What stands in the list before anything is put into it.
fn untouched_table(created_at_ms: &[Option<i64>]) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "Batches in the untouched list, by the age of their accounts in the middle when they followed: nobody knows which of them are orders",
        &["age", "batches", "members", "share of the list"],
    );
    let batches = batches_of(&follower_list(created_at_ms));
    for (name, from, to) in [("under 30 days", 0.0, 30.0), ("30 days to a year", 30.0, 365.0), ("older", 365.0, f64::INFINITY)] {
        let of_age: Vec<&FollowBatch> =
            batches.iter().filter(|batch| batch.median_age_days.is_some_and(|days| (from..to).contains(&days))).collect();
        let members: usize = of_age.iter().map(|batch| batch.members.len()).sum();
        table.push([name.to_owned(), count(of_age.len()), count(members), decimal(members as f64 / created_at_ms.len() as f64)]);
    }
    table
}

/// Mean, and lowest to highest: `.949 (.931 to .960)`.
pub(super) fn spread(values: &[f64]) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    mean(values).map_or_else(
        || crate::benchmark::figure::ABSENT.to_owned(),
        |mean| format!("{} ({} to {})", decimal(mean), decimal(least), decimal(most)),
    )
}
