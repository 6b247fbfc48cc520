//! The history of followers against the follows.

use super::{organic, read};
use crate::domain::Dataset;
use std::collections::BTreeMap;

/// Times of the follows in the export by creator, ascending.
fn times(dataset: &Dataset) -> BTreeMap<&str, Vec<i64>> {
    let mut times: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for (slot, followed) in dataset.follows.followed.iter().enumerate() {
        let at = dataset.follows.followed_at.get(slot).unwrap();
        times.entry(dataset.ids.name(followed.0)).or_default().push(at);
    }
    times.values_mut().for_each(|times| times.sort_unstable());
    times
}

const COMPLETE: &str =
    "[sampling]\nfollows = \"complete\"\nuntimed_share = 0.0\nhistory_granularity = \"daily\"\nhistory_weeks = 30\n";
const SIZES: &str = "[organic]\nfollowers_min = 900\nfollowers_max = 2000\n";

#[test]
fn where_nobody_leaves_the_history_is_the_number_of_follows_by_then() {
    let stay = "churn_share = 0.0\nripples_per_year = 0.0\npurges = []\n";
    let events = "[incidents]\ngiveaway_share = 0.0\nviral_share = 0.0\nshoutout_share = 0.0\npress_share = 0.0\n";
    let (dataset, _) = read(&organic((5, 14_000), &format!("{SIZES}{stay}{events}{COMPLETE}")), 4);
    let times = times(&dataset);
    assert!(dataset.history.len() > 5 * 150);
    for point in &dataset.history {
        let came = times[dataset.ids.name(point.creator.0)].partition_point(|&at| at <= point.at.ms()) as u64;
        assert_eq!(point.followers, came);
    }
}

#[test]
fn where_some_leave_the_history_counts_them_until_they_leave() {
    let purge = "churn_share = 0.2\npurges = [{ days_ago = 100.5, share = 0.3 }]\n";
    let (dataset, _) = read(&organic((5, 14_000), &format!("{SIZES}{purge}{COMPLETE}")), 4);
    let times = times(&dataset);
    let captured = dataset.manifest.captured_at.unwrap().ms();
    let day = 86_400_000;
    let mut gone = 0;
    for point in &dataset.history {
        let came = times[dataset.ids.name(point.creator.0)].partition_point(|&at| at <= point.at.ms()) as u64;
        assert!(point.followers >= came, "those who are still there at the capture were there before");
        if point.at.ms() == captured {
            assert_eq!(point.followers, came);
        }
        if point.at.ms() == captured - 101 * day {
            let after =
                dataset.history.iter().find(|other| other.creator == point.creator && other.at.ms() == captured - 100 * day);
            let (after, most) = (after.unwrap().followers as f64, point.followers as f64);
            assert!(after < 0.95 * most, "{most} before the purge, {after} after");
            gone += 1;
        }
    }
    assert!(gone >= 3, "most creators existed at the purge");
}

#[test]
fn the_events_of_the_truth_stand_in_the_history() {
    let purge = "churn_share = 0.0\npurges = [{ days_ago = 100.5, share = 0.3 }]\n";
    let (dataset, simulated) = read(&organic((5, 14_000), &format!("{SIZES}{purge}{COMPLETE}")), 4);
    let day = 86_400_000;
    let count = |creator: &str, at: i64| {
        let of_creator = dataset.history.iter().filter(|point| dataset.ids.name(point.creator.0) == creator);
        of_creator.filter(|point| point.at.ms() <= at).max_by_key(|point| point.at).map_or(0, |point| point.followers)
    };
    let mut seen = 0;
    for event in simulated.events.iter().filter(|event| event.cause == "purge" && event.size > 50) {
        assert_eq!(event.window_start, event.window_end);
        let (before, after) =
            (count(&event.creator_id, event.window_end.ms()), count(&event.creator_id, event.window_end.ms() + day));
        assert!(before > after && before - after <= event.size + 20, "{event:?}: {before} before, {after} after");
        seen += 1;
    }
    assert!(seen >= 3, "{:?}", simulated.events);
    assert!(simulated.events.iter().all(|event| event.kept <= event.size && event.window_start <= event.window_end));
}

#[test]
fn the_other_columns_grow_and_counts_are_rounded_when_asked() {
    let rounded = "[sampling]\nfollows_per_creator = 50\nhistory_rounded = true\n";
    let (dataset, _) = read(&organic((3, 14_000), rounded), 4);
    for pair in dataset.history.windows(2).filter(|pair| pair[0].creator == pair[1].creator) {
        assert!(pair[0].followers < 10_000 || pair[0].followers.to_string()[3..].chars().all(|digit| digit == '0'));
        assert!(pair[0].posts.unwrap() <= pair[1].posts.unwrap());
        assert!(pair[0].following.unwrap() <= pair[1].following.unwrap());
    }
}
