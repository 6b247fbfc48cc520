//! Real creators of whom a few readings are known.

use super::rate;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::count;
use crate::domain::DAY_MS;
use crate::tables::reference::SnapshotHistory;
use crate::timing::growth::{FollowerHistory, GrowthSettings, HistoryReading, find_growth_anomalies};

/// One row a platform.
pub(super) fn table(real: &[SnapshotHistory]) -> EvaluationTable {
    let mut table = EvaluationTable::new(
        "Real histories of two to five points (hypeauditor_top1000, 2022; not known to be clean): with so few points ours abstains, and says what is missing; a fixed rule does not",
        &[
            "platform",
            "creators with two points or more",
            "points in the middle",
            "ours: called",
            "25 % in a month: called",
            "share",
        ],
    );
    let mut platforms: Vec<&str> = real.iter().map(|history| history.platform).collect();
    platforms.dedup();
    for platform in platforms {
        let own: Vec<&SnapshotHistory> =
            real.iter().filter(|history| history.platform == platform && history.points.len() >= 2).collect();
        let ours = own.iter().filter(|history| !find_growth_anomalies(&checked(history), &GrowthSettings::default()).is_empty());
        let fixed = own.iter().filter(|history| grew_a_quarter_in_a_month(history)).count();
        let mut points: Vec<usize> = own.iter().map(|history| history.points.len()).collect();
        points.sort_unstable();
        table.push([
            platform.to_owned(),
            count(own.len()),
            points.get(points.len() / 2).map_or_else(String::new, usize::to_string),
            count(ours.count()),
            count(fixed),
            rate(fixed, own.len()),
        ]);
    }
    table
}

fn checked(history: &SnapshotHistory) -> FollowerHistory {
    let reading = |&(at, followers): &(crate::domain::Timestamp, u64)| HistoryReading {
        at_ms: at.ms(),
        followers,
        following: None,
        posts: None,
    };
    FollowerHistory::check(&history.points.iter().map(reading).collect::<Vec<_>>(), None)
}

/// Growth between two readings of more than 25 % for each 30 days.
fn grew_a_quarter_in_a_month(history: &SnapshotHistory) -> bool {
    checked(history).intervals().any(|interval| {
        let months = interval.days / 30.0;
        let growth = (interval.before as f64 + interval.change as f64) / (interval.before as f64).max(1.0);
        interval.to_ms - interval.from_ms >= 7 * DAY_MS && growth > 1.25_f64.powf(months.max(1.0))
    })
}
