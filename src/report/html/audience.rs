//! The sampled audience: by class, by probability, and its common signs.

use super::elements::{self, Head, figure, table, text};
use crate::report::chart;
use crate::report::creator::{AudienceSection, CommonSign, Distribution};
use crate::report::number;
use maud::{Markup, html};

/// Classes, distribution and signs.
pub fn section(audience: &AudienceSection) -> Markup {
    let content = html! {
        p { (audience.sampling_note) }
        @if let Some(note) = &audience.engagers_note { p { (note) } }
        @if let Some(balance) = &audience.balance { p { (balance) } }
        div.pair.doubtful[!audience.is_conclusive] {
            @if !audience.classes.is_empty() { (classes(audience)) }
            @if let Some(distribution) = &audience.distribution { (histogram(distribution)) }
        }
        @if !audience.common_signs.is_empty() { (signs(&audience.common_signs)) }
    };
    elements::section("audience", "The audience", &content)
}

fn classes(audience: &AudienceSection) -> Markup {
    let row = |class: &crate::report::creator::ClassCount| {
        let range = number::share_interval(class.share_low, class.share_high);
        [
            class.label,
            &number::count(class.count),
            &number::percent(class.share),
            &range,
            &number::count(class.at_or_above_threshold_count),
            &number::count(class.undecided_count),
            class.definition,
        ]
        .map(text)
        .to_vec()
    };
    let rows: Vec<Vec<Markup>> = audience.classes.iter().map(row).collect();
    let heads = [
        Head::Text("class"),
        Head::Number("accounts"),
        Head::Number("share"),
        Head::Number("90 % interval"),
        Head::Number("called fake"),
        Head::Number("undecided"),
        Head::Text("meaning"),
    ];
    let note = html! { "The first class that applies counts, so accounts that look fake may stand in any. Called fake: decided on at or above the threshold." };
    figure(
        &chart::class_bars(&audience.classes),
        &audience.statement,
        &note,
        &table("Measured followers by class", &heads, &rows),
    )
}

fn histogram(distribution: &Distribution) -> Markup {
    let row = |bin: &crate::report::creator::DistributionBin| {
        let range = format!("{:.0}–{:.0} %", 100.0 * bin.low, 100.0 * bin.high);
        [range, number::count(bin.decided_count), number::count(bin.abstained_count)].map(|cell| text(&cell)).to_vec()
    };
    let rows: Vec<Vec<Markup>> = distribution.bins.iter().map(row).collect();
    let heads = [Head::Text("probability of fake"), Head::Number("accounts"), Head::Number("without a decision")];
    let has_abstained = distribution.bins.iter().any(|bin| bin.abstained_count > 0);
    let note = html! { @if has_abstained { "Pale: accounts on which the model declines to decide." } };
    figure(
        &chart::histogram(distribution),
        &distribution.statement,
        &note,
        &table("Measured audience by probability of fake", &heads, &rows),
    )
}

fn signs(signs: &[CommonSign]) -> Markup {
    let row = |sign: &CommonSign| {
        let count = format!("{} of {}", number::count(sign.accounts_count), number::count(sign.of_count));
        [sign.name, &count, sign.meaning, &sign.benign_causes.join("; ")].map(text).to_vec()
    };
    let rows: Vec<Vec<Markup>> = signs.iter().map(row).collect();
    let heads = [Head::Text("sign"), Head::Number("accounts"), Head::Text("why it speaks of fakes"), Head::Text("may also be")];
    html! {
        h3 { "What the accounts called fake have in common" }
        div.wide-text { (table("Signals among the three strongest reasons of the accounts at or above the threshold", &heads, &rows)) }
    }
}
