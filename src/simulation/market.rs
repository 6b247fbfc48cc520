//! The sellers' side as it stands before the creators' rows are drawn.

use super::camouflage::Disguise;
use super::creators::Plan;
use super::roles::{Roles, assign_roles};
use super::scenario::Scenario;
use super::vendors::{Hijack, PoolClass};
use crate::error::Result;

/// What the rows of all creators have in common on the sellers' side. Its size goes by creators and orders, never by follows.
#[derive(Debug)]
pub(super) struct Market {
    /// Which organic accounts are in a vendor's hands.
    pub hijack: Hijack,
    /// Kinds of accounts of each pool.
    pub kinds: Vec<Vec<PoolClass>>,
    /// For whom what is ordered.
    pub roles: Roles,
    /// Whom pool accounts follow besides.
    pub disguises: Vec<Disguise>,
}

impl Market {
    /// The market of a scenario before anything is delivered.
    ///
    /// # Errors
    /// There are fewer creators than are to have orders.
    pub(super) fn open(scenario: &Scenario, seed: u64) -> Result<Self> {
        let roles = assign_roles(scenario, seed)?;
        let kinds = scenario.pools.iter().map(|pool| pool.kinds()).collect();
        Ok(Self { hijack: Hijack::new(scenario, seed), kinds, roles, disguises: Vec::new() })
    }

    /// Adds the camouflage follows, which go by what was ordered, to all plans.
    pub(super) fn disguise(&mut self, scenario: &Scenario, (seed, captured_s): (u64, i64), plans: &mut [Plan]) {
        self.disguises = (0..scenario.pools.len()).map(|pool| Disguise::new(pool, plans)).collect();
        for disguise in &self.disguises {
            disguise.spread(scenario, (seed, captured_s), plans);
        }
    }
}
