//! Who engaged with which post.

use super::{organic, read};
use crate::domain::EngagementKind;
use std::collections::BTreeMap;

#[test]
fn where_all_of_it_is_exported_counts_agree_with_the_events() {
    let text = "[organic]\nfollowers_min = 400\nfollowers_max = 1500\nhidden_likes_share = 0.0\n[sampling]\nfollows_per_creator = 300\n\
                posts_per_creator = 6\nlikers_per_post = 100000\ncomments_per_post = 100000\nshares_per_post = 100000\n\
                saves_per_post = 100000\nviews_per_post = 100000\n";
    let (dataset, _) = read(&organic((5, 30_000), text), 9);
    let mut events: BTreeMap<(u32, &str), u64> = BTreeMap::new();
    let captured = dataset.manifest.captured_at.unwrap().ms();
    let acts = &dataset.engagements;
    for slot in 0..acts.actor.len() {
        let name = acts.post_ids.name(acts.post[slot]);
        let post = (0..dataset.posts.ids.len() as u32).find(|&post| dataset.posts.ids.name(post) == name).unwrap();
        let at = acts.at.get(slot).unwrap();
        assert!(at >= dataset.posts.published_at.get(post as usize).unwrap() && at < captured);
        *events.entry((post, acts.kind[slot].word())).or_default() += 1;
    }
    let mut shown = 0;
    for post in 0..dataset.posts.ids.len() as u32 {
        let slot = post as usize;
        let counts = [
            (EngagementKind::Like, dataset.posts.likes.get(slot)),
            (EngagementKind::Comment, dataset.posts.comments.get(slot)),
            (EngagementKind::Share, dataset.posts.shares.get(slot)),
            (EngagementKind::Save, dataset.posts.saves.get(slot)),
            (EngagementKind::View, dataset.posts.views.get(slot)),
        ];
        for (kind, count) in counts {
            let Some(count) = count else { continue };
            assert_eq!(events.get(&(post, kind.word())).copied().unwrap_or(0), count, "{}", kind.word());
            shown += count;
        }
    }
    assert!(shown > 1_000);
}
