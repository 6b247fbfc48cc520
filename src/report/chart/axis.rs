//! Scales, round ticks and the lines that go with them.

use super::{stroke, words};
use crate::domain::{DAY_MS, Timestamp};
use maud::{Markup, html};

/// Maps values to coordinates.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// Smallest and largest value.
    pub values: (f64, f64),
    /// Their coordinates.
    pub place: (f64, f64),
}

impl Scale {
    /// The coordinate of a value, held within the scale; the middle where all values are one.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.values.1 - self.values.0;
        let part = if span > 0.0 { ((value - self.values.0) / span).clamp(0.0, 1.0) } else { 0.5 };
        self.place.0 + part * (self.place.1 - self.place.0)
    }
}

/// Round values (1, 2 or 5 times a power of ten apart) from `low` to at least `high`, about `n` of them.
pub fn ticks(low: f64, high: f64, n: usize) -> Vec<f64> {
    let span = (high - low).max(f64::MIN_POSITIVE);
    let rough = span / n.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough * 0.999).unwrap_or(rough);
    let first = (low / step).floor();
    let count = ((high / step - 1e-9).ceil() - first).max(1.0) as usize;
    (0..=count).map(|index| (first + index as f64) * step).collect()
}

/// Level lines with their labels to the left.
pub fn levels(scale: Scale, ticks: &[f64], (left, right): (f64, f64), label: fn(f64) -> String) -> Markup {
    html! {
        @for &tick in ticks {
            @let y = scale.at(tick);
            (stroke("grid", (left, y), (right, y)))
            (words("tick", (left - 6.0, y + 4.0), "end", &label(tick)))
        }
    }
}

/// The first, middle and last day below the plot.
pub fn days(scale: Scale, y: f64) -> Markup {
    let (first, last) = scale.values;
    let text = |ms: f64| Timestamp::from_ms(ms as i64).map_or_else(String::new, |at| day_label(at, last - first));
    let marks = [(first, "start"), (f64::midpoint(first, last), "middle"), (last, "end")];
    html! {
        @for (ms, anchor) in marks { (words("tick", (scale.at(ms), y), anchor, &text(ms))) }
    }
}

fn day_label(at: Timestamp, span_ms: f64) -> String {
    let text = at.to_string();
    let part = if span_ms < 3.0 * DAY_MS as f64 { text.get(5..16) } else { text.get(..10) };
    part.unwrap_or(&text).replace('T', " ")
}

/// A count in few characters: `950`, `12k`, `3.4M`.
pub fn short_count(value: f64) -> String {
    let (size, letter) = match value.abs() {
        v if v >= 1e9 => (value / 1e9, "G"),
        v if v >= 1e6 => (value / 1e6, "M"),
        v if v >= 1e3 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let text = format!("{size:.2}");
    format!("{}{letter}", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        assert_eq!(ticks(0.0, 37.0, 4), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(ticks(980.0, 1010.0, 3), [980.0, 990.0, 1000.0, 1010.0]);
        assert_eq!(ticks(0.0, 0.0, 4).len(), 2);
    }

    #[test]
    fn counts_are_short() {
        assert_eq!([950.0, 12_000.0, 3_400_000.0, 1_250.0].map(short_count), ["950", "12k", "3.4M", "1.25k"]);
    }
}
