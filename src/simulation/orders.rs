//! What is ordered for a creator's account: how much, when and from whom.

use super::creators::Plan;
use super::growth::{Cause, Course, Wave};
use super::roles::Role;
use super::scenario::Scenario;
use super::seed::{Stream, pick, stream};
use super::truth::{OrderKind, OrderedBy};
use super::vendors::{ChurnRun, DripHours, Pool, Product, Sale, Vendor, sellers};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

const DAY_S: i64 = 86_400;
/// Mean days until those leave who were followed back and then unfollowed. Assumption.
const LEAVE_DAYS: f64 = 20.0;

/// An order as planned.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlannedOrder {
    pub kind: OrderKind,
    /// The vendor's number.
    pub vendor: usize,
    /// The pool's number, where pool accounts deliver.
    pub pool: Option<usize>,
    /// Index of the first account in the pool; the next ones follow, past the end of the stock from the start again.
    pub first: u32,
    /// Accounts of the pool that existed when it was ordered.
    pub stock: u32,
    pub size: u64,
    /// Of these, still there at the capture.
    pub kept: u64,
    pub start_s: i64,
    pub end_s: i64,
    /// The post, for a package.
    pub post: Option<u32>,
    pub ordered_by: OrderedBy,
    /// Place of the order that this one tops up, free of charge.
    pub refill_of: Option<usize>,
}

impl PlannedOrder {
    /// The index in the pool of its `nth` member.
    pub(super) fn member(&self, nth: u64) -> u32 {
        ((u64::from(self.first) + nth) % u64::from(self.stock.max(1))) as u32
    }
}

/// What is ordered for a creator's account as a whole.
#[derive(Debug, Default)]
pub(super) struct Commission {
    pub orders: Vec<PlannedOrder>,
    pub waves: Vec<Wave>,
    pub churn: Option<ChurnRun>,
}

impl Commission {
    /// What is ordered for the account of a creator with this role and this many followers in all.
    pub(super) fn draw(
        scenario: &Scenario,
        (seed, captured_s): (u64, i64),
        index: u32,
        (role, total): (Option<Role>, u64),
    ) -> Self {
        let mut rng = stream(seed, Stream::Orders, u64::from(index));
        let mut commission = Self::default();
        match role {
            Some(Role::Churn) => commission.run_churn(scenario, captured_s, total, &mut rng),
            Some(role) => {
                if let Some(strength) = role.strength() {
                    let wanted = (total as f64 * strength) as u64;
                    commission.order(scenario, captured_s, (role, wanted), &mut rng);
                }
            }
            None => {}
        }
        commission
    }

    /// Orders until so many ordered followers will be there at the capture.
    fn order(&mut self, scenario: &Scenario, captured_s: i64, (role, mut wanted): (Role, u64), rng: &mut ChaCha8Rng) {
        let Some(number) = pick_some(rng, &scenario.sellers_of(wanted)) else { return };
        let vendor = &scenario.vendors[number];
        let sale = vendor.sale().expect("sellers of followers have terms of sale");
        let pool = scenario.pool_number(sale.pool).expect("pools of vendors are checked");
        let stock = &scenario.pools[pool];
        let gross = sale.gross(wanted).min(u64::from(stock.accounts));
        let begun_s = begin_s(scenario, captured_s, (stock, gross), vendor.last_start_days(), rng);
        let mut stretch = Stretch::new(stock, stock.stock(captured_s, begun_s), gross, rng);
        while wanted > 0 && stretch.left > 0 {
            let took_s = vendor.delivery_s(rng);
            let latest_s = captured_s - DAY_S - took_s;
            let is_first = self.orders.is_empty();
            let start_s = if is_first { begun_s } else { rng.random_range(begun_s..latest_s.max(begun_s + 1)) };
            let kept_share = sale.drop_off.kept_share(captured_s - start_s - took_s);
            let size = sale.next_size((wanted as f64 / kept_share).ceil() as u64, rng);
            let order = PlannedOrder {
                kind: OrderKind::Followers,
                vendor: number,
                pool: Some(pool),
                first: 0,
                stock: stretch.stock,
                size,
                kept: 0,
                start_s,
                end_s: start_s + took_s,
                post: None,
                ordered_by: role.ordered_by(),
                refill_of: None,
            };
            let place = self.orders.len();
            self.deliver(scenario, captured_s, order, &mut stretch);
            self.refill(scenario, (captured_s, place), &sale, (&mut stretch, rng));
            let kept: u64 = self.orders[place..].iter().map(|order| order.kept).sum();
            // Of tiny orders nobody may be left.
            wanted = wanted.saturating_sub(kept.max(1));
        }
    }

    /// Adds an order on the next accounts of the pool, with its waves.
    fn deliver(&mut self, scenario: &Scenario, captured_s: i64, mut order: PlannedOrder, stretch: &mut Stretch) {
        let vendor = &scenario.vendors[order.vendor];
        let drop_off = vendor.sale().expect("sellers of followers have terms of sale").drop_off;
        (order.first, order.size) = stretch.take(order.size);
        order.kept = (order.size as f64 * drop_off.kept_share(captured_s - order.end_s)).round() as u64;
        self.waves.extend(waves_of(vendor, self.orders.len(), &order));
        self.orders.push(order);
    }

    /// Tops up what has left of an order, once, if the vendor does so.
    fn refill(
        &mut self,
        scenario: &Scenario,
        (captured_s, place): (i64, usize),
        sale: &Sale<'_>,
        (stretch, rng): (&mut Stretch, &mut ChaCha8Rng),
    ) {
        let order = &self.orders[place];
        let waited_s = (sale.drop_off.refill_days * DAY_S as f64) as i64;
        let start_s = order.end_s + waited_s;
        let end_s = start_s + scenario.vendors[order.vendor].delivery_s(rng);
        let gone = order.size - (order.size as f64 * sale.drop_off.kept_share(waited_s)).round() as u64;
        if waited_s > 0 && gone > 0 && end_s < captured_s - DAY_S && stretch.left > 0 {
            let refill = PlannedOrder { size: gone, start_s, end_s, refill_of: Some(place), ..order.clone() };
            self.deliver(scenario, captured_s, refill, stretch);
        }
    }

    fn run_churn(&mut self, scenario: &Scenario, captured_s: i64, total: u64, rng: &mut ChaCha8Rng) {
        let number = pick(rng, &sellers(&scenario.vendors, Product::Churn));
        let Vendor::Churn(vendor) = &scenario.vendors[number] else { return };
        // Half of the audience at most comes from following back.
        let run = ChurnRun::draw(vendor, captured_s, scenario.orders.days, total / 2, rng);
        if run.per_phase == 0 {
            return;
        }
        let back = (run.per_phase as f64 * vendor.follow_back).round() as u64;
        let lost = (back as f64 * vendor.leave).round() as u64;
        for (start_s, end_s) in run.phases() {
            let (cause, course) = (Cause::Reciprocal(self.orders.len()), Course::Plateau);
            self.waves.push(Wave { cause, course, kept: back - lost, lost, start_s, end_s, stay_days: LEAVE_DAYS });
        }
        self.orders.push(PlannedOrder {
            kind: OrderKind::Churn,
            vendor: number,
            pool: None,
            first: 0,
            stock: 0,
            size: run.per_phase * run.cycles as u64,
            kept: (back - lost) * run.cycles as u64,
            start_s: run.start_s,
            end_s: run.end_s(),
            post: None,
            ordered_by: OrderedBy::Creator,
            refill_of: None,
        });
        self.churn = Some(run);
    }
}

fn pick_some(rng: &mut ChaCha8Rng, numbers: &[usize]) -> Option<usize> {
    (!numbers.is_empty()).then(|| pick(rng, numbers))
}

/// When the first order of a creator begins: as soon as the pool has accounts enough, or later.
fn begin_s(scenario: &Scenario, captured_s: i64, (pool, gross): (&Pool, u64), last_start_days: f64, rng: &mut ChaCha8Rng) -> i64 {
    let before = |days: f64| captured_s - (days * DAY_S as f64) as i64;
    let earliest_s = before(scenario.orders.days.min(pool.days_of_stock(gross)));
    rng.random_range(earliest_s..before(last_start_days).max(earliest_s + 1))
}

/// The accounts of a pool that are still free for one creator: one after another from some place on.
struct Stretch {
    next: u32,
    stock: u32,
    left: u64,
}

impl Stretch {
    fn new(pool: &Pool, stock: u32, gross: u64, rng: &mut ChaCha8Rng) -> Self {
        let next = if stock > 0 { pool.place_in_stock(stock, gross, rng) } else { 0 };
        Self { next, stock, left: u64::from(stock) }
    }

    /// The first index and the number of accounts taken, which is less than asked for where the pool ends.
    fn take(&mut self, size: u64) -> (u32, u64) {
        let (first, size) = (self.next, size.min(self.left));
        self.next = ((u64::from(first) + size) % u64::from(self.stock)) as u32;
        self.left -= size;
        (first, size)
    }
}

/// The waves in which an order arrives: one, or one a day where there is a daily quota.
fn waves_of(vendor: &Vendor, place: usize, order: &PlannedOrder) -> Vec<Wave> {
    let took_s = order.end_s - order.start_s;
    let stay_days = vendor.sale().map_or(LEAVE_DAYS, |sale| sale.drop_off.half_life_days / std::f64::consts::LN_2);
    let (parts, hours) = match vendor {
        Vendor::Drip(drip) => ((took_s / DAY_S).max(1), drip.hours),
        _ => (1, DripHours::Constant),
    };
    let part = |whole: u64, nth: i64| (u128::from(whole) * nth as u128 / parts as u128) as u64;
    (0..parts)
        .map(|nth| {
            let (size, kept) =
                (part(order.size, nth + 1) - part(order.size, nth), part(order.kept, nth + 1) - part(order.kept, nth));
            Wave {
                cause: Cause::Order(place),
                course: if hours == DripHours::People { Course::Plateau } else { Course::Constant },
                kept,
                lost: size.saturating_sub(kept),
                start_s: order.start_s + took_s * nth / parts,
                end_s: order.start_s + took_s * (nth + 1) / parts,
                stay_days,
            }
        })
        .collect()
}

impl Plan {
    /// Accounts that the creator follows for now because a service makes it follow.
    pub(super) fn churned(&self, at_s: i64) -> u64 {
        self.churn.map_or(0, |run| run.followed(at_s))
    }
}
