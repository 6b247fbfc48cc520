//! The sampled audience in Markdown.

use super::{prose, table};
use crate::report::creator::AudienceSection;
use crate::report::number;
use std::fmt::Write as _;

/// Classes, distribution and common signs.
pub fn audience(audience: &AudienceSection) -> String {
    let mut text = format!("## The audience\n\n{} {}\n", prose(&audience.sampling_note), prose(&audience.statement));
    if let Some(note) = &audience.engagers_note {
        let _ = writeln!(text, "\n{}", prose(note));
    }
    if let Some(balance) = &audience.balance {
        let _ = writeln!(text, "\n{}", prose(balance));
    }
    let rows: Vec<Vec<String>> = (audience.classes.iter())
        .map(|class| {
            let range = number::share_interval(class.share_low, class.share_high);
            let words = [class.label.to_owned(), number::count(class.count), number::percent(class.share), range];
            let counts = [class.at_or_above_threshold_count, class.undecided_count].map(number::count);
            words.into_iter().chain(counts).chain([class.definition.to_owned()]).collect()
        })
        .collect();
    if !rows.is_empty() {
        let _ = writeln!(
            text,
            "\n{}",
            table(&["class", ">accounts", ">share", ">90 % interval", ">called fake", ">undecided", "meaning"], &rows)
        );
    }
    if let Some(distribution) = &audience.distribution {
        let rows: Vec<Vec<String>> = (distribution.bins.iter())
            .filter(|bin| bin.decided_count + bin.abstained_count > 0)
            .map(|bin| {
                let range = format!("{:.0}–{:.0} %", 100.0 * bin.low, 100.0 * bin.high);
                vec![range, number::count(bin.decided_count), number::count(bin.abstained_count)]
            })
            .collect();
        let heads = ["probability of fake", ">accounts", ">without a decision"];
        let _ = writeln!(text, "{}\n\n{}", prose(&distribution.statement), table(&heads, &rows));
    }
    text + &signs(audience)
}

fn signs(audience: &AudienceSection) -> String {
    if audience.common_signs.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = (audience.common_signs.iter())
        .map(|sign| {
            let count = format!("{} of {}", number::count(sign.accounts_count), number::count(sign.of_count));
            vec![prose(sign.name), count, prose(sign.meaning), prose(&sign.benign_causes.join("; "))]
        })
        .collect();
    let heads = ["sign", ">accounts", "why it speaks of fakes", "may also be"];
    format!(
        "What the accounts called fake (at or above the threshold, whatever their class) have in common:\n\n{}",
        table(&heads, &rows)
    )
}
