//! What may turn out differently: how often each member stays in, and how much a set is worth.

use super::offer::Offer;
use super::optimise::{Effort, optimise};
use super::reach_model::WorthMaker;
use super::set_function::SetFunction;
use crate::domain::Interval;
use crate::error::Result;
use crate::scoring::Estimate;
use crate::statistics::quantile;
use rayon::prelude::*;

/// Draws from which intervals come.
pub const VALUE_DRAWS: u64 = 400;
/// Draws for each of which a set is chosen anew.
pub const CHOICE_DRAWS: u64 = 100;

/// Value of a set with the 90 % interval of its draws; the interval holds the value.
pub fn estimate(maker: &WorthMaker, members: &[usize], seed: u64) -> Option<Estimate> {
    let value = maker.expected().value_of(members);
    let drawn: Vec<f64> = (0..VALUE_DRAWS).into_par_iter().map(|draw| maker.drawn(seed, draw).value_of(members)).collect();
    let (low, high) = (quantile(&drawn, 0.05)?, quantile(&drawn, 0.95)?);
    Some(Estimate { value, interval: Interval::new(low.min(value), high.max(value))? })
}

/// How often each candidate is bought when everything uncertain is drawn anew and the budget is spent on the best set of that world.
///
/// # Errors
/// Those of [`optimise`].
pub fn inclusion(maker: &WorthMaker, offer: &Offer, seed: u64) -> Result<Vec<f64>> {
    let chosen = |draw: u64| optimise(&maker.drawn(seed ^ 0x5eed, draw), offer, Effort::Greedy).map(|choice| choice.members);
    let sets: Vec<Vec<usize>> = (0..CHOICE_DRAWS).into_par_iter().map(chosen).collect::<Result<_>>()?;
    let mut counts = vec![0.0; offer.len()];
    sets.iter().flatten().for_each(|&member| counts[member] += 1.0);
    counts.iter_mut().for_each(|count| *count /= CHOICE_DRAWS as f64);
    Ok(counts)
}
