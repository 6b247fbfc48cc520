//! A few curves over common axes, with a legend.

use super::axis::{Scale, short_count, ticks};
use super::{WIDTH, px, stroke, words};
use crate::benchmark::{Axis, Curve, Plot};
use maud::{Markup, html};

const LEFT: f64 = 62.0;
const RIGHT: f64 = WIDTH - 20.0;
/// Characters of a name of which two stand side by side in the legend.
const SHORT: usize = 20;
/// Height of a line of the legend.
const LINE: f64 = 18.0;
const TITLE: f64 = 30.0;
const PLOT: f64 = 190.0;

/// The drawing and its height.
pub fn curves(plot: &Plot) -> (f64, Markup) {
    let a_line = if plot.curves.iter().all(|curve| curve.name.len() <= SHORT) { 2 } else { 1 };
    let top = TITLE + LINE * plot.curves.len().div_ceil(a_line) as f64 + 10.0;
    let bottom = top + PLOT;
    let points = || plot.curves.iter().flat_map(|curve| &curve.points);
    let across = marks(plot.across.1, points().map(|point| point.0), true);
    let upright = marks(plot.upright.1, points().map(|point| point.1), false);
    let x = Scale { values: ends(&across), place: (LEFT, RIGHT) };
    let y = Scale { values: ends(&upright), place: (bottom, top) };
    let content = html! {
        (words("label", (LEFT, 18.0), "start", plot.title))
        @for (nth, curve) in plot.curves.iter().enumerate() { (legend(curve, nth, a_line)) }
        @for &mark in &upright {
            (stroke("grid", (LEFT, y.at(mark)), (RIGHT, y.at(mark))))
            (words("tick", (LEFT - 6.0, y.at(mark) + 4.0), "end", &label(plot.upright.1, mark)))
        }
        @for &mark in &across {
            (stroke("grid", (x.at(mark), top), (x.at(mark), bottom)))
            (words("tick", (x.at(mark), bottom + 17.0), "middle", &label(plot.across.1, mark)))
        }
        (stroke("axis", (LEFT, bottom), (RIGHT, bottom)))
        @for (nth, curve) in plot.curves.iter().enumerate() { polyline class=(class(curve, nth)) points=(path(curve, x, y)) {} }
        (words("tick", (f64::midpoint(LEFT, RIGHT), bottom + 35.0), "middle", plot.across.0))
        (upright_words(plot.upright.0, f64::midpoint(top, bottom)))
    };
    (bottom + 44.0, content)
}

fn path(curve: &Curve, x: Scale, y: Scale) -> String {
    let place = |&(across, upright): &(f64, f64)| format!("{},{}", px(x.at(across)), px(y.at(upright)));
    curve.points.iter().map(place).collect::<Vec<_>>().join(" ")
}

/// The simulated curve has one look in all plots; real ones take turns.
fn class(curve: &Curve, nth: usize) -> &'static str {
    if curve.is_simulated { "simulated" } else { ["real-1", "real-2", "real-3"][nth % 3] }
}

fn legend(curve: &Curve, nth: usize, a_line: usize) -> Markup {
    let left = if nth.is_multiple_of(a_line) { LEFT } else { f64::midpoint(LEFT, RIGHT) };
    let y = TITLE + LINE * (nth / a_line) as f64 + 8.0;
    html! {
        (stroke(class(curve, nth), (left, y), (left + 26.0, y)))
        (words("tick", (left + 32.0, y + 4.0), "start", &curve.name))
    }
}

fn upright_words(text: &str, middle: f64) -> Markup {
    let turn = format!("rotate(-90 13 {})", px(middle));
    html! { text class="tick" x="13.0" y=(px(middle)) text-anchor="middle" transform=(turn) { (text) } }
}

/// Where grid lines stand: round numbers, or powers of ten (with their double and fivefold where there are few).
fn marks(axis: Axis, values: impl Iterator<Item = f64> + Clone, is_across: bool) -> Vec<f64> {
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    if !(low.is_finite() && high.is_finite()) {
        return vec![0.0, 1.0];
    }
    match axis {
        Axis::Hours => vec![0.0, 6.0, 12.0, 18.0, 24.0],
        Axis::Linear => ticks(low, high, if is_across { 6 } else { 4 }),
        Axis::Log10 => {
            let steps: &[f64] = if high - low < 2.5 { &[1.0, 2.0, 5.0] } else { &[1.0] };
            let powers = (low.floor() as i32..=high.ceil() as i32).map(f64::from);
            let all: Vec<f64> = powers.flat_map(|power| steps.iter().map(move |step| power + step.log10())).collect();
            let first = all.iter().rposition(|&mark| mark <= low + 1e-9).unwrap_or(0);
            let last = all.iter().position(|&mark| mark >= high - 1e-9).unwrap_or(all.len() - 1);
            all[first..=last.max(first)].to_vec()
        }
    }
}

fn ends(marks: &[f64]) -> (f64, f64) {
    (marks.first().copied().unwrap_or(0.0), marks.last().copied().unwrap_or(1.0))
}

fn label(axis: Axis, mark: f64) -> String {
    match axis {
        Axis::Linear | Axis::Hours => short_count(mark),
        Axis::Log10 if mark < -3.5 => format!("1e{mark:.0}"),
        Axis::Log10 if mark < -1e-9 => {
            let value = 10_f64.powf(mark);
            let decimals = (-mark - 1e-9).ceil() as usize;
            format!("{value:.decimals$}")
        }
        Axis::Log10 => short_count(10_f64.powf(mark).round()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_have_round_labels() {
        let marks = marks(Axis::Log10, [-4.2, 0.0].into_iter(), false);
        assert_eq!(marks, [-5.0, -4.0, -3.0, -2.0, -1.0, 0.0]);
        let labels: Vec<String> = [-5.0, -0.698_970_004, 0.0, 3.301_029_996].map(|mark| label(Axis::Log10, mark)).into();
        assert_eq!(labels, ["1e-5", "0.2", "1", "2k"]);
    }

    #[test]
    fn few_decades_are_divided_and_nothing_has_an_axis_too() {
        let found = marks(Axis::Log10, [0.4, 1.2].into_iter(), true);
        let values: Vec<f64> = found.iter().map(|mark| 10_f64.powf(*mark).round()).collect();
        assert_eq!(values, [2.0, 5.0, 10.0, 20.0]);
        assert_eq!(marks(Axis::Log10, std::iter::empty(), true), [0.0, 1.0]);
    }
}
