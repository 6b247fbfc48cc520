//! Which coordinated group an account is a member of.

use super::account::AccountScores;
use crate::domain::{AccountId, CoordinatedGroup, GroupKind};

impl AccountScores {
    /// Notes who is in which group; of several groups, the first. Follow batches are left out: a part of their members only happens to
    /// stand there, and nothing says which.
    ///
    /// Membership by itself changes no probability; see [`AccountScores::weigh_groups`].
    pub fn note_groups(&mut self, groups: &[CoordinatedGroup]) {
        for (number, group) in groups.iter().enumerate().filter(|(_, group)| group.kind != GroupKind::FollowBatch) {
            for member in &group.members {
                self.groups.entry(member.account).or_insert(number as u32);
            }
        }
    }

    /// Number of the group that an account is a member of, in the order of the groups.
    pub fn group_of(&self, id: AccountId) -> Option<u32> {
        self.groups.get(&id).copied()
    }
}
