//! The same accounts in the same order on several posts.

use crate::statistics::ln_poisson_tail;
use std::collections::HashMap;

/// Returning commenters, summed over pairs of posts, from which the order says something.
const MIN_RETURNS: u64 = 10;
/// Posts that are compared, the last ones: beyond, their pairs cost more than they tell.
const MAX_POSTS: usize = 200;

/// How often one account directly follows another on more than one post.
///
/// Over all pairs of posts i < j, R counts the ordered pairs of accounts of which the second comes directly after the first on both. If
/// each post's order were shuffled, E R = Σ C_ij (C_ij − 1) / (n_i n_j), where n_i accounts are on post i and C_ij on both.
///
/// # Source
/// By counting: a given account follows another directly in 1/n of all orders of n accounts. The count is taken for Poisson.
///
/// # Examples
/// ```
/// use bonafide::timing::RepeatedOrder;
/// let scripted = vec![(0..8).collect::<Vec<u32>>(); 3];
/// let order = RepeatedOrder::of(&scripted).unwrap();
/// assert_eq!((order.repeats_count, order.recurring_share()), (3 * 7, 1.0));
/// assert!((order.expected_count - 3.0 * 56.0 / 64.0).abs() < 1e-12 && order.log10_p() < -10.0);
/// assert!(RepeatedOrder::of(&[vec![1, 2, 3], vec![4, 5, 6]]).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepeatedOrder {
    /// Places at which an account directly follows another.
    pub successions_count: u64,
    /// Of these, those whose two accounts do so on another post too.
    pub recurring_count: u64,
    /// R.
    pub repeats_count: u64,
    /// E R under shuffled order.
    pub expected_count: f64,
}

impl RepeatedOrder {
    /// Of the accounts on each post, each once, in the order of their first action; of more than 200 posts, the last 200 are taken.
    ///
    /// # Missing
    /// `None` where accounts return so little (fewer than 10 in all pairs of posts) that order says nothing.
    ///
    /// # Cost
    /// O(posts²), and a step for each pair of posts that an account is on.
    pub fn of(posts: &[Vec<u32>]) -> Option<Self> {
        let posts = &posts[posts.len().saturating_sub(MAX_POSTS)..];
        let common = common_accounts(posts);
        if common.values().sum::<u64>() < MIN_RETURNS {
            return None;
        }
        // Summed in one order, whatever the map's.
        let mut pairs: Vec<(&(u32, u32), &u64)> = common.iter().collect();
        pairs.sort_unstable();
        let length = |post: u32| posts[post as usize].len() as f64;
        let expected =
            |&(&(i, j), &shared): &(&(u32, u32), &u64)| (shared * shared.saturating_sub(1)) as f64 / (length(i) * length(j));
        let mut successions: HashMap<(u32, u32), u64> = HashMap::new();
        for two in posts.iter().flat_map(|post| post.windows(2)) {
            *successions.entry((two[0], two[1])).or_default() += 1;
        }
        let recurring = || successions.values().filter(|count| **count >= 2);
        Some(Self {
            successions_count: successions.values().sum(),
            recurring_count: recurring().sum(),
            repeats_count: recurring().map(|count| count * (count - 1) / 2).sum(),
            expected_count: pairs.iter().map(expected).sum(),
        })
    }

    /// Recurring successions as a share of all.
    pub fn recurring_share(&self) -> f64 {
        self.recurring_count as f64 / self.successions_count.max(1) as f64
    }

    /// log10 of the probability of as many repeats under shuffled order.
    pub fn log10_p(&self) -> f64 {
        ln_poisson_tail(self.repeats_count, self.expected_count) / std::f64::consts::LN_10
    }
}

/// Accounts on both of two posts, for each two that share any.
fn common_accounts(posts: &[Vec<u32>]) -> HashMap<(u32, u32), u64> {
    let mut posts_of: HashMap<u32, Vec<u32>> = HashMap::new();
    for (number, post) in posts.iter().enumerate() {
        for &account in post {
            posts_of.entry(account).or_default().push(number as u32);
        }
    }
    let mut common = HashMap::new();
    for on in posts_of.values() {
        for (at, &first) in on.iter().enumerate() {
            on[at + 1..].iter().for_each(|&second| *common.entry((first, second)).or_default() += 1);
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(items: &[u32]) -> Vec<Vec<u32>> {
        if items.is_empty() {
            return vec![Vec::new()];
        }
        let rest = |skip: u32| items.iter().copied().filter(|&item| item != skip).collect::<Vec<_>>();
        items.iter().flat_map(|&first| orders(&rest(first)).into_iter().map(move |tail| [vec![first], tail].concat())).collect()
    }

    #[test]
    fn the_expectation_is_the_mean_over_all_orders() {
        let (first, second) = ([1, 2, 3, 4], [2, 3, 4, 5]);
        // Three posts, so that accounts return ten times and more: 3 + 3 + 4.
        let (mut sum, mut n) = (0.0, 0.0);
        let mut expected = None;
        for a in orders(&first) {
            for b in orders(&second) {
                for c in orders(&first) {
                    let order = RepeatedOrder::of(&[a.clone(), b.clone(), c]).unwrap();
                    (sum, n) = (sum + order.repeats_count as f64, n + 1.0);
                    expected = Some(order.expected_count);
                }
            }
        }
        // 3·2/16 + 3·2/16 + 4·3/16
        assert!((expected.unwrap() - 1.5_f64).abs() < 1e-12 && (sum / n - 1.5_f64).abs() < 1e-9, "{}", sum / n);
    }

    #[test]
    fn independent_orders_repeat_as_often_as_expected() {
        use rand::SeedableRng;
        use rand::seq::SliceRandom;
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(5);
        let posts: Vec<Vec<u32>> = (0..40)
            .map(|_| {
                let mut accounts: Vec<u32> = (0..60).collect();
                accounts.shuffle(&mut rng);
                accounts
            })
            .collect();
        let order = RepeatedOrder::of(&posts).unwrap();
        assert!((order.repeats_count as f64 - order.expected_count).abs() < 4.0 * order.expected_count.sqrt(), "{order:?}");
        assert!(order.log10_p() > -4.0);
    }

    #[test]
    fn is_missing_where_nobody_returns() {
        assert!(RepeatedOrder::of(&[]).is_none() && RepeatedOrder::of(&[vec![1, 2]]).is_none());
    }
}
