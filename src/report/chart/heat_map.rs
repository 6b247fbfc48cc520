//! A shaded table with its numbers.

use super::{WIDTH, px, words};
use crate::benchmark::HeatMap;
use maud::{Markup, html};

/// Where the names of rows end and the cells begin.
const LEFT: f64 = 172.0;
const RIGHT: f64 = WIDTH - 8.0;
const TOP: f64 = 58.0;
const ROW: f64 = 18.0;
/// Between two bands.
const GAP: f64 = 8.0;
/// Opacity of a cell of value 1: ink on it can still be read, by light and by dark.
const DARKEST: f64 = 0.6;

/// The drawing and its height.
pub fn heat_map(map: &HeatMap) -> (f64, Markup) {
    let width = (RIGHT - LEFT) / map.columns.len().max(1) as f64;
    let middle = |column: usize| LEFT + (column as f64 + 0.5) * width;
    let tops = tops(map);
    let bottom = tops.last().map_or(TOP, |_| height(map, map.bands.len()) - GAP);
    let content = html! {
        (words("label", (12.0, 20.0), "start", &map.title))
        (words("tick", (RIGHT, 36.0), "end", &map.across))
        @for (column, name) in map.columns.iter().enumerate() { (words("tick", (middle(column), TOP - 6.0), "middle", name)) }
        @for (band, &top) in map.bands.iter().zip(&tops) {
            (words("label", (12.0, top + 13.5), "start", &band.name))
            @for (nth, (name, values)) in band.rows.iter().enumerate() {
                @let y = top + nth as f64 * ROW;
                (words("tick", (LEFT - 6.0, y + 13.5), "end", name))
                @for (column, value) in values.iter().enumerate() {
                    (cell((LEFT + column as f64 * width, y), width, *value))
                }
            }
        }
    };
    (bottom + 12.0, content)
}

/// Top of each band.
fn tops(map: &HeatMap) -> Vec<f64> {
    (0..map.bands.len()).map(|band| height(map, band)).collect()
}

/// Where the band of this number would begin.
fn height(map: &HeatMap, band: usize) -> f64 {
    TOP + map.bands[..band].iter().map(|band| band.rows.len() as f64 * ROW + GAP).sum::<f64>()
}

fn cell((left, top): (f64, f64), width: f64, value: Option<f64>) -> Markup {
    let Some(value) = value else { return html! {} };
    let text = format!("{value:.2}");
    let text = text.strip_prefix('0').unwrap_or(&text);
    html! {
        rect class="cell" x=(px(left + 0.5)) y=(px(top + 0.5)) width=(px(width - 1.0)) height=(px(ROW - 1.0))
            fill-opacity=(format!("{:.3}", DARKEST * value.clamp(0.0, 1.0))) {}
        (words("figure", (left + width / 2.0, top + 13.5), "middle", text))
    }
}
