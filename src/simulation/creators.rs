//! Creators: size, community, age, growth, and what happens to them.

use super::audiences::organic_waves;
use super::follows::World;
use super::growth::{Cause, Wave};
use super::orders::{Commission, PlannedOrder};
use super::packages::order_engagement;
use super::population::Community;
use super::posts::{Post, plan_posts};
use super::roles::Role;
use super::scenario::Scenario;
use super::seed::{Stream, normal, stream};
use super::vendors::ChurnRun;
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// Fan circles of one creator at most.
const CIRCLES_MAX: u32 = 5;
/// Draws of a creator that might give a shout-out.
const SHOUTER_TRIES: u32 = 64;

/// What happens to a creator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Story {
    /// Nothing out of the ordinary.
    Untouched,
    /// A viral post.
    Viral,
    /// A giveaway.
    Giveaway,
    /// A larger creator told its audience.
    Shoutout,
    /// An article or an advertisement.
    Press,
}

impl Story {
    /// The word used in the truth.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Viral => "viral",
            Self::Giveaway => "giveaway",
            Self::Shoutout => "shoutout",
            Self::Press => "press",
        }
    }
}

/// Everything about a creator that its rows are drawn from.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub index: u32,
    pub community: Community,
    pub story: Story,
    pub started_s: i64,
    pub captured_s: i64,
    /// Fan circles that its followers partly come from, the main one first.
    pub circles: Vec<u32>,
    /// The creator that gives the shout-out, if any.
    pub shouter: Option<u32>,
    pub waves: Vec<Wave>,
    /// What is ordered for it.
    pub role: Option<Role>,
    pub orders: Vec<PlannedOrder>,
    /// The follow–unfollow service on its account.
    pub churn: Option<ChurnRun>,
    pub posts: Vec<Post>,
    /// Accounts that it follows by itself at the capture.
    pub following: u64,
    /// Posts before those that are planned.
    pub older_posts: u64,
}

impl Plan {
    /// Followers on the platform at the capture.
    pub(super) fn followers(&self) -> u64 {
        self.waves.iter().map(|wave| wave.kept).sum()
    }

    /// Followers at the capture for causes of one kind.
    pub(super) fn followers_by(&self, of_interest: fn(Cause) -> bool) -> u64 {
        self.waves.iter().filter(|wave| of_interest(wave.cause)).map(|wave| wave.kept).sum()
    }

    /// Accounts that it follows at an instant: half of its own from the start, the others evenly, and those that a service
    /// makes it follow for now.
    pub(super) fn following_at(&self, at_s: i64) -> u64 {
        let passed = (at_s - self.started_s) as f64 / (self.captured_s - self.started_s).max(1) as f64;
        (self.following as f64 * (0.5 + 0.5 * passed.clamp(0.0, 1.0))).round() as u64 + self.churned(at_s)
    }

    /// Posts published by an instant; those before the planned ones came evenly.
    pub(super) fn posts_at(&self, at_s: i64) -> u64 {
        let first_s = self.posts.first().map_or(self.captured_s, |post| post.at_s);
        let passed = (at_s - self.started_s) as f64 / (first_s - self.started_s).max(1) as f64;
        let older = (self.older_posts as f64 * passed.clamp(0.0, 1.0)).round() as u64;
        older + self.posts.partition_point(|post| post.at_s <= at_s) as u64
    }
}

/// Followers of the creator of a rank: a power of the rank through the smallest and the largest.
pub(super) fn followers_of(scenario: &Scenario, index: u32) -> u64 {
    let (least, most) = (scenario.organic.followers_min as f64, scenario.organic.followers_max as f64);
    let last = f64::from(scenario.creators.max(2)).ln();
    (most * (-(most / least).ln() / last * f64::from(index + 1).ln()).exp()).round() as u64
}

/// The story of every creator.
pub(super) fn assign_stories(scenario: &Scenario, seed: u64, roles: &[Option<Role>]) -> Vec<Story> {
    let incidents = &scenario.incidents;
    let mut rng = stream(seed, Stream::Roles, 0);
    let mut stories = vec![Story::Untouched; scenario.creators as usize];
    let count = |share: f64| (share * f64::from(scenario.creators)).round() as usize;
    let mut others: Vec<u32> = (0..scenario.creators).filter(|&index| roles[index as usize].is_none()).collect();
    others.shuffle(&mut rng);
    for (story, share) in [
        (Story::Viral, incidents.viral_share),
        (Story::Giveaway, incidents.giveaway_share),
        (Story::Shoutout, incidents.shoutout_share),
        (Story::Press, incidents.press_share),
    ] {
        for index in others.split_off(others.len() - count(share).min(others.len())) {
            stories[index as usize] = story;
        }
    }
    stories
}

/// The plan of one creator.
pub(super) fn plan(world: World<'_>, index: u32) -> Plan {
    let (story, origin) = (world.stories[index as usize], world.origins[index as usize]);
    let mut rng = stream(world.seed, Stream::Creator, (3 << 40) | u64::from(index));
    let total = followers_of(world.scenario, index);
    let clock = (world.seed, world.captured_s);
    let Commission { mut waves, orders, churn } = world.market.commission(world.scenario, clock, index);
    waves.iter_mut().for_each(|wave| wave.start_s = wave.start_s.max(origin.started_s).min(wave.end_s - 1));
    let ordered: u64 = waves.iter().map(|wave| wave.kept).sum();
    let organic = total.saturating_sub(ordered).max(1);
    let mut plan = Plan {
        index,
        community: origin.community,
        story,
        started_s: origin.started_s,
        captured_s: world.captured_s,
        circles: home_circles(world, origin.community, &mut rng),
        shouter: (story == Story::Shoutout).then(|| shouter(world, index, &mut rng)).flatten(),
        waves,
        role: world.market.roles.of[index as usize],
        orders,
        churn,
        posts: Vec::new(),
        following: (6.3 + 0.6 * normal(&mut rng)).exp().min(7_000.0) as u64,
        older_posts: (5.8 + 0.6 * normal(&mut rng)).exp() as u64,
    };
    plan.posts = plan_posts(world.scenario, clock, &plan, organic);
    order_engagement(world.scenario, clock, &mut plan, world.market);
    let organic = organic_waves(world, &plan, (organic, origin.shape), &mut rng);
    plan.waves.extend(organic);
    plan
}

fn is_untouched(world: World<'_>, index: u32) -> bool {
    world.stories[index as usize] == Story::Untouched && world.market.roles.of[index as usize].is_none()
}

/// Fan circles of the creator's community; popular circles are those of many creators.
fn home_circles(world: World<'_>, community: Community, rng: &mut ChaCha8Rng) -> Vec<u32> {
    let circles = world.population.circles_of(community);
    let mut homes = Vec::new();
    for _ in 0..rng.random_range(1..=CIRCLES_MAX) {
        let place = rng.random::<f64>().powi(2) * f64::from(circles.end - circles.start);
        let circle = circles.start + place as u32;
        if circles.contains(&circle) && !homes.contains(&circle) {
            homes.push(circle);
        }
    }
    homes
}

/// An untouched creator among those three to thirty times as popular, of the same language if one is found soon.
fn shouter(world: World<'_>, index: u32, rng: &mut ChaCha8Rng) -> Option<u32> {
    let followers = followers_of(world.scenario, index);
    let first = first_with_at_most(world.scenario, 30 * followers, index);
    let end = first_with_at_most(world.scenario, 3 * followers, index);
    let language = world.origins[index as usize].community.language();
    let mut found = None;
    for _ in 0..SHOUTER_TRIES {
        let other = if first < end { rng.random_range(first..end) } else { return None };
        if is_untouched(world, other) {
            found = Some(other);
            if world.origins[other as usize].community.language() == language {
                break;
            }
        }
    }
    found
}

/// The first creator before `end` with at most so many followers; creators stand in the order of their size.
fn first_with_at_most(scenario: &Scenario, followers: u64, end: u32) -> u32 {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low.midpoint(high);
        if followers_of(scenario, middle) > followers {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::super::stage::with_world;
    use super::*;

    #[test]
    fn the_shares_of_stories_are_kept() {
        let scenario = Scenario::default();
        let stories = assign_stories(&scenario, 4, &[None; 40]);
        let count = |word: &str| stories.iter().filter(|story| story.word() == word).count();
        assert_eq!(["viral", "giveaway", "shoutout", "press", "untouched"].map(count), [1, 1, 1, 1, 36]);
    }

    #[test]
    fn waves_add_up_to_the_planned_size() {
        with_world(&Scenario::default(), 5, |world| {
            assert!((0..40).all(|index| plan(world, index).followers() == followers_of(world.scenario, index)));
            assert_eq!((followers_of(world.scenario, 0), followers_of(world.scenario, 39)), (300_000, 2_000));
        });
    }

    #[test]
    fn a_rank_is_found_by_its_followers() {
        let scenario = Scenario::default();
        for index in 0..39 {
            let followers = followers_of(&scenario, index + 1);
            assert_eq!(first_with_at_most(&scenario, followers, 40), index + 1);
        }
        assert_eq!(first_with_at_most(&scenario, 0, 40), 40);
    }

    #[test]
    fn counts_over_time_end_at_those_of_the_profile() {
        with_world(&Scenario::default(), 5, |world| {
            let plan = plan(world, 7);
            assert_eq!(plan.following_at(plan.captured_s), plan.following);
            assert_eq!(plan.posts_at(plan.captured_s), plan.older_posts + plan.posts.len() as u64);
            assert_eq!(plan.posts_at(plan.started_s - 1), 0);
        });
    }
}
