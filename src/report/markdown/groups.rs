//! Coordinated groups as tables.

use super::{name, prose, table};
use crate::report::creator::{GroupSection, GroupText};
use crate::report::number;
use std::fmt::Write as _;

/// Creators listed of one group at most.
const N_CREATORS: usize = 15;

/// Rows and columns of the table of times at most.
const N_TIMES: (usize, usize) = (12, 6);

/// At most five groups.
pub fn groups(section: Option<&GroupSection>) -> String {
    let Some(section) = section else { return String::new() };
    let mut text = "## Coordinated groups\n\n".to_owned();
    for group in &section.groups {
        text.push_str(&one(group));
    }
    let more = section.total_count - section.groups.len() as u64;
    if more > 0 {
        let _ = writeln!(text, "{} more groups are in the run's table groups.", number::count(more));
    }
    text
}

fn one(group: &GroupText) -> String {
    let mut text = format!("### Group {}\n\n{}", group.group_id, prose(&group.statement));
    if let Some((start, end)) = group.window_start.as_deref().zip(group.window_end.as_deref()) {
        let _ = write!(text, " First and last action: {start} and {end}.");
    }
    let _ = writeln!(text, " {}\n", prose(&group.chance_note));
    if !group.facts.is_empty() {
        text.push_str(
            "What would tell accounts that a service sends from people who were called together; none of it decides:\n\n",
        );
        for fact in &group.facts {
            let _ = writeln!(text, "* {}: {} *{}*", fact.name, prose(&fact.statement), prose(fact.reading));
        }
        text.push('\n');
    }
    if let Some(note) = &group.price_note {
        let _ = writeln!(text, "{}\n", prose(note));
    }
    let time = |at: &Option<String>| at.clone().unwrap_or_else(|| "–".to_owned());
    let rows: Vec<Vec<String>> = group
        .creators
        .iter()
        .take(N_CREATORS)
        .map(|creator| {
            let called = creator.handle.as_deref().filter(|handle| !handle.trim().is_empty()).unwrap_or(&creator.creator_id);
            vec![name(called), number::count(creator.members_count), time(&creator.first_at), time(&creator.last_at)]
        })
        .collect();
    text + &table(&["creator", ">members", "first (UTC)", "last (UTC)"], &rows) + "\n" + &times(group)
}

/// Which account acted on which creator, to the minute.
fn times(group: &GroupText) -> String {
    if group.accounts.iter().all(|account| account.actions.is_empty()) {
        return String::new();
    }
    let creators = &group.creators[..group.creators.len().min(N_TIMES.1)];
    let called = creators.iter().map(|creator| name(creator.handle.as_deref().unwrap_or(&creator.creator_id)));
    let heads: Vec<String> = std::iter::once("account".to_owned()).chain(called).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let minute = |at: &str| at.chars().take(16).collect::<String>().replace('T', " ");
    let rows: Vec<Vec<String>> = (group.accounts.iter().take(N_TIMES.0))
        .map(|account| {
            let cell = |creator: usize| {
                let action = account.actions.iter().find(|action| action.creator == creator);
                action.map_or_else(|| "–".to_owned(), |action| action.at.as_deref().map_or_else(|| "yes".to_owned(), minute))
            };
            std::iter::once(name(&account.account_id)).chain((0..creators.len()).map(cell)).collect()
        })
        .collect();
    format!(
        "Who acted on whom, to the minute (UTC); all members stand in the run's table group_members:\n\n{}\n",
        table(&heads, &rows)
    )
}
