//! Who sells followers and engagement, and whose accounts do the work.
//!
//! A [`Pool`] is a set of accounts; a [`Vendor`] takes orders, delivers them in its own way and, in most cases, sells from
//! a pool. One kind of vendor a file.

mod bulk;
mod churn;
mod comments;
mod drip;
mod drop_off;
mod hijack;
mod likes;
mod member;
mod pod;
mod pool;
mod prices;
mod views;

pub use bulk::Bulk;
pub use churn::Churn;
pub(super) use churn::ChurnRun;
pub use comments::CommentPackages;
pub use drip::{Drip, DripHours};
pub(super) use drop_off::DropOff;
pub(super) use hijack::Hijack;
pub use likes::LikePackages;
pub(super) use member::{pool_actor, pool_member, taken_s};
pub use pod::Pod;
pub use pool::{Camouflage, Pool, PoolClass, PoolKind};
pub use prices::Quality;
pub(super) use prices::{Action, CURRENCY, unit_price};
pub use views::ViewPackages;

use super::scenario::within;
use crate::error::{Error, Result};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// Somebody who takes orders; `kind` in a scenario says which.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Vendor {
    /// Followers within minutes to a day.
    Bulk(Bulk),
    /// Followers over a week to a month.
    Drip(Drip),
    /// Follow–unfollow on the creator's own account.
    Churn(Churn),
    /// Pods of creators.
    Pod(Pod),
    /// Likes.
    Likes(LikePackages),
    /// Comments.
    Comments(CommentPackages),
    /// Views.
    Views(ViewPackages),
}

/// What somebody may want to order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Product {
    Followers,
    Churn,
    Pod,
    Likes,
    Comments,
    Views,
}

/// What all vendors of followers have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sale<'a> {
    pub pool: &'a str,
    pub quality: Quality,
    pub order: [u32; 2],
    pub drop_off: DropOff,
    pub longest_days: f64,
}

/// What all vendors of packages have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackageSale<'a> {
    pub pool: Option<&'a str>,
    pub quality: Quality,
    pub per_hour: [f64; 2],
}

impl Vendor {
    /// The words of the kinds, as scenarios give them.
    pub const KINDS: [&'static str; 7] = ["bulk", "drip", "churn", "pod", "likes", "comments", "views"];

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Bulk(vendor) => &vendor.name,
            Self::Drip(vendor) => &vendor.name,
            Self::Churn(vendor) => &vendor.name,
            Self::Pod(vendor) => &vendor.name,
            Self::Likes(vendor) => &vendor.name,
            Self::Comments(vendor) => &vendor.name,
            Self::Views(vendor) => &vendor.name,
        }
    }

    /// The word of its kind, one of [`Vendor::KINDS`].
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bulk(_) => "bulk",
            Self::Drip(_) => "drip",
            Self::Churn(_) => "churn",
            Self::Pod(_) => "pod",
            Self::Likes(_) => "likes",
            Self::Comments(_) => "comments",
            Self::Views(_) => "views",
        }
    }

    /// Name of the pool that it sells from, if from any.
    pub fn pool(&self) -> Option<&str> {
        self.sale().map(|sale| sale.pool).or_else(|| self.package_sale().and_then(|sale| sale.pool))
    }

    pub(super) fn product(&self) -> Product {
        match self {
            Self::Bulk(_) | Self::Drip(_) => Product::Followers,
            Self::Churn(_) => Product::Churn,
            Self::Pod(_) => Product::Pod,
            Self::Likes(_) => Product::Likes,
            Self::Comments(_) => Product::Comments,
            Self::Views(_) => Product::Views,
        }
    }

    /// Terms of a vendor of followers.
    pub(super) fn sale(&self) -> Option<Sale<'_>> {
        match self {
            Self::Bulk(vendor) => Some(vendor.sale()),
            Self::Drip(vendor) => Some(vendor.sale()),
            Self::Churn(_) | Self::Pod(_) | Self::Likes(_) | Self::Comments(_) | Self::Views(_) => None,
        }
    }

    /// Terms of a vendor of packages.
    pub(super) fn package_sale(&self) -> Option<PackageSale<'_>> {
        match self {
            Self::Likes(vendor) => Some(vendor.sale()),
            Self::Comments(vendor) => Some(vendor.sale()),
            Self::Views(vendor) => Some(vendor.sale()),
            Self::Bulk(_) | Self::Drip(_) | Self::Churn(_) | Self::Pod(_) => None,
        }
    }

    /// Seconds that one delivery of followers takes.
    pub(super) fn delivery_s(&self, rng: &mut ChaCha8Rng) -> i64 {
        match self {
            Self::Bulk(vendor) => vendor.delivery_s(rng),
            Self::Drip(vendor) => vendor.delivery_s(rng),
            Self::Churn(_) | Self::Pod(_) | Self::Likes(_) | Self::Comments(_) | Self::Views(_) => 0,
        }
    }

    /// Units in a package for a post with so many likes and views of people; `None` where there is nothing to add to.
    pub(super) fn package_size(&self, (likes, views): (u64, Option<u64>), rng: &mut ChaCha8Rng) -> Option<u64> {
        match self {
            Self::Likes(vendor) => Some(vendor.draw_size(likes, rng)),
            Self::Comments(vendor) => Some(vendor.draw_size(rng)),
            Self::Views(vendor) => views.map(|views| vendor.draw_size(views, rng)),
            Self::Bulk(_) | Self::Drip(_) | Self::Churn(_) | Self::Pod(_) => None,
        }
    }

    /// Members of its smallest pod; 0 where it has none.
    pub(super) fn least_members(&self) -> u32 {
        if let Self::Pod(pod) = self { pod.members[0] } else { 0 }
    }

    /// The quality that it claims, where it sells by the piece.
    pub(super) fn quality(&self) -> Option<Quality> {
        self.sale().map(|sale| sale.quality).or_else(|| self.package_sale().map(|sale| sale.quality))
    }

    /// Days that its longest delivery takes.
    pub(super) fn longest_days(&self) -> f64 {
        match self {
            Self::Churn(vendor) => vendor.days[1],
            Self::Pod(_) | Self::Likes(_) | Self::Comments(_) | Self::Views(_) => 0.0,
            Self::Bulk(_) | Self::Drip(_) => self.sale().map_or(0.0, |sale| sale.longest_days),
        }
    }

    pub(super) fn validate(&self) -> Result<()> {
        match self {
            Self::Bulk(vendor) => vendor.validate(),
            Self::Drip(vendor) => vendor.validate(),
            Self::Churn(vendor) => vendor.validate(),
            Self::Pod(vendor) => vendor.validate(),
            Self::Likes(vendor) => vendor.validate(),
            Self::Comments(vendor) => vendor.validate(),
            Self::Views(vendor) => vendor.validate(),
        }
    }
}

impl Sale<'_> {
    /// The next order of somebody who still wants so many followers.
    pub(super) fn next_size(&self, wanted: u64, rng: &mut ChaCha8Rng) -> u64 {
        let [least, most] = self.order.map(u64::from);
        if wanted <= most { wanted.max(least) } else { rng.random_range(least..=most).min(wanted - least).max(least) }
    }
}

impl PackageSale<'_> {
    /// Seconds that a package takes at the fixed rate drawn for it.
    pub(super) fn delivery_s(&self, size: u64, rng: &mut ChaCha8Rng) -> i64 {
        let [slow, fast] = self.per_hour.map(f64::ln);
        let rate = (slow + (fast - slow) * rng.random::<f64>()).exp();
        ((size as f64 / rate * 3_600.0) as i64).max(60)
    }
}

fn validate_orders(name: &str, sale: &Sale<'_>) -> Result<()> {
    within(format!("order[0] of vendor {name}"), f64::from(sale.order[0]), 1.0, 1e8)?;
    within(format!("order[1] of vendor {name}"), f64::from(sale.order[1]), f64::from(sale.order[0]), 1e8)?;
    sale.drop_off.validate(name)
}

fn validate_package(name: &str, sale: &PackageSale<'_>, size: [u32; 2]) -> Result<()> {
    within(format!("size[0] of vendor {name}"), f64::from(size[0]), 1.0, 1e8)?;
    within(format!("size[1] of vendor {name}"), f64::from(size[1]), f64::from(size[0]), 1e8)?;
    validate_rate(name, sale.per_hour)
}

fn validate_rate(name: &str, per_hour: [f64; 2]) -> Result<()> {
    within(format!("per_hour[0] of vendor {name}"), per_hour[0], 0.1, 1e9)?;
    within(format!("per_hour[1] of vendor {name}"), per_hour[1], per_hour[0], 1e9)
}

/// The vendors that sell a product, by their numbers.
pub(super) fn sellers(vendors: &[Vendor], product: Product) -> Vec<usize> {
    vendors.iter().enumerate().filter(|(_, vendor)| vendor.product() == product).map(|(number, _)| number).collect()
}

/// The largest package of a vendor that sells from a pool.
fn largest(vendor: &Vendor) -> u32 {
    match vendor {
        Vendor::Bulk(vendor) => vendor.order[1],
        Vendor::Drip(vendor) => vendor.order[1],
        Vendor::Likes(vendor) => vendor.size[1],
        Vendor::Comments(vendor) => vendor.size[1],
        Vendor::Churn(_) | Vendor::Pod(_) | Vendor::Views(_) => 0,
    }
}

/// Whether a vendor's largest order is no larger than its pool.
pub(super) fn fits(vendor: &Vendor, pools: &[Pool]) -> bool {
    let pool = pools.iter().find(|pool| Some(pool.name.as_str()) == vendor.pool());
    pool.is_none_or(|pool| largest(vendor) <= pool.accounts)
}

/// Checks vendors and pools together: names, references, sizes.
pub(super) fn validate_market(vendors: &[Vendor], pools: &[Pool], order_days: f64) -> Result<()> {
    validate_names("vendors", vendors.iter().map(Vendor::name))?;
    validate_names("pools", pools.iter().map(|pool| pool.name.as_str()))?;
    pools.iter().try_for_each(|pool| pool.validate(order_days))?;
    vendors.iter().try_for_each(|vendor| {
        vendor.validate()?;
        let Some(name) = vendor.pool() else { return Ok(()) };
        let known = || pools.iter().map(|pool| pool.name.as_str()).collect::<Vec<_>>().join(" ");
        let Some(pool) = pools.iter().find(|pool| pool.name == name) else {
            let expected = format!("the name of a pool of this scenario ({})", known());
            return Err(Error::invalid_argument(format!("pool of vendor {}", vendor.name()), name, expected));
        };
        if !fits(vendor, pools) {
            let expected = format!("at most the {} accounts of pool {name}", pool.accounts);
            return Err(Error::invalid_argument(format!("largest order of vendor {}", vendor.name()), largest(vendor), expected));
        }
        Ok(())
    })
}

fn validate_names<'a>(list: &str, names: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if name.trim().is_empty() {
            return Err(Error::invalid_argument(format!("a name in {list}"), "empty", "a name that the truth can show"));
        }
        if !seen.insert(name) {
            return Err(Error::invalid_argument(format!("a name in {list}"), name, "a different name for each"));
        }
    }
    Ok(())
}
