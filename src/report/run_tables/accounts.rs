//! `accounts`: one row an account seen, creators, followers and engagers alike.

use super::RunTable;
use super::columns::Columns;
use crate::audit::Audit;
use crate::domain::{AccountId, Dataset};
use crate::model::Reason;

/// Accounts of which nothing was measured have a row with nulls: they were seen, and nothing is said of them.
/// `reason_n` is the id of a signal.
pub(super) fn table<'a>(dataset: &'a Dataset, audit: &'a Audit) -> RunTable<'a> {
    let accounts = &audit.accounts;
    let id = |row: usize| AccountId(row as u32);
    let reason = move |row: usize, place: usize| -> Option<Reason> {
        accounts.is_measured(id(row)).then(|| accounts.predictions.reasons.get(row)?[place]).flatten()
    };
    let signal = move |row: usize, place: usize| {
        reason(row, place).and_then(|reason| audit.account_signals.signals().get(usize::from(reason.signal)))
    };
    let log_odds = move |row: usize, place: usize| reason(row, place).map(|reason| f64::from(reason.log_odds));
    let columns = Columns::default()
        .text("account_id", |row| Some(dataset.name(AccountId(row as u32)).into()))
        .real("p_fake", move |row| accounts.p_fake(id(row)))
        .real("p_fake_profile", move |row| accounts.p_fake_profile(id(row)))
        .text("class", move |row| accounts.class(id(row)).map(|class| class.word().into()))
        .text("group_id", move |row| {
            let group = accounts.group_of(id(row))?;
            audit.groups.get(group as usize).map(|group| group.id.as_str().into())
        })
        .text("reason_1", move |row| signal(row, 0).map(|signal| signal.id.into()))
        .text("reason_2", move |row| signal(row, 1).map(|signal| signal.id.into()))
        .text("reason_3", move |row| signal(row, 2).map(|signal| signal.id.into()))
        .real("reason_1_log_odds", move |row| log_odds(row, 0))
        .real("reason_2_log_odds", move |row| log_odds(row, 1))
        .real("reason_3_log_odds", move |row| log_odds(row, 2))
        .flag("is_abstained", move |row| accounts.is_abstained(id(row)))
        .real("p_fake_low", move |row| accounts.p_fake_interval(id(row)).map(|interval| interval.low()))
        .real("p_fake_high", move |row| accounts.p_fake_interval(id(row)).map(|interval| interval.high()))
        .real("mutual_trust", move |row| accounts.trust(id(row)))
        .real("p_automated", move |row| audit.automated.get(id(row)).map(|score| score.p_automated));
    let schema = columns.schema();
    RunTable { name: "accounts", schema, always_parquet: false, batches: Box::new(columns.batches(accounts.len())) }
}
