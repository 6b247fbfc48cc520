//! Circles of creators that are no pods, planted among those whom nobody put in one. Sizes and rates are assumptions.

use crate::domain::AccountId;
use crate::graph::{CreatorActions, EdgeTime, PostAction};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

const HOUR_S: u32 = 3600;
const WEEK_S: u32 = 7 * 24 * HOUR_S;

/// A kind of innocent circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Innocents {
    /// Four friends who react to half of each other's posts, when anybody does.
    Friends,
    /// Ten friends who react to most of each other's posts, when anybody does.
    LargeCircle,
    /// The same ten, with half of the reactions within the hour: they are notified.
    Notified,
    /// Sixty of one scene: each follows a third of the others and reacts to a sixth of their posts, when anybody does.
    Scene,
    /// Thirty of a close scene, each reacts to half of the posts of nine in ten of the others, when anybody does.
    CloseScene,
    /// Twelve at an event: for a week they react to nearly everything within the hour.
    Event,
    /// Ten accounts of one company that react to nearly everything within the hour, always. Nothing tells them from a pod.
    Team,
}

/// How a kind behaves.
struct Habit {
    members: usize,
    /// Share of the ordered pairs of which the first reacts to the second at all.
    acquainted: f64,
    /// Share of the posts that one then reacts to.
    participation: f64,
    /// Share of the reactions within the hour; the others come when the audience's do.
    at_once: f64,
    /// Whether only the newest week counts.
    one_week: bool,
}

impl Innocents {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Friends, Self::LargeCircle, Self::Notified, Self::Scene, Self::CloseScene, Self::Event, Self::Team];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Friends => "4 friends, half of the posts, at the audience's hours",
            Self::LargeCircle => "10 friends, .7 of the posts, at the audience's hours",
            Self::Notified => "10 friends, .7 of the posts, half of it within the hour",
            Self::Scene => "60 of one scene, each acts on a third of the others, .15 of the posts",
            Self::CloseScene => "30 of a close scene, each acts on .9 of the others, half of the posts",
            Self::Event => "12 at an event, one week, within the hour",
            Self::Team => "10 accounts of one company, .8 of the posts within the hour",
        }
    }

    fn habit(self) -> Habit {
        let habit = |members, participation, at_once| Habit { members, acquainted: 1.0, participation, at_once, one_week: false };
        match self {
            Self::Friends => habit(4, 0.5, 0.0),
            Self::LargeCircle => habit(10, 0.7, 0.0),
            Self::Notified => habit(10, 0.7, 0.5),
            Self::Scene => Habit { acquainted: 0.33, ..habit(60, 0.15, 0.0) },
            Self::CloseScene => Habit { acquainted: 0.9, ..habit(30, 0.5, 0.2) },
            Self::Event => Habit { one_week: true, ..habit(12, 0.9, 1.0) },
            Self::Team => habit(10, 0.8, 1.0),
        }
    }

    /// Adds some such circles among the creators; gives back the actions and who was put in a circle.
    pub(super) fn plant(self, actions: &CreatorActions, among: &[AccountId], seed: u64) -> (CreatorActions, Vec<AccountId>) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ self as u64);
        let habit = self.habit();
        let mut chosen = among.to_vec();
        chosen.shuffle(&mut rng);
        chosen.truncate((60 / habit.members).min(chosen.len() / habit.members) * habit.members);
        let scene = Scene::of(actions);
        let mut acts = actions.actions().to_vec();
        for circle in chosen.chunks(habit.members) {
            for (&from, &to) in circle.iter().flat_map(|from| circle.iter().map(move |to| (from, to))) {
                if from != to && rng.random_bool(habit.acquainted) {
                    acts.extend(scene.visits(actions, (from, to), &habit, &mut rng));
                }
            }
        }
        let listed = (0..actions.n_accounts() as u32).map(AccountId).filter(|id| actions.is_creator(*id));
        (CreatorActions::new(actions.n_accounts(), actions.posts().to_vec(), acts, listed), chosen)
    }
}

/// Posts of each creator and the delays of its audience.
struct Scene {
    posts: BTreeMap<AccountId, Vec<u32>>,
    delays_s: BTreeMap<AccountId, Vec<u32>>,
    newest: u32,
}

impl Scene {
    fn of(actions: &CreatorActions) -> Self {
        let mut posts: BTreeMap<AccountId, Vec<u32>> = BTreeMap::new();
        (0u32..).zip(actions.posts()).for_each(|(number, post)| posts.entry(post.creator).or_default().push(number));
        let mut delays_s: BTreeMap<AccountId, Vec<u32>> = BTreeMap::new();
        for action in actions.actions().iter().filter(|action| !actions.is_creator(action.actor)) {
            if let Some(delay_s) = actions.delay_s(action) {
                delays_s.entry(actions.creator(action)).or_default().push(delay_s);
            }
        }
        let newest = actions.posts().iter().filter_map(|post| post.published.seconds()).max().unwrap_or(0);
        Self { posts, delays_s, newest }
    }

    /// What one does on the other's posts.
    fn visits(
        &self,
        actions: &CreatorActions,
        (from, to): (AccountId, AccountId),
        habit: &Habit,
        rng: &mut ChaCha8Rng,
    ) -> Vec<PostAction> {
        let (posts, delays) = (self.posts.get(&to), self.delays_s.get(&to));
        let (Some(posts), Some(delays)) = (posts, delays) else { return Vec::new() };
        let mut visits = Vec::new();
        for &post in posts {
            let Some(published) = actions.posts()[post as usize].published.seconds() else { continue };
            if (habit.one_week && published + WEEK_S < self.newest) || !rng.random_bool(habit.participation) {
                continue;
            }
            let at_once = rng.random_bool(habit.at_once);
            let delay = if at_once { rng.random_range(0..HOUR_S) } else { delays[rng.random_range(0..delays.len())] };
            visits.push(PostAction { actor: from, post, at: EdgeTime::from_seconds(published + delay) });
        }
        visits
    }
}
