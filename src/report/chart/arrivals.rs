//! When likes came after posts, beside the fitted decay.

use super::axis::{Scale, levels, ticks};
use super::{WIDTH, picture, px, rectangle, stroke, words};
use crate::report::creator::{ArrivalCurve, ArrivalPoint};
use maud::{Markup, html};

const HEIGHT: f64 = 196.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = WIDTH - 10.0;
const BOTTOM: f64 = 168.0;
const TOP: f64 = 12.0;

/// Shares that had come over time: all posts, the fitted law, and the post that stands out with its window.
pub fn arrivals(curve: &ArrivalCurve) -> Markup {
    let hours = curve.points.last().map_or(72.0, |point| point.hours);
    let across = Scale { values: (0.0, hours), place: (LEFT, RIGHT) };
    let down = Scale { values: (0.0, 1.0), place: (BOTTOM, TOP) };
    let path = |share: &dyn Fn(&ArrivalPoint) -> Option<f64>| {
        let place = |point: &ArrivalPoint| Some(format!("{},{}", px(across.at(point.hours)), px(down.at(share(point)?))));
        curve.points.iter().filter_map(place).collect::<Vec<_>>().join(" ")
    };
    let content = html! {
        @if let Some([from, until]) = curve.window_h {
            (rectangle("highlight", (across.at(from), TOP), (across.at(until), BOTTOM)))
        }
        (levels(down, &ticks(0.0, 1.0, 4), (LEFT, RIGHT), |share| format!("{:.0} %", 100.0 * share)))
        polyline class="real-3" points=(path(&|point| Some(point.fitted))) {}
        polyline class="curve" points=(path(&|point| Some(point.all))) {}
        @if curve.post_id.is_some() { polyline class="real-2" points=(path(&|point| point.post)) {} }
        (stroke("axis", (LEFT, BOTTOM), (RIGHT, BOTTOM)))
        @for hour in [0.0, 24.0, 48.0, 72.0] {
            (words("tick", (across.at(hour), BOTTOM + 20.0), if hour == 0.0 { "start" } else { "end" }, &format!("{hour:.0} h")))
        }
    };
    picture(HEIGHT, "Share of the likes that had come, by hours after the post", &content)
}
