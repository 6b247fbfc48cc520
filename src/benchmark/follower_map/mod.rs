//! What lists of followers tell without the times of follows: the follower map, batches and follow-time bounds, measured on orders put
//! into a real list and on simulated worlds.

mod injection;
mod real_list;
mod worlds;

use super::{EvaluationReport, EvaluationTable};
use crate::error::Result;
use crate::simulation::Scenario;

/// How much work the evaluation puts into its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowerMapEvaluation {
    /// Every draw follows from it, the simulations' too.
    pub seed: u64,
    /// Orders of each kind.
    pub n_orders: usize,
}

impl FollowerMapEvaluation {
    /// A quick look.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_orders: 3 }
    }

    /// What is printed.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_orders: 20 }
    }
}

/// Evaluates on a real list (creation times in seconds, the oldest follower first) and on simulated worlds.
///
/// # Errors
/// Those of a simulation.
///
/// # Cost
/// About a second for each order of each kind, and some ten seconds a world.
pub fn evaluate_follower_map(list: &[i64], worlds: &[Scenario], settings: &FollowerMapEvaluation) -> Result<EvaluationReport> {
    let mut tables: Vec<EvaluationTable> = real_list::evaluate(list, settings);
    tables.extend(worlds::evaluate(worlds, settings.seed)?);
    let notes = vec![
        format!(
            "Real list: followeranalyzer (Zouzou and Varol 2024), {} followers of one creator on X in follow order, unlabelled; it holds batches of \
             its own, which count as organic here. {} orders of {} accounts of each kind; figures are means, with the lowest and the highest. Seed {}.",
            super::figure::count(list.len()),
            settings.n_orders,
            super::figure::count(injection::ORDERED),
            settings.seed
        ),
        "Made together: within 30 days before the newest account so far. Aged: on days on which earlier followers' accounts were made. \
         Bulk: within a day of the list's own clock. Drip: over 30 days of it. Assumptions, all of them; the figures to meet were measured \
         beforehand with the authors' code on orders whose details were not kept."
            .to_owned(),
        "Figures on simulated worlds are not accuracy in the field.".to_owned(),
    ];
    let title = "Follower map, batches and follow-time bounds".to_owned();
    Ok(EvaluationReport { title, tables, notes })
}
