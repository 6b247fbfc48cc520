//! What each member adds to those before it, beside what it has alone.

use super::axis::{Scale, short_count, ticks};
use super::{WIDTH, picture, rectangle, stroke, words};
use crate::report::neutral::visible;
use crate::report::shortlist::ShortlistReport;
use maud::{Markup, html};

const ROW: f64 = 24.0;
const LEFT: f64 = 138.0;
/// Members shown.
const MOST: usize = 20;

/// One bar a member: pale what it has alone, full what it adds.
pub fn gains(report: &ShortlistReport) -> Markup {
    let shown = &report.members[..report.members.len().min(MOST)];
    let alone = |member: &crate::report::shortlist::MemberRow| {
        let own = if report.objective == "reach" { member.reach } else { member.engagements };
        own.map_or(member.gain, |own| own.value).max(member.gain)
    };
    let marks = ticks(0.0, shown.iter().map(alone).fold(1.0, f64::max), 4);
    let scale = Scale { values: (0.0, marks[marks.len() - 1]), place: (LEFT, WIDTH - 16.0) };
    let bottom = ROW * shown.len() as f64 + 6.0;
    let content = html! {
        @for &mark in &marks {
            (stroke("grid", (scale.at(mark), 4.0), (scale.at(mark), bottom)))
            (words("tick", (scale.at(mark), bottom + 16.0), "middle", &short_count(mark)))
        }
        @for (index, member) in shown.iter().enumerate() {
            @let top = 4.0 + index as f64 * ROW;
            (words("tick", (LEFT - 8.0, top + 16.0), "end", &visible(member.creator.name(), 17)))
            (rectangle("band", (LEFT, top + 5.0), (scale.at(alone(member)), top + 19.0)))
            (rectangle("fill-real", (LEFT, top + 5.0), (scale.at(member.gain), top + 19.0)))
        }
    };
    picture(bottom + 24.0, "What each member adds; the list holds the same numbers", &content)
}
