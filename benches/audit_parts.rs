//! What looking for groups costs beside everything else that an audit does: the whole and its parts in turn, in one process on one simulated market.
//!
//! `cargo bench --bench audit_parts -- [CREATORS] [ACCOUNTS] [ROUNDS]`; the default is 500 100000 3. Prints medians over the rounds; a part's share is the median over rounds of
//! its processor time over the whole's of the same round.

#![allow(clippy::print_stdout, reason = "prints its figures")]

#[path = "parts/figures.rs"]
mod figures;

use bonafide::Result;
use bonafide::audit::{Audit, AuditSettings, audit, find_arrivals, find_comment_copies, find_groups};
use bonafide::domain::{CoordinatedGroup, Dataset, DatasetBuilder, Manifest};
use bonafide::model::AccountModel;
use bonafide::scoring::GroupFacts;
use bonafide::signals::Activities;
use bonafide::simulation::{Scenario, simulate};
use figures::Figures;
use std::hint::black_box;

/// Parts, the whole first.
const PARTS: [&str; 6] =
    ["audit", "lockstep and pods", "batches and bursts", "copied comments", "facts, all groups", "facts, group by group"];

/// Wall and processor seconds of each part in one round.
type Round = [(f64, f64); 6];

fn main() -> Result<()> {
    let numbers: Vec<u32> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let number = |place: usize, otherwise: u32| numbers.get(place).copied().unwrap_or(otherwise);
    let (n_creators, n_accounts, rounds) = (number(0, 500), number(1, 100_000), number(2, 3).max(1));
    let dataset = market(n_creators, n_accounts)?;
    let model = AccountModel::embedded()?;
    let measured = (0..rounds).map(|_| round(&dataset, &model)).collect::<Result<Vec<Round>>>()?;
    println!(
        "{} creators, {} accounts, {} follows, {} engagements; {rounds} rounds",
        dataset.creators.len(),
        dataset.n_accounts(),
        dataset.follows.follower.len(),
        dataset.engagements.actor.len()
    );
    println!("| part | wall, s | cpu, s | share of the audit's cpu |\n|---|--:|--:|--:|");
    for (place, part) in PARTS.iter().enumerate() {
        let median = |of: &dyn Fn(&Round) -> f64| middle(measured.iter().map(of).collect());
        let (wall, cpu, share) =
            (median(&|round| round[place].0), median(&|round| round[place].1), median(&|round| round[place].1 / round[0].1));
        println!("| {part} | {wall:.3} | {cpu:.3} | {share:.4} |");
    }
    Ok(())
}

fn market(n_creators: u32, n_accounts: u32) -> Result<Dataset> {
    let scenario = Scenario::parse(include_str!("../datasets/scenarios/tuning/mixed.toml"))?;
    let scenario = scenario.resized(Some(n_creators), Some(n_accounts))?;
    let mut builder = DatasetBuilder::new(Manifest::default());
    simulate(&scenario, 7, &mut |table, batch| {
        builder.push(table, &batch);
        Ok(())
    })?;
    Ok(builder.finish())
}

/// Measures the whole, then each part.
fn round(dataset: &Dataset, model: &AccountModel) -> Result<Round> {
    let mut figures = Figures::default();
    let audit = figures.timed(PARTS[0], || audit(dataset, model, &AuditSettings::default()))?;
    black_box(figures.timed(PARTS[1], || find_groups(dataset))?);
    black_box(figures.timed(PARTS[2], || find_arrivals(dataset)));
    let activities = Activities::gather(dataset);
    black_box(figures.timed(PARTS[3], || find_comment_copies(dataset, activities.comments())));
    let groups: Vec<&CoordinatedGroup> = audit.groups.iter().collect();
    let facts = |audit: &Audit, groups: &[&CoordinatedGroup]| {
        black_box(GroupFacts::measure(dataset, &audit.accounts, groups, model.suspicious_threshold()));
    };
    figures.timed(PARTS[4], || facts(&audit, &groups));
    figures.timed(PARTS[5], || groups.iter().for_each(|group| facts(&audit, &[*group])));
    let seconds = |name: String| figures.0.get(&name).and_then(serde_json::Value::as_f64).unwrap_or(f64::NAN);
    Ok(PARTS.map(|part| (seconds(format!("{part}_s")), seconds(format!("{part}_cpu_s")))))
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
