//! A shortlist as a page.

use super::elements::{self, Head, figure, name, section, table, text};
use super::page;
use crate::report::chart;
use crate::report::neutral::{NAME_CHARS, PROSE_CHARS, visible};
use crate::report::number;
use crate::report::shortlist::{
    KeptOutRow, LIST_HEADS, ShortlistCreator, ShortlistReport, amount, one_and_rules, one_line, people, range_text, why_missed,
};
use maud::{Markup, PreEscaped, html};

/// Creators without a price that are named; the others are counted.
const NAMED_UNPRICED: usize = 20;

/// The shortlist as one self-contained page: no script, nothing fetched.
pub fn render_shortlist_html(report: &ShortlistReport) -> Vec<u8> {
    let body = html! {
        (header(report))
        main #main {
            (hero(report))
            (members(report))
            (pictures(report))
            (otherwise(report))
            (missed(report))
            (candidates(report))
            (pairs(report))
            (background(report))
        }
        footer { p { "This list says what the data show about audiences. It does not say who caused what is inflated, and it replaces nobody's judgement of whether a creator suits a brand." } }
    };
    let body = PreEscaped(body.into_string().replace(" %", "\u{a0}%"));
    page::page(&format!("Shortlist – {}", report.title()), "Skip to the answer", &body).into_string().into_bytes()
}

fn header(report: &ShortlistReport) -> Markup {
    html! {
        header.top {
            p.kind { "Shortlist" }
            h1 { (report.title()) }
            dl.facts {
                div { dt { "to be bought" } dd { (report.unit()) } }
                @for (label, value) in &report.asked { div { dt { (label) } dd { (name(value)) } } }
                @if let Some(at) = &report.run.captured_at { div { dt { "data of" } dd { time datetime=(at) { (at.get(..10).unwrap_or(at)) } } } }
            }
        }
    }
}

fn hero(report: &ShortlistReport) -> Markup {
    let worth = report.worth();
    html! {
        section.hero.card id="answer" aria-labelledby="answer-title" {
            div.conclusion {
                h2 id="answer-title" { "What the budget buys" }
                p { (report.conclusion()) }
                @if let Some(sentence) = report.overlap_sentence() { p { (sentence) } }
                p { (report.gap_sentence()) }
                @if let Some(sentence) = report.one_sentence() { p { bdi { (visible(&sentence, PROSE_CHARS)) } } }
            }
            div.score {
                @match worth {
                    Some(worth) => {
                        p.big { (people(worth.value)) }
                        p.quiet { (report.unit()) ", 90 % interval " (people(worth.low)) "–" (people(worth.high)) }
                    },
                    None => p.big { "–" },
                }
            }
            (numbers(report))
        }
    }
}

fn numbers(report: &ShortlistReport) -> Markup {
    let money = |range: Option<crate::report::shortlist::Range>| {
        range.map(|range| {
            (report.money(range.value), format!("90 % interval {}–{}", amount(range.low, None), amount(range.high, None)))
        })
    };
    let sampled: u64 = report.members.iter().filter_map(|member| member.creator.audience_sample_count).sum();
    let entries = [
        (
            "a thousand authentic people cost",
            money(report.cost_per_thousand_people),
            "the whole set over the people that it reaches, each once",
        ),
        (
            "an authentic engagement costs",
            money(report.cost_per_engagement),
            "one post of each member over the likes and comments by authentic people",
        ),
        (
            "profiles that it rests on",
            Some((number::count(sampled), "sum over members".to_owned())),
            "followers with a measured profile, from which the authentic part is estimated",
        ),
    ];
    html! {
        dl.numbers {
            @for (label, value, meaning) in entries {
                div {
                    dt { (label) }
                    @match value {
                        Some((value, range)) => dd { span.value { (value) } span.quiet { (range) } },
                        None => dd { span.value { "–" } span.quiet { "not measured" } },
                    }
                    dd.meaning { (meaning) }
                }
            }
        }
    }
}

fn heads(heads: &[&'static str]) -> Vec<Head<'static>> {
    heads.iter().map(|head| head.strip_prefix('>').map_or(Head::Text(head), Head::Number)).collect()
}

fn who(creator: &ShortlistCreator) -> Markup {
    let facts: Vec<&str> =
        [Some(creator.platform), creator.category.as_deref(), creator.country.as_deref(), Some(creator.verdict)]
            .into_iter()
            .flatten()
            .collect();
    html! { (elements::handle_or_id(creator.handle.as_deref(), &creator.creator_id)) br; span.quiet { bdi { (visible(&facts.join(", "), 3 * NAME_CHARS)) } } }
}

/// A number with what stands in brackets behind it on a line of its own.
fn number_cell(cell: &str) -> Markup {
    match cell.split_once(" (") {
        Some((value, range)) => html! { (value) br; span.quiet { (range.trim_end_matches(')')) } },
        None => text(cell),
    }
}

fn members(report: &ShortlistReport) -> Markup {
    let row = |place: usize| {
        let numbers = one_line(report, place);
        std::iter::once(who(&report.members[place].creator)).chain(numbers.iter().map(|cell| number_cell(cell))).collect()
    };
    let rows: Vec<Vec<Markup>> = (0..report.members.len()).map(row).collect();
    let caption = "The set, by what each adds for its price; ranges are 90 % intervals; engagements are likes and comments by authentic people on one post";
    let content = html! {
        (table(caption, &heads(&LIST_HEADS), &rows))
        p.quiet { "Adds: " (report.unit()) " beyond the members above. Stays in: part of " (report.draws_count) " draws of everything uncertain in which the creator is bought." }
    };
    section("members", "The set", &content)
}

fn pictures(report: &ShortlistReport) -> Markup {
    let rows: Vec<Vec<Markup>> = (report.curve.iter())
        .map(|point| {
            vec![report.money(point.budget), report.money(point.cost), point.members_count.to_string(), people(point.value)]
        })
        .map(|row| row.iter().map(|cell| text(cell)).collect())
        .collect();
    let curve_heads = [Head::Number("budget"), Head::Number("spent"), Head::Number("creators"), Head::Number(report.unit())];
    let rows_of_gains: Vec<Vec<Markup>> =
        (report.members.iter()).map(|member| vec![name(member.creator.name()), text(&people(member.gain))]).collect();
    let content = html! {
        div.pair {
            (figure(&chart::budget_curve(report), &curve_finding(report), &html! { "Each point is a set chosen anew." }, &table("What budgets buy", &curve_heads, &rows)))
            (figure(&chart::gains(report), "What each member adds to those above it.", &html! { "Full bar: added. Pale: what it has alone and the set has already." }, &table("What each member adds", &[Head::Text("creator"), Head::Number("adds")], &rows_of_gains)))
        }
    };
    section("budget", "Other budgets, and who adds what", &content)
}

/// What a quarter more would buy.
fn curve_finding(report: &ShortlistReport) -> String {
    let value_at =
        |part: f64| report.curve.iter().find(|point| (point.budget / report.budget - part).abs() < 1e-6).map(|point| point.value);
    match (value_at(0.5), value_at(1.0), value_at(1.25)) {
        (Some(half), Some(now), Some(more)) if now > 0.0 => {
            let change = |value: f64| number::percent((value / now).max(0.0));
            format!("Half the budget buys {} of it; a quarter more buys {}.", change(half), change(more))
        }
        _ => "What is bought by budget.".to_owned(),
    }
}

fn otherwise(report: &ShortlistReport) -> Markup {
    let rows: Vec<Vec<Markup>> = one_and_rules(report).iter().map(|row| row.iter().map(|cell| name(cell)).collect()).collect();
    let content = html! {
        (table("The same budget, spent otherwise on the same candidates", &[Head::Text("spent"), Head::Number("creators"), Head::Number("cost"), Head::Number(report.unit())], &rows))
        p.quiet { "Rules buy from the top of one column whoever still fits the budget." }
    };
    section("otherwise", "The same budget otherwise", &content)
}

fn missed(report: &ShortlistReport) -> Markup {
    let content = html! {
        @if report.missed.is_empty() { p { "Every candidate is in the set." } }
        ul { @for missed in &report.missed { li { (elements::handle_or_id(missed.creator.handle.as_deref(), &missed.creator.creator_id)) " " (visible(&why_missed(report, missed), PROSE_CHARS)) "." } } }
        @if !report.kept_out.is_empty() {
            h3 { "Kept out by trust or money" }
            (kept_out(report, &report.kept_out))
        }
    };
    section("missed", "Who just missed, and why", &content)
}

fn kept_out(report: &ShortlistReport, rows: &[KeptOutRow]) -> Markup {
    let row = |kept: &KeptOutRow| {
        vec![who(&kept.creator), text(kept.because), text(&kept.worth.map_or_else(|| "–".to_owned(), range_text))]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    table("No candidates", &[Head::Text("creator"), Head::Text("because"), Head::Number(report.unit())], &rows)
}

fn candidates(report: &ShortlistReport) -> Markup {
    let rows: Vec<Vec<Markup>> =
        report.removed.iter().map(|removed| vec![text(removed.because), text(&number::count(removed.count as u64))]).collect();
    let named = &report.unpriced[..report.unpriced.len().min(NAMED_UNPRICED)];
    let content = html! {
        p { (number::count(report.candidates_count as u64)) " of " (number::count_of(report.creators_count as u64, "creator")) " could be bought." }
        @if !rows.is_empty() { (table("Left out, each for the first reason that applies", &[Head::Text("because"), Head::Number("creators")], &rows)) }
        @if !named.is_empty() {
            h3 { "Without a price" }
            p { "A price in the dataset, or a table of prices (--prices), would make candidates of them." }
            (kept_out(report, named))
            @if named.len() < report.unpriced.len() { p.quiet { "… and " (number::count((report.unpriced.len() - named.len()) as u64)) " more." } }
        }
    };
    section("candidates", "Who could be bought", &content)
}

fn pairs(report: &ShortlistReport) -> Markup {
    let row = |pair: &crate::report::shortlist::PairRow| {
        vec![
            html! { (name(&pair.names[0])) " and " (name(&pair.names[1])) },
            text(&range_text(pair.shared)),
            text(&number::percent(pair.share)),
        ]
    };
    let rows: Vec<Vec<Markup>> = report.pairs.iter().map(row).collect();
    let content = table(
        "The pairs that share most, as far as their own lists show",
        &[Head::Text("pair"), Head::Number("authentic people shared"), Head::Number("of the smaller")],
        &rows,
    );
    html! { @if !rows.is_empty() { (section("pairs", "People that members share", &content)) } }
}

fn background(report: &ShortlistReport) -> Markup {
    let content = html! {
        @if !report.notes.is_empty() { h3 { "What to know" } ul { @for note in &report.notes { li { (note) } } } }
        @if report.sketch_standard_error > 0.0 { p { "Counting once by sketches has a standard error of " (people(report.sketch_standard_error)) " people, which the interval above holds." } }
        h3 { "Method in short" }
        ol.steps { @for step in &report.method { li { (step) } } }
        h3 { "Made with" }
        dl.facts.wide {
            div { dt { "bonafide" } dd { (report.run.tool_version) } }
            div { dt { "model sha256" } dd { code { (name(&report.run.model_sha256)) } } }
        }
    };
    section("method", "What it rests on", &content)
}
