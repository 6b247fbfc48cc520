//! The true cause of each anomaly against the one that the data favour.

use super::rate;
use super::worlds::{Answer, WorldSummary};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::timing::causes::{Cause, TOLD_APART};

/// Answers of a table, orders by either side together.
const OF_GAINS: [Cause; 7] =
    [Cause::Inflated, Cause::Viral, Cause::Giveaway, Cause::Shoutout, Cause::Advertisement, Cause::Ripple, Cause::Recount];
const OF_LOSSES: [Cause; 3] = [Cause::Inflated, Cause::Purge, Cause::Recount];

/// Causes, favoured against true, of gains and of losses; then warnings by world.
pub(super) fn tables(worlds: &[WorldSummary]) -> Vec<EvaluationTable> {
    let all: Vec<Answer> = worlds.iter().flat_map(|world| world.answers.iter().copied()).collect();
    vec![
        confusion(
            "Unexpected gains of followers: the true cause (rows) and the one with the highest odds (columns)",
            &all,
            true,
            &OF_GAINS,
        ),
        confusion("Unexpected losses, likewise", &all, false, &OF_LOSSES),
        told_apart(&all),
        warnings(worlds),
    ]
}

fn answer_name(cause: Cause) -> &'static str {
    if cause == Cause::Inflated { "ordered" } else { cause.word() }
}

fn is_right(truth: Cause, best: Option<Cause>) -> bool {
    best.is_some_and(|best| best == truth || (best.is_ordered() && truth.is_ordered()))
}

fn confusion(caption: &str, all: &[Answer], is_gain: bool, columns: &[Cause]) -> EvaluationTable {
    let mut heads = vec!["true cause", "anomalies"];
    heads.extend(columns.iter().map(|&cause| answer_name(cause)));
    heads.extend(["right", "to meet"]);
    let mut table = EvaluationTable::new(caption, &heads);
    let of_kind: Vec<&Answer> = all.iter().filter(|answer| answer.is_gain == is_gain).collect();
    let (mut right, mut known) = (0, 0);
    let truths = Cause::ALL.into_iter().map(Some).chain([None]);
    for truth in truths {
        let own: Vec<&&Answer> = of_kind.iter().filter(|answer| answer.truth == truth).collect();
        if own.is_empty() {
            continue;
        }
        let to = |cause: Cause| own.iter().filter(|answer| is_right(cause, answer.best)).count();
        let name = match truth {
            Some(Cause::Inflated) => "ordered for the creator".to_owned(),
            Some(Cause::Attack) => "ordered against it".to_owned(),
            Some(cause) if cause == super::NEVER_SHOWN => format!("{} (never shown in development)", cause.word()),
            Some(cause) => cause.word().to_owned(),
            None => "none that brought half of it".to_owned(),
        };
        let mut row = vec![name, count(own.len())];
        row.extend(columns.iter().map(|&cause| count(to(cause))));
        let is_cause = truth.is_some();
        let hits = truth.map_or(0, |truth| own.iter().filter(|answer| is_right(truth, answer.best)).count());
        right += hits;
        known += if is_cause { own.len() } else { 0 };
        row.extend(if is_cause { [rate(hits, own.len()), "≥ .85".to_owned()] } else { ["–".to_owned(), "–".to_owned()] });
        table.push(row);
    }
    let mut row = vec!["all with a known cause".to_owned(), count(known)];
    row.extend(columns.iter().map(|_| String::new()));
    row.extend([rate(right, known), "≥ .85".to_owned()]);
    table.push(row);
    table
}

/// How often the favoured cause is right, by how much it is favoured.
fn told_apart(all: &[Answer]) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "How often the favoured cause is the true one, by its odds over the next (gains with a known cause)",
        &["odds", "anomalies", "right"],
    );
    let bounds = [
        (1.0, TOLD_APART, "told as not apart (below 3.2 to 1)"),
        (TOLD_APART, 10.0, "3.2 to 10"),
        (10.0, 100.0, "10 to 100"),
        (100.0, f64::INFINITY, "above 100"),
    ];
    for (low, high, name) in bounds {
        let own: Vec<(Cause, &Answer)> = all
            .iter()
            .filter(|answer| answer.is_gain && answer.lead >= low && answer.lead < high)
            .filter_map(|answer| Some((answer.truth?, answer)))
            .collect();
        let right = own.iter().filter(|(truth, answer)| is_right(*truth, answer.best)).count();
        table.push([name.to_owned(), count(own.len()), rate(right, own.len())]);
    }
    table
}

fn warnings(worlds: &[WorldSummary]) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "Creators with a warning from growth, all data in hand",
        &[
            "world",
            "untouched creators",
            "warned",
            "share",
            "to meet",
            "creators with ordered followers",
            "warned of them",
            "share of them",
        ],
    );
    let mut names: Vec<&str> = worlds.iter().map(|world| world.name.as_str()).collect();
    names.dedup();
    for name in names {
        let sum = |read: fn(&WorldSummary) -> usize| worlds.iter().filter(|world| world.name == name).map(read).sum::<usize>();
        let (untouched, alarms) = (sum(|world| world.untouched_count), sum(|world| world.untouched_warned));
        let (inflated, found) = (sum(|world| world.inflated_count), sum(|world| world.inflated_warned));
        table.push([
            name.to_owned(),
            count(untouched),
            count(alarms),
            rate(alarms, untouched),
            "≤ .03".to_owned(),
            count(inflated),
            count(found),
            rate(found, inflated),
        ]);
    }
    table
}
