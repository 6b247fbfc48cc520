//! The one place where what a file holds becomes a value of the contract, or a reason why not.

use crate::domain::{ColumnKind, TimeForm, Timestamp};
use std::borrow::Cow;
use std::fmt;

/// Longest text that a cell may hold; a longer one is damage, not a biography.
pub(super) const MAX_TEXT_BYTES: usize = 16 << 20;
/// Whole numbers up to 2^53 are exact in a 64-bit float.
const EXACT_FLOAT: f64 = 9_007_199_254_740_992.0;
/// 2^64, the first float that is no count any more.
const COUNT_END: f64 = 18_446_744_073_709_551_616.0;

/// One cell, as its file format shows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing there: null, an absent key, an empty CSV field.
    Missing,
    /// Text.
    Text(Cow<'a, str>),
    /// A number in decimal digits as it was written, every digit kept.
    Number(Cow<'a, str>),
    /// A whole number of a typed column.
    Integer(i128),
    /// A binary floating-point number.
    Float(f64),
    /// A flag.
    Flag(bool),
    /// An instant in milliseconds, from a typed column.
    Instant(i64),
    /// Bytes that are not UTF-8.
    Broken,
    /// A value that no column can hold, by its name ("a list", "an object").
    Foreign(&'static str),
}

/// A cell turned into its column's type.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Missing,
    Text(Cow<'a, str>),
    Word(&'static str),
    Count(u64),
    Real(f64),
    Flag(bool),
    Time(Timestamp, TimeForm),
}

/// Why a cell makes its row unreadable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Reason {
    /// A fixed sentence.
    Is(&'static str),
    /// Not one of the words.
    NotOneOf(&'static [&'static str]),
    /// A value of a kind that the column cannot hold.
    Holds(&'static str),
    /// A number below the column's smallest.
    Below(f64),
    /// A number above the column's largest.
    AboveReal(f64),
    /// A count above the column's largest.
    Above(u64),
    /// A count of a part above that of the whole, which another column holds.
    AboveColumn(&'static str),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(sentence) => f.write_str(sentence),
            Self::NotOneOf(words) => write!(f, "not one of: {}", words.join(", ")),
            Self::Holds(what) => write!(f, "holds {what}"),
            Self::Below(least) => write!(f, "less than {least}"),
            Self::AboveReal(most) => write!(f, "more than {most}"),
            Self::Above(most) => write!(f, "more than {most}"),
            Self::AboveColumn(whole) => write!(f, "more than `{whole}`"),
        }
    }
}

pub(super) const MISSING: Reason = Reason::Is("missing, but required");
pub(super) const BROKEN: Reason = Reason::Is("broken encoding: not UTF-8");
const NUL: Reason = Reason::Is("holds a NUL byte");
const LONG: Reason = Reason::Is("longer than 16 MiB");
const NOT_COUNT: Reason = Reason::Is("not a whole number from 0");
const NOT_REAL: Reason = Reason::Is("not a finite number");
const NOT_FLAG: Reason = Reason::Is("neither true nor false");
const NOT_ID: Reason = Reason::Is("an id must be text or a whole number");
const ROUNDED_ID: Reason = Reason::Is("a floating-point number beyond 2^53 has lost digits of the id");

/// Words that mean "missing" in an unquoted CSV field, besides the empty field.
pub(super) fn is_missing_word(text: &str) -> bool {
    matches!(text, "" | "NULL" | "null" | "NaN" | "nan" | "\\N")
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Text(text) | Self::Number(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Instant(ms) => match Timestamp::from_ms(*ms) {
                Some(time) => time.fmt(f),
                None => write!(f, "{ms} ms since 1970"),
            },
            Self::Broken => f.write_str("bytes that are not UTF-8"),
            Self::Foreign(what) => f.write_str(what),
        }
    }
}

impl<'a> Cell<'a> {
    /// Reads the cell as a value of the given kind.
    pub(super) fn read(self, kind: ColumnKind) -> Result<Value<'a>, Reason> {
        match self {
            Self::Missing => Ok(Value::Missing),
            Self::Broken => Err(BROKEN),
            Self::Foreign(what) => Err(Reason::Holds(what)),
            Self::Text(text) if text.len() > MAX_TEXT_BYTES => Err(LONG),
            Self::Text(text) if text.as_bytes().contains(&0) => Err(NUL),
            cell => match kind {
                ColumnKind::Id => cell.read_id(),
                ColumnKind::Text => cell.read_text(),
                ColumnKind::Count { most } => cell.read_count(most),
                ColumnKind::Real { least, most } => cell.read_real(least, most),
                ColumnKind::Flag => cell.read_flag(),
                ColumnKind::Time => cell.read_time(),
                ColumnKind::Choice(read, words) => cell.read_choice(read, words),
            },
        }
    }

    /// Text that says nothing is missing in every kind but free text.
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim_ascii().is_empty())
    }

    fn read_id(self) -> Result<Value<'a>, Reason> {
        match self {
            cell if cell.is_blank() => Ok(Value::Missing),
            Self::Text(text) => Ok(Value::Text(text)),
            Self::Number(digits) => id_of_number(digits).map(Value::Text),
            Self::Integer(number) => Ok(Value::Text(Cow::Owned(number.to_string()))),
            Self::Float(value) if value.fract() != 0.0 || !value.is_finite() => Err(NOT_ID),
            Self::Float(value) if value.abs() >= EXACT_FLOAT => Err(ROUNDED_ID),
            Self::Float(value) => Ok(Value::Text(Cow::Owned((value as i64).to_string()))),
            _ => Err(NOT_ID),
        }
    }

    fn read_text(self) -> Result<Value<'a>, Reason> {
        Ok(Value::Text(match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Float(value) => Cow::Owned(value.to_string()),
            Self::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
            Self::Instant(ms) => Cow::Owned(Timestamp::from_ms(ms).ok_or(NOT_A_TIME)?.to_string()),
            _ => return Err(Reason::Is("not text")),
        }))
    }

    fn read_count(self, most: u64) -> Result<Value<'a>, Reason> {
        let count = match self {
            cell if cell.is_blank() => return Ok(Value::Missing),
            Self::Text(text) | Self::Number(text) => count_of_text(&text),
            Self::Integer(number) => u64::try_from(number).ok(),
            Self::Float(value) => count_of_float(value),
            _ => None,
        };
        let count = count.ok_or(NOT_COUNT)?;
        if count <= most { Ok(Value::Count(count)) } else { Err(Reason::Above(most)) }
    }

    fn read_real(self, least: f64, most: f64) -> Result<Value<'a>, Reason> {
        let value = match self {
            cell if cell.is_blank() => return Ok(Value::Missing),
            Self::Text(text) | Self::Number(text) => text.trim_ascii().parse().ok(),
            Self::Integer(number) => Some(number as f64),
            Self::Float(value) => Some(value),
            _ => None,
        };
        let value = value.filter(|value: &f64| value.is_finite()).ok_or(NOT_REAL)?;
        match value {
            low if low < least => Err(Reason::Below(least)),
            high if high > most => Err(Reason::AboveReal(most)),
            value => Ok(Value::Real(value)),
        }
    }

    fn read_flag(self) -> Result<Value<'a>, Reason> {
        let flag = match self {
            cell if cell.is_blank() => return Ok(Value::Missing),
            Self::Flag(flag) => Some(flag),
            Self::Text(text) | Self::Number(text) => flag_of_text(text.trim_ascii()),
            Self::Integer(number @ (0 | 1)) => Some(number == 1),
            Self::Float(value) if value == 0.0 || value == 1.0 => Some(value == 1.0),
            _ => None,
        };
        flag.map(Value::Flag).ok_or(NOT_FLAG)
    }

    fn read_time(self) -> Result<Value<'a>, Reason> {
        let (time, form) = match self {
            cell if cell.is_blank() => return Ok(Value::Missing),
            Self::Text(text) | Self::Number(text) => time_of_text(&text)?,
            Self::Integer(number) => i64::try_from(number).ok().and_then(Timestamp::from_unix).ok_or(NOT_UNIX)?,
            Self::Float(value) => time_of_float(value)?,
            Self::Instant(ms) => (Timestamp::from_ms(ms).ok_or(OUT_OF_RANGE)?, TimeForm::Typed),
            _ => return Err(NOT_A_TIME),
        };
        Ok(Value::Time(time, form))
    }

    fn read_choice(self, read: fn(&str) -> Option<&'static str>, words: &'static [&'static str]) -> Result<Value<'a>, Reason> {
        match self {
            cell if cell.is_blank() => Ok(Value::Missing),
            Self::Text(text) => read(&text).map(Value::Word).ok_or(Reason::NotOneOf(words)),
            _ => Err(Reason::NotOneOf(words)),
        }
    }
}

const NOT_A_TIME: Reason = Reason::Is("not a time");
const NOT_UNIX: Reason = Reason::Is("number is neither Unix seconds nor milliseconds between 1990 and 2100");
const OUT_OF_RANGE: Reason = Reason::Is("time outside 1990 to 2100");

/// Digits as they stand; `123.0` (how some tools write whole numbers beside missing ones) loses its fraction.
fn id_of_number(digits: Cow<'_, str>) -> Result<Cow<'_, str>, Reason> {
    let whole = |text: &str| {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit())
    };
    if whole(&digits) {
        return Ok(digits);
    }
    match digits.split_once('.') {
        Some((id, zeros)) if whole(id) && zeros.bytes().all(|byte| byte == b'0') => {
            let exact = id.parse::<f64>().is_ok_and(|value| value.abs() < EXACT_FLOAT);
            if exact { Ok(Cow::Owned(id.to_owned())) } else { Err(ROUNDED_ID) }
        }
        _ => Err(NOT_ID),
    }
}

fn count_of_text(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    if bytes.len() < 20 && !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) {
        return Some(bytes.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')));
    }
    let text = text.trim_ascii();
    text.parse().ok().or_else(|| count_of_float(text.parse().ok()?))
}

fn count_of_float(value: f64) -> Option<u64> {
    ((0.0..COUNT_END).contains(&value) && value.fract() == 0.0).then_some(value as u64)
}

fn flag_of_text(text: &str) -> Option<bool> {
    const YES: [&str; 6] = ["true", "1", "yes", "t", "y", "1.0"];
    const NO: [&str; 6] = ["false", "0", "no", "f", "n", "0.0"];
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&YES) { Some(true) } else { is(&NO).then_some(false) }
}

fn time_of_text(text: &str) -> Result<(Timestamp, TimeForm), Reason> {
    Timestamp::parse(text).or_else(|sentence| match text.trim_ascii().parse() {
        Ok(number) => time_of_float(number),
        Err(_) => Err(Reason::Is(sentence)),
    })
}

/// Unix time with a fraction, cut to milliseconds.
fn time_of_float(value: f64) -> Result<(Timestamp, TimeForm), Reason> {
    if !value.is_finite() || value.abs() >= EXACT_FLOAT {
        return Err(NOT_UNIX);
    }
    let (_, form) = Timestamp::from_unix(value as i64).ok_or(NOT_UNIX)?;
    let ms = if form == TimeForm::UnixSeconds { (value * 1000.0).round() } else { value };
    Timestamp::from_ms(ms as i64).map(|time| (time, form)).ok_or(NOT_UNIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Platform;

    fn text(text: &str) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(text))
    }

    fn number(digits: &str) -> Cell<'_> {
        Cell::Number(Cow::Borrowed(digits))
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        let good = [("0", 0), ("17", 17), ("12.0", 12), ("1e3", 1000), ("18446744073709551615", u64::MAX), (" 5 ", 5)];
        for (written, count) in good {
            assert_eq!(text(written).read(ColumnKind::COUNT), Ok(Value::Count(count)), "{written}");
        }
        for bad in ["-3", "12.5", "NaN", "inf", "18446744073709551616", "1e30", "1,234", "many", "0x10"] {
            assert!(text(bad).read(ColumnKind::COUNT).is_err(), "{bad}");
            assert!(number(bad).read(ColumnKind::COUNT).is_err(), "{bad}");
        }
        assert!(Cell::Float(f64::NAN).read(ColumnKind::COUNT).is_err());
        assert_eq!(Cell::Float(7.0).read(ColumnKind::COUNT), Ok(Value::Count(7)));
    }

    #[test]
    fn ids_keep_every_digit() {
        let id = |cell: Cell<'static>| match cell.read(ColumnKind::Id) {
            Ok(Value::Text(id)) => id.into_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(id(number("12345678901234567890")), "12345678901234567890");
        assert_eq!(id(text("007")), "007");
        assert_eq!(id(number("123.0")), "123");
        assert_eq!(id(Cell::Float(42.0)), "42");
        for bad in [
            Cell::Float(1e17),
            Cell::Float(1.5),
            Cell::Float(f64::NAN),
            number("1e5"),
            number("9007199254740993.0"),
            Cell::Flag(true),
        ] {
            assert!(bad.clone().read(ColumnKind::Id).is_err(), "{bad:?}");
        }
        assert_eq!(text(" ").read(ColumnKind::Id), Ok(Value::Missing));
    }

    #[test]
    fn flags_are_read_in_every_spelling() {
        for yes in ["true", "TRUE", "1", "yes", "Yes", "t", "1.0"] {
            assert_eq!(text(yes).read(ColumnKind::Flag), Ok(Value::Flag(true)), "{yes}");
        }
        for no in ["false", "False", "0", "no", "N"] {
            assert_eq!(text(no).read(ColumnKind::Flag), Ok(Value::Flag(false)), "{no}");
        }
        assert!(text("2").read(ColumnKind::Flag).is_err());
        assert!(Cell::Float(0.5).read(ColumnKind::Flag).is_err());
    }

    #[test]
    fn times_are_read_in_every_form_and_range_checked() {
        let ms = 1_718_323_200_000;
        let forms = [
            (text("2024-06-14T02:00:00+02:00"), TimeForm::Rfc3339),
            (text("2024-06-14 00:00:00"), TimeForm::Naive),
            (text("2024-06-14"), TimeForm::Date),
            (number("1718323200"), TimeForm::UnixSeconds),
            (number("1718323200.0"), TimeForm::UnixSeconds),
            (text("1718323200000"), TimeForm::UnixMilliseconds),
            (Cell::Float(1_718_323_200.0), TimeForm::UnixSeconds),
            (Cell::Instant(ms), TimeForm::Typed),
        ];
        for (cell, form) in forms {
            assert_eq!(cell.clone().read(ColumnKind::Time), Ok(Value::Time(Timestamp::from_ms(ms).unwrap(), form)), "{cell:?}");
        }
        for bad in ["1901-12-13", "2999-01-01T00:00:00Z", "soon", "-1", "12"] {
            assert!(text(bad).read(ColumnKind::Time).is_err(), "{bad}");
        }
        assert!(Cell::Instant(0).read(ColumnKind::Time).is_err());
    }

    #[test]
    fn reals_are_finite() {
        assert_eq!(text("12.5").read(ColumnKind::AMOUNT), Ok(Value::Real(12.5)));
        for bad in ["NaN", "inf", "1e999", "€5"] {
            assert!(text(bad).read(ColumnKind::AMOUNT).is_err(), "{bad}");
        }
    }

    #[test]
    fn words_get_their_canonical_spelling() {
        let kind = ColumnKind::Choice(|word| Platform::from_word(word).map(Platform::word), Platform::WORDS);
        assert_eq!(text(" Twitter").read(kind), Ok(Value::Word("x")));
        assert!(text("myspace").read(kind).unwrap_err().to_string().starts_with("not one of: instagram, tiktok"));
    }

    #[test]
    fn text_may_be_empty_but_not_hold_nul_or_lists() {
        assert_eq!(text("").read(ColumnKind::Text), Ok(Value::Text("".into())));
        assert_eq!(text("a\0b").read(ColumnKind::Text), Err(NUL));
        assert_eq!(Cell::Broken.read(ColumnKind::Text), Err(BROKEN));
        assert_eq!(Cell::Foreign("a list").read(ColumnKind::Text).unwrap_err().to_string(), "holds a list");
    }
}
