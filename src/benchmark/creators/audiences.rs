//! Creators of whom only followers are known, composed of real accounts that the account model had not seen.

use crate::benchmark::EvaluationSettings;
use crate::domain::{Label, Sampling};
use crate::error::Result;
use crate::model::{CREATOR_INPUTS, CreatorRow, is_incomplete};
use crate::scoring::{PrevalenceEstimator, SampleDesign};
use crate::training::{LabelledRows, LabelledSet, REFERENCE_DOMAINS, TrainingSettings, train_on};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// How rows of composed audiences are made, among the ways of making.
pub(super) const COMPOSED: usize = 1;
/// Followers in the smallest and the largest sample, drawn evenly by their logarithm.
const SIZES: (f64, f64) = (100.0, 2_000.0);
/// Fake share that an untouched audience has at least and at most. Assumption: everybody has some, and published shares differ widely.
const BACKGROUND: (f64, f64) = (0.01, 0.1);
/// Ordered part of an inflated audience, drawn evenly by its logarithm.
const STRENGTH: (f64, f64) = (0.05, 0.6);
const STREAM: u32 = 61;

/// Audiences composed of each domain of sold followers, scored by an account model fitted without it: half untouched, half inflated.
///
/// # Missing
/// Audiences whose share the account model would not stand by are left out.
///
/// # Errors
/// As fitting account models.
///
/// # Cost
/// A fit of the account model a domain, and some milliseconds an audience.
pub(super) fn composed(sets: &[LabelledSet], n_audiences: usize, settings: &EvaluationSettings) -> Result<Vec<CreatorRow>> {
    let rows = LabelledRows::gather(sets);
    let core: Vec<_> = REFERENCE_DOMAINS.iter().filter(|spec| spec.is_core).collect();
    let mut all = Vec::new();
    for (place, spec) in core.into_iter().enumerate() {
        let own: BTreeSet<usize> = rows.rows_of(spec.fake).into_iter().chain(rows.rows_of(&[spec.genuine])).collect();
        let rest: Vec<usize> = (0..rows.len()).filter(|row| !own.contains(row)).collect();
        let model = train_on(&rows, &rest, &TrainingSettings { seed: settings.seed, ..TrainingSettings::default() })?;
        let estimator = PrevalenceEstimator::new(model.prevalence().clone())?;
        let members: Vec<usize> = own.into_iter().collect();
        let predictions = model.predict(&rows.table(&members, model.handles()), &rows.platforms(&members));
        let of_class =
            |label: Label| -> Vec<usize> { (0..members.len()).filter(|&row| rows.labels()[members[row]] == label).collect() };
        let (fake, genuine) = (of_class(Label::Fake), of_class(Label::Genuine));
        let draw = |draw: usize| {
            let mut random = settings.random(STREAM + place as u32, draw);
            let (drawn, strength) = compose(&fake, &genuine, draw % 2 == 1, &mut random);
            let decisions: Vec<f64> = drawn.iter().map(|&row| predictions.decisions[row]).collect();
            let is_incomplete = is_incomplete(drawn.iter().map(|&row| predictions.measured_count[row]));
            let design =
                SampleDesign { sampling: Sampling::Random, listed_count: drawn.len() as u64, followers: None, is_incomplete };
            let found = estimator.estimate(&decisions, &design).filter(|found| !found.is_unlike_training && !is_incomplete)?;
            let mut values = vec![f64::NAN; CREATOR_INPUTS.len()];
            put(&mut values, "audience.fake_share", found.estimate.share);
            put(&mut values, "audience.fake_share_low", found.estimate.interval.low());
            let label = if strength.is_some() { Label::Fake } else { Label::Genuine };
            Some(CreatorRow {
                fold: format!("accounts of {}", spec.name),
                donor: None,
                making: COMPOSED,
                label,
                strength,
                values,
            })
        };
        let drawn: Vec<Option<CreatorRow>> = (0..n_audiences).into_par_iter().map(draw).collect();
        all.extend(drawn.into_iter().flatten());
    }
    Ok(all)
}

/// Sets the value of an input.
pub(super) fn put(values: &mut [f64], id: &str, value: f64) {
    if let Some(column) = CREATOR_INPUTS.iter().position(|input| input.id == id) {
        values[column] = value;
    }
}

/// Evenly by the logarithm.
pub(super) fn log_uniform((low, high): (f64, f64), random: &mut ChaCha8Rng) -> f64 {
    (low.ln() + (high.ln() - low.ln()) * random.random::<f64>()).exp()
}

/// Accounts drawn with replacement within each class, and the ordered part of the audience they stand for.
fn compose(fake: &[usize], genuine: &[usize], is_inflated: bool, random: &mut ChaCha8Rng) -> (Vec<usize>, Option<f64>) {
    let size = log_uniform(SIZES, random).round() as usize;
    let background = BACKGROUND.0 + (BACKGROUND.1 - BACKGROUND.0) * random.random::<f64>();
    let strength = is_inflated.then(|| log_uniform(STRENGTH, random));
    let share = strength.map_or(background, |ordered| ordered + (1.0 - ordered) * background);
    let n_fake = Binomial::new(size as u64, share).map_or(0, |drawn| drawn.sample(random) as usize);
    let mut drawn: Vec<usize> = (0..n_fake).map(|_| fake[random.random_range(0..fake.len())]).collect();
    drawn.extend((n_fake..size).map(|_| genuine[random.random_range(0..genuine.len())]));
    (drawn, strength)
}
