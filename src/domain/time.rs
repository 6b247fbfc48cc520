//! Instants, held as milliseconds since 1970-01-01 UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::fmt;

/// First instant accepted: 1990-01-01T00:00:00Z. No platform of interest is older.
pub const EARLIEST_MS: i64 = 631_152_000_000;
/// First instant no longer accepted: 2100-01-01T00:00:00Z.
pub const LATEST_MS: i64 = 4_102_444_800_000;
/// Milliseconds of one day.
pub const DAY_MS: i64 = 86_400_000;

/// An instant in UTC with millisecond resolution, always within 1990..2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The form in which a time was written; inputs are told apart by shape and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeForm {
    /// RFC 3339, with an offset.
    Rfc3339,
    /// Date and time without an offset, read as UTC.
    Naive,
    /// A calendar date, read as midnight UTC.
    Date,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMilliseconds,
    /// A typed timestamp column of a Parquet file.
    Typed,
}

impl Timestamp {
    /// From milliseconds since 1970; `None` outside 1990..2100.
    pub fn from_ms(ms: i64) -> Option<Self> {
        (EARLIEST_MS..LATEST_MS).contains(&ms).then_some(Self(ms))
    }

    /// From a bare number, seconds or milliseconds since 1970 told apart by size.
    ///
    /// The accepted ranges (6.3e8..4.1e9 and 6.3e11..4.1e12) do not overlap.
    pub fn from_unix(number: i64) -> Option<(Self, TimeForm)> {
        let seconds = number.checked_mul(1000).and_then(Self::from_ms);
        match seconds {
            Some(time) => Some((time, TimeForm::UnixSeconds)),
            None => Self::from_ms(number).map(|time| (time, TimeForm::UnixMilliseconds)),
        }
    }

    /// Reads RFC 3339, a date and time without offset (UTC), a date, or Unix seconds or milliseconds.
    ///
    /// # Errors
    /// A sentence that says what is wrong: not a time, or outside 1990..2100.
    ///
    /// # Examples
    /// ```
    /// use bonafide::domain::{TimeForm, Timestamp};
    /// let (time, form) = Timestamp::parse("2024-06-14T02:00:00+02:00").unwrap();
    /// assert_eq!((time.to_string().as_str(), form), ("2024-06-14T00:00:00Z", TimeForm::Rfc3339));
    /// assert_eq!(Timestamp::parse("1718323200").unwrap().0, time);
    /// assert_eq!(Timestamp::parse("1718323200000").unwrap().0, time);
    /// assert_eq!(Timestamp::parse("2024-06-14").unwrap().0, time);
    /// assert!(Timestamp::parse("1901-01-01").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<(Self, TimeForm), &'static str> {
        const RANGE: &str = "time outside 1990 to 2100";
        let text = text.trim();
        if let Some(time) = parse_plain(text.as_bytes()) {
            return Ok((time, TimeForm::Rfc3339));
        }
        if let Ok(number) = text.parse::<i64>() {
            return Self::from_unix(number).ok_or("number is neither Unix seconds nor milliseconds between 1990 and 2100");
        }
        let (ms, form) = if let Ok(instant) = text.parse::<jiff::Timestamp>() {
            (instant.as_millisecond(), TimeForm::Rfc3339)
        } else if text.len() == 10 {
            let date: Date = text.parse().map_err(|_| "not a time")?;
            (utc_ms(date.at(0, 0, 0, 0)).ok_or(RANGE)?, TimeForm::Date)
        } else {
            let naive: DateTime = text.parse().map_err(|_| "not a time")?;
            (utc_ms(naive).ok_or(RANGE)?, TimeForm::Naive)
        };
        Self::from_ms(ms).map(|time| (time, form)).ok_or(RANGE)
    }

    /// Milliseconds since 1970.
    pub fn ms(self) -> i64 {
        self.0
    }

    /// Days from `earlier` to `self`, with fractions; negative if `earlier` is later.
    pub fn days_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / DAY_MS as f64
    }
}

/// The commonest form, `2024-06-14T00:00:00Z`; `None` for everything that needs the whole parser, or is wrong.
fn parse_plain(text: &[u8]) -> Option<Timestamp> {
    let number = |from: usize, to: usize| {
        text[from..to].iter().try_fold(0_i16, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0')))
    };
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'Z')];
    if text.len() != 20 || marks.iter().any(|&(at, mark)| text[at] != mark) {
        return None;
    }
    let date = Date::new(number(0, 4)?, number(5, 7)? as i8, number(8, 10)? as i8).ok()?;
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_before(date.year()) + i64::from(date.day_of_year()) - 1;
    Timestamp::from_ms(days * DAY_MS + (i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)) * 1000)
}

/// Days from 1970-01-01 to the first day of a year after 0.
fn days_before(year: i16) -> i64 {
    let past = i64::from(year) - 1;
    past * 365 + past / 4 - past / 100 + past / 400 - 719_162
}

fn utc_ms(naive: DateTime) -> Option<i64> {
    naive.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp().as_millisecond())
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(instant) => instant.fmt(f),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_out_of_range_or_not_a_time() {
        for text in ["2999-01-01T00:00:00Z", "1901-12-13", "-5", "17", "99999999999999999999", "soon", ""] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_commonest_form_is_read_as_the_whole_parser_reads_it() {
        for day in 0..(LATEST_MS - EARLIEST_MS) / DAY_MS {
            let ms = EARLIEST_MS + day * DAY_MS + (day * 7_919 % 86_400) * 1000;
            let text = jiff::Timestamp::from_millisecond(ms).unwrap().to_string();
            assert_eq!(parse_plain(text.as_bytes()), Timestamp::from_ms(ms), "{text}");
        }
        for wrong in ["2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-06-14T24:00:00Z", "2024-06-14T00:60:00Z"] {
            assert_eq!(parse_plain(wrong.as_bytes()), None, "{wrong}");
            assert!(Timestamp::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn reads_a_naive_time_as_utc() {
        let (time, form) = Timestamp::parse("2015-03-14 09:26:53").unwrap();
        assert_eq!((time.to_string().as_str(), form), ("2015-03-14T09:26:53Z", TimeForm::Naive));
    }
}
