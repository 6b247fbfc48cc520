//! How many follows an hour leads one to expect, and how much such counts vary.

/// Milliseconds of one hour.
pub(super) const HOUR_MS: i64 = 3_600_000;
/// Hours of a day.
const DAY: usize = 24;
/// Hours on either side from which an hour's rate is taken. Assumption: a week holds every day once and is short against growth.
const AROUND: usize = 7 * DAY;
/// Hours on either side that are left out: what happens now shall not excuse itself. Assumption.
const OWN: usize = DAY / 2;
/// Share of hours, the fullest against their rate, that do not take part in the dispersion: it is the quiet state that is
/// described. Assumption.
const UNQUIET: f64 = 0.02;
/// Least dispersion: a standard deviation of a fifth of the mean. Assumption.
const LEAST_DISPERSION: f64 = 0.04;
/// Hours of follows added evenly to the profile of the day, so that a short list has a flat one. Assumption.
const FLAT: f64 = 24.0;

/// Expected follows by hour.
pub(super) struct HourlyBaseline {
    first_hour: i64,
    means: Vec<f64>,
    /// Variance beyond Poisson's over the squared mean.
    pub(super) dispersion: f64,
}

impl HourlyBaseline {
    /// From sorted times in UTC milliseconds: the mean of the week before and after, half a day on both sides left out, times the list's
    /// habit at that hour of the day.
    ///
    /// `None` for a list of less than a week.
    ///
    /// Cost: O(F + hours).
    pub(super) fn fit(times_ms: &[i64]) -> Option<Self> {
        let first_hour = times_ms.first()?.div_euclid(HOUR_MS);
        let n_hours = usize::try_from(times_ms.last()?.div_euclid(HOUR_MS) - first_hour + 1).ok()?;
        if n_hours < AROUND {
            return None;
        }
        let mut counts = vec![0_u32; n_hours];
        for at in times_ms {
            counts[(at.div_euclid(HOUR_MS) - first_hour) as usize] += 1;
        }
        let before = sums_before(&counts);
        let habit = habit(&counts, first_hour);
        let around = |hour: usize| {
            let (from, to) = (hour.saturating_sub(AROUND), (hour + AROUND + 1).min(n_hours));
            let (own_from, own_to) = (hour.saturating_sub(OWN), (hour + OWN + 1).min(n_hours));
            let follows = before[to] - before[from] - (before[own_to] - before[own_from]);
            // Half a follow: an hour without any around it is quiet, not impossible.
            (follows as f64 + 0.5) / ((to - from) - (own_to - own_from)) as f64
        };
        let means: Vec<f64> = (0..n_hours).map(|hour| around(hour) * habit[of_day(first_hour, hour)]).collect();
        let dispersion = dispersion(&counts, &means);
        Some(Self { first_hour, means, dispersion })
    }

    /// Follows expected between two instants within one hour or a few, in UTC milliseconds.
    pub(super) fn expected(&self, from_ms: i64, to_ms: i64) -> f64 {
        let mut sum = 0.0;
        let mut at = from_ms;
        while at < to_ms {
            let hour = at.div_euclid(HOUR_MS);
            let next = ((hour + 1) * HOUR_MS).min(to_ms);
            let place = (hour - self.first_hour).clamp(0, self.means.len() as i64 - 1) as usize;
            sum += self.means[place] * (next - at) as f64 / HOUR_MS as f64;
            at = next;
        }
        sum
    }
}

fn of_day(first_hour: i64, hour: usize) -> usize {
    ((first_hour.rem_euclid(DAY as i64)) as usize + hour) % DAY
}

fn sums_before(counts: &[u32]) -> Vec<u64> {
    let mut sums = vec![0];
    sums.extend(counts.iter().scan(0, |sum, &count| {
        *sum += u64::from(count);
        Some(*sum)
    }));
    sums
}

/// How much busier each hour of the day is than the day, bursts cut to the busiest of nine hundred and ninety in a thousand hours.
fn habit(counts: &[u32], first_hour: i64) -> [f64; DAY] {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let most = sorted[(sorted.len() - 1) * 99 / 100].max(1);
    let mut sums = [0.0; DAY];
    for (hour, &count) in counts.iter().enumerate() {
        sums[of_day(first_hour, hour)] += f64::from(count.min(most));
    }
    let whole: f64 = sums.iter().sum();
    sums.map(|sum| (sum + FLAT) * DAY as f64 / (whole + FLAT * DAY as f64))
}

/// Σ((k − μ)² − k) / Σμ² over the quiet hours, by moments.
fn dispersion(counts: &[u32], means: &[f64]) -> f64 {
    let mut hours: Vec<(f64, f64)> = counts.iter().map(|&count| f64::from(count)).zip(means.iter().copied()).collect();
    hours.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
    hours.truncate((hours.len() as f64 * (1.0 - UNQUIET)) as usize);
    let beyond: f64 = hours.iter().map(|(count, mean)| (count - mean).powi(2) - count).sum();
    let squares: f64 = hours.iter().map(|(_, mean)| mean * mean).sum();
    (beyond / squares.max(f64::MIN_POSITIVE)).max(LEAST_DISPERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_list_expects_what_it_has() {
        // Four follows an hour for thirty days, evenly.
        let times: Vec<i64> = (0..30 * 24 * 4).map(|place| place * HOUR_MS / 4).collect();
        let baseline = HourlyBaseline::fit(&times).unwrap();
        assert!((baseline.expected(10 * 24 * HOUR_MS, 10 * 24 * HOUR_MS + HOUR_MS) - 4.0).abs() < 0.01);
        assert!((baseline.expected(10 * 24 * HOUR_MS, 10 * 24 * HOUR_MS + HOUR_MS / 4) - 1.0).abs() < 0.01);
        assert_eq!(baseline.dispersion, LEAST_DISPERSION);
        assert!(HourlyBaseline::fit(&times[..100]).is_none() && HourlyBaseline::fit(&[]).is_none());
    }

    #[test]
    fn a_burst_does_not_excuse_itself() {
        let mut times: Vec<i64> = (0..30 * 24).map(|hour| hour * HOUR_MS + 1).collect();
        times.extend((0..5_000).map(|place| 15 * 24 * HOUR_MS + place));
        times.sort_unstable();
        let baseline = HourlyBaseline::fit(&times).unwrap();
        assert!(baseline.expected(15 * 24 * HOUR_MS, 15 * 24 * HOUR_MS + HOUR_MS) < 1.5);
    }
}
