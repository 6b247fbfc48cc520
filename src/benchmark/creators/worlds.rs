//! Creators of simulated worlds: what an audit measures of them, and what is true.

use super::groups::Group;
use crate::audit::{AuditSettings, audit};
use crate::benchmark::simulated_dataset::simulated_with_creators;
use crate::domain::{Dataset, Label, LabelSubject, Tier, Verdict};
use crate::error::Result;
use crate::model::{AccountModel, CreatorRow};
use crate::scoring::creator_inputs;
use crate::simulation::{CreatorTruth, Scenario};
use std::collections::HashMap;

/// How rows of simulated worlds are made, among the ways of making.
pub(super) const SIMULATED: usize = 0;
/// Likes and comments listed of each post in every other draw, so that times and texts are measured in some and lacking in others.
const DENSE: (u32, u32) = (80, 30);

const DAY_MS: i64 = 86_400_000;
const YEAR_DAYS: i64 = 365;

/// A creator of a drawn world.
pub(super) struct SimulatedCreator {
    /// Its truth and its measured inputs.
    pub row: CreatorRow,
    /// What the shipped models concluded.
    pub verdict: Verdict,
    /// The groups that it is counted in.
    pub groups: Vec<Group>,
}

/// Draws a world and audits it.
///
/// # Errors
/// Those of the simulation and of the audit.
pub(super) fn draw(scenario: &Scenario, (seed, is_dense): (u64, bool), model: &AccountModel) -> Result<Vec<SimulatedCreator>> {
    let mut scenario = scenario.clone();
    if is_dense {
        (scenario.sampling.likers_per_post, scenario.sampling.comments_per_post) = DENSE;
    }
    let (dataset, truth) = simulated_with_creators(&scenario, seed)?;
    let said = audit(&dataset, model, &AuditSettings { seed, prior: None })?;
    let labels: HashMap<_, _> =
        dataset.labels.iter().filter(|row| row.subject == LabelSubject::Creator).map(|row| (row.id, row.label)).collect();
    let creators = said.creators.iter().enumerate().filter_map(|(row, score)| {
        let (label, truth) = (*labels.get(&score.id)?, truth.get(dataset.name(score.id))?);
        let values = creator_inputs(score, &said.creator_signals, row);
        let strength = (label == Label::Fake).then(|| strength(truth));
        Some(SimulatedCreator {
            row: CreatorRow { fold: scenario.name.clone(), donor: None, making: SIMULATED, label, strength, values },
            verdict: score.verdict,
            groups: groups(&dataset, row, score.tier),
        })
    });
    Ok(creators.collect())
}

fn groups(dataset: &Dataset, row: usize, tier: Option<Tier>) -> Vec<Group> {
    let creator = &dataset.creators[row];
    let created = dataset.accounts.created_at.get(creator.id.index());
    let age_days = created.zip(dataset.captured_at()).map(|(at, now)| (now.ms() - at) / DAY_MS);
    let age = age_days.map(|days| {
        if days < YEAR_DAYS {
            "younger than a year"
        } else if days < 5 * YEAR_DAYS {
            "one to five years"
        } else {
            "older"
        }
    });
    let group = |kind: &'static str, name: Option<&str>| Some(Group { kind, name: name?.to_owned() });
    let all = [
        group("platform", Some(creator.platform.word())),
        group("size", tier.map(Tier::word)),
        group("language", creator.language.as_deref()),
        group("age of its account", age),
    ];
    all.into_iter().flatten().collect()
}

/// Largest part of followers, likes or comments that was ordered; follow–unfollow counts by those who followed back.
fn strength(truth: &CreatorTruth) -> f64 {
    let part = |ordered: u64, all: u64| if all > 0 { ordered as f64 / all as f64 } else { 0.0 };
    let followers = part(truth.ordered_followers + truth.reciprocal_followers, truth.followers);
    followers.max(part(truth.ordered_likes, truth.likes)).max(part(truth.ordered_comments, truth.comments))
}
