//! What changed between two runs, and what can be the reason.

use super::number;
use super::run_manifest::{InputStamp, RunManifest};
use super::terminal::{self, Align};
use crate::report::neutral::visible;
use crate::scoring::Estimate;
use crate::selection::RunCreator;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A number before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// In the first run.
    pub before: f64,
    /// In the second.
    pub after: f64,
    /// Whether the 90 % intervals of both lie apart; what lies within them may be chance.
    pub is_beyond_intervals: bool,
}

/// What changed of one creator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreatorChange {
    /// Id in both runs.
    pub creator_id: String,
    /// Handle, in the second run where it has one.
    pub handle: Option<String>,
    /// Verdicts before and after, where they differ.
    pub verdict: Option<[&'static str; 2]>,
    /// Score, where it differs.
    pub score: Option<Change>,
    /// Fake share of the audience, where it differs.
    pub audience_fake_share: Option<Change>,
    /// Probability of inflation, where it differs.
    pub p_fake: Option<[Option<f64>; 2]>,
    /// Followers, where they differ.
    pub followers: Option<[Option<f64>; 2]>,
    /// Measured profiles, where they differ.
    pub audience_sample_count: Option<[Option<u64>; 2]>,
}

/// What changed between two runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunComparison {
    /// What both runs were made of that differs, in plain sentences: any of it can be a reason for what changed.
    pub reasons: Vec<String>,
    /// Creators in both runs.
    pub compared_count: usize,
    /// Creators of which nothing changed.
    pub unchanged_count: usize,
    /// Those of which something changed: verdicts first, then scores beyond their intervals, then the largest change of the score.
    pub changed: Vec<CreatorChange>,
    /// Only in the second run.
    pub added: Vec<String>,
    /// Only in the first run.
    pub removed: Vec<String>,
}

impl RunComparison {
    /// Compares two runs by the ids of their creators.
    pub fn between(before: (&RunManifest, &[RunCreator]), after: (&RunManifest, &[RunCreator])) -> Self {
        let by_id = |creators: &'_ [RunCreator]| {
            creators.iter().map(|creator| (creator.id.clone(), creator.clone())).collect::<BTreeMap<_, _>>()
        };
        let (first, second) = (by_id(before.1), by_id(after.1));
        let both: Vec<(&RunCreator, &RunCreator)> =
            first.iter().filter_map(|(id, creator)| Some((creator, second.get(id)?))).collect();
        let mut changed: Vec<CreatorChange> = both.iter().filter_map(|(a, b)| change(a, b)).collect();
        let weight = |change: &CreatorChange| {
            let score = change.score.map_or(0.0, |score| (score.after - score.before).abs());
            (change.verdict.is_some(), change.score.is_some_and(|score| score.is_beyond_intervals), score)
        };
        changed.sort_by(|a, b| {
            let (x, y) = (weight(a), weight(b));
            y.0.cmp(&x.0).then(y.1.cmp(&x.1)).then(y.2.total_cmp(&x.2)).then_with(|| a.creator_id.cmp(&b.creator_id))
        });
        let only = |these: &BTreeMap<String, RunCreator>, those: &BTreeMap<String, RunCreator>| {
            these.keys().filter(|id| !those.contains_key(*id)).cloned().collect()
        };
        Self {
            reasons: reasons(before.0, after.0),
            compared_count: both.len(),
            unchanged_count: both.len() - changed.len(),
            changed,
            added: only(&second, &first),
            removed: only(&first, &second),
        }
    }

    /// As plain text, at most `max_rows` creators.
    pub fn render_text(&self, width: u16, max_rows: usize) -> String {
        let mut text = String::new();
        for reason in &self.reasons {
            let _ = writeln!(text, "{}", terminal::paragraph(&format!("* {}", visible(reason, 600)), width));
        }
        if self.reasons.is_empty() {
            text.push_str("Both runs were made of the same files, by the same version, model and settings.\n");
        }
        let heads = [
            ("creator", Align::Left),
            ("verdict", Align::Left),
            ("score", Align::Right),
            ("fake share", Align::Right),
            ("followers", Align::Right),
            ("n", Align::Right),
        ];
        let rows: Vec<Vec<String>> = self.changed.iter().take(max_rows).map(CreatorChange::cells).collect();
        if !rows.is_empty() {
            let _ = writeln!(text, "\n{}", terminal::table(&heads, &rows, u16::MAX));
        }
        if self.changed.len() > max_rows {
            let _ = writeln!(text, " … and {} more", number::count((self.changed.len() - max_rows) as u64));
        }
        let beyond = self.changed.iter().filter(|change| change.score.is_some_and(|score| score.is_beyond_intervals)).count();
        let verdicts = self.changed.iter().filter(|change| change.verdict.is_some()).count();
        let count = |n: usize| number::count(n as u64);
        let sentence = format!(
            "{} in both runs: {} with another verdict, {} with a score beyond both 90 % intervals (marked *), {} with another number within them, {} unchanged. {} only in the second run, {} only in the first. n: profiles measured.",
            number::count_of(self.compared_count as u64, "creator"),
            count(verdicts),
            count(beyond),
            count(self.changed.len() - beyond),
            count(self.unchanged_count),
            count(self.added.len()),
            count(self.removed.len()),
        );
        let _ = writeln!(text, "\n{}", terminal::paragraph(&sentence, width));
        text
    }
}

impl CreatorChange {
    fn cells(&self) -> Vec<String> {
        let same = || "=".to_owned();
        let name = self.handle.as_deref().filter(|handle| !handle.trim().is_empty()).unwrap_or(&self.creator_id);
        let star = |change: Change| if change.is_beyond_intervals { "*" } else { "" };
        let counts = |pair: Option<[Option<f64>; 2]>| {
            let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| number::count(value.max(0.0) as u64));
            pair.map_or_else(same, |[before, after]| format!("{} → {}", shown(before), shown(after)))
        };
        vec![
            visible(name, 24),
            self.verdict.map_or_else(same, |[before, after]| format!("{before} → {after}")),
            self.score.map_or_else(same, |score| format!("{:.1} → {:.1}{}", score.before, score.after, star(score))),
            self.audience_fake_share.map_or_else(same, |share| {
                format!("{} → {}{}", number::percent(share.before), number::percent(share.after), star(share))
            }),
            counts(self.followers),
            counts(self.audience_sample_count.map(|pair| pair.map(|count| count.map(|count| count as f64)))),
        ]
    }
}

fn change(before: &RunCreator, after: &RunCreator) -> Option<CreatorChange> {
    let estimate = |of: fn(&RunCreator) -> Option<Estimate>| {
        let (a, b) = (of(before)?, of(after)?);
        let are_apart = a.interval.high() < b.interval.low() || b.interval.high() < a.interval.low();
        (a != b).then_some(Change { before: a.value, after: b.value, is_beyond_intervals: are_apart })
    };
    let pair = |of: fn(&RunCreator) -> Option<f64>| (of(before) != of(after)).then(|| [of(before), of(after)]);
    let counts = [before.audience_sample_count, after.audience_sample_count];
    let change = CreatorChange {
        creator_id: after.id.clone(),
        handle: after.handle.clone().or_else(|| before.handle.clone()),
        verdict: (before.verdict != after.verdict).then(|| [before.verdict.word(), after.verdict.word()]),
        score: estimate(|creator| creator.score),
        audience_fake_share: estimate(|creator| creator.audience_fake),
        p_fake: pair(|creator| creator.p_fake),
        followers: pair(|creator| creator.followers),
        audience_sample_count: (counts[0] != counts[1]).then_some(counts),
    };
    let is_none = change.verdict.is_none() && change.score.is_none() && change.audience_fake_share.is_none();
    let is_same = is_none && change.p_fake.is_none() && change.followers.is_none() && change.audience_sample_count.is_none();
    (!is_same).then_some(change)
}

/// Everything that the runs were made of and that differs.
fn reasons(before: &RunManifest, after: &RunManifest) -> Vec<String> {
    let mut reasons = Vec::new();
    let sums = |run: &RunManifest| {
        run.inputs.iter().map(|input: &InputStamp| (input.path.clone(), input.sha256.clone())).collect::<BTreeMap<_, _>>()
    };
    let (first, second) = (sums(before), sums(after));
    let mut files: Vec<&String> =
        first.iter().filter(|(path, sum)| second.get(*path) != Some(sum)).map(|(path, _)| path).collect();
    files.extend(second.keys().filter(|path| !first.contains_key(*path)));
    files.sort_unstable();
    if !files.is_empty() {
        let names: Vec<&str> = files.iter().map(|path| path.as_str()).collect();
        reasons.push(format!("New data: {} differ.", names.join(", ")));
    }
    if before.captured_at != after.captured_at {
        let day =
            |at: &Option<String>| at.as_deref().map_or_else(|| "an unknown day".to_owned(), |at| at.chars().take(10).collect());
        reasons.push(format!(
            "The data describe {} in the first run and {} in the second.",
            day(&before.captured_at),
            day(&after.captured_at)
        ));
    }
    let models = changed_models(before, after);
    reasons.extend(models.iter().cloned());
    if before.tool_version != after.tool_version {
        reasons.push(format!("Another version of bonafide: {} became {}.", before.tool_version, after.tool_version));
    }
    if (before.settings.seed, before.settings.max_rejected_percent) != (after.settings.seed, after.settings.max_rejected_percent)
    {
        reasons.push("Other settings: seed or the rejected rows allowed.".to_owned());
    }
    if !files.is_empty() && (!models.is_empty() || before.tool_version != after.tool_version) {
        reasons.push("Data and model or version changed together: which of them moved a number cannot be told. Score the old data anew to tell them apart.".to_owned());
    }
    reasons
}

/// A sentence for each model that is another.
fn changed_models(before: &RunManifest, after: &RunManifest) -> Vec<String> {
    let of = |run: &'_ RunManifest| -> BTreeMap<String, String> {
        [&run.model].into_iter().chain(&run.further_models).map(|model| (model.name.clone(), model.sha256.clone())).collect()
    };
    let (first, second) = (of(before), of(after));
    let names: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let shown = |sum: Option<&String>| sum.map_or_else(|| "none".to_owned(), |sum| short(sum));
    let sentence =
        |name: &String| format!("Another {name} model: {} became {}.", shown(first.get(name)), shown(second.get(name)));
    names.into_iter().filter(|name| first.get(*name) != second.get(*name)).map(sentence).collect()
}

fn short(sum: &str) -> String {
    sum.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Interval, Verdict};
    use crate::report::run_manifest::ModelStamp;
    use crate::report::run_manifest::tests::manifest;
    use crate::selection::tests::creator;

    fn scored(id: &str, value: f64, half: f64) -> RunCreator {
        let interval = Interval::new(value - half, value + half).unwrap();
        RunCreator { score: Some(Estimate { value, interval }), ..creator(id, 10.0) }
    }

    fn between(before: &[RunCreator], after: &[RunCreator]) -> RunComparison {
        RunComparison::between((&manifest(), before), (&manifest(), after))
    }

    #[test]
    fn another_verdict_comes_first_then_what_lies_beyond_intervals_then_the_largest_change() {
        let before = ["a", "b", "c", "d"].map(|id| scored(id, 80.0, 5.0));
        let mut judged = before[0].clone();
        judged.verdict = Verdict::Fail;
        // 80 ± 5 and 69 ± 5 lie apart, 72 ± 5 does not; d stays as it is.
        let after = [judged, scored("b", 72.0, 5.0), scored("c", 69.0, 5.0), before[3].clone()];
        let found = between(&before, &after);
        let order: Vec<&str> = found.changed.iter().map(|change| change.creator_id.as_str()).collect();
        assert_eq!(order, ["a", "c", "b"]);
        assert_eq!((found.compared_count, found.unchanged_count), (4, 1));
        assert_eq!(found.changed[0].verdict, Some(["review", "fail"]));
        assert!(found.changed[1].score.unwrap().is_beyond_intervals && !found.changed[2].score.unwrap().is_beyond_intervals);
        let text = found.render_text(100, 9);
        assert!(text.contains("80.0 → 69.0*") && text.contains("80.0 → 72.0 ") && text.contains("review → fail"), "{text}");
        assert!(text.contains("1 with another verdict, 1 with a score beyond both 90 % intervals"), "{text}");
    }

    #[test]
    fn who_is_in_one_run_only_is_named_and_what_becomes_missing_is_no_change_of_the_score() {
        let lost = RunCreator { score: None, p_fake: None, ..scored("a", 80.0, 5.0) };
        let found = between(&[scored("a", 80.0, 5.0), scored("x", 1.0, 1.0)], &[lost, scored("y", 1.0, 1.0)]);
        assert_eq!((found.removed, found.added), (vec!["x".to_owned()], vec!["y".to_owned()]));
        assert!(found.changed.is_empty());
    }

    #[test]
    fn every_model_that_is_another_is_a_reason() {
        let stamp = |name: &str, sha256: &str| ModelStamp { name: name.into(), format_version: 1, sha256: sha256.into() };
        let before = RunManifest { further_models: vec![stamp("creator", "one"), stamp("timing", "same")], ..manifest() };
        let after = RunManifest { further_models: vec![stamp("creator", "two"), stamp("timing", "same")], ..manifest() };
        let found = RunComparison::between((&before, &[]), (&after, &[]));
        assert_eq!(found.reasons, ["Another creator model: one became two."]);
        let none = RunComparison::between((&manifest(), &[]), (&manifest(), &[]));
        assert!(none.reasons.is_empty());
    }

    #[test]
    fn a_handle_cannot_steer_the_terminal() {
        let named = |value| RunCreator { handle: Some("\u{1b}[2Jx\u{202e}\n* forged".into()), ..scored("a", value, 1.0) };
        let text = between(&[named(80.0)], &[named(60.0)]).render_text(100, 9);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("\n* forged"), "{text}");
    }
}
