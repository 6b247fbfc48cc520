//! Signals: the catalogue, and the tables of measurements.

mod account;
mod catalogue;
mod creator;
mod measure;
mod profile;
mod table;

pub use account::{ACCOUNT_SIGNALS, AccountSignal, account_signal_column};
pub use catalogue::{Signal, Trend};
pub use creator::{CREATOR_SIGNALS, creator_signal};
pub use measure::{measurable, measure_account_range, measure_accounts};
pub use profile::Profile;
pub use table::SignalTable;
