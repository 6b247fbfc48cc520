//! Plots as files of their own: SVG with the colours of the reports, light or dark as the reader's system is.

use super::chart;
use crate::benchmark::{HeatMap, Plot};
use maud::{Markup, PreEscaped, html};

/// The part of the reports' style sheet that plots use, with the curves' colours.
const STYLE: &str = "\
svg { --page: #ffffff; --ink: #1a2130; --quiet: #545e70; --line: #dfe1e6; --one: #14857c; --two: #4f52d0; --three: #a86a00; --sim: #c8420f; \
font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; }
@media (prefers-color-scheme: dark) {
svg { --page: #191f29; --ink: #e8ebf0; --quiet: #a5afbf; --line: #313a48; --one: #35b3a6; --two: #9a9cff; --three: #e0a93b; --sim: #ff7f50; }
}
.page { fill: var(--page); }
.tick { font-size: 12px; fill: var(--quiet); }
.label { font-size: 13.5px; font-weight: 600; fill: var(--ink); }
.grid { stroke: var(--line); stroke-width: 1; }
.cell { fill: var(--one); }
.figure { font-size: 12px; fill: var(--ink); }
.axis { stroke: var(--quiet); stroke-width: 1; }
.real-1, .real-2, .real-3, .simulated { fill: none; stroke-width: 2; stroke-linejoin: round; }
.real-1 { stroke: var(--one); }
.real-2 { stroke: var(--two); stroke-dasharray: 7 3; }
.real-3 { stroke: var(--three); stroke-dasharray: 2 3; }
.simulated { stroke: var(--sim); stroke-width: 2.6; }
";

/// One plot as an SVG document.
///
/// # Examples
/// ```
/// use bonafide::benchmark::{Axis, Curve, Plot};
/// use bonafide::report::render_plot;
/// let curve = Curve { name: "real".into(), is_simulated: false, points: vec![(0.0, 0.0), (1.0, 1.0)] };
/// let (across, upright) = (("x", Axis::Linear), ("y", Axis::Linear));
/// let text = render_plot(&Plot { name: "line", title: "A line", across, upright, curves: vec![curve] });
/// assert!(text.starts_with("<svg") && text.contains("polyline"));
/// ```
pub fn render_plot(plot: &Plot) -> String {
    let names: Vec<&str> = plot.curves.iter().map(|curve| curve.name.as_str()).collect();
    document(chart::curves(plot), &format!("{}: {}, by {}", plot.title, names.join(", "), plot.across.0))
}

/// One map as an SVG document.
///
/// # Examples
/// ```
/// use bonafide::benchmark::{HeatBand, HeatMap};
/// use bonafide::report::render_heat_map;
/// let bands = vec![HeatBand { name: "small".into(), rows: vec![("an hour".into(), vec![Some(0.5), None])] }];
/// let columns = vec![".1".into(), ".2".into()];
/// let map = HeatMap { name: "map".into(), title: "Found".into(), across: "density".into(), columns, bands };
/// assert!(render_heat_map(&map).contains(">.50<"));
/// ```
pub fn render_heat_map(map: &HeatMap) -> String {
    document(chart::heat_map(map), &format!("{}, by {}", map.title, map.across))
}

fn document((height, content): (f64, Markup), label: &str) -> String {
    let (width, view) = (chart::WIDTH, format!("0 0 {} {height}", chart::WIDTH));
    let picture = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox=(view) role="img" aria-label=(label) {
            style { (PreEscaped(STYLE)) }
            rect class="page" width=(width) height=(height) {}
            (content)
        }
    };
    picture.into_string() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::{Axis, Curve, HeatBand};

    #[test]
    fn every_cell_with_a_value_has_its_number_and_shade() {
        let band = |name: &str, values: &[Option<f64>]| HeatBand {
            name: name.into(),
            rows: vec![("a day".into(), values.to_vec()), ("no times".into(), vec![None; values.len()])],
        };
        let map = HeatMap {
            name: "map".into(),
            title: "a<b".into(),
            across: "density".into(),
            columns: vec![".1".into(), ".9".into()],
            bands: vec![band("25 × 12", &[Some(0.0), Some(1.0)]), band("50 × 20", &[None, Some(0.257)])],
        };
        let text = render_heat_map(&map);
        assert_eq!((text.matches("class=\"cell\"").count(), text.matches("class=\"figure\"").count()), (3, 3), "{text}");
        assert!(text.contains(">1.00<") && text.contains(">.26<") && text.contains("a&lt;b") && !text.contains("NaN"), "{text}");
    }

    #[test]
    fn every_curve_has_a_line_and_a_legend_and_text_is_escaped() {
        let curve = |name: &str, is_simulated| Curve { name: name.into(), is_simulated, points: vec![(0.0, 0.0), (2.0, -1.0)] };
        let plot = Plot {
            name: "tails",
            title: "Tails",
            across: ("accounts", Axis::Log10),
            upright: ("share", Axis::Log10),
            curves: vec![curve("a<b", false), curve("simulated", true)],
        };
        let text = render_plot(&plot);
        assert_eq!((text.matches("<polyline").count(), text.matches("a&lt;b").count()), (2, 2));
        assert!(text.contains("class=\"simulated\"") && !text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}
