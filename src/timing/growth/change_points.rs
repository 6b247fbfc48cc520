//! Where the rate of a count changes.

use std::ops::Range;

/// Counts over exposures (days), with the size of their negative-binomial law.
#[derive(Debug, Clone, PartialEq)]
pub struct CountSeries {
    /// Counts, none below zero.
    pub counts: Vec<f64>,
    /// How long each was counted, all above zero.
    pub exposures: Vec<f64>,
    /// Shape r of the law of one unit of exposure: variance = mean + mean² / r.
    pub size: f64,
}

/// Sums before each place: segments cost O(1).
struct Prefix<'a> {
    counts: Vec<f64>,
    exposures: Vec<f64>,
    series: &'a CountSeries,
}

impl Prefix<'_> {
    /// −2 ln of the greatest likelihood of a segment, less what no segmentation changes.
    fn cost(&self, segment: Range<usize>) -> f64 {
        let count = self.counts[segment.end] - self.counts[segment.start];
        let size = self.series.size * (self.exposures[segment.end] - self.exposures[segment.start]);
        let x_ln_x = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
        2.0 * (x_ln_x(count + size) - x_ln_x(count) - x_ln_x(size))
    }
}

/// Segments of constant rate with the least Σ cost + penalty: the cost is −2 ln likelihood of negative-binomial counts of mean μ·d and size r·d
/// over d units of exposure, μ at its maximum Σ counts / Σ exposure; the penalty of each change is p ln n, p = 2 (its place and a rate).
///
/// # Shape
/// Ranges over the series that cover it, in order; empty for an empty series.
///
/// # Cost
/// O(n) on average where changes are as frequent as the series is long, O(n²) at worst, a sixteenth of which are prices; 32 bytes a count.
///
/// # Source
/// Killick, Fearnhead and Eckley, *Optimal Detection of Changepoints with a Linear Computational Cost*, 2012, section 3 (PELT; K = 0).
///
/// # Examples
/// ```
/// use bonafide::timing::growth::{CountSeries, change_points};
/// let counts: Vec<f64> = [4.0; 20].into_iter().chain([40.0; 20]).collect();
/// let series = CountSeries { exposures: vec![1.0; 40], counts, size: 10.0 };
/// assert_eq!(change_points(&series), [0..20, 20..40]);
/// ```
pub fn change_points(series: &CountSeries) -> Vec<Range<usize>> {
    let n = series.counts.len();
    if n == 0 {
        return Vec::new();
    }
    let prefix = Prefix { counts: sums(&series.counts), exposures: sums(&series.exposures), series };
    let penalty = 2.0 * (n as f64).ln();
    let mut least = vec![0.0; n + 1];
    least[0] = -penalty;
    let mut last = vec![0_usize; n + 1];
    let mut starts = Starts::default();
    for end in 1..=n {
        starts.unpriced.push(end - 1);
        let best = starts.best(end, &least, &prefix);
        (least[end], last[end]) = (best.cost + penalty, best.start);
        if starts.unpriced.len() == REPRICED {
            starts.reprice(end, &least, &prefix);
        }
    }
    let mut segments = Vec::new();
    let mut end = n;
    while end > 0 {
        segments.push(last[end]..end);
        end = last[end];
    }
    segments.reverse();
    segments
}

/// Places after which all starts are priced anew: more often costs more prices, less often leaves looser bounds. No result depends on it.
const REPRICED: usize = 16;
/// Left to rounding where a bound and a cost are compared.
const SLACK: f64 = 1e-3;

/// A start of the last segment, and what all costs with it.
#[derive(Clone, Copy)]
struct Start {
    start: usize,
    cost: f64,
}

impl Start {
    fn is_before(&self, other: &Self) -> bool {
        (self.cost, self.start) < (other.cost, other.start)
    }
}

/// Starts that the last segment may have.
#[derive(Default)]
struct Starts {
    /// Where those before were priced.
    priced_at: usize,
    /// With their cost there, least first.
    priced: Vec<Start>,
    /// Those since.
    unpriced: Vec<usize>,
}

impl Starts {
    /// The start with which all up to `end` costs least. A segment costs at least what its two parts cost (the cost is concave in counts and exposure
    /// and grows with both in proportion), so that a start priced before needs no new price once its old one and the cost since are above the best.
    fn best(&self, end: usize, least: &[f64], prefix: &Prefix<'_>) -> Start {
        let price = |start: usize| Start { start, cost: least[start] + prefix.cost(start..end) };
        let none = Start { start: 0, cost: f64::INFINITY };
        let lower = |best: Start, next: Start| if next.is_before(&best) { next } else { best };
        let mut best = self.unpriced.iter().map(|&start| price(start)).fold(none, lower);
        let since = prefix.cost(self.priced_at..end);
        for old in &self.priced {
            if old.cost + since > best.cost + SLACK {
                break;
            }
            best = lower(best, price(old.start));
        }
        best
    }

    /// Prices all starts at `end` and drops those that no later end can want.
    fn reprice(&mut self, end: usize, least: &[f64], prefix: &Prefix<'_>) {
        let starts = self.priced.iter().map(|old| old.start).chain(self.unpriced.drain(..));
        let mut priced: Vec<Start> = starts
            .map(|start| Start { start, cost: least[start] + prefix.cost(start..end) })
            .filter(|start| start.cost <= least[end])
            .collect();
        priced.sort_unstable_by(|a, b| a.cost.total_cmp(&b.cost));
        (self.priced, self.priced_at) = (priced, end);
    }
}

fn sums(values: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    let mut sum = 0.0;
    sums.extend(values.iter().map(|value| {
        sum += value;
        sum
    }));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::function::gamma::ln_gamma;

    /// The likelihood itself, term by term, and every segmentation of a prefix by dynamic programming without pruning.
    fn exhaustive(series: &CountSeries) -> f64 {
        let n = series.counts.len();
        let penalty = 2.0 * (n as f64).ln();
        let minus_twice_ln = |from: usize, to: usize| -> f64 {
            let rate = series.counts[from..to].iter().sum::<f64>() / series.exposures[from..to].iter().sum::<f64>();
            let term = |place: usize| {
                let (k, r) = (series.counts[place], series.size * series.exposures[place]);
                let mean = rate * series.exposures[place];
                let seen = if k > 0.0 { k * (mean / (mean + r)).ln() } else { 0.0 };
                ln_gamma(k + r) - ln_gamma(r) - ln_gamma(k + 1.0) + r * (r / (r + mean)).ln() + seen
            };
            -2.0 * (from..to).map(term).sum::<f64>()
        };
        let mut least = vec![-penalty];
        for end in 1..=n {
            let best = (0..end).map(|start| least[start] + minus_twice_ln(start, end) + penalty).fold(f64::INFINITY, f64::min);
            least.push(best);
        }
        least[n]
    }

    fn cost_of(series: &CountSeries, segments: &[Range<usize>]) -> f64 {
        let n = series.counts.len();
        let penalty = 2.0 * (n as f64).ln();
        let constant: f64 = (0..n)
            .map(|place| {
                let (k, r) = (series.counts[place], series.size * series.exposures[place]);
                -2.0 * (ln_gamma(k + r) - ln_gamma(r) - ln_gamma(k + 1.0))
            })
            .sum();
        let prefix = Prefix { counts: sums(&series.counts), exposures: sums(&series.exposures), series };
        // r d ln(r d) and d ln d are terms that the closed form and the sum share only where exposures are equal; add them explicitly.
        let of = |segment: &Range<usize>| {
            let (count, size): (f64, f64) = (
                series.counts[segment.clone()].iter().sum(),
                series.exposures[segment.clone()].iter().map(|exposure| exposure * series.size).sum(),
            );
            let direct = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
            assert!((prefix.cost(segment.clone()) - 2.0 * (direct(count + size) - direct(count) - direct(size))).abs() < 1e-6);
            prefix.cost(segment.clone())
        };
        segments.iter().map(of).sum::<f64>() + constant + penalty * (segments.len() as f64 - 1.0)
    }

    proptest! {
        #[test]
        fn no_segmentation_costs_less(
            counts in prop::collection::vec(0_u32..60, 1..70),
            spacing in prop::collection::vec(1_u32..9, 70),
            size in 0.5_f64..20.0,
        ) {
            let exposures = spacing[..counts.len()].iter().map(|&days| f64::from(days)).collect();
            let series = CountSeries { counts: counts.iter().map(|&count| f64::from(count)).collect(), exposures, size };
            let segments = change_points(&series);
            prop_assert!(segments[0].start == 0 && segments[segments.len() - 1].end == counts.len());
            prop_assert!(segments.windows(2).all(|pair| pair[0].end == pair[1].start));
            prop_assert!((cost_of(&series, &segments) - exhaustive(&series)).abs() < 1e-6);
        }
    }

    /// One segment over `n` readings.
    fn one(n: usize) -> Vec<Range<usize>> {
        std::iter::once(0..n).collect()
    }

    #[test]
    fn a_constant_rate_over_uneven_spacing_has_no_change() {
        let exposures = vec![1.0, 7.0, 1.0, 30.0, 2.0, 7.0, 1.0, 1.0];
        let counts = exposures.iter().map(|days| days * 5.0).collect();
        assert_eq!(change_points(&CountSeries { counts, exposures, size: 4.0 }), one(8));
        assert_eq!(change_points(&CountSeries { counts: vec![], exposures: vec![], size: 4.0 }), []);
        assert_eq!(change_points(&CountSeries { counts: vec![0.0; 9], exposures: vec![1.0; 9], size: 4.0 }), one(9));
    }
}
