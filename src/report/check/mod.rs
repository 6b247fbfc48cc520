//! What a dataset holds and what can be measured with it: the answer of `bonafide check`.

mod results;
mod signals;
mod spans;
mod tables;
mod text;

pub use results::ResultNeed;
pub use signals::SignalReach;
pub use spans::TimeSpan;
pub use tables::{RejectExample, RejectReason, TableReach};

use crate::domain::{Dataset, InputFile, Table, TableSummary};
use crate::report::number;
use crate::tables::RejectedRows;
use serde::Serialize;

/// Wire form of the answer.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// The instant that the data describe, RFC 3339.
    pub captured_at: Option<String>,
    /// Whether `dataset.toml` states it; if not, it is the newest time in the tables.
    pub captured_at_is_stated: bool,
    /// Platform of creators without one of their own, if stated.
    pub platform: Option<&'static str>,
    /// How follows were sampled.
    pub follows_sampling: &'static str,
    /// How engagements were sampled.
    pub engagements_sampling: &'static str,
    /// Creators.
    pub creators_count: u64,
    /// Accounts of any table, creators included.
    pub accounts_count: u64,
    /// Of these, accounts with a row in the table `accounts`.
    pub profiles_count: u64,
    /// The contract's tables, also those that are not there.
    pub tables: Vec<TableReach>,
    /// First and last instant of each column of times that holds any.
    pub time_spans: Vec<TimeSpan>,
    /// Every account signal, with how many accounts it can be measured for.
    pub signals: Vec<SignalReach>,
    /// What each result needs, and whether it is there.
    pub results: Vec<ResultNeed>,
    /// What a person should know about the data.
    pub warnings: Vec<String>,
}

impl CheckReport {
    /// Of a dataset as it was read and the rows that could not be; `max_rejected_percent` is what `score` would allow.
    ///
    /// # Cost
    /// That of measuring every account's signals, and a pass over every table.
    pub fn assemble(dataset: &Dataset, rejected: &RejectedRows, max_rejected_percent: f64) -> Self {
        let mut warnings = too_many_rejected(dataset, max_rejected_percent);
        warnings.extend(empty_biographies(dataset));
        warnings.extend(dataset.warnings.iter().cloned());
        Self {
            captured_at: dataset.captured_at().map(|at| at.to_string()),
            captured_at_is_stated: dataset.manifest.captured_at.is_some(),
            platform: dataset.manifest.platform.map(|platform| platform.word()),
            follows_sampling: dataset.manifest.follows_sampling.word(),
            engagements_sampling: dataset.manifest.engagements_sampling.word(),
            creators_count: dataset.creators.len() as u64,
            accounts_count: dataset.n_accounts() as u64,
            profiles_count: dataset.accounts.listed.present_count() as u64,
            tables: tables::reach(dataset, rejected),
            time_spans: spans::time_spans(dataset),
            signals: signals::reach(dataset),
            results: results::needs(dataset),
            warnings,
        }
    }
}

/// Tables of which `score` would refuse the rows.
fn too_many_rejected(dataset: &Dataset, limit: f64) -> Vec<String> {
    let share = |summary: &TableSummary| 100.0 * summary.rejected as f64 / summary.rows.max(1) as f64;
    let beyond = dataset.summaries.iter().filter(|(_, summary)| share(summary) > limit);
    beyond
        .map(|(table, summary)| {
            format!(
                "{table}: {:.1} % of the rows were rejected, more than the {limit} % of --max-rejected: nothing would be scored",
                share(summary)
            )
        })
        .collect()
}

/// In CSV an empty field cannot be told from one that was not exported, and is not taken for an empty biography.
fn empty_biographies(dataset: &Dataset) -> Option<String> {
    let columns = &dataset.summaries.get(&Table::Accounts)?.columns;
    let is_csv = |file: &InputFile| file.table == Some(Table::Accounts) && file.path.contains(".csv");
    if !columns.contains(&"bio") || !dataset.files.iter().any(is_csv) {
        return None;
    }
    let accounts = &dataset.accounts;
    let is_listed = |slot: &usize| accounts.listed.get(*slot).is_some();
    let lacks = |slot: &usize| accounts.bio.get(*slot).is_none() && accounts.bio_length.get(*slot).is_none();
    let count = (0..dataset.n_accounts()).filter(is_listed).filter(lacks).count() as u64;
    let said = format!(
        "accounts.bio: {} empty and read as missing, since CSV does not tell an empty biography from one that was not exported; where it is known to be empty, give bio_length 0",
        if count == 1 { "1 field is".to_owned() } else { format!("{} fields are", number::count(count)) }
    );
    (count > 0).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Fixture, Names};

    fn check() -> CheckReport {
        CheckReport::assemble(&Fixture::new(&Names::default()).dataset, &RejectedRows::default(), 1.0)
    }

    #[test]
    fn says_what_is_there_and_what_is_missing() {
        let report = check();
        let accounts = report.tables.iter().find(|table| table.table == "accounts").unwrap();
        assert!(accounts.is_present && accounts.columns_missing.contains(&"has_avatar"));
        let engagements = report.tables.iter().find(|table| table.table == "engagements").unwrap();
        assert!(!engagements.is_present);
        assert_eq!((report.creators_count, report.accounts_count, report.profiles_count), (5, 245, 245));
    }

    #[test]
    fn says_what_would_keep_it_from_being_scored() {
        let mut dataset = Fixture::new(&Names::default()).dataset;
        let accounts = dataset.summaries.get_mut(&Table::Accounts).unwrap();
        (accounts.rows, accounts.rejected) = (100, 2);
        let warnings = CheckReport::assemble(&dataset, &RejectedRows::default(), 1.0).warnings;
        assert!(warnings[0].starts_with("accounts: 2.0 % of the rows were rejected"), "{warnings:?}");
        let warnings = CheckReport::assemble(&dataset, &RejectedRows::default(), 2.0).warnings;
        assert!(warnings.iter().all(|warning| !warning.contains("rejected")), "{warnings:?}");
    }

    #[test]
    fn columns_that_are_needed_together_are_joined_by_and() {
        let report = check();
        let joined = |id: &str| report.signals.iter().find(|signal| signal.signal == id).unwrap().joined_by();
        assert_eq!((joined("audience.age"), joined("audience.handle_digits")), (" and ", " or "));
    }

    #[test]
    fn tells_signals_that_can_be_measured_from_those_that_cannot() {
        let report = check();
        let signal = |id: &str| report.signals.iter().find(|signal| signal.signal == id).unwrap();
        assert_eq!(signal("audience.followers").measured_count, 245);
        assert_eq!(signal("audience.avatar").columns_missing, ["has_avatar"]);
    }

    #[test]
    fn fits_the_width_it_is_given() {
        for width in [80, 120] {
            let text = check().render_text(width);
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= usize::from(width), "{widest} > {width}\n{text}");
        }
    }

    #[test]
    fn golden_answer_is_as_reviewed() {
        insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_binary_snapshot!("check.txt", check().render_text(100).into_bytes());
        });
    }
}
