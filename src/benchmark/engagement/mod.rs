//! How well engagement's bands hold, how often untouched creators get a warning, and how much ordered engagement is found.

mod arrivals;
mod bands;
mod causes;
mod counts;
mod engagers;
mod worlds;

pub use causes::fit_engagement_causes;

use super::EvaluationReport;
use super::figure::{Bar, decimal};
use crate::domain::Interval;
use crate::error::Result;
use crate::simulation::Scenario;
use crate::statistics::clopper_pearson;
use crate::tables::reference::EngagementData;

/// Untouched creators who may get a warning.
const ALARMS: Bar = Bar::AtMost(0.03);
/// Ordered engagement to be found at that rate.
const RECALL: Bar = Bar::AtLeast(0.85);

/// How much is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngagementEvaluation {
    /// Every draw follows from it.
    pub seed: u64,
    /// Creators of a simulated world.
    pub n_creators: u32,
    /// Organic accounts of it.
    pub n_accounts: u32,
    /// Likes with a time drawn from each post.
    pub n_likers: u32,
    /// Splices of each strength and number of posts into one real series.
    pub n_splices: usize,
}

impl EngagementEvaluation {
    /// A minute's look.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_creators: 60, n_accounts: 20_000, n_likers: 150, n_splices: 1 }
    }

    /// What the card prints.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_creators: 400, n_accounts: 120_000, n_likers: 300, n_splices: 3 }
    }
}

/// Simulated worlds: those on which thresholds were chosen, and those that they are reported on.
#[derive(Debug, Clone, Default)]
pub struct EngagementWorlds {
    /// For choosing.
    pub tuning: Vec<Scenario>,
    /// For reporting.
    pub reporting: Vec<Scenario>,
}

/// Measures bands on real creators, warnings and spliced orders in real series, and both in simulated arrivals.
///
/// # Errors
/// A scenario is not valid.
///
/// # Cost
/// Minutes; one simulated world in memory at a time.
pub fn evaluate_engagement(
    data: &EngagementData,
    worlds: &EngagementWorlds,
    settings: &EngagementEvaluation,
) -> Result<EvaluationReport> {
    let mut report =
        EvaluationReport { title: "Engagement: bands, warnings, ordered likes".into(), ..EvaluationReport::default() };
    report.tables.push(bands::coverage(data, settings.seed));
    report.tables.extend(counts::evaluate(data, settings));
    report.tables.extend(worlds::evaluate(worlds, settings)?);
    report.tables.extend(engagers::evaluate(worlds, settings)?);
    report.notes.extend([
        format!("Seed {}. Intervals are 95 %, Clopper and Pearson.", settings.seed),
        "Real series: instafake (Akyon and Kalfaoglu 2019) and ig_influencers_2020. Nobody labelled them: orders may be among them, so warnings there \
         are an upper bound of false ones. Thresholds were chosen on creators of even place and are reported on those of odd place."
            .into(),
        "Simulated worlds are no accuracy in the field: arrivals of likes with times are not published for any real creator that we know of. \
         Likelihoods of causes were fitted on the tuning scenarios, no giveaway among them. Which excess is a warning was chosen on older draws, with \
         alarms of both kinds of scenario in view; nothing was chosen on this one."
            .into(),
    ]);
    Ok(report)
}

/// `.021 [.010, .039]` of so many.
fn share_of(found: usize, all: usize) -> String {
    let interval = |interval: Interval| format!(" [{}, {}]", decimal(interval.low()), decimal(interval.high()));
    if all == 0 {
        return super::figure::ABSENT.to_owned();
    }
    let found_share = decimal(found as f64 / all as f64);
    found_share + &clopper_pearson(found as u64, all as u64, 0.95).map(interval).unwrap_or_default()
}

/// Whether a share reaches a bar.
fn outcome(bar: Bar, found: usize, all: usize) -> String {
    if all == 0 { String::new() } else { bar.outcome(Some(found as f64 / all as f64)) }
}
