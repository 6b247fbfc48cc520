//! The accounts that like and comment on a creator's posts, and for how many likes and comments each stands.

use crate::domain::{AccountId, EngagementKind, Sampling};
use crate::signals::{CreatorActivity, PostActivity};

/// Share of the platform's count that engagements stated to be complete must hold: some are always missing.
const COMPLETE_SHARE: f64 = 0.9;

/// What engagers are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// A like.
    Like,
    /// A comment.
    Comment,
}

impl Action {
    const ALL: [Self; 2] = [Self::Like, Self::Comment];

    fn kind(self) -> EngagementKind {
        match self {
            Self::Like => EngagementKind::Like,
            Self::Comment => EngagementKind::Comment,
        }
    }

    fn counted(self, post: &PostActivity<'_>) -> Option<u64> {
        match self {
            Self::Like => post.likes(),
            Self::Comment => post.comments(),
        }
    }
}

/// One account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Engager {
    pub account: AccountId,
    /// Likes and comments that it stands for.
    actions: [f64; 2],
}

impl Engager {
    pub(super) fn stands_for(&self, action: Action) -> f64 {
        self.actions[action as usize]
    }

    /// Likes and comments that it stands for.
    pub(super) fn weight(&self) -> f64 {
        self.actions[0] + self.actions[1]
    }
}

/// All engagers of one creator but itself, by ascending id.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct EngagerList {
    pub engagers: Vec<Engager>,
    /// Of each action, how many are listed on posts with a count, and how many are counted there.
    totals: [[f64; 2]; 2],
}

impl EngagerList {
    /// Gathers them post by post. An action stands for as many as the platform counts on its post over those listed there, at least for itself; of the newest
    /// actions each stands for itself alone.
    ///
    /// # Cost
    /// O(engagements log engagements).
    pub(super) fn of(activity: &CreatorActivity<'_>) -> Self {
        let is_newest = activity.engagements_sampling() == Sampling::NewestFirst;
        let mut acts: Vec<(AccountId, usize, f64)> = Vec::new();
        let mut totals = [[0.0; 2]; 2];
        for post in activity.posts() {
            for action in Action::ALL {
                let done = post.engagements().filter(|of| of.kind == action.kind() && of.actor != activity.id());
                let listed = done.clone().count() as f64;
                let counted = action.counted(&post).map(|count| count as f64);
                let each = counted.filter(|_| !is_newest && listed > 0.0).map_or(1.0, |count| (count / listed).max(1.0));
                acts.extend(done.map(|of| (of.actor, action as usize, each)));
                if let Some(counted) = counted {
                    let [of_listed, of_counted] = &mut totals[action as usize];
                    (*of_listed, *of_counted) = (*of_listed + listed, *of_counted + counted);
                }
            }
        }
        // Sorted whole, so that sums do not depend on the order of rows.
        acts.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let of_account = |acts: &[(AccountId, usize, f64)]| {
            let mut actions = [0.0; 2];
            acts.iter().for_each(|act| actions[act.1] += act.2);
            Engager { account: acts[0].0, actions }
        };
        Self { engagers: acts.chunk_by(|a, b| a.0 == b.0).map(of_account).collect(), totals }
    }

    /// Whether fewer than nine tenths of what the platform counts are listed.
    pub(super) fn is_short(&self, action: Action) -> bool {
        let [listed, counted] = self.totals[action as usize];
        listed < COMPLETE_SHARE * counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DatasetBuilder, Manifest, Table};
    use crate::signals::Activities;
    use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt64Array};
    use std::sync::Arc;

    fn text(values: &[&str]) -> ArrayRef {
        Arc::new(values.iter().copied().map(Some).collect::<StringArray>())
    }

    /// Post `p` with 30 likes counted and three listed, one of them the creator's own; post `q` with two comments of one account and no count.
    fn list(sampling: Sampling) -> (Vec<(String, [f64; 2])>, [bool; 2]) {
        let mut builder = DatasetBuilder::new(Manifest { engagements_sampling: sampling, ..Manifest::default() });
        let mut push = |table, columns: Vec<(&str, ArrayRef)>| {
            builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
        };
        push(Table::Creators, vec![("creator_id", text(&["c"]))]);
        let likes: ArrayRef = Arc::new(UInt64Array::from(vec![Some(30), None]));
        push(Table::Posts, vec![("post_id", text(&["p", "q"])), ("creator_id", text(&["c", "c"])), ("likes", likes)]);
        push(
            Table::Engagements,
            vec![
                ("actor_id", text(&["a", "b", "c", "b", "b", "s"])),
                ("post_id", text(&["p", "p", "p", "q", "q", "q"])),
                ("kind", text(&["like", "like", "like", "comment", "comment", "share"])),
                ("text", text(&["", "", "", "one", "two", ""])),
            ],
        );
        let dataset = builder.finish();
        let activities = Activities::gather(&dataset);
        let list = EngagerList::of(&activities.of(0));
        let named = |of: &Engager| (dataset.name(of.account).to_owned(), Action::ALL.map(|action| of.stands_for(action)));
        (list.engagers.iter().map(named).collect(), Action::ALL.map(|action| list.is_short(action)))
    }

    #[test]
    fn a_listed_like_stands_for_those_counted() {
        // 30 counted over 2 listed (the creator's own left out): 15 each. Comments without a count stand for themselves; a share is neither.
        let (mut engagers, is_short) = list(Sampling::Random);
        engagers.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(engagers, [("a".to_owned(), [15.0, 0.0]), ("b".to_owned(), [15.0, 2.0])]);
        assert_eq!(is_short, [true, false]);
    }

    #[test]
    fn the_newest_stand_for_themselves() {
        let (mut engagers, _) = list(Sampling::NewestFirst);
        engagers.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(engagers, [("a".to_owned(), [1.0, 0.0]), ("b".to_owned(), [1.0, 2.0])]);
    }
}
