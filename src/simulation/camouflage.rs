//! Camouflage: whom the accounts of a pool follow besides those they are paid for.

use super::creators::followers_of;
use super::growth::{Cause, Course, Wave};
use super::orders::PlannedOrder;
use super::scenario::Scenario;
use super::seed::{Stream, stream};
use super::truth::OrderKind;
use super::vendors::Camouflage;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The follows that were ordered from one pool, to draw an account from in proportion to what it did.
#[derive(Debug, Clone, Default)]
pub(super) struct Disguise {
    pool: usize,
    /// Its orders by their beginning, each with the follows ordered up to its end.
    orders: Vec<(u64, PlannedOrder)>,
    /// Camouflage follows in all, over the sum of the creators' weights.
    per_weight: f64,
}

impl Disguise {
    /// Looks up the orders of a pool among all orders.
    pub(super) fn new(scenario: &Scenario, pool: usize, orders: &[PlannedOrder]) -> Self {
        let mut total = 0;
        let of_pool = |order: &&PlannedOrder| order.kind == OrderKind::Followers && order.pool == Some(pool) && order.size > 0;
        let mut own: Vec<PlannedOrder> = orders.iter().filter(of_pool).cloned().collect();
        own.sort_by_key(|order| order.start_s);
        let ends = own.into_iter().map(|order| {
            total += order.size;
            (total, order)
        });
        let orders = ends.collect();
        let mode = scenario.pools[pool].camouflage;
        let weights: f64 = (0..scenario.creators).map(|index| weight(scenario, mode, index)).sum();
        Self { pool, orders, per_weight: scenario.pools[pool].camouflage_rate * total as f64 / weights }
    }

    /// Follows ordered from the pool.
    fn ordered(&self) -> u64 {
        self.orders.last().map_or(0, |(end, _)| *end)
    }

    /// A creator's part of the camouflage follows, if any.
    pub(super) fn wave(&self, scenario: &Scenario, (seed, captured_s): (u64, i64), index: u32) -> Option<Wave> {
        let pool = &scenario.pools[self.pool];
        let chance: f64 = stream(seed, Stream::Camouflage, ((self.pool as u64) << 32) | u64::from(index)).random();
        let expected = self.per_weight * weight(scenario, pool.camouflage, index);
        // One account follows a creator once only, and most followers are people.
        let most = (u64::from(pool.accounts).min(self.ordered()) / 4).min(followers_of(scenario, index) / 4);
        let kept = ((expected + chance) as u64).min(most);
        // From then on there are some of them at least.
        let start_s = self.orders.first()?.1.start_s;
        let (cause, course) = (Cause::Camouflage(self.pool), Course::Constant);
        (kept > 0).then_some(Wave { cause, course, kept, lost: 0, start_s, end_s: captured_s, stay_days: 1.0 })
    }

    /// The index in the pool of an account that is sold some time: the more was ordered of it, the more often.
    pub(super) fn draw(&self, rng: &mut ChaCha8Rng) -> u32 {
        let ticket = rng.random_range(0..self.ordered());
        let place = self.orders.partition_point(|(end, _)| *end <= ticket);
        let (end, order) = &self.orders[place];
        order.member(end - 1 - ticket)
    }
}

/// FRAUDAR's modes: `random` spreads camouflage evenly over all creators, `biased` in proportion to followers.
fn weight(scenario: &Scenario, mode: Camouflage, index: u32) -> f64 {
    if mode == Camouflage::Biased { followers_of(scenario, index) as f64 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::truth::OrderedBy;
    use super::*;

    #[test]
    fn accounts_are_drawn_in_proportion_to_their_orders() {
        let order = |first, start_s| PlannedOrder {
            kind: OrderKind::Followers,
            vendor: 0,
            pool: Some(0),
            first,
            stock: 100,
            size: 30,
            kept: 30,
            start_s,
            end_s: start_s + 1,
            post: None,
            ordered_by: OrderedBy::Creator,
            refill_of: None,
        };
        let disguise = Disguise { orders: vec![(30, order(10, 0)), (40, order(95, 500))], ..Disguise::default() };
        let mut rng = stream(1, Stream::Camouflage, 0);
        let drawn: Vec<u32> = (0..4_000).map(|_| disguise.draw(&mut rng)).collect();
        assert!(
            drawn.iter().all(|index| (10..40).contains(index) || *index >= 95 || *index < 5),
            "the second order wraps around"
        );
        let second = drawn.iter().filter(|index| !(10..40).contains(*index)).count();
        assert!((850..1_150).contains(&second), "{second}");
    }
}
