//! Creators: size, community, age, growth, and what happens to them.

use super::growth::{Cause, Course, Wave};
use super::market::Market;
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

const DAY_S: i64 = 86_400;

/// What happens to a creator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Story {
    /// Nothing out of the ordinary.
    Untouched,
    /// A viral post.
    Viral,
    /// A giveaway.
    Giveaway,
}

impl Story {
    /// The word used in the truth.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Viral => "viral",
            Self::Giveaway => "giveaway",
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
    pub waves: Vec<Wave>,
    /// What is ordered for it.
    pub role: Option<Role>,
    pub orders: Vec<PlannedOrder>,
    /// The follow–unfollow service on its account.
    pub churn: Option<ChurnRun>,
    pub posts: Vec<Post>,
    /// Accounts that it follows by itself.
    pub follows_of_its_own: u64,
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
    for (story, share) in [(Story::Viral, incidents.viral_share), (Story::Giveaway, incidents.giveaway_share)] {
        for index in others.split_off(others.len() - count(share).min(others.len())) {
            stories[index as usize] = story;
        }
    }
    stories
}

/// The plan of one creator.
pub(super) fn plan(scenario: &Scenario, (seed, captured_s): (u64, i64), market: &Market, (index, story): (u32, Story)) -> Plan {
    let mut rng = stream(seed, Stream::Creator, u64::from(index));
    let community = Community::draw(&mut rng);
    let started_s = captured_s - rng.random_range(700..3_000) * DAY_S;
    let total = followers_of(scenario, index);
    let role = market.roles.of[index as usize];
    let Commission { mut waves, orders, churn } = market.commission(scenario, (seed, captured_s), index);
    let ordered: u64 = waves.iter().map(|wave| wave.kept).sum();
    let organic = total.saturating_sub(ordered).max(1);
    let follows_of_its_own = (6.3 + 0.6 * normal(&mut rng)).exp().min(7_000.0) as u64;
    let mut plan = Plan {
        index,
        community,
        story,
        started_s,
        waves: Vec::new(),
        role,
        orders,
        churn,
        posts: Vec::new(),
        follows_of_its_own,
    };
    plan.posts = plan_posts(scenario, (seed, captured_s), &plan, organic);
    order_engagement(scenario, (seed, captured_s), &mut plan, market);
    waves.extend(organic_waves(scenario, captured_s, &plan, (organic, &mut rng)));
    plan.waves = waves;
    plan
}

fn organic_waves(scenario: &Scenario, captured_s: i64, plan: &Plan, (organic, rng): (u64, &mut ChaCha8Rng)) -> Vec<Wave> {
    let growth = rng.random_range(0.8..2.2);
    let part = |share: f64| (organic as f64 * share).round() as u64;
    let background = part((scenario.organic.background_fake_share * (0.5 * normal(rng)).exp()).min(0.3));
    let event_s = plan.posts.get(plan.posts.len() / 2).map_or(captured_s - 30 * DAY_S, |post| post.at_s);
    let burst = match plan.story {
        // Sizes and courses of organic bursts are assumptions: a fifth to two fifths of the audience within days.
        Story::Viral => Some((Cause::Viral, Course::Decay(1.2), part(rng.random_range(0.2..0.4)), 0.05)),
        Story::Giveaway => Some((Cause::Giveaway, Course::Decay(0.8), part(rng.random_range(0.12..0.25)), 0.35)),
        Story::Untouched => None,
    };
    let mut waves = Vec::new();
    let mut steady = organic - background;
    if let Some((cause, course, kept, lost_share)) = burst {
        steady -= kept;
        let lost = (kept as f64 * lost_share / (1.0 - lost_share)).round() as u64;
        waves.push(Wave { cause, course, kept, lost, start_s: event_s, end_s: (event_s + 6 * DAY_S).min(captured_s) });
    }
    for (cause, kept) in [(Cause::Background, background), (Cause::Baseline, steady)] {
        let course = Course::Power(growth);
        waves.push(Wave { cause, course, kept, lost: 0, start_s: plan.started_s, end_s: captured_s });
    }
    waves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_stories_are_kept() {
        let scenario = Scenario::default();
        let stories = assign_stories(&scenario, 4, &[None; 40]);
        let count = |word: &str| stories.iter().filter(|story| story.word() == word).count();
        assert_eq!(["viral", "giveaway", "untouched"].map(count), [1, 1, 38]);
    }

    #[test]
    fn waves_add_up_to_the_planned_size() {
        let scenario = Scenario::default();
        let market = Market::open(&scenario, (5, 1_780_000_000)).unwrap();
        for (index, story) in [(15, Story::Untouched), (0, Story::Viral), (3, Story::Giveaway)] {
            let plan = plan(&scenario, (5, 1_780_000_000), &market, (index, story));
            assert_eq!(plan.followers(), followers_of(&scenario, index));
        }
        assert_eq!((followers_of(&scenario, 0), followers_of(&scenario, 39)), (300_000, 2_000));
    }
}
