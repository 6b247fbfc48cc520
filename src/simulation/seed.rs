//! Chance by counter: every entity has its own stream, so that nothing depends on order or threads.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::function::erf::{erfc, erfc_inv};
use std::f64::consts::SQRT_2;

/// What a stream of random numbers is for; each purpose of each entity has a stream of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    /// Size, niche, language and growth of a creator.
    Creator = 1,
    /// Which creators have a burst, an attacker or an inflated audience.
    Roles = 2,
    /// An organic account.
    Account = 3,
    /// An account of a vendor's pool.
    Pool = 4,
    /// A batch of accounts that a vendor made together.
    Batch = 5,
    /// A creator's orders.
    Orders = 6,
    /// A creator's follows.
    Follows = 7,
    /// A creator's posts and who engaged with them.
    Posts = 8,
    /// What is ordered for a creator's posts.
    Packages = 10,
    /// Which pool accounts react to a creator's posts.
    Deliveries = 11,
    /// What a member of a pod does on another's post.
    Pods = 12,
    /// How many camouflage follows a creator gets from a pool.
    Camouflage = 13,
    /// A text that a vendor uses again and again.
    Templates = 14,
    /// The fan circles of a community.
    Circles = 20,
    /// Whom a creator follows.
    Peers = 21,
}

/// The generator of one purpose of one entity: ChaCha8 keyed by the seed, its stream by purpose and index.
pub(super) fn stream(seed: u64, purpose: Stream, index: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(((purpose as u64) << 56) | index);
    rng
}

/// A standard normal number.
pub(super) fn normal(rng: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(rng)
}

/// A standard normal number between two bounds, by inversion.
pub(super) fn normal_between((low, high): (f64, f64), rng: &mut ChaCha8Rng) -> f64 {
    // The tail beyond 0 is exact where the other would be cut off by rounding.
    if low + high < 0.0 {
        return -normal_between((-high, -low), rng);
    }
    let beyond = |z: f64| 0.5 * erfc(z / SQRT_2);
    let share = beyond(high) + (beyond(low) - beyond(high)) * rng.random::<f64>();
    (SQRT_2 * erfc_inv(2.0 * share)).clamp(low, high)
}

/// One of the items, all equally likely.
///
/// # Panics
/// If there is none.
pub(super) fn pick<T: Copy>(rng: &mut ChaCha8Rng, items: &[T]) -> T {
    items[rng.random_range(0..items.len() as u32) as usize]
}

/// The index of a weight, drawn in proportion to it.
///
/// # Panics
/// If there is no weight.
pub(super) fn pick_weighted(rng: &mut ChaCha8Rng, weights: impl ExactSizeIterator<Item = f64> + Clone) -> usize {
    let last = weights.len().checked_sub(1).expect("scenarios without a class are refused");
    let mut left = rng.random::<f64>() * weights.clone().sum::<f64>();
    weights
        .take(last)
        .position(|weight| {
            left -= weight;
            left < 0.0
        })
        .unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_repeatable_and_differ_by_purpose_index_and_seed() {
        let first = |seed, purpose, index| stream(seed, purpose, index).random::<u64>();
        let base = first(1, Stream::Account, 5);
        assert_eq!(base, first(1, Stream::Account, 5));
        for other in [first(2, Stream::Account, 5), first(1, Stream::Account, 6), first(1, Stream::Pool, 5)] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn a_normal_between_bounds_is_spread_as_the_normal_there() {
        let mut rng = stream(1, Stream::Account, 0);
        for (low, high) in [(1.0, 3.0), (-3.0, -1.0)] {
            let drawn: Vec<f64> = (0..4_000).map(|_| normal_between((low, high), &mut rng)).collect();
            assert!(drawn.iter().all(|z| (low..=high).contains(z)));
            // Of the normal between 1 and 3, .1573, the part up to 1.5 is .0919: Φ(1) .8413, Φ(1.5) .9332, Φ(3) .9987.
            let inner = drawn.iter().filter(|z| z.abs() < 1.5).count() as f64 / 4_000.0;
            assert!((inner - 0.0919 / 0.1573).abs() < 0.025, "{inner}");
        }
    }

    #[test]
    fn weights_are_kept() {
        let mut rng = stream(1, Stream::Roles, 0);
        let hits = (0..4_000).filter(|_| pick_weighted(&mut rng, [3.0, 1.0].into_iter()) == 0).count();
        assert!((2_850..3_150).contains(&hits), "{hits}");
    }
}
