//! Signals of who likes and comments, by the accounts' own profiles and scores.

use crate::signals::catalogue::{Signal, Trend};

const CAUSES: &[&str] = &[
    "a giveaway or viral post that drew low-effort accounts",
    "likes or comments ordered or sent by someone else",
    "engagers from a platform, language or age group that the model knows little of",
];

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        id: "engagement.fake_share",
        name: "fake share of engagement",
        unit: "share",
        meaning: "Estimated share of likes and comments that come from fake accounts, of the kinds that the account model knows",
        measured: "posterior mean of the share from the decision values of those who liked or commented, each with the likes and comments that it stands for; see scoring::engagers",
        missing: "fewer than 20 accounts with a measured profile liked or commented",
        benign_causes: CAUSES,
        source: "Saerens, Latinne and Decaestecker 2002, with a shift of the scores; Kish 1965 for weights",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "engagement.likers_fake_share",
        name: "fake share of likers",
        unit: "share",
        meaning: "Estimated share of the distinct accounts that liked that are fake, of the kinds that the account model knows",
        measured: "posterior mean of the share from the decision values of the accounts that liked; see scoring::engagers",
        missing: "fewer than 20 accounts with a measured profile liked",
        benign_causes: CAUSES,
        source: "Saerens, Latinne and Decaestecker 2002, with a shift of the scores",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "engagement.commenters_fake_share",
        name: "fake share of commenters",
        unit: "share",
        meaning: "Estimated share of the distinct accounts that commented that are fake, of the kinds that the account model knows",
        measured: "posterior mean of the share from the decision values of the accounts that commented; see scoring::engagers",
        missing: "fewer than 20 accounts with a measured profile commented",
        benign_causes: CAUSES,
        source: "Saerens, Latinne and Decaestecker 2002, with a shift of the scores",
        trend: Trend::Increasing,
        band: None,
    },
];
