//! When an edge came to be, in four bytes.

use crate::domain::{EARLIEST_MS, Timestamp};
use std::fmt;

/// When an account followed or acted: whole seconds since 1990-01-01 UTC, or missing (which is not zero).
///
/// Four bytes instead of the sixteen of an `Option<Timestamp>`; the accepted times end in 2100, long before the marker. Missing
/// sorts after every time, so that the least of several is the earliest known.
///
/// # Examples
/// ```
/// use bonafide::domain::Timestamp;
/// use bonafide::graph::EdgeTime;
/// let (time, _) = Timestamp::parse("2024-06-14T00:00:00Z").unwrap();
/// assert_eq!(EdgeTime::from(time).get(), Some(time));
/// assert_eq!(EdgeTime::MISSING.get(), None);
/// assert!(EdgeTime::from(time) < EdgeTime::MISSING);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeTime(u32);

impl EdgeTime {
    /// Not in the data.
    pub const MISSING: Self = Self(u32::MAX);

    /// The instant, cut to the second.
    pub fn get(self) -> Option<Timestamp> {
        Timestamp::from_ms(EARLIEST_MS + i64::from(self.seconds()?) * 1000)
    }

    /// Seconds since 1990-01-01 UTC.
    pub fn seconds(self) -> Option<u32> {
        (self != Self::MISSING).then_some(self.0)
    }

    /// From seconds since 1990-01-01 UTC; 2^32 − 1 is missing.
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds)
    }
}

impl From<Timestamp> for EdgeTime {
    fn from(time: Timestamp) -> Self {
        Self(u32::try_from((time.ms() - EARLIEST_MS) / 1000).expect("times end in 2100, which is 3.5e9 seconds after 1990"))
    }
}

impl From<Option<Timestamp>> for EdgeTime {
    fn from(time: Option<Timestamp>) -> Self {
        time.map_or(Self::MISSING, Self::from)
    }
}

impl fmt::Debug for EdgeTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.get() {
            Some(time) => write!(f, "{time}"),
            None => f.write_str("missing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LATEST_MS;

    #[test]
    fn holds_every_accepted_second() {
        for ms in [EARLIEST_MS, EARLIEST_MS + 1000, LATEST_MS - 1000] {
            let time = Timestamp::from_ms(ms).unwrap();
            assert_eq!(EdgeTime::from(time).get(), Some(time));
        }
    }

    #[test]
    fn the_first_second_is_not_missing() {
        assert_eq!(EdgeTime::from(Timestamp::from_ms(EARLIEST_MS)).seconds(), Some(0));
    }
}
