//! Creators: size, community, age, growth, and what happens to them.

use super::growth::{Cause, Course, Wave};
use super::population::Community;
use super::posts::{Post, plan_posts};
use super::scenario::{Incidents, Scenario};
use super::seed::{Stream, normal, stream};
use super::truth::OrderedBy;
use super::vendors::ORDER_DAYS;
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
    /// Ordered followers are this share of the audience.
    Inflated(f64),
    /// The same, by somebody else's order.
    Attacked(f64),
}

impl Story {
    /// The word used in the truth.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Viral => "viral",
            Self::Giveaway => "giveaway",
            Self::Inflated(_) => "inflated",
            Self::Attacked(_) => "attacked",
        }
    }

    /// Who ordered, if anybody.
    pub(super) fn ordered_by(self) -> Option<OrderedBy> {
        match self {
            Self::Inflated(_) => Some(OrderedBy::Creator),
            Self::Attacked(_) => Some(OrderedBy::ThirdParty),
            Self::Untouched | Self::Viral | Self::Giveaway => None,
        }
    }
}

/// An order of followers as planned: which part of which pool, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlannedOrder {
    pub vendor: usize,
    /// Index of the first account in the pool; the next ones follow, past the end from the start again.
    pub first: u32,
    pub size: u64,
}

/// Everything about a creator that its rows are drawn from.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub index: u32,
    pub community: Community,
    pub story: Story,
    pub started_s: i64,
    pub waves: Vec<Wave>,
    pub orders: Vec<PlannedOrder>,
    pub posts: Vec<Post>,
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
fn followers_of(scenario: &Scenario, index: u32) -> u64 {
    let (least, most) = (scenario.organic.followers_min as f64, scenario.organic.followers_max as f64);
    let last = f64::from(scenario.creators.max(2)).ln();
    (most * (-(most / least).ln() / last * f64::from(index + 1).ln()).exp()).round() as u64
}

/// The story of every creator.
pub(super) fn assign_stories(scenario: &Scenario, seed: u64) -> Vec<Story> {
    let incidents = &scenario.incidents;
    let mut rng = stream(seed, Stream::Roles, 0);
    let mut stories = vec![Story::Untouched; scenario.creators as usize];
    let count = |share: f64| (share * f64::from(scenario.creators)).round() as usize;
    let mut indices: Vec<u32> = (0..scenario.creators).collect();
    indices.shuffle(&mut rng);
    let (mut buyable, mut others): (Vec<u32>, Vec<u32>) =
        indices.into_iter().partition(|&index| followers_of(scenario, index) <= incidents.ordered_followers_max);
    let n_inflated = count(incidents.inflated_share).min(buyable.len());
    let mut inflated = buyable.split_off(buyable.len() - n_inflated);
    for strength in graded(incidents, n_inflated) {
        let place = place_for(scenario, &inflated, strength);
        stories[inflated.swap_remove(place) as usize] = Story::Inflated(strength);
    }
    let attacked = buyable.split_off(buyable.len() - count(incidents.attacked_share).min(buyable.len()));
    for index in attacked {
        stories[index as usize] = Story::Attacked(incidents.attack_strength);
    }
    others.append(&mut buyable);
    others.shuffle(&mut rng);
    for (story, share) in [(Story::Viral, incidents.viral_share), (Story::Giveaway, incidents.giveaway_share)] {
        for index in others.split_off(others.len() - count(share).min(others.len())) {
            stories[index as usize] = story;
        }
    }
    stories
}

/// Strengths from the mildest to the strongest in geometric steps.
fn graded(incidents: &Incidents, n: usize) -> impl Iterator<Item = f64> {
    let (from, ratio) = (incidents.strength_from, (incidents.strength_to / incidents.strength_from).ln());
    (0..n).map(move |step| if n > 1 { from * (ratio * step as f64 / (n - 1) as f64).exp() } else { incidents.strength_to })
}

/// The first creator (in random order) large enough for an order of this strength, else the largest.
fn place_for(scenario: &Scenario, creators: &[u32], strength: f64) -> usize {
    let least = scenario.vendors.iter().map(|vendor| vendor.order_min).max().unwrap_or(0);
    let is_enough = |&index: &u32| followers_of(scenario, index) as f64 * strength >= f64::from(least);
    let largest = || creators.iter().enumerate().min_by_key(|&(_, &index)| index).map_or(0, |(place, _)| place);
    creators.iter().position(is_enough).unwrap_or_else(largest)
}

/// The plan of one creator.
pub(super) fn plan(scenario: &Scenario, (seed, captured_s): (u64, i64), index: u32, story: Story) -> Plan {
    let mut rng = stream(seed, Stream::Creator, u64::from(index));
    let community = Community::draw(&mut rng);
    let started_s = captured_s - rng.random_range(700..3_000) * DAY_S;
    let total = followers_of(scenario, index);
    let mut orders_rng = stream(seed, Stream::Orders, u64::from(index));
    let (mut waves, orders) = order_waves(scenario, captured_s, (story, total), &mut orders_rng);
    let ordered: u64 = waves.iter().map(|wave| wave.kept).sum();
    let organic = total.saturating_sub(ordered).max(1);
    let mut plan = Plan { index, community, story, started_s, waves: Vec::new(), orders, posts: Vec::new() };
    plan.posts = plan_posts(scenario, (seed, captured_s), &plan, organic);
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
        Story::Untouched | Story::Inflated(_) | Story::Attacked(_) => None,
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

fn order_waves(
    scenario: &Scenario,
    captured_s: i64,
    (story, total): (Story, u64),
    rng: &mut ChaCha8Rng,
) -> (Vec<Wave>, Vec<PlannedOrder>) {
    let strength = match story {
        Story::Inflated(strength) | Story::Attacked(strength) => strength,
        Story::Untouched | Story::Viral | Story::Giveaway => return (Vec::new(), Vec::new()),
    };
    let number = rng.random_range(0..scenario.vendors.len() as u32) as usize;
    let vendor = &scenario.vendors[number];
    let kept_share = 1.0 - vendor.drop_off;
    let wanted = ((total as f64 * strength / kept_share) as u64).clamp(u64::from(vendor.order_min), u64::from(vendor.pool));
    let mut first = rng.random_range(0..vendor.pool);
    let mut waves = Vec::new();
    let mut orders = Vec::new();
    for (place, size) in vendor.order_sizes(wanted, rng).into_iter().enumerate() {
        let start_s = captured_s - rng.random_range(5 * DAY_S..(ORDER_DAYS - 1) * DAY_S);
        let kept = (size as f64 * kept_share).round() as u64;
        waves.push(Wave {
            cause: Cause::Order(place),
            course: Course::Constant,
            kept,
            lost: size - kept,
            start_s,
            end_s: start_s + vendor.delivery_s(rng),
        });
        orders.push(PlannedOrder { vendor: number, first, size });
        first = ((u64::from(first) + size) % u64::from(vendor.pool)) as u32;
    }
    (waves, orders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_stories_are_kept_and_orders_stay_with_small_creators() {
        let scenario = Scenario::default();
        let stories = assign_stories(&scenario, 4);
        let count = |word: &str| stories.iter().filter(|story| story.word() == word).count();
        assert_eq!(["inflated", "attacked", "viral", "giveaway", "untouched"].map(count), [8, 1, 1, 1, 29]);
        for (index, story) in (0u32..).zip(&stories) {
            assert!(story.ordered_by().is_none() || followers_of(&scenario, index) <= 20_000);
        }
    }

    #[test]
    fn waves_add_up_to_the_planned_size_and_strength() {
        let scenario = Scenario::default();
        for (index, story) in [(15, Story::Inflated(0.4)), (20, Story::Attacked(0.25)), (0, Story::Viral), (3, Story::Giveaway)] {
            let plan = plan(&scenario, (5, 1_780_000_000), index, story);
            assert_eq!(plan.followers(), followers_of(&scenario, index));
            if let Story::Inflated(strength) | Story::Attacked(strength) = story {
                let ordered = plan.followers_by(|cause| matches!(cause, Cause::Order(_))) as f64;
                assert!((ordered / plan.followers() as f64 - strength).abs() < 0.01);
            }
        }
        assert_eq!((followers_of(&scenario, 0), followers_of(&scenario, 39)), (300_000, 2_000));
    }
}
