//! A count over time.

use super::axis::{Scale, days, levels, short_count, ticks};
use super::{WIDTH, picture, px, rectangle, stroke, words};
use crate::report::creator::{MarkedWindow, TimeSeries};
use maud::{Markup, html};

const HEIGHT: f64 = 196.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 168.0;

/// Narrowest mark that can be seen.
const LEAST_WIDTH: f64 = 3.0;

/// A time that a finding speaks of: a strip behind the line, with its number above.
fn marked(window: &MarkedWindow, across: Scale) -> Markup {
    let (left, right) = (across.at(window.from_ms as f64), across.at(window.to_ms as f64));
    let middle = f64::midpoint(left, right);
    let half = ((right - left) / 2.0).max(LEAST_WIDTH / 2.0);
    html! {
        (rectangle("highlight", (middle - half, 26.0), (middle + half, BOTTOM)))
        (words("tick", (middle, 24.0), "middle", &window.number.to_string()))
    }
}

/// A line through the points over time. `from_zero` its axis begins at 0 and the area below it is filled; otherwise it
/// begins near the smallest value, says so, and nothing is filled.
pub fn line(series: &TimeSeries, label: &str, from_zero: bool) -> Markup {
    let values = || series.points.iter().map(|point| point.value as f64);
    let low = if from_zero { 0.0 } else { values().fold(f64::INFINITY, f64::min) };
    let marks = ticks(low, values().fold(low + 1.0, f64::max), 4);
    let bounds = (marks[0], marks[marks.len() - 1]);
    let down = Scale { values: bounds, place: (BOTTOM, 26.0) };
    let axis = match bounds.0 {
        low if low > 0.0 => format!("{} (the axis begins at {})", series.unit, short_count(low)),
        _ => series.unit.to_owned(),
    };
    let time = |point: Option<&crate::report::creator::SeriesPoint>| point.map_or(0.0, |point| point.at_ms as f64);
    let span = (time(series.points.first()), time(series.points.last()));
    let across = Scale { values: span, place: (LEFT, WIDTH - 10.0) };
    let place = |point: &crate::report::creator::SeriesPoint| {
        format!("{},{}", px(across.at(point.at_ms as f64)), px(down.at(point.value as f64)))
    };
    let path: Vec<String> = series.points.iter().map(place).collect();
    let path = path.join(" ");
    let area = format!("{},{BOTTOM} {path} {},{BOTTOM}", px(across.at(span.0)), px(across.at(span.1)));
    let content = html! {
        @for window in &series.windows { (marked(window, across)) }
        (levels(down, &marks, (LEFT, WIDTH - 10.0), short_count))
        (words("tick", (2.0, 13.0), "start", &axis))
        @if from_zero { polygon class="area" points=(area) {} }
        polyline class="curve" points=(path) {}
        (stroke("axis", (LEFT, BOTTOM), (WIDTH - 10.0, BOTTOM)))
        (days(across, BOTTOM + 20.0))
    };
    picture(HEIGHT, label, &content)
}
