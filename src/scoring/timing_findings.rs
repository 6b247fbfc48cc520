//! What the times of actions propose as findings.

use super::creator::NotMeasured;
use super::proposal::Proposal;
use super::wording::{count, count_of, percent};
use crate::domain::{AccountId, Finding, Interval, Severity};
use crate::signals::{CreatorActivity, MIN_TIMED_ACTIONS, TimingMeasures};

/// Share of engagement at night that its interval's lower end must exceed for that to be said: four of 24 hours, a night as busy as the day.
pub const NIGHT_AS_DAY: f64 = 4.0 / 24.0;
/// Share of engagers acting like programs that its interval's lower end must reach for that to be said. Assumption: of people on another platform one in
/// a hundred is called.
pub const AUTOMATED_SHARE: f64 = 0.05;

/// Findings about one creator. Both are infos: neither has been measured on creators, and each has causes that are no fault of anybody.
pub fn timing_findings(activity: &CreatorActivity<'_>, measured: &TimingMeasures, automated: &[AccountId]) -> Vec<Finding> {
    let proposals = [night(measured), programs(activity, measured, automated)];
    proposals.into_iter().flatten().map(|proposal| proposal.about(activity.id())).collect()
}

/// What could not be measured of the times around one creator, and the data that would allow it.
pub fn timing_not_measured(measured: &TimingMeasures) -> Vec<NotMeasured> {
    let mut missing = Vec::new();
    let mut note = |is_missing: bool, what: &'static str, why: &'static str| {
        if is_missing {
            missing.push(NotMeasured { what, why });
        }
    };
    note(
        measured.engagement.total() < MIN_TIMED_ACTIONS,
        "timing.engagement_quiet_share",
        "hours of engagement need 200 likes, comments, shares or saves with times finer than an hour",
    );
    note(
        measured.night.is_none(),
        "timing.engagement_night_share",
        "it needs timed engagement of 100 accounts whose country, or language, leaves one time zone; none is guessed",
    );
    note(
        measured.automated.is_none(),
        "timing.automated_engagers_share",
        "it needs 20 accounts with 20 timed actions each, not of a random sample",
    );
    missing
}

fn night(measured: &TimingMeasures) -> Option<Proposal> {
    let night = measured.night?;
    let interval = night.interval.filter(|interval| interval.low() > NIGHT_AS_DAY)?;
    Some(Proposal {
        signal: "timing.engagement_night_share",
        severity: Severity::Info,
        value: Some(night.share),
        expected: Interval::new(0.0, NIGHT_AS_DAY),
        window: None,
        statement: format!(
            "{} of what {} with a known country or language did on the posts ({} to {}) came between 1 and 5 o'clock by their own clocks; an even day would bring {}.",
            percent(night.share),
            count_of(night.accounts_count, "account"),
            percent(interval.low()),
            percent(interval.high()),
            percent(NIGHT_AS_DAY)
        ),
        evidence: Vec::new(),
    })
}

fn programs(activity: &CreatorActivity<'_>, measured: &TimingMeasures, automated: &[AccountId]) -> Option<Proposal> {
    let found = measured.automated?;
    let interval = found.interval.filter(|interval| interval.low() >= AUTOMATED_SHARE)?;
    let named = automated.iter().take(super::suspicious::MAX_EVIDENCE_COUNT);
    Some(Proposal {
        signal: "timing.automated_engagers_share",
        severity: Severity::Info,
        value: Some(found.share),
        expected: Interval::new(0.0, AUTOMATED_SHARE),
        window: None,
        statement: format!(
            "Of {} with at least 20 timed actions, {} ({}, {} to {}) act at times like those of programs: pauses of one length, the same minute of the hour, no night. \
             This changes no probability: the comparison was learnt from comments on another platform.",
            count_of(found.accounts_count, "engaging account"),
            count(automated.len() as u64),
            percent(found.share),
            percent(interval.low()),
            percent(interval.high())
        ),
        evidence: named.map(|&id| activity.dataset.name(id).to_owned()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DatasetBuilder, Manifest, Table};
    use crate::signals::{Activities, SharedBy};
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use std::sync::Arc;

    fn findings(share: f64, low: f64) -> Vec<Finding> {
        let mut builder = DatasetBuilder::new(Manifest::default());
        let ids: ArrayRef = Arc::new(StringArray::from(vec!["c"]));
        builder.push(Table::Creators, &RecordBatch::try_from_iter([("creator_id", ids)]).unwrap());
        let dataset = builder.finish();
        let activities = Activities::gather(&dataset);
        let shared = SharedBy { share, interval: Interval::new(low, share + 0.1), accounts_count: 300 };
        let measured = TimingMeasures { night: Some(shared), automated: Some(shared), ..TimingMeasures::of(&activities.of(0)) };
        timing_findings(&activities.of(0), &measured, &[dataset.creators[0].id])
    }

    #[test]
    fn what_is_missing_is_named() {
        let week = crate::timing::WeekProfile::default();
        let measured = TimingMeasures { engagement: week.clone(), follows: week, night: None, automated: None };
        let missing: Vec<&str> = timing_not_measured(&measured).iter().map(|gap| gap.what).collect();
        assert_eq!(
            missing,
            ["timing.engagement_quiet_share", "timing.engagement_night_share", "timing.automated_engagers_share"]
        );
    }

    #[test]
    fn only_what_the_interval_bears_is_said_and_nobody_is_blamed() {
        assert_eq!(findings(0.1, 0.01), []);
        let found = findings(0.4, 0.3);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|finding| finding.severity == Severity::Info && !finding.benign_causes.is_empty()));
        assert!(found[0].statement.starts_with("40 % of what 300 accounts"), "{}", found[0].statement);
        assert_eq!(found[1].evidence, ["c"]);
    }
}
