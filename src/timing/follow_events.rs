//! Bursts of follows at the scale of minutes, where times are exact: events, of which counts alone never say who came or why.

use super::follower_list::FollowerList;
use super::hourly_baseline::{HOUR_MS, HourlyBaseline};
use crate::domain::DAY_MS;
use crate::statistics::{benjamini_hochberg, ln_negative_binomial_tail};

/// What brings many followers within minutes and is no fraud. An event alone is compatible with each of them.
pub const BENIGN_CAUSES: [&str; 6] = [
    "a post that went viral",
    "a mention by a larger account",
    "a giveaway that asks to follow",
    "press or television",
    "an advertisement",
    "a recommendation by the platform",
];

/// How bursts are sought.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowEventSettings {
    /// Windows, half-overlapping, in milliseconds. Assumption: deliveries take minutes to hours.
    pub windows_ms: Vec<i64>,
    /// Fewest follows in a window. Assumption.
    pub fewest: usize,
    /// Observed over expected at least. Assumption.
    pub least_excess: f64,
    /// False discoveries among the windows called, at most.
    pub false_discovery_rate: f64,
}

impl Default for FollowEventSettings {
    fn default() -> Self {
        Self {
            windows_ms: [1, 5, 15, 60, 360].map(|minutes| minutes * 60_000).to_vec(),
            fewest: 10,
            least_excess: 3.0,
            false_discovery_rate: 0.01,
        }
    }
}

/// A burst of follows.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowEvent {
    /// Rank of its first follower.
    pub first_rank: usize,
    /// Rank of its last follower.
    pub last_rank: usize,
    /// When the first of them followed, in UTC milliseconds.
    pub from_ms: i64,
    /// When the last of them followed, in UTC milliseconds.
    pub to_ms: i64,
    /// Follows in it.
    pub observed: usize,
    /// Follows that the weeks around it and the hour of the day lead one to expect.
    pub expected: f64,
    /// log10 of the probability of its most striking window, before the number of tests is allowed for.
    pub log10_p: f64,
    /// The same after it is allowed for.
    pub q: f64,
}

/// Share of times that must be finer than an hour for a list to have minutes at all. Assumption.
const FINE: f64 = 0.5;

/// A window with too many follows.
struct Peak {
    from_ms: i64,
    to_ms: i64,
    ln_p: f64,
    q: f64,
}

/// Finds bursts: windows of a minute to six hours with more follows than a negative-binomial baseline (the week before and after, the hour of
/// the day, the list's own dispersion) allows, at a controlled false-discovery rate; windows that touch are one event.
///
/// # Missing
/// `None` if nobody's time is known, if the times are whole hours or days, or if they span less than a week: then nothing could be seen.
///
/// # Cost
/// O(F log F + hours).
///
/// # Source
/// Ours; the count test is that of Kulldorff's scan statistics with an over-dispersed baseline, Benjamini and Hochberg 1995 over all windows.
pub fn find_follow_events(list: &FollowerList, settings: &FollowEventSettings) -> Option<Vec<FollowEvent>> {
    let known = times_in_order(list);
    let times: Vec<i64> = known.iter().map(|&(at, _)| at).collect();
    let n_fine = times.iter().filter(|&&at| at % HOUR_MS != 0).count();
    if (n_fine as f64) < FINE * times.len() as f64 {
        return None;
    }
    let baseline = HourlyBaseline::fit(&times)?;
    let mut peaks = peaks(&times, &baseline, settings);
    peaks.sort_by_key(|peak| (peak.from_ms, peak.to_ms));
    let mut joined: Vec<Peak> = Vec::new();
    for peak in peaks {
        match joined.last_mut().filter(|last| peak.from_ms <= last.to_ms) {
            Some(last) => {
                last.to_ms = last.to_ms.max(peak.to_ms);
                (last.ln_p, last.q) = if peak.ln_p < last.ln_p { (peak.ln_p, peak.q) } else { (last.ln_p, last.q) };
            }
            None => joined.push(peak),
        }
    }
    Some(joined.iter().filter_map(|peak| event(peak, &known, &baseline)).collect())
}

/// Known times that do not fall below an earlier one, with their ranks.
fn times_in_order(list: &FollowerList) -> Vec<(i64, usize)> {
    let mut latest = i64::MIN;
    let known = list.followed_at_ms.iter().enumerate().filter_map(|(rank, at)| Some(((*at)?, rank)));
    known
        .filter(|&(at, _)| {
            let is_in_order = at >= latest;
            latest = latest.max(at);
            is_in_order
        })
        .collect()
}

/// The windows of all lengths that stand out.
fn peaks(times: &[i64], baseline: &HourlyBaseline, settings: &FollowEventSettings) -> Vec<Peak> {
    let span = times.last().zip(times.first()).map_or(0, |(last, first)| last - first);
    let mut found: Vec<(Peak, bool)> = Vec::new();
    let mut n_tests = 0.0;
    for &window in settings.windows_ms.iter().filter(|&&window| (2..=DAY_MS).contains(&window)) {
        let half = window / 2;
        n_tests += span as f64 / half as f64 + 1.0;
        let mut places: Vec<i64> = times.iter().map(|at| at.div_euclid(half)).collect();
        places.dedup();
        for place in places.iter().flat_map(|&place| [place - 1, place]) {
            let (from_ms, to_ms) = (place * half, place * half + window);
            let observed = times.partition_point(|&at| at < to_ms) - times.partition_point(|&at| at < from_ms);
            if observed < settings.fewest {
                continue;
            }
            let expected = baseline.expected(from_ms, to_ms);
            let ln_p = ln_negative_binomial_tail(observed as u64, expected, baseline.dispersion);
            found.push((Peak { from_ms, to_ms, ln_p, q: 1.0 }, observed as f64 >= settings.least_excess * expected));
        }
    }
    let q = benjamini_hochberg(&found.iter().map(|(peak, _)| peak.ln_p.exp()).collect::<Vec<f64>>());
    let unlisted = (n_tests / found.len().max(1) as f64).max(1.0);
    for ((peak, _), q) in found.iter_mut().zip(q) {
        peak.q = (q * unlisted).min(1.0);
    }
    found.into_iter().filter(|(peak, excess)| *excess && peak.q <= settings.false_discovery_rate).map(|(peak, _)| peak).collect()
}

fn event(peak: &Peak, known: &[(i64, usize)], baseline: &HourlyBaseline) -> Option<FollowEvent> {
    let from = known.partition_point(|&(at, _)| at < peak.from_ms);
    let to = known.partition_point(|&(at, _)| at < peak.to_ms);
    let (first, last) = (known.get(from)?, known.get(to.checked_sub(1)?)?);
    Some(FollowEvent {
        first_rank: first.1,
        last_rank: last.1,
        from_ms: first.0,
        to_ms: last.0,
        observed: to - from,
        expected: baseline.expected(peak.from_ms, peak.to_ms),
        log10_p: peak.ln_p / std::f64::consts::LN_10,
        q: peak.q,
    })
}

#[cfg(test)]
mod tests {
    use super::super::follower_list::testing::dated;
    use super::*;

    const MINUTE: i64 = 60_000;

    /// A follow every twenty minutes or so for forty days, at uneven seconds, and what is added.
    fn list(added: impl Iterator<Item = i64>) -> FollowerList {
        let mut times: Vec<i64> = (0..40 * 72).map(|place| place * 20 * MINUTE + (place * 7_919) % (17 * MINUTE)).collect();
        times.extend(added);
        times.sort_unstable();
        let mut list = dated(&vec![None; times.len()]);
        list.followed_at_ms = times.into_iter().map(Some).collect();
        list
    }

    #[test]
    fn a_delivery_within_minutes_is_one_event_with_its_ranks() {
        let start = 20 * DAY_MS + 30 * MINUTE;
        let list = list((0..300).map(|place| start + place * 2_000));
        let events = find_follow_events(&list, &FollowEventSettings::default()).unwrap();
        assert_eq!(events.len(), 1, "{events:?}");
        let event = &events[0];
        assert!(event.observed >= 300 && event.observed < 330 && event.expected < 40.0, "{event:?}");
        assert!(event.from_ms <= start && event.to_ms >= start + 598_000 && event.to_ms - event.from_ms < 9 * 60 * MINUTE);
        assert_eq!(event.last_rank - event.first_rank + 1, event.observed);
        assert!(event.log10_p < -20.0 && event.q < 1e-10);
    }

    #[test]
    fn an_even_list_has_no_event() {
        assert_eq!(find_follow_events(&list(std::iter::empty()), &FollowEventSettings::default()), Some(Vec::new()));
    }

    #[test]
    fn whole_days_hold_no_minutes_and_short_or_unknown_lists_no_weeks() {
        let mut days = list((0..300).map(|_| 20 * DAY_MS));
        days.followed_at_ms.iter_mut().for_each(|at| *at = at.map(|at| at - at % DAY_MS));
        let settings = FollowEventSettings::default();
        assert_eq!(find_follow_events(&days, &settings), None);
        assert_eq!(find_follow_events(&dated(&[None; 9]), &settings), None);
        let mut short = dated(&[None; 50]);
        short.followed_at_ms = (0..50).map(Some).collect();
        assert_eq!(find_follow_events(&short, &settings), None);
    }
}
