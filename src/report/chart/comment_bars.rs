//! Shares of comments: one bar a share with its interval.

use super::axis::Scale;
use super::{WIDTH, picture, rectangle, stroke, words};
use crate::report::creator::CommentShare;
use crate::report::number;
use maud::{Markup, html};

const ROW: f64 = 42.0;
const AXIS: f64 = 22.0;

/// One bar a share on a track from 0 to 100 %, its interval as a whisker, with the number of comments that it is a share of.
pub fn comment_bars(shares: &[CommentShare]) -> Markup {
    let scale = Scale { values: (0.0, 1.0), place: (2.0, WIDTH - 2.0) };
    let bottom = ROW * shares.len() as f64;
    let content = html! {
        @for (index, share) in shares.iter().enumerate() { (row(share, scale, index as f64 * ROW)) }
        (stroke("axis", (scale.at(0.0), bottom), (scale.at(1.0), bottom)))
        @for (share, anchor) in [(0.0, "start"), (0.25, "middle"), (0.5, "middle"), (0.75, "middle"), (1.0, "end")] {
            (stroke("axis", (scale.at(share), bottom), (scale.at(share), bottom + 4.0)))
            (words("tick", (scale.at(share), bottom + AXIS - 4.0), anchor, &format!("{:.0} %", 100.0 * share)))
        }
    };
    picture(bottom + AXIS, "Shares of comments; the table below holds the same numbers", &content)
}

fn row(share: &CommentShare, scale: Scale, top: f64) -> Markup {
    let range = number::share_interval(share.low, share.high);
    let numbers = format!("{} ({range}) of {}", number::percent(share.share), number::count(share.sample_count));
    let (low, high) = (scale.at(share.low), scale.at(share.high));
    let (upper, lower) = (top + 20.0, top + 32.0);
    let middle = f64::midpoint(upper, lower);
    html! {
        (words("label", (2.0, top + 14.0), "start", share.name))
        (words("tick", (WIDTH - 2.0, top + 14.0), "end", &numbers))
        (rectangle("track", (2.0, upper), (WIDTH - 2.0, lower)))
        (rectangle("fill-real", (2.0, upper), (scale.at(share.share), lower)))
        (stroke("whisker", (low, middle), (high, middle)))
        (stroke("whisker", (low, middle - 5.0), (low, middle + 5.0)))
        (stroke("whisker", (high, middle - 5.0), (high, middle + 5.0)))
    }
}
