//! Orders of followers put into a real list.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Accounts of one order. The size of the published experiment.
pub(super) const ORDERED: usize = 1_000;
/// Seconds of a day.
const DAY_S: i64 = 86_400;
/// Days within which a vendor made the accounts of a batch. Assumption.
const MADE_WITHIN_DAYS: i64 = 30;
/// Days that a bulk delivery and a drip take, by the list's own clock. Assumption.
const BULK_DAYS: i64 = 1;
const DRIP_DAYS: i64 = 30;

/// How an order is made up and delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OrderKind {
    pub(super) name: &'static str,
    /// Old accounts rather than accounts made together for the purpose.
    pub(super) is_aged: bool,
    /// Over weeks rather than at once.
    pub(super) is_drip: bool,
}

pub(super) const KINDS: [OrderKind; 4] = [
    OrderKind { name: "made together, bulk", is_aged: false, is_drip: false },
    OrderKind { name: "made together, drip", is_aged: false, is_drip: true },
    OrderKind { name: "aged, bulk", is_aged: true, is_drip: false },
    OrderKind { name: "aged, drip", is_aged: true, is_drip: true },
];

/// A list with an order in it.
pub(super) struct Injected {
    /// When each account was made, in UTC milliseconds, the oldest follower first.
    pub(super) created_at_ms: Vec<Option<i64>>,
    /// Whether it was ordered.
    pub(super) is_ordered: Vec<bool>,
}

/// Puts an order into a list of creation times in seconds, at a place between a fifth and four fifths of it. Accounts made together were
/// made within a month before the newest account so far; aged ones on days on which earlier followers' accounts were made.
pub(super) fn inject(list: &[i64], kind: OrderKind, random: &mut ChaCha8Rng) -> Injected {
    let n = list.len();
    let at = random.random_range(n / 5..n * 4 / 5);
    let newest: Vec<i64> = list
        .iter()
        .scan(i64::MIN, |newest, &date| {
            *newest = date.max(*newest);
            Some(*newest)
        })
        .collect();
    let days = if kind.is_drip { DRIP_DAYS } else { BULK_DAYS };
    let last = newest.partition_point(|&date| date < newest[at] + days * DAY_S).clamp(at + 1, n);
    let mut places: Vec<usize> = (0..ORDERED).map(|_| random.random_range(at..=last)).collect();
    places.sort_unstable();
    let mut injected = Injected { created_at_ms: Vec::with_capacity(n + ORDERED), is_ordered: Vec::with_capacity(n + ORDERED) };
    let mut push = |date_s: i64, is_ordered| {
        injected.created_at_ms.push(Some(date_s * 1_000));
        injected.is_ordered.push(is_ordered);
    };
    let mut places = places.into_iter().peekable();
    for rank in 0..=n {
        while places.next_if_eq(&rank).is_some() {
            let made = match kind.is_aged {
                true => list[random.random_range(0..at)],
                false => newest[at] - random.random_range(0..MADE_WITHIN_DAYS * DAY_S),
            };
            push(made, true);
        }
        if let Some(&date) = list.get(rank) {
            push(date, false);
        }
    }
    injected
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn an_order_changes_nobody_else_and_stands_together() {
        let list: Vec<i64> = (0..5_000).map(|rank| 1_000_000_000 + rank * 3_600).collect();
        for kind in KINDS {
            let injected = inject(&list, kind, &mut ChaCha8Rng::seed_from_u64(1));
            let ordered: Vec<usize> = (0..6_000).filter(|&rank| injected.is_ordered[rank]).collect();
            assert_eq!((injected.created_at_ms.len(), ordered.len()), (6_000, ORDERED), "{}", kind.name);
            let rest =
                (0..6_000).filter(|&rank| !injected.is_ordered[rank]).map(|rank| injected.created_at_ms[rank].unwrap() / 1_000);
            assert!(rest.eq(list.iter().copied()));
            let stretch = ordered[ORDERED - 1] - ordered[0];
            assert!(stretch < if kind.is_drip { 1_800 } else { 1_030 }, "{}: {stretch}", kind.name);
        }
    }
}
