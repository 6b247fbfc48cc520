//! A platform with known fraud, by seed: yields record batches of the contract's tables, writes nothing.
//!
//! A [`Scenario`] says what the world is like; [`simulate`] draws an export of it. Everything about an entity comes from
//! its own stream of random numbers ([`rand_chacha::ChaCha8Rng`] keyed by seed, purpose and index), so the output is the
//! same on any number of threads. Plans are made creator by creator and forgotten once their rows are out: what is held is
//! some bytes an account and a creator, however many follows and posts there are.
//!
//! No parameter of a scenario may be read by a detector, and figures measured on simulated data are not accuracy in the field.

mod accounts;
mod ahead;
mod alias;
mod arrivals;
mod audiences;
mod camouflage;
mod captions;
mod cascade;
mod cast;
mod comments;
mod creators;
mod deliveries;
mod engagements;
mod follows;
mod given;
mod growth;
mod habits;
mod handles;
mod history;
mod locales;
mod market;
mod names;
mod orders;
mod packages;
mod peers;
mod permutation;
mod pods;
mod population;
mod posts;
mod profiles;
mod response;
mod rhythm;
mod roles;
mod rows;
mod scenario;
mod seed;
mod seen;
mod selection;
mod shapes;
mod stage;
mod testimony;
mod truth;
mod truth_tables;
mod vendors;
mod words;

#[cfg(test)]
mod tests;

pub use profiles::{ProfileClass, organic_classes};
pub use scenario::{FollowsSampling, Granularity, GrowthMix, Incidents, Orders, Organic, Purge, SamplingPlan, Scenario};
pub use stage::{Simulated, Sink, TruthSink, simulate, simulate_with_truth};
pub use truth::{CreatorTruth, Event, Order, OrderKind, OrderMember, OrderedBy, Truth};
pub use truth_tables::{creators_table, events_table, members_table, orders_table};
pub use vendors::{
    Bulk, Camouflage, Churn, CommentPackages, Drip, DripHours, LikePackages, Pod, Pool, PoolClass, PoolKind, Quality, Vendor,
    ViewPackages,
};
