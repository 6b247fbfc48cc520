//! What a rule proposes about a creator, before the catalogue's innocent causes are put beside it.

use crate::domain::{AccountId, Finding, Interval, Severity, Timestamp, WeighedCause};
use crate::signals::creator_signal;
use crate::timing::causes::{Cause, CauseOdds};

/// A finding without its creator and its innocent causes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    /// Id of the signal.
    pub(super) signal: &'static str,
    /// Weight.
    pub(super) severity: Severity,
    /// Measured value, in the signal's unit.
    pub(super) value: Option<f64>,
    /// Band in which nothing would have been said.
    pub(super) expected: Option<Interval>,
    /// First and last instant it speaks of.
    pub(super) window: Option<(Timestamp, Timestamp)>,
    /// One or two plain sentences with the numbers.
    pub(super) statement: String,
    /// Ids of accounts, or of a group.
    pub(super) evidence: Vec<String>,
}

impl Proposal {
    /// The finding about a creator, with the innocent causes that the catalogue names for its signal.
    pub(super) fn about(self, creator: AccountId) -> Finding {
        Finding {
            creator,
            signal: self.signal,
            severity: self.severity,
            value: self.value,
            expected: self.expected,
            window: self.window,
            statement: self.statement,
            benign_causes: creator_signal(self.signal).map_or_else(Vec::new, |signal| signal.benign_causes.to_vec()),
            weighed_causes: Vec::new(),
            evidence: self.evidence,
        }
    }
}

/// The causes with their odds, best first. Orders by either side are one: no data tell them apart.
pub(super) fn weighed(odds: &CauseOdds) -> Vec<WeighedCause> {
    let best = odds.ranked().first().map_or(0.0, |(_, ln)| *ln);
    let told = odds.ranked().iter().filter(|(cause, _)| *cause != Cause::Attack && odds.n_observed() > 0);
    told.map(|(cause, ln)| WeighedCause {
        phrase: cause.phrase(),
        is_ordered: cause.is_ordered(),
        odds_against: (best - ln).exp(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_stand_by_their_odds_and_either_side_of_an_order_is_one() {
        let odds = CauseOdds::new([(Cause::Inflated, -2.0), (Cause::Attack, -2.0), (Cause::Viral, 0.0)], 3);
        let told: Vec<(&str, bool, f64)> =
            weighed(&odds).iter().map(|cause| (cause.phrase, cause.is_ordered, cause.odds_against)).collect();
        assert_eq!(told, [("a post that went viral", false, 1.0), ("accounts that somebody ordered", true, 2.0_f64.exp())]);
        assert!(weighed(&CauseOdds::new([(Cause::Viral, 0.0)], 0)).is_empty(), "nothing was seen that could tell");
    }
}
