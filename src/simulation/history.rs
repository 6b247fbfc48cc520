//! The platform's follower counts over time.

use super::creators::Plan;
use super::scenario::Scenario;
use super::seed::{Stream, normal, stream};

const WEEK_S: i64 = 7 * 86_400;
/// Standard deviation of a count beside its expectation, in square roots of the count. Assumption.
const JITTER: f64 = 0.3;

/// Weekly points (seconds since 1970, followers), oldest first; the last is the capture and equals [`Plan::followers`].
pub(super) fn weekly(scenario: &Scenario, (seed, captured_s): (u64, i64), plan: &Plan) -> Vec<(i64, u64)> {
    let mut rng = stream(seed, Stream::History, u64::from(plan.index));
    (0..=i64::from(scenario.sampling.history_weeks))
        .rev()
        .map(|weeks| (captured_s - weeks * WEEK_S, weeks))
        .filter(|&(at_s, _)| at_s >= plan.started_s)
        .map(|(at_s, weeks)| {
            let expected: f64 = plan.waves.iter().map(|wave| wave.present(at_s)).sum();
            let noise = JITTER * expected.sqrt() * normal(&mut rng);
            let followers = if weeks == 0 { plan.followers() } else { (expected + noise).max(0.0).round() as u64 };
            (at_s, followers)
        })
        .collect()
}
