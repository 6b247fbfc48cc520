//! What could not be measured of a creator, and the data that would allow it.

use super::creator::{CreatorScore, NotMeasured};
use super::engagers::EngagerShares;
use super::verdict::MIN_MEASURED_COUNT;
use crate::domain::Sampling;

/// Everything that is null in the score, with its reason, in the order of the output's columns; `is_engagement_timed`: whether the data could show accounts that
/// act on posts in lockstep.
pub(super) fn not_measured(score: &CreatorScore, engagers: &EngagerShares, is_engagement_timed: bool) -> Vec<NotMeasured> {
    let mut missing = Vec::new();
    let mut note = |is_missing: bool, what: &'static str, why: &'static str| {
        if is_missing {
            missing.push(NotMeasured { what, why });
        }
    };
    note(
        score.followers.is_none(),
        "followers",
        "the creator's own row in accounts, or audience_history, would say how many follow",
    );
    note(score.score.is_none(), "score", "it needs the fake share of the audience or of engagement");
    let without_profile = "it needs followers (table follows) with profiles (table accounts)";
    note(score.audience_fake.is_none(), "audience_fake_share", without_profile);
    note(
        score.audience_inactive_share.is_none(),
        "audience_inactive_share",
        "it needs last_active_at of at least 20 followers and the time of capture",
    );
    note(score.authentic_followers.is_none(), "authentic_followers", why_no_whole(score));
    let rate = "it needs at least 3 posts with likes and comments, and the number of followers";
    note(score.engagement_rate.is_none(), "engagement_rate", rate);
    note(
        score.engagement_rate_percentile.is_none(),
        "engagement_rate_percentile",
        "it needs an engagement rate, and real creators of that platform and size, to which bands are fitted for some only",
    );
    note(
        score.coordinated_followers_count.is_none(),
        "coordinated_followers_count",
        "it needs followers of three creators or more with the times at which they followed (followed_at)",
    );
    note(
        score.minimum_detectable_share.is_none(),
        "minimum_detectable_share",
        "with so few measured followers no share could be shown",
    );
    note(
        matches!(score.sampling, Sampling::Unknown | Sampling::NewestFirst),
        "sampling",
        if score.sampling == Sampling::NewestFirst {
            "follows hold the newest followers only: nothing is said of the others; a random sample of all would allow it"
        } else if score.is_list_short {
            "follows are stated to be complete but hold less than 90 % of the platform's count; figures hold for the whole audience only if the sample is like a random one"
        } else {
            "dataset.toml does not say how followers were sampled; figures hold for the whole audience only if the sample is like a random one"
        },
    );
    missing.extend(engagers.not_measured());
    missing.extend((!is_engagement_timed).then_some(NotMeasured {
        what: "engagement_lockstep",
        why: "it needs engagements with posts of three creators or more, with the times at which they were made (at)",
    }));
    missing
}

/// Why nothing is said of the audience as a whole.
fn why_no_whole(score: &CreatorScore) -> &'static str {
    match score.sampling {
        Sampling::NewestFirst => "the list holds the newest followers only, from which nothing is extrapolated",
        _ if score.lists_more_than_counted() => {
            "more followers are listed than the platform counts, so one of the two does not describe this audience"
        }
        _ if score.removed.is_large_part() => {
            "so many listed followers are suspended or deleted that their profiles do not speak for the audience"
        }
        _ if score.audience_fake.is_some() && score.followers.is_some() && score.audience_measured_count < MIN_MEASURED_COUNT => {
            "fewer than 50 followers have a profile, too few to carry their share over to all"
        }
        _ => "it needs the number of followers and the audience's fake share",
    }
}
