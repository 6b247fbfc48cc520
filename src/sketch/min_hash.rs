//! MinHash signatures, and their bands.

/// Bands of a signature.
pub const N_BANDS: usize = 8;
/// Rows of a band.
const N_ROWS: usize = 4;
/// Hash functions.
const N_HASHES: usize = N_BANDS * N_ROWS;

/// The signature of a set of 64-bit items: for each of 32 hash functions h the smallest h(x) over the set. Two sets agree in one place
/// with probability J = |A ∩ B| / |A ∪ B|, and in at least one whole band of 8 bands of 4 with probability 1 − (1 − J⁴)⁸: .99 at J = .8,
/// one half at J = .54, .01 at J = .19.
///
/// # Missing
/// `None` for an empty set.
///
/// # Cost
/// 32 multiplications an item.
///
/// # Source
/// Broder, *On the resemblance and containment of documents*, 1997; Indyk and Motwani, *Approximate nearest neighbors*, 1998; hash
/// functions: multiply-shift, Dietzfelbinger et al., 1997.
///
/// # Examples
/// ```
/// use bonafide::sketch::MinHash;
/// let (a, b) = (MinHash::of([1, 2, 3]).unwrap(), MinHash::of([3, 2, 1, 1]).unwrap());
/// assert_eq!((a, a.agreement(&b)), (b, 1.0));
/// assert!(MinHash::of([]).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinHash([u32; N_HASHES]);

impl MinHash {
    /// Of the items of a set; repetitions and order do not matter.
    pub fn of(items: impl IntoIterator<Item = u64>) -> Option<Self> {
        let mut smallest = [u32::MAX; N_HASHES];
        let mut is_empty = true;
        for item in items {
            is_empty = false;
            let item = mixed(item);
            for (place, least) in smallest.iter_mut().enumerate() {
                let hash = (item.wrapping_mul(FACTORS[place]).wrapping_add(SUMMANDS[place]) >> 32) as u32;
                *least = (*least).min(hash);
            }
        }
        (!is_empty).then_some(Self(smallest))
    }

    /// Share of the places in which two signatures agree: an estimate of J with standard error √(J(1 − J)/32).
    pub fn agreement(&self, other: &Self) -> f64 {
        let agreeing = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        agreeing as f64 / N_HASHES as f64
    }

    /// One key a band; like sets share at least one.
    pub fn bands(&self) -> [u64; N_BANDS] {
        std::array::from_fn(|band| {
            let rows = &self.0[band * N_ROWS..(band + 1) * N_ROWS];
            rows.iter().fold(band as u64, |key, &row| mixed(key ^ u64::from(row)))
        })
    }
}

/// |A ∩ B| / |A ∪ B| of two ascending lists without repetitions; 0 where both are empty.
pub fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let union = a.len() + b.len() - shared;
    if union == 0 { 0.0 } else { shared as f64 / union as f64 }
}

const FACTORS: [u64; N_HASHES] = constants(0x9e37_79b9_7f4a_7c15, 1);
const SUMMANDS: [u64; N_HASHES] = constants(0xd1b5_4a32_d192_ed03, 0);

/// Constants of the hash functions, each with the given bits set.
const fn constants(seed: u64, set: u64) -> [u64; N_HASHES] {
    let mut values = [0; N_HASHES];
    let mut place = 0;
    while place < N_HASHES {
        values[place] = mixed(seed.wrapping_mul(place as u64 + 1)) | set;
        place += 1;
    }
    values
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
pub(super) const fn mixed(item: u64) -> u64 {
    let item = item.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let item = (item ^ (item >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let item = (item ^ (item >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    item ^ (item >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sets of which `shared` items of `all` are in both.
    fn pair(start: u64, shared: u64, all: u64) -> (MinHash, MinHash) {
        let half = (all - shared) / 2;
        let a = start..start + shared + half;
        let b = (start..start + shared).chain(start + shared + half..start + all);
        (MinHash::of(a).unwrap(), MinHash::of(b).unwrap())
    }

    #[test]
    fn the_mixer_is_splitmix64() {
        // first output of SplitMix64 seeded with 0: 0xe220a8397b1dcdaf (Vigna's reference implementation)
        assert_eq!(mixed(0), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn agreement_estimates_the_jaccard_index() {
        let pairs: Vec<f64> = (0..400).map(|i| pair(i * 1_000, 40, 80)).map(|(a, b)| a.agreement(&b)).collect();
        let mean = pairs.iter().sum::<f64>() / 400.0;
        // J = ½; standard error of the mean √(.25/32/400) = .0044
        assert!((mean - 0.5).abs() < 0.018, "{mean}");
    }

    #[test]
    fn like_sets_share_a_band_as_often_as_the_formula_says() {
        for (shared, expected) in [(64, 0.985_f64), (40, 0.403)] {
            // 1 − (1 − J⁴)⁸ at J = .8 and .5
            let found = (0..2_000_u64)
                .map(|i| pair(i * 1_000, shared, 80))
                .filter(|(a, b)| a.bands().iter().zip(b.bands()).any(|(a, b)| *a == b))
                .count();
            let share = found as f64 / 2_000.0;
            let error = (expected * (1.0 - expected) / 2_000.0_f64).sqrt();
            assert!((share - expected).abs() < 4.0 * error + 0.005, "{shared}: {share}");
        }
    }

    #[test]
    fn jaccard_by_hand() {
        assert_eq!(jaccard(&[1, 2, 3, 5], &[2, 3, 4]), 2.0 / 5.0);
        assert_eq!((jaccard(&[], &[]), jaccard(&[1], &[])), (0.0, 0.0));
    }
}
