//! What a run keeps of one creator so that sets of creators can be weighed without the dataset.

use super::bottom_k::BottomK;

/// Whom the sketch of an audience speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum AudienceBasis {
    /// All followers are listed.
    Complete,
    /// A random sample of the followers is listed; the sketch may be scaled to all of them.
    Random,
    /// Only of the followers listed may anything be said.
    #[default]
    Listed,
}

impl AudienceBasis {
    /// The word by which files know it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Random => "random",
            Self::Listed => "listed",
        }
    }

    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Complete, Self::Random, Self::Listed].into_iter().find(|basis| basis.word() == word)
    }
}

/// What a run keeps of one creator for selection and overlap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CreatorSketch {
    /// Listed followers, each weighing its probability of being authentic; `None` where nobody is listed or nothing was measured of anybody.
    pub audience: Option<BottomK>,
    /// Whom that speaks of.
    pub basis: AudienceBasis,
    /// Listed followers over all, where the list is a random sample.
    pub sampling_share: Option<f64>,
    /// Listed followers of which nothing was measured; they weigh as much as the mean account of their platform.
    pub unmeasured_count: u64,
    /// Accounts seen to engage, weighted likewise.
    pub engagers: Option<BottomK>,
    /// Likes, comments, shares and saves seen.
    pub engagements_count: u64,
    /// The part of them by authentic accounts: each weighs its actor's probability.
    pub authentic_engagements: f64,
    /// Likes and comments of a post as the platform counts them, on average; `None` where no post has both.
    pub engagements_per_post: Option<f64>,
    /// Standard deviation of that among posts; `None` below two.
    pub engagements_deviation: Option<f64>,
    /// Posts with both counts.
    pub posts_count: u64,
    /// Words of captions and biography with their counts, by word.
    pub terms: Vec<(String, u32)>,
    /// Words in all, also of those that are left out.
    pub terms_count: u64,
}
