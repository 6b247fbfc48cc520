//! `groups` and `group_members`: coordinated groups. Coordination is not looked for yet, so they have no rows.

use super::RunTable;
use super::columns::Columns;

/// One row a group; `creators` are the ids of the creators it acts on.
pub(super) fn groups() -> RunTable<'static> {
    let columns = Columns::default()
        .text("group_id", |_| None)
        .text("kind", |_| None)
        .count("members_count", |_| None)
        .count("targets_count", |_| None)
        .time("window_start", |_| None)
        .time("window_end", |_| None)
        .real("density", |_| None)
        .real("log10_p", |_| None)
        .text("creators", |_| None);
    without_rows("groups", columns)
}

/// One row a member of a group.
pub(super) fn members() -> RunTable<'static> {
    let columns = Columns::default()
        .text("group_id", |_| None)
        .text("account_id", |_| None)
        .time("first_at", |_| None)
        .time("last_at", |_| None)
        .count("actions_count", |_| None);
    without_rows("group_members", columns)
}

fn without_rows(name: &'static str, columns: Columns<'static>) -> RunTable<'static> {
    RunTable { name, schema: columns.schema(), always_parquet: false, batches: Box::new(std::iter::empty()) }
}
