//! Orders put into simulated histories, and what is called in the same histories without them.

use super::{GrowthEvaluation, rate};
use crate::benchmark::EvaluationTable;
use crate::benchmark::simulated_dataset::simulated_dataset;
use crate::domain::{DAY_MS, Dataset, Severity, Tier};
use crate::error::Result;
use crate::scoring::{growth_causes, growth_severity, history_evidence};
use crate::simulation::{Granularity, Scenario};
use crate::timing::causes::CauseLikelihoods;
use crate::timing::growth::{FollowerHistory, GrowthSettings, HistoryReading, find_growth_anomalies};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// An order as a share of the followers, and the days that it takes.
#[derive(Debug, Clone, Copy)]
struct Order {
    share: f64,
    days: f64,
}

/// Of what was ordered, gone at last, and days until half of that is gone.
const DROP_OFF: (f64, f64) = (0.1, 14.0);
/// Scenarios whose histories hold no orders: their names end so.
const WITHOUT_ORDERS: [&str; 2] = ["-clean", "-clean_viral"];

/// One creator's readings.
type Readings = Vec<HistoryReading>;

/// Who calls a history: ours, growth of 25 % in 30 days, a gain of three standard deviations.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    Ours,
    QuarterInAMonth,
    ThreeDeviations,
}

const RULES: [(Rule, &str); 3] = [
    (Rule::Ours, "ours"),
    (Rule::QuarterInAMonth, "25 % in a month"),
    (Rule::ThreeDeviations, "gain beyond 3 standard deviations"),
];

/// Windows called in a history, in UTC milliseconds.
fn called(rule: Rule, history: &FollowerHistory, likelihoods: &CauseLikelihoods) -> Vec<(i64, i64)> {
    match rule {
        Rule::Ours => find_growth_anomalies(history, &GrowthSettings::default())
            .iter()
            .filter(|anomaly| {
                let evidence = history_evidence(anomaly);
                let odds = likelihoods.weigh(&evidence, growth_causes(anomaly.is_gain()));
                growth_severity(anomaly, &evidence, &odds) == Severity::Warning
            })
            .map(|anomaly| (anomaly.from_ms, anomaly.to_ms))
            .collect(),
        Rule::QuarterInAMonth => {
            let month = |reading: &HistoryReading| {
                let before = history.followers_at(reading.at_ms - 30 * DAY_MS)?;
                (reading.followers as f64 > 1.25 * before).then_some((reading.at_ms - 30 * DAY_MS, reading.at_ms))
            };
            history.readings.iter().filter_map(month).collect()
        }
        Rule::ThreeDeviations => {
            let gains: Vec<f64> = history.intervals().map(|interval| interval.change as f64).collect();
            let mean = crate::statistics::mean(&gains).unwrap_or(0.0);
            let deviation = crate::statistics::standard_deviation(&gains).unwrap_or(f64::INFINITY);
            let is_far = |change: i64| change as f64 > mean + 3.0 * deviation;
            history.intervals().filter(|one| is_far(one.change)).map(|one| (one.from_ms, one.to_ms)).collect()
        }
    }
}

/// A history with an order from `at_ms` on.
fn spliced(readings: &Readings, order: Order, at_ms: i64) -> Readings {
    let followers = FollowerHistory::check(readings, None).followers_at(at_ms).unwrap_or(0.0);
    let size = order.share * followers;
    let added = |reading: &HistoryReading| {
        let days = (reading.at_ms - at_ms) as f64 / DAY_MS as f64;
        let came = size * (days / order.days).clamp(0.0, 1.0);
        let gone = DROP_OFF.0 * (1.0 - 0.5_f64.powf((days - order.days).max(0.0) / DROP_OFF.1));
        (came * (1.0 - gone)).round() as u64
    };
    readings.iter().map(|reading| HistoryReading { followers: reading.followers + added(reading), ..*reading }).collect()
}

/// As platforms show counts: three digits from ten thousand on.
fn shown(readings: Readings) -> Readings {
    let cut = |count: u64| {
        let unit = 10_u64.pow((count.max(1).ilog10() + 1).saturating_sub(3));
        if count < 10_000 { count } else { count / unit * unit }
    };
    readings.into_iter().map(|reading| HistoryReading { followers: cut(reading.followers), ..reading }).collect()
}

/// Every other, every seventh … reading from the end.
fn every(readings: &Readings, nth: usize) -> Readings {
    let mut kept: Readings = readings.iter().rev().step_by(nth).copied().collect();
    kept.reverse();
    kept
}

fn histories(dataset: &Dataset) -> Vec<Readings> {
    let mut by_creator: BTreeMap<u32, Readings> = BTreeMap::new();
    for point in &dataset.history {
        let reading = HistoryReading { at_ms: point.at.ms(), followers: point.followers, following: None, posts: None };
        by_creator.entry(point.creator.0).or_default().push(reading);
    }
    by_creator.into_values().collect()
}

/// How histories are seen, and what is known of causes.
struct Sight<'a> {
    see: &'a (dyn Fn(Readings) -> Readings + Sync),
    likelihoods: &'a CauseLikelihoods,
}

/// One history with an order in it or without: which rules call it, and at the right time.
struct Trial {
    tier: Tier,
    found: Vec<bool>,
}

fn trials(histories: &[Readings], order: Order, seed: u64, sight: &Sight<'_>) -> Vec<Trial> {
    let trial = |(place, readings): (usize, &Readings)| {
        let (first, last) = (readings.first()?.at_ms, readings.last()?.at_ms);
        if last - first < 120 * DAY_MS {
            return None;
        }
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ place as u64);
        let at_ms = rng.random_range(first + 30 * DAY_MS..last - 30 * DAY_MS);
        let history = FollowerHistory::check(&(sight.see)(spliced(readings, order, at_ms)), None);
        let end_ms = at_ms + (order.days * DAY_MS as f64) as i64;
        let is_found = |(rule, _): &(Rule, &str)| {
            called(*rule, &history, sight.likelihoods).iter().any(|&(from, to)| from < end_ms && at_ms < to)
        };
        let tier = Tier::of(history.followers_at(at_ms)? as u64);
        Some(Trial { tier, found: RULES.iter().map(is_found).collect() })
    };
    histories.par_iter().enumerate().filter_map(trial).collect()
}

/// Recall by strength, by spacing, size and rounding, and alarms.
pub(super) fn tables(
    scenarios: &[Scenario],
    likelihoods: &CauseLikelihoods,
    settings: &GrowthEvaluation,
) -> Result<Vec<EvaluationTable>> {
    let mut worlds: Vec<(String, Vec<Readings>)> = Vec::new();
    for scenario in scenarios.iter().filter(|scenario| WITHOUT_ORDERS.iter().any(|end| scenario.name.ends_with(end))) {
        let mut hourly = scenario.clone();
        hourly.sampling.history_granularity = Granularity::Hourly;
        hourly.sampling.follows_per_creator = 1;
        hourly.sampling.likers_per_post = 0;
        hourly.sampling.comments_per_post = 0;
        hourly.organic.followers_max = 3_000_000;
        let hourly = hourly.resized(Some(settings.size.0.min(200)), Some(settings.size.1))?;
        let mut all = Vec::new();
        for seed in settings.seeds() {
            all.extend(histories(&simulated_dataset(&hourly, seed)?));
        }
        worlds.push((scenario.name.clone(), all));
    }
    let Some((_, clean)) = worlds.first() else { return Ok(Vec::new()) };
    let spacings: [(&str, usize); 3] = [("hourly", 1), ("daily", 24), ("weekly", 168)];
    Ok(vec![
        by_strength(clean, likelihoods, settings.seed),
        by_spacing(clean, likelihoods, settings.seed, &spacings),
        alarms(&worlds, likelihoods, &spacings),
    ])
}

fn by_strength(clean: &[Readings], likelihoods: &CauseLikelihoods, seed: u64) -> EvaluationTable {
    let mut heads = vec!["order", "days", "histories"];
    heads.extend(RULES.iter().map(|(_, name)| *name));
    let mut table = EvaluationTable::new(
        "Orders put into simulated daily histories without orders (ours: called as a warning where nothing but the history is known): share found, by strength; 10 % of each drop off",
        &heads,
    );
    for days in [1.0, 7.0, 30.0] {
        for share in [0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.3] {
            let all = trials(clean, Order { share, days }, seed, &Sight { see: &|readings| every(&readings, 24), likelihoods });
            let mut row = vec![format!("+{:.0} %", 100.0 * share), format!("{days:.0}"), all.len().to_string()];
            row.extend((0..RULES.len()).map(|rule| rate(all.iter().filter(|trial| trial.found[rule]).count(), all.len())));
            table.push(row);
        }
    }
    table
}

fn by_spacing(clean: &[Readings], likelihoods: &CauseLikelihoods, seed: u64, spacings: &[(&str, usize)]) -> EvaluationTable {
    let mut heads = vec!["readings", "counts", "size", "histories"];
    heads.extend(RULES.iter().map(|(_, name)| *name));
    heads.push("to meet (ours)");
    let mut table = EvaluationTable::new(
        "Orders of 8 % within a week, by spacing of the readings, rounding of the counts and size of the creator",
        &heads,
    );
    for &(spacing, nth) in spacings {
        for is_rounded in [false, true] {
            let see = |readings: Readings| {
                let kept = every(&readings, nth);
                if is_rounded { shown(kept) } else { kept }
            };
            let all = trials(clean, Order { share: 0.08, days: 7.0 }, seed, &Sight { see: &see, likelihoods });
            let tiers = [None, Some(Tier::Nano), Some(Tier::Micro), Some(Tier::Mid), Some(Tier::Macro), Some(Tier::Mega)];
            for tier in tiers {
                let own: Vec<&Trial> = all.iter().filter(|trial| tier.is_none_or(|tier| trial.tier == tier)).collect();
                if own.is_empty() {
                    continue;
                }
                let mut row = vec![
                    spacing.to_owned(),
                    if is_rounded { "three digits" } else { "exact" }.to_owned(),
                    tier.map_or("all", |tier| tier.word()).to_owned(),
                    own.len().to_string(),
                ];
                row.extend((0..RULES.len()).map(|rule| rate(own.iter().filter(|trial| trial.found[rule]).count(), own.len())));
                row.push("≥ .85".to_owned());
                table.push(row);
            }
        }
    }
    table
}

fn alarms(worlds: &[(String, Vec<Readings>)], likelihoods: &CauseLikelihoods, spacings: &[(&str, usize)]) -> EvaluationTable {
    let mut heads = vec!["world", "readings", "histories"];
    heads.extend(RULES.iter().map(|(_, name)| *name));
    heads.push("to meet (ours)");
    let mut table = EvaluationTable::new(
        "Creators called where nobody ordered anything, from the history of a year alone. Weekly readings cannot tell an order within a week from a burst of hours: only large gains are called there. In clean_viral three creators in five have a viral post, a giveaway, a mention or \
         press, which a history alone cannot tell from an order: what the other data make of them stands in the table of warnings",
        &heads,
    );
    for (name, histories) in worlds {
        for &(spacing, nth) in spacings {
            let called_by = |rule: Rule| {
                histories
                    .par_iter()
                    .filter(|readings| {
                        !called(rule, &FollowerHistory::check(&every(readings, nth), None), likelihoods).is_empty()
                    })
                    .count()
            };
            let mut row = vec![name.clone(), spacing.to_owned(), histories.len().to_string()];
            row.extend(RULES.iter().map(|(rule, _)| rate(called_by(*rule), histories.len())));
            row.push(if name.ends_with("-clean") { "≤ .03" } else { "–" }.to_owned());
            table.push(row);
        }
    }
    table
}
