//! Who came in an unexpected gain, as far as follows are listed with their times.

use crate::domain::{AccountId, DAY_MS};
use crate::signals::CreatorActivity;
use crate::timing::growth::GrowthAnomaly;

/// Listed followers that came in the core of a gain, and those that came at other times.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Arrivals {
    /// Those in the core: the shortest time that holds three quarters of the gain. Followers and times in UTC milliseconds, oldest first.
    pub core: Vec<(AccountId, i64)>,
    /// Those outside every unexpected gain.
    pub rest: Vec<(AccountId, i64)>,
}

/// Arrivals in the time of a gain below which it is not looked into. Assumption.
const LEAST: usize = 12;
/// Part of the gain that its core holds: the rest may be stragglers.
const CORE: f64 = 0.75;

impl Arrivals {
    /// The arrivals of a gain; `gains` are all of the creator's.
    ///
    /// # Missing
    /// `None` if fewer than twelve listed follows have a time within it.
    ///
    /// # Cost
    /// O(follows × gains).
    pub(super) fn of(activity: &CreatorActivity<'_>, gain: &GrowthAnomaly, gains: &[GrowthAnomaly]) -> Option<Self> {
        let timed: Vec<(AccountId, i64)> =
            activity.follows().map_while(|follow| Some((follow.follower, follow.at?.ms()))).collect();
        let from = timed.partition_point(|follow| follow.1 < gain.from_ms);
        let to = timed.partition_point(|follow| follow.1 < gain.to_ms);
        let inside = &timed[from..to];
        if inside.len() < LEAST {
            return None;
        }
        let of_gain = (gain.excess() / (gain.change as f64).max(1.0)).clamp(0.2, 1.0);
        let n_core = ((CORE * of_gain * inside.len() as f64).ceil() as usize).clamp(2, inside.len());
        let shortest = (0..=inside.len() - n_core).min_by_key(|&start| inside[start + n_core - 1].1 - inside[start].1)?;
        let is_apart = |at: i64| !gains.iter().any(|gain| gain.is_gain() && (gain.from_ms..=gain.to_ms).contains(&at));
        Some(Self {
            core: inside[shortest..shortest + n_core].to_vec(),
            rest: timed.iter().filter(|follow| is_apart(follow.1)).copied().collect(),
        })
    }

    /// When the core begins and ends, in UTC milliseconds.
    pub(super) fn span(&self) -> (i64, i64) {
        let at = |follow: Option<&(AccountId, i64)>| follow.map_or(0, |follow| follow.1);
        (at(self.core.first()), at(self.core.last()))
    }

    /// How long the core lasts, in days.
    pub(super) fn days(&self) -> f64 {
        let (from, to) = self.span();
        (to - from) as f64 / DAY_MS as f64
    }

    /// Share of the core's arrivals in the first half of its time.
    pub(super) fn first_half_share(&self) -> f64 {
        let (from, to) = self.span();
        let middle = i64::midpoint(from, to);
        self.core.partition_point(|follow| follow.1 <= middle) as f64 / self.core.len().max(1) as f64
    }

    /// ln of how much likelier the core's hours are under the others' hours than round the clock: from the share in the eight hours that are the
    /// others' quietest.
    ///
    /// # Missing
    /// `None` if the core lasts less than a day and a half, or with fewer than 25 arrivals in it or 100 others.
    pub(super) fn ln_people_over_clock(&self) -> Option<f64> {
        const QUIET: usize = 8;
        if self.days() < 1.5 || self.core.len() < 25 || self.rest.len() < 100 {
            return None;
        }
        let hour = |at: i64| (at.rem_euclid(DAY_MS) / 3_600_000) as usize;
        let mut by_hour = [0_usize; 24];
        self.rest.iter().for_each(|follow| by_hour[hour(follow.1)] += 1);
        let in_run = |start: usize| (start..start + QUIET).map(|hour| by_hour[hour % 24]).sum::<usize>();
        let start = (0..24).min_by_key(|&start| in_run(start))?;
        let is_quiet = |at: i64| (hour(at) + 24 - start) % 24 < QUIET;
        let usual = (in_run(start) as f64 + 1.0) / (self.rest.len() as f64 + 2.0);
        let quiet = self.core.iter().filter(|follow| is_quiet(follow.1)).count() as f64;
        let even = QUIET as f64 / 24.0;
        Some(quiet * (usual / even).ln() + (self.core.len() as f64 - quiet) * ((1.0 - usual) / (1.0 - even)).ln())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrivals(core: impl Iterator<Item = i64>, rest: impl Iterator<Item = i64>) -> Arrivals {
        Arrivals { core: core.map(|at| (AccountId(0), at)).collect(), rest: rest.map(|at| (AccountId(0), at)).collect() }
    }

    #[test]
    fn a_constant_rate_has_half_in_each_half_and_runs_round_the_clock() {
        const HOUR: i64 = 3_600_000;
        let by_day = || (0..40).flat_map(|day| (0..10).map(move |place| day * DAY_MS + 9 * HOUR + place * HOUR));
        let even = arrivals((0..72).map(|place| place * HOUR), by_day());
        assert!((even.first_half_share() - 0.5).abs() < 0.02 && (even.days() - 71.0 / 24.0).abs() < 1e-9);
        assert!(even.ln_people_over_clock().unwrap() < -20.0);
        let people = arrivals(by_day().take(40), by_day());
        // By hand: 40 arrivals outside the quiet eight hours: 40 ln(3/2), a little less since one in 402 counts as quiet.
        assert!((people.ln_people_over_clock().unwrap() - 40.0 * 1.5_f64.ln()).abs() < 0.2);
        assert_eq!(arrivals((0..72).map(|place| place * 60_000), by_day()).ln_people_over_clock(), None);
    }
}
