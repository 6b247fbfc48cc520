//! What is called where nobody is known to have ordered anything.

use super::Background;
use super::delivery::Drawn;
use super::trial::groups;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal, share};
use crate::error::Result;
use crate::statistics::wilson;
use std::collections::BTreeSet;

/// Members that a creator must have in one group for a finding about it.
pub(super) const MEMBERS_FOR_FINDING: u32 = 5;

/// One row a background.
pub(super) fn alarms(backgrounds: &[Background]) -> Result<EvaluationTable> {
    let mut table = EvaluationTable::new(
        "Alarms where nobody is known to have ordered anything: creators with at least five members of a group among those who act on them",
        &["background", "creators", "groups", "accounts in groups", "creators called", "share of creators", "to meet"],
    );
    for background in backgrounds {
        let groups = groups(background, &Drawn { n_accounts: background.n_accounts, ..Drawn::default() })?;
        let accounts: BTreeSet<u32> = groups.iter().flat_map(|group| group.members.iter().map(|member| member.row)).collect();
        let targets = groups.iter().flat_map(|group| &group.targets);
        let called: BTreeSet<u32> =
            targets.filter(|target| target.members_count >= MEMBERS_FOR_FINDING).map(|target| target.column).collect();
        let n_creators = background.popularity().iter().filter(|&&edges| edges > 0).count();
        let rate = called.len() as f64 / n_creators.max(1) as f64;
        let interval = wilson(called.len() as u64, n_creators as u64, crate::benchmark::settings::ACCURACY_LEVEL);
        table.push([
            background.name.clone(),
            count(n_creators),
            count(groups.len()),
            count(accounts.len()),
            count(called.len()),
            interval.map_or_else(|| decimal(rate), |interval| share_of(rate, interval)),
            ".01 at most".to_owned(),
        ]);
    }
    Ok(table)
}

fn share_of(rate: f64, interval: crate::domain::Interval) -> String {
    if rate < 0.01 { crate::benchmark::figure::with_interval(Some(rate), Some(interval)) } else { share(rate, interval) }
}
