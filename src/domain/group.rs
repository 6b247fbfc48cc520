//! Coordinated groups: accounts that act together beyond what chance and community explain.

use super::interner::AccountId;
use super::time::Timestamp;
use super::vocabulary::GroupKind;

/// One account of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMember {
    /// The account.
    pub account: AccountId,
    /// First of its actions in the group, where its time is known.
    pub first_at: Option<Timestamp>,
    /// Last of them.
    pub last_at: Option<Timestamp>,
    /// How many actions of it the group rests on.
    pub actions_count: u64,
    /// What it acts on and when, by the number of the target in [`CoordinatedGroup::targets`]; empty where a group (a pod) is not told by
    /// single actions.
    pub actions: Vec<(u32, Option<Timestamp>)>,
}

/// One creator that a group acts on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupTarget {
    /// The creator.
    pub creator: AccountId,
    /// Members that act on it.
    pub members_count: u64,
    /// First action of a member on it.
    pub first_at: Option<Timestamp>,
    /// Last action of a member on it.
    pub last_at: Option<Timestamp>,
}

/// A group of accounts and the creators that it acts on.
#[derive(Debug, Clone, PartialEq)]
pub struct CoordinatedGroup {
    /// Its name in one run: `g1`, `g2` …
    pub id: String,
    /// What kind of coordination.
    pub kind: GroupKind,
    /// Members.
    pub members: Vec<GroupMember>,
    /// Targets.
    pub targets: Vec<GroupTarget>,
    /// Share of the possible actions of members on targets that happened.
    pub density: f64,
    /// log10 of the probability that chance and community make its least likely part, corrected for everything tested.
    pub log10_p: f64,
    /// Share of its members' actions among all actions in its bursts; `None` for kinds that are not found by bursts.
    pub purity: Option<f64>,
    /// What the members of a follow batch have in common; `None` for every other kind.
    pub batch: Option<BatchOrigin>,
}

/// What the members of a follow batch have in common, and how many would share it anyhow.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchOrigin {
    /// The trait.
    pub shared: BatchTrait,
    /// Followers with that trait who would stand there anyhow, by the rest of the list.
    pub expected_count: f64,
    /// Age of the members' accounts when they followed, the middle one, in days.
    pub median_age_days: Option<f64>,
    /// Places of the first and the last member in the list, the oldest follower being 0.
    pub ranks: (u64, u64),
}

/// A trait by which followers are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchTrait {
    /// Their accounts were made between two instants.
    MadeBetween(Timestamp, Timestamp),
    /// Their handles have one pattern: letters as `a`, digits as `9`.
    HandlePattern(String),
}

impl CoordinatedGroup {
    /// First and last action of any member; where times are hidden, what bounds them.
    pub fn window(&self) -> Option<(Timestamp, Timestamp)> {
        let first = self.targets.iter().filter_map(|target| target.first_at).min()?;
        let last = self.targets.iter().filter_map(|target| target.last_at).max()?;
        Some((first, last))
    }

    /// The target that is this creator.
    pub fn target(&self, creator: AccountId) -> Option<&GroupTarget> {
        self.targets.iter().find(|target| target.creator == creator)
    }
}
