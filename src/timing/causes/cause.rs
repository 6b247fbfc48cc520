//! What can move a creator's numbers.

/// A cause that competes with the others for what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Accounts that somebody ordered. Who ordered, the data do not say: see [`Cause::Attack`].
    Inflated,
    /// Accounts ordered by somebody else, to harm. They come from the same sellers and leave the same traces as [`Cause::Inflated`].
    Attack,
    /// A post that went far beyond the audience.
    Viral,
    /// A giveaway that asks people to follow.
    Giveaway,
    /// A larger creator told its audience.
    Shoutout,
    /// An advertisement, or an article.
    Advertisement,
    /// A small burst such as every creator has now and then: a story shared, a list, a mention.
    Ripple,
    /// The platform removed accounts.
    Purge,
    /// The platform counted anew, or the numbers come from another source.
    Recount,
}

impl Cause {
    /// Every cause, in the order of columns in tables.
    pub const ALL: [Self; 9] = [
        Self::Inflated,
        Self::Attack,
        Self::Viral,
        Self::Giveaway,
        Self::Shoutout,
        Self::Advertisement,
        Self::Ripple,
        Self::Purge,
        Self::Recount,
    ];

    /// The word used in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inflated => "inflated",
            Self::Attack => "attack",
            Self::Viral => "viral",
            Self::Giveaway => "giveaway",
            Self::Shoutout => "shoutout",
            Self::Advertisement => "advertisement",
            Self::Ripple => "ripple",
            Self::Purge => "purge",
            Self::Recount => "recount",
        }
    }

    /// The cause of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.word() == word)
    }

    /// As it stands in a sentence: `a giveaway`.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Inflated => "accounts that somebody ordered",
            Self::Attack => "accounts that somebody else ordered to do harm",
            Self::Viral => "a post that went viral",
            Self::Giveaway => "a giveaway",
            Self::Shoutout => "a mention by a larger creator",
            Self::Advertisement => "an advertisement or an article",
            Self::Ripple => "a small burst such as every creator has now and then",
            Self::Purge => "a removal of accounts by the platform",
            Self::Recount => "a new count by the platform or another source of the numbers",
        }
    }

    /// Whether the accounts that came were ordered, by whomever.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Inflated | Self::Attack)
    }

    /// The cause that stands for it in tables of likelihoods: orders of either side leave the same traces.
    pub(super) fn column(self) -> Self {
        if self == Self::Attack { Self::Inflated } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Cause;

    #[test]
    fn words_name_their_causes() {
        assert!(Cause::ALL.into_iter().all(|cause| Cause::from_word(cause.word()) == Some(cause)));
        assert_eq!(Cause::from_word("bought"), None);
        assert!(Cause::ALL.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
