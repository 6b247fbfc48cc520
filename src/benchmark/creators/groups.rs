//! Whom the creator model decides upon, and whom it accuses falsely, by group of creators.

use super::tables::rate;
use super::worlds::SimulatedCreator;
use crate::benchmark::EvaluationTable;
use crate::domain::{Label, Verdict};
use std::collections::BTreeSet;

/// Largest part of followers, likes or comments from which an order is strong.
const STRONG: f64 = 0.25;

/// What is known of a simulated creator besides its signals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    /// `size`, `language` …
    pub kind: &'static str,
    /// Which of the kind.
    pub name: String,
}

/// Verdicts by platform, size, language, and age of the creator's own account.
pub(super) fn by_group(creators: &[SimulatedCreator]) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "The same verdicts by platform, size, language of the creator, and age of its account, all worlds for reporting together",
        &["by", "group", "untouched that fail", "untouched that pass", "strongly inflated that fail", "creators with a decision"],
    );
    let groups: BTreeSet<&Group> = creators.iter().flat_map(|creator| &creator.groups).collect();
    for group in groups {
        let own: Vec<&SimulatedCreator> = creators.iter().filter(|creator| creator.groups.contains(group)).collect();
        let of = |label: Label, least: f64, verdict: Verdict| {
            let is_meant =
                |creator: &&&SimulatedCreator| creator.row.label == label && creator.row.strength.unwrap_or(0.0) >= least;
            let meant: Vec<_> = own.iter().filter(is_meant).collect();
            rate(meant.iter().filter(|creator| creator.verdict == verdict).count(), meant.len())
        };
        let decided = own.iter().filter(|creator| matches!(creator.verdict, Verdict::Pass | Verdict::Fail)).count();
        table.push([
            group.kind.to_owned(),
            group.name.clone(),
            of(Label::Genuine, 0.0, Verdict::Fail),
            of(Label::Genuine, 0.0, Verdict::Pass),
            of(Label::Fake, STRONG, Verdict::Fail),
            rate(decided, own.len()),
        ]);
    }
    table
}
