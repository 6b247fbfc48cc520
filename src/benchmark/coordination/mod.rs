//! Coordination, measured: deliveries put into real and simulated backgrounds, alarms where there are none, simulated markets.

mod alarms;
mod background;
mod called_to_posts;
mod delivery;
mod evaluation;
mod evidence;
mod fake_stars;
mod gathering;
mod group_features;
mod innocents;
mod markets;
mod named_deliveries;
mod on_posts;
mod phase_diagram;
mod posts;
mod trial;
mod untimed;
mod verdicts;
mod world;

pub use background::Background;
pub use delivery::{Begins, Camouflage, Delivery};
pub use evaluation::{CoordinationEvaluation, CoordinationPart};
pub use gathering::Gathering;
pub use world::World;

use super::settings::ACCURACY_LEVEL;
use crate::graph::EdgeTime;
use crate::statistics::Bootstrap;
use crate::tables::reference::{Interaction, Like};

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
    /// Draws of each world with dense lists.
    pub n_worlds: u64,
    /// Resamples behind each interval.
    pub n_bootstrap: u32,
    /// A few cells of the phase diagram only.
    pub is_quick: bool,
    /// Whether other rules of group evidence are measured beside the shipped one: for choosing on the worlds for it.
    pub is_choosing: bool,
}

impl CoordinationSettings {
    /// A quick look.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_repeats: 3, n_worlds: 3, n_bootstrap: 50, is_quick: true, is_choosing: false }
    }

    /// What is printed.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_repeats: 5, n_worlds: 5, n_bootstrap: 500, is_quick: false, is_choosing: false }
    }

    fn bootstrap(&self) -> Bootstrap {
        Bootstrap { replicates: self.n_bootstrap, level: ACCURACY_LEVEL, seed: self.seed }
    }
}

/// What coordination is measured on.
#[derive(Debug, Clone, Default)]
pub struct CoordinationData {
    /// Simulated worlds in which nobody ordered anything.
    pub untouched: Vec<World>,
    /// The same with dense lists of followers.
    pub dense: Vec<World>,
    /// Simulated worlds without orders with much of what accounts do on posts.
    pub engaged: Vec<World>,
    /// Simulated worlds into which occasions are planted.
    pub occasions: Vec<World>,
    /// Simulated worlds in which it is mapped what is found and what not; smaller, since every cell is a search.
    pub mapped: Vec<World>,
    /// Simulated worlds with orders.
    pub markets: Vec<World>,
    /// Real actions of a week, not known to be free of orders.
    pub week: Option<Vec<Interaction>>,
    /// Real timed fake stars.
    pub stars: Option<Vec<Interaction>>,
    /// Real likes without times.
    pub likes: Option<Vec<Like>>,
}
