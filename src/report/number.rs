//! Numbers as people read them: with unit, thousands separated, no false precision.

use crate::domain::Timestamp;
pub use crate::scoring::{count, count_of};

/// `0.1234` as `12.3 %`.
pub fn percent(share: f64) -> String {
    format!("{} %", percent_number(share))
}

/// Both ends of an interval of shares as `10.1–14.7 %`.
pub fn percent_range(low: f64, high: f64) -> String {
    format!("{}–{} %", percent_number(low), percent_number(high))
}

/// The 90 % interval of a share in a cell, or that it was counted where both ends are one.
pub fn share_interval(low: f64, high: f64) -> String {
    if is_counted(low, high) { COUNTED.to_owned() } else { percent_range(low, high) }
}

/// The same in a sentence.
pub fn share_interval_text(low: f64, high: f64) -> String {
    if is_counted(low, high) { COUNTED.to_owned() } else { format!("90 % interval {}", percent_range(low, high)) }
}

/// Whether an interval has no width: everything was in the data.
pub fn is_counted(low: f64, high: f64) -> bool {
    (high - low).abs() < 1e-9
}

/// What stands in place of an interval without width.
pub const COUNTED: &str = "counted, not estimated";

fn percent_number(share: f64) -> String {
    let percent = 100.0 * share;
    match percent {
        // A share that is not nought is never printed as nought, nor one short of everything as everything.
        p if p > 0.0 && p < 0.05 => "<0.1".to_owned(),
        p if (99.95..100.0).contains(&p) => ">99.9".to_owned(),
        p => format!("{:.1}", p + 0.0),
    }
}

/// A number with as many decimals as its size bears: `1,234`, `12.3`, `0.123`.
pub fn plain(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return "–".to_owned();
    }
    if size >= 1000.0 || (value.fract() == 0.0 && size < 1e15) {
        let sign = if value.round() < 0.0 { "−" } else { "" };
        return format!("{sign}{}", count(size.round() as u64));
    }
    let decimals = if size >= 100.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 1.0 {
        2
    } else {
        3
    };
    format!("{value:.decimals$}").replace('-', "−")
}

/// A log-odds contribution as `+1.24` or `−0.30`.
pub fn log_odds(value: f64) -> String {
    let text = format!("{value:+.2}").replace('-', "−");
    if matches!(text.as_str(), "+0.00" | "−0.00") { "0.00".to_owned() } else { text }
}

/// The day of an instant, `2024-06-14`.
pub fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

/// The minute of an instant, `2024-06-14 13:05 UTC`.
pub fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    format!("{} {} UTC", text.get(..10).unwrap_or(&text), text.get(11..16).unwrap_or(""))
}

/// A measured value with its signal's unit, in words where the unit is a yes or no, without it where the signal's name
/// already says it.
pub fn with_unit(value: f64, name: &str, unit: &str) -> String {
    let is_said = || unit.split(' ').all(|word| name.split(' ').any(|known| known == word));
    match unit {
        "share" => percent(value),
        unit if unit.starts_with("yes") => if value >= 0.5 { "yes" } else { "no" }.to_owned(),
        unit if unit.is_empty() || is_said() => plain(value),
        _ => format!("{} {unit}", plain(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_shares_without_denying_them() {
        assert_eq!([0.0, 0.0001, 0.1234, 0.9999, 1.0].map(percent), ["0.0 %", "<0.1 %", "12.3 %", ">99.9 %", "100.0 %"]);
    }

    #[test]
    fn gives_numbers_the_decimals_they_bear() {
        assert_eq!([0.1234, 1.5, 15.26, 1234.5, -3.0, f64::NAN].map(plain), ["0.123", "1.50", "15.3", "1,235", "−3", "–"]);
        assert_eq!([1.239, -0.3, 0.001].map(log_odds), ["+1.24", "−0.30", "0.00"]);
    }

    #[test]
    fn names_the_unit_once() {
        let shown = [(28.0, "posts", "posts"), (3.0, "followers", "accounts"), (0.0, "own picture", "yes (1) or no (0)")];
        assert_eq!(shown.map(|(value, name, unit)| with_unit(value, name, unit)), ["28", "3 accounts", "no"]);
    }

    #[test]
    fn writes_instants_in_utc() {
        let at = Timestamp::parse("2024-06-14T13:05:59Z").unwrap().0;
        assert_eq!((day(at).as_str(), minute(at).as_str()), ("2024-06-14", "2024-06-14 13:05 UTC"));
    }
}
