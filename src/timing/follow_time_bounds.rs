//! When followers came, from the order of a list and the dates at which their accounts were made.

use super::follower_list::FollowerList;
use crate::statistics::{mean, quantile};

/// Bounds and an estimate of each follow's time, in UTC milliseconds, in the order of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowTimeBounds {
    /// Not earlier than this.
    pub lower_ms: Vec<Option<i64>>,
    /// Not later than this.
    pub upper_ms: Vec<Option<i64>>,
    /// Between the two, by rank between the followers whose time is nearly known.
    pub estimate_ms: Vec<Option<i64>>,
    /// Creation dates that contradict a later time and were not used.
    pub n_dates_ignored: usize,
    /// Known follow times that contradict the order; they stand at their own place and bound nobody else.
    pub n_times_out_of_order: usize,
}

/// How far estimates lie from what is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FollowTimeError {
    /// Follows compared.
    pub n: usize,
    /// Middle of the absolute differences, in hours.
    pub median_hours: f64,
    /// Their mean, in hours.
    pub mean_hours: f64,
    /// Nine in ten are smaller, in hours.
    pub p90_hours: f64,
    /// Share of the known times within their bounds, 0 to 1.
    pub within_bounds_share: f64,
}

/// Milliseconds of one hour.
const HOUR_MS: f64 = 3_600_000.0;

/// Bounds every follow's time: lower(r) = max over q ≤ r of created(q), since nobody follows before they exist and the list is in
/// order; upper(r) = the earliest known follow time at r or later, at most the time of capture. Follows whose time is known
/// bound those after and before them. The estimate takes a follower whose creation date is the newest so far as having followed
/// at once, and runs between such followers in equal steps by rank, up to the time of capture.
///
/// # Missing
/// A bound is `None` where nothing says anything. A creation date later than the upper bound of its own follow is wrong, or the
/// order is: it is ignored and counted. Known times that are not in order: a longest run of them that is stands for the order.
///
/// # Cost
/// O(F log n) for n known times, O(F) memory.
///
/// # Source
/// Meeder, Karrer, Sayedi, Ravi, Borgs and Chayes, *We know who you followed last summer: inferring social link creation times in
/// Twitter*, WWW 2011: the running maximum; steps between record dates as in Zouzou and Varol, *Unsupervised detection of
/// coordinated fake-follower campaigns on social media*, EPJ Data Science 2024. Known times and upper bounds are ours.
pub fn bound_follow_times(list: &FollowerList) -> FollowTimeBounds {
    let n = list.len();
    let captured_ms = list.captured_at_ms;
    let possible = |at: &Option<i64>| at.is_some_and(|at| captured_ms.is_none_or(|captured| at <= captured));
    let times: Vec<Option<i64>> = list.followed_at_ms.iter().map(|at| at.filter(|_| possible(at))).collect();
    let in_order = longest_ordered(&times);
    let mut upper_ms = vec![captured_ms; n];
    let mut earliest = captured_ms;
    for rank in (0..n).rev() {
        earliest = if in_order[rank] { times[rank] } else { earliest };
        upper_ms[rank] = earliest;
    }
    let mut bounds = FollowTimeBounds { upper_ms, lower_ms: Vec::with_capacity(n), ..FollowTimeBounds::default() };
    let mut latest = list.opened_at_ms.filter(|&opened| bounds.upper_ms.first().is_some_and(|&upper| is_before(opened, upper)));
    let mut anchors: Vec<(usize, i64)> = Vec::new();
    for rank in 0..n {
        let created = list.created_at_ms[rank].filter(|&created| is_before(created, bounds.upper_ms[rank]));
        bounds.n_dates_ignored += usize::from(created.is_none() && list.created_at_ms[rank].is_some());
        let known = times[rank].filter(|_| in_order[rank]);
        if known.is_some() || created > latest {
            latest = latest.max(created).max(known);
            anchors.extend(latest.map(|at| (rank, at)));
        }
        bounds.lower_ms.push(latest);
    }
    bounds.estimate_ms = between_anchors(&anchors, &bounds, captured_ms);
    for (rank, &at) in list.followed_at_ms.iter().enumerate().filter(|&(rank, at)| at.is_some() && !in_order[rank]) {
        bounds.n_times_out_of_order += 1;
        for column in [&mut bounds.lower_ms, &mut bounds.upper_ms, &mut bounds.estimate_ms] {
            column[rank] = at;
        }
    }
    bounds
}

impl FollowTimeBounds {
    /// How far the estimates lie from known times; give those that the bounds were *not* made from.
    ///
    /// # Missing
    /// `None` if no follow has both.
    ///
    /// # Cost
    /// O(F log F).
    pub fn error(&self, known_ms: &[Option<i64>]) -> Option<FollowTimeError> {
        let mut hours = Vec::new();
        let mut n_within = 0_usize;
        for (rank, known) in known_ms.iter().enumerate() {
            let (Some(known), Some(&Some(estimate))) = (*known, self.estimate_ms.get(rank)) else { continue };
            hours.push((estimate - known).abs() as f64 / HOUR_MS);
            let is_late_enough = self.lower_ms[rank].is_none_or(|lower| lower <= known);
            n_within += usize::from(is_late_enough && is_before(known, self.upper_ms[rank]));
        }
        Some(FollowTimeError {
            n: hours.len(),
            median_hours: quantile(&hours, 0.5)?,
            mean_hours: mean(&hours)?,
            p90_hours: quantile(&hours, 0.9)?,
            within_bounds_share: n_within as f64 / hours.len() as f64,
        })
    }
}

/// Not after a bound, if there is one.
fn is_before(at: i64, upper: Option<i64>) -> bool {
    upper.is_none_or(|upper| at <= upper)
}

/// Which of the known times belong to one longest run that never falls (patience sorting).
fn longest_ordered(times: &[Option<i64>]) -> Vec<bool> {
    let mut tails: Vec<(i64, usize)> = Vec::new();
    let mut before = vec![usize::MAX; times.len()];
    for (rank, at) in times.iter().enumerate().filter_map(|(rank, at)| Some((rank, (*at)?))) {
        let length = tails.partition_point(|&(tail, _)| tail <= at);
        if length > 0 {
            before[rank] = tails[length - 1].1;
        }
        match tails.get_mut(length) {
            Some(tail) => *tail = (at, rank),
            None => tails.push((at, rank)),
        }
    }
    let mut chosen = vec![false; times.len()];
    let mut at = tails.last().map_or(usize::MAX, |&(_, rank)| rank);
    while at != usize::MAX {
        chosen[at] = true;
        at = before[at];
    }
    chosen
}

/// Equal steps by rank from one anchor to the next; before the first its own time, after the last up to the time of capture.
fn between_anchors(anchors: &[(usize, i64)], bounds: &FollowTimeBounds, captured_ms: Option<i64>) -> Vec<Option<i64>> {
    let n = bounds.upper_ms.len();
    let Some(&(_, first_at)) = anchors.first() else { return bounds.lower_ms.clone() };
    let mut estimates = vec![Some(first_at); n];
    let end = anchors.last().map(|&(_, at)| (n, captured_ms.unwrap_or(at).max(at)));
    let nexts = anchors.iter().skip(1).copied().chain(end);
    for (&(from, from_at), (to, to_at)) in anchors.iter().zip(nexts) {
        let step = (to_at - from_at) as f64 / (to - from) as f64;
        for (place, estimate) in estimates[from..to].iter_mut().enumerate() {
            *estimate = Some(from_at + (step * place as f64) as i64);
        }
    }
    estimates
}

#[cfg(test)]
mod tests {
    use super::super::follower_list::testing::dated;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_a_lower_bound_of_all_that_follow_later() {
        // By hand: records at ranks 0, 2 and 5; nothing is known of rank 3.
        let mut list = dated(&[Some(100), Some(50), Some(300), None, Some(200), Some(600)]);
        list.captured_at_ms = Some(700);
        let bounds = bound_follow_times(&list);
        assert_eq!(bounds.lower_ms, [100, 100, 300, 300, 300, 600].map(Some));
        assert_eq!(bounds.upper_ms, [Some(700); 6]);
        assert_eq!(bounds.estimate_ms, [100, 200, 300, 400, 500, 600].map(Some));
    }

    #[test]
    fn known_times_bound_their_neighbours_on_both_sides() {
        let mut list = dated(&[Some(10), None, None, None]);
        list.followed_at_ms[2] = Some(90);
        list.opened_at_ms = Some(5);
        let bounds = bound_follow_times(&list);
        assert_eq!(bounds.lower_ms, [10, 10, 90, 90].map(Some));
        assert_eq!(bounds.upper_ms, [Some(90), Some(90), Some(90), None]);
        assert_eq!(bounds.estimate_ms, [10, 50, 90, 90].map(Some));
    }

    #[test]
    fn dates_that_cannot_be_are_ignored_and_counted() {
        let mut list = dated(&[Some(10), Some(999), Some(20)]);
        list.captured_at_ms = Some(100);
        let bounds = bound_follow_times(&list);
        assert_eq!((bounds.lower_ms, bounds.n_dates_ignored), (vec![Some(10), Some(10), Some(20)], 1));
    }

    #[test]
    fn times_out_of_order_bound_only_themselves() {
        let mut list = dated(&[None; 5]);
        list.followed_at_ms = [10, 20, 3, 30, 40].map(Some).to_vec();
        let bounds = bound_follow_times(&list);
        assert_eq!((bounds.lower_ms.clone(), bounds.n_times_out_of_order), ([10, 20, 3, 30, 40].map(Some).to_vec(), 1));
        assert_eq!(bounds.lower_ms, bounds.upper_ms);
    }

    #[test]
    fn nothing_known_gives_no_bounds_and_an_empty_list_none() {
        let bounds = bound_follow_times(&dated(&[None, None]));
        assert_eq!((&bounds.lower_ms, &bounds.estimate_ms), (&vec![None, None], &vec![None, None]));
        assert_eq!(bounds.error(&[Some(1), None]), None);
        assert_eq!(bound_follow_times(&dated(&[])), FollowTimeBounds::default());
    }

    #[test]
    fn the_error_is_in_hours_and_says_what_lies_within() {
        let mut list = dated(&[Some(0), None, Some(4 * 3_600_000)]);
        list.captured_at_ms = Some(10 * 3_600_000);
        // Estimates 0, 2 and 4 hours; the second is an hour off, the third was before its own creation.
        let error = bound_follow_times(&list).error(&[Some(0), Some(3_600_000), Some(3_600_000)]).unwrap();
        assert_eq!((error.n, error.median_hours, error.mean_hours), (3, 1.0, 4.0 / 3.0));
        assert!((error.within_bounds_share - 2.0 / 3.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn true_times_lie_within_the_bounds(
            people in proptest::collection::vec((0_i64..1_000, 0_i64..500, any::<bool>(), any::<bool>()), 1..80),
        ) {
            let mut people: Vec<_> = people.into_iter().map(|(at, age, dated, timed)| (at, at - age, dated, timed)).collect();
            people.sort_unstable();
            let mut list = dated(&people.iter().map(|&(_, created, dated, _)| dated.then_some(created)).collect::<Vec<_>>());
            list.followed_at_ms = people.iter().map(|&(at, .., timed)| timed.then_some(at)).collect();
            list.captured_at_ms = Some(1_000);
            let bounds = bound_follow_times(&list);
            prop_assert_eq!((bounds.n_dates_ignored, bounds.n_times_out_of_order), (0, 0));
            for (rank, &(at, ..)) in people.iter().enumerate() {
                let (lower, upper) = (bounds.lower_ms[rank].unwrap_or(i64::MIN), bounds.upper_ms[rank].unwrap());
                prop_assert!(lower <= at && at <= upper, "{lower} {at} {upper}");
                prop_assert!(bounds.estimate_ms[rank].is_none_or(|estimate| lower <= estimate && estimate <= upper.max(lower)));
            }
        }

        #[test]
        fn whatever_is_given_bounds_are_in_order(
            rows in proptest::collection::vec((proptest::option::of(0_i64..99), proptest::option::of(0_i64..99)), 0..60),
            captured in proptest::option::of(0_i64..120),
        ) {
            let mut list = dated(&rows.iter().map(|row| row.0).collect::<Vec<_>>());
            list.followed_at_ms = rows.iter().map(|row| row.1).collect();
            list.captured_at_ms = captured;
            let bounds = bound_follow_times(&list);
            for (lower, upper) in bounds.lower_ms.iter().zip(&bounds.upper_ms) {
                prop_assert!(lower.is_none() || upper.is_none() || lower <= upper, "{lower:?} {upper:?}");
            }
        }
    }
}
