//! Creator signals: what the table `features` holds, one column a signal.

use super::catalogue::{Signal, Trend};

/// Every creator signal, in the order of the columns of the table `features`.
pub const CREATOR_SIGNALS: &[Signal] = &[
    Signal {
        id: "audience.fake_share",
        name: "fake share of the audience",
        unit: "share",
        meaning: "Estimated share of followers that are fake, of the kinds that the account model knows; every audience holds some",
        measured: "posterior mean of the share from the followers' decision values; see scoring::prevalence",
        missing: "no follower with a measured profile",
        benign_causes: &[
            "a giveaway or viral post that drew low-effort accounts",
            "followers bought or sent by someone else",
            "an audience from a platform, language or age group that the model knows little of",
        ],
        source: "Saerens, Latinne and Decaestecker 2002, with a shift of the scores",
        trend: Trend::Increasing,
    },
    Signal {
        id: "audience.suspicious_share",
        name: "suspicious accounts",
        unit: "share",
        meaning: "Share of the sampled followers of class suspicious: neither mass follower nor influencer, and scored fake at the model's threshold",
        measured: "accounts of the class / followers with a measured profile",
        missing: "no follower with a measured profile",
        benign_causes: &["new or private people with bare profiles"],
        source: "the four classes of the market's reports",
        trend: Trend::Increasing,
    },
    Signal {
        id: "audience.mass_follower_share",
        name: "mass followers",
        unit: "share",
        meaning: "Share of the sampled followers that follow more than 1,500 accounts and so hardly see any one post",
        measured: "accounts of the class / followers with a measured profile",
        missing: "no follower with a measured profile",
        benign_causes: &["a creator whose audience is other creators or businesses"],
        source: "the four classes of the market's reports",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.influencer_share",
        name: "influencers",
        unit: "share",
        meaning: "Share of the sampled followers with more than 5,000 followers of their own",
        measured: "accounts of the class / followers with a measured profile",
        missing: "no follower with a measured profile",
        benign_causes: &[],
        source: "the four classes of the market's reports",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.real_share",
        name: "none of the other classes",
        unit: "share",
        meaning: "Share of the sampled followers that are neither mass followers nor influencers nor suspicious",
        measured: "accounts of the class / followers with a measured profile",
        missing: "no follower with a measured profile",
        benign_causes: &[],
        source: "the four classes of the market's reports",
        trend: Trend::Decreasing,
    },
    Signal {
        id: "audience.unmeasured",
        name: "followers without a profile",
        unit: "share",
        meaning: "Share of the listed followers of which nothing is known but that they follow; they are left out of every other share",
        measured: "listed followers without any measured signal / listed followers",
        missing: "no follower is listed",
        benign_causes: &["an export that holds profiles of a part of the audience only"],
        source: "coverage of the data, not of the audience",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.listed_more_than_counted",
        name: "listed followers for each one counted",
        unit: "ratio",
        meaning: "How many followers are listed for each one that the platform counts; above 1 list and count contradict each other",
        measured: "unique followers listed / followers as the platform counts them",
        missing: "no follower listed, or followers not known or 0",
        benign_causes: &["list and count were read at different times", "a list that keeps those who left"],
        source: "two tables of the same export",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.abstained_share",
        name: "followers the model does not decide on",
        unit: "share",
        meaning: "Share of the followers with a measured profile whose score lies where the model would err too often",
        measured: "abstained / followers with a measured profile",
        missing: "no follower with a measured profile",
        benign_causes: &["profiles with few fields", "an audience unlike the training data"],
        source: "model abstention",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.inactive_share",
        name: "inactive followers",
        unit: "share",
        meaning: "Share of followers that did nothing visible in the 180 days before their profile was read; inactive is not fake",
        measured: "followers last active more than 180 days before their capture / followers with last_active_at not after it, suspended and deleted ones left out",
        missing: "fewer than 20 such followers",
        benign_causes: &["an old audience that has moved on", "people who read without posting"],
        source: "last_active_at as exported",
        trend: Trend::Increasing,
    },
    Signal {
        id: "audience.suspended_share",
        name: "suspended followers",
        unit: "share",
        meaning: "Share of followers that the platform has suspended since; strong evidence of its own: the estimated fake share does not contain it, only the upper end of its interval does",
        measured: "status = suspended / followers with a status",
        missing: "fewer than 20 followers with a status",
        benign_causes: &["spammers that follow everybody", "an old list of followers"],
        source: "the platform's own decisions",
        trend: Trend::Increasing,
    },
    Signal {
        id: "audience.deleted_share",
        name: "deleted followers",
        unit: "share",
        meaning: "Share of followers whose account is gone; people leave too",
        measured: "status = deleted / followers with a status",
        missing: "fewer than 20 followers with a status",
        benign_causes: &["people who left the platform", "an old list of followers"],
        source: "the platform's own records",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.no_avatar_share",
        name: "followers without a picture",
        unit: "share",
        meaning: "Share of followers that never set a picture of their own",
        measured: "has_avatar = false / followers with has_avatar",
        missing: "fewer than 20 followers with has_avatar",
        benign_causes: &["people who value their privacy"],
        source: "profile field",
        trend: Trend::Increasing,
    },
    Signal {
        id: "audience.private_share",
        name: "private followers",
        unit: "share",
        meaning: "Share of followers that hide their posts",
        measured: "is_private = true / followers with is_private",
        missing: "fewer than 20 followers with is_private",
        benign_causes: &["a young or local audience"],
        source: "profile field",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.median_followers",
        name: "followers of the median follower",
        unit: "accounts",
        meaning: "How well connected the typical follower is",
        measured: "median of followers over followers",
        missing: "fewer than 20 followers with followers",
        benign_causes: &["a young audience"],
        source: "profile field",
        trend: Trend::Decreasing,
    },
    Signal {
        id: "audience.median_following",
        name: "accounts that the median follower follows",
        unit: "accounts",
        meaning: "How much the typical follower follows",
        measured: "median of following over followers",
        missing: "fewer than 20 followers with following",
        benign_causes: &[],
        source: "profile field",
        trend: Trend::Free,
    },
    Signal {
        id: "audience.median_posts",
        name: "posts of the median follower",
        unit: "posts",
        meaning: "How much the typical follower publishes",
        measured: "median of posts over followers",
        missing: "fewer than 20 followers with posts",
        benign_causes: &["an audience that reads and does not post"],
        source: "profile field",
        trend: Trend::Decreasing,
    },
    Signal {
        id: "audience.median_age_days",
        name: "age of the median follower's account",
        unit: "days",
        meaning: "How long the typical follower has been there",
        measured: "median of capture time − created_at over followers",
        missing: "fewer than 20 followers with created_at",
        benign_causes: &["a young platform"],
        source: "profile field",
        trend: Trend::Decreasing,
    },
    Signal {
        id: "coordination.follow_lockstep",
        name: "followers that came in lockstep",
        unit: "share",
        meaning: "Share of the listed followers that came in bursts which the same accounts also made on other creators, beyond what chance and a shared community explain",
        measured: "followers that are members of a group acting on the creator / listed followers; see graph::find_lockstep",
        missing: "no follow has a time, or no follower is listed",
        benign_causes: &[
            "a giveaway that asks people to follow several accounts",
            "creators who recommend one another at the same time",
            "an event or article that named several creators",
            "accounts sent by a third party",
        ],
        source: "Cao et al., SynchroTrap, 2014; Beutel et al., CopyCatch, 2013; Hooi et al., FRAUDAR, 2016",
        trend: Trend::Increasing,
    },
    Signal {
        id: "coordination.pod",
        name: "creators in a pod with it",
        unit: "creators",
        meaning: "Creators who engage with this creator's posts, and it with theirs, beyond chance, as members of a circle that is far more prompt than its audiences",
        measured: "creators tied to it in a pod; see graph::find_pods",
        missing: "no engagement has a time",
        benign_causes: &[
            "accounts of one company that react at once",
            "a close circle of friends with notifications on",
            "a series of joint posts",
        ],
        source: "Weerasinghe et al., The Pod People, WWW 2020; Cohen, Trusses, 2008",
        trend: Trend::Increasing,
    },
    Signal {
        id: "engagement.rate",
        name: "engagement rate",
        unit: "share",
        meaning: "Mean of likes and comments of a post over followers; too low and too high are both suspicious",
        measured: "mean(likes + comments) / followers over posts with both measured",
        missing: "fewer than 3 such posts, or unknown followers",
        benign_causes: &["a viral post", "posts that are advertised", "hidden like counts"],
        source: "the market's usual definition",
        trend: Trend::Free,
    },
];

/// A creator signal by its id.
pub fn creator_signal(id: &str) -> Option<&'static Signal> {
    CREATOR_SIGNALS.iter().find(|signal| signal.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_begin_with_their_family() {
        for (index, signal) in CREATOR_SIGNALS.iter().enumerate() {
            assert!(
                ["audience.", "growth.", "engagement.", "timing.", "coordination.", "comments."]
                    .iter()
                    .any(|family| signal.id.starts_with(family))
            );
            assert!(CREATOR_SIGNALS[index + 1..].iter().all(|other| other.id != signal.id), "{}", signal.id);
        }
        assert!(creator_signal("audience.fake_share").is_some() && creator_signal("audience.nothing").is_none());
    }
}
