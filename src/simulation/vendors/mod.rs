//! Who sells followers and likes. Each vendor is an object with a pool of accounts, a way of delivery and a price.

mod bulk;

pub use bulk::{BulkVendor, PoolClass};
pub(super) use bulk::{ORDER_DAYS, background_actor, pool_member};
