//! The set of creators that reaches most authentic people, each once, for a budget.

mod bound;
mod brief;
mod draws;
mod dual_bound;
mod fractional_knapsack;
mod gate;
mod input;
mod lazy_greedy;
mod listed_reach;
mod majorants;
mod offer;
mod optimise;
mod pool_fit;
mod pooled_reach;
mod prices;
mod reach_model;
mod run_creator;
mod search;
mod set_function;
mod shortlist;
mod simple_rules;
mod summed;

pub use bound::upper_bound;
pub use brief::{Brief, Objective};
pub use draws::{CHOICE_DRAWS, VALUE_DRAWS, estimate, inclusion};
pub use dual_bound::dual_bound;
pub use gate::{Candidate, Gated, Removal, gate};
pub use input::SelectionInput;
pub use lazy_greedy::{Rule, fill};
pub use listed_reach::{ListedReach, ListedState};
pub use majorants::Majorants;
pub use offer::{Cap, Offer, Purse};
pub use optimise::{Choice, Effort, optimise};
pub use pool_fit::{SharedCount, SharedCounts, SharedRates};
pub use pooled_reach::{Circles, POOL_PARTS, PooledReach, PooledState};
pub use prices::{Price, PriceTable, Rates, is_price};
pub use reach_model::{Worth, WorthMaker, WorthState};
pub use run_creator::{REQUIRED_COLUMNS, RunCreator};
pub use search::TextIndex;
pub use set_function::SetFunction;
pub use shortlist::{Alternative, CurvePoint, Member, Missed, MissedBecause, SharedPair, Shortlist, shared_pair, shortlist};
pub use simple_rules::{SimpleRule, bought_by};
pub use summed::Summed;

#[cfg(test)]
mod optima_tests;
#[cfg(test)]
pub(crate) mod tests;
