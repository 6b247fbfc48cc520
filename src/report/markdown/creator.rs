//! The report of one creator as Markdown, in the order of the page.

use super::{name, prose, table};
use crate::report::creator::{CreatorReport, Identity, Measure, ReasonText, SuspiciousAccount, ceiling_text};
use crate::report::number;
use std::fmt::Write as _;

/// The report of one creator as Markdown in GitHub's dialect. Foreign text stands in code spans or is escaped.
pub fn render_markdown(report: &CreatorReport) -> Vec<u8> {
    let mut text = String::new();
    let parts = [
        identity(&report.creator),
        verdict(report),
        reasons(report),
        super::explanation::explanation(report.explanation.as_ref()),
        super::audience::audience(&report.audience),
        super::places::places(report.places.as_ref()),
        accounts(report),
        super::groups::groups(report.groups.as_ref()),
        super::follower_map::follower_map(report.follower_map.as_ref()),
        super::background::over_time(report),
        super::comments::comments(report.comments.as_ref()),
        super::background::comparison(report),
        super::background::not_measured(report),
        super::letter::letter(report.letter.as_ref()),
        super::background::method(report),
        super::background::data(report),
        super::background::limits(report),
    ];
    for part in parts.iter().filter(|part| !part.is_empty()) {
        text.push_str(part.trim_end());
        text.push_str("\n\n");
    }
    let _ = writeln!(text, "---\n\n{}", prose(&report.wording));
    text.into_bytes()
}

fn identity(creator: &Identity) -> String {
    let mut text = format!("# Audience report: {}\n\n", name(creator.handle.as_deref().unwrap_or(&creator.creator_id)));
    let mut line = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(text, "* {label}: {value}");
        }
    };
    line("id", Some(name(&creator.creator_id)));
    line("name", creator.display_name.as_deref().map(name));
    line("platform", Some(creator.platform.to_owned()));
    line("followers", creator.followers.map(number::count));
    line("size", creator.tier.map(str::to_owned));
    line("topic", creator.category.as_deref().map(name));
    line("country", creator.country.as_deref().map(name));
    line("language", creator.language.as_deref().map(name));
    let stated = if creator.captured_at_is_stated { "stated by the dataset" } else { "the newest time in the data" };
    line("data of", creator.captured_at.as_deref().map(|at| format!("{at} ({stated})")));
    text
}

fn verdict(report: &CreatorReport) -> String {
    let verdict = &report.verdict;
    let mut text = format!("## Verdict: {} – {}\n\n{}\n\n", verdict.verdict, verdict.title, prose(&verdict.reason));
    if let Some(scope) = &verdict.scope {
        let _ = writeln!(text, "**{}**\n", prose(scope));
    }
    let _ = writeln!(text, "{}\n", prose(&verdict.basis));
    let rows: Vec<Vec<String>> = report.score.iter().chain(&report.measures).map(measure).collect();
    if rows.is_empty() {
        return text;
    }
    text + &table(&["number", ">value", ">90 % interval", ">n", "meaning"], &rows)
}

fn measure(measure: &Measure) -> Vec<String> {
    let shown = |value: f64| match measure.unit {
        "share" => number::percent(value),
        "accounts" => number::count(value.max(0.0).round() as u64),
        _ => format!("{value:.1}"),
    };
    let value = if measure.unit == "per cent" { format!("{} of 100", shown(measure.value)) } else { shown(measure.value) };
    let range = measure.low.zip(measure.high).map(|(low, high)| match measure.unit {
        _ if number::is_counted(low, high) => number::COUNTED.to_owned(),
        "share" => number::percent_range(low, high),
        _ => format!("{}–{}", shown(low), shown(high)),
    });
    let cases = measure.sample_count.map(|count| format!("{} {}", number::count(count), measure.sample_unit));
    vec![measure.name.to_owned(), value, range.unwrap_or_default(), cases.unwrap_or_default(), measure.meaning.to_owned()]
}

fn reasons(report: &CreatorReport) -> String {
    let mut text = "## Strongest reasons\n\n".to_owned();
    if let Some(note) = &report.reasons_note {
        let _ = writeln!(text, "{}\n", prose(note));
    }
    for (index, reason) in report.reasons.iter().enumerate() {
        text.push_str(&item(&format!("{}.", index + 1), reason));
    }
    if !report.remarks.is_empty() {
        text.push('\n');
    }
    report.remarks.iter().for_each(|remark| text.push_str(&item("*", remark)));
    text
}

fn item(mark: &str, reason: &ReasonText) -> String {
    let mut text = format!("{mark} **{}**: {}\n", reason.severity, prose(&reason.statement));
    if !reason.benign_causes.is_empty() {
        let indent = " ".repeat(mark.len() + 1);
        let _ = writeln!(text, "{indent}*May also be:* {}.", prose(&reason.benign_causes.join("; ")));
    }
    text
}

fn accounts(report: &CreatorReport) -> String {
    let listed = &report.suspicious_accounts;
    let mut text = format!("## Accounts that look most like fakes\n\n{}\n\n", prose(&listed.statement));
    if let Some(note) = &listed.accuracy_note {
        let _ = writeln!(text, "{}\n", prose(note));
    }
    if listed.accounts.is_empty() {
        return text;
    }
    let rows: Vec<Vec<String>> = listed.accounts.iter().map(account).collect();
    text.push_str(&table(
        &["account", "id", "class", ">probability of fake (90 % interval)", "three strongest reasons (log-odds)"],
        &rows,
    ));
    let _ = writeln!(
        text,
        "\n### Whole sums\n\nBase and contributions add up to the decision value, which calibration turns into log-odds. {}\n",
        prose(&ceiling_text(listed.ceiling_log_odds))
    );
    let rows: Vec<Vec<String>> = listed.accounts.iter().filter_map(sum).collect();
    text + &table(&["id", ">base", "contributions (log-odds)", ">sum", ">calibrated"], &rows)
}

fn account(account: &SuspiciousAccount) -> Vec<String> {
    let group = account.group_text();
    let of_profile = account
        .reasons
        .iter()
        .map(|reason| format!("{}: {} ({})", prose(reason.name), prose(&reason.value_text), number::log_odds(reason.log_odds)));
    let reasons = group.into_iter().chain(of_profile);
    vec![
        account.handle.as_deref().map(name).unwrap_or_default(),
        name(&account.account_id),
        account.class.replace('_', " "),
        probability(account),
        reasons.collect::<Vec<_>>().join("; "),
    ]
}

/// With its interval, which speaks of the profile alone.
fn probability(account: &SuspiciousAccount) -> String {
    let p_fake = number::percent(account.p_fake);
    if account.is_raised_by_group {
        return p_fake;
    }
    format!("{p_fake} ({})", number::percent_range(account.p_fake_profile_low, account.p_fake_profile_high))
}

fn sum(account: &SuspiciousAccount) -> Option<Vec<String>> {
    let explanation = account.explanation.as_ref()?;
    let parts = explanation.contributions.iter().map(|part| format!("{} {}", prose(part.name), number::log_odds(part.log_odds)));
    Some(vec![
        name(&account.account_id),
        number::log_odds(explanation.base_log_odds),
        parts.collect::<Vec<_>>().join("; "),
        number::log_odds(explanation.total_log_odds),
        number::log_odds(explanation.calibrated_log_odds),
    ])
}
