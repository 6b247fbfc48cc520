//! How the probability comes about, as tables.

use super::{prose, table};
use crate::report::creator::{BlockText, ExplanationSection, LOOKED_FOR};
use crate::report::number;
use std::fmt::Write as _;

/// Parts, what would change the verdict, causes that were weighed.
pub fn explanation(section: Option<&ExplanationSection>) -> String {
    let Some(section) = section else { return String::new() };
    let mut text = format!("## How the probability comes about\n\n{}\n\n{}", prose(&section.statement), sum(section));
    text.push_str("\nWhat would change the verdict:\n\n");
    section.changes.iter().for_each(|change| {
        let _ = writeln!(text, "* {}", prose(change));
    });
    if !section.causes.is_empty() {
        text.push_str("\nCauses that were weighed, by how many times likelier what was seen is under the best of them:\n\n");
    }
    for causes in &section.causes {
        let told: Vec<String> =
            causes.causes.iter().map(|cause| format!("{}: {}", cause.cause, cause.beside_the_best())).collect();
        let _ = writeln!(text, "* {} *{}.*", prose(&causes.statement), prose(&told.join("; ")));
    }
    text
}

fn sum(section: &ExplanationSection) -> String {
    let plain = |name: String, log_odds: f64| vec![name, String::new(), number::log_odds(log_odds), String::new(), String::new()];
    let prior = format!("assumed beforehand: {} of creators are inflated", number::percent(section.prior));
    let mut rows = vec![plain(prior, section.prior_log_odds), plain(LOOKED_FOR.to_owned(), section.looked_for_log_odds)];
    if section.platform_shift_log_odds != 0.0 {
        rows.push(plain("taken off: the platform lies higher as a whole".to_owned(), section.platform_shift_log_odds));
    }
    rows.extend(section.blocks.iter().map(block));
    let probability = format!("probability {}", number::percent(section.p_fake));
    rows.push(vec!["**sum**".to_owned(), probability, number::log_odds(section.total_log_odds), String::new(), String::new()]);
    table(&["kind of evidence", "what it says", ">log-odds", "signals", "without a sign of it"], &rows)
}

fn block(block: &BlockText) -> Vec<String> {
    let signals: Vec<String> = (block.signals.iter())
        .map(|part| format!("{} {} ({})", prose(part.name), prose(&part.value_text), number::log_odds(part.log_odds)))
        .collect();
    vec![
        block.name.to_owned(),
        block.words.clone(),
        block.log_odds.map(number::log_odds).unwrap_or_default(),
        signals.join("; "),
        block.without_text(),
    ]
}
