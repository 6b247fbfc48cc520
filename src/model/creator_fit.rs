//! Fitting the creator model: functions of the blocks, stackers, calibration on kinds of fraud left out, thresholds that keep rates.

use super::additive::{AdditiveModel, AdditiveParams, TrainingRow};
use super::artifact::{Provenance, TrainingSource};
use super::bounded_logistic::BoundedLogistic;
use super::creator_inputs::{CREATOR_INPUTS, CreatorBlock, block_ramps};
use super::creator_model::{CreatorArtifact, CreatorModel, CreatorStack, measured_mask};
use crate::domain::{Label, Probability};
use crate::error::{Error, ErrorKind, Result};
use crate::statistics::{bound_of_next, mean, median, quantile, risk_controlling_threshold, standard_deviation};
use linfa::Dataset;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One creator whose truth is known.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorRow {
    /// Where it comes from: a scenario, or a source of real data. Calibration leaves out one of these at a time.
    pub fold: String,
    /// Fold of the creator that lent the blocks which its own source lacks, if one did: left out with either.
    pub donor: Option<String>,
    /// How it was made: each way has an intercept of its own in the blocks' functions, and weighs the same.
    pub making: usize,
    /// Whether audience or engagement was inflated.
    pub label: Label,
    /// Largest part of followers, likes or comments that was ordered, where known.
    pub strength: Option<f64>,
    /// One value an input of [`CREATOR_INPUTS`], NaN where missing.
    pub values: Vec<f64>,
}

/// How the model is fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorTraining {
    /// Seed under which the rows were drawn, for the record.
    pub seed: u64,
    /// π: share of inflated creators that is assumed. Nobody knows it; figures in print lie between a tenth and a half.
    pub prior: f64,
    /// Highest rate of `fail` among untouched creators.
    pub false_fail_rate: f64,
    /// Highest rate of `pass` among creators with [`CreatorTraining::strong`] inflation.
    pub false_pass_rate: f64,
    /// Part of followers, likes or comments from which inflation is strong: the market takes an audience that is credible by less than
    /// three quarters for a sign of fraud.
    pub strong: f64,
    /// Probability with which the threshold of a further source, drawn like those of its making, is to lie under that of `fail`.
    pub next_source: f64,
    /// Least standard deviation of the log-odds between kinds of fraud: a few kinds say little of the next.
    pub min_shift_sd: f64,
    /// Least probability that is claimed, and the distance from 1 of the highest.
    pub least_probability: f64,
    /// λ of the ridge.
    pub ridge: f64,
    /// Largest slope that counts as the minimum's in the blocks' functions.
    pub tolerance: f64,
}

impl Default for CreatorTraining {
    fn default() -> Self {
        Self {
            seed: 0,
            prior: 0.2,
            false_fail_rate: 0.01,
            false_pass_rate: 0.1,
            strong: 0.25,
            next_source: 0.9,
            min_shift_sd: 0.5,
            least_probability: 0.002,
            ridge: 1e-3,
            tolerance: 1e-9,
        }
    }
}

/// Untouched creators that a fold must hold for its own rate to count.
const MIN_UNTOUCHED: usize = 200;
/// Strongly inflated creators that must be known before anything may pass.
const MIN_STRONG: usize = 50;
/// Creators of either class that a stacker needs.
const MIN_ROWS: usize = 30;

/// Place among untouched creators of a fold above which a signal is high for them.
const UNTOUCHED_QUANTILE: f64 = 0.95;

/// Decision of one set of blocks for the rows that hold them.
struct Stacker {
    mask: u8,
    intercept: f64,
    weights: Vec<f64>,
}

/// Functions of the blocks and the stackers upon them.
struct Raw {
    blocks: Vec<AdditiveModel>,
    stackers: Vec<Stacker>,
}

/// Fits the model on rows of known truth. Rows' order does not matter; the same rows give the same bits.
///
/// # Errors
/// `NotEnoughData` where a block has not both classes, or fewer than two folds do.
///
/// # Cost
/// A fit of five blocks and up to 31 stackers for all rows and for each fold left out: seconds for 20,000 rows.
pub fn fit_creator_model(rows: &[CreatorRow], settings: &CreatorTraining) -> Result<CreatorModel> {
    let all: Vec<usize> = sorted(rows);
    let raw = fit_raw(rows, &all, settings)?;
    let held_out = held_out_decisions(rows, &all, settings)?;
    let stacks: Vec<CreatorStack> = raw
        .stackers
        .iter()
        .filter_map(|stacker| calibrate(rows, stacker, &held_out, settings).transpose())
        .collect::<Result<_>>()?;
    CreatorModel::new(CreatorArtifact {
        format_version: CreatorModel::FORMAT_VERSION,
        provenance: provenance(rows, settings),
        prior: settings.prior,
        false_fail_rate: settings.false_fail_rate,
        false_pass_rate: settings.false_pass_rate,
        strong: settings.strong,
        least_probability: settings.least_probability,
        inputs: CREATOR_INPUTS.iter().map(|input| input.id.to_owned()).collect(),
        untouched_bounds: untouched_bounds(rows),
        blocks: raw.blocks,
        stacks,
    })
}

/// Rows in an order of their own, whatever the caller's.
fn sorted(rows: &[CreatorRow]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let by_value = |a: usize, b: usize| {
        let pairs = rows[a].values.iter().zip(&rows[b].values);
        pairs.map(|(x, y)| x.total_cmp(y)).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    };
    order.sort_by(|&a, &b| rows[a].fold.cmp(&rows[b].fold).then(rows[a].label.cmp(&rows[b].label)).then_with(|| by_value(a, b)));
    order
}

fn fit_raw(rows: &[CreatorRow], members: &[usize], settings: &CreatorTraining) -> Result<Raw> {
    let blocks: Vec<AdditiveModel> =
        CreatorBlock::ALL.into_par_iter().map(|block| fit_block(rows, members, block, settings)).collect::<Result<_>>()?;
    let logs: Vec<Vec<f64>> = members.iter().map(|&row| block_log_odds(&blocks, &rows[row].values)).collect();
    let masks: Vec<u8> = (1..1 << CreatorBlock::ALL.len()).collect();
    let fit = |&mask: &u8| fit_stacker(rows, members, &logs, mask, settings);
    let stackers: Vec<Option<Stacker>> = masks.par_iter().map(fit).collect::<Result<_>>()?;
    Ok(Raw { blocks, stackers: stackers.into_iter().flatten().collect() })
}

/// Half of the weight on each class of each way of making, whatever their numbers.
fn balanced(rows: &[CreatorRow], members: &[usize]) -> Vec<f64> {
    let mut counts: BTreeMap<(usize, Label), f64> = BTreeMap::new();
    members.iter().for_each(|&row| *counts.entry((rows[row].making, rows[row].label)).or_default() += 1.0);
    members.iter().map(|&row| 1.0 / counts[&(rows[row].making, rows[row].label)]).collect()
}

fn fit_block(rows: &[CreatorRow], members: &[usize], block: CreatorBlock, settings: &CreatorTraining) -> Result<AdditiveModel> {
    let columns = block.columns();
    let own: Vec<usize> =
        members.iter().copied().filter(|&row| rows[row].values[columns.clone()].iter().any(|value| !value.is_nan())).collect();
    let mut makings: Vec<usize> = own.iter().map(|&row| rows[row].making).collect();
    makings.sort_unstable();
    makings.dedup();
    let records = Array2::from_shape_fn((own.len(), columns.len()), |(row, term)| rows[own[row]].values[columns.start + term]);
    let weights = balanced(rows, &own);
    let domain = |making: usize| makings.iter().position(|known| *known == making).unwrap_or(0);
    let targets: Array1<TrainingRow> = own
        .iter()
        .zip(weights)
        .map(|(&row, weight)| TrainingRow { label: rows[row].label, domain: domain(rows[row].making), weight })
        .collect();
    AdditiveParams::new(block_ramps(block)?)
        .ridge(settings.ridge)
        .tolerance(settings.tolerance)
        .fit(&Dataset::new(records, targets))
        .map_err(|error| {
            Error::new(ErrorKind::NotEnoughData { purpose: "fit a creator model", detail: format!("{}: {error}", block.word()) })
        })
}

fn block_log_odds(blocks: &[AdditiveModel], values: &[f64]) -> Vec<f64> {
    let of = |(block, model): (CreatorBlock, &AdditiveModel)| {
        let parts = block.columns().enumerate().map(|(term, column)| model.contribution(term, values[column]));
        model.base() + parts.sum::<f64>()
    };
    CreatorBlock::ALL.into_iter().zip(blocks).map(of).collect()
}

/// Logistic regression on the blocks' log-odds, weights 0 or more; `None` without enough rows that hold all these blocks.
fn fit_stacker(
    rows: &[CreatorRow],
    members: &[usize],
    logs: &[Vec<f64>],
    mask: u8,
    settings: &CreatorTraining,
) -> Result<Option<Stacker>> {
    let held: Vec<usize> =
        (0..members.len()).filter(|&place| measured_mask(&rows[members[place]].values) & mask == mask).collect();
    let own: Vec<usize> = held.iter().map(|&place| members[place]).collect();
    let count = |label: Label| own.iter().filter(|&&row| rows[row].label == label).count();
    if count(Label::Fake) < MIN_ROWS || count(Label::Genuine) < MIN_ROWS {
        return Ok(None);
    }
    let places: Vec<usize> = (0..CreatorBlock::ALL.len()).filter(|place| mask & (1 << place) != 0).collect();
    let width = places.len() + 1;
    let mut design = Vec::with_capacity(own.len() * width);
    for &place in &held {
        design.extend(places.iter().map(|&block| logs[place][block]));
        design.push(1.0);
    }
    let mut bounds = vec![(0.0, f64::INFINITY); places.len()];
    bounds.push((f64::NEG_INFINITY, f64::INFINITY));
    let mut ridge = vec![settings.ridge; places.len()];
    ridge.push(0.0);
    let solution = logistic(rows, &own, &design, (&ridge, &bounds))?;
    let mut weights = vec![0.0; CreatorBlock::ALL.len()];
    places.iter().zip(&solution).for_each(|(&block, &weight)| weights[block] = weight);
    Ok(Some(Stacker { mask, intercept: solution[places.len()], weights }))
}

fn logistic(rows: &[CreatorRow], own: &[usize], design: &[f64], (ridge, bounds): (&[f64], &[(f64, f64)])) -> Result<Vec<f64>> {
    let weights = balanced(rows, own);
    let total: f64 = weights.iter().sum();
    let weights: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    let signs: Vec<f64> = own.iter().map(|&row| if rows[row].label == Label::Fake { 1.0 } else { -1.0 }).collect();
    BoundedLogistic { design, signs: &signs, weights: &weights, ridge, bounds }.solve(1e-8, 300)
}

impl Raw {
    /// Decision of each set of blocks that the row holds, by mask.
    fn decisions(&self, values: &[f64]) -> Vec<(u8, f64)> {
        let (held, logs) = (measured_mask(values), block_log_odds(&self.blocks, values));
        let of = |stacker: &Stacker| {
            let sum: f64 = stacker.weights.iter().zip(&logs).map(|(weight, log)| weight * log).sum();
            (stacker.mask, stacker.intercept + sum)
        };
        self.stackers.iter().filter(|stacker| stacker.mask & held == stacker.mask).map(of).collect()
    }
}

/// Decisions by models that saw nothing of a row's fold: row and decision, by mask.
type HeldOut = BTreeMap<u8, Vec<(usize, f64)>>;

fn held_out_decisions(rows: &[CreatorRow], all: &[usize], settings: &CreatorTraining) -> Result<HeldOut> {
    let mut folds: Vec<&str> = rows.iter().map(|row| row.fold.as_str()).collect();
    folds.sort_unstable();
    folds.dedup();
    if folds.len() < 2 {
        let detail = "decisions are calibrated on folds left out: at least two are needed".to_owned();
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "fit a creator model", detail }));
    }
    let mut held_out = HeldOut::new();
    for fold in folds {
        let (own, others): (Vec<usize>, Vec<usize>) = all.iter().partition(|&&row| rows[row].fold == fold);
        let rest: Vec<usize> = others.into_iter().filter(|&row| rows[row].donor.as_deref() != Some(fold)).collect();
        let raw = fit_raw(rows, &rest, settings)?;
        for &row in &own {
            for (mask, decision) in raw.decisions(&rows[row].values) {
                held_out.entry(mask).or_default().push((row, decision));
            }
        }
    }
    Ok(held_out)
}

/// Slope and intercept on held-out decisions, spread between folds, and thresholds.
fn calibrate(
    rows: &[CreatorRow],
    stacker: &Stacker,
    held_out: &HeldOut,
    settings: &CreatorTraining,
) -> Result<Option<CreatorStack>> {
    let Some(scored) = held_out.get(&stacker.mask) else { return Ok(None) };
    let Some(Shifted { slope, offset, sd }) = shifted(rows, scored)? else { return Ok(None) };
    let sd = sd.max(settings.min_shift_sd);
    // The mean of a logistic function over a normal shift (MacKay, 1992): a new kind of fraud shifts too, nobody knows which way.
    let damping = 1.0 / (1.0 + std::f64::consts::PI * sd * sd / 8.0).sqrt();
    let prior = Probability::new(settings.prior).map_or(0.0, Probability::log_odds);
    let (slope, offset) = (damping * slope, damping * offset + prior);
    let log_odds: Vec<(usize, f64)> = scored.iter().map(|&(row, decision)| (row, slope * decision + offset)).collect();
    let untouched: Vec<f64> = of_class(rows, &log_odds, Label::Genuine).map(|(_, value)| value).collect();
    let (fail_from, pass_below) = (fail_from(rows, &log_odds, settings), pass_below(rows, &log_odds, settings));
    Ok(Some(CreatorStack {
        mask: stacker.mask,
        intercept: slope * stacker.intercept + offset,
        weights: stacker.weights.iter().map(|weight| slope * weight).collect(),
        shift_sd: sd,
        untouched_median: median(&untouched).unwrap_or(prior),
        found_share: strong(rows, &log_odds, settings).map(|strong| found_share(&strong, fail_from)),
        fail_from,
        pass_below,
    }))
}

fn of_class<'a>(rows: &'a [CreatorRow], scored: &'a [(usize, f64)], label: Label) -> impl Iterator<Item = (usize, f64)> + 'a {
    scored.iter().copied().filter(move |(row, _)| rows[*row].label == label)
}

/// Decisions on folds left out: one slope, and the shift of each fold.
struct Shifted {
    slope: f64,
    /// Mean of the shifts.
    offset: f64,
    /// Their standard deviation.
    sd: f64,
}

/// Logistic regression on held-out decisions with an intercept for each fold that has both classes; `None` without such a fold.
fn shifted(rows: &[CreatorRow], scored: &[(usize, f64)]) -> Result<Option<Shifted>> {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for &(row, _) in scored {
        counts.entry(&rows[row].fold).or_default()[usize::from(rows[row].label == Label::Fake)] += 1;
    }
    let folds: Vec<&str> =
        counts.into_iter().filter(|(_, of)| of.iter().all(|&count| count >= MIN_ROWS)).map(|(name, _)| name).collect();
    if folds.is_empty() {
        return Ok(None);
    }
    let place = |row: usize| folds.iter().position(|fold| *fold == rows[row].fold);
    let held: Vec<(usize, f64, usize)> =
        scored.iter().filter_map(|&(row, decision)| Some((row, decision, place(row)?))).collect();
    let own: Vec<usize> = held.iter().map(|held| held.0).collect();
    let mut design = vec![0.0; held.len() * (folds.len() + 1)];
    for (line, &(_, decision, fold)) in design.chunks_exact_mut(folds.len() + 1).zip(&held) {
        line[0] = decision;
        line[1 + fold] = 1.0;
    }
    let (mut ridge, mut bounds) = (vec![1e-6], vec![(0.0, 1.0)]);
    ridge.extend(vec![1e-4; folds.len()]);
    // A slope above 1 would make decisions on what was left out surer than on what was fitted.
    bounds.extend(vec![(f64::NEG_INFINITY, f64::INFINITY); folds.len()]);
    let solution = logistic(rows, &own, &design, (&ridge, &bounds))?;
    let shifts = &solution[1..];
    Ok(Some(Shifted { slope: solution[0], offset: mean(shifts).unwrap_or(0.0), sd: standard_deviation(shifts).unwrap_or(0.0) }))
}

/// The highest of the thresholds that keep the rate in all folds together, in every large fold, and with the stated probability in a further fold of
/// each making.
fn fail_from(rows: &[CreatorRow], scored: &[(usize, f64)], settings: &CreatorTraining) -> Option<f64> {
    let mut by_fold: BTreeMap<(usize, &str), Vec<f64>> = BTreeMap::new();
    for (row, value) in of_class(rows, scored, Label::Genuine) {
        by_fold.entry((rows[row].making, &rows[row].fold)).or_default().push(value);
    }
    let together: Vec<f64> = by_fold.values().flatten().copied().collect();
    let mut highest = risk_controlling_threshold(&together, settings.false_fail_rate)?;
    let mut by_making: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for ((making, _), values) in by_fold.iter().filter(|(_, values)| values.len() >= MIN_UNTOUCHED) {
        by_making.entry(*making).or_default().push(risk_controlling_threshold(values, settings.false_fail_rate)?);
    }
    for thresholds in by_making.values() {
        let next = bound_of_next(thresholds, settings.next_source);
        highest = thresholds.iter().copied().chain(next).fold(highest, f64::max);
    }
    // What is no likelier than not is no ground to fail anybody.
    Some(Probability::from_log_odds(highest).get().max(0.5))
}

/// The threshold below which at most the stated rate of strongly inflated creators lies; never above the prior.
fn pass_below(rows: &[CreatorRow], scored: &[(usize, f64)], settings: &CreatorTraining) -> Option<f64> {
    let raised: Vec<f64> = strong(rows, scored, settings)?.iter().map(|value| -value).collect();
    let lowest = -risk_controlling_threshold(&raised, settings.false_pass_rate)?;
    Some(Probability::from_log_odds(lowest).get().min(settings.prior))
}

/// Log-odds of the strongly inflated; `None` where too few are known.
fn strong(rows: &[CreatorRow], scored: &[(usize, f64)], settings: &CreatorTraining) -> Option<Vec<f64>> {
    let is_strong = |row: usize| rows[row].strength.is_some_and(|strength| strength >= settings.strong);
    let of: Vec<f64> = of_class(rows, scored, Label::Fake).filter(|(row, _)| is_strong(*row)).map(|(_, value)| value).collect();
    (of.len() >= MIN_STRONG).then_some(of)
}

/// Share of the strongly inflated that reach the threshold of `fail`: what could have been found.
fn found_share(strong: &[f64], fail_from: Option<f64>) -> f64 {
    let is_found = |value: &&f64| fail_from.is_some_and(|from| Probability::from_log_odds(**value).get() >= from);
    strong.iter().filter(is_found).count() as f64 / strong.len() as f64
}

/// Of each input, the highest over folds of the value that 95 % of untouched creators do not exceed; lent values are another fold's.
fn untouched_bounds(rows: &[CreatorRow]) -> Vec<Option<f64>> {
    let bound = |column: usize| {
        let mut by_fold: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.label == Label::Genuine && row.donor.is_none() && !row.values[column].is_nan()) {
            by_fold.entry(&row.fold).or_default().push(row.values[column]);
        }
        let large = by_fold.values().filter(|values| values.len() >= MIN_UNTOUCHED);
        large.filter_map(|values| quantile(values, UNTOUCHED_QUANTILE)).reduce(f64::max)
    };
    (0..CREATOR_INPUTS.len()).map(bound).collect()
}

fn provenance(rows: &[CreatorRow], settings: &CreatorTraining) -> Provenance {
    let mut sources: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in rows {
        let counts = sources.entry(&row.fold).or_default();
        match row.label {
            Label::Fake => counts.0 += 1,
            Label::Genuine => counts.1 += 1,
        }
    }
    let sources: Vec<TrainingSource> = sources
        .into_iter()
        .map(|(name, (n_fake, n_genuine))| TrainingSource { name: name.to_owned(), n_fake, n_genuine })
        .collect();
    let domains = sources.iter().map(|source| source.name.clone()).collect();
    Provenance { seed: settings.seed, fitted_on: None, sources, domains }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn row(fold: &str, label: Label, values: Vec<f64>) -> CreatorRow {
        let strength = (label == Label::Fake).then_some(0.3);
        CreatorRow { fold: fold.to_owned(), donor: None, making: 1, label, strength, values }
    }

    /// Three folds of creators of whom everything is measured; the inflated lie higher in every signal.
    fn rows() -> Vec<CreatorRow> {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut all = Vec::new();
        for fold in ["a", "b", "c"] {
            for place in 0..300 {
                let label = if place % 5 == 0 { Label::Fake } else { Label::Genuine };
                let raised = if label == Label::Fake { 0.6 } else { 0.0 };
                let ends = CREATOR_INPUTS.iter().map(|input| block_ends(input.id));
                let values = ends.map(|(low, high)| low + (high - low) * (raised + 0.4 * random.random::<f64>())).collect();
                all.push(row(fold, label, values));
            }
        }
        all
    }

    /// Where the signal's function begins and ends to bend.
    fn block_ends(id: &str) -> (f64, f64) {
        match id {
            "growth.ordered_odds" => (-4.0, 6.0),
            "engagement.likes_excess" | "engagement.arrival_excess" => (3.0, 20.0),
            "coordination.pod" | "growth.churn" => (0.0, 3.0),
            _ => (0.0, 0.4),
        }
    }

    #[test]
    fn few_rows_are_enough_and_their_order_does_not_matter() {
        let settings = CreatorTraining { tolerance: 1e-7, ..CreatorTraining::default() };
        let rows = rows();
        let model = fit_creator_model(&rows, &settings).unwrap();
        let reversed: Vec<CreatorRow> = rows.iter().rev().cloned().collect();
        assert_eq!(model.to_json().unwrap(), fit_creator_model(&reversed, &settings).unwrap().to_json().unwrap());
        let failed = |label: Label| {
            let own: Vec<_> =
                rows.iter().filter(|row| row.label == label).map(|row| model.predict(&row.values).unwrap()).collect();
            let called = own.iter().filter(|said| said.fail_from.is_some_and(|from| said.p_fake().get() >= from)).count();
            called as f64 / own.len() as f64
        };
        // kept on folds left out, each of 240 untouched
        assert!(failed(Label::Genuine) <= 0.01, "{}", failed(Label::Genuine));
        assert!(failed(Label::Fake) > 0.9, "{}", failed(Label::Fake));
        assert!(model.untouched_bounds().iter().all(Option::is_some));
        let whole = model.predict(&rows[0].values).unwrap();
        assert!(whole.found_share.unwrap() > 0.9);
    }

    #[test]
    fn one_fold_cannot_be_calibrated() {
        let alone: Vec<CreatorRow> = rows().into_iter().filter(|row| row.fold == "a").collect();
        assert!(fit_creator_model(&alone, &CreatorTraining::default()).unwrap_err().to_string().contains("at least two"));
    }

    #[test]
    fn the_threshold_allows_for_a_further_source() {
        let mut rows = Vec::new();
        let mut scored = Vec::new();
        for (place, fold) in ["a", "b", "c"].into_iter().enumerate() {
            for i in 0..200 {
                scored.push((rows.len(), place as f64 + f64::from(i) / 200.0));
                rows.push(row(fold, Label::Genuine, vec![f64::NAN; CREATOR_INPUTS.len()]));
            }
        }
        // by hand: of 200, (1 + 1)/201 ≤ .01 lets one be called: .99, 1.99 and 2.99; their mean 1.99, s 1, t_{.9, 2} 1.8856, √(4/3): 4.1673
        let from = fail_from(&rows, &scored, &CreatorTraining::default()).unwrap();
        assert!((from - 1.0 / (1.0 + (-4.1673_f64).exp())).abs() < 1e-4, "{from}");
    }
}
