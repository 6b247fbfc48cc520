//! What order and times of a creator's followers show.

use super::proposal::Proposal;
use super::score::ScoredCreator;
use super::wording::{count, count_of, percent};
use crate::domain::{BatchOrigin, BatchTrait, CoordinatedGroup, Finding, GroupKind, Interval, Severity, Timestamp};
use crate::timing::FollowEvent;

/// Share of the list that batches must hold beyond what is expected for a notice. Assumption: with less, an order of the sizes that are sold
/// would be a small part of the audience.
const NOTICE_SHARE: f64 = 0.05;
/// Share of the followers with a known time that bursts must have brought for that to be said. Assumption: nearly every creator has a burst.
const BURST_SHARE: f64 = 0.05;
/// Age in the middle at which accounts followed, in days, below which a batch is never more than a remark: platforms recommend creators to
/// people who have just joined. On a real list of 28,854 followers four in five members of batches were younger (`evaluate follower-map`).
const SETTLED_DAYS: f64 = 30.0;

/// What order and times of a creator's followers show; `None` where the list cannot show it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arrivals {
    /// Followers whose place in the list is known.
    pub placed_count: u64,
    /// Followers whose time is known.
    pub timed_count: u64,
    /// Members of follow batches.
    pub batch_members_count: Option<u64>,
    /// Bursts of follows within minutes to hours, in ascending time.
    pub bursts: Option<Vec<FollowEvent>>,
}

impl Arrivals {
    /// Share of the placed followers that stand in batches.
    pub fn batch_share(&self) -> Option<f64> {
        self.batch_members_count.map(|members| members as f64 / self.placed_count.max(1) as f64)
    }

    /// Share of the followers with a known time that came in bursts.
    pub fn burst_share(&self) -> Option<f64> {
        let of_burst = |bursts: &Vec<FollowEvent>| bursts.iter().map(|burst| burst.observed).sum::<usize>() as f64;
        self.bursts.as_ref().map(|bursts| of_burst(bursts) / self.timed_count.max(1) as f64)
    }
}

/// Findings from order and times: one of the batches, one of the bursts. Neither is ever more than a notice, for both have innocent causes
/// that the data cannot rule out.
pub fn arrival_findings(creator: &ScoredCreator, groups: &[CoordinatedGroup]) -> Vec<Finding> {
    batches(creator, groups).into_iter().chain(bursts(creator)).collect()
}

fn batches(creator: &ScoredCreator, groups: &[CoordinatedGroup]) -> Option<Finding> {
    let is_batch = |group: &&CoordinatedGroup| group.kind == GroupKind::FollowBatch && group.target(creator.score.id).is_some();
    let batches: Vec<(&CoordinatedGroup, &BatchOrigin)> =
        groups.iter().filter(is_batch).filter_map(|group| Some((group, group.batch.as_ref()?))).collect();
    let &(largest, _) = batches.iter().max_by_key(|(group, _)| group.members.len())?;
    let members: u64 = batches.iter().map(|(group, _)| group.members.len() as u64).sum();
    let expected: f64 = batches.iter().map(|(_, origin)| origin.expected_count).sum();
    let placed = creator.arrivals.placed_count.max(1) as f64;
    let settled = |origin: &BatchOrigin| origin.median_age_days.is_some_and(|days| days >= SETTLED_DAYS);
    let settled_excess: f64 = batches
        .iter()
        .filter(|(_, origin)| settled(origin))
        .map(|(group, origin)| group.members.len() as f64 - origin.expected_count)
        .sum();
    let statement = format!(
        "{} of {} ({}) stand in {}: they came one after another and are alike, where the rest of the list leads one to expect {}. {}",
        count(members),
        count_of(creator.arrivals.placed_count, "follower"),
        percent(members as f64 / placed),
        if batches.len() == 1 { "a batch".to_owned() } else { format!("{} batches", count(batches.len() as u64)) },
        count(expected.round() as u64),
        of_largest(largest, batches.len())
    );
    Some(
        Proposal {
            signal: "timing.follow_batch",
            severity: if settled_excess / placed >= NOTICE_SHARE { Severity::Notice } else { Severity::Info },
            value: Some(members as f64 / placed),
            expected: Interval::new(0.0, expected / placed),
            window: largest.window(),
            evidence: batches.iter().map(|(group, _)| group.id.clone()).collect(),
            statement,
        }
        .about(creator.score.id),
    )
}

fn of_largest(group: &CoordinatedGroup, n_batches: usize) -> String {
    let Some(origin) = &group.batch else { return String::new() };
    let shared = match &origin.shared {
        BatchTrait::MadeBetween(from, to) => format!("whose accounts were made between {} and {}", day(*from), day(*to)),
        BatchTrait::HandlePattern(pattern) => format!("with handles of the pattern “{pattern}”"),
    };
    let when =
        group.window().map_or_else(String::new, |(from, to)| format!(", who followed between {} and {}", day(from), day(to)));
    let age = origin.median_age_days.map_or_else(String::new, |days| {
        format!("; half of these accounts were at most {} old when they followed", count_of(days.max(0.0).ceil() as u64, "day"))
    });
    let which = if n_batches == 1 { "It" } else { "The largest" };
    format!("{which} ({}) holds {}{when}, {shared}{age}.", group.id, count_of(group.members.len() as u64, "follower"))
}

fn bursts(creator: &ScoredCreator) -> Option<Finding> {
    let bursts = creator.arrivals.bursts.as_ref()?;
    let strongest = bursts.iter().min_by(|a, b| a.log10_p.total_cmp(&b.log10_p))?;
    let window = Timestamp::from_ms(strongest.from_ms).zip(Timestamp::from_ms(strongest.to_ms));
    let share = creator.arrivals.burst_share().filter(|share| *share >= BURST_SHARE)?;
    let expected: f64 = bursts.iter().map(|burst| burst.expected).sum();
    let statement = format!(
        "{} ({} of {} with a known time) came in {}. The most striking: {} within {}{}, where the weeks around it and the hour of the day lead \
         one to expect {:.1}. A burst alone does not say who came, or why.",
        count_of(bursts.iter().map(|burst| burst.observed as u64).sum(), "follower"),
        percent(share),
        count(creator.arrivals.timed_count),
        count_of(bursts.len() as u64, "burst"),
        count(strongest.observed as u64),
        duration(strongest.to_ms - strongest.from_ms),
        window.map_or_else(String::new, |(from, _)| format!(" from {from}")),
        strongest.expected
    );
    Some(
        Proposal {
            signal: "timing.follow_burst",
            severity: Severity::Info,
            value: Some(share),
            expected: Interval::new(0.0, expected / creator.arrivals.timed_count.max(1) as f64),
            window,
            evidence: Vec::new(),
            statement,
        }
        .about(creator.score.id),
    )
}

/// In minutes up to two hours, else in hours, rounded up.
fn duration(ms: i64) -> String {
    let minutes = (ms.max(1) as u64).div_ceil(60_000);
    if minutes <= 120 { count_of(minutes, "minute") } else { count_of(minutes.div_ceil(60), "hour") }
}

fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
