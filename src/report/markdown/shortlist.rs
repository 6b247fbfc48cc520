//! A shortlist as Markdown.

use super::{name, prose, table};
use crate::report::number;
use crate::report::shortlist::{
    KeptOutRow, LIST_HEADS, ShortlistReport, one_and_rules, one_line, people, range_text, why_missed,
};
use std::fmt::Write as _;

/// The shortlist as Markdown in GitHub's dialect. Foreign text stands in code spans or is escaped.
pub fn render_shortlist_markdown(report: &ShortlistReport) -> Vec<u8> {
    let mut text = format!("# Shortlist: {}\n\n{}\n\n", prose(&report.title()), prose(&report.conclusion()));
    let sentences = [report.overlap_sentence(), report.costs_sentence(), Some(report.gap_sentence()), report.one_sentence()];
    for sentence in sentences.into_iter().flatten() {
        let _ = writeln!(text, "{}\n", prose(&sentence));
    }
    for (label, value) in &report.asked {
        let _ = writeln!(text, "* {label}: {}", name(value));
    }
    let row = |place: usize| {
        std::iter::once(name(report.members[place].creator.name()))
            .chain(one_line(report, place).iter().map(|cell| prose(cell)))
            .collect()
    };
    let rows: Vec<Vec<String>> = (0..report.members.len()).map(row).collect();
    let _ = writeln!(text, "\n## The set\n\n{}", table(&LIST_HEADS, &rows));
    let rows: Vec<Vec<String>> = one_and_rules(report).iter().map(|row| row.iter().map(|cell| prose(cell)).collect()).collect();
    let _ = writeln!(
        text,
        "## The same budget otherwise\n\n{}",
        table(&["spent", ">creators", ">cost", &format!(">{}", report.unit())], &rows)
    );
    let curve = report.curve.iter().map(|point| {
        vec![report.money(point.budget), report.money(point.cost), point.members_count.to_string(), people(point.value)]
    });
    let _ = writeln!(
        text,
        "## What budgets buy\n\n{}",
        table(&[">budget", ">spent", ">creators", &format!(">{}", report.unit())], &curve.collect::<Vec<_>>())
    );
    if !report.missed.is_empty() {
        text.push_str("## Who just missed, and why\n\n");
    }
    for missed in &report.missed {
        let _ = writeln!(text, "* {} {}", name(missed.creator.name()), prose(&why_missed(report, missed)));
    }
    kept_out(&mut text, "Kept out by trust or money", &report.kept_out);
    let removed = report.removed.iter().map(|removed| vec![removed.because.to_owned(), number::count(removed.count as u64)]);
    let _ = writeln!(text, "\n## Who could be bought\n\n{}\n", prose(&report.funnel_sentence()));
    let _ = writeln!(text, "{}", table(&["left out because", ">creators"], &removed.collect::<Vec<_>>()));
    kept_out(&mut text, "Without a price", &report.unpriced);
    text.push_str("\n## What it rests on\n\n");
    for line in report.notes.iter().chain(&report.method) {
        let _ = writeln!(text, "* {}", prose(line));
    }
    let _ = writeln!(text, "\nbonafide {}, model {}", prose(&report.run.tool_version), name(&report.run.model_sha256));
    text.into_bytes()
}

fn kept_out(text: &mut String, title: &str, rows: &[KeptOutRow]) {
    if rows.is_empty() {
        return;
    }
    let row = |kept: &KeptOutRow| {
        vec![name(kept.creator.name()), kept.because.to_owned(), kept.worth.map_or_else(String::new, range_text)]
    };
    let _ = writeln!(
        text,
        "\n### {title}\n\n{}",
        table(&["creator", "because", ">would bring"], &rows.iter().map(row).collect::<Vec<_>>())
    );
}
