//! How far the gaps before a gap foretell it.

use super::gap_profile::gap_bin;

/// Kinds of gaps that are told apart.
pub const N_SYMBOLS: usize = 5;
/// Longest pattern. Assumption: with five kinds, longer ones occur once in most histories, and the correction then only repeats the first entropy.
const MAX_LENGTH: usize = 4;
/// Where the patterns of each length begin in one table: 5 + 25 + 125 + 625 cells.
const STARTS: [usize; MAX_LENGTH + 1] = [0, 5, 30, 155, 780];
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

/// How often each pattern of 1 to 4 kinds in a row occurred; fed one gap at a time, cleared in the time of what it holds.
#[derive(Debug, Clone)]
pub struct PatternCounts {
    counts: Box<[u32; STARTS[MAX_LENGTH]]>,
    touched: Vec<u16>,
    /// The last kinds as one number, and how many there are.
    recent: usize,
    n: u64,
}

impl Default for PatternCounts {
    fn default() -> Self {
        Self { counts: Box::new([0; STARTS[MAX_LENGTH]]), touched: Vec::new(), recent: 0, n: 0 }
    }
}

impl PatternCounts {
    /// Adds the next kind of gap.
    pub fn push(&mut self, symbol: u8) {
        self.n += 1;
        self.recent = (self.recent * N_SYMBOLS + usize::from(symbol) % N_SYMBOLS) % (STARTS[MAX_LENGTH] - STARTS[MAX_LENGTH - 1]);
        let mut size = 1;
        for (length, start) in (1..=MAX_LENGTH as u64).zip(STARTS) {
            if length > self.n {
                break;
            }
            size *= N_SYMBOLS;
            let place = start + self.recent % size;
            if self.counts[place] == 0 {
                self.touched.push(place as u16);
            }
            self.counts[place] += 1;
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        for place in self.touched.drain(..) {
            self.counts[usize::from(place)] = 0;
        }
        (self.recent, self.n) = (0, 0);
    }

    /// What the patterns say; see [`corrected_conditional_entropy`].
    pub fn entropy(&self) -> Option<ConditionalEntropy> {
        if self.n < 2 {
            return None;
        }
        let mut sums = [0.0; MAX_LENGTH];
        let mut once = [0_u32; MAX_LENGTH];
        let mut touched = self.touched.clone();
        // Sums are taken in the order of patterns, whatever came first.
        touched.sort_unstable();
        for place in touched {
            let place = usize::from(place);
            let length = STARTS[1..].iter().filter(|&&start| place >= start).count();
            let count = self.counts[place];
            sums[length] += f64::from(count) * f64::from(count).ln();
            once[length] += u32::from(count == 1);
        }
        let n_patterns = |length: usize| (self.n - length as u64) as f64;
        let entropy = |length: usize| n_patterns(length).ln() - sums[length] / n_patterns(length);
        let first = entropy(0).max(0.0);
        let lengths = 0..MAX_LENGTH.min(self.n as usize);
        let corrected = lengths.map(|length| {
            let conditional = if length == 0 { first } else { (entropy(length) - entropy(length - 1)).max(0.0) };
            conditional + f64::from(once[length]) / n_patterns(length) * first
        });
        Some(ConditionalEntropy { first, corrected: corrected.fold(f64::INFINITY, f64::min).max(0.0) })
    }
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
