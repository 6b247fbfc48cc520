//! Signals of when one account acts, for accounts of which enough actions have a time. They are measured and shown, and in no model of profiles.

use crate::domain::{AccountId, Dataset, EngagementKind, Sampling};
use crate::error::Result;
use crate::signals::catalogue::{Signal, Trend};
use crate::timing::{ActorTimes, DayProfile, FEWEST_EVENTS, GapProfile, TimingMeasure, TimingMeasures, map_actors};
use rayon::prelude::*;

const FEW: &str =
    "fewer than 20 of its likes, comments, shares and saves in the data have a time, or engagements are a random sample";
const GOH: &str = "Goh and Barabási, Burstiness and memory in complex systems, 2008";
const RSC: &str = "Costa et al., RSC: Mining and modeling temporal activity in social media, KDD 2015";
const CLOCK: &[&str] =
    &["posts planned ahead with a tool", "a shop or newsroom account", "notifications that arrive on the minute"];
const DAY: &[&str] = &["shift work", "an account that several people run", "a person who travels"];

const fn signal(measure: TimingMeasure, name: &'static str, unit: &'static str) -> Signal {
    Signal {
        id: measure.id(),
        name,
        unit,
        meaning: "",
        measured: "",
        missing: FEW,
        benign_causes: &["a person who works through a list of posts in one sitting"],
        source: RSC,
        trend: Trend::Free,
        band: None,
    }
}

/// Every timing signal of accounts, in the order of the measures.
pub static TIMING_SIGNALS: [Signal; 17] = [
    Signal {
        meaning: "How uneven its pauses are: -1 for a clock, 0 for chance, towards 1 for bursts. People act in bursts.",
        measured: "(√(n+1) σ/μ − √(n−1)) / ((√(n+1) − 2) σ/μ + √(n−1)) over n gaps",
        source: "Kim and Jo, Measuring burstiness for finite event sequences, 2016",
        ..signal(TimingMeasure::Burstiness, "burstiness", "index")
    },
    Signal {
        meaning: "Whether short pauses follow short ones: 0 without memory.",
        measured: "correlation of neighbouring gaps",
        source: GOH,
        ..signal(TimingMeasure::Memory, "memory of pauses", "correlation")
    },
    Signal {
        meaning: "How little the pauses before foretell the next; low for a program that repeats a pattern.",
        measured: "least corrected conditional entropy over patterns of 1 to 4 kinds of gaps",
        source: "Porta et al. 1998; Gianvecchio, Xie, Wu and Wang, Humans and bots in internet chat, 2011",
        ..signal(TimingMeasure::ConditionalEntropy, "unpredictability of pauses", "nats")
    },
    Signal {
        meaning: "How many different orders of length its pauses have.",
        measured: "entropy of gaps by doubling length",
        ..signal(TimingMeasure::GapEntropy, "variety of pauses", "nats")
    },
    Signal {
        meaning: "Order of length of a typical pause; one more is twice as long.",
        measured: "mean number of the gap's bin, bins doubling from one second",
        ..signal(TimingMeasure::GapOrder, "typical pause", "doublings")
    },
    Signal {
        meaning: "How widely the orders of length of its pauses vary.",
        measured: "standard deviation of the number of the gap's bin",
        ..signal(TimingMeasure::GapSpread, "spread of pauses", "doublings")
    },
    Signal {
        meaning: "Share of pauses shorter than eight seconds, faster than most people read.",
        measured: "gaps below 8 s / gaps",
        ..signal(TimingMeasure::FastShare, "pauses below eight seconds", "share")
    },
    Signal {
        meaning: "Share of actions at the same instant as the one before.",
        measured: "gaps of 0 / gaps",
        benign_causes: &["times that are given to the minute or day only"],
        ..signal(TimingMeasure::SimultaneousShare, "actions at one instant", "share")
    },
    Signal {
        meaning: "Share of pauses as long, to the second, as the one before: a timer.",
        measured: "neighbouring gaps above 0 that differ by at most 1 s / such pairs",
        benign_causes: CLOCK,
        source: "the intervals of scheduled programs",
        trend: Trend::Increasing,
        ..signal(TimingMeasure::SameGapShare, "same pause again", "share")
    },
    Signal {
        meaning: "Share of pauses of whole minutes; one in sixty by chance.",
        measured: "gaps above 0 that are multiples of 60 s / gaps above 0",
        benign_causes: &["times that are given to the minute only", "posts planned ahead with a tool"],
        source: "the intervals of scheduled programs",
        trend: Trend::Increasing,
        ..signal(TimingMeasure::WholeMinuteShare, "pauses of whole minutes", "share")
    },
    Signal {
        meaning: "How much likelier than by chance two of its actions share their second of the minute; 0 by chance.",
        measured: "60 × pairs of actions with one second of the minute / pairs of actions − 1",
        benign_causes: &["times that are given to the minute only", "posts planned ahead with a tool"],
        source: "the starting times of scheduled programs",
        trend: Trend::Increasing,
        ..signal(TimingMeasure::SecondExcess, "same second of the minute", "excess ratio")
    },
    Signal {
        meaning: "The same for the minute of the hour.",
        measured: "60 × pairs of actions with one minute of the hour / pairs of actions − 1",
        benign_causes: CLOCK,
        source: "the starting times of scheduled programs",
        trend: Trend::Increasing,
        ..signal(TimingMeasure::MinuteExcess, "same minute of the hour", "excess ratio")
    },
    Signal {
        meaning: "How strongly its actions keep to one part of the day; 0 for day and night alike.",
        measured: "|Σ e^(2πi hour/24)| / n over actions, in UTC",
        benign_causes: DAY,
        source: "Mardia and Jupp, Directional statistics, 2000",
        ..signal(TimingMeasure::DayRhythm, "daily rhythm", "index")
    },
    Signal {
        meaning: "How evenly it uses the hours of the day; 1 for all alike.",
        measured: "entropy of hours of the day / ln 24",
        benign_causes: DAY,
        source: "Shannon 1948",
        ..signal(TimingMeasure::HourEntropy, "evenness of hours", "share")
    },
    Signal {
        meaning: "How evenly it uses the days of the week; 1 for all alike.",
        measured: "entropy of weekdays / ln 7",
        benign_causes: DAY,
        source: "Shannon 1948",
        ..signal(TimingMeasure::WeekdayEntropy, "evenness of weekdays", "share")
    },
    Signal {
        meaning: "Share of its actions in the six hours in a row in which it does least; a quarter if it never sleeps.",
        measured: "least share of actions in six hours of the day in a row; needs no time zone",
        benign_causes: DAY,
        source: "the resting times of Costa et al., KDD 2015",
        trend: Trend::Increasing,
        ..signal(TimingMeasure::QuietShare, "actions in its quietest six hours", "share")
    },
    Signal {
        meaning: "Longest pause of a day on average: people sleep.",
        measured: "mean over days of the longest gap that ends on the day, 24 h at most",
        benign_causes: DAY,
        source: "the resting times of Costa et al., KDD 2015",
        ..signal(TimingMeasure::DailyPause, "longest pause of a day", "hours")
    },
];

/// What is measured of one account's times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AccountTiming {
    /// The account.
    pub account: AccountId,
    /// Its measures.
    pub measures: TimingMeasures,
    /// Its gaps by length.
    pub profile: GapProfile,
    /// Its actions by hour and weekday, in UTC.
    pub day: DayProfile,
}

/// The times of all accounts with at least twenty timed actions, by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountTimings(Vec<AccountTiming>);

impl AccountTimings {
    /// Measures likes, comments, shares and saves: sorted by account and time, then one pass. Views are left out, they come before other actions by
    /// themselves.
    ///
    /// # Missing
    /// Empty where engagements are a random sample or the newest only: gaps then say nothing. An account with fewer than twenty is left out.
    ///
    /// # Errors
    /// None in practice: rows are sorted here.
    ///
    /// # Cost
    /// O(E log E) for the sort, 16 bytes an engagement with a time while it works; then one pass.
    pub fn measure(dataset: &Dataset) -> Result<Self> {
        let engagements = &dataset.engagements;
        let is_thinned = matches!(dataset.manifest.engagements_sampling, Sampling::Random | Sampling::NewestFirst);
        if is_thinned || engagements.at.is_absent() {
            return Ok(Self::default());
        }
        let mut counts = vec![0_u32; dataset.n_accounts()];
        let timed = |row: usize| (engagements.kind[row] != EngagementKind::View).then(|| engagements.at.get(row)).flatten();
        for row in (0..engagements.actor.len()).filter(|&row| timed(row).is_some()) {
            counts[engagements.actor[row].index()] += 1;
        }
        let is_long = |account: AccountId| u64::from(counts[account.index()]) >= FEWEST_EVENTS;
        let mut rows: Vec<(u32, i64)> = (0..engagements.actor.len())
            .filter(|&row| is_long(engagements.actor[row]))
            .filter_map(|row| Some((engagements.actor[row].0, timed(row)?)))
            .collect();
        rows.par_sort_unstable();
        let (actors, at_ms): (Vec<u32>, Vec<i64>) = rows.into_iter().unzip();
        let of = |times: &ActorTimes| (times.measures(), *times.profile(), *times.day());
        let measured = map_actors(&actors, &at_ms, of)?;
        let timing = |(actor, (measures, profile, day))| AccountTiming { account: AccountId(actor), measures, profile, day };
        Ok(Self(measured.into_iter().map(timing).collect()))
    }

    /// What is measured of one account.
    pub fn get(&self, account: AccountId) -> Option<&AccountTiming> {
        self.0.binary_search_by_key(&account, |timing| timing.account).ok().map(|at| &self.0[at])
    }

    /// All accounts that are measured, by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &AccountTiming> {
        self.0.iter()
    }

    /// How many accounts are measured.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DatasetBuilder, Manifest, Table};
    use crate::timing::TIMING_MEASURES;
    use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
    use std::sync::Arc;

    #[test]
    fn the_catalogue_follows_the_measures_and_is_whole() {
        for (signal, measure) in TIMING_SIGNALS.iter().zip(TIMING_MEASURES) {
            assert_eq!(signal.id, measure.id());
            assert!(
                [signal.name, signal.unit, signal.meaning, signal.measured, signal.missing, signal.source]
                    .iter()
                    .all(|text| !text.is_empty())
            );
            assert!(!signal.benign_causes.is_empty(), "{}", signal.id);
        }
    }

    /// `a` likes every ten minutes, in a shuffled order and twice at one instant; `b` 19 times; views do not count.
    fn dataset(sampling: Sampling) -> Dataset {
        let mut rows: Vec<(&str, &str, i64)> = (0..30).map(|turn| ("a", "like", turn * 7 % 30 * 600_000)).collect();
        rows.extend((0..19).map(|turn| ("b", "comment", turn * 1_000)));
        rows.extend((0..40).map(|turn| ("b", "view", turn * 1_000)));
        let text = |of: fn(&(&str, &str, i64)) -> String| {
            Arc::new(rows.iter().map(|row| Some(of(row))).collect::<StringArray>()) as ArrayRef
        };
        let times: TimestampMillisecondArray = rows.iter().map(|row| Some(1_600_000_000_000 + row.2)).collect();
        let posts: StringArray = (0..rows.len()).map(|place| Some(format!("p{place}"))).collect();
        let mut builder = DatasetBuilder::new(Manifest { engagements_sampling: sampling, ..Manifest::default() });
        let columns = [
            ("actor_id", text(|row| row.0.to_owned())),
            ("post_id", Arc::new(posts) as ArrayRef),
            ("kind", text(|row| row.1.to_owned())),
            ("at", Arc::new(times) as ArrayRef),
        ];
        builder.push(Table::Engagements, &RecordBatch::try_from_iter(columns).unwrap());
        builder.finish()
    }

    #[test]
    fn only_accounts_with_twenty_actions_are_measured_whatever_the_order_of_rows() {
        let dataset = dataset(Sampling::Complete);
        let timings = AccountTimings::measure(&dataset).unwrap();
        assert_eq!(timings.len(), 1);
        let id = dataset.account_ids().find(|&id| dataset.name(id) == "a").unwrap();
        let timing = timings.get(id).unwrap();
        assert_eq!((timing.measures.n_events, timing.measures.get(TimingMeasure::Burstiness)), (30, Some(-1.0)));
        assert_eq!(timing.measures.get(TimingMeasure::WholeMinuteShare), Some(1.0));
    }

    #[test]
    fn gaps_of_a_sample_are_not_measured() {
        assert!(AccountTimings::measure(&dataset(Sampling::Random)).unwrap().is_empty());
    }
}
