//! What is said of comments in simulated worlds whose truth is known.

use super::CommentEvaluation;
use crate::audit::find_comment_copies;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, share};
use crate::benchmark::settings::ACCURACY_LEVEL;
use crate::domain::{AccountId, DatasetBuilder, Manifest, Severity};
use crate::error::Result;
use crate::scoring::comment_findings;
use crate::signals::{Activities, CommentMeasures};
use crate::simulation::{CreatorTruth, Scenario, simulate_with_truth};
use crate::statistics::wilson;
use std::collections::BTreeMap;

/// Creators by whether any of their comments were ordered, and what was said of them.
#[derive(Default)]
struct Tally {
    creators: usize,
    warned: usize,
    noticed: usize,
    in_groups: usize,
}

/// Alarms on creators without ordered comments, and what is found of those with some.
///
/// # Errors
/// Those of the simulation.
pub(super) fn table(scenario: &Scenario, settings: &CommentEvaluation) -> Result<EvaluationTable> {
    let caption = format!(
        "`{}`: findings about comments, {} worlds. Simulated vendors write praise that people write too, so that copies of whole sentences are not in these worlds: few are expected to be found",
        scenario.name, settings.n_repeats
    );
    let columns = ["creators", "number", "with a warning [95 %]", "with a notice [95 %]", "with a copy group [95 %]"];
    let mut table = EvaluationTable::new(caption, &columns);
    let mut tallies: BTreeMap<bool, Tally> = BTreeMap::new();
    for seed in settings.seed..settings.seed + settings.n_repeats {
        add_world(scenario, seed, &mut tallies)?;
    }
    for (has_ordered, tally) in &tallies {
        let part = |n: usize| {
            let interval = wilson(n as u64, tally.creators as u64, ACCURACY_LEVEL);
            interval.map_or_else(|| ABSENT.to_owned(), |interval| share(n as f64 / tally.creators as f64, interval))
        };
        let what = if *has_ordered { "with ordered comments" } else { "without any" };
        table.push([what.to_owned(), count(tally.creators), part(tally.warned), part(tally.noticed), part(tally.in_groups)]);
    }
    Ok(table)
}

fn add_world(scenario: &Scenario, seed: u64, tallies: &mut BTreeMap<bool, Tally>) -> Result<()> {
    let mut builder = DatasetBuilder::new(Manifest::default());
    let mut truth: BTreeMap<String, CreatorTruth> = BTreeMap::new();
    let mut take = |table, batch: arrow_array::RecordBatch| {
        builder.push(table, &batch);
        Ok(())
    };
    simulate_with_truth(scenario, seed, &mut take, &mut |part| {
        truth.extend(part.creators.into_iter().map(|creator| (creator.creator_id.clone(), creator)));
        Ok(())
    })?;
    let dataset = builder.finish();
    let activities = Activities::gather(&dataset);
    let groups = find_comment_copies(&dataset, activities.comments());
    let is_grouped = |id: AccountId| groups.iter().any(|group| group.target(id).is_some());
    for row in 0..activities.len() {
        let activity = activities.of(row);
        let findings = comment_findings(&activity, &CommentMeasures::of(&activity));
        let has = |severity: Severity| findings.iter().any(|finding| finding.severity == severity);
        let has_ordered = truth.get(dataset.name(activity.id())).is_some_and(|creator| creator.ordered_comments > 0);
        let tally = tallies.entry(has_ordered).or_default();
        tally.creators += 1;
        tally.warned += usize::from(has(Severity::Warning));
        tally.noticed += usize::from(has(Severity::Notice));
        tally.in_groups += usize::from(is_grouped(activity.id()));
    }
    Ok(())
}
