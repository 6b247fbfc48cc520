//! Follow–unfollow: the number of accounts that a creator follows goes up and down like a saw.

use super::history::FollowerHistory;
use crate::domain::DAY_MS;

/// What a creator's own follows did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FollowChurn {
    /// Times that it followed many and dropped them again.
    pub n_cycles: usize,
    /// Accounts dropped in those cycles.
    pub dropped: u64,
    /// When the first cycle begins, in UTC milliseconds.
    pub from_ms: i64,
    /// When the last cycle ends, in UTC milliseconds.
    pub to_ms: i64,
    /// Followers gained over that time, net.
    pub gained: i64,
}

/// Least height of a tooth: so many accounts, and so large a part of those followed in the middle. Assumptions: people clear out now and then.
const LEAST_TOOTH: (f64, f64) = (80.0, 0.1);
/// Longest tooth: services follow for days and drop for days. Assumption.
const LONGEST_MS: i64 = 90 * DAY_MS;

/// Counts cycles: rises of `following` by at least 80 accounts and 10 % of the usual number, each followed by a fall of at least half that rise
/// within ninety days.
///
/// # Missing
/// `None` with fewer than five readings of `following`.
///
/// # Cost
/// O(n log n).
///
/// # Source
/// Turning points with a threshold (zigzag), as rainflow counting begins; ASTM E1049.
pub fn follow_churn(history: &FollowerHistory) -> Option<FollowChurn> {
    let points: Vec<(i64, f64)> =
        history.readings.iter().filter_map(|reading| Some((reading.at_ms, reading.following? as f64))).collect();
    if points.len() < 5 {
        return None;
    }
    let mut sizes: Vec<f64> = points.iter().map(|(_, following)| *following).collect();
    sizes.sort_by(f64::total_cmp);
    let least = LEAST_TOOTH.0.max(LEAST_TOOTH.1 * sizes[sizes.len() / 2]);
    let mut churn = FollowChurn { n_cycles: 0, dropped: 0, from_ms: 0, to_ms: 0, gained: 0 };
    for teeth in turning_points(&points, least / 2.0).windows(3) {
        let [low, top, end] = [teeth[0], teeth[1], teeth[2]];
        let (rise, fall) = (top.1 - low.1, top.1 - end.1);
        if rise >= least && fall >= least / 2.0 && fall >= rise / 2.0 && end.0 - low.0 <= LONGEST_MS {
            churn.from_ms = if churn.n_cycles == 0 { low.0 } else { churn.from_ms };
            (churn.to_ms, churn.n_cycles) = (end.0, churn.n_cycles + 1);
            churn.dropped += fall as u64;
        }
    }
    let at = |ms| history.followers_at(ms).unwrap_or(0.0);
    churn.gained = (at(churn.to_ms) - at(churn.from_ms)) as i64;
    Some(churn)
}

/// First, last, and every extreme from which the series came back by at least `threshold`.
fn turning_points(points: &[(i64, f64)], threshold: f64) -> Vec<(i64, f64)> {
    let mut turns = vec![points[0]];
    let mut extreme = points[0];
    let mut direction = 0.0;
    for &point in &points[1..] {
        let step = point.1 - extreme.1;
        if direction == 0.0 {
            if step.abs() >= threshold {
                (direction, extreme) = (step.signum(), point);
            }
        } else if step * direction >= 0.0 {
            extreme = point;
        } else if step.abs() >= threshold {
            turns.push(extreme);
            (direction, extreme) = (-direction, point);
        }
    }
    turns.push(extreme);
    turns
}

#[cfg(test)]
mod tests {
    use super::super::history::HistoryReading;
    use super::*;

    fn history(following: &[u64]) -> FollowerHistory {
        let reading = |(day, &following): (i64, &u64)| HistoryReading {
            at_ms: 7 * day * DAY_MS,
            followers: 1_000 + 10 * day as u64,
            following: Some(following),
            posts: None,
        };
        let readings: Vec<HistoryReading> = (0..).zip(following).map(reading).collect();
        FollowerHistory::check(&readings, None)
    }

    #[test]
    fn teeth_are_counted_with_what_was_dropped() {
        let churn = follow_churn(&history(&[500, 900, 510, 880, 520, 530, 950, 540])).unwrap();
        // By hand: 900 − 510, 880 − 520, 950 − 540.
        assert_eq!((churn.n_cycles, churn.dropped), (3, 390 + 360 + 410));
        assert_eq!((churn.from_ms, churn.to_ms, churn.gained), (0, 49 * DAY_MS, 70));
    }

    #[test]
    fn slow_growth_and_one_clearing_out_are_no_cycle() {
        assert_eq!(follow_churn(&history(&[500, 520, 540, 560, 580, 600])).unwrap().n_cycles, 0);
        assert_eq!(follow_churn(&history(&[900, 900, 905, 300, 305, 310])).unwrap().n_cycles, 0);
        assert_eq!(follow_churn(&history(&[500, 900, 500])), None);
    }
}
