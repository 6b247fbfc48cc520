//! Signals of one account: from its profile alone, and apart from these from its times. One family a file.

mod activity;
mod counts;
mod handle;
mod name;
mod page;
mod timing;

pub use timing::{AccountTiming, AccountTimings, TIMING_SIGNALS};

use super::catalogue::Signal;
use super::profile::Profile;

/// A signal of accounts with its one measuring function.
#[derive(Debug, Clone, Copy)]
pub struct AccountSignal {
    /// What the catalogue says of it.
    pub signal: Signal,
    /// Measures it; `None` where its missing rule applies.
    pub measure: fn(&Profile<'_>) -> Option<f64>,
    /// Whether the shipped account model rests on it; the others are measured and listed only.
    pub is_in_model: bool,
}

/// Every account signal, in column order of the account table.
pub static ACCOUNT_SIGNALS: [AccountSignal; 23] = [
    page::AVATAR,
    counts::FOLLOWERS,
    counts::FOLLOWING,
    counts::POSTS,
    counts::FOLLOWING_RATIO,
    page::BIO_LENGTH,
    handle::DIGIT_SHARE,
    handle::SURPRISE,
    activity::AGE,
    handle::LENGTH,
    handle::TRAILING_DIGITS,
    handle::SEPARATORS,
    handle::EVENNESS,
    name::SIMILARITY,
    name::WORDS,
    page::LINK,
    page::PRIVATE,
    page::VERIFIED,
    page::BUSINESS,
    activity::POSTS_PER_DAY,
    activity::FOLLOWING_PER_DAY,
    activity::FOLLOWERS_PER_DAY,
    activity::IDLE_DAYS,
];

/// The column of a signal in the account table.
pub fn account_signal_column(id: &str) -> Option<usize> {
    ACCOUNT_SIGNALS.iter().position(|entry| entry.signal.id == id)
}
