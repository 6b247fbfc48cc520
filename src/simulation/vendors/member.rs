//! One account of a pool, drawn anew whenever it is asked for, always the same.

use super::pool::{Pool, PoolClass, PoolKind};
use crate::simulation::cast::Actor;
use crate::simulation::follows::World;
use crate::simulation::handles::HandleStyle;
use crate::simulation::profiles::ProfileClass;
use crate::simulation::scenario::Scenario;
use crate::simulation::seed::{Stream, normal, pick_weighted, stream};
use crate::simulation::words::LANGUAGES;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// One account of a pool, and the stream from which the rest of its profile is drawn.
pub(in crate::simulation) struct PoolMember<'a> {
    pub class: &'a ProfileClass,
    pub created_s: i64,
    pub language: usize,
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
    begun_s + rng.random_range(0..batch_s(&scenario.pools[pool]))
}

/// Seconds within which a batch is made.
fn batch_s(pool: &Pool) -> i64 {
    ((pool.batch_h * 3_600.0) as i64).max(1)
}

/// When a batch was begun, and the stream from which what its accounts have in common is drawn.
fn batch(pool: &Pool, (seed, captured_s): (u64, i64), number: usize, index: u32) -> (i64, ChaCha8Rng) {
    let mut rng = stream(seed, Stream::Batch, ((number as u64) << 32) | u64::from(index / pool.batch));
    let [last, first] = pool.made_days;
    let days = last + (first - last) * rng.random::<f64>();
    // A batch is complete before the last day on which one may be made.
    (captured_s - (days * 86_400.0) as i64 - batch_s(pool), rng)
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
    let language = batch.random_range(0..LANGUAGES.len() as u32) as usize;
    let digits = batch.random_range(pool.template_digits[0]..=pool.template_digits[1]);
    let mut rng = stream(seed, Stream::Pool, ((number as u64) << 32) | u64::from(index));
    let style = if kind.batch_made { HandleStyle::Template(digits) } else { own_or_template(digits, &mut rng) };
    let created_s = if kind.batch_made {
        made_s + rng.random_range(0..batch_s(pool))
    } else {
        (captured_s - (kind.profile.draw_age_days(&mut rng) * 86_400.0) as i64).min(made_s)
    };
    PoolMember { class: &kind.profile, created_s, language, style, rng }
}

fn own_or_template(digits: u32, rng: &mut ChaCha8Rng) -> HandleStyle {
    if rng.random_bool(0.5) { HandleStyle::Own } else { HandleStyle::Template(digits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pool_accounts_exist_before_the_first_order_and_batches_are_made_within_hours() {
        let pool = Pool { kind: PoolKind::Batch, ..Pool::default() };
        let (kinds, captured_s) = (pool.kinds(), 1_780_000_000);
        for start in [0, 200, 1_800] {
            let created: Vec<i64> =
                (start..start + 200).map(|index| member_of((&pool, &kinds), (3, captured_s), 0, index).created_s).collect();
            let (first, last) = (created.iter().min().unwrap(), created.iter().max().unwrap());
            assert!(*last <= captured_s - 300 * 86_400 && last - first < 6 * 3_600);
        }
    }
}
