//! Pods: creators who like and comment on one another's posts right after they appear.

use crate::error::Result;
use crate::simulation::scenario::within;
use serde::Deserialize;

/// A kind of pods. Pods of 20 to 200 accounts that act within the first hour are what tools look for; smaller ones are
/// common in chat groups. The numbers are assumptions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pod {
    /// Name; it appears in the truth only.
    pub name: String,
    /// Creators in the smallest and in the largest pod.
    pub members: [u32; 2],
    /// Share of a member's posts that another member reacts to.
    pub participation: f64,
    /// Share of those reactions that are a like and a comment; the others are a like.
    pub comment_share: f64,
    /// Minutes after the post within which they react.
    pub minutes: f64,
}

impl Default for Pod {
    fn default() -> Self {
        Self { name: "pod-1".into(), members: [10, 50], participation: 0.8, comment_share: 0.7, minutes: 60.0 }
    }
}

impl Pod {
    pub(super) fn validate(&self) -> Result<()> {
        let place = |name: &str| format!("{name} of vendor {}", self.name);
        within(place("members[0]"), f64::from(self.members[0]), 2.0, 1e4)?;
        within(place("members[1]"), f64::from(self.members[1]), f64::from(self.members[0]), 1e4)?;
        within(place("participation"), self.participation, 0.01, 1.0)?;
        within(place("comment_share"), self.comment_share, 0.0, 1.0)?;
        within(place("minutes"), self.minutes, 1.0, 24.0 * 60.0)
    }
}
