//! Pods: creators who act on one another's posts by agreement, soon after each appears.

mod circles;
mod joiners;
mod measure;
mod promptness;
#[cfg(test)]
mod tests;
mod unlisted;

pub use promptness::Promptness;

use super::creator_actions::CreatorActions;
use super::reciprocity::{ReciprocityNull, Tie, reciprocal_graph, reciprocal_ties};
use crate::domain::{AccountId, Timestamp};
use promptness::AudienceHours;

/// What makes a circle of creators a pod. All values are assumptions, set on the tuning scenarios and on planted innocent circles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PodSettings {
    /// Share of false ones among the ties between creators, at most.
    pub false_discovery_rate: f64,
    /// A tie must be upheld by this number − 2 common partners, each tied to both likewise.
    pub truss: u32,
    /// Fewest members among creators: below, friends and families look the same.
    pub members_min: usize,
    /// Members' actions that come late, as a share of what their own audiences' habits would have, at most.
    pub late_ratio: f64,
    /// Share of members' actions within one week, at most: beyond, a shared event explains them.
    pub busiest_week_share: f64,
}

impl Default for PodSettings {
    fn default() -> Self {
        Self { false_discovery_rate: 0.05, truss: 4, members_min: 5, late_ratio: 1.0 / 3.0, busiest_week_share: 0.5 }
    }
}

/// One account of a pod.
#[derive(Debug, Clone, PartialEq)]
pub struct PodMember {
    /// The account.
    pub account: AccountId,
    /// Whether its own posts are in the data; of others only what they give is seen, not what they get.
    pub is_creator: bool,
    /// Posts of other members that it acted on.
    pub actions_count: u64,
    /// Share of the other members' posts in the data that it acted on.
    pub participation: f64,
    /// Its first action on another member's post, where times are known.
    pub first_at: Option<Timestamp>,
    /// Its last.
    pub last_at: Option<Timestamp>,
}

/// A circle of creators who act on one another's posts.
#[derive(Debug, Clone, PartialEq)]
pub struct Pod {
    /// Members by account, creators first.
    pub members: Vec<PodMember>,
    /// Ties between members that chance does not explain.
    pub ties: Vec<Tie>,
    /// Share of the ordered pairs of creators in it of which the first acted on the second's posts.
    pub density: f64,
    /// log10 of the probability that any such set of creators acts on one another this often, degrees given.
    pub log10_p: f64,
    /// Members' actions within the hour, beside those of their audiences. `None` without times.
    pub first_hour: Option<Promptness>,
    /// The same at the hour (of 1, 3, 6 and 24) at which the two differ most clearly.
    pub promptest: Option<Promptness>,
    /// First and last action among members. `None` without times.
    pub window: Option<(Timestamp, Timestamp)>,
    /// Share of the timed actions that fall in the busiest seven days.
    pub busiest_week_share: Option<f64>,
}

/// Why a circle is not called a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAside {
    /// Members are no more prompt than their audiences: friends, colleagues, a scene.
    NotPrompt,
    /// Most of it happened within a week: an event.
    OneWeek,
    /// No times are known, or too few: a pod and a close scene look the same then, however large.
    Untimed,
}

/// What a search for pods found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PodSearch {
    /// Pods, the largest first.
    pub pods: Vec<Pod>,
    /// Circles with an innocent explanation, the largest first.
    pub set_aside: Vec<(Pod, SetAside)>,
    /// The truss number of the deepest tie of each creator that has one, ascending by account.
    pub depths: Vec<(AccountId, u32)>,
}

/// Finds pods among the creators of a dataset.
///
/// Ties between creators are tested against the degree-preserving null ([`ReciprocityNull`]) with false-discovery control; the k-truss
/// of the ties falls into circles that hang together by triangles ([`triangle_communities`](super::triangle_communities)), which creators
/// join by all that passes between them and the circle. A circle
/// is a pod if its members come far more promptly than their own audiences do, week after week. Accounts that are no creators in the
/// data join a pod if they act on half of it as members do.
///
/// # Missing
/// Without times, promptness is missing, and a pod and a close scene look the same: all circles are set aside as
/// [`SetAside::Untimed`], which is a warning at most. Accounts of one company that always react at once are found as a pod: nothing in
/// the data tells them apart. Not to be seen: a pod of which
/// fewer than `members_min` creators are in the data (one creator's audience alone shows no reciprocity), and members who never act on
/// a creator in the data.
///
/// # Cost
/// O(actions), and that of [`truss_numbers`](super::truss_numbers) on the ties.
///
/// # Source
/// Weerasinghe et al., *The pod people: understanding manipulation of social media popularity via reciprocity abuse*, WWW 2020 (the
/// phenomenon); the measures are our own.
///
/// # Examples
/// ```
/// use bonafide::domain::{DatasetBuilder, Manifest};
/// use bonafide::graph::{CreatorActions, PodSettings, find_pods};
/// let dataset = DatasetBuilder::new(Manifest::default()).finish();
/// let found = find_pods(&CreatorActions::of(&dataset), &PodSettings::default());
/// assert!(found.pods.is_empty());
/// ```
pub fn find_pods(actions: &CreatorActions, settings: &PodSettings) -> PodSearch {
    let null = ReciprocityNull::of(actions);
    let ties = reciprocal_ties(actions, &null);
    let graph = reciprocal_graph(&ties, settings.false_discovery_rate);
    let circles = circles::dense_circles(&graph, settings);
    let hours = AudienceHours::of(actions);
    let mut search = PodSearch { depths: circles.depths, ..PodSearch::default() };
    for circle in joiners::grown(actions, &null, (circles.circles, &ties), settings) {
        let mut pod = measure::measure(actions, (&null, &hours), circle);
        match innocent(&pod, settings) {
            Some(reason) => search.set_aside.push((pod, reason)),
            None => {
                pod.members.extend(unlisted::members(actions, &hours, &pod));
                search.pods.push(pod);
            }
        }
    }
    search.pods.sort_by_key(|pod| std::cmp::Reverse(pod.members.len()));
    search.set_aside.sort_by_key(|(pod, _)| std::cmp::Reverse(pod.members.len()));
    search
}

/// The innocent explanation of a circle, if it has one.
fn innocent(pod: &Pod, settings: &PodSettings) -> Option<SetAside> {
    let Some(promptest) = &pod.promptest else { return Some(SetAside::Untimed) };
    if !promptest.is_clear(settings.late_ratio) {
        return Some(SetAside::NotPrompt);
    }
    (pod.busiest_week_share? > settings.busiest_week_share).then_some(SetAside::OneWeek)
}
