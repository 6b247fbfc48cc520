//! All measures of one account's times, side by side.

use super::burstiness::GapMoments;
use super::circadian::DayProfile;
use super::clock_marks::ClockMarks;
use super::conditional_entropy::{PatternCounts, symbol_of_bin};
use super::daily_pause::DailyPauses;
use super::gap_profile::{GapProfile, gap_bin};

/// Actions below which an account's timing is not measured. Assumption: nineteen gaps are the least from which a habit shows.
pub const FEWEST_EVENTS: u64 = 20;
/// Gap below which two actions follow faster than a person reads, in milliseconds.
const FAST_MS: i64 = 8_000;

/// One measure of an account's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(usize)]
#[allow(missing_docs, reason = "the catalogue of signals says what each is")]
pub enum TimingMeasure {
    Burstiness,
    Memory,
    ConditionalEntropy,
    GapEntropy,
    GapOrder,
    GapSpread,
    FastShare,
    SimultaneousShare,
    SameGapShare,
    WholeMinuteShare,
    SecondExcess,
    MinuteExcess,
    DayRhythm,
    HourEntropy,
    WeekdayEntropy,
    QuietShare,
    DailyPause,
}

impl TimingMeasure {
    /// The id of its signal.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Burstiness => "timing.burstiness",
            Self::Memory => "timing.memory",
            Self::ConditionalEntropy => "timing.conditional_entropy",
            Self::GapEntropy => "timing.gap_entropy",
            Self::GapOrder => "timing.gap_order",
            Self::GapSpread => "timing.gap_spread",
            Self::FastShare => "timing.fast_share",
            Self::SimultaneousShare => "timing.simultaneous_share",
            Self::SameGapShare => "timing.same_gap_share",
            Self::WholeMinuteShare => "timing.whole_minute_share",
            Self::SecondExcess => "timing.second_excess",
            Self::MinuteExcess => "timing.minute_excess",
            Self::DayRhythm => "timing.day_rhythm",
            Self::HourEntropy => "timing.hour_entropy",
            Self::WeekdayEntropy => "timing.weekday_entropy",
            Self::QuietShare => "timing.quiet_share",
            Self::DailyPause => "timing.daily_pause",
        }
    }
}

/// All measures, in the order of [`TimingMeasures`].
pub const TIMING_MEASURES: [TimingMeasure; 17] = [
    TimingMeasure::Burstiness,
    TimingMeasure::Memory,
    TimingMeasure::ConditionalEntropy,
    TimingMeasure::GapEntropy,
    TimingMeasure::GapOrder,
    TimingMeasure::GapSpread,
    TimingMeasure::FastShare,
    TimingMeasure::SimultaneousShare,
    TimingMeasure::SameGapShare,
    TimingMeasure::WholeMinuteShare,
    TimingMeasure::SecondExcess,
    TimingMeasure::MinuteExcess,
    TimingMeasure::DayRhythm,
    TimingMeasure::HourEntropy,
    TimingMeasure::WeekdayEntropy,
    TimingMeasure::QuietShare,
    TimingMeasure::DailyPause,
];

/// The measures of one account; NaN inside where one is missing, `None` outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimingMeasures {
    /// Actions with a time.
    pub n_events: u64,
    values: [f64; TIMING_MEASURES.len()],
}

impl TimingMeasures {
    /// One measure; `None` where it is missing.
    pub fn get(&self, measure: TimingMeasure) -> Option<f64> {
        Some(self.values[measure as usize]).filter(|value| value.is_finite())
    }
}

/// Everything that is held of one account while its actions come in: of one size, however many they are.
///
/// # Examples
/// ```
/// use bonafide::timing::{ActorTimes, TimingMeasure};
/// let mut times = ActorTimes::default();
/// (0..50).for_each(|turn| times.push(turn * 600_000));
/// let measures = times.measures();
/// assert_eq!(measures.get(TimingMeasure::Burstiness), Some(-1.0));
/// ```
#[derive(Debug, Clone, Default)]
pub struct ActorTimes {
    n: u64,
    last_ms: i64,
    moments: GapMoments,
    profile: GapProfile,
    patterns: PatternCounts,
    day: DayProfile,
    marks: ClockMarks,
    pauses: DailyPauses,
}

impl ActorTimes {
    /// The times of one account, ascending, in UTC milliseconds.
    pub fn of(at_ms: &[i64]) -> Self {
        let mut times = Self::default();
        at_ms.iter().for_each(|&at| times.push(at));
        times
    }

    /// Adds the next action. One that is earlier than the last counts as at the same instant: gaps are never negative.
    pub fn push(&mut self, at_ms: i64) {
        let mut gap_before = None;
        if self.n > 0 {
            let gap = at_ms.saturating_sub(self.last_ms).max(0);
            let bin = gap_bin(gap);
            self.moments.push(gap);
            self.profile.push(bin);
            self.patterns.push(symbol_of_bin(bin));
            self.pauses.push(at_ms, gap);
            gap_before = Some(gap);
        }
        self.day.push(at_ms);
        self.marks.push(at_ms, gap_before);
        self.last_ms = at_ms;
        self.n += 1;
    }

    /// Forgets the account.
    pub fn clear(&mut self) {
        // In place: a new table of patterns for every account took a tenth of the time.
        self.patterns.clear();
        (self.n, self.last_ms) = (0, 0);
        self.moments = GapMoments::default();
        self.profile = GapProfile::default();
        self.day = DayProfile::default();
        self.marks = ClockMarks::default();
        self.pauses = DailyPauses::default();
    }

    /// Actions so far.
    pub fn n_events(&self) -> u64 {
        self.n
    }

    /// Gaps by their length.
    pub fn profile(&self) -> &GapProfile {
        &self.profile
    }

    /// Actions by hour and weekday.
    pub fn day(&self) -> &DayProfile {
        &self.day
    }

    /// All measures.
    ///
    /// # Missing
    /// All of them below [`FEWEST_EVENTS`] actions; else each by its own rule.
    pub fn measures(&self) -> TimingMeasures {
        let mut values = [f64::NAN; TIMING_MEASURES.len()];
        if self.n >= FEWEST_EVENTS {
            for (value, measure) in values.iter_mut().zip(TIMING_MEASURES) {
                *value = self.measure(measure).unwrap_or(f64::NAN);
            }
        }
        TimingMeasures { n_events: self.n, values }
    }

    fn measure(&self, measure: TimingMeasure) -> Option<f64> {
        match measure {
            TimingMeasure::Burstiness => self.moments.burstiness(),
            TimingMeasure::Memory => self.moments.memory(),
            TimingMeasure::ConditionalEntropy => self.patterns.entropy().map(|entropy| entropy.corrected),
            TimingMeasure::GapEntropy => self.profile.entropy(),
            TimingMeasure::GapOrder => self.profile.mean_and_spread().map(|(mean, _)| mean),
            TimingMeasure::GapSpread => self.profile.mean_and_spread().map(|(_, spread)| spread),
            TimingMeasure::FastShare => self.profile.share_below(FAST_MS),
            TimingMeasure::SimultaneousShare => self.profile.share_below(1),
            TimingMeasure::SameGapShare => self.marks.same_gap_share(),
            TimingMeasure::WholeMinuteShare => self.marks.whole_minute_share(),
            TimingMeasure::SecondExcess => self.marks.second_excess(),
            TimingMeasure::MinuteExcess => self.marks.minute_excess(),
            TimingMeasure::DayRhythm => self.day.resultant(),
            TimingMeasure::HourEntropy => self.day.hour_entropy(),
            TimingMeasure::WeekdayEntropy => self.day.day_entropy(),
            TimingMeasure::QuietShare => self.day.quiet_share(),
            TimingMeasure::DailyPause => self.pauses.mean_h(),
        }
    }
}
