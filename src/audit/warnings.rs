//! What concerns a dataset as a whole.

use crate::domain::{AccountId, Dataset, Sampling, Table};
use crate::scoring::{AccountScores, CreatorScore, count, count_of};

/// Everything that a person should know about the data in hand, in plain sentences.
pub(super) fn warnings(dataset: &Dataset, accounts: &AccountScores, creators: &[CreatorScore]) -> Vec<String> {
    let mut warnings = Vec::new();
    match dataset.captured_at() {
        None => warnings.push("the data hold no time: whatever needs an age is not measured".to_owned()),
        Some(at) if dataset.manifest.captured_at.is_none() => {
            warnings.push(format!("captured_at is not stated in dataset.toml; the newest time in the tables is taken: {at}"));
        }
        Some(_) => {}
    }
    let late = dataset.account_ids().filter(|&id| is_later_than_captured(dataset, id)).count();
    if late > 0 {
        warnings.push(format!(
            "{} created or active after captured_at, which cannot be; check dataset.toml",
            count_of(late as u64, "account")
        ));
    }
    if dataset.has(Table::Follows) {
        match dataset.manifest.follows_sampling {
            Sampling::Unknown => warnings.push(
                "dataset.toml does not say how follows were sampled: shares hold for whole audiences only if the lists are like random samples".to_owned(),
            ),
            Sampling::NewestFirst => {
                warnings.push("follows hold the newest followers only: nothing is said of the others".to_owned());
            }
            Sampling::Complete | Sampling::Random => {}
        }
    }
    of_lists(creators, &mut warnings);
    let asked_for = followers_and_actors(dataset);
    let all = asked_for.iter().filter(|is| **is).count();
    let unmeasured = dataset.account_ids().filter(|&id| asked_for[id.index()] && !accounts.is_measured(id)).count();
    if unmeasured > 0 {
        warnings.push(format!(
            "{} of {} without a profile: not scored, and not taken for real",
            count(unmeasured as u64),
            count_of(all as u64, "account")
        ));
    }
    let unlike = creators.iter().filter(|creator| creator.is_unlike_training).count();
    if unlike > 0 {
        warnings.push(format!(
            "{} with an audience unlike those that the model was calibrated on",
            count_of(unlike as u64, "creator")
        ));
    }
    if !dataset.accounts.status.is_absent() {
        warnings.push("suspended and deleted followers are counted apart and not weighed into the fake share, only into the upper end of its interval: their weight is not fitted yet".to_owned());
    }
    warnings
}

/// Lists that contradict the counts beside them.
fn of_lists(creators: &[CreatorScore], warnings: &mut Vec<String>) {
    let short = creators.iter().filter(|creator| creator.is_list_short).count();
    if short > 0 {
        warnings.push(format!(
            "follows are stated to be complete, but {} with less than 90 % of the followers that the platform counts: how such lists were sampled is taken for unknown",
            count_of(short as u64, "list")
        ));
    }
    let long = creators.iter().filter(|creator| creator.lists_more_than_counted()).count();
    if long > 0 {
        warnings.push(format!(
            "{} with more followers than the platform counts: list and count are of different times, or of different creators",
            count_of(long as u64, "list")
        ));
    }
}

/// Whether an account was made or active after its profile was read, which cannot be.
fn is_later_than_captured(dataset: &Dataset, id: AccountId) -> bool {
    let accounts = &dataset.accounts;
    let newest = accounts.created_at.get(id.index()).max(accounts.last_active_at.get(id.index()));
    newest.zip(dataset.account_captured_at(id)).is_some_and(|(newest, captured)| newest > captured.ms())
}

/// Accounts that follow or engage, or have a row of their own; not those that are only followed, as creators made up
/// of labels are.
fn followers_and_actors(dataset: &Dataset) -> Vec<bool> {
    let listed = |id: AccountId| dataset.accounts.listed.get(id.index()).unwrap_or(false);
    let mut is_one: Vec<bool> = dataset.account_ids().map(listed).collect();
    for id in dataset.follows.follower.iter().chain(&dataset.engagements.actor) {
        is_one[id.index()] = true;
    }
    is_one
}
