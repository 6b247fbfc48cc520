//! How far the gaps before a gap foretell it.

use super::gap_profile::{count_ln, gap_bin};

/// Kinds of gaps that are told apart.
pub const N_SYMBOLS: usize = 5;
/// Longest pattern. Assumption: with five kinds, longer ones occur once in most histories, and the correction then only repeats the first entropy.
const MAX_LENGTH: usize = 4;
/// Patterns of each length from 0 to 4.
const N_PATTERNS: [usize; MAX_LENGTH + 1] = [1, 5, 25, 125, 625];
/// Bins of gaps at which a new kind begins: 64 s, 8.5 minutes, 68 minutes, 9.1 hours. Fixed, so that histories are comparable.
const KIND_BINS: [usize; N_SYMBOLS - 1] = [8, 11, 14, 17];

/// The kind of a gap in milliseconds: below 64 s, 8.5 minutes, 68 minutes, 9.1 hours, or longer.
pub fn gap_symbol(gap_ms: i64) -> u8 {
    symbol_of_bin(gap_bin(gap_ms))
}

pub(super) fn symbol_of_bin(bin: usize) -> u8 {
    KIND_BINS.iter().map(|&start| u8::from(bin >= start)).sum()
}

/// What was found of a sequence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConditionalEntropy {
    /// Entropy of single kinds, in nats.
    pub first: f64,
    /// Least corrected conditional entropy over all pattern lengths, in nats.
    pub corrected: f64,
}

/// How often each pattern of 4 kinds in a row occurred; fed one gap at a time, cleared in the time of what it holds. Shorter patterns are the ends
/// of these, but for those of the first three kinds.
#[derive(Debug, Clone)]
pub struct PatternCounts {
    counts: Box<[u32; N_PATTERNS[MAX_LENGTH]]>,
    /// Which patterns occurred, one bit each.
    occurred: [u64; N_PATTERNS[MAX_LENGTH].div_ceil(64)],
    /// The last kinds as one number of base 5, and the first three.
    recent: usize,
    first: usize,
    n: u64,
}

impl Default for PatternCounts {
    fn default() -> Self {
        Self { counts: Box::new([0; N_PATTERNS[MAX_LENGTH]]), occurred: Default::default(), recent: 0, first: 0, n: 0 }
    }
}

impl PatternCounts {
    /// Adds the next kind of gap.
    pub fn push(&mut self, symbol: u8) {
        self.n += 1;
        self.recent = (self.recent * N_SYMBOLS + usize::from(symbol) % N_SYMBOLS) % N_PATTERNS[MAX_LENGTH];
        if self.n < MAX_LENGTH as u64 {
            self.first = self.recent;
        } else {
            self.counts[self.recent] += 1;
            self.occurred[self.recent / 64] |= 1 << (self.recent % 64);
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        for pattern in bits(self.occurred) {
            self.counts[pattern] = 0;
        }
        self.occurred = Default::default();
        (self.recent, self.first, self.n) = (0, 0, 0);
    }

    /// What the patterns say; see [`corrected_conditional_entropy`].
    pub fn entropy(&self) -> Option<ConditionalEntropy> {
        if self.n < 2 {
            return None;
        }
        let n_patterns = |length: usize| (self.n + 1 - length as u64) as f64;
        let sums = self.sums();
        let entropy = |length: usize| n_patterns(length).ln() - sums[length].0 / n_patterns(length);
        let first = entropy(1).max(0.0);
        let lengths = 1..=MAX_LENGTH.min(self.n as usize);
        let corrected = lengths.map(|length| {
            let conditional = if length == 1 { first } else { (entropy(length) - entropy(length - 1)).max(0.0) };
            conditional + f64::from(sums[length].1) / n_patterns(length) * first
        });
        Some(ConditionalEntropy { first, corrected: corrected.fold(f64::INFINITY, f64::min).max(0.0) })
    }

    /// Σ c ln c over the patterns of each length, in the order of patterns whatever came first, and how many occurred once.
    fn sums(&self) -> [(f64, u32); MAX_LENGTH + 1] {
        let threes: [u32; N_PATTERNS[3]] = ends(&self.counts[..], self.head(3));
        let twos: [u32; N_PATTERNS[2]] = ends(&threes, self.head(2));
        let ones: [u32; N_PATTERNS[1]] = ends(&twos, self.head(1));
        let fours = bits(self.occurred).map(|pattern| self.counts[pattern]);
        [(0.0, 0), sum(ones), sum(twos), sum(threes), sum(fours)]
    }

    /// The pattern of the first kinds; `None` if there are not as many.
    fn head(&self, length: usize) -> Option<usize> {
        let n_first = self.n.min(MAX_LENGTH as u64 - 1) as usize;
        Some(self.first / N_PATTERNS[n_first.checked_sub(length)?])
    }
}

/// Counts of the patterns one shorter: each is the end of a longer one, but for the first.
fn ends<const SHORTER: usize>(longer: &[u32], first: Option<usize>) -> [u32; SHORTER] {
    let mut counts = [0; SHORTER];
    for with_one_kind_before in longer.chunks_exact(SHORTER) {
        counts.iter_mut().zip(with_one_kind_before).for_each(|(sum, count)| *sum += count);
    }
    if let Some(first) = first {
        counts[first] += 1;
    }
    counts
}

/// Counts of 0 add nothing, and to ask for them would take longer.
fn sum(counts: impl IntoIterator<Item = u32>) -> (f64, u32) {
    counts.into_iter().fold((0.0, 0), |(sum, once), count| (sum + count_ln(count), once + u32::from(count == 1)))
}

/// The places of the bits that are set, ascending.
fn bits<const N: usize>(words: [u64; N]) -> impl Iterator<Item = usize> {
    words.into_iter().enumerate().flat_map(|(word, mut left)| {
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < 64).then_some(word * 64 + bit)
        })
    })
}

/// CCE = min over L of H(L) − H(L−1) + (share of patterns of length L that occur once) × H(1): low where what went before foretells the next
/// gap, as of a program; near H(1) where it does not.
///
/// # Shape
/// Kinds of gaps (0..5) in order; patterns of 1 to 4; nats.
///
/// # Missing
/// `None` for fewer than two gaps.
///
/// # Cost
/// O(n).
///
/// # Source
/// Porta et al., *Measuring regularity by means of a corrected conditional entropy in sympathetic outflow*, 1998; for bots, with five kinds:
/// Gianvecchio, Xie, Wu and Wang, *Humans and bots in internet chat*, 2011, equation 4. Kinds have fixed bounds here, theirs were quantiles; a difference of entropies below 0, an
/// effect of the ends of short histories, counts as 0.
///
/// # Examples
/// ```
/// use bonafide::timing::corrected_conditional_entropy;
/// let alternating: Vec<u8> = (0..200).map(|place| place % 2).collect();
/// let entropy = corrected_conditional_entropy(&alternating).unwrap();
/// assert!(entropy.corrected < 0.01 && entropy.first > 0.69);
/// ```
pub fn corrected_conditional_entropy(symbols: &[u8]) -> Option<ConditionalEntropy> {
    let mut counts = PatternCounts::default();
    symbols.iter().for_each(|&symbol| counts.push(symbol));
    counts.entropy()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn by_hand_on_a_short_sequence() {
        // 0 0 1 0 0 1 0 0: single kinds 6 and 2; pairs 00 ×3, 01 ×2, 10 ×2; triples 001 ×2, 010 ×2, 100 ×2; fours 0010 ×2, 0100 ×2, 1001 ×1.
        let entropy = corrected_conditional_entropy(&[0, 0, 1, 0, 0, 1, 0, 0]).unwrap();
        let h = |counts: &[f64]| {
            let n: f64 = counts.iter().sum();
            -counts.iter().map(|count| count / n * (count / n).ln()).sum::<f64>()
        };
        let (h1, h2, h3, h4) = (h(&[6.0, 2.0]), h(&[3.0, 2.0, 2.0]), h(&[2.0, 2.0, 2.0]), h(&[2.0, 2.0, 1.0]));
        let candidates = [h1, h2 - h1, h3 - h2, (h4 - h3).max(0.0) + 0.2 * h1];
        let least = candidates.into_iter().fold(f64::INFINITY, f64::min);
        assert!(
            (entropy.first - h1).abs() < 1e-12 && (entropy.corrected - least.max(0.0)).abs() < 1e-12,
            "{entropy:?} {candidates:?}"
        );
    }

    #[test]
    fn a_history_of_singular_patterns_is_not_called_regular() {
        let entropy = corrected_conditional_entropy(&[0, 3]).unwrap();
        assert!((entropy.corrected - entropy.first).abs() < 1e-12);
        assert_eq!(corrected_conditional_entropy(&[1]), None);
        assert_eq!(corrected_conditional_entropy(&[2; 50]), Some(ConditionalEntropy { first: 0.0, corrected: 0.0 }));
    }

    proptest! {
        #[test]
        fn patterns_are_counted_as_by_looking_at_each_place(symbols in proptest::collection::vec(0_u8..5, 2..300)) {
            let mut counts = PatternCounts::default();
            symbols.iter().for_each(|&symbol| counts.push(symbol));
            for (length, (sum, once)) in counts.sums().into_iter().enumerate().skip(1) {
                let mut seen: BTreeMap<&[u8], u32> = BTreeMap::new();
                symbols.windows(length).for_each(|pattern| *seen.entry(pattern).or_default() += 1);
                let plain: f64 = seen.values().map(|&count| f64::from(count) * f64::from(count).ln()).sum();
                prop_assert!((sum - plain).abs() <= 1e-12 * plain.max(1.0), "{length} {sum} {plain}");
                prop_assert_eq!(once as usize, seen.values().filter(|&&count| count == 1).count());
            }
        }
    }

    #[test]
    fn cleared_counts_are_as_new() {
        let mut counts = PatternCounts::default();
        (0..99_u32).for_each(|place| counts.push((place * 7 % 5) as u8));
        counts.clear();
        [0_u8, 0, 1, 0, 0, 1, 0, 0].into_iter().for_each(|symbol| counts.push(symbol));
        assert_eq!(counts.entropy(), corrected_conditional_entropy(&[0, 0, 1, 0, 0, 1, 0, 0]));
    }

    #[test]
    fn kinds_begin_where_they_say() {
        assert_eq!([63_999, 64_000, 511_999, 512_000, 4_095_999, 4_096_000, 32_768_000].map(gap_symbol), [0, 1, 1, 2, 2, 3, 4]);
    }
}
