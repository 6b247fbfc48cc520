//! What is done once all rows are there: repeated edges merged, owners of posts resolved, dangling ids warned of.

use super::DatasetBuilder;
use super::repeated::{HASH_SEED, gather, kept_rows, repeated_rows};
use crate::domain::TextColumn;
use crate::domain::dataset::Dataset;
use crate::domain::interner::AccountId;
use crate::domain::schema::Table;
use foldhash::fast::FixedState;
use std::hash::BuildHasher;

impl DatasetBuilder {
    pub(super) fn merge_follows(&mut self) {
        let follows = &mut self.dataset.follows;
        let row =
            |row: usize| (follows.follower[row], follows.followed[row], follows.followed_at.get(row), follows.position.get(row));
        let hasher = FixedState::with_seed(HASH_SEED);
        let repeated = repeated_rows(follows.follower.len(), |at| hasher.hash_one(row(at)), |a, b| row(a) == row(b));
        if repeated.is_empty() {
            return;
        }
        let kept = kept_rows(follows.follower.len(), &repeated);
        follows.follower = gather(&follows.follower, &kept);
        follows.followed = gather(&follows.followed, &kept);
        follows.followed_at = kept.iter().map(|&row| follows.followed_at.get(row)).collect();
        follows.position = kept.iter().map(|&row| follows.position.get(row)).collect();
        self.summary_mut(Table::Follows).merged += repeated.len() as u64;
    }

    pub(super) fn merge_engagements(&mut self) {
        let engagements = &mut self.dataset.engagements;
        let row = |row: usize| {
            let action = (engagements.actor[row], engagements.post[row], engagements.kind[row]);
            (action, engagements.creator.get(row), engagements.at.get(row), engagements.text.get(row))
        };
        let hasher = FixedState::with_seed(HASH_SEED);
        let repeated = repeated_rows(engagements.actor.len(), |at| hasher.hash_one(row(at)), |a, b| row(a) == row(b));
        if repeated.is_empty() {
            return;
        }
        let kept = kept_rows(engagements.actor.len(), &repeated);
        engagements.actor = gather(&engagements.actor, &kept);
        engagements.post = gather(&engagements.post, &kept);
        engagements.kind = gather(&engagements.kind, &kept);
        engagements.creator = kept.iter().map(|&row| engagements.creator.get(row)).collect();
        engagements.at = kept.iter().map(|&row| engagements.at.get(row)).collect();
        let text: TextColumn = kept.iter().map(|&row| engagements.text.get(row)).collect();
        engagements.text = text;
        self.summary_mut(Table::Engagements).merged += repeated.len() as u64;
    }

    /// The table `posts` decides whose a post is; the row's own `creator_id` serves where it does not list the post.
    pub(super) fn resolve_engaged_creators(&mut self) {
        let Dataset { posts, engagements, .. } = &mut self.dataset;
        let owners: Vec<Option<u32>> = (0..engagements.post_ids.len() as u32)
            .map(|post| posts.ids.find(engagements.post_ids.name(post)).map(|id| posts.creator[id as usize].0))
            .collect();
        for (slot, &post) in engagements.post.iter().enumerate() {
            if let Some(owner) = owners[post as usize] {
                engagements.creator.set(slot, owner);
            }
        }
    }

    pub(super) fn warn_of_repairs(&mut self) {
        for (table, summary) in &self.dataset.summaries {
            if summary.replaced > 0 {
                let rows = summary.replaced;
                self.dataset
                    .warnings
                    .push(format!("{table}: {rows} rows contradict an earlier row with the same id; the last one counts"));
            }
        }
    }

    pub(super) fn warn_of_dangling_ids(&mut self) {
        let mut is_creator = vec![false; self.dataset.n_accounts()];
        for creator in &self.dataset.creators {
            is_creator[creator.id.index()] = true;
        }
        let listed = |ids: &mut dyn Iterator<Item = AccountId>| ids.filter(|id| !is_creator[id.index()]).count();
        let posts = listed(&mut self.dataset.posts.creator.iter().copied());
        let history = listed(&mut self.dataset.history.iter().map(|point| point.creator));
        let engagements = &self.dataset.engagements;
        let ownerless = (0..engagements.actor.len()).filter(|&slot| engagements.creator.get(slot).is_none()).count();
        for (count, what) in [
            (posts, "posts belong to a creator that the table creators does not list"),
            (history, "rows of audience_history belong to a creator that the table creators does not list"),
            (ownerless, "engagements belong to a post whose creator is not known"),
        ] {
            if count > 0 {
                self.dataset.warnings.push(format!("{count} {what}; they are not used"));
            }
        }
    }
}
