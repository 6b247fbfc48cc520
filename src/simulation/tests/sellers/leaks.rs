//! What must not tell the seller's side from people: the order of rows, places in lists, shared seconds, countries, ages.

use super::*;
use crate::domain::EngagementKind;

/// Ordered followers, likes, comments and views from one pool of every kind of made accounts.
const ORDERED: &str = "[orders]\ninflated_share = 0.5\nstrength_from = 0.2\nattacked_share = 0.0\nlikes_share = 1.0\ncomments_share = 1.0\n\
    views_share = 1.0\nposts_share = 1.0\n[[pools]]\nname = 'a'\naccounts = 6000\nbatch = 50\n[[vendors]]\nkind = 'bulk'\nname = 'b'\npool = 'a'\n\
    order = [100, 900]\n[[vendors]]\nkind = 'likes'\nname = 'l'\npool = 'a'\nsize = [20, 300]\n[[vendors]]\nkind = 'comments'\nname = 'c'\npool = 'a'\n\
    [[vendors]]\nkind = 'views'\nname = 'v'\npool = 'a'\n";

fn world(sampling: &str) -> Outcome {
    let mut scenario = complete(ORDERED);
    scenario.sampling.views_per_post = 40;
    if sampling == "newest_first" {
        scenario.sampling.follows = crate::simulation::FollowsSampling::NewestFirst;
        scenario.sampling.follows_per_creator = 350;
        scenario.organic.background_fake_share = 0.05;
    } else {
        scenario.sampling.follows = crate::simulation::FollowsSampling::Complete;
    }
    run(&scenario, 21)
}

#[test]
fn rows_of_engagements_stand_by_time_within_a_post() {
    let outcome = world("complete");
    let (acts, fakes) = (&outcome.data.engagements, outcome.fakes());
    let row = |slot: usize| (acts.post[slot], acts.at.get(slot).unwrap());
    let mut sold_last = 0;
    for slot in 1..acts.actor.len() {
        let (before, after) = (row(slot - 1), row(slot));
        assert!(before.0 != after.0 || before.1 <= after.1, "row {slot}");
        let is_sold = |slot: usize| fakes.contains(outcome.data.name(acts.actor[slot]));
        sold_last += u32::from(before.0 == after.0 && is_sold(slot) && !is_sold(slot - 1));
    }
    assert!(sold_last > 300, "{sold_last} times a sold one comes after a person's");
}

#[test]
fn places_in_complete_and_newest_lists_are_those_of_time_and_without_gaps() {
    for sampling in ["complete", "newest_first"] {
        let outcome = world(sampling);
        let (follows, data) = (&outcome.data.follows, &outcome.data);
        let mut lists: BTreeMap<&str, Vec<(u64, i64)>> = BTreeMap::new();
        for slot in 0..follows.follower.len() {
            let at = follows.followed_at.get(slot).unwrap();
            lists.entry(data.name(follows.followed[slot])).or_default().push((follows.position.get(slot).unwrap(), at));
        }
        let members = outcome.members();
        for creator in &outcome.truth.creators {
            let list = lists.get_mut(creator.creator_id.as_str()).unwrap();
            list.sort_unstable();
            assert!(list.iter().map(|row| row.0).eq(0..creator.follows_in_export), "0 is the newest, and none is left out");
            assert!(list.windows(2).all(|pair| pair[0].1 >= pair[1].1), "{sampling}: later rows are older");
            if sampling == "complete" {
                assert_eq!(creator.follows_in_export, creator.followers);
            }
        }
        assert!(outcome.orders(OrderKind::Followers).any(|order| members.contains_key(order.order_id.as_str())));
    }
}

#[test]
fn rows_of_one_second_stand_in_an_order_that_says_nothing() {
    use crate::simulation::cast::Actor;
    let mut first = 0;
    for index in 0..2_000 {
        first += u32::from(Actor::Organic(index).lot() < Actor::Pool(0, index).lot());
    }
    assert!((900..1_100).contains(&first), "{first} of 2,000");
}

#[test]
fn ordered_views_are_drawn_as_often_as_those_of_people() {
    let outcome = world("complete");
    let posts: BTreeMap<&str, usize> =
        (0..outcome.data.posts.ids.len()).map(|slot| (outcome.data.posts.ids.name(slot as u32), slot)).collect();
    let (mut expected, mut found) = (0.0, 0.0);
    for order in outcome.orders(OrderKind::Views) {
        let views = outcome.data.posts.views.get(posts[order.post_id.as_deref().unwrap()]).unwrap();
        assert!(order.size <= views);
        expected += order.size as f64 / views as f64 * views.min(40) as f64;
        found += order.in_export as f64;
    }
    assert!(expected > 200.0 && (found / expected - 1.0).abs() < 0.1, "{found} instead of {expected}");
    let fakes = outcome.fakes();
    let acts = &outcome.data.engagements;
    let seen = (0..acts.actor.len()).filter(|&slot| acts.kind[slot] == EngagementKind::View);
    assert!(seen.filter(|&slot| fakes.contains(outcome.data.name(acts.actor[slot]))).count() as f64 >= found);
}

#[test]
fn nobody_likes_a_video_unseen() {
    let tiny = "[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nengagement_share = 1.0\nlikes_share = 1.0\nposts_share = 1.0\n[[pools]]\n\
                name = 'a'\naccounts = 3000\n[[vendors]]\nkind = 'likes'\nname = 'l'\npool = 'a'\nsize = [400, 900]\n";
    let outcome = run(&complete(tiny), 3);
    let posts = &outcome.data.posts;
    let shown = (0..posts.creator.len()).filter_map(|slot| Some((posts.likes.get(slot)?, posts.views.get(slot)?)));
    let (fewer, all) = shown.fold((0, 0), |(fewer, all), (likes, views)| (fewer + u32::from(likes > views), all + 1));
    assert!(fewer == 0 && all > 10, "{fewer} of {all} videos have more likes than views");
}

#[test]
fn accounts_of_pools_are_as_young_as_people_and_share_neither_second_nor_place() {
    let outcome = world("complete");
    let (accounts, fakes) = (&outcome.data.accounts, outcome.fakes());
    let captured = outcome.data.manifest.captured_at.unwrap().ms();
    let mut seconds: BTreeMap<i64, u32> = BTreeMap::new();
    let (mut young, mut places) = ([0, 0], [BTreeSet::new(), BTreeSet::new()]);
    for slot in 0..outcome.data.n_accounts() {
        let is_fake = usize::from(fakes.contains(outcome.data.name(crate::domain::AccountId(slot as u32))));
        places[is_fake].extend(accounts.country.get(slot));
        let Some(created) = accounts.created_at.get(slot) else { continue };
        young[is_fake] += u32::from(captured - created < 300 * 86_400_000);
        *seconds.entry(created).or_default() += 1;
    }
    assert!(young.iter().all(|&n| n > 20), "younger than 300 days: {young:?}");
    assert!(places[1].len() >= 9, "{places:?}");
    let shared: u32 = seconds.values().filter(|&&n| n > 1).sum();
    assert!(seconds.values().all(|&n| n < 4) && shared < 120, "{shared} share their second");
}

#[test]
fn where_a_pool_runs_dry_the_truth_counts_who_came_in_its_place_as_people() {
    // The pool's few accounts follow early and are taken when more are wanted.
    let text = "vendors = []\n[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nlikes_share = 0.0\n[[pools]]\nname = 'few'\naccounts = 90\n\
                batch = 10\nmade_days = [5.0, 30.0]\n";
    let mut scenario = complete(text);
    scenario.organic.background_fake_share = 0.2;
    let outcome = run(&scenario, 4);
    for creator in &outcome.truth.creators {
        assert_eq!(creator.fake_followers, creator.fakes_in_export, "{creator:?}");
    }
    let without = complete("vendors = []\npools = []\n[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nlikes_share = 0.0\n");
    let outcome = run(&Scenario { organic: scenario.organic, ..without }, 4);
    assert!(outcome.truth.creators.iter().all(|creator| creator.fake_followers == 0), "there is no pool");
}
