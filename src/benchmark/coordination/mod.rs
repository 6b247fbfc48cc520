//! Coordination, measured: deliveries put into real and simulated backgrounds, alarms where there are none, simulated markets.

mod alarms;
mod background;
mod delivery;
mod fake_stars;
mod markets;
mod named_deliveries;
mod phase_diagram;
mod trial;

pub use background::Background;
pub use delivery::{Camouflage, Delivery};
pub use markets::Market;

use super::settings::ACCURACY_LEVEL;
use super::world::Plot;
use super::{EvaluationReport, EvaluationTable};
use crate::error::Result;
use crate::graph::EdgeTime;
use crate::statistics::Bootstrap;
use crate::tables::reference::Interaction;

/// One action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub row: u32,
    pub column: u32,
    pub at: EdgeTime,
}

/// How much work the evaluation puts into its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoordinationSettings {
    /// Every draw follows from it.
    pub seed: u64,
    /// Draws of each delivery that has a bar.
    pub n_repeats: u32,
    /// Resamples behind each interval.
    pub n_bootstrap: u32,
    /// A few cells of the phase diagram only.
    pub is_quick: bool,
}

impl CoordinationSettings {
    /// A quick look.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_repeats: 3, n_bootstrap: 50, is_quick: true }
    }

    /// What is printed.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_repeats: 20, n_bootstrap: 500, is_quick: false }
    }

    fn bootstrap(&self) -> Bootstrap {
        Bootstrap { replicates: self.n_bootstrap, level: ACCURACY_LEVEL, seed: self.seed }
    }
}

/// What coordination is measured on.
#[derive(Debug, Clone, Default)]
pub struct CoordinationData {
    /// Graphs in which nobody is known to have ordered anything.
    pub backgrounds: Vec<Background>,
    /// Timed fake stars.
    pub stars: Vec<Interaction>,
    /// Simulated markets.
    pub markets: Vec<Market>,
}

/// Measures how well lockstep groups are found and how often they are called where there are none.
///
/// # Errors
/// Those of building a graph.
///
/// # Cost
/// Some ten minutes with the published settings on two cores.
pub fn evaluate_coordination(data: &CoordinationData, settings: &CoordinationSettings) -> Result<(EvaluationReport, Vec<Plot>)> {
    let backgrounds = &data.backgrounds;
    let mut tables: Vec<EvaluationTable> = vec![
        named_deliveries::named_deliveries(backgrounds, settings)?,
        alarms::alarms(backgrounds)?,
        markets::markets(&data.markets)?,
    ];
    if !data.stars.is_empty() {
        tables.push(fake_stars::fake_stars(backgrounds, &data.stars, settings)?);
    }
    let (diagram, plots) = phase_diagram::phase_diagram(backgrounds, settings)?;
    tables.extend(diagram);
    let notes = vec![
        format!("Seed {}. The same data, scenarios and seed give the same figures.", settings.seed),
        "An edge is called if its account is a member of a group and it is one of the member's actions in the group's bursts. Precision leaves out what is \
         called in the untouched background too: that stands in the table of alarms, and whether it is wrong is not known for higgs_twitter, a real \
         week of retweets, mentions and replies."
            .to_owned(),
        "Everything but higgs_twitter and starscout is simulated; the settings of the detector were not chosen on these scenarios.".to_owned(),
    ];
    let title = "Coordinated follows, found and not found".to_owned();
    Ok((EvaluationReport { title, tables, notes }, plots))
}
