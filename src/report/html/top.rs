//! Who it is about, and the verdict with its numbers.

use super::elements::name;
use crate::report::chart;
use crate::report::creator::{CreatorReport, Identity, Measure};
use crate::report::neutral::{PROSE_CHARS, visible};
use crate::report::number;
use maud::{Markup, html};

/// The head of the page: the creator.
pub fn header(report: &CreatorReport) -> Markup {
    let creator = &report.creator;
    html! {
        header.top {
            p.kind { "Audience report" }
            h1 { (name(creator.handle.as_deref().unwrap_or(&creator.creator_id))) }
            @if let Some(shown) = &creator.display_name { p.shown { (name(shown)) } }
            (facts(creator))
        }
    }
}

fn facts(creator: &Identity) -> Markup {
    let stated = if creator.captured_at_is_stated { "stated by the dataset" } else { "the newest time in the data" };
    let given = [("topic", &creator.category), ("country", &creator.country), ("language", &creator.language)];
    html! {
        dl.facts {
            div { dt { "platform" } dd { (creator.platform) } }
            @if let Some(followers) = creator.followers { div { dt { "followers" } dd { (number::count(followers)) } } }
            @if let Some(tier) = creator.tier { div { dt { "size" } dd { (tier) } } }
            @for (label, value) in given {
                @if let Some(value) = value { div { dt { (label) } dd { (name(value)) } } }
            }
            div { dt { "data of" } dd {
                @match &creator.captured_at {
                    Some(at) => { time datetime=(at) { (at.get(..10).unwrap_or(at)) } " (" (stated) ")" },
                    None => "unknown date",
                }
            } }
            div { dt { "id" } dd { (name(&creator.creator_id)) } }
        }
    }
}

/// The verdict, the score with its interval, and the numbers beside it.
pub fn verdict(report: &CreatorReport) -> Markup {
    let verdict = &report.verdict;
    html! {
        section.hero.card id="verdict" aria-labelledby="verdict-title" {
            div.conclusion {
                p class=(format!("badge {}", verdict.verdict)) { (verdict.verdict) }
                h2 id="verdict-title" { (verdict.title) }
                @if let Some(scope) = &verdict.scope { p.scope { b { (scope) } } }
                p { (visible(&verdict.reason, PROSE_CHARS)) }
                p.quiet { (verdict.basis) }
            }
            (score(report.score.as_ref(), report.audience.is_conclusive))
            (numbers(&report.measures))
        }
    }
}

/// Pale where nothing is concluded.
fn score(score: Option<&Measure>, is_conclusive: bool) -> Markup {
    html! {
        div.score.doubtful[!is_conclusive] {
            @match score {
                Some(score) => {
                    p.big { (format!("{:.0}", score.value)) span.of { " / 100" } }
                    p.quiet { (score.name) ", " (score_range(score)) }
                    (chart::score_band(score))
                    p.quiet { (score.meaning) }
                },
                None => { p.big { "–" } p.quiet { "no score: neither audience nor engagement could be measured" } },
            }
        }
    }
}

fn score_range(score: &Measure) -> String {
    let range = score.low.zip(score.high).map(|(low, high)| format!("90 % interval {low:.0}–{high:.0}"));
    let cases = score.sample_count.map(|count| cases_text(count, score.sample_unit));
    [range, cases].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn numbers(measures: &[Measure]) -> Markup {
    html! {
        dl.numbers {
            @for measure in measures {
                div {
                    dt { (measure.name) }
                    dd {
                        span.value { (value_text(measure)) }
                        @let range = range_text(measure);
                        @if !range.is_empty() { span.quiet { (range) } }
                    }
                    dd.meaning { (measure.meaning) }
                }
            }
        }
    }
}

/// The value with its unit.
pub fn value_text(measure: &Measure) -> String {
    match measure.unit {
        "share" => number::percent(measure.value),
        "accounts" => number::count(measure.value.max(0.0).round() as u64),
        _ => format!("{:.1} {}", measure.value, measure.unit),
    }
}

/// Interval and number of cases, as far as there are any.
pub fn range_text(measure: &Measure) -> String {
    let range = measure.low.zip(measure.high).map(|(low, high)| match measure.unit {
        _ if number::is_counted(low, high) => number::COUNTED.to_owned(),
        "share" => number::percent_range(low, high),
        _ => format!("{}–{}", number::count(low.max(0.0).round() as u64), number::count(high.max(0.0).round() as u64)),
    });
    let cases = measure.sample_count.map(|count| cases_text(count, measure.sample_unit));
    [range, cases].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How many cases of what: `n = 19 posts`.
fn cases_text(count: u64, unit: &str) -> String {
    format!("n = {} {unit}", number::count(count))
}
