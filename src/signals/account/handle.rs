//! How the handle is built.

use super::AccountSignal;
use crate::signals::catalogue::{Signal, Trend};
use crate::signals::profile::Profile;
use crate::text::{HandleShape, evenness};

const CHOSEN_LATE: &str = "good names were taken; the platform proposed digits";
const OTHER_SCRIPT: &str = "a name transcribed from another script";

pub(super) const LENGTH: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.handle_length",
        name: "length of the handle",
        unit: "characters",
        meaning: "Generated handles are often of one length.",
        measured: "characters of handle, else handle_length",
        missing: "neither handle nor handle_length is given",
        benign_causes: &["a long name"],
        source: "Akyon and Kalfaoglu, Instagram fake and automated account detection, 2019",
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| profile.handle_length().map(|length| length as f64),
    is_in_model: false,
};

pub(super) const DIGIT_SHARE: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.handle_digits",
        name: "share of digits in the handle",
        unit: "share",
        meaning: "Programs that make accounts in bulk pad names with digits.",
        measured: "digits / characters of handle, else handle_digit_count / handle_length, else handle_digit_share",
        missing: "none of them is given",
        benign_causes: &["a year or a lucky number in the name", CHOSEN_LATE],
        source: "Akyon and Kalfaoglu, Instagram fake and automated account detection, 2019",
        trend: Trend::Increasing,
        band: None,
    },
    measure: |profile| shape(profile).map(|shape| shape.digit_share()).or_else(|| profile.stated_digit_share()),
    is_in_model: true,
};

pub(super) const SURPRISE: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.handle_surprise",
        name: "unlikeliness of the handle",
        unit: "nats per character",
        meaning: "How improbable its sequence of letters is among handles of real people: random strings score high.",
        measured: "mean of −ln p(character | the one before) over handle, by bigrams of genuine handles",
        missing: "handle is missing",
        benign_causes: &[OTHER_SCRIPT, "an abbreviation", CHOSEN_LATE],
        source: "Yang, Varol, Hui and Menczer, Scalable and generalizable social bot detection through data selection, 2020",
        trend: Trend::Increasing,
        band: None,
    },
    measure: |profile| profile.handles().surprise(profile.handle()?),
    is_in_model: true,
};

pub(super) const TRAILING_DIGITS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.handle_trailing_digits",
        name: "digits at the end of the handle",
        unit: "characters",
        meaning: "Programs make a taken name unique by a number at its end.",
        measured: "length of the run of digits at the end of handle",
        missing: "handle is missing",
        benign_causes: &["a year of birth", CHOSEN_LATE],
        source: "Beskow and Carley, Its all in a name: detecting and labeling bots by their name, 2019",
        trend: Trend::Increasing,
        band: None,
    },
    measure: |profile| shape(profile).map(|shape| f64::from(shape.trailing_digits)),
    is_in_model: false,
};

pub(super) const SEPARATORS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.handle_separators",
        name: "separators in the handle",
        unit: "characters",
        meaning: "Dots, underscores and hyphens; name templates use a fixed number of them.",
        measured: "count of . _ - in handle",
        missing: "handle is missing",
        benign_causes: &["a matter of taste"],
        source: "Beskow and Carley, Its all in a name: detecting and labeling bots by their name, 2019",
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| shape(profile).map(|shape| f64::from(shape.separators)),
    is_in_model: false,
};

pub(super) const EVENNESS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.handle_evenness",
        name: "evenness of the handle's characters",
        unit: "share",
        meaning: "Entropy of its characters against the highest possible at its length; random strings are near 1.",
        measured: "−Σ p ln p / ln(length) over the characters of handle",
        missing: "handle is missing",
        benign_causes: &["a short name"],
        source: "Beskow and Carley, Its all in a name: detecting and labeling bots by their name, 2019",
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| evenness(profile.handle()?),
    is_in_model: false,
};

fn shape(profile: &Profile<'_>) -> Option<HandleShape> {
    HandleShape::of(profile.handle()?)
}
