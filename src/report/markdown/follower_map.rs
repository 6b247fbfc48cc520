//! The batches of the follower map as a table.

use super::{prose, table};
use crate::report::creator::{BatchText, FollowerMapSection};
use crate::report::number;

/// What the map shows, and its batches.
pub fn follower_map(map: Option<&FollowerMapSection>) -> String {
    let Some(map) = map else { return String::new() };
    let text = format!(
        "## Followers in the order in which they came\n\n{} {}\n\n",
        prose(&map.statement),
        if map.batches.is_empty() {
            ""
        } else {
            "May also be people to whom the platform recommended the creator when they had just joined, users of one school, company or app, or a campaign. A part of each batch, about as many as expected, only happens to stand there."
        }
    );
    if map.batches.is_empty() {
        return text;
    }
    let rows: Vec<Vec<String>> = map.batches.iter().map(batch).collect();
    text + &table(&["batch", ">followers", ">expected", "alike in", "followed (UTC)", ">age then, days"], &rows)
}

fn batch(batch: &BatchText) -> Vec<String> {
    let time = |at: &Option<String>| at.clone().unwrap_or_else(|| "–".to_owned());
    vec![
        batch.group_id.clone(),
        number::count(batch.members_count),
        number::plain(batch.expected_count),
        prose(&batch.shared),
        format!("{} to {}", time(&batch.window_start), time(&batch.window_end)),
        batch.median_age_days.map_or_else(|| "–".to_owned(), |days| number::count(days.max(0.0).round() as u64)),
    ]
}
