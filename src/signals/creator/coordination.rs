//! Signals of accounts that act together.

use crate::signals::catalogue::{Signal, Trend};

pub(super) const SIGNALS: &[Signal] = &[
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
        band: None,
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
        band: None,
    },
    Signal {
        id: "coordination.comment_copies",
        name: "commenters who copy one another",
        unit: "accounts",
        meaning: "Accounts that commented here and are members of a group whose members write the same sentences, several of them, beyond what common phrases yield",
        measured: "members acting on the creator of groups of five accounts or more; see text::find_copies",
        missing: "no comment has a text",
        benign_causes: &[
            "friends or fans who copy one another for fun",
            "campaigns and contests that hand out sentences",
            "quotations, songs and prayers",
            "comments sent by a third party",
        ],
        source: "Pacheco et al., Uncovering coordinated networks on social media, ICWSM 2021; significance by shuffling within creators",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "coordination.mutual_trust",
        name: "trust that reaches the follower in the middle",
        unit: "ratio",
        meaning: "How much trust walks from verified accounts to the followers over links that both ends wanted; 1 where it is as everywhere, far below 1 where followers hang on few such links. It changes no probability",
        measured: "median of the trust ranks of followers with a mutual link, seeds being verified accounts; see graph::trust_ranks",
        missing: "no verified account has a mutual link, or fewer than 20 followers have one: an export of followers alone holds none",
        benign_causes: &[
            "followers from a country or topic in which few accounts are verified",
            "an export that holds the follows of a few accounts only",
            "a platform that sells the mark, so that it vouches for nobody",
        ],
        source: "Cao et al., Aiding the detection of fake accounts in large scale social online services (SybilRank), NSDI 2012",
        trend: Trend::Decreasing,
        band: None,
    },
];
