//! Signals of when those around a creator act: hours of day and week, day and night by their own clocks.

use super::activity::CreatorActivity;
use crate::domain::{AccountId, Dataset, EngagementKind, Interval, Timestamp};
use crate::signals::catalogue::{Signal, Trend};
use crate::statistics::wilson;
use crate::timing::{DayProfile, WeekProfile, has_hours, hour_distance, utc_offset_min};
use std::collections::BTreeMap;

/// Actions below which nothing is said of the hours of an audience. Assumption: some eight an hour of the day.
pub const MIN_TIMED_ACTIONS: u64 = 200;
/// Accounts with a known clock below which nothing is said of their nights. Assumption: a share of a sixth is then known to ± 5 points.
pub const MIN_CLOCKS: u64 = 100;
/// Engagers with enough timed actions below which no share of them is given: as for fields of profiles.
pub const MIN_TIMED_ENGAGERS: u64 = 20;
/// Level of the interval of a share.
const LEVEL: f64 = crate::domain::INTERVAL_LEVEL;
const MINUTE_MS: i64 = 60_000;

const WORLD: &[&str] = &["an audience in many time zones", "posts that are published at all hours"];

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        id: "timing.engagement_night_share",
        name: "engagement at night",
        unit: "share",
        meaning: "Share of likes, comments, shares and saves between 1 and 5 o'clock by the clocks of those who act; a sixth where night is as busy as day",
        measured: "mean over actors of known country or language with one time zone of their actions from 1 to 5 o'clock local winter time / their actions",
        missing: "fewer than 100 actors whose country, or language, leaves one time zone",
        benign_causes: &[
            "accounts that state a country they do not live in",
            "an event broadcast at night",
            "shift workers or players of games",
        ],
        source: "countries' standard time, IANA time zone database",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "timing.engagement_quiet_share",
        name: "engagement in the quietest six hours",
        unit: "share",
        meaning: "Share of likes, comments, shares and saves in the six hours of the day in a row that hold fewest; a quarter where there is no night",
        measured: "least share of actions in six hours of the day in a row, in UTC; needs no time zone",
        missing: "fewer than 200 actions with a time finer than an hour",
        benign_causes: WORLD,
        source: "ours",
        trend: Trend::Free,
        band: None,
    },
    Signal {
        id: "timing.engagement_rhythm",
        name: "daily rhythm of engagement",
        unit: "index",
        meaning: "How strongly engagement keeps to one part of the day; 0 for day and night alike",
        measured: "|Σ e^(2πi hour/24)| / n over actions, in UTC",
        missing: "fewer than 200 actions with a time finer than an hour",
        benign_causes: WORLD,
        source: "Mardia and Jupp, Directional statistics, 2000",
        trend: Trend::Free,
        band: None,
    },
    Signal {
        id: "timing.follow_quiet_share",
        name: "follows in the quietest six hours",
        unit: "share",
        meaning: "Share of follows in the six hours of the day in a row that hold fewest; a quarter where there is no night",
        measured: "least share of follows in six hours of the day in a row, in UTC; needs no time zone",
        missing: "fewer than 200 follows with a time finer than an hour",
        benign_causes: WORLD,
        source: "ours",
        trend: Trend::Free,
        band: None,
    },
    Signal {
        id: "timing.follow_engagement_distance",
        name: "hours of follows against hours of engagement",
        unit: "nats",
        meaning: "How far the hours at which accounts follow lie from those at which the audience engages; 0 for one and the same day",
        measured: "Jensen–Shannon divergence of the hours of the day, less what two samples of one profile show",
        missing: "fewer than 200 follows, or 200 actions, with a time finer than an hour",
        benign_causes: &[
            "a viral post or a giveaway that brought many followers within hours",
            "posts at fixed hours",
            "a campaign in another country",
        ],
        source: "Lin, Divergence measures based on the Shannon entropy, 1991",
        trend: Trend::Free,
        band: None,
    },
    Signal {
        id: "timing.automated_engagers_share",
        name: "engagers that act like programs",
        unit: "share",
        meaning: "Share of accounts with at least 20 timed actions in the data whose times look like a program's to the timing model; evidence beside the fake share, never part of it",
        measured: "engagers with a probability of at least ½ by the timing model / engagers with at least 20 timed likes, comments, shares and saves",
        missing: "fewer than 20 such engagers, or engagements are a random sample",
        benign_causes: &[
            "accounts of shops and newsrooms that plan their posts",
            "fans who like every post at once",
            "a model that was fitted to comments on one platform",
        ],
        source: "Costa et al., RSC, KDD 2015; Hooi et al., BIRDNEST, 2016",
        trend: Trend::Increasing,
        band: None,
    },
];

/// A share of accounts with its 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharedBy {
    /// The share.
    pub share: f64,
    /// Its interval by the number of accounts: actions of one account are not independent.
    pub interval: Option<Interval>,
    /// Accounts that it rests on.
    pub accounts_count: u64,
}

/// When those who act on one creator act.
#[derive(Debug, Clone, PartialEq)]
pub struct TimingMeasures {
    /// Likes, comments, shares and saves by hour of the week, in UTC.
    pub engagement: WeekProfile,
    /// Follows by hour of the week, in UTC.
    pub follows: WeekProfile,
    /// Engagement at night by the clocks of those who act.
    pub night: Option<SharedBy>,
    /// Engagers with enough timed actions that act like programs.
    pub automated: Option<SharedBy>,
}

impl TimingMeasures {
    /// Measures one creator; what needs a model is missing until [`TimingMeasures::with_automated`].
    ///
    /// # Cost
    /// One pass over its engagements and follows.
    pub fn of(activity: &CreatorActivity<'_>) -> Self {
        let acted = activity.engagements().filter(|engagement| engagement.kind != EngagementKind::View);
        let timed: Vec<(AccountId, Timestamp)> = acted
            .filter(|engagement| engagement.actor != activity.id())
            .filter_map(|engagement| Some((engagement.actor, engagement.at?)))
            .collect();
        let follows: Vec<i64> = activity.follows().filter_map(|follow| Some(follow.at?.ms())).collect();
        let times: Vec<i64> = timed.iter().map(|(_, at)| at.ms()).collect();
        let night = has_hours(&times).then(|| night(activity.dataset, &timed)).flatten();
        Self { engagement: WeekProfile::of(&times, 0), follows: WeekProfile::of(&follows, 0), night, automated: None }
    }

    /// The same with the engagers that act like programs, of those with enough timed actions.
    #[must_use]
    pub fn with_automated(self, automated_count: u64, timed_count: u64) -> Self {
        let share = |count: u64| count as f64 / timed_count as f64;
        let automated = (timed_count >= MIN_TIMED_ENGAGERS).then(|| SharedBy {
            share: share(automated_count),
            interval: wilson(automated_count, timed_count, LEVEL),
            accounts_count: timed_count,
        });
        Self { automated, ..self }
    }

    /// The value of one of the family's signals.
    pub(super) fn value(&self, id: &str) -> Option<f64> {
        let enough = |week: &WeekProfile| Some(week.day()).filter(|day| day.total() >= MIN_TIMED_ACTIONS);
        match id {
            "timing.engagement_night_share" => self.night.map(|night| night.share),
            "timing.engagement_quiet_share" => enough(&self.engagement)?.quiet_share(),
            "timing.engagement_rhythm" => enough(&self.engagement)?.resultant(),
            "timing.follow_quiet_share" => enough(&self.follows)?.quiet_share(),
            "timing.follow_engagement_distance" => hour_distance(&enough(&self.follows)?, &enough(&self.engagement)?),
            "timing.automated_engagers_share" => self.automated.map(|automated| automated.share),
            _ => None,
        }
    }
}

/// Mean over accounts with a known clock of the share of their actions at night.
fn night(dataset: &Dataset, timed: &[(AccountId, Timestamp)]) -> Option<SharedBy> {
    let mut by_account: BTreeMap<AccountId, (DayProfile, i64)> = BTreeMap::new();
    for &(account, at) in timed {
        let slot = account.index();
        let Some(offset) = utc_offset_min(dataset.accounts.country.get(slot), dataset.accounts.language.get(slot)) else {
            continue;
        };
        // Local time as if it were UTC: half hours of offset count.
        by_account.entry(account).or_insert((DayProfile::default(), offset)).0.push(at.ms() + offset * MINUTE_MS);
    }
    let n = by_account.len() as u64;
    if n < MIN_CLOCKS {
        return None;
    }
    let sum: f64 = by_account.values().filter_map(|(day, _)| day.night_share(0)).sum();
    // Shares of single accounts lie within 0..1: the interval of a proportion of as many draws is no narrower than theirs.
    Some(SharedBy { share: sum / n as f64, interval: wilson(sum.round() as u64, n, LEVEL), accounts_count: n })
}

#[cfg(test)]
mod tests {
    use super::super::Activities;
    use super::*;
    use crate::domain::{DAY_MS, DatasetBuilder, Manifest, Table};
    use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
    use std::sync::Arc;

    const HOUR_MS: i64 = 3_600_000;

    fn text(values: impl Iterator<Item = String>) -> ArrayRef {
        Arc::new(values.map(Some).collect::<StringArray>())
    }

    fn times(values: impl Iterator<Item = i64>) -> ArrayRef {
        Arc::new(values.map(Some).collect::<TimestampMillisecondArray>())
    }

    /// Actors from a country, two likes each at `hour` UTC and ten minutes past on days in a row.
    fn dataset(country: &str, hour: i64, n: usize) -> Dataset {
        let mut builder = DatasetBuilder::new(Manifest::default());
        let mut push = |table, columns: Vec<(&str, ArrayRef)>| builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
        push(Table::Creators, vec![("creator_id", text(["c".to_owned()].into_iter()))]);
        push(
            Table::Accounts,
            vec![
                ("account_id", text((0..n).map(|actor| format!("a{actor}")))),
                ("country", text((0..n).map(|_| country.to_owned()))),
            ],
        );
        let at = |row: usize| 1_600_041_600_000 + (row / 2) as i64 * DAY_MS + hour * HOUR_MS + 600_000;
        push(
            Table::Engagements,
            vec![
                ("actor_id", text((0..2 * n).map(|row| format!("a{}", row / 2)))),
                ("post_id", text((0..2 * n).map(|row| format!("p{row}")))),
                ("creator_id", text((0..2 * n).map(|_| "c".to_owned()))),
                ("kind", text((0..2 * n).map(|row| if row % 2 == 0 { "like" } else { "comment" }.to_owned()))),
                ("at", times((0..2 * n).map(at))),
            ],
        );
        push(
            Table::Follows,
            vec![
                ("follower_id", text((0..n).map(|actor| format!("a{actor}")))),
                ("followed_id", text((0..n).map(|_| "c".to_owned()))),
                ("followed_at", times((0..n).map(|row| 1_600_041_600_000 + row as i64 * DAY_MS))),
            ],
        );
        builder.finish()
    }

    fn measures(dataset: &Dataset) -> TimingMeasures {
        TimingMeasures::of(&Activities::gather(dataset).of(0))
    }

    #[test]
    fn nights_are_those_of_the_actors_clocks() {
        // 20:10 UTC is 01:40 in India and 22:10 in Germany; base is 2020-09-14T00:00Z.
        let india = measures(&dataset("IN", 20, 120));
        assert_eq!(india.value("timing.engagement_night_share"), Some(1.0));
        assert_eq!(india.night.unwrap().accounts_count, 120);
        assert_eq!(measures(&dataset("DE", 20, 120)).value("timing.engagement_night_share"), Some(0.0));
    }

    #[test]
    fn a_clock_that_is_not_known_is_missing() {
        assert_eq!(measures(&dataset("US", 20, 120)).night, None);
        assert_eq!(measures(&dataset("IN", 20, 99)).night, None);
    }

    #[test]
    fn follows_given_by_the_day_have_no_hours() {
        let measured = measures(&dataset("IN", 20, 250));
        assert_eq!((measured.engagement.total(), measured.follows.total()), (500, 0));
        assert_eq!(measured.value("timing.engagement_quiet_share"), Some(0.0));
        assert_eq!(measured.value("timing.follow_quiet_share"), None);
        assert_eq!(measured.value("timing.follow_engagement_distance"), None);
        assert_eq!(measures(&dataset("IN", 20, 90)).value("timing.engagement_rhythm"), None);
    }

    #[test]
    fn a_share_of_few_engagers_is_missing() {
        let measured = measures(&dataset("IN", 20, 10));
        assert_eq!(measured.clone().with_automated(5, 19).value("timing.automated_engagers_share"), None);
        assert_eq!(measured.with_automated(5, 20).value("timing.automated_engagers_share"), Some(0.25));
    }
}
