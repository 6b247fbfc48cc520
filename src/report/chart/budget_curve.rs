//! What budgets buy.

use super::axis::{Scale, levels, short_count, ticks};
use super::{WIDTH, picture, px, stroke, words};
use crate::report::shortlist::ShortlistReport;
use maud::{Markup, html};

const HEIGHT: f64 = 232.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 186.0;
const RIGHT: f64 = WIDTH - 14.0;

/// The worth of the best set by budget as a line with its points, the budget in hand as an upright line, the one creator as a dot.
pub fn budget_curve(report: &ShortlistReport) -> Markup {
    let one = report.one.as_ref().and_then(|one| Some((one.cost?, one.worth?.value))).filter(|one| one.0 <= 1.5 * report.budget);
    let points = || report.curve.iter().map(|point| (point.budget, point.value)).chain(one);
    let most = |of: fn((f64, f64)) -> f64| points().map(of).fold(1.0, f64::max);
    let upright = ticks(0.0, most(|point| point.1), 4);
    let across_marks = ticks(0.0, most(|point| point.0), 4);
    let down = Scale { values: (0.0, upright[upright.len() - 1]), place: (BOTTOM, 26.0) };
    let across = Scale { values: (0.0, across_marks[across_marks.len() - 1]), place: (LEFT, RIGHT) };
    let place = |(budget, value): (f64, f64)| (across.at(budget), down.at(value));
    let path: Vec<String> = report
        .curve
        .iter()
        .map(|point| place((point.budget, point.value)))
        .map(|(x, y)| format!("{},{}", px(x), px(y)))
        .collect();
    let at = across.at(report.budget);
    let currency = report.currency.as_deref().map(|currency| format!(", {currency}")).unwrap_or_default();
    let content = html! {
        (words("tick", (2.0, 13.0), "start", report.unit()))
        (levels(down, &upright, (LEFT, RIGHT), short_count))
        @for &mark in &across_marks { (words("tick", (across.at(mark), BOTTOM + 18.0), "middle", &short_count(mark))) }
        (stroke("threshold", (at, 26.0), (at, BOTTOM)))
        polyline class="curve" points=(path.join(" ")) {}
        @for point in &report.curve {
            @let (x, y) = place((point.budget, point.value));
            circle class="dot-subject" cx=(px(x)) cy=(px(y)) r=(if (point.budget - report.budget).abs() < 1e-9 { "6" } else { "3.5" }) {}
        }
        @if let Some(one) = one {
            @let (x, y) = place(one);
            circle class="dot" cx=(px(x)) cy=(px(y)) r="5" {}
            (words("tick", (x.min(RIGHT - 4.0), y + 18.0), if x > f64::midpoint(LEFT, RIGHT) { "end" } else { "start" }, "one creator"))
        }
        (stroke("axis", (LEFT, BOTTOM), (RIGHT, BOTTOM)))
        (words("tick", (f64::midpoint(LEFT, RIGHT), BOTTOM + 38.0), "middle", &format!("budget{currency}; the dashed line is the one in hand")))
    };
    picture(HEIGHT, "What budgets buy; the table below holds the same numbers", &content)
}
