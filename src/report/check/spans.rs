//! First and last instant of each column of times.

use crate::domain::{Column, Dataset, Timestamp};
use serde::Serialize;

/// The instants of one column.
#[derive(Debug, Clone, Serialize)]
pub struct TimeSpan {
    /// Table and column, `follows.followed_at`.
    pub column: &'static str,
    /// Rows that have it.
    pub values_count: u64,
    /// First instant, RFC 3339.
    pub first: String,
    /// Last instant, RFC 3339.
    pub last: String,
}

/// Of every column of times that holds at least one.
pub fn time_spans(dataset: &Dataset) -> Vec<TimeSpan> {
    let accounts = dataset.n_accounts();
    let column = |name, column: &Column<i64>, rows: usize| span(name, (0..rows).filter_map(|row| column.get(row)));
    let spans = [
        column("accounts.created_at", &dataset.accounts.created_at, accounts),
        column("accounts.last_active_at", &dataset.accounts.last_active_at, accounts),
        column("follows.followed_at", &dataset.follows.followed_at, dataset.follows.follower.len()),
        column("posts.published_at", &dataset.posts.published_at, dataset.posts.creator.len()),
        column("engagements.at", &dataset.engagements.at, dataset.engagements.actor.len()),
        span("audience_history.at", dataset.history.iter().map(|point| point.at.ms())),
    ];
    spans.into_iter().flatten().collect()
}

fn span(column: &'static str, instants: impl Iterator<Item = i64>) -> Option<TimeSpan> {
    let (mut values_count, mut first, mut last) = (0, i64::MAX, i64::MIN);
    for at in instants {
        values_count += 1;
        first = first.min(at);
        last = last.max(at);
    }
    let text = |ms: i64| Timestamp::from_ms(ms).map(|at| at.to_string());
    Some(TimeSpan { column, values_count, first: text(first)?, last: text(last)? })
}
