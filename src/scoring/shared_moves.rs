//! How many other creators gained, or lost, at the same time.

use crate::signals::GrowthMeasures;
use crate::timing::growth::GrowthAnomaly;

/// Unexpected gains and losses of all creators of a dataset, by time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SharedMoves {
    gains: Spans,
    losses: Spans,
    /// First and last reading of every creator.
    histories: Spans,
}

/// Spans of time: how many there are at one, from their beginnings and ends.
#[derive(Debug, Clone, Default, PartialEq)]
struct Spans {
    starts: Vec<i64>,
    ends: Vec<i64>,
}

/// Other creators with a history of that time below which nothing is said.
const LEAST_OTHERS: usize = 5;

impl Spans {
    fn new(spans: impl Iterator<Item = (i64, i64)>) -> Self {
        let (mut starts, mut ends): (Vec<i64>, Vec<i64>) = spans.unzip();
        starts.sort_unstable();
        ends.sort_unstable();
        Self { starts, ends }
    }

    /// Spans with a part inside.
    fn overlapping(&self, from: i64, to: i64) -> usize {
        self.starts.partition_point(|&start| start < to) - self.ends.partition_point(|&end| end <= from)
    }

    /// Spans with an instant inside.
    fn at(&self, instant: i64) -> usize {
        self.starts.partition_point(|&start| start <= instant) - self.ends.partition_point(|&end| end < instant)
    }
}

impl SharedMoves {
    /// From what was measured of every creator.
    ///
    /// # Cost
    /// O(n log n) for n anomalies and creators.
    pub fn gather<'a>(measured: impl Iterator<Item = &'a GrowthMeasures> + Clone) -> Self {
        let moves = |is_gain: bool| {
            let all = measured.clone().flat_map(|growth| &growth.anomalies);
            Spans::new(all.filter(|anomaly| anomaly.is_gain() == is_gain).map(|anomaly| (anomaly.from_ms, anomaly.to_ms)))
        };
        Self {
            gains: moves(true),
            losses: moves(false),
            histories: Spans::new(measured.clone().filter_map(|growth| growth.span_ms)),
        }
    }

    /// Share of the other creators, of those with a history of that time, for which the same kind of anomaly overlaps.
    ///
    /// # Missing
    /// `None` with fewer than five such others.
    pub fn share_of_others(&self, anomaly: &GrowthAnomaly) -> Option<f64> {
        let others = self.histories.at(i64::midpoint(anomaly.from_ms, anomaly.to_ms)).saturating_sub(1);
        let moves = if anomaly.is_gain() { &self.gains } else { &self.losses };
        let moved = moves.overlapping(anomaly.from_ms, anomaly.to_ms).saturating_sub(1);
        (others >= LEAST_OTHERS).then(|| (moved as f64 / others as f64).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    #[test]
    fn spans_are_counted_where_they_overlap_and_at_an_instant() {
        let spans = Spans::new([(0, 10), (5, 8), (9, 20)].into_iter());
        assert_eq!([spans.overlapping(0, 5), spans.overlapping(8, 9), spans.overlapping(9, 30)], [1, 1, 2]);
        assert_eq!([spans.at(6), spans.at(8), spans.at(9), spans.at(11), spans.at(21)], [2, 2, 2, 1, 0]);
    }
}
