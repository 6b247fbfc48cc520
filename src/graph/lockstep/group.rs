//! What a lockstep group is.

use crate::graph::EdgeTime;

/// An account of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct LockstepMember {
    /// Its row in the graph.
    pub row: u32,
    /// Its actions in the group's bursts: column and time, by column.
    pub actions: Vec<(u32, EdgeTime)>,
    /// ln P(actions | member) − ln P(actions | passer-by): how much its own actions say that it belongs.
    pub log_likelihood_ratio: f64,
    /// Probability that it belongs, given how many of those in the group's bursts do.
    pub posterior: f64,
}

/// A column on which at least two members act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockstepTarget {
    /// The column in the graph.
    pub column: u32,
    /// Members that act on it in the group's bursts.
    pub members_count: u32,
    /// All accounts that arrived in these bursts from the first member to the last, members or not.
    pub arrivals_count: u32,
    /// First action of a member.
    pub first_at: EdgeTime,
    /// Last action of a member.
    pub last_at: EdgeTime,
}

/// Accounts that arrive together on many columns.
#[derive(Debug, Clone, PartialEq)]
pub struct LockstepGroup {
    /// By row, ascending.
    pub members: Vec<LockstepMember>,
    /// By column, ascending.
    pub targets: Vec<LockstepTarget>,
    /// log10 of the probability, under the null, of the least likely overlap of two of its bursts, times the number of all pairs
    /// of bursts (Bonferroni).
    pub log10_p: f64,
    /// Share of the possible edges between members and targets that exist.
    pub density: f64,
    /// Share of the members among all arrivals in the group's bursts from the first of them on each target to the last, counted in arrivals.
    pub purity: f64,
}

impl LockstepGroup {
    /// Actions of its members in its bursts.
    pub fn n_actions(&self) -> usize {
        self.members.iter().map(|member| member.actions.len()).sum()
    }
}
