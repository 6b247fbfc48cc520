//! How figures are written into cells.

use crate::domain::Interval;

/// What stands where a figure could not be measured.
pub(super) const ABSENT: &str = "not measured";

/// Three decimals without the leading zero: `.933`.
pub(super) fn decimal(value: f64) -> String {
    decimal_to(value, 3)
}

/// The same with as many decimals as asked for.
pub(super) fn decimal_to(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix("-0.") {
        Some(rest) if rest.bytes().all(|digit| digit == b'0') => format!(".{rest}"),
        Some(rest) => format!("-.{rest}"),
        None => text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned),
    }
}

/// `.933 [.910, .953]`.
pub(super) fn with_interval(value: Option<f64>, interval: Option<Interval>) -> String {
    match (value, interval) {
        (Some(value), Some(interval)) => {
            format!("{} [{}, {}]", decimal(value), decimal(interval.low()), decimal(interval.high()))
        }
        (Some(value), None) => decimal(value),
        (None, _) => ABSENT.to_owned(),
    }
}

/// A share and its interval with two decimals: `.14 [.07, .21]`.
pub(super) fn share(value: f64, interval: Interval) -> String {
    let [value, low, high] = [value, interval.low(), interval.high()].map(|number| decimal_to(number, 2));
    format!("{value} [{low}, {high}]")
}

/// A figure that may be absent.
pub(super) fn optional(value: Option<f64>) -> String {
    value.map_or_else(|| ABSENT.to_owned(), decimal)
}

/// A share in percentage points with one decimal.
pub(super) fn points(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

/// Whole numbers with commas.
pub(super) fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Four decimals, and never 0: what is short by a hair is short.
pub(super) fn small(value: f64) -> String {
    if value < 0.000_1 { "less than .0001".to_owned() } else { decimal_to(value, 4) }
}

/// A figure that was to be reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bar {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
}

impl Bar {
    /// `≥ .930`.
    pub(super) fn text(self) -> String {
        match self {
            Self::AtLeast(bound) => format!("≥ {}", decimal(bound)),
            Self::AtMost(bound) => format!("≤ {}", decimal(bound)),
        }
    }

    /// How far the figure falls short, as printed; `None` where it does not.
    pub(super) fn shortfall(self, value: f64) -> Option<f64> {
        let short = match self {
            Self::AtLeast(bound) => bound - value,
            Self::AtMost(bound) => value - bound,
        };
        (short > 0.0).then_some(short)
    }

    /// `met`, or by how much not.
    pub(super) fn outcome(self, value: Option<f64>) -> String {
        match value.map(|value| self.shortfall(value)) {
            None => ABSENT.to_owned(),
            Some(None) => "met".to_owned(),
            Some(Some(short)) => format!("short by {}", small(short)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_lose_their_leading_zero() {
        assert_eq!(with_interval(Some(0.933), Interval::new(0.9101, 0.9529)), ".933 [.910, .953]");
        assert_eq!((decimal(1.0), decimal(-0.25), decimal(-0.0001)), ("1.000".into(), "-.250".into(), ".000".into()));
        assert_eq!(share(0.144, Interval::new(0.07, 1.0).unwrap()), ".14 [.07, 1.00]");
        assert_eq!((count(999), count(6_825), count(1_234_567)), ("999".into(), "6,825".into(), "1,234,567".into()));
        assert_eq!(with_interval(None, None), ABSENT);
    }

    #[test]
    fn bars_say_by_how_much() {
        assert_eq!(Bar::AtLeast(0.774).outcome(Some(0.726)), "short by .0480");
        assert_eq!(Bar::AtLeast(0.97).outcome(Some(0.969_96)), "short by less than .0001");
        assert_eq!(Bar::AtMost(0.08).outcome(Some(0.08)), "met");
        assert_eq!(Bar::AtMost(0.08).text(), "≤ .080");
    }
}
