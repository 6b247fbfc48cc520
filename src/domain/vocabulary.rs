//! Closed vocabularies of the contract: every value that a column with a fixed set of words may hold.

/// An enum whose variants have one word each in tables and outputs.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal $(| $alias:literal)*),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every value, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The words of the values, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word used in tables and outputs.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads a word or an alias, without regard to case and surrounding space; `None` for anything else.
            pub fn from_word(word: &str) -> Option<Self> {
                let word = word.trim();
                $(if word.eq_ignore_ascii_case($word) $(|| word.eq_ignore_ascii_case($alias))* { return Some(Self::$variant); })+
                None
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

vocabulary! {
    /// What kind of coordination a group shows.
    GroupKind {
        /// Accounts that follow the same creators in the same bursts.
        #[default]
        FollowLockstep = "follow_lockstep",
        /// Accounts that act on the same posts in the same minutes.
        EngagementLockstep = "engagement_lockstep",
        /// Creators that engage with one another by arrangement.
        Pod = "pod",
        /// Followers of one creator that came together and were made together.
        FollowBatch = "follow_batch",
        /// Comments copied from one another.
        CommentCopies = "comment_copies",
    }
}

vocabulary! {
    /// Where a creator publishes.
    Platform {
        /// Instagram.
        Instagram = "instagram",
        /// TikTok.
        Tiktok = "tiktok",
        /// YouTube.
        Youtube = "youtube",
        /// X, formerly Twitter.
        X = "x" | "twitter",
        /// Bluesky.
        Bluesky = "bluesky",
        /// Mastodon.
        Mastodon = "mastodon",
        /// Twitch.
        Twitch = "twitch",
        /// Any other platform.
        #[default]
        Other = "other",
    }
}

vocabulary! {
    /// What the platform says of an account's state.
    AccountStatus {
        /// In use.
        #[default]
        Active = "active",
        /// Suspended by the platform.
        Suspended = "suspended",
        /// No longer there.
        Deleted = "deleted",
    }
}

vocabulary! {
    /// Form of a post.
    PostKind {
        /// One picture.
        #[default]
        Photo = "photo",
        /// Several pictures.
        Carousel = "carousel",
        /// A long video.
        Video = "video",
        /// A short looping video.
        Reel = "reel",
        /// A short vertical video.
        Short = "short",
        /// Gone after a day.
        Story = "story",
        /// Text alone.
        Text = "text",
    }
}

vocabulary! {
    /// What an account did with a post.
    EngagementKind {
        /// Liked it.
        #[default]
        Like = "like",
        /// Commented on it.
        Comment = "comment",
        /// Shared it.
        Share = "share",
        /// Saved it.
        Save = "save",
        /// Viewed it.
        View = "view",
    }
}

vocabulary! {
    /// What a label speaks of.
    LabelSubject {
        /// An account of the audience.
        #[default]
        Account = "account",
        /// A creator.
        Creator = "creator",
    }
}

vocabulary! {
    /// Ground truth. The positive class is `Fake`, everywhere.
    Label {
        /// A real person's or organisation's account, used by them.
        #[default]
        Genuine = "genuine",
        /// Bought, automated, or otherwise not reflecting a real person's activity.
        Fake = "fake",
    }
}

vocabulary! {
    /// How the rows of a table were drawn from what the platform holds.
    Sampling {
        /// Everything there is.
        Complete = "complete",
        /// A uniform random sample.
        Random = "random",
        /// The newest ones only: nothing may be extrapolated from them.
        NewestFirst = "newest_first",
        /// Not known.
        #[default]
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Size class of a creator by followers.
    Tier {
        /// Under 5,000 followers.
        #[default]
        Nano = "nano",
        /// 5,000 to 99,999.
        Micro = "micro",
        /// 100,000 to 499,999.
        Mid = "mid",
        /// 500,000 to 999,999.
        Macro = "macro",
        /// A million and more.
        Mega = "mega",
    }
}

impl Tier {
    /// The tier of a follower count.
    ///
    /// # Examples
    /// ```
    /// use bonafide::domain::Tier;
    /// assert_eq!((Tier::of(4_999), Tier::of(5_000), Tier::of(1_000_000)), (Tier::Nano, Tier::Micro, Tier::Mega));
    /// ```
    pub fn of(followers: u64) -> Self {
        match followers {
            0..5_000 => Self::Nano,
            5_000..100_000 => Self::Micro,
            100_000..500_000 => Self::Mid,
            500_000..1_000_000 => Self::Macro,
            _ => Self::Mega,
        }
    }
}

vocabulary! {
    /// Class of an account of the audience: the first that applies.
    AccountClass {
        /// Follows more than 1,500 accounts.
        MassFollower = "mass_follower",
        /// Followed by more than 5,000 accounts.
        Influencer = "influencer",
        /// The model's probability reaches its threshold.
        Suspicious = "suspicious",
        /// None of the others.
        #[default]
        Real = "real",
    }
}

vocabulary! {
    /// What a reader may conclude about a creator.
    Verdict {
        /// Inflation was looked for with enough data and not found.
        Pass = "pass",
        /// Neither clear way.
        #[default]
        Review = "review",
        /// Inflated, at the stated rate of false accusations.
        Fail = "fail",
        /// The data could not have shown inflation, or is too unlike what the model knows.
        Insufficient = "insufficient",
    }
}

vocabulary! {
    /// Weight of a finding.
    Severity {
        /// Context.
        #[default]
        Info = "info",
        /// Worth a look.
        Notice = "notice",
        /// An anomaly whose causes cannot be told apart with the data in hand, or of moderate weight.
        Warning = "warning",
        /// Weighs heavily on its own.
        Critical = "critical",
    }
}
