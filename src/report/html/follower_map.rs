//! The follower map and the batches on it.

use super::elements::{self, Head, figure, table, text};
use crate::report::chart;
use crate::report::creator::{BatchText, FollowerMapSection, MapBound};
use crate::report::number;
use maud::{Markup, html};

/// One picture, and a table of the batches where there are any.
pub fn section(map: Option<&FollowerMapSection>) -> Markup {
    let Some(map) = map else { return html! {} };
    let content = html! {
        div.pair {
            (figure(&chart::follower_map(map), &map.statement, &note(map), &bounds(map)))
            @if !map.batches.is_empty() { div { (batches(map)) } }
        }
    };
    elements::section("follower-map", "Followers in the order in which they came", &content)
}

fn note(map: &FollowerMapSection) -> Markup {
    html! {
        "A point is a follower" @if !map.batches.is_empty() { ", in another colour if it stands in a batch" } ". " (map.times_note)
        @if map.unplaced_count > 0 { " " (number::count_of(map.unplaced_count, "follower")) " without a known place left out." }
    }
}

fn batches(map: &FollowerMapSection) -> Markup {
    let rows: Vec<Vec<Markup>> = map.batches.iter().map(batch).collect();
    let heads = [
        Head::Text("batch"),
        Head::Number("followers"),
        Head::Number("expected"),
        Head::Text("alike in"),
        Head::Text("followed (UTC)"),
        Head::Number("age then, days"),
    ];
    let more = map.batches_count - map.batches.len() as u64;
    html! {
        (table("Batches", &heads, &rows))
        p.benign {
            b { "May also be: " }
            "people to whom the platform recommended the creator when they had just joined; a school, company or app whose users signed up together; a campaign. "
            "Age then: of the account in the middle when it followed. A part of each batch, about as many as expected, only happens to stand there."
            @if more > 0 { " " (number::count(more)) " more batches are in the run's table groups." }
        }
    }
}

fn batch(batch: &BatchText) -> Vec<Markup> {
    let minute = |at: &Option<String>| {
        at.as_deref().map_or_else(|| "–".to_owned(), |at| at.chars().take(16).collect::<String>().replace('T', " "))
    };
    vec![
        text(&batch.group_id),
        text(&number::count(batch.members_count)),
        text(&number::plain(batch.expected_count)),
        text(&batch.shared),
        text(&format!("{} to {}", minute(&batch.window_start), minute(&batch.window_end))),
        text(&batch.median_age_days.map_or_else(|| "–".to_owned(), |days| number::count(days.max(0.0).round() as u64))),
    ]
}

fn bounds(map: &FollowerMapSection) -> Markup {
    let every = map.bounds.len().div_ceil(20).max(1);
    let day = |at: &Option<String>| text(at.as_deref().and_then(|at| at.get(..10)).unwrap_or("–"));
    let row = |bound: &MapBound| {
        vec![text(&number::count(bound.rank + 1)), day(&bound.not_before), day(&bound.estimate), day(&bound.not_after)]
    };
    let rows: Vec<Vec<Markup>> = map.bounds.iter().step_by(every).map(row).collect();
    let heads = [Head::Number("place"), Head::Text("followed not before"), Head::Text("estimate"), Head::Text("not after")];
    table("When the followers at some places followed; place 1 is the oldest", &heads, &rows)
}
