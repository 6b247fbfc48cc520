//! Small worlds by hand: creators with an audience that comes at all hours, and circles of several kinds.

use super::{PodSearch, PodSettings, SetAside, find_pods};
use crate::domain::AccountId;
use crate::graph::creator_actions::{CreatorActions, PostAction, PostOf};
use crate::graph::edge_time::EdgeTime;

const HOUR_S: u32 = 3600;
const DAY_S: u32 = 24 * HOUR_S;
const POSTS: u32 = 20;

/// Creators 0..n with twenty posts each, one every three days, and after them an audience of which every fourth comes late.
struct World {
    n_creators: u32,
    n_accounts: u32,
    acts: Vec<PostAction>,
}

fn published(post: u32) -> u32 {
    1_000_000_000 + (post % POSTS) * 3 * DAY_S
}

impl World {
    fn new(n_creators: u32) -> Self {
        let n_accounts = n_creators * 31 + 40;
        let mut world = Self { n_creators, n_accounts, acts: Vec::new() };
        for creator in 0..n_creators {
            for fan in 0..30 {
                let actor = n_creators + creator * 30 + fan;
                let late = |nth: u32| if (fan + nth).is_multiple_of(2) { 30 * HOUR_S } else { 600 * (1 + fan % 5) };
                world.act(actor, creator, (0..POSTS).step_by(3), late);
            }
        }
        world
    }

    fn act(&mut self, actor: u32, creator: u32, posts: impl Iterator<Item = u32>, delay_s: impl Fn(u32) -> u32) {
        self.acts.extend(posts.map(|nth| {
            let post = creator * POSTS + nth;
            PostAction { actor: AccountId(actor), post, at: EdgeTime::from_seconds(published(post) + delay_s(nth)) }
        }));
    }

    /// All of some accounts act on two of three posts of all of the creators among them.
    fn circle(mut self, members: impl Iterator<Item = u32> + Clone, delay_s: fn(u32) -> u32) -> Self {
        for (from, to) in members.clone().flat_map(|from| members.clone().map(move |to| (from, to))) {
            if from != to && to < self.n_creators {
                self.act(from, to, (0..POSTS).filter(move |nth| (nth + from) % 3 > 0), |nth| delay_s(nth + from));
            }
        }
        self
    }

    fn actions(&self) -> CreatorActions {
        let posts = (0..self.n_creators * POSTS)
            .map(|post| PostOf { creator: AccountId(post / POSTS), published: EdgeTime::from_seconds(published(post)) })
            .collect();
        CreatorActions::new(self.n_accounts as usize, posts, self.acts.clone(), [])
    }

    fn search(&self) -> PodSearch {
        find_pods(&self.actions(), &PodSettings::default())
    }
}

fn at_once(nth: u32) -> u32 {
    60 * (1 + nth % 30)
}

fn at_all_hours(nth: u32) -> u32 {
    if nth.is_multiple_of(2) { 30 * HOUR_S } else { 900 }
}

fn members(search: &PodSearch) -> Vec<Vec<u32>> {
    search.pods.iter().map(|pod| pod.members.iter().map(|member| member.account.0).collect()).collect()
}

#[test]
fn a_pod_is_found_with_its_members_and_what_they_did() {
    let search = World::new(30).circle(4..16, at_once).search();
    assert_eq!(members(&search), [(4..16).collect::<Vec<u32>>()]);
    let pod = &search.pods[0];
    let first_hour = pod.first_hour.unwrap();
    assert_eq!(
        (pod.density, first_hour.share, first_hour.timed_count),
        (1.0, 1.0, pod.members.iter().map(|m| m.actions_count).sum())
    );
    assert!((0.4..0.6).contains(&first_hour.audience_share), "{}", first_hour.audience_share);
    assert!(pod.log10_p < -100.0 && pod.ties.len() == 66 && pod.busiest_week_share.unwrap() < 0.2);
    let (start, end) = pod.window.unwrap();
    assert_eq!(Some(start), pod.members.iter().filter_map(|member| member.first_at).min());
    assert_eq!(Some(end), pod.members.iter().filter_map(|member| member.last_at).max());
    assert!(pod.members.iter().all(|member| member.is_creator && (0.6..0.75).contains(&member.participation)));
    assert_eq!(search.depths.iter().map(|(_, depth)| *depth).collect::<Vec<_>>(), [12; 12]);
}

#[test]
fn friends_who_come_when_everybody_does_are_set_aside() {
    let search = World::new(30).circle(4..16, at_all_hours).search();
    assert!(search.pods.is_empty());
    assert_eq!(
        search.set_aside.iter().map(|(pod, why)| (pod.members.len(), *why)).collect::<Vec<_>>(),
        [(12, SetAside::NotPrompt)]
    );
}

#[test]
fn pairs_and_small_circles_are_nothing() {
    let search = World::new(30).circle(0..2, at_once).circle(4..7, at_once).circle(10..14, at_once).search();
    assert!(search.pods.is_empty() && search.set_aside.is_empty());
    assert_eq!(search.depths.iter().map(|(_, depth)| *depth).max(), Some(4));
}

#[test]
fn a_week_together_is_an_event() {
    let mut world = World::new(30);
    for (from, to) in (0..12).flat_map(|from| (0..12).map(move |to| (from, to))).filter(|(from, to)| from != to) {
        world.act(from, to, 5..7, at_once);
    }
    let search = world.search();
    assert!(search.pods.is_empty());
    assert_eq!(search.set_aside[0].1, SetAside::OneWeek);
}

#[test]
fn accounts_that_are_no_creators_join_and_loyal_fans_do_not() {
    // Members 20..28 of 20 creators are accounts without posts in the data; 29 is a fan of two members, 30 of all at all hours.
    let mut world = World::new(20).circle((0..8).chain(620..628), at_once);
    (0..2).for_each(|creator| world.act(629, creator, 0..POSTS, at_once));
    (0..8).for_each(|creator| world.act(630, creator, 0..POSTS, at_all_hours));
    let search = world.search();
    assert_eq!(members(&search), [(0..8).chain(620..628).collect::<Vec<u32>>()]);
    assert!(search.pods[0].members.iter().all(|member| member.is_creator == (member.account.0 < 20)));
}

#[test]
fn one_creator_in_two_pods_does_not_merge_them() {
    let search = World::new(40).circle(0..10, at_once).circle(9..21, at_once).search();
    assert_eq!(members(&search), [(9..21).collect::<Vec<u32>>(), (0..10).collect()]);
}

#[test]
fn without_times_promptness_is_missing_and_no_circle_is_a_pod() {
    let mut world = World::new(60).circle(4..28, at_once);
    world.acts.iter_mut().for_each(|act| act.at = EdgeTime::MISSING);
    let search = world.search();
    assert!(search.pods.is_empty());
    let (circle, why) = &search.set_aside[0];
    assert_eq!((circle.members.len(), *why), (24, SetAside::Untimed));
    assert_eq!((circle.first_hour, circle.window, circle.busiest_week_share), (None, None, None));
    assert!(circle.members.iter().all(|member| member.first_at.is_none() && member.actions_count > 0));
}

#[test]
fn times_that_are_all_equal_tell_nothing() {
    let mut world = World::new(30).circle(4..16, at_once);
    world.acts.iter_mut().for_each(|act| act.at = EdgeTime::from_seconds(published(act.post)));
    assert_eq!(world.search().set_aside[0].1, SetAside::Untimed);
}

#[test]
fn repeated_and_own_actions_and_the_order_of_rows_change_nothing() {
    let world = World::new(30).circle(4..16, at_once);
    let expected = world.search();
    let mut worse = World { acts: world.acts.clone(), ..world };
    worse.acts.extend_from_within(..);
    worse.act(5, 5, 0..POSTS, at_once);
    worse.acts.reverse();
    assert_eq!(worse.search(), expected);
}
