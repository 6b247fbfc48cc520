//! What is said of comments in simulated worlds whose truth is known.

use super::CommentEvaluation;
use crate::audit::find_comment_copies;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, share};
use crate::benchmark::settings::ACCURACY_LEVEL;
use crate::benchmark::simulated_dataset::simulated_with_creators;
use crate::domain::{AccountId, Severity};
use crate::error::Result;
use crate::scoring::comment_findings;
use crate::signals::{Activities, CommentMeasures};
use crate::simulation::Scenario;
use crate::statistics::wilson;
use std::collections::BTreeMap;

/// Creators by whether any of their comments were ordered, and what was said of them.
#[derive(Default)]
struct Tally {
    creators: usize,
    measured: usize,
    noticed: usize,
    told: usize,
    in_groups: usize,
}

/// Alarms on creators without ordered comments, and what is found of those with some.
///
/// # Errors
/// Those of the simulation.
pub(super) fn table(scenario: &Scenario, settings: &CommentEvaluation) -> Result<EvaluationTable> {
    let caption = format!(
        "`{}`: findings about comments, {} worlds. No finding about comments is a warning. The simulation knows some hundred phrases, which people repeat far more than real ones do (table above), and its vendors write what its people write: what is told of shares here is an artefact of that, and vendors are not expected to be found",
        scenario.name, settings.n_repeats
    );
    let columns = [
        "creators",
        "number",
        "with copies measured",
        "with a notice [95 %]",
        "with anything told [95 %]",
        "with a copy group [95 %]",
    ];
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
        table.push([
            what.to_owned(),
            count(tally.creators),
            count(tally.measured),
            part(tally.noticed),
            part(tally.told),
            part(tally.in_groups),
        ]);
    }
    Ok(table)
}

fn add_world(scenario: &Scenario, seed: u64, tallies: &mut BTreeMap<bool, Tally>) -> Result<()> {
    let (dataset, truth) = simulated_with_creators(scenario, seed)?;
    let activities = Activities::gather(&dataset);
    let groups = find_comment_copies(&dataset, activities.comments());
    let is_grouped = |id: AccountId| groups.iter().any(|group| group.target(id).is_some());
    for row in 0..activities.len() {
        let activity = activities.of(row);
        let measured = CommentMeasures::of(&activity);
        let findings = comment_findings(&activity, &measured);
        let has_ordered = truth.get(dataset.name(activity.id())).is_some_and(|creator| creator.ordered_comments > 0);
        let tally = tallies.entry(has_ordered).or_default();
        tally.creators += 1;
        tally.measured += usize::from(measured.repeated.is_some());
        tally.noticed += usize::from(findings.iter().any(|finding| finding.severity >= Severity::Notice));
        tally.told += usize::from(!findings.is_empty());
        tally.in_groups += usize::from(is_grouped(activity.id()));
    }
    Ok(())
}
