//! The accounts that are named as evidence of a share.

use super::account::AccountScores;
use crate::domain::{AccountId, Dataset};

/// Accounts named as evidence of one finding at most.
pub const MAX_EVIDENCE_COUNT: usize = 20;
/// Probability from which an account is named as evidence.
const EVIDENCE_P_FAKE: f64 = 0.5;

/// Of these measured accounts those with the highest probability of *fake*, highest first: at most 20, none below one half. Ties in the order of the accounts'
/// names, which does not depend on the order of rows.
pub(super) fn most_suspicious(dataset: &Dataset, accounts: &AccountScores, mut measured: Vec<AccountId>) -> Vec<AccountId> {
    let p_fake = |id: &AccountId| accounts.p_fake[id.index()];
    measured.retain(|id| p_fake(id) >= EVIDENCE_P_FAKE);
    let name = |id: &AccountId| dataset.name(*id);
    measured.sort_by(|a, b| p_fake(b).total_cmp(&p_fake(a)).then_with(|| name(a).cmp(name(b))));
    measured.truncate(MAX_EVIDENCE_COUNT);
    measured
}
