//! Hours of the week, shaded by how much happens in them.

use super::{WIDTH, picture, px, words};
use crate::report::creator::{HourMap, WEEKDAYS};
use maud::{Markup, html};

const LEFT: f64 = 40.0;
const RIGHT: f64 = WIDTH - 10.0;
const TOP: f64 = 12.0;
const ROW: f64 = 18.0;

/// One cell an hour: days from top to bottom, hours from left to right, opaque at the busiest.
pub fn week_map(map: &HourMap, label: &str) -> Markup {
    let busiest = map.counts.iter().flatten().copied().max().unwrap_or(0).max(1);
    let column = (RIGHT - LEFT) / 24.0;
    let bottom = TOP + ROW * map.counts.len() as f64;
    let content = html! {
        @for (day, (hours, name)) in map.counts.iter().zip(WEEKDAYS).enumerate() {
            @let top = TOP + day as f64 * ROW;
            (words("tick", (LEFT - 6.0, top + 13.0), "end", name))
            @for (hour, &count) in hours.iter().enumerate().filter(|(_, count)| **count > 0) {
                rect class="fill-real" x=(px(LEFT + hour as f64 * column)) y=(px(top)) width=(px(column - 1.0)) height=(px(ROW - 1.0))
                    fill-opacity=(format!("{:.2}", (f64::from(count) / f64::from(busiest)).max(0.03))) {}
            }
        }
        @for hour in [0, 6, 12, 18, 24] { (words("tick", (LEFT + f64::from(hour) * column, bottom + 18.0), "middle", &hour.to_string())) }
    };
    picture(bottom + 28.0, label, &content)
}
