//! How uneven the gaps between actions are.

/// Longest gap that is counted, in milliseconds: 139 years, so that sums stay exact.
const LONGEST_MS: i64 = 1 << 42;

/// Sums of n gaps that burstiness and memory rest on; exact.
///
/// # Examples
/// ```
/// use bonafide::timing::GapMoments;
/// let mut gaps = GapMoments::default();
/// [10, 10, 10].into_iter().for_each(|gap_ms| gaps.push(gap_ms));
/// assert_eq!(gaps.burstiness(), Some(-1.0));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GapMoments {
    n: u64,
    sum: u128,
    squares: u128,
    /// Σ τ_i τ_(i+1).
    products: u128,
    first: u64,
    last: u64,
}

impl GapMoments {
    /// Adds the next gap, in milliseconds; one below 0 counts as 0, one above 139 years as that.
    pub fn push(&mut self, gap_ms: i64) {
        let gap = gap_ms.clamp(0, LONGEST_MS) as u64;
        let wide = u128::from(gap);
        if self.n == 0 {
            self.first = gap;
        }
        self.products += wide * u128::from(self.last);
        self.sum += wide;
        self.squares += wide * wide;
        self.last = gap;
        self.n += 1;
    }

    /// How many gaps there are.
    pub fn count(&self) -> u64 {
        self.n
    }

    /// Mean gap in milliseconds; `None` without a gap.
    pub fn mean_ms(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64)
    }

    /// Burstiness of the gaps; see [`burstiness`].
    pub fn burstiness(&self) -> Option<f64> {
        let n = u128::from(self.n);
        let spread = n.saturating_mul(self.squares).saturating_sub(self.sum.saturating_mul(self.sum));
        (self.n >= 2 && self.sum > 0).then(|| burstiness_of((spread as f64).sqrt() / self.sum as f64, self.n))
    }

    /// Memory coefficient of the gaps; see [`super::memory_coefficient`].
    pub fn memory(&self) -> Option<f64> {
        let pairs = i128::from(self.n) - 1;
        if pairs < 2 {
            return None;
        }
        let [sum, squares, products] = [self.sum, self.squares, self.products].map(|sum| sum as i128);
        let [first, last] = [self.first, self.last].map(i128::from);
        let (before, after) = (sum - last, sum - first);
        let less = |a: i128, b: i128, c: i128| pairs.saturating_mul(a).saturating_sub(b.saturating_mul(c));
        let spread_before = less(squares - last * last, before, before);
        let spread_after = less(squares - first * first, after, after);
        let together = less(products, before, after);
        let scale = (spread_before as f64).sqrt() * (spread_after as f64).sqrt();
        (spread_before > 0 && spread_after > 0).then(|| (together as f64 / scale).clamp(-1.0, 1.0))
    }
}

/// A_n(r) = (√(n+1) r − √(n−1)) / ((√(n+1) − 2) r + √(n−1)) of n gaps with r = σ/μ: −1 for a clock, 0 for chance, towards 1 for bursts.
/// For many gaps it is (σ − μ)/(σ + μ); short histories are put on the same scale.
///
/// # Shape
/// Gaps in milliseconds.
///
/// # Missing
/// `None` with fewer than two gaps, or where all are 0.
///
/// # Cost
/// O(n).
///
/// # Source
/// Goh and Barabási, *Burstiness and memory in complex systems*, 2008; Kim and Jo, *Measuring burstiness for finite event sequences*, 2016,
/// equation 22.
///
/// # Examples
/// ```
/// use bonafide::timing::burstiness;
/// assert_eq!(burstiness(&[60, 60, 60, 60]), Some(-1.0));
/// assert_eq!(burstiness(&[0, 0, 0, 60]), Some(1.0));
/// assert_eq!(burstiness(&[60]), None);
/// ```
pub fn burstiness(gaps_ms: &[i64]) -> Option<f64> {
    moments(gaps_ms).burstiness()
}

pub(super) fn moments(gaps_ms: &[i64]) -> GapMoments {
    let mut moments = GapMoments::default();
    gaps_ms.iter().for_each(|&gap| moments.push(gap));
    moments
}

/// The same from r = σ/μ of n gaps.
pub fn burstiness_of(ratio: f64, n_gaps: u64) -> f64 {
    let (up, down) = ((n_gaps as f64 + 1.0).sqrt(), (n_gaps as f64 - 1.0).sqrt());
    ((up * ratio - down) / ((up - 2.0) * ratio + down)).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_numpy() {
        // g = numpy.array([5, 1, 9, 2, 2, 30, 4]); r = g.std() / g.mean() = 1.252_693_786_6;
        // (sqrt(8) r − sqrt(6)) / ((sqrt(8) − 2) r + sqrt(6))
        let value = burstiness(&[5, 1, 9, 2, 2, 30, 4]).unwrap();
        let ratio = 1.252_693_786_618_704_5_f64;
        let by_hand = (8.0_f64.sqrt() * ratio - 6.0_f64.sqrt()) / ((8.0_f64.sqrt() - 2.0) * ratio + 6.0_f64.sqrt());
        assert!((value - by_hand).abs() < 1e-9, "{value} {by_hand}");
    }

    #[test]
    fn is_nil_for_chance_whatever_the_number_of_gaps() {
        // Uniform spacings have E r² = (n − 1)/(n + 1): Kim and Jo 2016, section III.
        for n in [2_u64, 5, 100, 10_000] {
            let ratio = ((n as f64 - 1.0) / (n as f64 + 1.0)).sqrt();
            assert!(burstiness_of(ratio, n).abs() < 1e-12);
        }
        // Many gaps: (σ − μ)/(σ + μ).
        assert!((burstiness_of(3.0, 1_000_000_000) - 0.5).abs() < 1e-4);
    }

    #[test]
    fn too_little_is_missing_and_the_longest_gaps_do_not_overflow() {
        assert_eq!((burstiness(&[]), burstiness(&[7]), burstiness(&[0, 0, 0])), (None, None, None));
        assert_eq!(burstiness(&[-5, 10]), burstiness(&[0, 10]));
        let century_ms = 110 * 366 * 86_400_000_i64;
        assert_eq!(burstiness(&vec![century_ms; 100_000]), Some(-1.0));
    }
}
