//! Age, and what it did in that time.

use super::AccountSignal;
use crate::signals::catalogue::{Signal, Trend};
use crate::signals::profile::Profile;

const NO_AGE: &str = "created_at or the capture time is missing or contradictory, or the count is missing";
const YANG: &str = "Yang, Varol, Hui and Menczer, Scalable and generalizable social bot detection through data selection, 2020";

pub(super) const AGE: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.age",
        name: "age of the account",
        unit: "days",
        meaning: "Accounts made to be sold are often young when they are used.",
        measured: "captured_at − created_at, at least one day",
        missing: "created_at or the capture time is missing, or it was created after the capture",
        benign_causes: &["everybody was new once"],
        source: "Zouzou and Varol, Unsupervised detection of coordinated fake-follower campaigns on social media, 2024",
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| profile.age_days(),
    is_in_model: true,
};

pub(super) const POSTS_PER_DAY: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.posts_per_day",
        name: "posts per day",
        unit: "posts per day",
        meaning: "How often it publishes, over its whole life. Very low and very high rates are both unlike people.",
        measured: "posts / age in days",
        missing: NO_AGE,
        benign_causes: &["a person who only reads", "a news desk"],
        source: YANG,
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| per_day(profile, profile.posts()),
    is_in_model: false,
};

pub(super) const FOLLOWING_PER_DAY: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.following_per_day",
        name: "accounts followed per day",
        unit: "accounts per day",
        meaning: "How fast it follows, over its whole life. Sold followers follow faster than people do.",
        measured: "following / age in days",
        missing: NO_AGE,
        benign_causes: &["a new account that finds its friends"],
        source: YANG,
        trend: Trend::Increasing,
        band: None,
    },
    measure: |profile| per_day(profile, profile.following()),
    is_in_model: false,
};

pub(super) const FOLLOWERS_PER_DAY: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.followers_per_day",
        name: "followers gained per day",
        unit: "accounts per day",
        meaning: "How fast its own audience grew, over its whole life.",
        measured: "followers / age in days",
        missing: NO_AGE,
        benign_causes: &["a person who only reads"],
        source: YANG,
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| per_day(profile, profile.followers()),
    is_in_model: false,
};

pub(super) const IDLE_DAYS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.idle_days",
        name: "days since last active",
        unit: "days",
        meaning: "How long it has done nothing. Inactive is not fake: it is reported apart and never part of the model.",
        measured: "captured_at − last_active_at",
        missing: "last_active_at or the capture time is missing",
        benign_causes: &["a person who left the platform"],
        source: "contract: audience_inactive_share",
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| profile.idle_days(),
    is_in_model: false,
};

fn per_day(profile: &Profile<'_>, count: Option<f64>) -> Option<f64> {
    Some(count? / profile.age_days()?)
}
