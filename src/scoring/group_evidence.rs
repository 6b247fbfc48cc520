//! What membership in a coordinated group adds to an account's probability of *fake*.

use super::account::AccountScores;
use super::class::classify;
use crate::domain::{AccountId, CoordinatedGroup, Dataset, GroupKind, Probability};

/// How many times as likely a fake account is to be a member of a group as a genuine one.
///
/// On the simulated markets kept for tuning hardly a member was genuine (`bonafide evaluate coordination` prints the same for those kept for
/// reporting), so that any large factor would do there; real people are called together too (giveaways that ask to follow several accounts), and no
/// real data say how often. A hundred is what one may take from the simulation without leaning on it: it moves a probability of .05 to .84.
pub const GROUP_BAYES_FACTOR: f64 = 100.0;

/// An account's weightiest group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupEvidence {
    /// Number of the group, in the order of the groups.
    pub group: u32,
    /// What it adds to the log-odds of *fake*.
    pub log_odds: f64,
}

impl AccountScores {
    /// Adds the evidence of groups: ln(m · F + 1 − m) for a member with probability m of belonging and the factor F; of several groups, the
    /// weightiest only, since they do not speak independently. Classes follow the new probabilities.
    ///
    /// Pods are left out: their members are people who engage by arrangement, not accounts that are not what they claim.
    ///
    /// # Missing
    /// An account without a measured profile has no probability to be updated; its membership stands in its group.
    ///
    /// # Source
    /// Bayes' rule with a factor for membership; mixture over whether it is a member.
    pub fn add_groups(&mut self, dataset: &Dataset, groups: &[CoordinatedGroup], threshold: f64) {
        let speaks = |group: &CoordinatedGroup| group.kind != GroupKind::Pod;
        for (number, group) in groups.iter().enumerate().filter(|(_, group)| speaks(group)) {
            for member in &group.members {
                let log_odds = (member.posterior * GROUP_BAYES_FACTOR + 1.0 - member.posterior).ln();
                let evidence = GroupEvidence { group: number as u32, log_odds };
                let kept = self.groups.entry(member.account).or_insert(evidence);
                if evidence.log_odds > kept.log_odds {
                    *kept = evidence;
                }
            }
        }
        for (id, evidence) in &self.groups {
            let slot = id.index();
            let p = Probability::from_log_odds(self.predictions.log_odds[slot] + evidence.log_odds).get();
            self.p_fake[slot] = p;
            self.class[slot] = classify(dataset.accounts.following.get(slot), dataset.accounts.followers.get(slot), p, threshold);
        }
    }

    /// The weightiest group of an account.
    pub fn group_of(&self, id: AccountId) -> Option<GroupEvidence> {
        self.groups.get(&id).copied()
    }
}
