//! Whole worlds, read as a dataset.

mod any_organic;
mod engagement;
mod follows;
mod histories;
mod sellers;

use super::{Scenario, Simulated, simulate};
use crate::domain::{Dataset, DatasetBuilder};

/// A world of so many creators and accounts without anything ordered; `more` follows in the scenario.
fn organic((creators, accounts): (u32, u32), more: &str) -> Scenario {
    let none = "inflated_share = 0.0\nattacked_share = 0.0\nlikes_share = 0.0";
    let text = format!("creators = {creators}\naccounts = {accounts}\nvendors = []\npools = []\n[orders]\n{none}\n{more}");
    Scenario::parse(&text).unwrap()
}

/// What an export of a scenario holds.
fn read(scenario: &Scenario, seed: u64) -> (Dataset, Simulated) {
    let mut rows = Vec::new();
    let simulated = simulate(scenario, seed, &mut |table, batch| {
        rows.push((table, batch));
        Ok(())
    })
    .unwrap();
    let mut builder = DatasetBuilder::new(simulated.manifest.clone());
    rows.iter().for_each(|(table, batch)| builder.push(*table, batch));
    (builder.finish(), simulated)
}
