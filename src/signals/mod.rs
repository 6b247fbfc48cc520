//! Signals: the catalogue, and the tables of measurements.

mod catalogue;
mod table;

pub use catalogue::{Signal, Trend};
pub use table::SignalTable;
