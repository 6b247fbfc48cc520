//! Who sells followers and engagement, and whose accounts do the work.
//!
//! A [`Pool`] is a set of accounts; a [`Vendor`] takes orders, delivers them in its own way and, in most cases, sells from
//! a pool. One kind of vendor a file.

mod bulk;
mod check;
mod churn;
mod comments;
mod drip;
mod drop_off;
mod hijack;
mod likes;
mod member;
mod pod;
mod pool;
mod sale;
mod stock;
mod vendor;
mod views;

pub use crate::market::Quality;
pub(super) use crate::market::{Action, CURRENCY, unit_price};
pub use bulk::Bulk;
pub(super) use check::{fits, validate_market};
pub use churn::Churn;
pub(super) use churn::ChurnRun;
pub use comments::CommentPackages;
pub use drip::{Drip, DripHours};
pub(super) use hijack::Hijack;
pub use likes::LikePackages;
pub(super) use member::{pool_actor, pool_member, taken_s};
pub use pod::Pod;
pub use pool::{Camouflage, Pool, PoolClass, PoolKind};
pub(super) use sale::Sale;
pub use vendor::Vendor;
pub(super) use vendor::{Product, sellers};
pub use views::ViewPackages;
