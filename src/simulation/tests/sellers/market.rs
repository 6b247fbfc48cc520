use super::*;
use crate::domain::EngagementKind;
use crate::simulation::{OrderedBy, PoolKind, Vendor};
use proptest::prelude::*;

const NOTHING: &str = "[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nlikes_share = 0.0\n";

/// Every kind of vendor; two of followers sell from one pool.
const MIXED: &str = "
[orders]
inflated_share = 0.25
strength_from = 0.2
strength_to = 0.5
attacked_share = 0.1
attacks_by_comments = 0.5
engagement_share = 0.1
comments_share = 0.8
views_share = 0.5
churn_share = 0.05
pod_share = 0.2
[[pools]]
name = 'made'
kind = 'batch'
accounts = 2500
camouflage = 'random'
camouflage_rate = 0.2
[[pools]]
name = 'taken'
kind = 'hijacked'
accounts = 2500
made_days = [300.0, 400.0]
camouflage = 'hijacked'
background_weight = 0.0
[[vendors]]
kind = 'bulk'
name = 'one'
pool = 'made'
order = [50, 400]
[[vendors]]
kind = 'drip'
name = 'two'
pool = 'made'
order = [50, 400]
refill_days = 20.0
drop_off = 0.3
[[vendors]]
kind = 'drip'
name = 'three'
pool = 'taken'
order = [50, 400]
hours = 'people'
[[vendors]]
kind = 'churn'
name = 'four'
[[vendors]]
kind = 'pod'
name = 'five'
members = [3, 4]
[[vendors]]
kind = 'likes'
name = 'six'
pool = 'made'
size = [20, 400]
[[vendors]]
kind = 'comments'
name = 'seven'
pool = 'made'
[[vendors]]
kind = 'views'
name = 'eight'
pool = 'made'
";

fn seconds(order: &Order) -> std::ops::RangeInclusive<i64> {
    order.window_start.ms() / 1000..=order.window_end.ms() / 1000
}

/// Sizes, windows and members of every order agree with the export.
fn check_orders(outcome: &Outcome) {
    let (members, follows, fakes) = (outcome.members(), outcome.follows(), outcome.fakes());
    let captured_s = outcome.data.manifest.captured_at.unwrap().ms() / 1000;
    let acts = &outcome.data.engagements;
    let mut acted: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for slot in 0..acts.actor.len() {
        let pair = (acts.post_ids.name(acts.post[slot]), outcome.data.name(acts.actor[slot]));
        acted.insert(pair, acts.at.get(slot).unwrap() / 1000);
    }
    for order in &outcome.truth.orders {
        let own = members.get(order.order_id.as_str()).map_or(&[][..], Vec::as_slice);
        assert_eq!(own.len() as u64, order.in_export, "{order:?}");
        assert!(order.size > 0 && order.kept <= order.size && *seconds(order).end() <= captured_s, "{order:?}");
        assert!(order.window_start < order.window_end, "{order:?}");
        match order.kind {
            OrderKind::Followers => {
                assert_eq!(order.in_export, order.kept, "the export holds every follower: {order:?}");
                for account in own {
                    assert!(fakes.contains(account));
                    assert!(seconds(order).contains(&follows[&(order.creator_id.as_str(), *account)]), "{order:?}");
                }
            }
            OrderKind::Likes | OrderKind::Comments => {
                let post = order.post_id.as_deref().unwrap();
                assert!(own.iter().all(|account| fakes.contains(account)));
                // Where two packages meet, one account acts once.
                assert!(order.in_export <= order.size && order.in_export * 10 >= order.size * 7, "{order:?}");
                assert!(own.iter().all(|account| acted.contains_key(&(post, *account))));
            }
            // Two viewers are drawn of each video, whoever they are.
            OrderKind::Views => assert!(order.in_export <= 2 && own.iter().all(|account| fakes.contains(account)), "{order:?}"),
            OrderKind::Churn => assert!(order.in_export == order.kept && own.iter().all(|account| !fakes.contains(account))),
            OrderKind::Pod => assert_eq!(order.in_export, order.size),
        }
    }
}

/// What the truth says of creators is what their orders add up to.
fn check_creators(outcome: &Outcome) {
    for creator in &outcome.truth.creators {
        let own = || outcome.truth.orders.iter().filter(|order| order.creator_id == creator.creator_id);
        let sum = |kind: OrderKind, read: fn(&Order) -> u64| own().filter(|order| order.kind == kind).map(read).sum::<u64>();
        assert_eq!(creator.ordered_followers, sum(OrderKind::Followers, |order| order.kept));
        assert_eq!(creator.reciprocal_followers, sum(OrderKind::Churn, |order| order.kept));
        if creator.pod.is_none() {
            assert_eq!(creator.ordered_likes, sum(OrderKind::Likes, |order| order.size));
            assert_eq!(creator.ordered_comments, sum(OrderKind::Comments, |order| order.size));
        } else {
            assert_eq!(creator.ordered_likes + creator.ordered_comments, sum(OrderKind::Pod, |order| order.size));
        }
        assert_eq!(creator.ordered == "none", own().next().is_none());
        assert_eq!(creator.fakes_in_export, creator.fake_followers, "the export holds every follower");
        assert!(creator.ordered_likes <= creator.likes && creator.ordered_comments <= creator.comments);
        let by_others = creator.ordered.starts_with("attacked");
        assert!(own().all(|order| (order.ordered_by == OrderedBy::ThirdParty) == by_others));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn orders_truth_and_export_agree_whatever_the_seed(seed in any::<u64>()) {
        let outcome = run(&complete(MIXED), seed);
        check_orders(&outcome);
        check_creators(&outcome);
        let kinds: BTreeSet<&str> = outcome.truth.orders.iter().map(|order| order.vendor_kind).collect();
        prop_assert!(kinds.len() >= 5, "{kinds:?}");
    }
}

#[test]
fn the_truth_is_the_same_on_any_number_of_threads() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(&complete(MIXED), 3).truth)
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn what_has_left_by_the_capture_is_the_stated_share() {
    let text = "[orders]\ninflated_share = 0.5\nstrength_from = 0.3\nattacked_share = 0.0\nlikes_share = 0.0\n[[pools]]\nname = 'a'\n\
                accounts = 6000\n[[vendors]]\nkind = 'bulk'\nname = 'b'\npool = 'a'\norder = [200, 500]\ndrop_off = 0.4\n\
                half_life_days = 25.0\nrefill_days = 15.0\n";
    let outcome = run(&complete(text), 5);
    let captured_s = outcome.data.manifest.captured_at.unwrap().ms() / 1000;
    let mut refills = 0;
    for order in &outcome.truth.orders {
        let half_lives = (captured_s - seconds(order).end()) as f64 / (25.0 * 86_400.0);
        let kept = order.size as f64 * (1.0 - 0.4 * (1.0 - 0.5f64.powf(half_lives)));
        assert!((order.kept as f64 - kept).abs() <= 1.0, "{order:?}");
        let Some(first) = &order.refill_of else { continue };
        refills += 1;
        let first = outcome.truth.orders.iter().find(|other| other.order_id == *first).unwrap();
        let gone = first.size as f64 * 0.4 * (1.0 - 0.5f64.powf(15.0 / 25.0));
        assert!((order.size as f64 - gone).abs() <= 1.0, "{order:?} for {first:?}");
        assert_eq!((seconds(order).start() - seconds(first).end(), order.price), (15 * 86_400, Some(0.0)));
    }
    assert!(refills > 1, "{refills}");
}

#[test]
fn a_drip_keeps_its_daily_quota() {
    let text = "[orders]\ninflated_share = 0.4\nstrength_from = 0.3\nattacked_share = 0.0\nlikes_share = 0.0\n[[pools]]\nname = 'a'\n\
                accounts = 6000\n[[vendors]]\nkind = 'drip'\nname = 'b'\npool = 'a'\norder = [150, 400]\ndrop_off = 0.0\n";
    let outcome = run(&complete(text), 6);
    let (members, follows) = (outcome.members(), outcome.follows());
    for order in &outcome.truth.orders {
        let took_s = seconds(order).end() - seconds(order).start();
        let n_days = took_s / 86_400;
        assert!((7..=30).contains(&n_days));
        let mut days = vec![0u64; n_days as usize];
        for account in &members[order.order_id.as_str()] {
            let at_s = follows[&(order.creator_id.as_str(), *account)];
            days[((at_s - seconds(order).start()) * n_days / took_s) as usize] += 1;
        }
        let quota = order.size / n_days as u64;
        assert!(days.iter().all(|&day| day.abs_diff(quota) <= 2), "{quota} a day: {days:?}");
    }
}

#[test]
fn members_of_a_pod_react_to_one_another_within_the_time() {
    let text = "[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nlikes_share = 0.0\npod_share = 0.5\n[[vendors]]\nkind = 'pod'\nname = 'p'\n\
                members = [4, 6]\nparticipation = 1.0\ncomment_share = 1.0\nminutes = 30.0\n";
    let outcome = run(&complete(text), 7);
    let pod: BTreeMap<&str, u32> =
        outcome.truth.creators.iter().filter_map(|creator| Some((creator.creator_id.as_str(), creator.pod?))).collect();
    assert_eq!(pod.len(), 8);
    let data = &outcome.data;
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for slot in 0..data.engagements.actor.len() {
        let actor = data.name(data.engagements.actor[slot]);
        let creator = data.name(data.posts.creator[data.engagements.post[slot] as usize]);
        if data.engagements.kind[slot] != EngagementKind::Comment
            || pod.get(actor).is_none_or(|own| pod.get(creator) != Some(own))
        {
            continue;
        }
        let post = data.posts.published_at.get(data.engagements.post[slot] as usize).unwrap();
        assert!((0..=30 * 60_000 + 6_000).contains(&(data.engagements.at.get(slot).unwrap() - post)));
        *pairs.entry((actor, creator)).or_default() += 1;
    }
    for (&one, pod_of_one) in &pod {
        for (&other, _) in pod.iter().filter(|(other, number)| **other != one && *number == pod_of_one) {
            assert_eq!((pairs.get(&(one, other)), pairs.get(&(other, one))), (Some(&8), Some(&8)), "each of eight posts");
        }
    }
}

#[test]
fn a_pool_sold_by_two_vendors_brings_the_same_accounts_and_another_pool_others() {
    let vendor = |name: &str, pool: &str| {
        format!("[[vendors]]\nkind = 'bulk'\nname = '{name}'\npool = '{pool}'\norder = [300, 600]\ndrop_off = 0.0\n")
    };
    let pools = "[[pools]]\nname = 'shared'\naccounts = 2000\n[[pools]]\nname = 'apart'\naccounts = 2000\n";
    let orders = "[orders]\ninflated_share = 1.0\nstrength_from = 0.4\nattacked_share = 0.0\nlikes_share = 0.0\n";
    let text = format!("{orders}{pools}{}{}{}", vendor("a", "shared"), vendor("b", "shared"), vendor("c", "apart"));
    let (mut expected, mut shared) = (0.0, 0.0);
    for seed in 0..4 {
        let outcome = run(&complete(&text), seed);
        let members = outcome.members();
        let accounts = |vendor: &str| -> BTreeSet<&str> {
            let orders = outcome.truth.orders.iter().filter(|order| order.vendor == vendor);
            orders.flat_map(|order| members[order.order_id.as_str()].clone()).collect()
        };
        let [a, b, c] = ["a", "b", "c"].map(accounts);
        expected += (a.len() * b.len()) as f64 / 2_000.0;
        shared += a.intersection(&b).count() as f64;
        assert!(a.is_disjoint(&c) && b.is_disjoint(&c) && !c.is_empty());
        let pool_of = |order: &Order| if order.vendor == "c" { "apart" } else { "shared" };
        assert!(outcome.truth.orders.iter().all(|order| order.pool.as_deref() == Some(pool_of(order))));
    }
    // Stretches of the pool are drawn at random: of a's accounts, b has the share that it has of the pool, give or take.
    assert!((0.6..1.5).contains(&(shared / expected)), "{shared} instead of {expected}");
}

/// Camouflage follows of each creator, in ascending order of followers, for each ordered follow of the world.
fn camouflage(mode: &str, rate: f64) -> Vec<(u64, f64)> {
    let text = format!(
        "[orders]\ninflated_share = 0.3\nstrength_from = 0.3\nattacked_share = 0.0\nlikes_share = 0.0\n[[pools]]\nname = 'a'\naccounts = 6000\n\
         camouflage = '{mode}'\ncamouflage_rate = {rate}\n[[vendors]]\nkind = 'bulk'\nname = 'b'\npool = 'a'\ndrop_off = 0.0\n"
    );
    let outcome = run(&complete(&text), 9);
    let ordered: u64 = outcome.truth.orders.iter().map(|order| order.size).sum();
    let creators = outcome.truth.creators.iter();
    let mut found: Vec<(u64, f64)> = creators
        .map(|creator| (creator.followers, (creator.fakes_in_export - creator.ordered_followers) as f64 / ordered as f64))
        .collect();
    found.sort_by_key(|(followers, _)| *followers);
    found
}

#[test]
fn camouflage_keeps_its_rate_and_its_mode() {
    let total = |found: &[(u64, f64)]| found.iter().map(|(_, share)| share).sum::<f64>();
    let random = camouflage("random", 0.4);
    assert!((total(&random) - 0.4).abs() < 0.02, "{}", total(&random));
    assert!(random.iter().all(|(_, share)| (share * 16.0 - 0.4).abs() < 0.03), "each creator alike: {random:?}");
    let biased = camouflage("biased", 0.4);
    assert!((total(&biased) - 0.4).abs() < 0.02, "{}", total(&biased));
    let per_follower: Vec<f64> = biased.iter().map(|(followers, share)| share / *followers as f64).collect();
    let mean = per_follower.iter().sum::<f64>() / 16.0;
    assert!(per_follower.iter().all(|share| (share / mean - 1.0).abs() < 0.25), "in proportion to followers: {biased:?}");
    assert_eq!(total(&camouflage("none", 0.0)), 0.0);
}

#[test]
fn hijacked_accounts_have_a_life_before_and_none_of_their_own_after() {
    let text = "[orders]\ninflated_share = 0.4\nstrength_from = 0.3\nattacked_share = 0.0\nlikes_share = 0.0\ndays = 60.0\n[[pools]]\nname = 'a'\n\
                kind = 'hijacked'\naccounts = 4000\nmade_days = [60.0, 90.0]\ncamouflage = 'hijacked'\nbackground_weight = 0.0\n[[vendors]]\n\
                kind = 'bulk'\nname = 'b'\npool = 'a'\n";
    let scenario = complete(text);
    assert_eq!(scenario.pools[0].kind, PoolKind::Hijacked);
    let outcome = run(&scenario, 10);
    let (follows, fakes) = (outcome.follows(), outcome.fakes());
    let taken_s = outcome.data.manifest.captured_at.unwrap().ms() / 1000 - 60 * 86_400;
    let creators: BTreeMap<&str, &str> =
        outcome.truth.orders.iter().map(|o| (o.order_id.as_str(), o.creator_id.as_str())).collect();
    let ordered: BTreeSet<(&str, &str)> =
        outcome.truth.members.iter().map(|member| (creators[member.order_id.as_str()], member.account_id.as_str())).collect();
    let later: u64 = outcome.truth.creators.iter().map(|creator| creator.taken_later_in_export).sum();
    let own: Vec<i64> =
        follows.iter().filter(|(pair, _)| fakes.contains(pair.1) && !ordered.contains(*pair)).map(|(_, at_s)| *at_s).collect();
    assert_eq!(own.len() as u64, later);
    assert!(own.len() > 300 && own.iter().all(|at_s| *at_s < taken_s), "{} follows of their own", own.len());
    assert!(ordered.len() > 200 && ordered.iter().all(|pair| follows[pair] >= taken_s));
    let acts = &outcome.data.engagements;
    for slot in (0..acts.actor.len()).filter(|&slot| fakes.contains(outcome.data.name(acts.actor[slot]))) {
        assert!(acts.at.get(slot).unwrap() / 1000 < taken_s, "nobody ordered engagement");
    }
}

#[test]
fn sponsored_only_leaves_other_posts_untouched() {
    let text = "[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nengagement_share = 1.0\nlikes_share = 1.0\ncomments_share = 1.0\n\
                views_share = 1.0\nposts_share = 1.0\nsponsored_only_share = 1.0\n[[pools]]\nname = 'a'\naccounts = 3000\n\
                [[vendors]]\nkind = 'likes'\nname = 'l'\npool = 'a'\n[[vendors]]\nkind = 'comments'\nname = 'c'\npool = 'a'\ntemplates = 6\n\
                [[vendors]]\nkind = 'views'\nname = 'v'\npool = 'a'\n";
    let outcome = run(&complete(text), 11);
    let posts = &outcome.data.posts;
    let sponsored: BTreeSet<&str> = (0..posts.creator.len() as u32)
        .filter(|&slot| posts.is_sponsored.get(slot as usize) == Some(true))
        .map(|slot| posts.ids.name(slot))
        .collect();
    let ordered: BTreeSet<&str> = outcome.truth.orders.iter().map(|order| order.post_id.as_deref().unwrap()).collect();
    assert_eq!(ordered, sponsored, "every sponsored post, and no other");
    let (fakes, acts) = (outcome.fakes(), &outcome.data.engagements);
    let mut texts = BTreeSet::new();
    for slot in (0..acts.actor.len()).filter(|&slot| fakes.contains(outcome.data.name(acts.actor[slot]))) {
        assert!(sponsored.contains(acts.post_ids.name(acts.post[slot])));
        texts.extend(acts.text.get(slot));
    }
    assert!((2..=6).contains(&texts.len()), "a few texts for all customers: {texts:?}");
    for order in outcome.orders(OrderKind::Likes) {
        // The median of Instagram offers for likes of high quality: .328 roubles.
        assert_eq!(order.price, Some((order.size as f64 * 0.328 * 100.0).round() / 100.0));
    }
}

#[test]
fn harmful_comments_are_ordered_by_others() {
    let text = "[orders]\ninflated_share = 0.0\nattacked_share = 0.5\nattacks_by_comments = 1.0\nlikes_share = 0.0\nposts_share = 1.0\n[[pools]]\n\
                name = 'a'\naccounts = 3000\n[[vendors]]\nkind = 'comments'\nname = 'c'\npool = 'a'\n";
    let outcome = run(&complete(text), 12);
    check_orders(&outcome);
    check_creators(&outcome);
    assert_eq!(outcome.truth.creators.iter().filter(|creator| creator.ordered == "attacked_by_comments").count(), 8);
    let labels = outcome.data.labels.iter().filter(|row| row.subject == LabelSubject::Creator && row.label == Label::Fake);
    assert_eq!(labels.count(), 8);
}

#[test]
fn a_follow_unfollow_service_moves_the_number_followed_and_brings_people() {
    let text = "[orders]\ninflated_share = 0.0\nattacked_share = 0.0\nlikes_share = 0.0\nchurn_share = 0.5\n[[vendors]]\nkind = 'churn'\nname = 'c'\n\
                per_day = [60.0, 100.0]\nphase_days = [14.0, 20.0]\n";
    let outcome = run(&complete(text), 13);
    check_orders(&outcome);
    check_creators(&outcome);
    let mut served = 0;
    for creator in &outcome.truth.creators {
        let own = outcome.data.history.iter().filter(|point| outcome.data.name(point.creator) == creator.creator_id);
        let following: Vec<i64> = own.map(|point| point.following.unwrap() as i64).collect();
        let falls = following.iter().scan(0, |most, &now| {
            *most = now.max(*most);
            Some(*most - now)
        });
        assert_eq!(falls.max() > Some(100), creator.ordered == "churn", "{following:?}");
        served += u32::from(creator.reciprocal_followers > 0);
        assert_eq!(creator.fakes_in_export, 0);
    }
    assert_eq!(served, 8);
    assert!(outcome.truth.orders.iter().all(|order| order.price.is_none()), "no offer names a price");
}

#[test]
fn a_kind_that_is_held_out_is_gone_and_the_others_stay() {
    let scenario = complete(MIXED);
    for kind in Vendor::KINDS {
        let without = scenario.clone().without(kind).unwrap();
        assert!(without.vendors.iter().all(|vendor| vendor.kind() != kind));
        assert!(without.vendors.len() < scenario.vendors.len());
    }
    let outcome = run(&scenario.clone().without("bulk").unwrap().without("drip").unwrap(), 14);
    assert!(outcome.truth.creators.iter().all(|creator| creator.ordered_followers == 0));
    assert!(outcome.truth.orders.iter().any(|order| order.kind == OrderKind::Comments));
    assert!(scenario.without("auction").unwrap_err().to_string().starts_with("kind of vendor is auction"));
}

#[test]
fn pools_that_nobody_sells_from_follow_only_at_random() {
    let text = format!("{NOTHING}[[pools]]\nname = 'strays'\naccounts = 3000\n");
    let mut scenario = complete(&format!("vendors = []\n{text}"));
    scenario.organic.background_fake_share = 0.05;
    let outcome = run(&scenario, 15);
    let (fakes, all): (u64, u64) =
        outcome.truth.creators.iter().fold((0, 0), |(fakes, all), c| (fakes + c.fakes_in_export, all + c.follows_in_export));
    assert!((0.02..0.1).contains(&(fakes as f64 / all as f64)));
    assert!(outcome.truth.orders.is_empty() && outcome.truth.members.is_empty());
}
