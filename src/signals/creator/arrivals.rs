//! Signals of how followers came: in batches of alike accounts, in bursts.

use crate::signals::catalogue::{Signal, Trend};
use crate::timing::BENIGN_CAUSES;

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        id: "timing.follow_batch",
        name: "followers that came in batches",
        unit: "share",
        meaning: "Share of the followers that came one after another and whose accounts were made together, or whose handles have one pattern, beyond what the rest of the same list leads one to expect",
        measured: "members of batches / followers whose place in the list is known; see timing::find_follow_batches",
        missing: "the list has neither order nor times, or fewer than 350 of its followers have a date of creation or a handle",
        benign_causes: &[
            "a recommendation by the platform to people who had just joined",
            "a school, company or app whose users signed up together",
            "a campaign that brought people to the platform",
            "accounts sent by a third party",
        ],
        source: "Zouzou and Varol, Unsupervised detection of coordinated fake-follower campaigns on social media, EPJ Data Science 2024; batches are ours",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "timing.follow_burst",
        name: "followers that came in bursts",
        unit: "share",
        meaning: "Share of the followers that came within minutes to hours in which far more came than the weeks around and the hour of the day lead one to expect; by itself no sign of anything",
        measured: "followers in bursts / followers with a known time; see timing::find_follow_events",
        missing: "fewer than 350 followers have an order or a time, times are whole hours or days, or they span less than a week",
        benign_causes: &BENIGN_CAUSES,
        source: "Kulldorff, A spatial scan statistic, 1997, with an over-dispersed baseline; Benjamini and Hochberg 1995",
        trend: Trend::Free,
        band: None,
    },
];
