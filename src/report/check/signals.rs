//! For how many accounts each signal can be measured, and what it lacks.

use crate::domain::{Dataset, Table};
use crate::signals::{Signal, measurable};
use serde::Serialize;

/// One account signal.
#[derive(Debug, Clone, Serialize)]
pub struct SignalReach {
    /// Its id.
    pub signal: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Accounts that it can be measured for.
    pub measured_count: u64,
    /// Accounts in all.
    pub accounts_count: u64,
    /// How it is measured, over the columns of `accounts`.
    pub measured: &'static str,
    /// When it is missing.
    pub missing: &'static str,
    /// Columns of `accounts` in that formula that are not there.
    pub columns_missing: Vec<&'static str>,
}

impl SignalReach {
    /// Whether the columns of the formula stand in for one another or are needed together.
    pub(super) fn joined_by(&self) -> &'static str {
        if self.measured.contains(" else ") { " or " } else { " and " }
    }
}

/// Of every account signal, in the catalogue's order.
pub fn reach(dataset: &Dataset) -> Vec<SignalReach> {
    let columns = dataset.summaries.get(&Table::Accounts).map_or(&[][..], |summary| &summary.columns);
    // The dataset's own time of capture stands in for an account's.
    let is_there = |column: &&str| columns.contains(column) || (*column == "captured_at" && dataset.captured_at().is_some());
    let one = |(signal, count): (&'static Signal, usize)| SignalReach {
        signal: signal.id,
        name: signal.name,
        measured_count: count as u64,
        accounts_count: dataset.n_accounts() as u64,
        measured: signal.measured,
        missing: signal.missing,
        columns_missing: columns_of(signal.measured).filter(|column| !is_there(column)).collect(),
    };
    measurable(dataset).into_iter().map(one).collect()
}

/// The columns of `accounts` that a formula names.
fn columns_of(formula: &'static str) -> impl Iterator<Item = &'static str> {
    let is_named = move |column: &&'static str| {
        let mut words = formula.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words.any(|word| word == *column)
    };
    Table::Accounts.columns().iter().map(|column| column.name).filter(is_named)
}

#[cfg(test)]
mod tests {
    use super::columns_of;

    #[test]
    fn finds_whole_column_names_in_a_formula() {
        let found: Vec<&str> = columns_of("characters of handle, else handle_length; (following + 1)").collect();
        assert_eq!(found, ["handle", "following", "handle_length"]);
    }
}
