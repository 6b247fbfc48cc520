//! Bursts: windows in which far more arrive than the same column's own neighbourhood in time would lead one to expect.

use super::LockstepSettings;
use crate::statistics::ln_negative_binomial_tail;
use std::collections::BTreeMap;
use std::ops::Range;

/// The neighbourhood of a window, in windows: eight before, eight after.
const CONTEXT_WINDOWS: f64 = 16.0;
/// Arrivals and windows added to the neighbourhood, so that an empty or missing one is no certainty.
const PRIOR: f64 = 0.5;
/// A window whose count lies fewer standard deviations above its mean than this is not worth its tail probability.
const WORTH_SD: f64 = 1.5;
/// Share of a window that a burst found on a shorter scale may cover before the window says nothing new.
const SAME: f64 = 0.8;

/// A window of arrivals.
#[derive(Debug, Clone, PartialEq)]
pub struct Burst {
    /// Positions of its arrivals in the ascending list of times.
    pub arrivals: Range<usize>,
    /// Natural logarithm of the probability of as many or more under the baseline.
    pub ln_p: f64,
}

/// Finds windows with p(count) ≤ `burst_p`, where the count is negative binomial with the mean of the 16 windows around
/// it (the window itself left out) and variance mean + dispersion · mean².
///
/// Windows begin at an arrival. On one scale they do not overlap, the least likely is taken first; a longer window is left out
/// where a shorter burst already covers it to four fifths.
///
/// # Shape
/// `times` ascending, in seconds.
///
/// # Missing
/// Fewer than `min_burst` arrivals have no burst. Where a window has no neighbourhood (all times equal) the baseline is half
/// an arrival a window, so that the whole is one burst: a candidate, nothing more.
///
/// # Cost
/// O(n log n) a scale.
///
/// # Source
/// Over-dispersed counts: Hilbe, *Negative Binomial Regression*, 2nd edition, 2011, chapter 8. A score of medians, as often used, is
/// unstable below some ten arrivals a window.
///
/// # Examples
/// ```
/// use bonafide::graph::{LockstepSettings, find_bursts};
/// let mut times: Vec<u32> = (0..200).map(|day| day * 86_400).collect();
/// times.extend((0..30).map(|k| 100 * 86_400 + 60 * k));
/// times.sort_unstable();
/// let bursts = find_bursts(&times, &LockstepSettings::for_follows());
/// assert_eq!(bursts.len(), 1);
/// assert!(bursts[0].arrivals.len() >= 30 && bursts[0].ln_p < -20.0);
/// ```
pub fn find_bursts(times: &[u32], settings: &LockstepSettings) -> Vec<Burst> {
    let mut bursts: Vec<Burst> = Vec::new();
    for &scale_s in &settings.scales_s {
        let shorter = bursts.len();
        for burst in on_one_scale(times, scale_s, settings) {
            let covered = |other: &Burst| overlap(&other.arrivals, &burst.arrivals) as f64 > SAME * burst.arrivals.len() as f64;
            if !bursts[..shorter].iter().any(covered) {
                bursts.push(burst);
            }
        }
    }
    bursts
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Bursts of one scale, the least likely first.
fn on_one_scale(times: &[u32], scale_s: u32, settings: &LockstepSettings) -> Vec<Burst> {
    let mut candidates = candidates(times, scale_s, settings);
    candidates.sort_by(|a, b| a.ln_p.total_cmp(&b.ln_p).then(a.arrivals.start.cmp(&b.arrivals.start)));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    candidates.retain(|burst| {
        let Range { start, end } = burst.arrivals;
        let is_free = taken.range(..end).next_back().is_none_or(|(_, &before)| before <= start);
        if is_free {
            taken.insert(start, end);
        }
        is_free
    });
    candidates
}

/// Windows that begin at an arrival, hold no fewer than the windows that begin at the arrivals next to it, and are unlikely.
fn candidates(times: &[u32], scale_s: u32, settings: &LockstepSettings) -> Vec<Burst> {
    let ends = window_ends(times, scale_s);
    let counts: Vec<usize> = ends.iter().enumerate().map(|(start, end)| end - start).collect();
    let mut context = Context::new(times, scale_s);
    let mut found = Vec::new();
    for (start, &count) in counts.iter().enumerate() {
        let is_peak = (start == 0 || count >= counts[start - 1]) && counts.get(start + 1).is_none_or(|&next| count >= next);
        if count < settings.min_burst || !is_peak {
            continue;
        }
        let mean = context.mean(start, count);
        if count as f64 - mean < WORTH_SD * (mean + settings.dispersion * mean * mean).sqrt() {
            continue;
        }
        let ln_p = ln_negative_binomial_tail(count as u64, mean, settings.dispersion);
        if ln_p <= settings.burst_p.ln() {
            found.push(Burst { arrivals: start..ends[start], ln_p });
        }
    }
    found
}

/// For each arrival, the position after the last that comes less than `scale_s` later.
fn window_ends(times: &[u32], scale_s: u32) -> Vec<usize> {
    let mut end = 0;
    times
        .iter()
        .map(|&time| {
            while end < times.len() && times[end] - time < scale_s {
                end += 1;
            }
            end
        })
        .collect()
}

/// Mean of the windows around a window, which moves forward only.
struct Context<'a> {
    times: &'a [u32],
    scale_s: f64,
    first: usize,
    end: usize,
}

impl<'a> Context<'a> {
    fn new(times: &'a [u32], scale_s: u32) -> Self {
        Self { times, scale_s: f64::from(scale_s), first: 0, end: 0 }
    }

    /// Expected arrivals in the window that begins at an arrival and holds `count`.
    fn mean(&mut self, start: usize, count: usize) -> f64 {
        let half_s = CONTEXT_WINDOWS / 2.0 * self.scale_s;
        let (first_s, last_s) = (f64::from(self.times[0]), f64::from(self.times[self.times.len() - 1]) + 1.0);
        let from_s = (f64::from(self.times[start]) - half_s).max(first_s);
        let to_s = (f64::from(self.times[start]) + self.scale_s + half_s).min(last_s);
        while f64::from(self.times[self.first]) < from_s {
            self.first += 1;
        }
        while self.end < self.times.len() && f64::from(self.times[self.end]) < to_s {
            self.end += 1;
        }
        let others = (self.end - self.first).saturating_sub(count) as f64;
        let windows = ((to_s - from_s) / self.scale_s - 1.0).max(0.0);
        (others + PRIOR) / (windows + PRIOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn follows() -> LockstepSettings {
        LockstepSettings::for_follows()
    }

    #[test]
    fn an_even_stream_has_no_burst() {
        let times: Vec<u32> = (0..5_000).map(|k| 1_000 * k).collect();
        assert_eq!(find_bursts(&times, &follows()), vec![]);
    }

    #[test]
    fn a_delivery_over_a_week_is_seen_on_its_own_scale() {
        let mut times: Vec<u32> = (0..400).map(|day| day * 86_400).collect();
        times.extend((0..100).map(|k| 200 * 86_400 + 6_000 * k));
        times.sort_unstable();
        let bursts = find_bursts(&times, &follows());
        assert!(bursts.iter().any(|burst| burst.arrivals.len() > 95 && burst.ln_p < -20.0), "{bursts:?}");
    }

    #[test]
    fn all_at_once_is_one_candidate() {
        let bursts = find_bursts(&[77; 50], &follows());
        assert_eq!(bursts.len(), 1);
        assert_eq!(bursts[0].arrivals, 0..50);
    }

    #[test]
    fn the_baseline_leaves_the_window_itself_out() {
        // Ten arrivals at the start of 17 hours, one in the last second: nine windows' worth after it, one arrival.
        let mut times = vec![0_u32; 10];
        times.push(9 * 3_600 - 1);
        let mut context = Context::new(&times, 3_600);
        let expected = (1.0 + 0.5) / (8.0 + 0.5);
        assert!((context.mean(0, 10) - expected).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn bursts_lie_within_their_scale_and_do_not_overlap_on_it(mut times in prop::collection::vec(0_u32..2_000_000, 0..300)) {
            times.sort_unstable();
            for scale_s in [3_600, 86_400] {
                let mut bursts = on_one_scale(&times, scale_s, &follows());
                bursts.sort_by_key(|burst| burst.arrivals.start);
                for burst in &bursts {
                    prop_assert!(times[burst.arrivals.end - 1] - times[burst.arrivals.start] < scale_s);
                    prop_assert!(burst.arrivals.len() >= follows().min_burst);
                }
                prop_assert!(bursts.windows(2).all(|pair| pair[0].arrivals.end <= pair[1].arrivals.start));
            }
        }
    }
}
