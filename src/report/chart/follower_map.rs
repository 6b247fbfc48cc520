//! Followers by the place in which they came and by when their accounts were made.

use super::axis::{Scale, short_count};
use super::{WIDTH, picture, px, stroke, words};
use crate::domain::Timestamp;
use crate::report::creator::FollowerMapSection;
use maud::{Markup, html};
use std::fmt::Write as _;

const HEIGHT: f64 = 236.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = WIDTH - 10.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 206.0;

/// A point for every follower drawn, members of batches in another colour and above the rest; a line for when they followed.
pub fn follower_map(map: &FollowerMapSection) -> Markup {
    let dates =
        || map.points.iter().map(|point| point.created_at_ms).chain(map.bounds.iter().filter_map(|bound| bound.estimate_ms));
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return html! {} };
    let across = Scale { values: (0.0, map.placed_count.saturating_sub(1) as f64), place: (LEFT, RIGHT - 2.0) };
    let down = Scale { values: (first as f64, last as f64), place: (BOTTOM, TOP) };
    let points = |in_batch: bool| {
        let mut path = String::new();
        for point in map.points.iter().filter(|point| point.group_id.is_some() == in_batch) {
            let _ = write!(
                path,
                "M{} {}h2v2h-2z",
                px(across.at(point.rank as f64) - 1.0),
                px(down.at(point.created_at_ms as f64) - 1.0)
            );
        }
        path
    };
    let line: Vec<String> = (map.bounds.iter())
        .filter_map(|bound| Some(format!("{},{}", px(across.at(bound.rank as f64)), px(down.at(bound.estimate_ms? as f64)))))
        .collect();
    let years = years(first, last);
    let content = html! {
        @for (label, ms) in &years {
            (stroke("grid", (LEFT, down.at(*ms as f64)), (RIGHT, down.at(*ms as f64))))
            (words("tick", (LEFT - 6.0, down.at(*ms as f64) + 4.0), "end", label))
        }
        (words("tick", (2.0, 13.0), "start", "account made"))
        path class="fill-abstained" d=(points(false)) {}
        path class="fill-suspicious" d=(points(true)) {}
        polyline class="curve" points=(line.join(" ")) {}
        (stroke("axis", (LEFT, BOTTOM), (RIGHT, BOTTOM)))
        (words("tick", (LEFT, BOTTOM + 20.0), "start", "oldest follower"))
        (words("tick", (RIGHT, BOTTOM + 20.0), "end", &format!("newest of {}", short_count(map.placed_count as f64))))
    };
    picture(
        HEIGHT,
        "Followers in the order in which they came, by when their accounts were made; members of batches in another colour",
        &content,
    )
}

/// Beginnings of years within the span, at most six of them, evenly apart; the first and the last day where there are fewer than two.
fn years(first_ms: i64, last_ms: i64) -> Vec<(String, i64)> {
    let year = |ms: i64| Timestamp::from_ms(ms).and_then(|at| at.to_string().get(..4).and_then(|year| year.parse::<i64>().ok()));
    let (Some(first), Some(last)) = (year(first_ms), year(last_ms)) else { return Vec::new() };
    let start = |year: i64| Some((year.to_string(), Timestamp::parse(&format!("{year:04}-01-01T00:00:00Z")).ok()?.0.ms()));
    let step = ((last - first) as usize).div_ceil(6).max(1);
    let marks: Vec<(String, i64)> = (first + 1..=last).rev().step_by(step).filter_map(start).collect();
    if marks.len() >= 2 {
        return marks;
    }
    let day = |ms: i64| Timestamp::from_ms(ms).map(|at| (at.to_string().chars().skip(2).take(8).collect(), ms));
    [day(first_ms), day(last_ms)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(first: &str, last: &str) -> Vec<String> {
        let ms = |text: &str| Timestamp::parse(text).unwrap().0.ms();
        years(ms(first), ms(last)).into_iter().map(|(label, _)| label).collect()
    }

    #[test]
    fn years_are_marked_where_there_are_two_and_days_elsewhere() {
        assert_eq!(labels("2019-05-01T00:00:00Z", "2022-03-01T00:00:00Z"), ["2022", "2021", "2020"]);
        assert_eq!(labels("2000-05-01T00:00:00Z", "2024-03-01T00:00:00Z"), ["2024", "2020", "2016", "2012", "2008", "2004"]);
        assert_eq!(labels("2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"), ["24-02-01", "24-03-01"]);
    }
}
