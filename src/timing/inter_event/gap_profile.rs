//! Gaps by the order of their length.

use std::sync::LazyLock;

/// Bins of a profile: gaps of 0, below a second, then one bin a doubling from a second to 194 days and longer.
pub const GAP_BINS: usize = 27;

/// The bin of a gap in milliseconds; one below 0 counts as 0.
///
/// # Examples
/// ```
/// use bonafide::timing::gap_bin;
/// assert_eq!([0, 999, 1_000, 1_999, 2_000, 4_000].map(gap_bin), [0, 1, 2, 2, 3, 4]);
/// ```
pub fn gap_bin(gap_ms: i64) -> usize {
    if gap_ms <= 0 {
        return 0;
    }
    let seconds = gap_ms as u64 / 1000;
    ((65 - seconds.leading_zeros()) as usize).min(GAP_BINS - 1)
}

/// The shortest gap of a bin, in seconds.
pub fn gap_bin_start_s(bin: usize) -> f64 {
    if bin < 2 { 0.0 } else { 2.0_f64.powi(bin as i32 - 2) }
}

/// How many gaps fall into each bin: RSC's log-binned histogram of times between actions.
///
/// # Source
/// Costa et al., *RSC: Mining and modeling temporal activity in social media*, KDD 2015, section 3.
///
/// # Examples
/// ```
/// use bonafide::timing::GapProfile;
/// let profile = GapProfile::of(&[1_000, 1_500, 60_000, 0]);
/// assert_eq!((profile.total(), profile.share_below(64_000)), (4, Some(1.0)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GapProfile {
    counts: [u32; GAP_BINS],
}

impl GapProfile {
    /// The profile of some gaps in milliseconds.
    pub fn of(gaps_ms: &[i64]) -> Self {
        let mut profile = Self::default();
        gaps_ms.iter().for_each(|&gap| profile.push(gap_bin(gap)));
        profile
    }

    /// Adds a gap of a bin.
    ///
    /// # Panics
    /// If there is no such bin.
    pub fn push(&mut self, bin: usize) {
        self.counts[bin] = self.counts[bin].saturating_add(1);
    }

    /// Gaps of each bin.
    pub fn counts(&self) -> &[u32; GAP_BINS] {
        &self.counts
    }

    /// All gaps.
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// Share of gaps in bins that begin below a length; `None` without a gap.
    pub fn share_below(&self, gap_ms: i64) -> Option<f64> {
        let below = self.counts[..gap_bin(gap_ms)].iter().map(|&count| u64::from(count)).sum::<u64>();
        let total = self.total();
        (total > 0).then(|| below as f64 / total as f64)
    }

    /// Mean and standard deviation of the bins' numbers: the order of a typical gap (2 more is four times as long), and how widely they
    /// vary; `None` without a gap.
    pub fn mean_and_spread(&self) -> Option<(f64, f64)> {
        let (mut n, mut sum, mut squares) = (0_u64, 0_u64, 0_u64);
        for (bin, &count) in self.counts.iter().enumerate() {
            let (bin, count) = (bin as u64, u64::from(count));
            n += count;
            sum += bin * count;
            squares += bin * bin * count;
        }
        if n == 0 {
            return None;
        }
        let spread = u128::from(n) * u128::from(squares) - u128::from(sum) * u128::from(sum);
        Some((sum as f64 / n as f64, (spread as f64).sqrt() / n as f64))
    }

    /// H = −Σ p ln p in nats; `None` without a gap.
    pub fn entropy(&self) -> Option<f64> {
        entropy_of(&self.counts)
    }
}

/// c ln c of the counts that are the rule, which are small.
static SMALL_COUNTS: LazyLock<[f64; 256]> = LazyLock::new(|| std::array::from_fn(|count| count_ln_of(count as f64)));

/// c ln c; 0 for a count of 0.
pub(super) fn count_ln(count: u32) -> f64 {
    SMALL_COUNTS.get(count as usize).copied().unwrap_or_else(|| count_ln_of(f64::from(count)))
}

fn count_ln_of(count: f64) -> f64 {
    if count > 1.0 { count * count.ln() } else { 0.0 }
}

/// −Σ p ln p of counts, in nats.
pub(super) fn entropy_of(counts: &[u32]) -> Option<f64> {
    let total: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    if total == 0 {
        return None;
    }
    let weighted: f64 = counts.iter().map(|&count| count_ln(count)).sum();
    Some(((total as f64).ln() - weighted / total as f64).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_lies_in_the_bin_that_says_so() {
        for bin in 2..GAP_BINS {
            let start_ms = (gap_bin_start_s(bin) * 1000.0) as i64;
            assert_eq!((gap_bin(start_ms), gap_bin(start_ms - 1)), (bin, bin - 1), "{bin}");
        }
        assert_eq!((gap_bin(i64::MAX), gap_bin(i64::MIN)), (GAP_BINS - 1, 0));
    }

    #[test]
    fn moments_and_entropy_by_hand() {
        // bins 2, 2, 3, 7
        let profile = GapProfile::of(&[1_000, 1_999, 2_000, 40_000]);
        let (mean, spread) = profile.mean_and_spread().unwrap();
        // mean 3.5; variance ((1.5² + 1.5² + 0.5² + 3.5²)/4) = 4.25
        assert!((mean - 3.5).abs() < 1e-12 && (spread - 4.25_f64.sqrt()).abs() < 1e-12);
        // scipy.stats.entropy([2, 1, 1]) = 1.5 ln 2
        assert!((profile.entropy().unwrap() - 1.5 * std::f64::consts::LN_2).abs() < 1e-12);
        assert_eq!(GapProfile::default().entropy(), None);
        assert_eq!(GapProfile::default().mean_and_spread(), None);
        assert_eq!(GapProfile::default().share_below(1), None);
    }
}
