//! What a creator's growth proposes as findings.

use super::growth_evidence::ExplainedGrowth;
use super::proposal::{Proposal, weighed};
use super::wording::{count, percent};
use crate::domain::{DAY_MS, Dataset, Finding, Interval, Severity, Timestamp};
use crate::signals::{CreatorActivity, GrowthBasis, GrowthMeasures};
use crate::timing::causes::{CauseOdds, Observed, TOLD_APART};
use crate::timing::growth::{Course, FollowChurn, GrowthAgainstEngagement, GrowthAnomaly, Recount};

/// Unexpected gain, as a share of the followers, from which a gain that nothing explains is a warning; chosen on the tuning scenarios.
pub const GROWTH_WARNING_SHARE: f64 = 0.06;
/// The same where nothing but a history is known: of a gain that came evenly within [`EVEN_DAYS`], of one that came evenly over longer, and of one that came
/// at once or decayed, as small bursts do. Chosen on the tuning scenario without orders so that 3 % of its creators at most get a warning.
const HISTORY_WARNING_SHARES: [f64; 3] = [0.06, 0.12, 0.16];
/// Days beyond which an even gain may as well be a season or a change of habits. Chosen likewise.
const EVEN_DAYS: f64 = 20.0;
/// Of creators without orders, those who get a warning from daily readings of a year and nothing else: share and 95 % interval, as `bonafide evaluate growth`
/// measures them in the simulated world `reporting-clean`; see `models/causes/evaluation.md`.
const FALSE_ALARMS_OF_HISTORY: &str = "3 % (95 % interval 2 to 5 %, n = 400)";
/// Observations that histories of counts make, of this creator and of others.
const HISTORY: [&str; 6] = ["size", "stay", "listed_size", "course", "after_gain", "elsewhere"];
/// Cycles of following and dropping from which it is said.
const LEAST_CYCLES: usize = 2;
/// Difference of growth and engagement over its standard error from which it is said, and least difference. Assumption: larger audiences react less
/// per head, by about a third of the growth.
const GAP: (f64, f64) = (3.0, 0.25);

/// Findings about one creator: each unexpected gain and loss with the odds of its causes, then follow–unfollow, growth without engagement, recounts.
///
/// A gain is a warning where it is large and the data favour ordered accounts or cannot tell; where they favour an innocent cause it is
/// information. A history alone tells no causes: the finding says what would.
pub fn growth_findings(activity: &CreatorActivity<'_>, measured: &GrowthMeasures, explained: &[ExplainedGrowth]) -> Vec<Finding> {
    let of_anomalies = explained.iter().map(|explained| Finding {
        weighed_causes: weighed(&explained.odds),
        ..of_anomaly(activity.dataset, explained, measured.basis).about(activity.id())
    });
    let mut proposals: Vec<Proposal> = Vec::new();
    proposals.extend(measured.churn.filter(|churn| churn.n_cycles >= LEAST_CYCLES).map(|churn| of_churn(&churn)));
    proposals.extend(measured.against_engagement.and_then(|both| of_gap(&both)));
    proposals.extend(measured.recounts.iter().map(of_recount));
    of_anomalies.chain(proposals.into_iter().map(|proposal| proposal.about(activity.id()))).collect()
}

fn window(from_ms: i64, to_ms: i64) -> Option<(Timestamp, Timestamp)> {
    Timestamp::from_ms(from_ms).zip(Timestamp::from_ms(to_ms))
}

/// A time to the day where it spans days, else to the minute.
fn between(from_ms: i64, to_ms: i64) -> String {
    let text = |ms: i64| Timestamp::from_ms(ms).map_or_else(String::new, |at| at.to_string());
    let cut = |text: String| text.get(..16).map_or(text.clone(), |minute| minute.replace('T', " "));
    format!("between {} and {} UTC", cut(text(from_ms)), cut(text(to_ms)))
}

/// How heavily an unexpected gain or loss weighs: of gains, information where an innocent cause is favoured, a notice where the gain is small,
/// else a warning. Where nothing but the history is known, only a gain that decays is excused, as size alone tells no cause; and what small bursts could
/// have brought must be larger to be a warning.
pub fn growth_severity(anomaly: &GrowthAnomaly, evidence: &[Observed], odds: &CauseOdds) -> Severity {
    let is_history_alone = is_history_alone(evidence);
    let least_share = if is_history_alone { history_warning_share(anomaly) } else { GROWTH_WARNING_SHARE };
    let can_excuse = !is_history_alone || anomaly.course == Course::Decaying;
    let ordered = odds.ordered_over_innocent().filter(|_| can_excuse).unwrap_or(1.0);
    match anomaly.is_gain() {
        false => Severity::Info,
        true if ordered <= 1.0 / TOLD_APART => Severity::Info,
        true if anomaly.share() >= least_share => Severity::Warning,
        true => Severity::Notice,
    }
}

/// Whether nothing was observed but the count of followers, of this creator and of others.
fn is_history_alone(evidence: &[Observed]) -> bool {
    evidence.iter().all(|seen| HISTORY.contains(&seen.observation))
}

fn history_warning_share(anomaly: &GrowthAnomaly) -> f64 {
    let days = (anomaly.to_ms - anomaly.from_ms) as f64 / DAY_MS as f64;
    let [even, long, sudden] = HISTORY_WARNING_SHARES;
    match anomaly.course {
        Course::Even if days <= EVEN_DAYS => even,
        Course::Even => long,
        Course::Sudden | Course::Decaying => sudden,
    }
}

fn of_anomaly(dataset: &Dataset, explained: &ExplainedGrowth, basis: Option<GrowthBasis>) -> Proposal {
    let ExplainedGrowth { anomaly, odds, core_ms, suspicious, evidence } = explained;
    let verb = if anomaly.is_gain() { "came" } else { "went" };
    let whom = if basis == Some(GrowthBasis::FollowTimes) { "of the listed followers" } else { "followers" };
    let mut statement = format!(
        "{} {whom} more than the weeks around lead one to expect {verb} {} ({} of those before: {} in all, about {} expected).",
        count(anomaly.excess().abs().round() as u64),
        between(anomaly.from_ms, anomaly.to_ms),
        percent(anomaly.share().abs()),
        signed(anomaly.change),
        signed(anomaly.expected.round() as i64)
    );
    if let Some((from, to)) = core_ms {
        statement.push_str(&format!(" Most of those whose times are listed came {}.", between(*from, *to)));
    }
    if let Some(left) = anomaly.left_share.filter(|left| *left >= 0.08) {
        statement.push_str(&format!(" Four weeks later {} of them were gone again.", percent(left)));
    }
    statement.push(' ');
    statement.push_str(&conclusion(explained));
    let severity = growth_severity(anomaly, evidence, odds);
    if severity == Severity::Warning && is_history_alone(evidence) {
        statement.push_str(&format!(
            " Known is the count of followers alone: of simulated creators without any order, {FALSE_ALARMS_OF_HISTORY} get such a warning from daily counts of a year."
        ));
    }
    let low = anomaly.expected.min(anomaly.bound) / (anomaly.before as f64).max(1.0);
    let high = anomaly.expected.max(anomaly.bound) / (anomaly.before as f64).max(1.0);
    let usual = anomaly.expected / (anomaly.before as f64).max(1.0);
    Proposal {
        signal: if anomaly.is_gain() { "growth.gain" } else { "growth.loss" },
        severity,
        value: Some(anomaly.share().abs()),
        expected: Interval::new(0.0, (high - usual).max(usual - low)),
        window: window(anomaly.from_ms, anomaly.to_ms),
        statement,
        evidence: suspicious.0.iter().map(|&id| dataset.name(id).to_owned()).collect(),
    }
}

/// What the odds say, and what would settle it where they do not.
fn conclusion(explained: &ExplainedGrowth) -> String {
    let ExplainedGrowth { odds, core_ms, anomaly, .. } = explained;
    let is_told = odds.lead().is_some_and(|lead| lead >= TOLD_APART);
    let settles = match (is_told, anomaly.is_gain(), core_ms) {
        (true, ..) | (_, false, _) => "",
        (false, true, None) => {
            " The platform's own export with the followers and the times at which they followed would settle it, and the posts of that time with their counts."
        }
        (false, true, Some(_)) => {
            " The profiles of more of those who came, and the posts of that time with their counts, would settle it."
        }
    };
    format!("{}{settles}", odds.statement())
}

fn signed(change: i64) -> String {
    let sign = if change < 0 { "−" } else { "+" };
    format!("{sign}{}", count(change.unsigned_abs()))
}

fn of_churn(churn: &FollowChurn) -> Proposal {
    let statement = format!(
        "The account followed many and dropped them again {} times {}, {} accounts in all; its followers changed by {} in that time. Those who follow back \
         are people, but they came to be followed.",
        churn.n_cycles,
        between(churn.from_ms, churn.to_ms),
        count(churn.dropped),
        signed(churn.gained)
    );
    Proposal {
        signal: "growth.churn",
        severity: Severity::Notice,
        value: Some(churn.n_cycles as f64),
        expected: Interval::new(0.0, LEAST_CYCLES as f64 - 1.0),
        window: window(churn.from_ms, churn.to_ms),
        statement,
        evidence: Vec::new(),
    }
}

fn of_gap(both: &GrowthAgainstEngagement) -> Option<Proposal> {
    let usual = both.followers.max(0.0) / 3.0;
    let beyond = both.difference() - usual;
    let margin = (GAP.0 * both.standard_error).max(GAP.1);
    let ratio = |ln: f64| format!("{:.2}", ln.exp());
    let numbers = format!(
        "Between the earlier and the later half of {} posts, followers grew by a factor of {} and the likes and comments of a post by {}",
        both.n_posts,
        ratio(both.followers),
        ratio(both.engagement)
    );
    let statement = match beyond {
        beyond if beyond > margin && both.followers > 0.0 => format!("{numbers}: engagement did not follow."),
        beyond if beyond < -margin && both.followers < 0.05 => format!("{numbers}: engagement rose while followers did not."),
        _ => return None,
    };
    Some(Proposal {
        signal: "growth.engagement_gap",
        severity: Severity::Info,
        value: Some(both.difference()),
        expected: Interval::new(usual - margin, usual + margin),
        window: window(both.from_ms, both.to_ms),
        statement,
        evidence: Vec::new(),
    })
}

fn of_recount(recount: &Recount) -> Proposal {
    let (signal, verb) = if recount.change > 0 { ("growth.gain", "rose") } else { ("growth.loss", "fell") };
    let statement = format!(
        "The count {verb} by {} and came back {}: a new count by the platform or another source of the numbers. It is left out of everything else.",
        count(recount.change.unsigned_abs()),
        between(recount.from_ms, recount.to_ms)
    );
    Proposal {
        signal,
        severity: Severity::Info,
        value: None,
        expected: None,
        window: window(recount.from_ms, recount.to_ms),
        statement,
        evidence: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_false_alarms_that_findings_state_is_the_measured_one() {
        let measured = include_str!("../../models/causes/evaluation.md");
        assert!(measured.contains("| reporting-clean | daily | 400 | .03 [.02, .05] |"));
        assert!(FALSE_ALARMS_OF_HISTORY.contains("3 %") && FALSE_ALARMS_OF_HISTORY.contains("2 to 5 %, n = 400"));
    }

    #[test]
    fn a_history_alone_warns_of_what_came_evenly_and_of_what_came_at_once_only_where_it_is_large() {
        let gain = |share: f64, course: Course, days: i64| GrowthAnomaly {
            from_ms: 0,
            to_ms: days * DAY_MS,
            before: 10_000,
            change: (share * 10_000.0) as i64,
            expected: 0.0,
            bound: 300.0,
            log10_p: -9.0,
            course,
            left_share: None,
            is_listed_size: None,
        };
        let odds = crate::scoring::growth_likelihoods().weigh(&[], crate::scoring::growth_causes(true));
        let severity = |gain: GrowthAnomaly, seen: &[Observed]| growth_severity(&gain, seen, &odds);
        let of_history = [Observed { observation: "size", outcome: "small" }];
        let of_posts = [Observed { observation: "post", outcome: "none" }];
        assert_eq!(severity(gain(0.08, Course::Even, 7), &of_history), Severity::Warning);
        assert_eq!(severity(gain(0.08, Course::Sudden, 1), &of_history), Severity::Notice);
        assert_eq!(severity(gain(0.08, Course::Even, 40), &of_history), Severity::Notice);
        assert_eq!(severity(gain(0.2, Course::Sudden, 1), &of_history), Severity::Warning);
        assert_eq!(severity(gain(0.08, Course::Sudden, 1), &of_posts), Severity::Warning);
    }
}
