//! Growth, engagement, comparison, and what stands behind the numbers, in Markdown.

use super::{name, prose, table};
use crate::report::creator::{ComparisonRow, CreatorReport};
use crate::report::number;
use std::fmt::Write as _;

/// Growth, engagement and the findings beyond the first three, in a sentence each.
pub fn over_time(report: &CreatorReport) -> String {
    let growth =
        [&report.follower_history, &report.follow_times].into_iter().flatten().map(|series| ("Growth", &series.statement));
    let posts = report.posts.iter().map(|section| ("Engagement", &section.statement));
    let maps = report.hours.iter().flat_map(|hours| [&hours.engagement, &hours.follows]).flatten();
    let hours = maps.map(|map| ("Hours", &map.statement));
    let band = report.engagement.iter().filter_map(|own| own.band.as_ref()).map(|band| ("Engagement", &band.statement));
    let curves = report.engagement.iter().filter_map(|own| own.arrivals.as_ref());
    let curves = curves.map(|curve| ("Likes after posts", &curve.statement));
    let others = report.findings.iter().skip(report.reasons.len()).map(|finding| ("Finding", &finding.statement));
    let lines: Vec<String> = growth
        .chain(posts)
        .chain(band)
        .chain(curves)
        .chain(hours)
        .chain(others)
        .map(|(what, text)| format!("* {what}: {}\n", prose(text)))
        .collect();
    if lines.is_empty() { String::new() } else { format!("## Growth, engagement and other findings\n\n{}", lines.concat()) }
}

/// Beside creators of the same size.
pub fn comparison(report: &CreatorReport) -> String {
    let Some(section) = &report.comparison else { return String::new() };
    let row = |row: &ComparisonRow| {
        let shown = name(row.handle.as_deref().filter(|handle| !handle.trim().is_empty()).unwrap_or(&row.creator_id));
        let range = number::percent_range(row.share_low, row.share_high);
        let marked = if row.is_subject { format!("**{shown}**") } else { shown };
        vec![marked, row.platform.to_owned(), number::percent(row.share), range, number::count(row.sample_count)]
    };
    let rows: Vec<Vec<String>> = section.rows.iter().map(row).collect();
    let heads = ["creator", "platform", ">fake share", ">90 % interval", ">n"];
    format!("## Beside creators of the same size\n\n{}\n\n{}", prose(&section.statement), table(&heads, &rows))
}

/// What was not measured.
pub fn not_measured(report: &CreatorReport) -> String {
    let lines: Vec<String> =
        report.not_measured.iter().map(|gap| format!("* {}: {}\n", name(&gap.what), prose(&gap.why))).collect();
    if lines.is_empty() { String::new() } else { format!("## What was not measured\n\n{}", lines.concat()) }
}

/// How the numbers come about.
pub fn method(report: &CreatorReport) -> String {
    let steps: Vec<String> = report.method.iter().zip(1..).map(|(step, index)| format!("{index}. {}\n", prose(step))).collect();
    format!("## Method in short\n\n{}", steps.concat())
}

/// The data and what the report was made with.
pub fn data(report: &CreatorReport) -> String {
    let rows: Vec<Vec<String>> = (report.data.tables.iter())
        .map(|table| {
            let counts = [table.rows_count, table.rejected_count, table.merged_count, table.replaced_count];
            std::iter::once(prose(table.table)).chain(counts.map(number::count)).collect()
        })
        .collect();
    let heads = ["table", ">rows", ">rejected", ">merged", ">replaced"];
    let mut text = format!("## Data and provenance\n\n{}\n", table(&heads, &rows));
    for warning in &report.data.warnings {
        let _ = writeln!(text, "* Warning: {}", prose(warning));
    }
    let made = &report.provenance;
    let sampling = (report.data.follows_sampling.replace('_', " "), report.data.engagements_sampling.replace('_', " "));
    let _ = writeln!(text, "* bonafide {}, seed {}", prose(&made.tool_version), made.seed);
    let _ = writeln!(text, "* model {}, sha256 {}", name(&made.model_name), name(&made.model_sha256));
    let _ = writeln!(text, "* dataset sha256 {}", name(&made.dataset_fingerprint));
    let _ = writeln!(text, "* sampling: follows {}, engagements {}", sampling.0, sampling.1);
    text
}

/// What the numbers cannot say, and when not to use them.
pub fn limits(report: &CreatorReport) -> String {
    let list = |sentences: &[String]| sentences.iter().map(|sentence| format!("* {}\n", prose(sentence))).collect::<String>();
    format!("## Limits\n\n{}\n### When not to use this report\n\n{}", list(&report.limits), list(&report.when_not_to_use))
}
