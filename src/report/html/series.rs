//! Growth and engagement, where the data are there.

use super::elements::{self, Head, figure, table, text};
use crate::report::chart;
use crate::report::creator::{
    ArrivalCurve, CreatorReport, EngagementBand, HourMap, PostPoint, PostSection, TimeSeries, WEEKDAYS,
};
use crate::report::neutral::{PROSE_CHARS, visible};
use crate::report::number;
use maud::{Markup, html};

/// Followers counted over time and followers arriving.
pub fn growth(report: &CreatorReport) -> Markup {
    let (history, arrivals) = (report.follower_history.as_ref(), report.follow_times.as_ref());
    let content = html! {
        div.pair {
            @if let Some(history) = history { (curve(history, "Followers over time", false, "")) }
            @if let Some(arrivals) = arrivals {
                (curve(arrivals, "Sampled followers by time of arrival", true, "A steep step is a burst; a viral post, a giveaway or press makes one too."))
            }
        }
    };
    html! { @if history.is_some() || arrivals.is_some() { (elements::section("growth", "Growth", &content)) } }
}

fn curve(series: &TimeSeries, title: &'static str, from_zero: bool, note: &str) -> Markup {
    let every = series.points.len().div_ceil(24).max(1);
    let last = series.points.len() - 1;
    let shown = series.points.iter().enumerate().filter(|(index, _)| index % every == 0 || *index == last);
    let rows: Vec<Vec<Markup>> =
        shown.map(|(_, point)| vec![text(point.at.get(..16).unwrap_or(&point.at)), text(&number::count(point.value))]).collect();
    let numbers = table(title, &[Head::Text("time (UTC)"), Head::Number(series.unit)], &rows);
    let marked = html! {
        (note)
        @if !series.windows.is_empty() {
            ol { @for window in &series.windows { li { bdi { (visible(&window.statement, PROSE_CHARS)) } } } }
        }
    };
    figure(&chart::line(series, title, from_zero), &series.statement, &marked, &numbers)
}

/// Hours of the week at which accounts follow and engage.
pub fn hours(report: &CreatorReport) -> Markup {
    let Some(section) = &report.hours else { return html! {} };
    let content = html! {
        div.pair {
            @if let Some(map) = &section.engagement { (week(map, "Engagement by hour of the week")) }
            @if let Some(map) = &section.follows { (week(map, "Follows by hour of the week")) }
        }
    };
    elements::section("hours", "Hours of the week", &content)
}

fn week(map: &HourMap, title: &'static str) -> Markup {
    let row = |(name, counts): (&str, &Vec<u32>)| {
        std::iter::once(text(name))
            .chain(counts.chunks(6).map(|part| text(&number::count(part.iter().map(|&count| u64::from(count)).sum()))))
            .collect()
    };
    let rows: Vec<Vec<Markup>> = WEEKDAYS.into_iter().zip(&map.counts).map(row).collect();
    let heads =
        [Head::Text("day"), Head::Number("0–6 h"), Head::Number("6–12 h"), Head::Number("12–18 h"), Head::Number("18–24 h")];
    let note = text("The darker, the more. An audience in many time zones has no night either.");
    figure(&chart::week_map(map, title), &map.statement, &note, &table(title, &heads, &rows))
}

/// Likes and comments of the posts.
pub fn engagement(report: &CreatorReport) -> Markup {
    let section = report.posts.as_ref().filter(|section| section.median_interactions.is_some());
    let (band, curve) = report.engagement.as_ref().map_or((None, None), |own| (own.band.as_ref(), own.arrivals.as_ref()));
    let content = html! {
        div.pair {
            @if let Some(section) = section { (posts(section, band)) }
            @if let Some(curve) = curve { (arrivals(curve)) }
        }
    };
    html! { @if section.is_some() || curve.is_some() { (elements::section("engagement", "Engagement", &content)) } }
}

/// When likes came after posts.
fn arrivals(curve: &ArrivalCurve) -> Markup {
    let share = |share: f64| text(&number::percent(share));
    let rows: Vec<Vec<Markup>> = curve
        .points
        .iter()
        .step_by(4)
        .map(|point| {
            let post = point.post.map_or_else(|| text("–"), share);
            vec![text(&format!("{:.1}", point.hours)), share(point.all), share(point.fitted), post]
        })
        .collect();
    let heads = [
        Head::Number("hours after the post"),
        Head::Number("all posts"),
        Head::Number("fitted decay"),
        Head::Number("post that stands out"),
    ];
    let note = html! {
        "Solid: all posts. Dotted: the fitted decay."
        @if let Some(id) = &curve.post_id {
            " The third line is post " (elements::name(id)) ", its window shaded. One post always stands out most; whether far enough to be a finding stands among the findings."
        }
    };
    figure(&chart::arrivals(curve), &curve.statement, &note, &table("Share of likes that had come", &heads, &rows))
}

fn posts(section: &PostSection, band: Option<&EngagementBand>) -> Markup {
    let has_sponsored = section.posts.iter().any(|post| post.is_sponsored == Some(true));
    let note = html! { "The line marks the median." @if has_sponsored { " Sponsored posts stand in another colour." }
        @if let Some(band) = band { " Shaded: what nine in ten creators of that platform and size draw (" (band.source) "). " (band.statement) }
    };
    let rows: Vec<Vec<Markup>> = section.posts.iter().map(post).collect();
    let heads = [
        Head::Text("post"),
        Head::Text("published"),
        Head::Number("likes"),
        Head::Number("comments"),
        Head::Number("views"),
        Head::Text("sponsored"),
    ];
    figure(&chart::posts(section, band), &section.statement, &note, &table("Newest posts", &heads, &rows))
}

fn post(post: &PostPoint) -> Vec<Markup> {
    let count = |count: Option<u64>| text(&count.map_or_else(|| "–".to_owned(), number::count));
    let sponsored = post.is_sponsored.map_or("–", |is_sponsored| if is_sponsored { "yes" } else { "no" });
    vec![
        elements::name(&post.post_id),
        text(post.published_at.as_deref().and_then(|at| at.get(..10)).unwrap_or("–")),
        count(post.likes),
        count(post.comments),
        count(post.views),
        text(sponsored),
    ]
}
