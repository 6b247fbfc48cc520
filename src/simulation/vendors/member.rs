//! One account of a pool, drawn anew whenever it is asked for, always the same.

use super::pool::{Pool, PoolClass, PoolKind};
use crate::simulation::cast::Actor;
use crate::simulation::follows::World;
use crate::simulation::handles::{HandleStyle, Template};
use crate::simulation::locales::{LOCALES, Locale, draw_locale, draw_locale_of};
use crate::simulation::profiles::ProfileClass;
use crate::simulation::scenario::Scenario;
use crate::simulation::seed::{Stream, normal, pick_weighted, stream};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// One account of a pool, and the stream from which the rest of its profile is drawn.
pub(in crate::simulation) struct PoolMember<'a> {
    pub class: &'a ProfileClass,
    pub created_s: i64,
    pub place: &'static Locale,
    pub style: HandleStyle,
    pub rng: ChaCha8Rng,
}

impl PoolMember<'_> {
    /// The standard normal behind the number of accounts followed.
    pub(in crate::simulation) fn activity(&mut self) -> f64 {
        normal(&mut self.rng)
    }
}

/// Who stands at an index of a pool.
pub(in crate::simulation) fn pool_actor(world: World<'_>, pool: usize, index: u32) -> Actor {
    match world.scenario.pools[pool].kind {
        PoolKind::Hijacked => Actor::Organic(world.market.hijack.victim(pool, index)),
        PoolKind::Batch | PoolKind::Aged | PoolKind::Polished | PoolKind::Mixed => Actor::Pool(pool, index),
    }
}

/// When the account at an index of a pool was made or, in a hijacked pool, taken over.
pub(in crate::simulation) fn taken_s(scenario: &Scenario, clock: (u64, i64), pool: usize, index: u32) -> i64 {
    let (begun_s, _) = batch(&scenario.pools[pool], clock, pool, index);
    let mut rng = stream(clock.0, Stream::Pool, ((pool as u64) << 32) | u64::from(index));
    begun_s + rng.random_range(0..scenario.pools[pool].batch_s())
}

/// When a batch was begun, and the stream from which what its accounts have in common is drawn.
fn batch(pool: &Pool, (seed, captured_s): (u64, i64), number: usize, index: u32) -> (i64, ChaCha8Rng) {
    let nth = index / pool.batch;
    let mut rng = stream(seed, Stream::Batch, ((number as u64) << 32) | u64::from(nth));
    (pool.begun_s(captured_s, nth, &mut rng), rng)
}

/// The account at `index` of a pool of made accounts.
pub(in crate::simulation) fn pool_member(world: World<'_>, number: usize, index: u32) -> PoolMember<'_> {
    let (pool, kinds) = (&world.scenario.pools[number], &world.market.kinds[number]);
    member_of((pool, kinds), (world.seed, world.captured_s), number, index)
}

fn member_of<'a>(
    (pool, kinds): (&Pool, &'a [PoolClass]),
    (seed, captured_s): (u64, i64),
    number: usize,
    index: u32,
) -> PoolMember<'a> {
    let (made_s, mut batch) = batch(pool, (seed, captured_s), number, index);
    let kind = &kinds[pick_weighted(&mut batch, kinds.iter().map(|class| class.profile.weight))];
    let language = LOCALES[draw_locale(&mut batch)].language;
    let template = Template::draw(pool.template_digits, &mut batch);
    let mut rng = stream(seed, Stream::Pool, ((number as u64) << 32) | u64::from(index));
    let style = if kind.batch_made { HandleStyle::Template(template) } else { own_or_template(template, &mut rng) };
    let created_s = if kind.batch_made {
        made_s + rng.random_range(0..pool.batch_s())
    } else {
        let at_least = (captured_s - made_s) as f64 / 86_400.0;
        (captured_s - (kind.profile.draw_age_days(at_least, &mut rng) * 86_400.0) as i64).min(made_s)
    };
    let place = &LOCALES[draw_locale_of(language, &mut rng)];
    PoolMember { class: &kind.profile, created_s, place, style, rng }
}

fn own_or_template(template: Template, rng: &mut ChaCha8Rng) -> HandleStyle {
    if rng.random_bool(0.5) { HandleStyle::Own } else { HandleStyle::Template(template) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_made_within_hours_one_after_another_until_shortly_before_the_capture() {
        let pool = Pool { kind: PoolKind::Batch, ..Pool::default() };
        let (kinds, captured_s) = (pool.kinds(), 1_780_000_000);
        let made = |index: u32| member_of((&pool, &kinds), (3, captured_s), 0, index).created_s;
        let mut before = 0;
        for start in (0..pool.accounts).step_by(200) {
            let created: Vec<i64> = (start..start + 200).map(made).collect();
            let (first, last) = (*created.iter().min().unwrap(), *created.iter().max().unwrap());
            assert!(before < last && last - first < 6 * 3_600 && last < captured_s);
            before = first;
        }
        let youngest = (captured_s - made(pool.accounts - 1)) / 86_400;
        assert!((5..30).contains(&youngest), "{youngest} days old");
    }

    #[test]
    fn stocked_accounts_are_older_than_their_stock_and_share_no_second() {
        for kind in [PoolKind::Aged, PoolKind::Polished] {
            let pool = Pool { kind, made_days: [900.0, 2_000.0], ..Pool::default() };
            let (kinds, captured_s) = (pool.kinds(), 1_780_000_000);
            let mut seconds: Vec<i64> = (0..4_000)
                .map(|index| {
                    let (begun_s, _) = batch(&pool, (3, captured_s), 0, index);
                    let created_s = member_of((&pool, &kinds), (3, captured_s), 0, index).created_s;
                    assert!(created_s <= begun_s);
                    created_s
                })
                .collect();
            seconds.sort_unstable();
            seconds.dedup();
            assert!(seconds.len() > 3_990, "{} of 4,000", seconds.len());
        }
    }

    #[test]
    fn places_are_those_of_people() {
        let pool = Pool { accounts: 200_000, ..Pool::default() };
        let kinds = pool.kinds();
        let drawn = |index: u32| member_of((&pool, &kinds), (3, 1_780_000_000), 0, index * 50).place;
        let share = |country: &str| (0..4_000).filter(|&index| drawn(index).country == country).count() as f64 / 4_000.0;
        for country in ["US", "GB", "MX", "PT", "ID"] {
            let people: f64 = LOCALES.iter().filter(|place| place.country == country).map(|place| place.weight).sum();
            assert!((share(country) - people).abs() < 0.05, "{country}: {} against {people}", share(country));
        }
    }
}
