//! Likes and comments of posts, oldest first.

use super::axis::{Scale, levels, short_count, ticks};
use super::{WIDTH, picture, rectangle, stroke, words};
use crate::report::creator::{EngagementBand, PostSection};
use maud::{Markup, html};

const HEIGHT: f64 = 196.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 168.0;

/// One bar a post, sponsored ones in another colour, a line at the median; behind them the band of creators of the same size.
pub fn posts(section: &PostSection, band: Option<&EngagementBand>) -> Markup {
    let highest = section.posts.iter().filter_map(|post| post.interactions).max().unwrap_or(0).max(1) as f64;
    let marks = ticks(0.0, highest, 4);
    let down = Scale { values: (0.0, marks[marks.len() - 1]), place: (BOTTOM, 12.0) };
    let slot = (WIDTH - 10.0 - LEFT) / section.posts.len().max(1) as f64;
    let gap = (slot * 0.15).min(3.0);
    let level = |interactions: f64| down.at(interactions.min(marks[marks.len() - 1]));
    let content = html! {
        @if let Some(band) = band {
            (rectangle("highlight", (LEFT, level(band.interactions[2])), (WIDTH - 10.0, level(band.interactions[0]))))
        }
        (levels(down, &marks, (LEFT, WIDTH - 10.0), short_count))
        @for (index, post) in section.posts.iter().enumerate() {
            @let left = LEFT + index as f64 * slot;
            @let class = if post.is_sponsored == Some(true) { "fill-sponsored" } else { "fill-real" };
            @if let Some(interactions) = post.interactions {
                (rectangle(class, (left + gap, down.at(interactions as f64)), (left + slot.min(40.0) - gap, BOTTOM)))
            }
        }
        @if let Some(median) = section.median_interactions {
            (stroke("threshold", (LEFT, down.at(median)), (WIDTH - 10.0, down.at(median))))
        }
        (stroke("axis", (LEFT, BOTTOM), (WIDTH - 10.0, BOTTOM)))
        (words("tick", (LEFT, BOTTOM + 20.0), "start", "oldest"))
        (words("tick", (WIDTH - 10.0, BOTTOM + 20.0), "end", "newest"))
    };
    picture(HEIGHT, "Likes and comments of the newest posts, oldest first", &content)
}
