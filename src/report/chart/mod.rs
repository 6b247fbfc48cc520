//! Small SVG pictures, one a file. Colours come from the page's style sheet by class, so that they follow light, dark and
//! print; that is why they are drawn here and not by a plotting library, whose colours stand fixed in the file.

mod arrivals;
mod axis;
mod budget_curve;
mod class_bars;
mod comment_bars;
mod comparison;
mod contribution;
mod curves;
mod follower_map;
mod gains;
mod group;
mod heat_map;
mod histogram;
mod line;
mod posts;
mod score_band;
mod week_map;

pub use arrivals::arrivals;
pub use budget_curve::budget_curve;
pub use class_bars::class_bars;
pub use comment_bars::comment_bars;
pub use comparison::comparison;
pub use contribution::contribution_bar;
pub use curves::curves;
pub use follower_map::follower_map;
pub use gains::gains;
pub use group::{group_matrix, group_raster};
pub use heat_map::heat_map;
pub use histogram::histogram;
pub use line::line;
pub use posts::posts;
pub use score_band::score_band;
pub use week_map::week_map;

use maud::{Markup, html};

/// Width of every chart in its own units. At this width its text can still be read on a phone.
pub const WIDTH: f64 = 420.0;

/// A picture with a spoken label.
fn picture(height: f64, label: &str, content: &Markup) -> Markup {
    let view = format!("0 0 {WIDTH} {height}");
    html! {
        svg class="chart" viewBox=(view) role="img" aria-label=(label) xmlns="http://www.w3.org/2000/svg" { (content) }
    }
}

/// A coordinate with one decimal.
fn px(value: f64) -> String {
    format!("{:.1}", if value.is_finite() { value + 0.0 } else { 0.0 })
}

/// An upright rectangle between two corners.
fn rectangle(class: &str, (left, top): (f64, f64), (right, bottom): (f64, f64)) -> Markup {
    html! { rect class=(class) x=(px(left)) y=(px(top)) width=(px((right - left).max(0.0))) height=(px((bottom - top).max(0.0))) {} }
}

/// A straight stroke.
fn stroke(class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> Markup {
    html! { line class=(class) x1=(px(x1)) y1=(px(y1)) x2=(px(x2)) y2=(px(y2)) {} }
}

/// Words at a point; `anchor` is `start`, `middle` or `end`.
fn words(class: &str, (x, y): (f64, f64), anchor: &str, text: &str) -> Markup {
    html! { text class=(class) x=(px(x)) y=(px(y)) text-anchor=(anchor) { (text) } }
}
