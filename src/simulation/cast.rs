//! Everybody who has an account, under one numbering, and the ids that the export shows.

use super::scenario::Scenario;

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Actor {
    /// A creator, by its index.
    Creator(u32),
    /// An organic account, by its index.
    Organic(u32),
    /// An account made for a pool: the pool's number and the index in it. Hijacked accounts are organic ones.
    Pool(usize, u32),
}

impl Actor {
    /// A number that says nothing of whose account it is: the order of rows with one time.
    pub(super) fn lot(self) -> u64 {
        mixed(match self {
            Self::Creator(index) => u64::from(index),
            Self::Organic(index) => 1 << 32 | u64::from(index),
            Self::Pool(pool, index) => (2 + pool as u64) << 32 | u64::from(index),
        })
    }
}

/// The numbering: creators, then organic accounts, then pool after pool.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    creators: u64,
    accounts: u64,
    pool_starts: Vec<u64>,
    total: u64,
    key: u64,
}

impl Cast {
    /// The cast of a scenario; ids depend on the seed.
    pub(super) fn new(scenario: &Scenario, seed: u64) -> Self {
        let (creators, accounts) = (u64::from(scenario.creators), u64::from(scenario.accounts));
        let mut total = creators + accounts;
        let pool_starts = scenario
            .pools
            .iter()
            .map(|pool| {
                let start = total;
                total += pool.made_accounts();
                start
            })
            .collect();
        Self { creators, accounts, pool_starts, total, key: mixed(seed) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        self.total
    }

    /// The number of an account.
    pub(super) fn number(&self, actor: Actor) -> u64 {
        match actor {
            Actor::Creator(index) => u64::from(index),
            Actor::Organic(index) => self.creators + u64::from(index),
            Actor::Pool(pool, index) => self.pool_starts[pool] + u64::from(index),
        }
    }

    /// The account of a number.
    pub(super) fn actor(&self, number: u64) -> Actor {
        if number < self.creators {
            return Actor::Creator(number as u32);
        }
        if number < self.creators + self.accounts {
            return Actor::Organic((number - self.creators) as u32);
        }
        let pool = self.pool_starts.partition_point(|&start| start <= number) - 1;
        Actor::Pool(pool, (number - self.pool_starts[pool]) as u32)
    }

    /// The id of an account, as a number: a permutation, so that it says nothing of what the account is.
    pub(super) fn account_id(&self, actor: Actor) -> u64 {
        self.id(self.number(actor))
    }

    /// The id of the account of a number.
    pub(super) fn id(&self, number: u64) -> u64 {
        shuffled_id(number, self.key)
    }

    /// The number of the account of an id.
    pub(super) fn number_of(&self, id: u64) -> u64 {
        number_behind(id, self.key)
    }

    /// The id of the `nth` post of a creator.
    pub(super) fn post_id(&self, creator: u32, nth: u32) -> u64 {
        shuffled_id((u64::from(creator) << 14) | u64::from(nth), self.key ^ 0x5DEE_CE66)
    }
}

/// Bits of a half of a small and of a large number, and what is added to them.
const SMALL: (u32, u64) = (16, 1_000_000_000);
const LARGE: (u32, u64) = (21, 6_000_000_000_000);

/// A number of 10 digits below 2^30, else of 13: a Feistel network of four rounds over 32 or 42 bits, hence no two alike.
fn shuffled_id(number: u64, key: u64) -> u64 {
    let (half_bits, base) = if number < 1 << 30 { SMALL } else { LARGE };
    let mask = (1u64 << half_bits) - 1;
    let (mut left, mut right) = (number >> half_bits & mask, number & mask);
    for round in 0..4 {
        (left, right) = (right, left ^ (mixed(right ^ key.rotate_left(round * 16)) & mask));
    }
    base + ((left << half_bits) | right)
}

/// The number of which this is the shuffled id.
fn number_behind(id: u64, key: u64) -> u64 {
    let (half_bits, base) = if id < LARGE.1 { SMALL } else { LARGE };
    let mask = (1u64 << half_bits) - 1;
    let (mut left, mut right) = ((id - base) >> half_bits & mask, (id - base) & mask);
    for round in (0..4).rev() {
        (left, right) = (right ^ (mixed(left ^ key.rotate_left(round * 16)) & mask), left);
    }
    (left << half_bits) | right
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
pub(super) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_go_there_and_back_and_ids_are_unique() {
        let cast = Cast::new(&Scenario::default(), 9);
        let ids: HashSet<u64> = (0..cast.len())
            .map(|number| {
                let actor = cast.actor(number);
                assert_eq!(cast.number(actor), number);
                assert_eq!(cast.number_of(cast.account_id(actor)), number);
                cast.account_id(actor)
            })
            .collect();
        assert_eq!(ids.len() as u64, cast.len());
    }

    #[test]
    fn small_and_large_numbers_do_not_meet() {
        assert!(shuffled_id((1 << 30) - 1, 7) < 6_000_000_000);
        assert!(shuffled_id(1 << 30, 7) >= 6_000_000_000_000);
        for number in [0, 5, (1 << 30) - 1, 1 << 30, (1 << 41) + 99] {
            assert_eq!(number_behind(shuffled_id(number, 7), 7), number);
        }
    }
}
