//! The organic waves of one creator's audience.

use super::creators::{Plan, Story};
use super::follows::World;
use super::growth::{Cause, Course, Wave, WeeklyCourse};
use super::seed::normal;
use super::shapes::Shape;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};
use std::sync::Arc;

const DAY_S: i64 = 86_400;
const YEAR_S: f64 = 365.25 * 86_400.0;
/// Standard deviation of ln(purged share) between creators. Assumption.
const PURGE_SD: f64 = 0.5;
/// Days before the capture in which background accounts come: pools are younger than most creators.
const BACKGROUND_DAYS: f64 = 500.0;
/// Mean days that those stay who leave a creator in decline: most come early and leave late. Assumption.
const DECLINING_STAY_DAYS: f64 = 600.0;
/// Followers of a small burst: median share of the audience, standard deviation of its logarithm, largest share. Assumptions.
const RIPPLE_SHARE: f64 = 0.012;
const RIPPLE_SD: f64 = 0.8;
const RIPPLE_MAX: f64 = 0.05;

/// The waves behind `organic` followers of a creator.
pub(super) fn organic_waves(world: World<'_>, plan: &Plan, (organic, shape): (u64, Shape), rng: &mut ChaCha8Rng) -> Vec<Wave> {
    let parameters = &world.scenario.organic;
    let mut left = organic;
    let mut waves = Vec::new();
    let mut add = |wave: Wave| {
        let kept = wave.kept.min(left);
        left -= kept;
        waves.push(Wave { kept, ..wave });
    };
    add(event_wave(world, plan, organic, rng));
    add(background(world, plan, organic, rng));
    let peers = world.peers.followers(plan.index).len() as u64;
    add(wave(Cause::Peers, Course::Plateau, (peers, 0.0), (plan.started_s, world.captured_s)));
    ripples(world, plan, organic, rng).into_iter().for_each(&mut add);
    let times = (plan.started_s, world.captured_s);
    let noise = (parameters.weekly_sd, parameters.season);
    let course = Arc::new(shape.course(times, plan.community.niche, noise, rng));
    let steady = left;
    waves.extend(purged(world, plan, (steady, &course), rng));
    let churn = shape.churn_share(parameters.churn_share);
    let everyday = wave(Cause::Baseline, Course::Weekly(course), (steady, churn), times);
    let stay_days = if shape == Shape::Declining { DECLINING_STAY_DAYS } else { everyday.stay_days };
    waves.push(Wave { stay_days, ..everyday });
    waves
}

/// Pool accounts that nobody ordered: since some exist, and never more than a quarter of them.
fn background(world: World<'_>, plan: &Plan, organic: u64, rng: &mut ChaCha8Rng) -> Wave {
    let share = (world.scenario.organic.background_fake_share * (0.5 * normal(rng)).exp()).min(0.3);
    let pools = || world.scenario.pools.iter().filter(|pool| pool.background_weight > 0.0);
    let accounts: u64 = pools().map(|pool| u64::from(pool.accounts)).sum();
    let days = pools().map(|pool| pool.days_of_stock(u64::from(pool.accounts) / 10 + 1)).fold(0.0, f64::max);
    let start_s = plan.started_s.max(world.captured_s - (days.min(BACKGROUND_DAYS) * DAY_S as f64) as i64);
    wave(Cause::Background, Course::Plateau, (part(organic, share).min(accounts / 4), 0.0), (start_s, world.captured_s))
}

fn part(organic: u64, share: f64) -> u64 {
    (organic as f64 * share).round() as u64
}

/// A wave with the share of its followers that leave again.
fn wave(cause: Cause, course: Course, (kept, lost_share): (u64, f64), (start_s, end_s): (i64, i64)) -> Wave {
    let lost = (kept as f64 * lost_share / (1.0 - lost_share)).round() as u64;
    Wave { cause, course, kept, lost, start_s, end_s, stay_days: stay_days(cause) }
}

/// Mean days until one of those leaves who leave again. Assumptions.
fn stay_days(cause: Cause) -> f64 {
    match cause {
        Cause::Baseline | Cause::Background | Cause::Camouflage(_) | Cause::Peers | Cause::Purged => 150.0,
        Cause::Ripple | Cause::Viral | Cause::Shoutout | Cause::Press => 45.0,
        Cause::Giveaway | Cause::Order(_) | Cause::Reciprocal(_) => 20.0,
    }
}

/// The burst of a creator's story; empty where nothing happens. Sizes, courses and shares lost are assumptions.
fn event_wave(world: World<'_>, plan: &Plan, organic: u64, rng: &mut ChaCha8Rng) -> Wave {
    let post_s = plan.posts.get(plan.posts.len() / 2).map(|post| post.at_s);
    let any_s = world.captured_s - rng.random_range(5 * DAY_S..180 * DAY_S);
    let start_s = post_s.unwrap_or(any_s).max(plan.started_s + DAY_S);
    let any_s = any_s.max(plan.started_s + DAY_S);
    let (cause, course, share, lost_share, start_s, days) = match plan.story {
        Story::Viral => (Cause::Viral, decay([0.08, 1.5], rng), rng.random_range(0.2..0.4), 0.05, start_s, 6),
        Story::Giveaway => (Cause::Giveaway, decay([0.15, 1.0], rng), rng.random_range(0.12..0.25), 0.35, start_s, 6),
        Story::Shoutout => (Cause::Shoutout, decay([0.02, 0.4], rng), rng.random_range(0.08..0.25), 0.1, any_s, 4),
        Story::Press => {
            let days = rng.random_range(3..15);
            (Cause::Press, Course::Plateau, rng.random_range(0.08..0.2), 0.15, any_s, days)
        }
        Story::Untouched => (Cause::Ripple, Course::Plateau, 0.0, 0.0, any_s, 1),
    };
    wave(cause, course, (part(organic, share), lost_share), (start_s, (start_s + days * DAY_S).min(world.captured_s)))
}

/// A decay with so many days, least and most; between them log-uniform.
fn decay([least, most]: [f64; 2], rng: &mut ChaCha8Rng) -> Course {
    Course::Decay(least * (most / least).powf(rng.random()))
}

/// Small bursts now and then: a story shared, a mention, a list.
fn ripples(world: World<'_>, plan: &Plan, organic: u64, rng: &mut ChaCha8Rng) -> Vec<Wave> {
    let years = (world.captured_s - plan.started_s) as f64 / YEAR_S;
    let expected = world.scenario.organic.ripples_per_year * years;
    let n = if expected > 0.0 { Poisson::new(expected).map_or(0.0, |law| law.sample(rng)) } else { 0.0 };
    (0..(n as u32).min(60))
        .map(|_| {
            let share = (RIPPLE_SHARE * (RIPPLE_SD * normal(rng)).exp()).min(RIPPLE_MAX);
            let start_s = rng.random_range(plan.started_s..world.captured_s - DAY_S);
            let course = decay([0.03, 1.5], rng);
            let end_s = (start_s + 5 * DAY_S).min(world.captured_s);
            wave(Cause::Ripple, course, (part(organic, share), 0.15), (start_s, end_s))
        })
        .collect()
}

/// Followers whom the platform removed: of those there at that instant, a share that varies between creators.
fn purged(world: World<'_>, plan: &Plan, (steady, course): (u64, &Arc<WeeklyCourse>), rng: &mut ChaCha8Rng) -> Vec<Wave> {
    let mut waves = Vec::new();
    for purge in &world.scenario.organic.purges {
        let at_s = world.captured_s - (purge.days_ago * DAY_S as f64) as i64;
        let share = (purge.share * (PURGE_SD * normal(rng)).exp()).min(0.5);
        let there = course.share_before(at_s);
        // Where next to nobody was there yet, nobody is removed.
        if at_s > plan.started_s && there > 0.02 {
            let lost = part(steady, there * share / (1.0 - share));
            let course = Course::Weekly(Arc::clone(course));
            let times = (plan.started_s, at_s);
            waves.push(Wave { lost, ..wave(Cause::Purged, course, (0, 0.0), times) });
        }
    }
    waves
}
