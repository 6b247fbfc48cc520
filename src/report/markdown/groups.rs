//! Coordinated groups as tables.

use super::{name, prose, table};
use crate::report::creator::{GroupSection, GroupText};
use crate::report::number;
use std::fmt::Write as _;

/// Creators listed of one group at most.
const N_CREATORS: usize = 15;

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
    if let Some(note) = &group.price_note {
        let _ = writeln!(text, "{}\n", prose(note));
    }
    let time = |at: &Option<String>| at.clone().unwrap_or_else(|| "–".to_owned());
    let rows: Vec<Vec<String>> = group
        .creators
        .iter()
        .take(N_CREATORS)
        .map(|creator| {
            vec![name(&creator.creator_id), number::count(creator.members_count), time(&creator.first_at), time(&creator.last_at)]
        })
        .collect();
    text + &table(&["creator", ">members", "first (UTC)", "last (UTC)"], &rows) + "\n"
}
