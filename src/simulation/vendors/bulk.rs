//! The bulk vendor: orders of some hundred to some thousand followers, delivered within minutes to a day.

use crate::error::Result;
use crate::simulation::cast::Actor;
use crate::simulation::follows::World;
use crate::simulation::handles::HandleStyle;
use crate::simulation::profiles::ProfileClass;
use crate::simulation::scenario::{Scenario, within};
use crate::simulation::seed::{Stream, normal, pick_weighted, stream};
use crate::simulation::words::LANGUAGES;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// Days before the capture within which orders are placed; pools are made before.
pub(in crate::simulation) const ORDER_DAYS: i64 = 300;
/// Days over which a vendor makes its batches, before the first order.
const MAKING_DAYS: i64 = 420;

/// A vendor that delivers everything at once.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BulkVendor {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Accounts in the pool.
    pub pool: u32,
    /// Accounts made together: one class, one template of handles, within hours.
    pub batch: u32,
    /// Followers in the smallest order.
    pub order_min: u32,
    /// Followers in the largest order.
    pub order_max: u32,
    /// Hours of the fastest and of the slowest delivery; between them log-uniform.
    pub delivery_h: [f64; 2],
    /// Share of delivered followers gone again by the capture.
    pub drop_off: f64,
    /// Price of one follower.
    pub follower_price: f64,
    /// Price of one like.
    pub like_price: f64,
    /// Currency of both.
    pub currency: String,
    /// Kinds of accounts in the pool.
    pub classes: Vec<PoolClass>,
}

/// A kind of accounts in a pool.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolClass {
    /// Whether they are made by the batch, shortly before they are sold; else they are as old as their profile says.
    pub batch_made: bool,
    /// Their profiles.
    pub profile: ProfileClass,
}

impl Default for BulkVendor {
    /// Prices are medians of the Instagram offers of 2021 in roubles (vk_market `rent.csv`): subscribers of middling
    /// quality .26 each (n = 23), likes of high quality .33 (n = 21). Sizes, times and drop-off are assumptions in the
    /// range that such offers promise.
    fn default() -> Self {
        Self {
            name: "bulk-1".into(),
            pool: 12_500,
            batch: 200,
            order_min: 300,
            order_max: 3_000,
            delivery_h: [0.2, 24.0],
            drop_off: 0.1,
            follower_price: 0.26,
            like_price: 0.33,
            currency: "RUB".into(),
            classes: pool_classes(),
        }
    }
}

/// Kinds of pool accounts, from hardly to well disguised.
///
/// Empty: fakes of instafake (n = 115) and Kaggle (n = 153) without posts. Aged: fakes of SRF (n = 65), instafake (n = 85) and
/// Kaggle (n = 135) with posts. Polished: counts near those of genuine accounts, by assumption: a fifth of the pool can
/// hardly be told by profile alone.
///
/// # Source
/// Aggregates of SRF Data (2017), Akyon and Kalfaoglu (2019) and Kaggle free4ever1, computed 2026-11-22.
fn pool_classes() -> Vec<PoolClass> {
    let class = |batch_made, name: &str, weight, counts: [[f64; 2]; 3], shares: [f64; 4], age| PoolClass {
        batch_made,
        profile: ProfileClass {
            name: name.into(),
            weight,
            followers: counts[0],
            following: counts[1],
            posts: counts[2],
            correlation: [0.5, 0.2, 0.1],
            avatar: shares[0],
            private: shares[1],
            bio: shares[2],
            digits: shares[3],
            age,
        },
    };
    vec![
        class(true, "empty", 0.45, [[2.6, 1.4], [6.3, 1.5], [0.0, 0.0]], [0.35, 0.38, 0.12, 0.65], [6.0, 0.5]),
        class(false, "aged", 0.35, [[4.2, 1.5], [6.8, 1.2], [1.9, 1.2]], [0.88, 0.25, 0.38, 0.50], [7.0, 0.6]),
        class(false, "polished", 0.2, [[5.1, 1.1], [6.7, 0.8], [3.0, 1.2]], [0.98, 0.35, 0.62, 0.22], [7.1, 0.6]),
    ]
}

/// One account of a pool, and the stream from which the rest of its profile is drawn.
pub(in crate::simulation) struct PoolMember<'a> {
    pub class: &'a ProfileClass,
    pub created_s: i64,
    pub language: usize,
    pub style: HandleStyle,
    pub rng: ChaCha8Rng,
}

/// The account of vendor number `vendor` at `index` of its pool, always the same.
pub(in crate::simulation) fn pool_member(world: World<'_>, number: usize, index: u32) -> PoolMember<'_> {
    member_of(&world.scenario.vendors[number], (world.seed, world.captured_s), number, index)
}

/// An account of some pool, for those that follow at random to look real.
pub(in crate::simulation) fn background_actor(scenario: &Scenario, rng: &mut ChaCha8Rng) -> Option<Actor> {
    let n_vendors = scenario.vendors.len() as u32;
    (n_vendors > 0).then(|| {
        let number = rng.random_range(0..n_vendors) as usize;
        Actor::Pool(number, rng.random_range(0..scenario.vendors[number].pool))
    })
}

fn member_of(vendor: &BulkVendor, (seed, captured_s): (u64, i64), number: usize, index: u32) -> PoolMember<'_> {
    let key = ((number as u64) << 32) | u64::from(index / vendor.batch);
    let mut batch = stream(seed, Stream::Batch, key);
    let kind = &vendor.classes[pick_weighted(&mut batch, vendor.classes.iter().map(|class| class.profile.weight))];
    let made_s = captured_s - ORDER_DAYS * 86_400 - batch.random_range(86_400..MAKING_DAYS * 86_400);
    let language = batch.random_range(0..LANGUAGES.len() as u32) as usize;
    let digits = batch.random_range(2..6u32);
    let mut rng = stream(seed, Stream::Pool, ((number as u64) << 32) | u64::from(index));
    let style = if kind.batch_made { HandleStyle::Template(digits) } else { own_or_template(digits, &mut rng) };
    let created_s = if kind.batch_made {
        made_s + rng.random_range(0..6 * 3600)
    } else {
        let oldest_order_s = captured_s - ORDER_DAYS * 86_400;
        (captured_s - (kind.profile.draw_age_days(&mut rng) * 86_400.0) as i64).min(oldest_order_s)
    };
    PoolMember { class: &kind.profile, created_s, language, style, rng }
}

fn own_or_template(digits: u32, rng: &mut ChaCha8Rng) -> HandleStyle {
    if rng.random_bool(0.5) { HandleStyle::Own } else { HandleStyle::Template(digits) }
}

impl BulkVendor {
    pub(in crate::simulation) fn validate(&self) -> Result<()> {
        let place = |name: &str| format!("{name} of vendor {}", self.name);
        within(place("batch"), f64::from(self.batch), 1.0, 1e6)?;
        within(place("order_min"), f64::from(self.order_min), 1.0, 1e7)?;
        within(place("pool"), f64::from(self.pool), f64::from(self.order_min), 4e9)?;
        within(place("order_max"), f64::from(self.order_max), f64::from(self.order_min), 1e7)?;
        within(place("delivery_h[0]"), self.delivery_h[0], 0.01, 24.0 * 7.0)?;
        within(place("delivery_h[1]"), self.delivery_h[1], self.delivery_h[0], 24.0 * 7.0)?;
        within(place("drop_off"), self.drop_off, 0.0, 0.9)?;
        within(place("follower_price"), self.follower_price, 0.0, 1e6)?;
        within(place("like_price"), self.like_price, 0.0, 1e6)?;
        let profiles: Vec<ProfileClass> = self.classes.iter().map(|class| class.profile.clone()).collect();
        ProfileClass::validate_all(&place("classes"), &profiles)
    }

    /// Splits a number of followers into orders.
    pub(in crate::simulation) fn order_sizes(&self, mut wanted: u64, rng: &mut ChaCha8Rng) -> Vec<u64> {
        let (least, most) = (u64::from(self.order_min), u64::from(self.order_max));
        let mut sizes = Vec::new();
        while wanted > most {
            let size = rng.random_range(least..=most).min(wanted - least.min(wanted));
            sizes.push(size.max(1));
            wanted -= size.max(1);
        }
        if wanted > 0 {
            sizes.push(wanted);
        }
        sizes
    }

    /// Seconds that a delivery takes.
    pub(in crate::simulation) fn delivery_s(&self, rng: &mut ChaCha8Rng) -> i64 {
        let [fast, slow] = self.delivery_h.map(f64::ln);
        ((fast + (slow - fast) * rng.random::<f64>()).exp() * 3600.0) as i64
    }
}

impl PoolMember<'_> {
    /// The standard normal behind the number of accounts followed.
    pub(in crate::simulation) fn activity(&mut self) -> f64 {
        normal(&mut self.rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_add_up_and_keep_their_limits() {
        let vendor = BulkVendor::default();
        let mut rng = stream(1, Stream::Orders, 0);
        for wanted in [300, 2_999, 3_001, 3_300, 12_000] {
            let sizes = vendor.order_sizes(wanted, &mut rng);
            assert_eq!(sizes.iter().sum::<u64>(), wanted);
            assert!(sizes.iter().all(|size| (300..=3_000).contains(size)), "{sizes:?}");
        }
    }

    #[test]
    fn pool_accounts_exist_before_the_first_order() {
        let vendor = BulkVendor::default();
        let captured_s = 1_780_000_000;
        for index in 0..2_000 {
            let member = member_of(&vendor, (3, captured_s), 0, index);
            assert!(member.created_s <= captured_s - ORDER_DAYS * 86_400);
        }
    }
}
