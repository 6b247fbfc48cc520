//! Warnings in simulated worlds, and what was really ordered there.

use super::{ALARMS, EngagementEvaluation, EngagementWorlds, arrivals, causes, outcome, share_of};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::benchmark::simulated_dataset::simulated_with_creators;
use crate::domain::{Dataset, Severity};
use crate::error::Result;
use crate::scoring::engagement_findings;
use crate::signals::{Activities, CreatorActivity, EngagementMeasures};
use crate::simulation::{CreatorTruth, Scenario};
use rayon::prelude::*;
use std::collections::HashMap;

/// Parts of a creator's likes that were ordered: from, to, in words.
const ORDERED: [(f64, f64, &str); 3] = [(1e-9, 0.1, "below .1"), (0.1, 0.3, ".1 to .3"), (0.3, 1.1, "above .3")];

/// A simulated export with its truth.
pub(super) struct World {
    pub dataset: Dataset,
    truth: HashMap<String, CreatorTruth>,
}

impl World {
    pub(super) fn draw(scenario: &Scenario, settings: &EngagementEvaluation) -> Result<Self> {
        let mut scenario = scenario.clone().resized(Some(settings.n_creators), Some(settings.n_accounts))?;
        scenario.sampling.likers_per_post = settings.n_likers;
        scenario.sampling.comments_per_post = settings.n_likers / 4;
        scenario.sampling.follows_per_creator = 50;
        let (dataset, truth) = simulated_with_creators(&scenario, settings.seed)?;
        Ok(Self { dataset, truth })
    }

    pub(super) fn truth(&self, activity: &CreatorActivity<'_>) -> Option<&CreatorTruth> {
        self.truth.get(self.dataset.name(activity.id()))
    }

    /// Part of a creator's likes that was ordered.
    pub(super) fn ordered_share(&self, activity: &CreatorActivity<'_>) -> f64 {
        self.truth(activity).map_or(0.0, |truth| truth.ordered_likes as f64 / truth.likes.max(1) as f64)
    }

    /// Whether nothing was ordered for a creator, by anybody.
    pub(super) fn is_untouched(&self, activity: &CreatorActivity<'_>) -> bool {
        self.truth(activity).is_some_and(|truth| truth.ordered == "none" && truth.ordered_likes == 0)
    }
}

/// What was said of one creator.
struct Judged {
    is_untouched: bool,
    ordered_share: f64,
    warnings: Vec<&'static str>,
    has_arrivals: bool,
    /// Whether a window of likes is said to stand out, at any severity.
    stands_out: bool,
}

/// Tables of warnings, of what was ordered, and of spliced deliveries.
pub(super) fn evaluate(worlds: &EngagementWorlds, settings: &EngagementEvaluation) -> Result<Vec<EvaluationTable>> {
    let mut alarms = EvaluationTable::new(
        "Simulated worlds: creators for whom nothing was ordered, and those of them with a warning. At most 3 % may have one",
        &[
            "world",
            "use",
            "creators",
            "any warning",
            "outcome",
            "by counts",
            "by arrivals",
            "arrivals at any severity",
            "with arrivals",
        ],
    );
    let mut found = EvaluationTable::new(
        "Simulated worlds: creators with ordered likes that have a warning, by the part of their likes that was ordered (pods and packages)",
        &["world", "use", "ordered", "creators", "any warning", "by arrivals", "arrivals at any severity"],
    );
    let mut spliced = arrivals::table();
    let mut cases = Vec::new();
    for (scenarios, usage) in [(&worlds.tuning, "tuning"), (&worlds.reporting, "reported")] {
        for scenario in scenarios {
            let world = World::draw(scenario, settings)?;
            let judged = judge(&world);
            if usage == "reported" {
                cases.extend(causes::of_world(&world, &scenario.name, settings));
            }
            alarms.push(alarm_row(&scenario.name, usage, &judged));
            for (from, to, name) in ORDERED {
                let own: Vec<&Judged> = judged.iter().filter(|of| (from..to).contains(&of.ordered_share)).collect();
                if !own.is_empty() {
                    let called = own.iter().filter(|of| !of.warnings.is_empty()).count();
                    let arrived = own.iter().filter(|of| of.warnings.contains(&"engagement.arrival_excess")).count();
                    let seen = own.iter().filter(|of| of.stands_out).count();
                    let names = [scenario.name.clone(), usage.into(), name.to_owned(), count(own.len())];
                    found.push(names.into_iter().chain([called, arrived, seen].map(|of| share_of(of, own.len()))));
                }
            }
            if scenario.vendors.is_empty() {
                arrivals::splice(&world, (&scenario.name, usage), settings, &mut spliced);
            }
        }
    }
    Ok(vec![alarms, found, spliced, causes::confusion(&cases)])
}

fn alarm_row(name: &str, usage: &str, judged: &[Judged]) -> Vec<String> {
    let untouched: Vec<&Judged> = judged.iter().filter(|of| of.is_untouched).collect();
    let n = untouched.len();
    let any = untouched.iter().filter(|of| !of.warnings.is_empty()).count();
    let arrived: Vec<&&Judged> = untouched.iter().filter(|of| of.warnings.contains(&"engagement.arrival_excess")).collect();
    let counted = untouched.iter().filter(|of| of.warnings.iter().any(|id| *id != "engagement.arrival_excess")).count();
    let seen = untouched.iter().filter(|of| of.stands_out).count();
    vec![
        name.to_owned(),
        usage.to_owned(),
        count(n),
        share_of(any, n),
        outcome(ALARMS, any, n),
        share_of(counted, n),
        share_of(arrived.len(), n),
        share_of(seen, n),
        count(untouched.iter().filter(|of| of.has_arrivals).count()),
    ]
}

fn judge(world: &World) -> Vec<Judged> {
    let activities = Activities::gather(&world.dataset);
    let one = |row: usize| {
        let activity = activities.of(row);
        let measured = EngagementMeasures::of(&activity);
        let findings = engagement_findings(&activity, &measured);
        let warnings =
            findings.iter().filter(|finding| finding.severity >= Severity::Warning).map(|finding| finding.signal).collect();
        Judged {
            is_untouched: world.is_untouched(&activity),
            ordered_share: world.ordered_share(&activity),
            warnings,
            has_arrivals: measured.arrivals.is_some(),
            stands_out: findings.iter().any(|finding| finding.signal == "engagement.arrival_excess"),
        }
    };
    (0..activities.len()).into_par_iter().map(one).collect()
}
