//! How far stated probabilities are from what happened, over bins of equal mass.

use crate::domain::Label;

/// One bin of a reliability diagram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityBin {
    /// Mean of the stated probabilities.
    pub stated: f64,
    /// Share of fakes.
    pub observed: f64,
    /// Cases in the bin.
    pub count: usize,
}

impl ReliabilityBin {
    /// |observed − stated| with the part that sampling alone explains taken away: √max(0, gap² − ȳ(1−ȳ)/(n−1)).
    fn debiased_gap(self) -> f64 {
        let gap = self.observed - self.stated;
        let variance = self.observed * (1.0 - self.observed) / (self.count.max(2) - 1) as f64;
        (gap * gap - variance).max(0.0).sqrt()
    }
}

/// Reliability over bins of equal mass; cases with one probability stay in one bin, so that row order does not matter.
///
/// # Shape
/// At most `n_bins` bins in increasing order of the stated probability.
///
/// # Missing
/// Empty without cases.
///
/// # Cost
/// O(n log n).
pub fn reliability(probabilities: &[f64], labels: &[Label], n_bins: usize) -> Vec<ReliabilityBin> {
    let n = probabilities.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
    let mut bins = Vec::with_capacity(n_bins);
    let mut start = 0;
    for bin in 0..n_bins.max(1) {
        let mut end = bin_end(n, n_bins.max(1), bin);
        while end > start && end < n && probabilities[order[end]] == probabilities[order[end - 1]] {
            end += 1;
        }
        if end > start {
            bins.push(bin_of(&order[start..end], probabilities, labels));
            start = end;
        }
    }
    bins
}

/// Where a bin ends if `n` cases fall into `n_bins` bins, the first `n % n_bins` of them one larger.
fn bin_end(n: usize, n_bins: usize, bin: usize) -> usize {
    let (size, larger) = (n / n_bins, n % n_bins);
    (bin + 1) * size + (bin + 1).min(larger)
}

fn bin_of(rows: &[usize], probabilities: &[f64], labels: &[Label]) -> ReliabilityBin {
    let count = rows.len();
    let stated: f64 = rows.iter().map(|&row| probabilities[row]).sum();
    let fake = rows.iter().filter(|&&row| labels[row] == Label::Fake).count();
    ReliabilityBin { stated: stated / count as f64, observed: fake as f64 / count as f64, count }
}

/// Expected calibration error: Σ n_b/n · |observed_b − stated_b| over bins of equal mass.
///
/// # Missing
/// `None` without cases.
///
/// # Source
/// Naeini, Cooper and Hauskrecht, *Obtaining well calibrated probabilities using Bayesian binning*, 2015.
pub fn expected_calibration_error(probabilities: &[f64], labels: &[Label], n_bins: usize) -> Option<f64> {
    weighted_gap(&reliability(probabilities, labels, n_bins), |bin| (bin.observed - bin.stated).abs())
}

/// The same with each bin's sampling variance taken away, so that a perfect forecast is near 0 at any size.
///
/// # Missing
/// `None` without cases.
///
/// # Source
/// The correction of Kumar, Liang and Ma, *Verified uncertainty calibration*, 2019, bin by bin.
pub fn debiased_calibration_error(probabilities: &[f64], labels: &[Label], n_bins: usize) -> Option<f64> {
    weighted_gap(&reliability(probabilities, labels, n_bins), |bin| bin.debiased_gap())
}

fn weighted_gap(bins: &[ReliabilityBin], gap: impl Fn(&ReliabilityBin) -> f64) -> Option<f64> {
    let n: usize = bins.iter().map(|bin| bin.count).sum();
    (n > 0).then(|| bins.iter().map(|bin| bin.count as f64 * gap(bin)).sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// p = linspace(.02, .98, 60)², y = (arange(60)·7 mod 13 < 13·linspace(.02, .98, 60))
    fn cases() -> (Vec<f64>, Vec<Label>) {
        (0..60_u32)
            .map(|i| {
                let p = 0.02 + 0.96 * f64::from(i) / 59.0;
                let label = if f64::from(i * 7 % 13) < p * 13.0 { Label::Fake } else { Label::Genuine };
                (p * p, label)
            })
            .unzip()
    }

    #[test]
    fn agrees_with_numpy() {
        // np.array_split(np.argsort(p), M): Σ n/N·|ȳ − p̄| and Σ n/N·√max(0, (ȳ − p̄)² − ȳ(1 − ȳ)/(n − 1)); M = 3, 7
        let (p, y) = cases();
        assert!((expected_calibration_error(&p, &y, 3).unwrap() - 0.203_929_943_502_824_8).abs() < 1e-12);
        assert!((debiased_calibration_error(&p, &y, 3).unwrap() - 0.178_433_398_610_286_04).abs() < 1e-12);
        assert!((expected_calibration_error(&p, &y, 7).unwrap() - 0.205_276_820_836_924_22).abs() < 1e-12);
        assert!((debiased_calibration_error(&p, &y, 7).unwrap() - 0.144_830_378_971_937_46).abs() < 1e-12);
    }

    #[test]
    fn does_not_depend_on_the_order_of_tied_rows() {
        let p = [0.2, 0.2, 0.2, 0.2, 0.7, 0.7];
        let y = [Label::Fake, Label::Genuine, Label::Genuine, Label::Genuine, Label::Fake, Label::Genuine];
        let turned: Vec<Label> = [1, 2, 3, 0, 5, 4].iter().map(|&i: &usize| y[i]).collect();
        assert_eq!(reliability(&p, &y, 3), reliability(&p, &turned, 3));
        assert_eq!(reliability(&p, &y, 3).len(), 2);
    }

    #[test]
    fn is_missing_without_cases() {
        assert_eq!(expected_calibration_error(&[], &[], 10), None);
    }
}
