//! A simulated export in memory, alone or with what is true of it.

use crate::domain::{Dataset, DatasetBuilder, Manifest};
use crate::error::Result;
use crate::simulation::{CreatorTruth, Scenario, TruthSink, simulate_with_truth};
use std::collections::HashMap;

/// Simulates a scenario into a dataset, labels included.
///
/// # Errors
/// Those of [`simulate`](crate::simulation::simulate).
///
/// # Cost
/// The whole export in memory.
pub fn simulated_dataset(scenario: &Scenario, seed: u64) -> Result<Dataset> {
    simulated_with_truth(scenario, seed, &mut |_| Ok(()))
}

/// The same, with what is true of each creator by its id.
pub(super) fn simulated_with_creators(scenario: &Scenario, seed: u64) -> Result<(Dataset, HashMap<String, CreatorTruth>)> {
    let mut creators = HashMap::new();
    let dataset = simulated_with_truth(scenario, seed, &mut |part| {
        creators.extend(part.creators.into_iter().map(|creator| (creator.creator_id.clone(), creator)));
        Ok(())
    })?;
    Ok((dataset, creators))
}

/// The same, with the whole truth handed over in parts.
pub(super) fn simulated_with_truth(scenario: &Scenario, seed: u64, truth_sink: TruthSink<'_>) -> Result<Dataset> {
    let mut builder = DatasetBuilder::new(Manifest::default());
    let mut take = |table, batch| {
        builder.push(table, &batch);
        Ok(())
    };
    let manifest = simulate_with_truth(scenario, seed, &mut take, truth_sink)?;
    let mut dataset = builder.finish();
    dataset.manifest = manifest;
    Ok(dataset)
}
