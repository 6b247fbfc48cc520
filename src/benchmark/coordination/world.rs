//! Simulated worlds, drawn when they are needed: one export in memory at a time.

use super::Background;
use crate::benchmark::simulated_dataset;
use crate::domain::{AccountId, Dataset, Label, LabelSubject, Timestamp};
use crate::error::Result;
use crate::graph::EdgeTime;
use crate::model::AccountModel;
use crate::scoring::AccountScores;
use crate::signals::measure_accounts;
use crate::simulation::Scenario;
use std::collections::BTreeSet;

/// A scenario under the name that tables print.
#[derive(Debug, Clone)]
pub struct World {
    /// What it is.
    pub name: String,
    /// How it is made.
    pub scenario: Scenario,
}

/// The accounts of a drawn world: what their profiles tell, and which of them are people.
#[derive(Debug, Clone, Default)]
pub(super) struct Population {
    /// When each was made; one slot an account.
    pub made: Vec<EdgeTime>,
    /// Probability of *fake* from the profile alone, by the shipped model.
    pub p_fake_profile: Vec<Option<f64>>,
    /// Accounts of people that follow somebody.
    pub people: Vec<u32>,
    /// Accounts in a vendor's hands that follow somebody.
    pub fakes: Vec<u32>,
}

impl World {
    /// The follows of one draw.
    pub(super) fn draw(&self, seed: u64) -> Result<Background> {
        Background::of_follows(self.name.clone(), &simulated_dataset(&self.scenario, seed)?)
    }

    /// The follows of one draw, and who follows.
    pub(super) fn draw_with_accounts(&self, seed: u64) -> Result<(Background, Population)> {
        let dataset = simulated_dataset(&self.scenario, seed)?;
        Ok((Background::of_follows(self.name.clone(), &dataset)?, Population::of(&dataset)?))
    }
}

impl Population {
    pub(super) fn of(dataset: &Dataset) -> Result<Self> {
        let (scores, _) = scores_of(dataset)?;
        let ids = (0..dataset.ids.len() as u32).map(AccountId);
        let following: BTreeSet<AccountId> = dataset.follows.follower.iter().copied().collect();
        let of = |label: Label| {
            let labelled = dataset.labels.iter().filter(move |row| row.subject == LabelSubject::Account && row.label == label);
            labelled.filter(|row| following.contains(&row.id)).map(|row| row.id.0).collect()
        };
        Ok(Self {
            made: ids.clone().map(|id| made(dataset, id)).collect(),
            p_fake_profile: ids.map(|id| scores.p_fake_profile(id)).collect(),
            people: of(Label::Genuine),
            fakes: of(Label::Fake),
        })
    }
}

/// Scores of all accounts from their profiles by the shipped model, and its threshold.
pub(super) fn scores_of(dataset: &Dataset) -> Result<(AccountScores, f64)> {
    let model = AccountModel::embedded()?;
    let signals = measure_accounts(dataset, model.handles());
    let predictions = model.predict(&signals, &dataset.account_platforms());
    let threshold = model.suspicious_threshold();
    Ok((AccountScores::from_predictions(dataset, predictions, threshold), threshold))
}

fn made(dataset: &Dataset, id: AccountId) -> EdgeTime {
    let at = dataset.accounts.created_at.get(id.index()).and_then(Timestamp::from_ms);
    at.map_or(EdgeTime::MISSING, EdgeTime::from)
}
