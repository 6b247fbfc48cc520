//! How the probability of *fake* is spread over the measured audience.

use super::axis::{Scale, levels, short_count, ticks};
use super::{WIDTH, picture, rectangle, stroke, words};
use crate::report::creator::{Distribution, DistributionBin};
use crate::report::number;
use maud::{Markup, html};

const HEIGHT: f64 = 216.0;
const LEFT: f64 = 40.0;
const BOTTOM: f64 = 172.0;

/// Bars of accounts by probability; those that the model declines to decide on stand hatched on top.
pub fn histogram(distribution: &Distribution) -> Markup {
    let count = |bin: &DistributionBin| (bin.decided_count + bin.abstained_count) as f64;
    let highest = distribution.bins.iter().map(count).fold(1.0, f64::max);
    let marks = ticks(0.0, highest, 4);
    let top = marks.last().copied().unwrap_or(highest);
    let down = Scale { values: (0.0, top), place: (BOTTOM, 24.0) };
    let across = Scale { values: (0.0, 1.0), place: (LEFT, WIDTH - 8.0) };
    let threshold = across.at(distribution.threshold);
    let text = format!("threshold {}", number::percent(distribution.threshold));
    let (anchor, nudge) = if distribution.threshold > 0.6 { ("end", -5.0) } else { ("start", 5.0) };
    let content = html! {
        (levels(down, &marks, (LEFT, WIDTH - 8.0), short_count))
        @for bin in &distribution.bins { (bar(bin, distribution.threshold, across, down)) }
        (stroke("threshold", (threshold, 8.0), (threshold, BOTTOM)))
        (words("tick", (threshold + nudge, 17.0), anchor, &text))
        (stroke("axis", (LEFT, BOTTOM), (WIDTH - 8.0, BOTTOM)))
        @for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            @let anchor = if share == 1.0 { "end" } else { "middle" };
            (words("tick", (across.at(share), BOTTOM + 18.0), anchor, &format!("{:.0} %", 100.0 * share)))
        }
        (words("tick", (f64::midpoint(LEFT, WIDTH - 8.0), HEIGHT - 6.0), "middle", "probability of fake"))
    };
    picture(HEIGHT, "Accounts by probability of fake; the numbers stand in the table below", &content)
}

fn bar(bin: &DistributionBin, threshold: f64, across: Scale, down: Scale) -> Markup {
    let class = if f64::midpoint(bin.low, bin.high) >= threshold { "fill-suspicious" } else { "fill-real" };
    let (left, right) = (across.at(bin.low) + 1.0, across.at(bin.high) - 1.0);
    let (decided, all) = (bin.decided_count as f64, (bin.decided_count + bin.abstained_count) as f64);
    html! {
        @if bin.decided_count > 0 { (rectangle(class, (left, down.at(decided)), (right, down.at(0.0)))) }
        @if bin.abstained_count > 0 { (rectangle("fill-abstained", (left, down.at(all)), (right, down.at(decided)))) }
    }
}
