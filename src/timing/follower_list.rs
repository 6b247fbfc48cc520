//! The followers of one creator in the order in which they came.

use crate::domain::{AccountId, Dataset};

/// What the order of a list rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOrder {
    /// The places in the platform's own list.
    Position,
    /// The times of the follows.
    Time,
}

/// Followers of one creator, the oldest first; all columns have one slot a follower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowerList {
    /// Who follows.
    pub follower: Vec<AccountId>,
    /// When the account was made, in UTC milliseconds.
    pub created_at_ms: Vec<Option<i64>>,
    /// When it followed, in UTC milliseconds.
    pub followed_at_ms: Vec<Option<i64>>,
    /// No follow is later than this, in UTC milliseconds.
    pub captured_at_ms: Option<i64>,
    /// No follow is earlier than this: when the creator's account was made, in UTC milliseconds.
    pub opened_at_ms: Option<i64>,
    /// What the order rests on.
    pub order: ListOrder,
    /// Followers left out, since nothing says where they belong.
    pub n_unplaced: usize,
}

impl FollowerList {
    /// The list of a creator, given the rows of `follows` that point at it.
    ///
    /// The order is that of `position` if as many rows have one as have a time, else that of `followed_at`; equal keys stay in
    /// reading order, of positions reversed (the platform lists the newest first).
    ///
    /// # Missing
    /// `None` if no row has either. Rows without the key are left out and counted.
    ///
    /// # Cost
    /// O(F log F).
    pub fn of(dataset: &Dataset, creator: AccountId, rows: &[usize]) -> Option<Self> {
        let follows = &dataset.follows;
        let n_known = |known: &dyn Fn(usize) -> bool| rows.iter().filter(|&&row| known(row)).count();
        let n_positions = n_known(&|row| follows.position.get(row).is_some());
        let n_times = n_known(&|row| follows.followed_at.get(row).is_some());
        if n_positions.max(n_times) == 0 {
            return None;
        }
        let order = if n_positions >= n_times { ListOrder::Position } else { ListOrder::Time };
        let placed = match order {
            ListOrder::Position => {
                let mut keyed: Vec<(u64, usize)> =
                    rows.iter().filter_map(|&row| Some((follows.position.get(row)?, row))).collect();
                keyed.sort_by_key(|&(position, _)| position);
                keyed.into_iter().rev().map(|(_, row)| row).collect::<Vec<_>>()
            }
            ListOrder::Time => {
                let mut keyed: Vec<(i64, usize)> =
                    rows.iter().filter_map(|&row| Some((follows.followed_at.get(row)?, row))).collect();
                keyed.sort_by_key(|&(at, _)| at);
                keyed.into_iter().map(|(_, row)| row).collect()
            }
        };
        let created_at = |account: AccountId| dataset.accounts.created_at.get(account.index());
        Some(Self {
            follower: placed.iter().map(|&row| follows.follower[row]).collect(),
            created_at_ms: placed.iter().map(|&row| created_at(follows.follower[row])).collect(),
            followed_at_ms: placed.iter().map(|&row| follows.followed_at.get(row)).collect(),
            captured_at_ms: dataset.captured_at().map(|time| time.ms()),
            opened_at_ms: created_at(creator),
            order,
            n_unplaced: rows.len() - placed.len(),
        })
    }

    /// How many followers it holds.
    pub fn len(&self) -> usize {
        self.follower.len()
    }

    /// Whether it holds nobody.
    pub fn is_empty(&self) -> bool {
        self.follower.is_empty()
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// A list of made-up followers, oldest first, of whom only the dates of creation are known.
    pub fn dated(created_at_ms: &[Option<i64>]) -> FollowerList {
        let mut interner = crate::domain::Interner::default();
        let follower = (0..created_at_ms.len()).map(|rank| AccountId(interner.intern(&rank.to_string()))).collect();
        FollowerList {
            follower,
            created_at_ms: created_at_ms.to_vec(),
            followed_at_ms: vec![None; created_at_ms.len()],
            captured_at_ms: None,
            opened_at_ms: None,
            order: ListOrder::Position,
            n_unplaced: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three followers of a creator; the second is the oldest account.
    fn list(positions: [Option<u64>; 3], times: [Option<i64>; 3]) -> Option<FollowerList> {
        let mut dataset = Dataset::default();
        let [creator, followers @ ..] = ["star", "a", "b", "c"].map(|name| AccountId(dataset.ids.intern(name)));
        dataset.accounts.created_at.set(creator.index(), 5);
        dataset.accounts.created_at.set(followers[1].index(), 7);
        dataset.follows.follower = followers.to_vec();
        dataset.follows.followed = vec![creator; 3];
        dataset.follows.position = positions.into_iter().collect();
        dataset.follows.followed_at = times.into_iter().collect();
        FollowerList::of(&dataset, creator, &[0, 1, 2])
    }

    #[test]
    fn positions_order_the_newest_last() {
        let list = list([Some(0), Some(9), None], [Some(30), None, None]).unwrap();
        assert_eq!((list.len(), list.order, list.n_unplaced), (2, ListOrder::Position, 1));
        assert_eq!((list.created_at_ms, list.followed_at_ms), (vec![Some(7), None], vec![None, Some(30)]));
        assert_eq!((list.opened_at_ms, list.captured_at_ms), (Some(5), None));
    }

    #[test]
    fn times_order_where_more_is_known_of_them() {
        let list = list([Some(0), None, None], [Some(30), Some(20), None]).unwrap();
        assert_eq!((list.order, list.followed_at_ms), (ListOrder::Time, vec![Some(20), Some(30)]));
    }

    #[test]
    fn a_list_without_any_order_is_none() {
        assert_eq!(list([None; 3], [None; 3]), None);
    }
}
