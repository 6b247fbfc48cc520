//! A simulated export in memory.

use crate::domain::{Dataset, DatasetBuilder, Manifest};
use crate::error::Result;
use crate::simulation::{Scenario, simulate};

/// Simulates a scenario into a dataset, labels included.
///
/// # Errors
/// Those of [`simulate`].
///
/// # Cost
/// The whole export in memory.
pub fn simulated_dataset(scenario: &Scenario, seed: u64) -> Result<Dataset> {
    let mut builder = DatasetBuilder::new(Manifest::default());
    let simulated = simulate(scenario, seed, &mut |table, batch| {
        builder.push(table, &batch);
        Ok(())
    })?;
    let mut dataset = builder.finish();
    dataset.manifest = simulated.manifest;
    Ok(dataset)
}
