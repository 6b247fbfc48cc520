//! Creators of whom only followers are known, composed of real accounts that the account model had not seen.

use crate::benchmark::EvaluationSettings;
use crate::domain::{Label, Sampling};
use crate::error::Result;
use crate::model::{AccountModel, CREATOR_INPUTS, CreatorRow, is_incomplete};
use crate::scoring::{PrevalenceEstimator, SampleDesign};
use crate::training::{DomainSpec, LabelledRows, LabelledSet, REFERENCE_DOMAINS, TrainingSettings, train_on};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How rows of composed audiences are made, among the ways of making.
pub(super) const COMPOSED: usize = 1;
/// Followers in the smallest and the largest sample, drawn evenly by their logarithm.
const SIZES: (f64, f64) = (100.0, 2_000.0);
/// Fake share that an untouched audience has at least and at most. Assumption: everybody has some, and published shares differ widely.
const BACKGROUND: (f64, f64) = (0.01, 0.1);
/// Ordered part of an inflated audience, drawn evenly by its logarithm.
const STRENGTH: (f64, f64) = (0.05, 0.6);
const STREAM: u32 = 61;

/// Composes audiences of each domain of sold followers, scored by account models that saw nothing of it.
pub(super) struct Composer<'a> {
    rows: LabelledRows,
    core: Vec<&'static DomainSpec>,
    n_audiences: usize,
    settings: &'a EvaluationSettings,
    /// Account models by the places of the domains that they were fitted without.
    models: BTreeMap<BTreeSet<usize>, AccountModel>,
}

impl<'a> Composer<'a> {
    /// Fits nothing yet.
    pub(super) fn new(sets: &[LabelledSet], n_audiences: usize, settings: &'a EvaluationSettings) -> Self {
        let core = REFERENCE_DOMAINS.iter().filter(|spec| spec.is_core).collect();
        Self { rows: LabelledRows::gather(sets), core, n_audiences, settings, models: BTreeMap::new() }
    }

    /// What rows of a domain are called.
    fn fold(&self, place: usize) -> String {
        format!("accounts of {}", self.core[place].name)
    }

    /// Audiences of every domain, half untouched, half inflated, by account models fitted without that domain.
    ///
    /// # Missing
    /// Audiences whose share the account model would not stand by are left out.
    ///
    /// # Errors
    /// As fitting account models.
    ///
    /// # Cost
    /// A fit of the account model a domain, and some milliseconds an audience.
    pub(super) fn all(&mut self) -> Result<Vec<CreatorRow>> {
        let places = 0..self.core.len();
        Ok(places.map(|place| self.audiences(place, place)).collect::<Result<Vec<_>>>()?.concat())
    }

    /// The same audiences of every other domain, by account models that saw neither it nor the domain of this fold: nothing of what is left out
    /// is in them. `None` if no domain has that name.
    ///
    /// # Errors, Cost
    /// As [`Composer::all`]; each pair of domains is fitted once.
    pub(super) fn without(&mut self, fold: &str) -> Result<Option<Vec<CreatorRow>>> {
        let Some(left_out) = (0..self.core.len()).find(|&place| self.fold(place) == fold) else { return Ok(None) };
        let others = (0..self.core.len()).filter(|place| *place != left_out);
        Ok(Some(others.map(|place| self.audiences(place, left_out)).collect::<Result<Vec<_>>>()?.concat()))
    }

    fn members(&self, place: usize) -> BTreeSet<usize> {
        let spec = self.core[place];
        self.rows.rows_of(spec.fake).into_iter().chain(self.rows.rows_of(&[spec.genuine])).collect()
    }

    fn fit(&mut self, left_out: &BTreeSet<usize>) -> Result<()> {
        if !self.models.contains_key(left_out) {
            let unseen: BTreeSet<usize> = left_out.iter().flat_map(|&place| self.members(place)).collect();
            let rest: Vec<usize> = (0..self.rows.len()).filter(|row| !unseen.contains(row)).collect();
            let settings = TrainingSettings { seed: self.settings.seed, ..TrainingSettings::default() };
            self.models.insert(left_out.clone(), train_on(&self.rows, &rest, &settings)?);
        }
        Ok(())
    }

    fn audiences(&mut self, place: usize, also_left_out: usize) -> Result<Vec<CreatorRow>> {
        let left_out = BTreeSet::from([place, also_left_out]);
        self.fit(&left_out)?;
        let (model, fold) = (&self.models[&left_out], self.fold(place));
        let estimator = PrevalenceEstimator::new(model.prevalence().clone())?;
        let members: Vec<usize> = self.members(place).into_iter().collect();
        let predictions = model.predict(&self.rows.table(&members, model.handles()), &self.rows.platforms(&members));
        let of_class = |label: Label| -> Vec<usize> {
            (0..members.len()).filter(|&row| self.rows.labels()[members[row]] == label).collect()
        };
        let (fake, genuine) = (of_class(Label::Fake), of_class(Label::Genuine));
        let draw = |draw: usize| {
            let mut random = self.settings.random(STREAM + place as u32, draw);
            let (drawn, strength) = compose(&fake, &genuine, draw % 2 == 1, &mut random);
            let decisions: Vec<f64> = drawn.iter().map(|&row| predictions.decisions[row]).collect();
            let is_incomplete = is_incomplete(drawn.iter().map(|&row| predictions.measured_count[row]));
            let values = share_values(&estimator, &decisions, is_incomplete)?;
            let label = if strength.is_some() { Label::Fake } else { Label::Genuine };
            Some(CreatorRow { fold: fold.clone(), donor: None, making: COMPOSED, label, strength, values })
        };
        let drawn: Vec<Option<CreatorRow>> = (0..self.n_audiences).into_par_iter().map(draw).collect();
        Ok(drawn.into_iter().flatten().collect())
    }
}

/// Inputs of a creator of whom only followers' profiles are known.
///
/// # Missing
/// `None` where the account model would not stand by the share.
fn share_values(estimator: &PrevalenceEstimator, decisions: &[f64], is_incomplete: bool) -> Option<Vec<f64>> {
    let design =
        SampleDesign { sampling: Sampling::Random, listed_count: decisions.len() as u64, followers: None, is_incomplete };
    let found = estimator.estimate(decisions, &design).filter(|found| !found.is_unlike_training && !is_incomplete)?;
    let mut values = vec![f64::NAN; CREATOR_INPUTS.len()];
    put(&mut values, "audience.fake_share", found.estimate.share);
    put(&mut values, "audience.fake_share_low", found.estimate.interval.low());
    Some(values)
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
