//! The account model moved towards labels of one's own, from the one that is shipped.

use super::labelled_rows::LabelledRows;
use crate::domain::Label;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{AccountModel, AccountScorer, HeldOutScores, Provenance, TrainingSource};
use crate::statistics::grouped_folds;
use rayon::prelude::*;

/// Labelled accounts with a measured profile below which nothing is fitted: with fewer, what is learned is chance.
pub const MIN_OWN_ACCOUNTS: usize = 200;
/// Of either class at least.
pub const MIN_OWN_OF_CLASS: usize = 30;
/// Penalties that are tried; the largest leaves the shipped functions and moves the intercept alone.
const RIDGES: [f64; 6] = [1e6, 1.0, 1e-1, 3e-2, 1e-2, 1e-3];
/// Parts into which the labels are dealt for choosing among them.
const N_FOLDS: usize = 5;
/// Name of what was learned from, in artifacts.
const SOURCE: &str = "own labels";

/// Decision values of accounts by scorers that had not seen them.
struct CrossFitted {
    ridge: f64,
    decisions: Vec<f64>,
    loss: f64,
}

/// Moves the shipped model towards the labels of some rows: the penalty is the one under which parts left out are likeliest, and what these parts' scores are is
/// added to the calibration as one more set that an audience may resemble.
///
/// # Errors
/// `NotEnoughData` below [`MIN_OWN_ACCOUNTS`] rows, or [`MIN_OWN_OF_CLASS`] of a class.
///
/// # Cost
/// Thirty fits: seconds for some thousand rows.
pub fn update_accounts(shipped: &AccountModel, rows: &LabelledRows, train: &[usize], seed: u64) -> Result<AccountModel> {
    let labels: Vec<Label> = train.iter().map(|&row| rows.labels()[row]).collect();
    refuse_few(&labels)?;
    let chosen = cross_fitted(shipped.scorer(), rows, (train, &labels), seed)?;
    let table = rows.table(train, shipped.handles());
    let scorer = shipped.scorer().updated(&table, &labels, chosen.ridge)?;
    let is_fake: Vec<bool> = labels.iter().map(|label| *label == Label::Fake).collect();
    let own = HeldOutScores { name: SOURCE, decisions: &chosen.decisions, is_fake: &is_fake };
    let calibration = shipped.prevalence().clone().with_set(&own)?;
    AccountModel::new(scorer, calibration, provenance(shipped, &labels, seed))
}

/// # Errors
/// `NotEnoughData`, with how many there are and how many are needed.
fn refuse_few(labels: &[Label]) -> Result<()> {
    let count = |class: Label| labels.iter().filter(|label| **label == class).count();
    let (n_fake, n_genuine) = (count(Label::Fake), count(Label::Genuine));
    if labels.len() >= MIN_OWN_ACCOUNTS && n_fake.min(n_genuine) >= MIN_OWN_OF_CLASS {
        return Ok(());
    }
    let detail = format!(
        "{} labelled accounts have a profile, {n_fake} of them fake and {n_genuine} genuine; at least {MIN_OWN_ACCOUNTS} are needed to learn from, and \
         {MIN_OWN_OF_CLASS} of either class",
        labels.len()
    );
    Err(Error::new(ErrorKind::NotEnoughData { purpose: "train on your own labels", detail }))
}

fn cross_fitted(
    scorer: &AccountScorer,
    rows: &LabelledRows,
    (train, labels): (&[usize], &[Label]),
    seed: u64,
) -> Result<CrossFitted> {
    let folds = stratified_folds(labels, seed);
    let tried: Vec<CrossFitted> =
        RIDGES.into_par_iter().map(|ridge| left_out(scorer, rows, (train, labels, &folds), ridge)).collect::<Result<_>>()?;
    // Of equal ones the first: the strictest.
    let best = tried.into_iter().reduce(|best, other| if other.loss < best.loss { other } else { best });
    best.ok_or_else(|| Error::new(ErrorKind::NotEnoughData { purpose: "train on your own labels", detail: String::new() }))
}

/// Folds that keep the classes' shares.
fn stratified_folds(labels: &[Label], seed: u64) -> Vec<usize> {
    let mut folds = vec![0; labels.len()];
    for class in [Label::Fake, Label::Genuine] {
        let own: Vec<usize> = (0..labels.len()).filter(|&row| labels[row] == class).collect();
        let groups: Vec<u64> = (0..own.len() as u64).collect();
        own.iter().zip(grouped_folds(&groups, N_FOLDS, seed)).for_each(|(&row, fold)| folds[row] = fold);
    }
    folds
}

fn left_out(
    scorer: &AccountScorer,
    rows: &LabelledRows,
    (train, labels, folds): (&[usize], &[Label], &[usize]),
    ridge: f64,
) -> Result<CrossFitted> {
    let mut decisions = vec![0.0; train.len()];
    for fold in 0..N_FOLDS {
        let (own, others): (Vec<usize>, Vec<usize>) = (0..train.len()).partition(|&place| folds[place] == fold);
        let at = |places: &[usize]| -> Vec<usize> { places.iter().map(|&place| train[place]).collect() };
        let known: Vec<Label> = others.iter().map(|&place| labels[place]).collect();
        let updated = scorer.updated(&rows.table(&at(&others), scorer.handles()), &known, ridge)?;
        let scored = updated.decisions(&rows.table(&at(&own), scorer.handles()));
        own.iter().zip(scored).for_each(|(&place, decision)| decisions[place] = decision);
    }
    let loss = balanced_loss(&decisions, labels);
    Ok(CrossFitted { ridge, decisions, loss })
}

/// Mean of the two classes' mean −ln P(label).
fn balanced_loss(decisions: &[f64], labels: &[Label]) -> f64 {
    let of_class = |class: Label| {
        let own = decisions.iter().zip(labels).filter(|(_, label)| **label == class);
        let losses: Vec<f64> =
            own.map(|(decision, _)| (1.0 + (if class == Label::Fake { -decision } else { *decision }).exp()).ln()).collect();
        losses.iter().sum::<f64>() / losses.len().max(1) as f64
    };
    f64::midpoint(of_class(Label::Fake), of_class(Label::Genuine))
}

fn provenance(shipped: &AccountModel, labels: &[Label], seed: u64) -> Provenance {
    let count = |class: Label| labels.iter().filter(|label| **label == class).count() as u64;
    let own = TrainingSource { name: SOURCE.to_owned(), n_fake: count(Label::Fake), n_genuine: count(Label::Genuine) };
    let before = shipped.provenance();
    let sources = before.sources.iter().cloned().chain([own]).collect();
    Provenance { seed, fitted_on: None, sources, domains: before.domains.clone() }
}
