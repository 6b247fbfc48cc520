//! How credible the simulated organic world is: the same quantities of real data and of the simulation, side by side.
//!
//! What the simulation has by design (how many creators, how large) is not compared, only how things hang together.
//! Nothing here speaks of detectors.

mod account_features;
mod burstiness;
mod comparison;
mod daily;
mod degrees;
mod engagement;
mod forest;
mod gaps;
mod line;
mod plot;
mod profiles;
mod series_features;
mod simulated;
mod tell_apart;
mod two_sample_test;

pub use plot::{Axis, Curve, HeatBand, HeatMap, Plot};
pub use simulated::SimulatedWorld;

use super::settings::ACCURACY_LEVEL;
use super::{EvaluationReport, EvaluationTable};
use crate::error::Result;
use crate::statistics::Bootstrap;
use crate::tables::reference::ReferenceWorld;

/// How much work the comparison puts into its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldSettings {
    /// Every draw follows from it, the simulation's too.
    pub seed: u64,
    /// Resamples behind each interval.
    pub n_bootstrap: u32,
    /// Trees of a forest that tells simulated from real.
    pub n_trees: u32,
    /// Simulated accounts whose profiles are compared.
    pub n_accounts: usize,
}

impl WorldSettings {
    /// A quick look, with coarser intervals.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_bootstrap: 50, n_trees: 30, n_accounts: 1_500 }
    }

    /// What is printed.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_bootstrap: 500, n_trees: 200, n_accounts: 4_000 }
    }

    fn bootstrap(&self) -> Bootstrap {
        Bootstrap { replicates: self.n_bootstrap, level: ACCURACY_LEVEL, seed: self.seed }
    }
}

/// The comparison, in words and in pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldReport {
    /// Tables and notes.
    pub evaluation: EvaluationReport,
    /// Plots of the same quantities.
    pub plots: Vec<Plot>,
}

/// What one comparison gives: tables, plots, and what could not be compared.
#[derive(Debug, Default)]
struct Part {
    tables: Vec<EvaluationTable>,
    plots: Vec<Plot>,
    not_compared: Vec<String>,
}

/// Compares a simulated world with real data.
///
/// # Missing
/// A comparison whose real side is not there, or whose simulated side is too small, is named in the notes
/// (`Not compared: …`), never made up.
///
/// # Errors
/// Those of a fit.
///
/// # Cost
/// Some ten seconds with the published settings; most of it are forests.
pub fn evaluate_world(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Result<WorldReport> {
    let parts = [
        tell_apart::compare(real, simulated, settings)?,
        profiles::compare(real, simulated, settings),
        engagement::compare(real, simulated, settings),
        degrees::compare(real, simulated, settings),
        daily::compare(real, simulated, settings),
        gaps::compare(real, simulated, settings),
    ];
    let (mut tables, mut plots, mut not_compared) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        tables.extend(part.tables);
        plots.extend(part.plots);
        not_compared.extend(part.not_compared);
    }
    let mut notes = vec![
        format!(
            "{}. Seed {}; {} resamples behind each 95 % interval. The same data, scenario and seed give the same figures.",
            simulated.summary(),
            settings.seed,
            settings.n_bootstrap
        ),
        "KS D: greatest difference between the two distribution functions, 0 to 1; Wasserstein: area between them, in the unit of \
         the row. Real sets differ among themselves too: the same distances between them are the yardstick."
            .to_owned(),
    ];
    notes.push(
        "Profiles, posts and hours of the simulation were fitted to aggregates of the very sets that they stand beside here, and \
         nothing was set aside; higgs_twitter, rsc_reddit and vk_market are other platforms and other acts."
            .to_owned(),
    );
    notes.extend(not_compared.into_iter().map(|what| format!("Not compared: {what}.")));
    notes.extend(real.absent.iter().map(|what| format!("Not compared: {what} is not in the data folder.")));
    let title = "The simulated organic world beside real data".to_owned();
    Ok(WorldReport { evaluation: EvaluationReport { title, tables, notes }, plots })
}
