//! The audience by class: one bar a class with its interval.

use super::axis::Scale;
use super::{WIDTH, picture, rectangle, stroke, words};
use crate::report::creator::ClassCount;
use crate::report::number;
use maud::{Markup, html};

const ROW: f64 = 48.0;

/// A class's name for people.
pub fn class_name(class: &str) -> &str {
    match class {
        "mass_follower" => "mass followers",
        "influencer" => "influencers",
        other => other,
    }
}

/// One bar a class over a common scale, its interval as a whisker.
pub fn class_bars(classes: &[ClassCount]) -> Markup {
    let highest = classes.iter().map(|class| class.share_high).fold(0.05, f64::max).min(1.0);
    let scale = Scale { values: (0.0, highest), place: (2.0, WIDTH - 2.0) };
    let content = html! {
        @for (index, class) in classes.iter().enumerate() { (row(class, scale, index as f64 * ROW)) }
    };
    picture(ROW * classes.len() as f64, "Measured followers by class; the table below holds the same numbers", &content)
}

fn row(class: &ClassCount, scale: Scale, top: f64) -> Markup {
    let numbers = format!(
        "{} · {} ({})",
        number::count(class.count),
        number::percent(class.share),
        number::percent_range(class.share_low, class.share_high)
    );
    let (low, high) = (scale.at(class.share_low), scale.at(class.share_high));
    let (upper, lower) = (top + 22.0, top + 38.0);
    let middle = f64::midpoint(upper, lower);
    html! {
        (words("label", (2.0, top + 15.0), "start", class_name(class.class)))
        (words("tick", (WIDTH - 2.0, top + 15.0), "end", &numbers))
        (rectangle("track", (2.0, upper), (WIDTH - 2.0, lower)))
        (rectangle(&format!("fill-{}", class.class), (2.0, upper), (scale.at(class.share), lower)))
        (stroke("whisker", (low, middle), (high, middle)))
        (stroke("whisker", (low, middle - 5.0), (low, middle + 5.0)))
        (stroke("whisker", (high, middle - 5.0), (high, middle + 5.0)))
    }
}
