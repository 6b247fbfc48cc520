//! The name it shows.

use super::AccountSignal;
use crate::signals::catalogue::{Signal, Trend};
use crate::text::name_similarity;

pub(super) const SIMILARITY: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.name_similarity",
        name: "likeness of handle and name",
        unit: "share",
        meaning: "Real people tend to build their handle from their name; generated accounts draw both apart.",
        measured: "letters common to handle and display_name in order / letters of the shorter",
        missing: "either is missing or has fewer than three ASCII letters",
        benign_causes: &["a pseudonym", "a name in another script", "a brand"],
        source: "ours; names compared with handles: Perito et al., How unique and traceable are usernames?, 2011",
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| name_similarity(profile.handle()?, profile.display_name()?),
    is_in_model: false,
};

pub(super) const WORDS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.name_words",
        name: "words of the name",
        unit: "words",
        meaning: "Accounts made in bulk often show no name, or one word.",
        measured: "words of display_name, else display_name_words",
        missing: "neither is given",
        benign_causes: &["a single name", "a language that does not separate words"],
        source: "Cresci et al., Fame for sale: efficient detection of fake Twitter followers, 2015",
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| profile.display_name_words().map(|words| words as f64),
    is_in_model: false,
};
