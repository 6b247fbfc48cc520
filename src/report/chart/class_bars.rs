//! The audience by class: one bar a class with its interval.

use super::axis::Scale;
use super::{WIDTH, picture, rectangle, stroke, words};
use crate::report::creator::ClassCount;
use crate::report::number;
use maud::{Markup, html};

const ROW: f64 = 62.0;
const AXIS: f64 = 22.0;

/// One bar a class on a track from 0 to 100 %, its interval as a whisker, and below it how many of the class are called fake
/// or undecided.
pub fn class_bars(classes: &[ClassCount]) -> Markup {
    let scale = Scale { values: (0.0, 1.0), place: (2.0, WIDTH - 2.0) };
    let bottom = ROW * classes.len() as f64;
    let content = html! {
        @for (index, class) in classes.iter().enumerate() { (row(class, scale, index as f64 * ROW)) }
        (stroke("axis", (scale.at(0.0), bottom), (scale.at(1.0), bottom)))
        @for (share, anchor) in [(0.0, "start"), (0.25, "middle"), (0.5, "middle"), (0.75, "middle"), (1.0, "end")] {
            (stroke("axis", (scale.at(share), bottom), (scale.at(share), bottom + 4.0)))
            (words("tick", (scale.at(share), bottom + AXIS - 4.0), anchor, &format!("{:.0} %", 100.0 * share)))
        }
    };
    picture(bottom + AXIS, "Measured followers by class; the table below holds the same numbers", &content)
}

fn row(class: &ClassCount, scale: Scale, top: f64) -> Markup {
    let range = number::share_interval(class.share_low, class.share_high);
    let numbers = format!("{} · {} ({range})", number::count(class.count), number::percent(class.share));
    let of_these = format!(
        "of these {} called fake, {} undecided",
        number::count(class.at_or_above_threshold_count),
        number::count(class.undecided_count)
    );
    let (low, high) = (scale.at(class.share_low), scale.at(class.share_high));
    let (upper, lower) = (top + 20.0, top + 34.0);
    let middle = f64::midpoint(upper, lower);
    html! {
        (words("label", (2.0, top + 14.0), "start", class.label))
        (words("tick", (WIDTH - 2.0, top + 14.0), "end", &numbers))
        (rectangle("track", (2.0, upper), (WIDTH - 2.0, lower)))
        (rectangle(&format!("fill-{}", class.class), (2.0, upper), (scale.at(class.share), lower)))
        @if !number::is_counted(class.share_low, class.share_high) {
            (stroke("whisker", (low, middle), (high, middle)))
            (stroke("whisker", (low, middle - 5.0), (low, middle + 5.0)))
            (stroke("whisker", (high, middle - 5.0), (high, middle + 5.0)))
        }
        @if class.count > 0 { (words("tick", (2.0, lower + 14.0), "start", &of_these)) }
    }
}
