//! Times in which far more followers came, or went, than the weeks around lead one to expect.

use super::change_points::{CountSeries, change_points};
use super::history::{FollowerHistory, HistoryInterval};
use super::price_list_sizes::is_listed_size;
use crate::domain::DAY_MS;
use crate::statistics::{ln_negative_binomial_tail, median, quantile};
use std::ops::Range;

/// How anomalies are sought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrowthSettings {
    /// Least unexpected gain, as a share of the followers before. Chosen on the tuning scenarios.
    pub least_gain_share: f64,
    /// Followers below which no gain stands out: the smallest orders in price lists.
    pub least_gain: f64,
    /// Least unexpected loss, likewise a share.
    pub least_loss_share: f64,
    /// Observed over expected at least. Assumption.
    pub least_ratio: f64,
    /// Longest time in days: what lasts longer is a phase of growth. Assumption.
    pub longest_days: f64,
    /// Probability of an anomaly by chance in one history, at most.
    pub by_chance: f64,
}

impl Default for GrowthSettings {
    fn default() -> Self {
        Self {
            least_gain_share: 0.03,
            least_gain: 100.0,
            least_loss_share: 0.008,
            least_ratio: 3.0,
            longest_days: 60.0,
            by_chance: 0.001,
        }
    }
}

/// How an anomaly ran, as far as the readings tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Between two readings: how, they do not tell.
    Sudden,
    /// Strong first, then less and less.
    Decaying,
    /// About as many in each part.
    Even,
}

/// Far more, or far fewer, followers than expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrowthAnomaly {
    /// Not before this, in UTC milliseconds.
    pub from_ms: i64,
    /// Not after this, in UTC milliseconds.
    pub to_ms: i64,
    /// Followers before it.
    pub before: u64,
    /// Change in that time, as counted.
    pub change: i64,
    /// What the weeks around lead one to expect of that time.
    pub expected: f64,
    /// Largest change that would still not have been called.
    pub bound: f64,
    /// log10 of the probability of so large a change.
    pub log10_p: f64,
    /// How it ran.
    pub course: Course,
    /// Share of the unexpected gain that was gone again four weeks later, against what those weeks lead one to expect; of gains only.
    pub left_share: Option<f64>,
    /// Whether the unexpected gain is as large as an order in a price list; where the usual change would blur that, unknown.
    pub is_listed_size: Option<bool>,
}

impl GrowthAnomaly {
    /// The unexpected part of the change.
    pub fn excess(&self) -> f64 {
        self.change as f64 - self.expected
    }

    /// The unexpected part over the followers before.
    pub fn share(&self) -> f64 {
        self.excess() / (self.before as f64).max(1.0)
    }

    /// Whether followers came; else they went.
    pub fn is_gain(&self) -> bool {
        self.excess() > 0.0
    }

    /// Its length in days.
    pub fn days(&self) -> f64 {
        (self.to_ms - self.from_ms) as f64 / DAY_MS as f64
    }
}

/// Fewest intervals of a history in which anything can stand out. Assumption.
const FEWEST: usize = 6;
/// Length of an interval in days below which it is joined with the next.
const LEAST_DAYS: f64 = 0.8;
/// Days on either side from which a time's usual rate is taken, and intervals it needs.
const AROUND: (i64, usize) = (84 * DAY_MS, 4);
/// Days after a gain at which it is asked how many are gone.
const AFTER_DAYS: i64 = 28;
/// Least dispersion of a rate of so long a time: a standard deviation of three tenths. Assumption: weeks differ by about that much.
const LEAST_DISPERSION: f64 = 0.1;
/// Of a normal distribution: standard deviation over median absolute deviation.
const DEVIATION: f64 = 1.4826;

/// Finds anomalies: segments of constant rate (change points under an over-dispersed law) that bring, or take, at least `least_ratio` times what
/// the median of the twelve weeks on either side leads one to expect and a share of the audience, beyond chance; raised segments that touch are one.
///
/// Gains and losses are sought each on their own: net changes are lifted by what is usually lost (gained), so that no count is below zero. Counts that
/// the platform rounds are taken in its steps, and one step is never a jump.
///
/// # Missing
/// Empty for fewer than seven readings: two points have no weeks around them.
///
/// # Cost
/// That of [`change_points`], twice.
///
/// # Source
/// Ours, on Killick et al. 2012; tail of the negative binomial law as in Hilbe 2011.
pub fn find_growth_anomalies(history: &FollowerHistory, settings: &GrowthSettings) -> Vec<GrowthAnomaly> {
    let intervals = of_days(history);
    if intervals.len() < FEWEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for sign in [1.0, -1.0] {
        let lifted = Lifted::new(&intervals, sign);
        found.extend(lifted.raised(settings).into_iter().filter_map(|(from, to)| lifted.anomaly(from..to, history, settings)));
    }
    found.sort_by_key(|anomaly| (anomaly.from_ms, anomaly.to_ms));
    found
}

/// Sound intervals, neighbours joined until they are most of a day long: hours of the day are no changes of rate.
fn of_days(history: &FollowerHistory) -> Vec<HistoryInterval> {
    let mut joined: Vec<HistoryInterval> = Vec::new();
    for interval in history.sound_intervals() {
        match joined.last_mut().filter(|last| last.days < LEAST_DAYS && last.to_ms == interval.from_ms) {
            Some(last) => {
                last.to_ms = interval.to_ms;
                last.days += interval.days;
                last.change = last.change.saturating_add(interval.change);
                last.unit = last.unit.max(interval.unit);
            }
            None => joined.push(interval),
        }
    }
    joined
}

/// Changes of one sign as counts, in steps of rounding.
struct Lifted<'a> {
    intervals: &'a [HistoryInterval],
    /// 1 for gains, −1 for losses.
    sign: f64,
    /// Added to each day's change, in followers.
    lift: f64,
    /// Followers a count.
    step: f64,
    /// Counts a day.
    rates: Vec<f64>,
    series: CountSeries,
}

impl<'a> Lifted<'a> {
    fn new(intervals: &'a [HistoryInterval], sign: f64) -> Self {
        let rates: Vec<f64> = intervals.iter().map(|interval| sign * interval.change as f64 / interval.days).collect();
        let lift = quantile(&rates, 0.1).map_or(0.0, |low| (-low).max(0.0));
        let step = intervals.iter().map(|interval| interval.unit).max().unwrap_or(1) as f64;
        let count = |interval: &HistoryInterval| ((sign * interval.change as f64 + lift * interval.days) / step).max(0.0);
        let counts: Vec<f64> = intervals.iter().map(count).collect();
        let exposures: Vec<f64> = intervals.iter().map(|interval| interval.days).collect();
        let rates: Vec<f64> = counts.iter().zip(&exposures).map(|(count, days)| count / days).collect();
        let size = size(&rates, &exposures);
        Self { intervals, sign, lift, step, rates, series: CountSeries { counts, exposures, size } }
    }

    /// Usual counts a day around a run of intervals: the median over those within twelve weeks of it, the run left out.
    fn usual(&self, run: &Range<usize>) -> f64 {
        let (from, to) = (self.intervals[run.start].from_ms - AROUND.0, self.intervals[run.end - 1].to_ms + AROUND.0);
        let near = self.intervals.partition_point(|other| other.to_ms <= from)
            ..self.intervals.partition_point(|other| other.from_ms < to);
        let others = |all: Range<usize>| [&self.rates[all.start..run.start], &self.rates[run.end..all.end]].concat();
        let around = if near.len() - run.len() < AROUND.1 { others(0..self.rates.len()) } else { others(near) };
        median(&around).unwrap_or(0.0)
    }

    /// What is added to so long a time's change, in steps.
    fn lift_of(&self, days: f64) -> f64 {
        self.lift * days / self.step
    }

    fn exposure(&self, run: &Range<usize>) -> f64 {
        self.series.exposures[run.clone()].iter().sum()
    }

    /// ln of the probability of so many, one step of rounding given away.
    fn ln_p(&self, run: &Range<usize>, usual: f64) -> f64 {
        let exposure = self.exposure(run);
        let observed = self.series.counts[run.clone()].iter().sum::<f64>() - if self.step > 1.0 { 1.0 } else { 0.0 };
        let dispersion = (1.0 / (self.series.size * exposure)).max(LEAST_DISPERSION);
        ln_negative_binomial_tail(observed.max(0.0) as u64, (usual * exposure).max(0.1), dispersion)
    }

    /// Runs of segments that stand out.
    fn raised(&self, settings: &GrowthSettings) -> Vec<(usize, usize)> {
        let ln_limit = (settings.by_chance / self.intervals.len() as f64).ln();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for segment in change_points(&self.series) {
            let days = self.exposure(&segment);
            if days > settings.longest_days && segment.len() > 1 {
                continue;
            }
            let usual = self.usual(&segment);
            let count: f64 = self.series.counts[segment.clone()].iter().sum();
            // Of the net change: what is lifted in is no usual gain.
            let (net, net_usual) = (count - self.lift_of(days), (usual * days - self.lift_of(days)).max(0.0));
            if net < settings.least_ratio * net_usual || self.ln_p(&segment, usual) > ln_limit {
                continue;
            }
            match runs.last_mut().filter(|last| last.1 == segment.start) {
                Some(last) => last.1 = segment.end,
                None => runs.push((segment.start, segment.end)),
            }
        }
        runs
    }

    fn anomaly(&self, run: Range<usize>, history: &FollowerHistory, settings: &GrowthSettings) -> Option<GrowthAnomaly> {
        let (first, last) = (self.intervals[run.start], self.intervals[run.end - 1]);
        let usual = self.usual(&run);
        let days = self.exposure(&run);
        let change: i64 = self.intervals[run.clone()].iter().map(|interval| interval.change).sum();
        let expected = self.sign * (usual * self.step - self.lift) * days;
        let least_share = if self.sign > 0.0 { settings.least_gain_share } else { settings.least_loss_share };
        let excess = self.sign * (change as f64 - expected);
        // Half a step at either end may be rounding.
        let is_small = excess - (self.step - 1.0) < least_share * first.before as f64;
        let is_small = is_small || (self.sign > 0.0 && excess < settings.least_gain);
        if is_small || days > settings.longest_days && run.len() > 1 {
            return None;
        }
        let found = GrowthAnomaly {
            from_ms: first.from_ms,
            to_ms: last.to_ms,
            before: first.before,
            change,
            expected,
            bound: expected + self.sign * (least_share * first.before as f64 + self.step - 1.0),
            log10_p: self.ln_p(&run, usual) / std::f64::consts::LN_10,
            course: course(&self.intervals[run.clone()], expected / days, self.sign),
            left_share: None,
            is_listed_size: is_listed_size(excess as u64, self.usual_deviation(usual, days)),
        };
        let left_share = if self.sign > 0.0 { self.left_share(&found, history, usual) } else { None };
        Some(GrowthAnomaly { left_share, ..found })
    }

    /// Standard deviation of so long a time's change, in followers; one step of rounding at least.
    fn usual_deviation(&self, usual: f64, days: f64) -> f64 {
        let mean = usual * days;
        let dispersion = (1.0 / (self.series.size * days)).max(LEAST_DISPERSION);
        self.step * (mean + dispersion * mean * mean).sqrt().max(1.0)
    }

    /// What is missing four weeks later of the gain and the usual growth since, over the gain.
    fn left_share(&self, found: &GrowthAnomaly, history: &FollowerHistory, usual: f64) -> Option<f64> {
        let later = history.followers_at(found.to_ms + AFTER_DAYS * DAY_MS)?;
        let at_end = history.followers_at(found.to_ms)?;
        let since = (usual * self.step - self.lift) * AFTER_DAYS as f64;
        Some(((at_end + since - later) / found.excess()).clamp(-1.0, 1.0))
    }
}

/// Shape of the law of one day's count, from how rates differ from their neighbours' median: 1 / size is the squared relative deviation beyond
/// that of counting, by the median absolute deviation.
fn size(rates: &[f64], exposures: &[f64]) -> f64 {
    const HALF: usize = 4;
    let n = rates.len();
    let mut window = Vec::with_capacity(2 * HALF + 1);
    let mut deviations = Vec::with_capacity(n);
    let mut of_counting = Vec::with_capacity(n);
    for place in 0..n {
        window.clear();
        window.extend_from_slice(&rates[place.saturating_sub(HALF)..(place + HALF + 1).min(n)]);
        window.sort_unstable_by(f64::total_cmp);
        let level = window[window.len() / 2].max(0.5 / exposures[place]);
        deviations.push((rates[place] - level).abs() / level);
        of_counting.push(1.0 / (level * exposures[place]));
    }
    let spread = DEVIATION * median(&deviations).unwrap_or(0.0);
    let beyond = (spread * spread - median(&of_counting).unwrap_or(0.0)).max(LEAST_DISPERSION);
    let usual_exposure = median(exposures).unwrap_or(1.0);
    1.0 / (beyond * usual_exposure)
}

/// Share of the unexpected change in the first half of the time.
const FIRST_HALF: (f64, f64) = (0.35, 0.68);

fn course(run: &[HistoryInterval], expected_a_day: f64, sign: f64) -> Course {
    let excess = |interval: &HistoryInterval| sign * (interval.change as f64 - expected_a_day * interval.days);
    let whole: f64 = run.iter().map(excess).sum();
    let largest = run.iter().map(excess).fold(0.0, f64::max);
    // The last and the first interval may be cut anywhere.
    if run.len() < 3 || largest > 0.8 * whole {
        return Course::Sudden;
    }
    let middle = i64::midpoint(run[0].from_ms, run[run.len() - 1].to_ms);
    let in_half = |interval: &HistoryInterval| {
        let part = (middle - interval.from_ms) as f64 / (interval.to_ms - interval.from_ms) as f64;
        part.clamp(0.0, 1.0) * excess(interval)
    };
    match run.iter().map(in_half).sum::<f64>() / whole {
        share if share > FIRST_HALF.1 => Course::Decaying,
        share if share > FIRST_HALF.0 => Course::Even,
        _ => Course::Sudden,
    }
}

#[cfg(test)]
mod tests {
    use super::super::history::HistoryReading;
    use super::super::history::testing::daily;
    use super::*;

    /// Ten thousand followers, some forty more a day with noise that repeats, and what is added on some days.
    fn grown(days: usize, added: impl Fn(usize) -> i64) -> FollowerHistory {
        let mut followers = 10_000_i64;
        daily((0..days).map(|day| {
            followers += 40 + [0, 13, -9, 21, -17, 4, -12][day % 7] + added(day);
            followers as u64
        }))
    }

    fn find(history: &FollowerHistory) -> Vec<GrowthAnomaly> {
        find_growth_anomalies(history, &GrowthSettings::default())
    }

    #[test]
    fn even_growth_and_growth_that_doubles_slowly_have_none() {
        assert_eq!(find(&grown(200, |_| 0)), []);
        assert_eq!(find(&grown(200, |day| day as i64 / 4)), []);
        assert_eq!(find(&grown(5, |_| 900)), []);
    }

    #[test]
    fn a_week_of_deliveries_is_one_even_anomaly() {
        let found = find(&grown(200, |day| if (100..107).contains(&day) { 150 } else { 0 }));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].from_ms, found[0].to_ms, found[0].course), (99 * DAY_MS, 106 * DAY_MS, Course::Even));
        assert!((found[0].excess() - 1_050.0).abs() < 60.0 && found[0].log10_p < -6.0, "{found:?}");
        assert!(found[0].left_share.unwrap().abs() < 0.15);
    }

    #[test]
    fn a_burst_that_decays_and_leaves_is_told_so() {
        let added = |day: usize| match day {
            100 => 900,
            101 => 450,
            102 => 220,
            103 => 110,
            104..118 => -40,
            _ => 0,
        };
        let found = find(&grown(200, added));
        assert_eq!((found.len(), found[0].course), (1, Course::Decaying), "{found:?}");
        // By hand: 14 × 40 of 1,680.
        assert!((found[0].left_share.unwrap() - 0.33).abs() < 0.06, "{found:?}");
    }

    #[test]
    fn a_removal_is_a_loss_and_a_round_order_a_listed_size() {
        let found = find(&grown(200, |day| if day == 100 { -300 } else { 0 }));
        assert!(found.len() == 1 && !found[0].is_gain() && found[0].course == Course::Sudden, "{found:?}");
        let found = find(&grown(200, |day| if day == 100 { 2_500 } else { 0 }));
        assert!(found.len() == 1 && found[0].is_gain() && found[0].is_listed_size == Some(true), "{found:?}");
    }

    #[test]
    fn steps_of_rounding_are_no_jumps_and_a_jump_of_many_steps_is() {
        let rounded = |jump: u64| {
            daily((0..200).map(move |day| (1_000_000 + 900 * day + if day > 100 { jump } else { 0 }) / 10_000 * 10_000))
        };
        assert_eq!(find(&rounded(0)), []);
        assert_eq!(find(&rounded(12_000)), []);
        assert_eq!(find(&rounded(90_000)).len(), 1);
    }

    #[test]
    fn gaps_of_months_are_long_intervals_and_no_jumps() {
        let days = [0, 1, 2, 3, 4, 5, 6, 7, 100, 101, 102, 103, 104, 220, 221, 222];
        let readings: Vec<HistoryReading> = days
            .iter()
            .map(|&day| HistoryReading { at_ms: day * DAY_MS, followers: 10_000 + 40 * day as u64, following: None, posts: None })
            .collect();
        assert_eq!(find(&FollowerHistory::check(&readings, None)), []);
    }
}
