//! A simulated world with its audit, and the true cause of each anomaly.

use crate::audit::{AuditSettings, audit};
use crate::domain::{DAY_MS, Dataset, DatasetBuilder, Manifest, Severity};
use crate::error::Result;
use crate::model::AccountModel;
use crate::scoring::{ExplainedGrowth, GrowthContext, SharedMoves, explain_growth, growth_findings};
use crate::signals::{Activities, GrowthMeasures};
use crate::simulation::{Granularity, OrderKind, OrderedBy, Scenario, Simulated, simulate};
use crate::timing::causes::{Cause, CauseLikelihoods};
use crate::timing::growth::GrowthAnomaly;
use rayon::prelude::*;
use std::collections::HashMap;

/// A world, what was said of it, and what is true.
pub struct GrowthWorld {
    name: String,
    dataset: Dataset,
    truth: HashMap<String, CreatorStory>,
    explained: Vec<(usize, Vec<ExplainedGrowth>)>,
    warned: Vec<bool>,
}

/// What moved one creator's followers.
#[derive(Debug, Clone, Default)]
struct CreatorStory {
    moves: Vec<Move>,
    is_touched: bool,
}

/// Followers that came, or went, for one cause.
#[derive(Debug, Clone, Copy)]
struct Move {
    cause: Option<Cause>,
    size: f64,
    from_ms: i64,
    to_ms: i64,
    is_gain: bool,
}

/// One anomaly with its true cause.
pub struct Case<'a> {
    /// What was said.
    pub explained: &'a ExplainedGrowth,
    /// What is true; `None` where no single known cause brought half of it.
    pub truth: Option<Cause>,
}

/// What the tables need of a world.
pub struct WorldSummary {
    pub name: String,
    /// Gain or loss, true cause, answer, lead of the answer.
    pub answers: Vec<Answer>,
    pub untouched_count: usize,
    pub untouched_warned: usize,
    pub inflated_count: usize,
    pub inflated_warned: usize,
}

/// One anomaly: what is true, what the odds favour and by how much.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    pub is_gain: bool,
    pub truth: Option<Cause>,
    pub best: Option<Cause>,
    pub lead: f64,
}

impl GrowthWorld {
    /// Simulates a scenario with daily readings and audits it.
    ///
    /// # Errors
    /// Those of the simulation and of the audit.
    pub fn simulate(
        scenario: &Scenario,
        seed: u64,
        (creators, accounts): (u32, u32),
        model: &AccountModel,
        likelihoods: &CauseLikelihoods,
    ) -> Result<Self> {
        let mut scenario = scenario.clone();
        scenario.sampling.history_granularity = Granularity::Daily;
        let scenario = scenario.resized(Some(creators), Some(accounts))?;
        let mut builder = DatasetBuilder::new(Manifest::default());
        let simulated = simulate(&scenario, seed, &mut |table, batch| {
            builder.push(table, &batch);
            Ok(())
        })?;
        let mut dataset = builder.finish();
        dataset.manifest = simulated.manifest.clone();
        let said = audit(&dataset, model, &AuditSettings { seed, prior: None })?;
        let activities = Activities::gather(&dataset);
        let measured: Vec<GrowthMeasures> =
            (0..activities.len()).into_par_iter().map(|row| GrowthMeasures::of(&activities.of(row))).collect();
        let shared = SharedMoves::gather(measured.iter());
        let context = GrowthContext { accounts: &said.accounts, shared: &shared, likelihoods };
        let explained = measured
            .par_iter()
            .enumerate()
            .map(|(row, measured)| (row, explain_growth(&activities.of(row), measured, &context)))
            .collect();
        let is_warned = |(row, measured): (usize, &GrowthMeasures)| {
            growth_findings(&activities.of(row), measured, &explain_growth(&activities.of(row), measured, &context))
                .iter()
                .any(|finding| finding.severity >= Severity::Warning)
        };
        let warned = measured.par_iter().enumerate().map(is_warned).collect();
        let truth = stories(&simulated);
        Ok(Self { name: scenario.name.clone(), truth, explained, warned, dataset })
    }

    /// Every anomaly with its true cause.
    pub fn cases(&self) -> Vec<Case<'_>> {
        let of_row = |row: usize| self.truth.get(self.dataset.name(self.dataset.creators[row].id));
        let cases = self.explained.iter().flat_map(|(row, all)| all.iter().map(move |explained| (*row, explained)));
        cases
            .map(|(row, explained)| Case {
                explained,
                truth: of_row(row).and_then(|story| true_cause(story, &explained.anomaly)),
            })
            .collect()
    }

    /// What the tables need; the rest is given up.
    pub fn summary(&self) -> WorldSummary {
        let answer = |case: Case<'_>| Answer {
            is_gain: case.explained.anomaly.is_gain(),
            truth: case.truth,
            best: case.explained.odds.best(),
            lead: case.explained.odds.lead().unwrap_or(1.0),
        };
        let answers = self.cases().into_iter().map(answer).collect();
        let count = |is_meant: &dyn Fn(&CreatorStory) -> bool, only_warned: bool| {
            let rows = self.dataset.creators.iter().enumerate();
            let meant = rows.filter(|(_, creator)| self.truth.get(self.dataset.name(creator.id)).is_some_and(is_meant));
            meant.filter(|(row, _)| !only_warned || self.warned[*row]).count()
        };
        let is_untouched = |story: &CreatorStory| !story.is_touched;
        let is_inflated = |story: &CreatorStory| story.moves.iter().any(|one| one.cause.is_some_and(Cause::is_ordered));
        WorldSummary {
            name: self.name.clone(),
            answers,
            untouched_count: count(&is_untouched, false),
            untouched_warned: count(&is_untouched, true),
            inflated_count: count(&is_inflated, false),
            inflated_warned: count(&is_inflated, true),
        }
    }
}

fn stories(simulated: &Simulated) -> HashMap<String, CreatorStory> {
    let mut stories: HashMap<String, CreatorStory> = HashMap::new();
    for creator in &simulated.creators {
        let is_touched = creator.ordered_followers > 0 || creator.reciprocal_followers > 0;
        stories.insert(creator.creator_id.clone(), CreatorStory { moves: Vec::new(), is_touched });
    }
    for event in &simulated.events {
        let (cause, is_gain) = match event.cause {
            "viral" => (Cause::Viral, true),
            "giveaway" => (Cause::Giveaway, true),
            "shoutout" => (Cause::Shoutout, true),
            "press" => (Cause::Advertisement, true),
            "ripple" => (Cause::Ripple, true),
            _ => (Cause::Purge, false),
        };
        let (from_ms, to_ms) = (event.window_start.ms(), event.window_end.ms());
        let one = Move { cause: Some(cause), size: event.size as f64, from_ms, to_ms, is_gain };
        stories.entry(event.creator_id.clone()).or_default().moves.push(one);
        if is_gain && event.size > event.kept {
            // Those who leave do so in the weeks after.
            let left = Move {
                cause: None,
                size: (event.size - event.kept) as f64,
                from_ms: to_ms,
                to_ms: to_ms + 60 * DAY_MS,
                is_gain: false,
            };
            stories.entry(event.creator_id.clone()).or_default().moves.push(left);
        }
    }
    for order in &simulated.orders {
        let cause = match (order.kind, order.ordered_by) {
            (OrderKind::Followers, OrderedBy::Creator) => Some(Cause::Inflated),
            (OrderKind::Followers, OrderedBy::ThirdParty) => Some(Cause::Attack),
            (OrderKind::Churn, _) => None,
            _ => continue,
        };
        let (from_ms, to_ms) = (order.window_start.ms(), order.window_end.ms());
        let moves = &mut stories.entry(order.creator_id.clone()).or_default().moves;
        moves.push(Move { cause, size: order.size as f64, from_ms, to_ms, is_gain: true });
        if order.size > order.kept {
            moves.push(Move {
                cause,
                size: (order.size - order.kept) as f64,
                from_ms,
                to_ms: to_ms + 60 * DAY_MS,
                is_gain: false,
            });
        }
    }
    stories
}

/// The cause that moved most of the followers of an anomaly, if it accounts for half of them; spread evenly over its time.
fn true_cause(story: &CreatorStory, anomaly: &GrowthAnomaly) -> Option<Cause> {
    let part = |one: &Move| {
        let (from, to) = (one.from_ms.max(anomaly.from_ms), one.to_ms.min(anomaly.to_ms));
        if one.from_ms == one.to_ms {
            return if (anomaly.from_ms..=anomaly.to_ms).contains(&one.from_ms) { one.size } else { 0.0 };
        }
        one.size * ((to - from).max(0) as f64 / (one.to_ms - one.from_ms) as f64)
    };
    // A burst that decays has most of its followers in its first day: all of it counts where its beginning lies inside.
    let whole = |one: &Move| {
        let begins_inside = (anomaly.from_ms..anomaly.to_ms).contains(&one.from_ms);
        if one.is_gain && begins_inside && !one.cause.is_some_and(Cause::is_ordered) { one.size } else { part(one) }
    };
    let mut by_cause: Vec<(Option<Cause>, f64)> = Vec::new();
    for one in story.moves.iter().filter(|one| one.is_gain == anomaly.is_gain()) {
        match by_cause.iter_mut().find(|(cause, _)| *cause == one.cause) {
            Some((_, sum)) => *sum += whole(one),
            None => by_cause.push((one.cause, whole(one))),
        }
    }
    let most = by_cause.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    most.0.filter(|_| most.1 >= 0.5 * anomaly.excess().abs())
}
