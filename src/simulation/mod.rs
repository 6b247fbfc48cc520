//! A platform with known fraud, by seed: yields record batches of the contract's tables, writes nothing.
//!
//! A [`Scenario`] says what the world is like; [`simulate`] draws an export of it. Everything about an entity comes from
//! its own stream of random numbers ([`rand_chacha::ChaCha8Rng`] keyed by seed, purpose and index), so the output is the
//! same on any number of threads, and nothing but the organic accounts' weights, the creators' plans and one bit an account
//! is held in memory, however many follows there are.
//!
//! No parameter of a scenario may be read by a detector, and figures measured on simulated data are not accuracy in the field.

mod accounts;
mod cast;
mod creators;
mod deliveries;
mod engagements;
mod follows;
mod growth;
mod handles;
mod history;
mod orders;
mod packages;
mod population;
mod posts;
mod profiles;
mod rhythm;
mod rows;
mod scenario;
mod seed;
mod stage;
mod truth;
mod vendors;
mod words;

pub use profiles::{ProfileClass, organic_classes};
pub use scenario::{Incidents, Organic, SamplingPlan, Scenario};
pub use stage::{Simulated, simulate};
pub use truth::{CreatorTruth, Order, OrderKind, OrderedBy, creators_table, orders_table};
pub use vendors::{BulkVendor, PoolClass};
