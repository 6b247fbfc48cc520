//! What each signal of comments means.

use crate::signals::catalogue::{Signal, Trend};

const FEW_TEXTS: &str = "fewer than 50 comments with a text";
const FEW_COMPARED: &str = "fewer than 30 comments long enough to be compared (four words of 20 letters)";
const SCRIPTED: &[&str] = &[
    "a contest or a campaign that asks for a fixed phrase",
    "a saying, a quotation or a joke of the audience",
    "friends who copy one another for fun",
    "comments sent by a third party",
];

/// A share of comments by their form.
const fn share_of_texts(id: &'static str, name: &'static str, meaning: &'static str, measured: &'static str) -> Signal {
    Signal {
        id,
        name,
        unit: "share",
        meaning,
        measured,
        missing: FEW_TEXTS,
        benign_causes: &[],
        source: "the market's usual signs of inauthentic comments (HypeAuditor's help pages name emojis alone, one word, mentions alone)",
        trend: Trend::Free,
        band: None,
    }
}

/// A share of comments that are copies.
const fn share_of_compared(id: &'static str, name: &'static str, meaning: &'static str, measured: &'static str) -> Signal {
    Signal {
        missing: FEW_COMPARED,
        benign_causes: SCRIPTED,
        source: "Broder 1997 (likeness of texts); Pacheco et al. 2021 (copies as coordination)",
        trend: Trend::Increasing,
        ..share_of_texts(id, name, meaning, measured)
    }
}

/// The signals, in the order of their columns.
pub(in crate::signals::creator) const SIGNALS: &[Signal] = &[
    Signal {
        benign_causes: &["an audience that praises", "posts that invite nothing else", "a language in which praise is short"],
        ..share_of_texts(
            "comments.generic_share",
            "generic comments",
            "Share of comments that would fit under any post: stock praise, or what many accounts write under several creators",
            "comments of up to six words from a list of stock praise in 16 languages, or of up to four words that 5 accounts wrote under 3 creators, or any that 50 wrote under 10 / comments with a text",
        )
    },
    Signal {
        benign_causes: &["a visual topic", "a young audience"],
        ..share_of_texts(
            "comments.emoji_only_share",
            "comments without a word",
            "Share of comments that hold emojis or marks and no word",
            "comments without word, number, mention and link / comments with a text",
        )
    },
    Signal {
        benign_causes: &["a giveaway that asks to name friends", "friends who show posts to one another"],
        ..share_of_texts(
            "comments.mention_only_share",
            "comments of mentions alone",
            "Share of comments that mention accounts and say nothing else",
            "comments of mentions alone, emojis apart / comments with a text",
        )
    },
    Signal {
        benign_causes: &[
            "answers with a link",
            "a topic on which people show their own work",
            "spammers that visit everybody with reach",
        ],
        source: "own list of phrases in nine languages; Alberto et al. 2015 (such comments on YouTube)",
        ..share_of_texts(
            "comments.promotion_share",
            "comments that promote something else",
            "Share of comments that lead elsewhere: links, addresses, numbers to call, invitations to the writer's own page",
            "comments with a contact or a phrase of invitation / comments with a text",
        )
    },
    Signal {
        benign_causes: &["people who write in styled letters", "keyboards that leave characters that cannot be seen"],
        source: "Unicode Technical Standard 39, narrowed; see text::Disguise",
        ..share_of_texts(
            "comments.disguised_share",
            "comments with disguised words",
            "Share of comments in which words are written so that filters do not read what people do",
            "comments with hidden characters within a word, alternating scripts, styled letters or piled marks / comments with a text",
        )
    },
    share_of_compared(
        "comments.repeated_share",
        "comments that repeat one another",
        "Share of comments long enough to be compared that another account wrote too, nearly word for word, under this creator's posts",
        "comments whose class of near-duplicates (Jaccard index ≥ .65 of 4-character shingles) has another author here / comments compared",
    ),
    Signal {
        missing: "fewer than 30 comments long enough to be compared, or only one creator with comments",
        ..share_of_compared(
            "comments.copied_share",
            "comments copied across creators",
            "Share of comments long enough to be compared that another account wrote, nearly word for word, under another creator's posts",
            "comments whose class of near-duplicates has another author under another creator / comments compared",
        )
    },
    Signal {
        trend: Trend::Free,
        ..share_of_compared(
            "comments.template_share",
            "comments from a sentence with a slot",
            "Share of comments long enough to be compared of which at least three differ in exactly one word",
            "comments that share all words but one, at one place, with two other texts of the dataset / comments compared",
        )
    },
    Signal {
        id: "comments.same_order",
        name: "same commenters in the same order",
        unit: "share",
        meaning: "Share of the places at which one account comments directly after another whose two accounts do so on another post too",
        measured: "recurring successions / successions, by first comment on each of the last 200 posts, ties in time left out",
        missing: "fewer than 10 returns of commenters from one post to another with times",
        benign_causes: &["a few faithful people with notifications on", "very few commenters", "posts published together"],
        source: "expected under shuffled order: see timing::RepeatedOrder",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "comments.foreign_language_share",
        name: "comments in another language",
        unit: "share",
        meaning: "Share of comments whose language could be told that are in another language than the creator's; a fact about texts, not about people",
        measured: "comments of 40 letters or more told to be in another language (close ones count as the same), of at most 100 evenly chosen / those identified",
        missing: "language of the creator not given and not told by its captions, or fewer than 20 comments identified",
        benign_causes: &["an international audience", "a topic without borders", "a creator who writes in a second language"],
        source: "crate whatlang: Cavnar and Trenkle 1994",
        trend: Trend::Free,
        band: None,
    },
    Signal {
        id: "comments.concentration",
        name: "two comments by one account",
        unit: "probability",
        meaning: "How likely two comments drawn by chance are by the same account",
        measured: "Σ n(n − 1) / (N(N − 1)) over accounts with n of the N comments",
        missing: "fewer than 50 comments",
        benign_causes: &["a small circle of faithful followers", "long conversations under few posts"],
        source: "Simpson, Measurement of diversity, 1949",
        trend: Trend::Increasing,
        band: None,
    },
];
