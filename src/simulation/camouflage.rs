//! Camouflage: whom the accounts of a pool follow besides those they are paid for.

use super::creators::Plan;
use super::growth::{Cause, Course, Wave};
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
    /// Of each order: follows ordered up to its end, and its first account.
    orders: Vec<(u64, u32)>,
}

impl Disguise {
    /// Looks up the orders of a pool.
    pub(super) fn new(pool: usize, plans: &[Plan]) -> Self {
        let mut total = 0;
        let orders = plans.iter().flat_map(|plan| &plan.orders);
        let orders = orders
            .filter(|order| order.kind == OrderKind::Followers && order.pool == Some(pool) && order.size > 0)
            .map(|order| {
                total += order.size;
                (total, order.first)
            })
            .collect();
        Self { pool, orders }
    }

    /// Follows ordered from the pool.
    fn ordered(&self) -> u64 {
        self.orders.last().map_or(0, |&(end, _)| end)
    }

    /// Gives every plan its part of the camouflage follows.
    ///
    /// FRAUDAR's modes: `random` spreads them evenly over all creators, `biased` in proportion to followers.
    pub(super) fn spread(&self, scenario: &Scenario, (seed, captured_s): (u64, i64), plans: &mut [Plan]) {
        let pool = &scenario.pools[self.pool];
        let is_biased = pool.camouflage == Camouflage::Biased;
        let weight = |plan: &Plan| if is_biased { plan.followers() as f64 } else { 1.0 };
        let all = pool.camouflage_rate * self.ordered() as f64;
        if all <= 0.0 {
            return;
        }
        let weights: f64 = plans.iter().map(weight).sum();
        for plan in plans {
            let key = ((self.pool as u64) << 32) | u64::from(plan.index);
            let expected = all * weight(plan) / weights + stream(seed, Stream::Camouflage, key).random::<f64>();
            // One account follows a creator once only.
            let kept = (expected as u64).min(u64::from(pool.accounts) / 4).min(self.ordered() / 4);
            let start_s = captured_s - (scenario.orders.days * 86_400.0) as i64;
            let (cause, course) = (Cause::Camouflage(self.pool), Course::Constant);
            plan.waves.push(Wave { cause, course, kept, lost: 0, start_s, end_s: captured_s });
        }
    }

    /// An account's index in the pool: the more was ordered of it, the more often.
    pub(super) fn draw(&self, accounts: u32, rng: &mut ChaCha8Rng) -> u32 {
        let ticket = rng.random_range(0..self.ordered());
        let place = self.orders.partition_point(|&(end, _)| end <= ticket);
        let (end, first) = self.orders[place];
        ((u64::from(first) + (end - 1 - ticket)) % u64::from(accounts)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_drawn_in_proportion_to_their_orders() {
        let disguise = Disguise { pool: 0, orders: vec![(30, 10), (40, 95)] };
        let mut rng = stream(1, Stream::Camouflage, 0);
        let drawn: Vec<u32> = (0..4_000).map(|_| disguise.draw(100, &mut rng)).collect();
        assert!(
            drawn.iter().all(|index| (10..40).contains(index) || *index >= 95 || *index < 5),
            "the second order wraps around"
        );
        let second = drawn.iter().filter(|index| !(10..40).contains(*index)).count();
        assert!((850..1_150).contains(&second), "{second}");
    }
}
