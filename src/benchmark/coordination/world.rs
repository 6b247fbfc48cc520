//! Simulated worlds, drawn when they are needed: one export in memory at a time.

use super::Background;
use crate::benchmark::simulated_dataset;
use crate::error::Result;
use crate::simulation::Scenario;

/// A scenario under the name that tables print.
#[derive(Debug, Clone)]
pub struct World {
    /// What it is.
    pub name: String,
    /// How it is made.
    pub scenario: Scenario,
}

impl World {
    /// The follows of one draw.
    pub(super) fn draw(&self, seed: u64) -> Result<Background> {
        Background::of_follows(self.name.clone(), &simulated_dataset(&self.scenario, seed)?)
    }
}
