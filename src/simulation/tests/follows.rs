//! Who follows whom, and when.

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
            "[organic]\nfollowers_min = 300\nfollowers_max = 450\ncircle_share = {circle_share}\ncommunity_share = 0.0\nactivity_sd = 0.5\n[sampling]\nfollows = \"complete\"\n"
        );
        let (dataset, _) = read(&organic((100, 40_000), &text), 7);
        let audiences: Vec<BTreeSet<usize>> = audiences(&dataset).into_values().collect();
        let pairs = (0..audiences.len()).flat_map(|left| (0..left).map(move |right| (left, right)));
        pairs.map(|(left, right)| audiences[left].intersection(&audiences[right]).count()).max().unwrap()
    };
    let (without, with) = (overlap(0.0), overlap(0.5));
    assert!(with > 2 * without, "{with} followers in common at most, against {without}");
}

#[test]
fn the_numbers_of_creators_followed_spread_with_the_activity() {
    let spread = |activity_sd: f64| {
        let text = format!(
            "[organic]\nfollowers_min = 800\nfollowers_max = 1200\nactivity_sd = {activity_sd}\ncircle_share = 0.0\n[sampling]\nfollows = \"complete\"\n"
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
    let text = "[organic]\nfollowers_min = 600\nfollowers_max = 5000\n[incidents]\nshoutout_share = 0.3\n\
                viral_share = 0.0\ngiveaway_share = 0.0\npress_share = 0.0\n[sampling]\nfollows = \"complete\"\n";
    let (dataset, simulated) = read(&organic((20, 100_000), text), 3);
    let audiences = audiences(&dataset);
    let story = |index: usize| {
        let id = dataset.creators[index].id;
        let truth = simulated.creators.iter().find(|truth| truth.creator_id == dataset.ids.name(id.0)).unwrap();
        (id.index(), truth.story)
    };
    let largest_overlap = |wanted: &str| {
        let shares: Vec<f64> = (0..dataset.creators.len())
            .map(story)
            .filter(|(_, story)| *story == wanted)
            .map(|(id, _)| {
                let own = &audiences[&id];
                let larger = audiences.iter().filter(|(other, audience)| **other != id && audience.len() >= 3 * own.len());
                larger.map(|(_, audience)| own.intersection(audience).count() as f64 / own.len() as f64).fold(0.0, f64::max)
            })
            .collect();
        shares.iter().sum::<f64>() / shares.len() as f64
    };
    let (told, untold) = (largest_overlap("shoutout"), largest_overlap("untouched"));
    assert!(told > untold + 0.03, "{told} {untold}");
}

#[test]
fn people_follow_in_the_evening_and_more_at_weekends() {
    let text = "[organic]\nfollowers_min = 1500\nfollowers_max = 3000\n[sampling]\nfollows = \"complete\"\nuntimed_share = 0.0\n";
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
    assert!((hours[19] + hours[20]) / (hours[4] + hours[5]) > 1.5, "{hours:?}");
    let (working, weekend) = (days[..5].iter().sum::<f64>() / 5.0, days[5..].iter().sum::<f64>() / 2.0);
    assert!((1.02..1.35).contains(&(weekend / working)), "{days:?}");
}
