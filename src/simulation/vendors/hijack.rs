//! Real accounts in the hands of a vendor: which ones, and since when.

use super::pool::PoolKind;
use crate::simulation::permutation::Permutation;
use crate::simulation::scenario::Scenario;

/// Which organic accounts the hijacked pools hold: the first places of a permutation of all organic accounts, one pool after
/// another, so that membership can be asked both ways without a list.
#[derive(Debug, Clone)]
pub(in crate::simulation) struct Hijack {
    shuffle: Permutation,
    /// Of each hijacked pool: its first place, how many places, its number.
    held: Vec<(u64, u64, usize)>,
}

impl Hijack {
    /// The victims of a scenario.
    pub(in crate::simulation) fn new(scenario: &Scenario, seed: u64) -> Self {
        let mut place = 0;
        let hijacked = scenario.pools.iter().enumerate().filter(|(_, pool)| pool.kind == PoolKind::Hijacked);
        let held = hijacked
            .map(|(number, pool)| {
                let start = place;
                place += u64::from(pool.accounts);
                (start, u64::from(pool.accounts), number)
            })
            .collect();
        Self { shuffle: Permutation::new(u64::from(scenario.accounts), seed ^ 0x7A4B), held }
    }

    /// The organic account at an index of a hijacked pool.
    pub(in crate::simulation) fn victim(&self, pool: usize, index: u32) -> u32 {
        let start = self.held.iter().find(|(.., number)| *number == pool).map_or(0, |(start, ..)| *start);
        self.shuffle.forward(start + u64::from(index)) as u32
    }

    /// The pool that holds an organic account, and the account's index in it.
    pub(in crate::simulation) fn holder(&self, organic: u32) -> Option<(usize, u32)> {
        if self.held.is_empty() {
            return None;
        }
        let place = self.shuffle.backward(u64::from(organic));
        let (start, _, number) = self.held.iter().find(|(start, size, _)| (*start..start + size).contains(&place))?;
        Some((*number, (place - start) as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::super::pool::Pool;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn victims_are_distinct_accounts_and_know_their_holder() {
        let pool = |name: &str, kind, accounts| Pool { name: name.into(), kind, accounts, ..Pool::default() };
        let pools = vec![pool("a", PoolKind::Hijacked, 300), pool("b", PoolKind::Batch, 50), pool("c", PoolKind::Hijacked, 200)];
        let scenario = Scenario { accounts: 1_037, pools, ..Scenario::default() };
        let hijack = Hijack::new(&scenario, 5);
        let all = [(0, 300), (2, 200)].into_iter().flat_map(|(pool, n)| (0..n).map(move |index| (pool, index)));
        let mut victims = HashSet::new();
        for (pool, index) in all {
            let victim = hijack.victim(pool, index);
            assert!(victim < 1_037 && victims.insert(victim));
            assert_eq!(hijack.holder(victim), Some((pool, index)));
        }
        let free = (0..1_037u32).filter(|&account| hijack.holder(account).is_none()).count();
        assert_eq!(free, 537);
    }
}
