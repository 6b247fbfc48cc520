//! Signals: the catalogue, and the tables of measurements.

mod account;
mod catalogue;
mod measure;
mod profile;
mod table;

pub use account::{ACCOUNT_SIGNALS, AccountSignal, account_signal_column};
pub use catalogue::{Signal, Trend};
pub use measure::{measurable, measure_account_range, measure_accounts};
pub use profile::Profile;
pub use table::SignalTable;
