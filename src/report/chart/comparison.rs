//! Fake shares of creators of one tier, with intervals, one of them highlighted.

use super::axis::{Scale, ticks};
use super::{WIDTH, picture, px, rectangle, stroke, words};
use crate::report::creator::{ComparisonRow, ComparisonSection};
use crate::report::neutral::visible;
use maud::{Markup, html};

const ROW: f64 = 22.0;
const LEFT: f64 = 138.0;

/// One row a creator: interval as a stroke, estimate as a dot, a line at the others' median.
pub fn comparison(section: &ComparisonSection) -> Markup {
    let highest = section.rows.iter().map(|row| row.share_high).fold(0.05, f64::max).min(1.0);
    let marks = ticks(0.0, highest, 4);
    let scale = Scale { values: (0.0, marks.last().copied().unwrap_or(1.0)), place: (LEFT, WIDTH - 16.0) };
    let bottom = ROW * section.rows.len() as f64 + 6.0;
    let median = scale.at(section.others_median_share);
    let content = html! {
        @for &mark in &marks {
            (stroke("grid", (scale.at(mark), 4.0), (scale.at(mark), bottom)))
            (words("tick", (scale.at(mark), bottom + 16.0), "middle", &percent_label(mark, &marks)))
        }
        @for (index, row) in section.rows.iter().enumerate() { (creator(row, scale, 4.0 + index as f64 * ROW)) }
        (stroke("threshold", (median, 4.0), (median, bottom)))
    };
    let label = format!("Fake share of {} creators; the table below holds the same numbers", section.rows.len());
    picture(bottom + 24.0, &label, &content)
}

fn percent_label(share: f64, marks: &[f64]) -> String {
    let is_fine = marks.get(1).is_some_and(|step| *step < 0.01);
    if is_fine { format!("{:.1} %", 100.0 * share) } else { format!("{:.0} %", 100.0 * share) }
}

fn creator(row: &ComparisonRow, scale: Scale, top: f64) -> Markup {
    let name = row.handle.as_deref().filter(|handle| !handle.trim().is_empty()).unwrap_or(&row.creator_id);
    let middle = top + ROW / 2.0;
    let (text, line, dot) = match row.is_subject {
        true => ("label", "range-subject", "dot-subject"),
        false => ("tick", "range", "dot"),
    };
    html! {
        @if row.is_subject { (rectangle("highlight", (0.0, top), (WIDTH, top + ROW))) }
        (words(text, (LEFT - 8.0, middle + 4.0), "end", &visible(name, 17)))
        (stroke(line, (scale.at(row.share_low), middle), (scale.at(row.share_high), middle)))
        circle class=(dot) cx=(px(scale.at(row.share))) cy=(px(middle)) r=(if row.is_subject { "5.5" } else { "4" }) {}
    }
}
