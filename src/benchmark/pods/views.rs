//! The same export, seen less well.

use crate::domain::AccountId;
use crate::graph::{CreatorActions, EdgeTime, PostAction, PostOf};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// Each action kept with this chance.
pub(super) fn thinned(actions: &CreatorActions, share: f64, seed: u64) -> CreatorActions {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rebuilt(
        actions,
        actions.posts().to_vec(),
        actions.actions().iter().filter(|_| rng.random_bool(share)).copied().collect(),
        &[],
    )
}

/// No times at all.
pub(super) fn untimed(actions: &CreatorActions) -> CreatorActions {
    let posts = actions.posts().iter().map(|post| PostOf { published: EdgeTime::MISSING, ..*post });
    let acts = actions.actions().iter().map(|action| PostAction { at: EdgeTime::MISSING, ..*action });
    rebuilt(actions, posts.collect(), acts.collect(), &[])
}

/// Some creators are no longer in the data: what is done on their posts is not seen, what they do is.
pub(super) fn without_posts_of(actions: &CreatorActions, unlisted: &[AccountId]) -> CreatorActions {
    let gone: BTreeSet<AccountId> = unlisted.iter().copied().collect();
    let acts = actions.actions().iter().filter(|action| !gone.contains(&actions.creator(action))).copied();
    let posts = actions.posts().iter().map(|post| match gone.contains(&post.creator) {
        true => PostOf { creator: AccountId(u32::MAX), ..*post },
        false => *post,
    });
    rebuilt(actions, posts.collect(), acts.collect(), unlisted)
}

fn rebuilt(actions: &CreatorActions, posts: Vec<PostOf>, acts: Vec<PostAction>, unlisted: &[AccountId]) -> CreatorActions {
    let listed = (0..actions.n_accounts() as u32).map(AccountId);
    let listed = listed.filter(|id| actions.is_creator(*id) && !unlisted.contains(id));
    CreatorActions::new(actions.n_accounts(), posts, acts, listed)
}
