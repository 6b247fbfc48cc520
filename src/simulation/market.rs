//! The sellers' side as it stands before the creators' rows are drawn.

use super::camouflage::Disguise;
use super::creators::followers_of;
use super::orders::{Commission, PlannedOrder};
use super::roles::{Roles, assign_roles};
use super::scenario::Scenario;
use super::vendors::{Hijack, PoolClass, PoolKind, taken_s};
use crate::error::Result;
use rayon::prelude::*;

/// Days that a hijacked account existed before it was taken over, at least: new accounts are not worth it. Assumption.
const LIFE_BEFORE_DAYS: i64 = 60;

/// What the rows of all creators have in common on the sellers' side. Its size goes by creators and orders, never by follows.
#[derive(Debug)]
pub(super) struct Market {
    /// Which organic accounts are in a vendor's hands.
    pub hijack: Hijack,
    /// Kinds of accounts of each pool.
    pub kinds: Vec<Vec<PoolClass>>,
    /// For whom what is ordered.
    pub roles: Roles,
    /// Whom the accounts of each pool follow besides.
    pub disguises: Vec<Disguise>,
}

impl Market {
    /// The market of a scenario before anything is delivered.
    ///
    /// # Errors
    /// There are fewer creators than are to have orders.
    pub(super) fn open(scenario: &Scenario, (seed, captured_s): (u64, i64)) -> Result<Self> {
        let roles = assign_roles(scenario, seed)?;
        let kinds = scenario.pools.iter().map(|pool| pool.kinds()).collect();
        let mut market = Self { hijack: Hijack::new(scenario, seed), kinds, roles, disguises: Vec::new() };
        if scenario.pools.iter().any(|pool| pool.camouflage_rate > 0.0) {
            let orders: Vec<PlannedOrder> = (0..scenario.creators)
                .into_par_iter()
                .filter(|&index| market.roles.of[index as usize].is_some())
                .flat_map_iter(|index| market.orders_for(scenario, (seed, captured_s), index).orders)
                .collect();
            market.disguises = (0..scenario.pools.len()).map(|pool| Disguise::new(scenario, pool, &orders)).collect();
        }
        Ok(market)
    }

    /// The hijacked accounts, each with an instant before which it was made: a while before it was taken over.
    pub(super) fn victims(&self, scenario: &Scenario, clock: (u64, i64)) -> impl Iterator<Item = (u32, i64)> {
        let hijacked = scenario.pools.iter().enumerate().filter(|(_, pool)| pool.kind == PoolKind::Hijacked);
        let places = hijacked.flat_map(|(number, pool)| (0..pool.accounts).map(move |index| (number, index)));
        places.map(move |(pool, index)| {
            (self.hijack.victim(pool, index), taken_s(scenario, clock, pool, index) - LIFE_BEFORE_DAYS * 86_400)
        })
    }

    /// What is ordered for the account of a creator, and who follows it to look real.
    pub(super) fn commission(&self, scenario: &Scenario, clock: (u64, i64), index: u32) -> Commission {
        let mut commission = self.orders_for(scenario, clock, index);
        commission.waves.extend(self.disguises.iter().filter_map(|disguise| disguise.wave(scenario, clock, index)));
        commission
    }

    fn orders_for(&self, scenario: &Scenario, clock: (u64, i64), index: u32) -> Commission {
        Commission::draw(scenario, clock, index, (self.roles.of[index as usize], followers_of(scenario, index)))
    }
}
