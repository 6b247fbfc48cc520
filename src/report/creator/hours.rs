//! At which hours of the week accounts follow and engage.

use super::Subject;
use crate::domain::EngagementKind;
use crate::report::number;
use crate::signals::MIN_TIMED_ACTIONS;
use crate::timing::{WeekProfile, utc_offset_min};
use serde::Serialize;

/// Days of the week, as the rows of a map.
pub const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Hours of the week.
#[derive(Debug, Clone, Serialize)]
pub struct HourSection {
    /// Which clock the hours are of.
    pub clock: String,
    /// Minutes by which that clock stands ahead of UTC.
    pub utc_offset_min: i64,
    /// Likes, comments, shares and saves.
    pub engagement: Option<HourMap>,
    /// Follows.
    pub follows: Option<HourMap>,
}

/// Actions by hour of the week.
#[derive(Debug, Clone, Serialize)]
pub struct HourMap {
    /// What it shows, in a sentence.
    pub statement: String,
    /// What is counted.
    pub unit: &'static str,
    /// All of it.
    pub total_count: u64,
    /// Seven rows from Monday, of 24 hours each.
    pub counts: Vec<Vec<u32>>,
}

/// Maps of engagement and of follows, where at least 200 have a time finer than an hour; by the creator's clock where its country or language leaves
/// one, else in UTC.
pub(super) fn assemble(subject: &Subject<'_>) -> Option<HourSection> {
    let (dataset, creator) = (subject.source.dataset, subject.creator);
    let slot = creator.id.index();
    let country = creator.country.as_deref().or_else(|| dataset.accounts.country.get(slot));
    let offset = utc_offset_min(country, creator.language.as_deref().or_else(|| dataset.accounts.language.get(slot)));
    let clock =
        offset.map_or_else(|| "UTC".to_owned(), |minutes| format!("the creator's clock in winter ({})", offset_text(minutes)));
    let engagements = &dataset.engagements;
    let acted = (0..engagements.actor.len())
        .filter(|&row| engagements.creator.get(row) == Some(creator.id.0) && engagements.actor[row] != creator.id)
        .filter(|&row| engagements.kind[row] != EngagementKind::View);
    let acted: Vec<i64> = acted.filter_map(|row| engagements.at.get(row)).collect();
    let follows = &dataset.follows;
    let followed = (0..follows.followed.len()).filter(|&edge| follows.followed[edge] == creator.id);
    let followed: Vec<i64> = followed.filter_map(|edge| follows.followed_at.get(edge)).collect();
    let map = |times: &[i64], unit| map(&WeekProfile::of(times, offset.unwrap_or(0)), unit, &clock);
    let (engagement, follows) = (map(&acted, "likes, comments, shares and saves"), map(&followed, "follows"));
    (engagement.is_some() || follows.is_some()).then(|| HourSection {
        clock,
        utc_offset_min: offset.unwrap_or(0),
        engagement,
        follows,
    })
}

fn map(week: &WeekProfile, unit: &'static str, clock: &str) -> Option<HourMap> {
    let (total, day) = (week.total(), week.day());
    if total < MIN_TIMED_ACTIONS {
        return None;
    }
    let busiest = (0..168).rev().max_by_key(|&place| week.counts()[place])?;
    let statement = format!(
        "Of {} {unit}, {} came in the quietest six hours of the day (a quarter would be no night at all); the busiest hour of the week is {} from {}:00, with {}. Hours are of {clock}.",
        number::count(total),
        number::percent(day.quiet_share()?),
        DAYS[busiest / 24],
        busiest % 24,
        number::count(u64::from(week.counts()[busiest]))
    );
    Some(HourMap { statement, unit, total_count: total, counts: week.counts().chunks(24).map(<[u32]>::to_vec).collect() })
}

/// `UTC+5:30`.
fn offset_text(minutes: i64) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    if rest == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_quiet_the_quietest_hours_are() {
        // 250 on Thursday 1970-01-01 at 12:00:01 and 50 on Friday at 02:30 UTC
        let times: Vec<i64> = [43_201_000; 250].into_iter().chain([95_400_000; 50]).collect();
        let map = map(&WeekProfile::of(&times, 0), "follows", "UTC").unwrap();
        assert!(map.statement.starts_with("Of 300 follows, 0.0 % came"), "{}", map.statement);
        assert!(map.statement.contains("Thursday from 12:00, with 250"), "{}", map.statement);
        assert_eq!((map.counts.len(), map.counts[4][2]), (7, 50));
        assert!(super::map(&WeekProfile::of(&times[..199], 0), "follows", "UTC").is_none());
    }

    #[test]
    fn offsets_are_written_with_sign_and_minutes() {
        assert_eq!([330, -180, 0].map(offset_text), ["UTC+5:30", "UTC-3", "UTC+0"]);
    }
}
