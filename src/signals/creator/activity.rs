//! What happened around one creator.

use super::activities::Activities;
use super::comment_corpus::CommentCorpus;
use crate::domain::{AccountId, Creator, Dataset, EngagementKind, HistoryPoint, Platform, PostKind, Sampling, Tier, Timestamp};
use crate::signals::band::Peers;

/// One creator with its posts, what others did on them, who followed and when, and its counts over time.
#[derive(Debug, Clone, Copy)]
pub struct CreatorActivity<'a> {
    /// Where the rows come from.
    pub dataset: &'a Dataset,
    /// The creator.
    pub creator: &'a Creator,
    /// Followers as the platform counts them, or as listed where the list is complete.
    pub followers: Option<u64>,
    pub(super) gathered: &'a Activities<'a>,
    pub(super) row: usize,
}

impl<'a> CreatorActivity<'a> {
    /// The creator's account.
    pub fn id(&self) -> AccountId {
        self.creator.id
    }

    /// Where it publishes.
    pub fn platform(&self) -> Platform {
        self.creator.platform
    }

    /// Size class, where followers are known.
    pub fn tier(&self) -> Option<Tier> {
        self.followers.map(Tier::of)
    }

    /// When its rows were read.
    pub fn captured_at(&self) -> Option<Timestamp> {
        self.dataset.account_captured_at(self.creator.id)
    }

    /// Language as given with the creator, else with its profile.
    pub fn language(&self) -> Option<&'a str> {
        self.creator.language.as_deref().or_else(|| self.dataset.accounts.language.get(self.creator.id.index()))
    }

    /// Country as given with the creator, else with its profile.
    pub fn country(&self) -> Option<&'a str> {
        self.creator.country.as_deref().or_else(|| self.dataset.accounts.country.get(self.creator.id.index()))
    }

    /// The creators that it is held against.
    pub fn peers(&self) -> Peers<'a> {
        Peers { platform: self.platform(), followers: self.followers, category: self.creator.category.as_deref() }
    }

    /// How followers were sampled, as `dataset.toml` says.
    pub fn follows_sampling(&self) -> Sampling {
        self.dataset.manifest.follows_sampling
    }

    /// How engagements were sampled, as `dataset.toml` says.
    pub fn engagements_sampling(&self) -> Sampling {
        self.dataset.manifest.engagements_sampling
    }

    /// Its posts by time, those without one last.
    pub fn posts(&self) -> impl ExactSizeIterator<Item = PostActivity<'a>> + Clone + use<'a> {
        let gathered = self.gathered;
        gathered.posts(self.row).map(|slot| gathered.post(slot))
    }

    /// What others did on all its posts, post by post.
    pub fn engagements(&self) -> impl ExactSizeIterator<Item = EngagementOf<'a>> + Clone + use<'a> {
        let dataset = self.dataset;
        self.gathered.engagement_rows(self.row).iter().map(|&row| EngagementOf::at_row(dataset, row))
    }

    /// The comments of all creators, taken apart.
    pub fn comment_corpus(&self) -> &'a CommentCorpus {
        self.gathered.comments()
    }

    /// Rows of the table `engagements` on all its posts, post by post.
    pub fn engagement_row_numbers(&self) -> &'a [u32] {
        self.gathered.engagement_rows(self.row)
    }

    /// Listed follows by time, those without one last.
    pub fn follows(&self) -> impl ExactSizeIterator<Item = FollowOf> + Clone + use<'a> {
        let follows = &self.dataset.follows;
        self.gathered.follow_rows(self.row).iter().map(|&row| FollowOf {
            follower: follows.follower[row as usize],
            at: follows.followed_at.get(row as usize).and_then(Timestamp::from_ms),
            position: follows.position.get(row as usize),
        })
    }

    /// Readings of its counts by time.
    pub fn history(&self) -> impl ExactSizeIterator<Item = &'a HistoryPoint> + Clone + use<'a> {
        let dataset = self.dataset;
        self.gathered.history_rows(self.row).iter().map(|&row| &dataset.history[row as usize])
    }
}

/// One post with what others did on it.
#[derive(Debug, Clone, Copy)]
pub struct PostActivity<'a> {
    pub(super) dataset: &'a Dataset,
    /// Row of the table `posts`; `None` for a post that only engagements name.
    pub row: Option<usize>,
    pub(super) engagement_rows: &'a [u32],
}

impl<'a> PostActivity<'a> {
    /// Id, where the table `posts` lists it.
    pub fn id(&self) -> Option<&'a str> {
        self.row.map(|row| self.dataset.posts.ids.name(row as u32))
    }

    /// When it was published.
    pub fn published_at(&self) -> Option<Timestamp> {
        self.row.and_then(|row| self.dataset.posts.published_at.get(row)).and_then(Timestamp::from_ms)
    }

    /// Form.
    pub fn kind(&self) -> Option<PostKind> {
        self.row.and_then(|row| self.dataset.posts.kind.get(row))
    }

    /// Caption.
    pub fn caption(&self) -> Option<&'a str> {
        self.row.and_then(|row| self.dataset.posts.caption.get(row))
    }

    /// Likes, as the platform counts them.
    pub fn likes(&self) -> Option<u64> {
        self.row.and_then(|row| self.dataset.posts.likes.get(row))
    }

    /// Comments, likewise.
    pub fn comments(&self) -> Option<u64> {
        self.row.and_then(|row| self.dataset.posts.comments.get(row))
    }

    /// Shares, likewise.
    pub fn shares(&self) -> Option<u64> {
        self.row.and_then(|row| self.dataset.posts.shares.get(row))
    }

    /// Saves, likewise.
    pub fn saves(&self) -> Option<u64> {
        self.row.and_then(|row| self.dataset.posts.saves.get(row))
    }

    /// Views, likewise.
    pub fn views(&self) -> Option<u64> {
        self.row.and_then(|row| self.dataset.posts.views.get(row))
    }

    /// Whether it is marked as sponsored.
    pub fn is_sponsored(&self) -> Option<bool> {
        self.row.and_then(|row| self.dataset.posts.is_sponsored.get(row))
    }

    /// What others did on it by time, actions without one last.
    pub fn engagements(&self) -> impl ExactSizeIterator<Item = EngagementOf<'a>> + Clone + use<'a> {
        let dataset = self.dataset;
        self.engagement_rows.iter().map(|&row| EngagementOf::at_row(dataset, row))
    }
}

/// One action on a post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EngagementOf<'a> {
    /// Who acted.
    pub actor: AccountId,
    /// What was done.
    pub kind: EngagementKind,
    /// When.
    pub at: Option<Timestamp>,
    /// Text of a comment.
    pub text: Option<&'a str>,
}

impl<'a> EngagementOf<'a> {
    fn at_row(dataset: &'a Dataset, row: u32) -> Self {
        let (engagements, row) = (&dataset.engagements, row as usize);
        Self {
            actor: engagements.actor[row],
            kind: engagements.kind[row],
            at: engagements.at.get(row).and_then(Timestamp::from_ms),
            text: engagements.text.get(row),
        }
    }
}

/// One listed follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowOf {
    /// Who follows.
    pub follower: AccountId,
    /// Since when.
    pub at: Option<Timestamp>,
    /// Place in the platform's list; 0 is the newest.
    pub position: Option<u64>,
}
