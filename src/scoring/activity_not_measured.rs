//! What could not be measured of a creator's growth and of what its posts drew, and the export that would settle it.

use super::creator::NotMeasured;
use crate::signals::{EngagementMeasures, GrowthBasis, GrowthMeasures};

/// What could not be measured of how the number of followers changed.
pub fn growth_not_measured(measured: &GrowthMeasures) -> Vec<NotMeasured> {
    let is_read = measured.basis == Some(GrowthBasis::Readings);
    let rows = [
        (
            measured.basis.is_none(),
            "growth.gain",
            "it needs seven readings of followers over time (table audience_history), or 200 followers with the times at which they followed",
        ),
        (
            !is_read,
            "growth.loss",
            "it needs seven readings of followers over time: a list of followers does not show those who left",
        ),
        (
            measured.churn.is_none(),
            "growth.churn",
            "it needs five readings of how many the creator follows (audience_history.following)",
        ),
        (
            measured.against_engagement.is_none(),
            "growth.engagement_gap",
            "it needs readings of followers, and eight posts with likes and comments, half of them three weeks before the others",
        ),
    ];
    named(&rows)
}

/// What could not be measured of what the creator's posts drew.
pub fn engagement_not_measured(measured: &EngagementMeasures) -> Vec<NotMeasured> {
    let likes = if measured.are_likes_hidden {
        "likes are hidden; the creator's own export holds them"
    } else {
        "it needs twelve posts with likes and comments (table posts)"
    };
    let rows = [
        (measured.likes_excess.is_none(), "engagement.likes_excess", likes),
        (measured.views_excess.is_none(), "engagement.views_excess", "it needs twelve posts with views and likes (table posts)"),
        (
            measured.arrivals.is_none(),
            "engagement.arrival_excess",
            "likes ordered for a post show in their times: it needs three posts, three days old, with the times of 60 likes (table engagements)",
        ),
        (
            measured.outside.is_none(),
            "engagement.outside_share",
            "it needs the complete list of followers, and 20 accounts that liked or commented",
        ),
        (
            measured.sponsored_ratio.is_none(),
            "engagement.sponsored_ratio",
            "it needs three posts known to be sponsored (posts.is_sponsored) and five others, with likes and comments",
        ),
    ];
    named(&rows)
}

fn named(rows: &[(bool, &'static str, &'static str)]) -> Vec<NotMeasured> {
    rows.iter().filter(|(is_missing, ..)| *is_missing).map(|&(_, what, why)| NotMeasured { what, why }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::creator_signal;
    use crate::timing::growth::FollowChurn;

    #[test]
    fn what_nothing_is_known_of_is_named_by_signals_of_the_catalogue() {
        let nothing = [growth_not_measured(&GrowthMeasures::default()), engagement_not_measured(&EngagementMeasures::default())];
        assert_eq!(nothing.iter().map(Vec::len).collect::<Vec<_>>(), [4, 5]);
        assert!(nothing.iter().flatten().all(|gap| creator_signal(gap.what).is_some() && gap.why.contains("it needs")));
    }

    #[test]
    fn what_was_measured_is_not_named_and_hidden_likes_are() {
        let churn = FollowChurn { n_cycles: 0, dropped: 0, from_ms: 0, to_ms: 0, gained: 0 };
        let grown = GrowthMeasures { basis: Some(GrowthBasis::FollowTimes), churn: Some(churn), ..GrowthMeasures::default() };
        let names: Vec<&str> = growth_not_measured(&grown).iter().map(|gap| gap.what).collect();
        assert_eq!(names, ["growth.loss", "growth.engagement_gap"]);
        let hidden = EngagementMeasures { are_likes_hidden: true, ..EngagementMeasures::default() };
        assert!(engagement_not_measured(&hidden)[0].why.starts_with("likes are hidden"));
    }
}
