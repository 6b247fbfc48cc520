//! How the probability comes about, what would change the verdict, which causes were weighed.

use super::elements::{self, Head, table, text};
use crate::report::chart::contribution_bar;
use crate::report::creator::{BlockText, CausesText, ExplanationSection, LOOKED_FOR};
use crate::report::neutral::{PROSE_CHARS, visible};
use crate::report::number;
use maud::{Markup, html};

/// Nothing where no kind of evidence is measured.
pub fn section(section: Option<&ExplanationSection>) -> Markup {
    let Some(section) = section else { return html! {} };
    let content = html! {
        p { (section.statement) }
        (sum(section))
        h3 { "What would change the verdict" }
        ul { @for change in &section.changes { li { (change) } } }
        @if !section.causes.is_empty() {
            h3 { "Causes that were weighed" }
            p.quiet { "Odds say how many times likelier what was seen is under the best cause than under another, whatever each is worth beforehand." }
            @for causes in &section.causes { (weighed(causes)) }
        }
    };
    elements::section("explanation", "How the probability comes about", &content)
}

fn sum(section: &ExplanationSection) -> Markup {
    let others = [section.prior_log_odds, section.looked_for_log_odds, section.platform_shift_log_odds];
    let parts = section.blocks.iter().filter_map(|block| block.log_odds).chain(others);
    let largest = parts.map(f64::abs).fold(0.0, f64::max);
    let prior = format!("assumed beforehand: {} of creators are inflated", number::percent(section.prior));
    html! {
        div.scroll role="region" aria-label="Parts of the probability" tabindex="0" {
            table.sum {
                caption { "Parts of the log-odds; to the right speaks for inflation. Last column: the probability and verdict if that kind of evidence showed no sign" }
                thead { tr {
                    th scope="col" { "kind of evidence" } th scope="col" { "what it says" } th.number scope="col" { "log-odds" }
                    th.bar scope="col" { "" } th scope="col" { "without a sign of it" }
                } }
                tbody {
                    (plain_row(&prior, section.prior_log_odds, largest))
                    (plain_row(LOOKED_FOR, section.looked_for_log_odds, largest))
                    @if section.platform_shift_log_odds != 0.0 {
                        (plain_row("taken off: the platform lies higher as a whole", section.platform_shift_log_odds, largest))
                    }
                    @for block in &section.blocks { (block_row(block, largest)) }
                    tr.total { th scope="row" { "sum" } td { "probability " (number::percent(section.p_fake)) } td.number { (number::log_odds(section.total_log_odds)) } td.bar {} td { (thresholds(section)) } }
                }
            }
        }
        details { summary { "Signals of each kind" } (signals(section)) }
    }
}

fn plain_row(name: &str, log_odds: f64, largest: f64) -> Markup {
    let bar = contribution_bar(log_odds, largest);
    html! { tr { th scope="row" { (name) } td {} td.number { (number::log_odds(log_odds)) } td.bar { (bar) } td {} } }
}

fn block_row(block: &BlockText, largest: f64) -> Markup {
    html! {
        tr {
            th scope="row" { (block.name) }
            td { (block.words) }
            td.number { @match block.log_odds { Some(log_odds) => (number::log_odds(log_odds)), None => "–" } }
            td.bar { @if let Some(log_odds) = block.log_odds { (contribution_bar(log_odds, largest)) } }
            td { (block.without_text()) }
        }
    }
}

fn thresholds(section: &ExplanationSection) -> String {
    let fail = section.fail_from.map(|from| format!("fail from {}", number::percent(from)));
    let pass = section.pass_below.map(|below| format!("pass below {}", number::percent(below)));
    [fail, pass].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn signals(section: &ExplanationSection) -> Markup {
    let of_block = |block: &BlockText| {
        let name = block.name;
        let row = move |part: &crate::report::creator::Contribution| {
            [part.name, &part.value_text, &number::log_odds(part.log_odds), name].map(text).to_vec()
        };
        block.signals.iter().map(row).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Markup>> = section.blocks.iter().flat_map(of_block).collect();
    let heads = [Head::Text("signal"), Head::Text("measured"), Head::Number("log-odds"), Head::Text("kind of evidence")];
    table("Measured signals and what each adds to the log-odds", &heads, &rows)
}

fn weighed(causes: &CausesText) -> Markup {
    html! {
        p { bdi { (visible(&causes.statement, PROSE_CHARS)) } }
        ul.because {
            @for cause in &causes.causes {
                li class=(if cause.is_ordered { "for" } else { "against" }) { (cause.cause) ": " b { (cause.beside_the_best()) } }
            }
        }
    }
}
