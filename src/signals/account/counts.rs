//! The three counts that every platform shows.

use super::AccountSignal;
use crate::domain::Platform;
use crate::signals::catalogue::{Signal, Trend};
use crate::signals::profile::Profile;

pub(super) const FOLLOWERS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.followers",
        name: "followers",
        unit: "accounts",
        meaning: "How many accounts follow it. Accounts made to be sold rarely have an audience of their own.",
        measured: "followers",
        missing: "followers is missing",
        benign_causes: &["a new account", "a person who only reads"],
        source: "Cresci et al., Fame for sale: efficient detection of fake Twitter followers, 2015",
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| profile.followers(),
    is_in_model: true,
};

pub(super) const FOLLOWING: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.following",
        name: "accounts followed",
        unit: "accounts",
        meaning: "How many accounts it follows. Sold followers follow many; bots of other kinds may follow none.",
        measured: "following",
        missing: "following is missing",
        benign_causes: &["a person with wide interests", "an account that follows back as a courtesy"],
        source: "Cresci et al., Fame for sale: efficient detection of fake Twitter followers, 2015",
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| profile.following(),
    is_in_model: true,
};

pub(super) const POSTS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.posts",
        name: "posts",
        unit: "posts",
        meaning: "How much it has published, at the scale of a photo platform. Accounts made to be sold publish little.",
        measured: "posts / c, c = 10 on X, Bluesky and Mastodon (their counts include reposts and replies), else 1",
        missing: "posts is missing",
        benign_causes: &["a new account", "a person who only reads", "posts deleted or archived by their owner"],
        source: "Cresci et al., Fame for sale: efficient detection of fake Twitter followers, 2015; scale ours",
        trend: Trend::Decreasing,
        band: None,
    },
    measure: posts,
    is_in_model: true,
};

pub(super) const FOLLOWING_RATIO: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.following_ratio",
        name: "accounts followed per follower",
        unit: "accounts per follower",
        meaning: "How many accounts it follows for each that follows it. Sold followers give and do not receive.",
        measured: "(following + 1) / (followers + 1)",
        missing: "followers or following is missing",
        benign_causes: &["a new account", "a person who only reads", "an account that searches for an audience"],
        source: "Stringhini, Kruegel and Vigna, Detecting spammers on social networks, 2010",
        trend: Trend::Increasing,
        band: None,
    },
    measure: |profile| Some((profile.following()? + 1.0) / (profile.followers()? + 1.0)),
    is_in_model: true,
};

/// What platforms with reposts and replies in their count show for one post of one's own, roughly.
const REPOSTING_POSTS_PER_POST: f64 = 10.0;

fn posts(profile: &Profile<'_>) -> Option<f64> {
    let scale = match profile.platform() {
        Some(Platform::X | Platform::Bluesky | Platform::Mastodon) => REPOSTING_POSTS_PER_POST,
        _ => 1.0,
    };
    profile.posts().map(|count| count / scale)
}
