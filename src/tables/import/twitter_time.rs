//! The forms in which Twitter data sets write an instant.

use crate::domain::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// The API's own form, as in `Sat Mar 14 09:26:53 +0000 2015`.
const API: &str = "%a %b %d %H:%M:%S %z %Y";
/// The same without the offset, which is UTC.
const API_NO_OFFSET: &str = "%a %b %d %H:%M:%S %Y";

/// Reads the API's form, a Java long (`1426325213000L`, milliseconds), or any form of the contract.
///
/// `Ok(None)`: an instant outside 1990 to 2100, which says nothing about the account.
pub(super) fn read(text: &str) -> Result<Option<Timestamp>, &'static str> {
    let text = text.trim();
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Ok(Timestamp::from_ms(read_api(text).map_err(|_| "not a time")?));
    }
    if let Some(ms) = text.strip_suffix('L').and_then(|digits| digits.parse().ok()) {
        return Ok(Timestamp::from_ms(ms));
    }
    match Timestamp::parse(text) {
        Ok((time, _)) => Ok(Some(time)),
        Err("not a time") => Err("not a time"),
        Err(_) => Ok(None),
    }
}

fn read_api(text: &str) -> Result<i64, jiff::Error> {
    let instant = match strtime::parse(API, text) {
        Ok(parts) => parts.to_timestamp()?,
        Err(_) => strtime::parse(API_NO_OFFSET, text)?.to_datetime()?.to_zoned(TimeZone::UTC)?.timestamp(),
    };
    Ok(instant.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_that_the_sets_use() {
        for (text, instant) in [
            ("Sat Mar 14 09:26:53 +0000 2015", "2015-03-14T09:26:53Z"),
            ("Sat Mar 14 09:26:53 +0200 2015", "2015-03-14T07:26:53Z"),
            ("Sat Mar 14 09:26:53 2015", "2015-03-14T09:26:53Z"),
            ("1426325213000L", "2015-03-14T09:26:53Z"),
            ("2015-03-14 09:26:53", "2015-03-14T09:26:53Z"),
        ] {
            assert_eq!(read(text).unwrap().unwrap().to_string(), instant, "{text}");
        }
    }

    #[test]
    fn an_instant_out_of_range_is_missing_and_a_word_is_an_error() {
        assert_eq!(read("Thu Jan 01 00:00:00 +0000 1970"), Ok(None));
        assert_eq!(read("17L"), Ok(None));
        assert!(read("yesterday").is_err());
    }
}
