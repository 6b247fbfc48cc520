//! The score on its way from 0 to 100, with its interval.

use super::axis::Scale;
use super::{WIDTH, picture, px, rectangle, words};
use crate::report::creator::Measure;
use maud::{Markup, html};

const HEIGHT: f64 = 46.0;

/// A track from 0 to 100 with the interval as a band and the estimate as a mark.
pub fn score_band(score: &Measure) -> Markup {
    let scale = Scale { values: (0.0, 100.0), place: (6.0, WIDTH - 6.0) };
    let (low, high) = (score.low.unwrap_or(score.value), score.high.unwrap_or(score.value));
    let label = format!("Score {:.0} of 100, 90 % interval {low:.0} to {high:.0}", score.value);
    let content = html! {
        (rectangle("track", (scale.at(0.0), 11.0), (scale.at(100.0), 19.0)))
        (rectangle("band", (scale.at(low), 5.0), (scale.at(high), 25.0)))
        circle class="mark" cx=(px(scale.at(score.value))) cy="15.0" r="6" {}
        @for (value, anchor) in [(0.0, "start"), (50.0, "middle"), (100.0, "end")] {
            (words("tick", (scale.at(value), HEIGHT - 6.0), anchor, &format!("{value:.0}")))
        }
    };
    picture(HEIGHT, &label, &content)
}
