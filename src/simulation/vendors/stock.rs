//! Which accounts of a pool exist when: batches follow one another evenly, each begun at a random instant of its share.

use super::pool::{Pool, PoolKind};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

const DAY_S: f64 = 86_400.0;
/// Mean days for which accounts made by the batch lie in stock before they are sold. Assumption.
const SHELF_DAYS: f64 = 14.0;
/// Days by which a batch must be complete before an instant to count as stock then: covers rounding to seconds.
const MARGIN_DAYS: f64 = 0.01;

impl Pool {
    fn n_batches(&self) -> u32 {
        self.accounts.div_ceil(self.batch)
    }

    /// Seconds within which a batch is made.
    pub(super) fn batch_s(&self) -> i64 {
        ((self.batch_h * 3_600.0) as i64).max(1)
    }

    /// When a batch is begun; it is complete before the end of its share of the time in which batches are made.
    pub(super) fn begun_s(&self, captured_s: i64, number: u32, rng: &mut ChaCha8Rng) -> i64 {
        let [last, first] = self.made_days;
        let passed = (f64::from(number) + rng.random::<f64>()) / f64::from(self.n_batches());
        captured_s - ((first - (first - last) * passed) * DAY_S) as i64 - self.batch_s()
    }

    /// Accounts that exist so many days before the capture: all below this index.
    pub(in crate::simulation) fn stock_before(&self, days: f64) -> u32 {
        let [last, first] = self.made_days;
        let passed = if first > last { (first - days - MARGIN_DAYS) / (first - last) } else { f64::from(u8::from(days < last)) };
        let complete = (passed.clamp(0.0, 1.0) * f64::from(self.n_batches())) as u32;
        complete.saturating_mul(self.batch).min(self.accounts)
    }

    /// Accounts that exist at an instant.
    pub(in crate::simulation) fn stock(&self, captured_s: i64, at_s: i64) -> u32 {
        self.stock_before((captured_s - at_s) as f64 / DAY_S)
    }

    /// The most days before the capture at which so many accounts exist.
    pub(in crate::simulation) fn days_of_stock(&self, accounts: u64) -> f64 {
        let [last, first] = self.made_days;
        let batches = accounts.div_ceil(u64::from(self.batch)).min(u64::from(self.n_batches()));
        first - (first - last) * batches as f64 / f64::from(self.n_batches()) - 2.0 * MARGIN_DAYS
    }

    /// Where in a stock an order of so many begins: fresh accounts are sold soon after they are made, others come from anywhere.
    pub(in crate::simulation) fn place_in_stock(&self, stock: u32, size: u64, rng: &mut ChaCha8Rng) -> u32 {
        if self.kind != PoolKind::Batch {
            return rng.random_range(0..stock);
        }
        let [last, first] = self.made_days;
        let per_day = f64::from(self.accounts) / (first - last).max(1.0);
        let waited: f64 = Exp1.sample(rng);
        let newer = ((waited * SHELF_DAYS * per_day) as u64 + size) % u64::from(stock);
        ((u64::from(stock) - newer) % u64::from(stock)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::seed::{Stream, stream};

    #[test]
    fn the_stock_grows_by_whole_batches_and_is_all_there_at_last() {
        let pool = Pool { accounts: 1_050, batch: 100, made_days: [10.0, 120.0], ..Pool::default() };
        assert_eq!([130.0, 119.0, 109.0, 60.0, 9.9].map(|days| pool.stock_before(days)), [0, 0, 100, 500, 1_050]);
        for wanted in [1, 100, 101, 650, 1_050] {
            let days = pool.days_of_stock(wanted);
            let there = u64::from(pool.stock_before(days));
            assert!(
                there >= wanted && there < wanted + 100 && pool.stock_before(days + 1.0) as u64 <= there,
                "{wanted}: {there}"
            );
        }
        let at_once = Pool { made_days: [10.0, 10.0], ..pool };
        assert_eq!([10.1, 9.9].map(|days| at_once.stock_before(days)), [0, 1_050]);
    }

    #[test]
    fn what_is_in_stock_has_been_made() {
        let pool = Pool { accounts: 5_000, batch: 30, made_days: [3.0, 90.0], ..Pool::default() };
        let captured_s = 1_780_000_000;
        for number in 0..pool.n_batches() {
            let mut rng = stream(4, Stream::Batch, u64::from(number));
            let complete_s = pool.begun_s(captured_s, number, &mut rng) + pool.batch_s();
            assert!(complete_s <= captured_s - 3 * 86_400);
            assert!(pool.stock(captured_s, complete_s - 1) <= 30 * number, "not counted before it is complete");
        }
    }

    #[test]
    fn fresh_accounts_are_sold_young_and_stocked_ones_at_any_age() {
        let fresh = Pool { kind: PoolKind::Batch, accounts: 30_000, made_days: [10.0, 310.0], ..Pool::default() };
        let stocked = Pool { kind: PoolKind::Aged, ..fresh.clone() };
        let mut rng = stream(4, Stream::Orders, 0);
        let mut mean = |pool: &Pool| (0..400).map(|_| f64::from(pool.place_in_stock(20_000, 500, &mut rng))).sum::<f64>() / 400.0;
        // A hundred a day: 14 days wait and the order's own 500, that is 1,900 below the newest.
        assert!((17_800.0..18_400.0).contains(&mean(&fresh)));
        assert!((9_000.0..11_000.0).contains(&mean(&stocked)));
    }
}
