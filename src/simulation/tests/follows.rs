//! Who follows whom, and when.

use super::super::cast::Actor;
use super::super::creators::plan;
use super::super::follows::draw_audience;
use super::super::stage::with_world;
use super::{organic, read};
use crate::domain::{Dataset, Sampling};
use std::collections::{BTreeMap, BTreeSet};

/// The followers of each creator.
fn audiences(dataset: &Dataset) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut audiences: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (follower, followed) in dataset.follows.follower.iter().zip(&dataset.follows.followed) {
        audiences.entry(followed.index()).or_default().insert(follower.index());
    }
    audiences
}

#[test]
fn the_newest_follows_come_with_their_places_and_are_all_that_came_since() {
    let stay = "[organic]\nfollowers_min = 900\nfollowers_max = 2000\nchurn_share = 0.0\nripples_per_year = 0.0\npurges = []\n\
                [incidents]\ngiveaway_share = 0.0\nviral_share = 0.0\nshoutout_share = 0.0\npress_share = 0.0\n";
    let newest = "[sampling]\nfollows = \"newest_first\"\nfollows_per_creator = 200\nuntimed_share = 0.0\n";
    let (dataset, _) = read(&organic((5, 14_000), &format!("{stay}{newest}")), 4);
    assert_eq!(dataset.manifest.follows_sampling, Sampling::NewestFirst);
    let mut lists: BTreeMap<usize, Vec<(u64, i64)>> = BTreeMap::new();
    for (slot, followed) in dataset.follows.followed.iter().enumerate() {
        let (position, at) = (dataset.follows.position.get(slot).unwrap(), dataset.follows.followed_at.get(slot).unwrap());
        lists.entry(followed.index()).or_default().push((position, at));
    }
    for (creator, mut list) in lists {
        list.sort_unstable();
        assert!(list.iter().zip(0..).all(|(row, place)| row.0 == place), "0 is the newest");
        assert!(list.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        assert_eq!(list.len(), 200);
        let points: Vec<_> = dataset.history.iter().filter(|point| point.creator.index() == creator).collect();
        let all = points.last().unwrap().followers;
        for point in points.iter().filter(|point| point.at.ms() >= list[199].1) {
            let since = list.iter().filter(|row| row.1 > point.at.ms()).count() as u64;
            assert_eq!(all - point.followers, since);
        }
    }
}

#[test]
fn fan_circles_make_audiences_overlap() {
    let overlap = |circle_share: f64| {
        let text = format!(
            "[organic]\nfollowers_min = 300\nfollowers_max = 450\ncircle_share = {circle_share}\ncommunity_share = 0.0\nactivity_sd = 0.5\n[sampling]\nposts_per_creator = 0\nhistory_weeks = 2\nfollows = \"complete\"\n"
        );
        let (dataset, _) = read(&organic((60, 30_000), &text), 7);
        let audiences: Vec<BTreeSet<usize>> = audiences(&dataset).into_values().collect();
        let pairs = (0..audiences.len()).flat_map(|left| (0..left).map(move |right| (left, right)));
        pairs.map(|(left, right)| audiences[left].intersection(&audiences[right]).count()).max().unwrap()
    };
    let (without, with) = (overlap(0.0), overlap(0.5));
    assert!(2 * with > 3 * without, "{with} followers in common at most, against {without}");
}

#[test]
fn the_numbers_of_creators_followed_spread_with_the_activity() {
    let spread = |activity_sd: f64| {
        let text = format!(
            "[organic]\nfollowers_min = 800\nfollowers_max = 1200\nactivity_sd = {activity_sd}\ncircle_share = 0.0\n[sampling]\nposts_per_creator = 0\nhistory_weeks = 2\nfollows = \"complete\"\n"
        );
        let (dataset, _) = read(&organic((30, 6_000), &text), 7);
        let mut degrees: BTreeMap<usize, f64> = BTreeMap::new();
        dataset.follows.follower.iter().for_each(|follower| *degrees.entry(follower.index()).or_default() += 1.0);
        let logs: Vec<f64> = degrees.into_values().map(f64::ln).collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        (logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / logs.len() as f64).sqrt()
    };
    let (even, uneven) = (spread(0.0), spread(1.2));
    assert!(uneven > even + 0.15, "{even} {uneven}");
}

#[test]
fn a_shoutout_brings_followers_of_the_larger_creator() {
    let text = "[organic]\nfollowers_min = 300\nfollowers_max = 5000\n[incidents]\nshoutout_share = 0.5\nviral_share = 0.0\n\
                giveaway_share = 0.0\npress_share = 0.0\n[sampling]\nposts_per_creator = 0\nfollows = \"complete\"\n";
    with_world(&organic((20, 40_000), text), 3, |world| {
        let people = |index: u32| -> BTreeSet<Actor> {
            draw_audience(world, &plan(world, index)).follows.iter().map(|follow| follow.actor).collect()
        };
        let told: Vec<(u32, u32)> =
            (0..20).filter_map(|index| plan(world, index).shouter.map(|shouter| (index, shouter))).collect();
        assert!(told.len() >= 3);
        for (index, shouter) in told {
            let (own, theirs) = (people(index), people(shouter));
            let untold = (0..20).find(|&other| other > 9 && plan(world, other).shouter.is_none()).unwrap();
            let shared = |audience: &BTreeSet<Actor>| audience.intersection(&theirs).count() as f64 / audience.len() as f64;
            // A burst is 8 to 25 % of the audience, four fifths of it from the larger one's.
            assert!(
                shared(&own) > 0.06 && shared(&own) > shared(&people(untold)),
                "{} {}",
                shared(&own),
                shared(&people(untold))
            );
        }
    });
}

#[test]
fn people_follow_in_the_evening_and_less_at_weekends() {
    let text = "[organic]\nfollowers_min = 1500\nfollowers_max = 3000\n[sampling]\nposts_per_creator = 0\nhistory_weeks = 2\nfollows = \"complete\"\nuntimed_share = 0.0\n";
    let (dataset, _) = read(&organic((16, 20_000), text), 3);
    let german: BTreeSet<usize> = dataset
        .creators
        .iter()
        .filter(|creator| creator.country.as_deref() == Some("DE"))
        .map(|creator| creator.id.index())
        .collect();
    let (mut hours, mut days) = ([0.0f64; 24], [0.0f64; 7]);
    for (slot, followed) in dataset.follows.followed.iter().enumerate() {
        if german.contains(&followed.index()) {
            let local_s = dataset.follows.followed_at.get(slot).unwrap() / 1000 + 3_600;
            hours[(local_s.rem_euclid(86_400) / 3_600) as usize] += 1.0;
            days[(local_s.div_euclid(86_400) + 3).rem_euclid(7) as usize] += 1.0;
        }
    }
    assert!(hours.iter().sum::<f64>() > 3_000.0, "{} German creators", german.len());
    assert!((hours[19] + hours[20]) / (hours[4] + hours[5]) > 1.3, "{hours:?}");
    let (working, weekend) = (days[..5].iter().sum::<f64>() / 5.0, days[5..].iter().sum::<f64>() / 2.0);
    assert!((0.75..0.99).contains(&(weekend / working)), "{days:?}");
}
