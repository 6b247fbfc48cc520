//! What accounts did on creators' posts, one action a post, as pods and reciprocity need it.

use super::edge_source::NO_OWNER;
use super::edge_time::EdgeTime;
use crate::domain::{AccountId, Dataset, EngagementKind, Timestamp};

/// The first thing that an account did on a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PostAction {
    /// Who acted.
    pub actor: AccountId,
    /// The post, as a number of the list of posts.
    pub post: u32,
    /// When.
    pub at: EdgeTime,
}

/// A post that was acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostOf {
    /// The creator.
    pub creator: AccountId,
    /// When it was published.
    pub published: EdgeTime,
}

/// What reading the actions left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActionsReading {
    /// Likes, comments and shares in the data.
    pub read: u64,
    /// On own posts.
    pub own: u64,
    /// Further actions of the same account on the same post.
    pub repeated: u64,
    /// On posts whose creator is not known.
    pub without_creator: u64,
}

/// Likes, comments and shares of all accounts on all creators' posts, one a (account, post): the earliest.
///
/// Saves and views are left out: nobody else sees them, so nobody can ask for them in return. Counting posts instead of actions
/// keeps a talk of forty comments under one post from looking like forty visits.
///
/// # Shape
/// Sorted by account, then by the post's creator, then by post.
///
/// # Missing
/// A time of action before the post was published is impossible: the delay is missing, not zero.
///
/// # Cost
/// 12 bytes an action and 8 a post; O(n log n) to build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorActions {
    n_accounts: usize,
    posts: Vec<PostOf>,
    posts_count: Vec<u32>,
    actions: Vec<PostAction>,
    is_creator: Vec<bool>,
    reading: ActionsReading,
}

impl CreatorActions {
    /// The actions in a dataset.
    ///
    /// # Shape
    /// Creators are those that the table `creators` lists and those whose posts are acted on.
    pub fn of(dataset: &Dataset) -> Self {
        let engagements = &dataset.engagements;
        let mut posts = posts_acted_on(dataset);
        let mut reading = ActionsReading::default();
        let mut actions = Vec::new();
        for (row, kind) in engagements.kind.iter().enumerate() {
            if !matches!(kind, EngagementKind::Like | EngagementKind::Comment | EngagementKind::Share) {
                continue;
            }
            reading.read += 1;
            let post = engagements.post[row];
            match engagements.creator.get(row) {
                Some(creator) => posts[post as usize].creator = AccountId(creator),
                None => {
                    reading.without_creator += 1;
                    continue;
                }
            }
            let at = EdgeTime::from(engagements.at.get(row).and_then(Timestamp::from_ms));
            actions.push(PostAction { actor: engagements.actor[row], post, at });
        }
        let listed = dataset.creators.iter().map(|creator| creator.id);
        Self::sorted(dataset.n_accounts(), (posts, actions), listed, reading)
    }

    /// Actions given one by one, in any order.
    ///
    /// # Panics
    /// If an action's post or an account is not below the number of posts or accounts.
    pub fn new(
        n_accounts: usize,
        posts: Vec<PostOf>,
        actions: Vec<PostAction>,
        listed: impl IntoIterator<Item = AccountId>,
    ) -> Self {
        let reading = ActionsReading { read: actions.len() as u64, ..ActionsReading::default() };
        Self::sorted(n_accounts, (posts, actions), listed, reading)
    }

    fn sorted(
        n_accounts: usize,
        (posts, mut actions): (Vec<PostOf>, Vec<PostAction>),
        listed: impl IntoIterator<Item = AccountId>,
        mut reading: ActionsReading,
    ) -> Self {
        let creator = |action: &PostAction| posts[action.post as usize].creator;
        let before = actions.len();
        actions.retain(|action| creator(action) != action.actor);
        reading.own = (before - actions.len()) as u64;
        actions.sort_unstable_by_key(|action| (action.actor, creator(action), action.post, action.at));
        let before = actions.len();
        actions.dedup_by_key(|action| (action.actor, action.post));
        reading.repeated = (before - actions.len()) as u64;
        let mut is_creator = vec![false; n_accounts];
        listed.into_iter().chain(actions.iter().map(creator)).for_each(|id| is_creator[id.index()] = true);
        let mut posts_count = vec![0; n_accounts];
        for post in posts.iter().filter(|post| post.creator.index() < n_accounts) {
            posts_count[post.creator.index()] += 1;
        }
        Self { n_accounts, posts, posts_count, actions, is_creator, reading }
    }

    /// How many accounts there are, those that did nothing included.
    pub fn n_accounts(&self) -> usize {
        self.n_accounts
    }

    /// All actions, sorted by account, then by the post's creator.
    pub fn actions(&self) -> &[PostAction] {
        &self.actions
    }

    /// The posts that actions name by number; one that nobody but its creator acted on may be among them.
    pub fn posts(&self) -> &[PostOf] {
        &self.posts
    }

    /// How many posts of an account are in the data.
    pub fn posts_count(&self, creator: AccountId) -> u32 {
        self.posts_count[creator.index()]
    }

    /// What reading left out.
    pub fn reading(&self) -> ActionsReading {
        self.reading
    }

    /// Whether an account is listed as a creator, or its posts are acted on.
    pub fn is_creator(&self, id: AccountId) -> bool {
        self.is_creator[id.index()]
    }

    /// How many creators there are.
    pub fn n_creators(&self) -> usize {
        self.is_creator.iter().filter(|is| **is).count()
    }

    /// The creator of the post acted on.
    pub fn creator(&self, action: &PostAction) -> AccountId {
        self.posts[action.post as usize].creator
    }

    /// When the post acted on was published.
    pub fn published(&self, action: &PostAction) -> EdgeTime {
        self.posts[action.post as usize].published
    }

    /// Seconds from the post to the action.
    ///
    /// # Missing
    /// `None` where either time is missing, or the action precedes the post.
    pub fn delay_s(&self, action: &PostAction) -> Option<u32> {
        action.at.seconds()?.checked_sub(self.posts[action.post as usize].published.seconds()?)
    }

    /// The actions of one account.
    pub fn by(&self, actor: AccountId) -> &[PostAction] {
        let from = self.actions.partition_point(|action| action.actor < actor);
        let count = self.actions[from..].partition_point(|action| action.actor == actor);
        &self.actions[from..from + count]
    }
}

/// The posts that the engagements name, with their times from the table `posts`; creators are filled in from the engagements.
fn posts_acted_on(dataset: &Dataset) -> Vec<PostOf> {
    let ids = &dataset.engagements.post_ids;
    (0..ids.len() as u32)
        .map(|post| {
            let row = dataset.posts.ids.find(ids.name(post));
            let published = row.and_then(|row| dataset.posts.published_at.get(row as usize)).and_then(Timestamp::from_ms);
            PostOf { creator: AccountId(NO_OWNER), published: EdgeTime::from(published) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(actor: u32, post: u32, at: u32) -> PostAction {
        PostAction { actor: AccountId(actor), post, at: EdgeTime::from_seconds(at) }
    }

    fn post(creator: u32, published: u32) -> PostOf {
        PostOf { creator: AccountId(creator), published: EdgeTime::from_seconds(published) }
    }

    #[test]
    fn own_and_repeated_actions_are_left_out_and_the_earliest_is_kept() {
        let posts = vec![post(0, 100), post(1, 200)];
        let actions = vec![action(0, 0, 150), action(2, 0, 190), action(2, 0, 160), action(1, 0, 110), action(2, 1, 150)];
        let actions = CreatorActions::new(4, posts, actions, [AccountId(3)]);
        assert_eq!(actions.actions(), [action(1, 0, 110), action(2, 0, 160), action(2, 1, 150)]);
        assert_eq!(actions.reading(), ActionsReading { read: 5, own: 1, repeated: 1, without_creator: 0 });
        assert_eq!([0, 1, 2, 3].map(|id| actions.is_creator(AccountId(id))), [true, true, false, true]);
        assert_eq!(actions.by(AccountId(2)).iter().map(|action| actions.delay_s(action)).collect::<Vec<_>>(), [Some(60), None]);
        assert!(actions.by(AccountId(0)).is_empty());
    }

    #[test]
    fn a_dataset_without_posts_or_times_has_actions_without_delay() {
        use crate::domain::{DatasetBuilder, Manifest, Table};
        use arrow_array::{ArrayRef, RecordBatch, StringArray};
        use std::sync::Arc;
        let text = |values: Vec<Option<&str>>| Arc::new(StringArray::from(values)) as ArrayRef;
        let mut builder = DatasetBuilder::new(Manifest::default());
        let batch = RecordBatch::try_from_iter([
            ("actor_id", text(vec![Some("a"), Some("b"), Some("a"), Some("c")])),
            ("post_id", text(vec![Some("p"), Some("p"), Some("q"), Some("p")])),
            ("creator_id", text(vec![Some("x"), Some("x"), None, Some("x")])),
            ("kind", text(vec![Some("like"), Some("save"), Some("comment"), Some("share")])),
        ]);
        builder.push(Table::Engagements, &batch.unwrap());
        let actions = CreatorActions::of(&builder.finish());
        assert_eq!(actions.actions().len(), 2);
        assert_eq!(actions.reading(), ActionsReading { read: 3, without_creator: 1, ..ActionsReading::default() });
        assert!(actions.actions().iter().all(|action| actions.delay_s(action).is_none()));
        assert_eq!(actions.n_creators(), 1);
    }
}
