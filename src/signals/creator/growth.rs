//! Signals of how the number of followers changed.

use super::activity::CreatorActivity;
use crate::domain::DAY_MS;
use crate::signals::catalogue::{Signal, Trend};
use crate::timing::growth::{
    FollowChurn, FollowerHistory, GrowthAgainstEngagement, GrowthAnomaly, GrowthSettings, HistoryReading, Recount,
    find_growth_anomalies, follow_churn, growth_against_engagement,
};

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        id: "growth.gain",
        name: "largest unexpected gain of followers",
        unit: "share",
        meaning: "Followers that came within some weeks beyond what the weeks around lead one to expect, over the followers before; 0 where nothing stands out",
        measured: "largest (change − expected) / followers before, over segments of constant rate; see timing::growth::find_growth_anomalies",
        missing: "fewer than seven sound readings of followers, and fewer than 200 follows with a time",
        benign_causes: &[
            "a post that went viral",
            "a giveaway",
            "a mention by a larger creator",
            "an advertisement or an article",
            "a new count by the platform",
            "accounts ordered by somebody else to do harm",
        ],
        source: "change points: Killick, Fearnhead and Eckley 2012, with negative-binomial counts",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "growth.loss",
        name: "largest unexpected loss of followers",
        unit: "share",
        meaning: "Followers that went within some weeks beyond what the weeks around lead one to expect, over the followers before; 0 where nothing stands out",
        measured: "largest (expected − change) / followers before, likewise",
        missing: "fewer than seven sound readings of followers",
        benign_causes: &[
            "a removal of accounts by the platform",
            "people who came for a giveaway and left",
            "a post that offended many",
            "a new count by the platform",
        ],
        source: "the same change points",
        trend: Trend::Free,
        band: None,
    },
    Signal {
        id: "growth.drop_off",
        name: "gone four weeks after the largest gain",
        unit: "share",
        meaning: "Share of the largest unexpected gain that was gone again four weeks later, against the usual growth of those weeks",
        measured: "(followers at the end + usual growth of 28 days − followers 28 days later) / unexpected gain",
        missing: "no unexpected gain, or it ended less than four weeks before the last reading",
        benign_causes: &["people who came for a giveaway and left", "a removal of accounts by the platform"],
        source: "sellers of followers state how many drop off",
        trend: Trend::Free,
        band: None,
    },
    Signal {
        id: "growth.ordered_odds",
        name: "odds that an unexpected gain was ordered",
        unit: "ln odds",
        meaning: "Of the unexpected gain that most looks ordered: natural logarithm of how many times likelier what was seen of it is under an order than under the best innocent cause, within −4 and 6; −4 where no gain stands out",
        measured: "ln of the likelihood under an order over that under the best innocent cause, largest of all gains; see scoring::explain_growth",
        missing: "as growth.gain",
        benign_causes: &[
            "an innocent cause that leaves no trace in the data at hand",
            "accounts ordered by somebody else to do harm",
        ],
        source: "likelihoods of models/causes",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "growth.churn",
        name: "cycles of following many and dropping them",
        unit: "cycles",
        meaning: "How often the creator's account followed at least 80 accounts (and a tenth of those it usually follows) and dropped half of them or more within ninety days",
        measured: "turning points of following over time; see timing::growth::follow_churn",
        missing: "fewer than five readings of following",
        benign_causes: &["clearing out an old list", "a contest in which the account follows everybody who takes part"],
        source: "the market's reports name follow–unfollow as a pattern of growth",
        trend: Trend::Increasing,
        band: None,
    },
    Signal {
        id: "growth.engagement_gap",
        name: "growth that engagement did not follow",
        unit: "ln ratio",
        meaning: "By how much followers grew more than the likes and comments of a post between its earlier and its later posts; below 0 engagement grew more",
        measured: "ln(followers later / earlier) − (mean ln(1 + likes and comments) later − earlier); see timing::growth::growth_against_engagement",
        missing: "fewer than four posts with counts on either side, sides less than three weeks apart, or no history at that time",
        benign_causes: &[
            "larger audiences react less per head",
            "a change of topic or form",
            "hidden likes",
            "an audience that grows old",
        ],
        source: "Welch's comparison of two means",
        trend: Trend::Free,
        band: None,
    },
];

/// Follows with a time that stand in for a history.
const LEAST_FOLLOWS: usize = 200;

/// Listed follows below which no gain among them stands out. Assumption.
const LEAST_LISTED_GAIN: f64 = 20.0;

/// What a history of followers rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrowthBasis {
    /// Readings of the platform's count.
    Readings,
    /// Times of the listed follows: those who left are not among them.
    FollowTimes,
}

/// How one creator grew.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GrowthMeasures {
    /// What the rest was measured on; `None` where nothing was.
    pub basis: Option<GrowthBasis>,
    /// First and last sound reading, in UTC milliseconds.
    pub span_ms: Option<(i64, i64)>,
    /// Unexpected gains and losses, oldest first.
    pub anomalies: Vec<GrowthAnomaly>,
    /// Jumps that were undone.
    pub recounts: Vec<Recount>,
    /// What its own follows did.
    pub churn: Option<FollowChurn>,
    /// Whether engagement went the way of followers.
    pub against_engagement: Option<GrowthAgainstEngagement>,
    /// Readings later than the capture, and readings that fall to nothing and come back.
    pub unsound_count: usize,
}

impl GrowthMeasures {
    /// Measures one creator: on the readings of its count, else on the times of its listed follows.
    ///
    /// # Cost
    /// That of the change points in its readings.
    pub fn of(activity: &CreatorActivity<'_>) -> Self {
        let readings: Vec<HistoryReading> = activity
            .history()
            .map(|point| HistoryReading {
                at_ms: point.at.ms(),
                followers: point.followers,
                following: point.following,
                posts: point.posts,
            })
            .collect();
        let captured_ms = activity.captured_at().map(|at| at.ms());
        let history = FollowerHistory::check(&readings, captured_ms);
        let is_read = history.readings.len() > FEWEST_INTERVALS;
        let arrivals = if is_read { None } else { arrivals(activity) };
        let (basis, grown) = match &arrivals {
            Some(arrivals) => (Some(GrowthBasis::FollowTimes), arrivals),
            None => (is_read.then_some(GrowthBasis::Readings), &history),
        };
        // A list holds a part of those who came: what is small in it may be an order.
        let least_gain = if arrivals.is_some() { LEAST_LISTED_GAIN } else { GrowthSettings::default().least_gain };
        let settings = GrowthSettings { least_gain, ..GrowthSettings::default() };
        let posts: Vec<(i64, u64)> = activity
            .posts()
            .filter_map(|post| Some((post.published_at()?.ms(), post.likes()?.saturating_add(post.comments()?))))
            .collect();
        Self {
            basis,
            span_ms: grown.span_ms(),
            anomalies: find_growth_anomalies(grown, &settings),
            churn: follow_churn(&history),
            against_engagement: growth_against_engagement(&history, &posts),
            unsound_count: history.n_future + history.n_resets,
            recounts: history.recounts,
        }
    }

    /// The largest gain, or loss.
    pub fn largest(&self, is_gain: bool) -> Option<&GrowthAnomaly> {
        let of_kind = self.anomalies.iter().filter(|anomaly| anomaly.is_gain() == is_gain);
        of_kind.max_by(|a, b| a.share().abs().total_cmp(&b.share().abs()))
    }

    /// The value of one of the family's signals.
    pub(super) fn value(&self, id: &str) -> Option<f64> {
        let largest = |is_gain| self.largest(is_gain).map_or(0.0, |anomaly| anomaly.share().abs());
        match id {
            "growth.gain" => self.basis.map(|_| largest(true)),
            "growth.loss" => self.basis.filter(|basis| *basis == GrowthBasis::Readings).map(|_| largest(false)),
            "growth.drop_off" => self.largest(true)?.left_share.filter(|_| self.basis == Some(GrowthBasis::Readings)),
            "growth.churn" => self.churn.map(|churn| churn.n_cycles as f64),
            "growth.engagement_gap" => self.against_engagement.map(|both| both.difference()),
            _ => None,
        }
    }
}

/// Intervals below which nothing can stand out.
const FEWEST_INTERVALS: usize = 6;

/// The times of the listed follows as a history, a reading a day: how many of those still listed had come by then.
fn arrivals(activity: &CreatorActivity<'_>) -> Option<FollowerHistory> {
    let times: Vec<i64> = activity.follows().map_while(|follow| follow.at).map(|at| at.ms()).collect();
    if times.len() < LEAST_FOLLOWS {
        return None;
    }
    // The oldest tenth is skipped: without those who left, a beginning looks like a burst.
    let first = times[times.len() / 10];
    let mut readings = Vec::new();
    let mut at_ms = first - first.rem_euclid(DAY_MS);
    let last = *times.last()?;
    while at_ms < last + DAY_MS {
        let followers = times.partition_point(|&time| time <= at_ms) as u64;
        readings.push(HistoryReading { at_ms, followers, following: None, posts: None });
        at_ms += DAY_MS;
    }
    Some(FollowerHistory::check(&readings, None))
}

#[cfg(test)]
mod tests {
    use super::super::Activities;
    use super::*;
    use crate::domain::{AccountId, Creator, DatasetBuilder, HistoryPoint, Manifest, Platform, Timestamp};

    fn measured(points: impl IntoIterator<Item = (i64, u64)>, follows: &[i64]) -> GrowthMeasures {
        let mut dataset = DatasetBuilder::new(Manifest::default()).finish();
        let id = AccountId(dataset.ids.intern("c"));
        let creator = Creator {
            id,
            platform: Platform::Instagram,
            category: None,
            country: None,
            language: None,
            price: None,
            currency: None,
        };
        dataset.creators.push(creator);
        dataset.history = points
            .into_iter()
            .map(|(day, followers)| HistoryPoint {
                creator: id,
                at: Timestamp::from_ms(1_600_000_000_000 + day * DAY_MS).unwrap(),
                followers,
                following: None,
                posts: None,
            })
            .collect();
        for (row, at) in follows.iter().enumerate() {
            dataset.follows.follower.push(AccountId(dataset.ids.intern(&format!("f{row}"))));
            dataset.follows.followed.push(id);
            dataset.follows.followed_at.set(row, 1_600_000_000_000 + at);
        }
        GrowthMeasures::of(&Activities::gather(&dataset).of(0))
    }

    #[test]
    fn a_jump_is_the_largest_gain_over_the_followers_before() {
        let growth = measured((0..60).map(|day| (day, 5_000 + 10 * day as u64 + if day > 30 { 600 } else { 0 })), &[]);
        assert_eq!(growth.basis, Some(GrowthBasis::Readings));
        // By hand: 600 of 5,300.
        assert!((growth.value("growth.gain").unwrap() - 600.0 / 5_300.0).abs() < 1e-3, "{growth:?}");
        assert_eq!((growth.value("growth.loss"), growth.value("growth.churn")), (Some(0.0), None));
    }

    #[test]
    fn two_points_or_none_measure_nothing() {
        let growth = measured([(0, 5_000), (90, 9_000)], &[]);
        assert_eq!((growth.basis, growth.value("growth.gain")), (None, None));
        assert_eq!(measured([], &[]).value("growth.gain"), None);
    }

    #[test]
    fn without_readings_the_times_of_follows_speak() {
        let mut follows: Vec<i64> = (0..600).map(|place| place * DAY_MS / 4).collect();
        follows.extend((0..80).map(|place| 100 * DAY_MS + place * 60_000));
        let growth = measured([], &follows);
        assert_eq!(growth.basis, Some(GrowthBasis::FollowTimes));
        // By hand: 80 upon the 400 that came within a hundred days.
        assert!((growth.value("growth.gain").unwrap() - 0.2).abs() < 0.01, "{growth:?}");
        assert_eq!(growth.value("growth.loss"), None);
    }
}
