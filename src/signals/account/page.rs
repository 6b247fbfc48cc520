//! What the profile page shows or hides.

use super::AccountSignal;
use crate::signals::catalogue::{Signal, Trend};

const AKYON: &str = "Akyon and Kalfaoglu, Instagram fake and automated account detection, 2019";

pub(super) const AVATAR: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.avatar",
        name: "own picture",
        unit: "yes (1) or no (0)",
        meaning: "Whether it has a picture of its own. Cheap accounts keep the platform's default.",
        measured: "has_avatar",
        missing: "has_avatar is missing",
        benign_causes: &["a new account", "a person who prefers not to be seen"],
        source: AKYON,
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| flag(profile.has_avatar()),
    is_in_model: true,
};

pub(super) const BIO_LENGTH: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.bio_length",
        name: "length of the biography",
        unit: "characters",
        meaning: "How much it says of itself. Accounts made in bulk mostly say nothing.",
        measured: "characters of bio, else bio_length",
        missing: "neither is given",
        benign_causes: &["a new account", "a person who only reads"],
        source: AKYON,
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| profile.bio_length().map(|length| length as f64),
    is_in_model: true,
};

pub(super) const LINK: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.link",
        name: "link to another place",
        unit: "yes (1) or no (0)",
        meaning: "Whether the profile links elsewhere. Sold followers rarely do; spammers do.",
        measured: "has a non-empty external_url, else has_external_url",
        missing: "neither is given",
        benign_causes: &["most people have no site of their own"],
        source: "Cresci et al., Fame for sale: efficient detection of fake Twitter followers, 2015",
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| flag(profile.has_external_url()),
    is_in_model: false,
};

pub(super) const PRIVATE: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.private",
        name: "private account",
        unit: "yes (1) or no (0)",
        meaning: "Whether it hides its posts. Which way it speaks differs between sources.",
        measured: "is_private",
        missing: "is_private is missing",
        benign_causes: &["many people keep their account private"],
        source: AKYON,
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| flag(profile.is_private()),
    is_in_model: false,
};

pub(super) const VERIFIED: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.verified",
        name: "vouched for by the platform",
        unit: "yes (1) or no (0)",
        meaning: "Whether the platform vouches for it. Too rare in labelled data to be fitted, and for sale on some platforms.",
        measured: "is_verified",
        missing: "is_verified is missing",
        benign_causes: &["hardly anybody is verified"],
        source: "Yang, Varol, Hui and Menczer, Scalable and generalizable social bot detection through data selection, 2020",
        trend: Trend::Decreasing,
        band: None,
    },
    measure: |profile| flag(profile.is_verified()),
    is_in_model: false,
};

pub(super) const BUSINESS: AccountSignal = AccountSignal {
    signal: Signal {
        id: "audience.business",
        name: "business account",
        unit: "yes (1) or no (0)",
        meaning: "Whether it is a business or professional account.",
        measured: "is_business",
        missing: "is_business is missing",
        benign_causes: &["most people have no business account"],
        source: "ours",
        trend: Trend::Free,
        band: None,
    },
    measure: |profile| flag(profile.is_business()),
    is_in_model: false,
};

fn flag(value: Option<bool>) -> Option<f64> {
    value.map(|value| f64::from(u8::from(value)))
}
