//! What fake engagement is sold for: context for what is found, and what the simulation pays.

mod prices;

pub use prices::{Action, CURRENCY, Quality, price_range, unit_price};
