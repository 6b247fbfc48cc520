//! Splits for honest measurement: what belongs together stays on one side.

use crate::domain::Label;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// Rows to fit on and rows to measure on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Rows to fit on, in order.
    pub train: Vec<usize>,
    /// Rows to measure on, in order.
    pub test: Vec<usize>,
}

/// Deals groups to `k` folds such that the folds are of nearly equal size: shuffled, then largest group first to the
/// smallest fold.
///
/// # Shape
/// One fold number (0..k) a row; rows with one group number share it.
///
/// # Cost
/// O(n log n).
pub fn grouped_folds(groups: &[u64], k: usize, seed: u64) -> Vec<usize> {
    let mut members: Vec<(u64, usize)> = groups.iter().copied().enumerate().map(|(row, group)| (group, row)).collect();
    members.sort_unstable();
    let mut blocks: Vec<&[(u64, usize)]> = members.chunk_by(|a, b| a.0 == b.0).collect();
    blocks.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    blocks.sort_by_key(|block| std::cmp::Reverse(block.len()));
    let mut sizes = vec![0_usize; k.max(1)];
    let mut folds = vec![0; groups.len()];
    for block in blocks {
        let fold = (0..sizes.len()).min_by_key(|&fold| sizes[fold]).unwrap_or(0);
        sizes[fold] += block.len();
        for &(_, row) in block {
            folds[row] = fold;
        }
    }
    folds
}

/// A random split that keeps each class's share: of each class round(`test_share` × its rows) are to measure on.
/// `repeat` numbers the repetitions of one seed.
pub fn stratified_split(labels: &[Label], test_share: f64, seed: u64, repeat: u64) -> Split {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(repeat);
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for &class in Label::ALL {
        let mut rows: Vec<usize> = (0..labels.len()).filter(|&row| labels[row] == class).collect();
        rows.shuffle(&mut random);
        let n_test = (rows.len() as f64 * test_share.clamp(0.0, 1.0)).round() as usize;
        test.extend_from_slice(&rows[..n_test]);
        train.extend_from_slice(&rows[n_test..]);
    }
    train.sort_unstable();
    test.sort_unstable();
    Split { train, test }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_keep_groups_whole_and_sizes_even() {
        let groups: Vec<u64> = (0..103).map(|row| row % 51).collect();
        let folds = grouped_folds(&groups, 10, 5);
        for row in 0..103 {
            assert_eq!(folds[row], folds[row % 51]);
        }
        let sizes: Vec<usize> = (0..10).map(|fold| folds.iter().filter(|&&f| f == fold).count()).collect();
        assert!(sizes.iter().all(|&size| (9..=12).contains(&size)), "{sizes:?}");
        assert_eq!(folds, grouped_folds(&groups, 10, 5));
        assert_ne!(folds, grouped_folds(&groups, 10, 6));
    }

    #[test]
    fn a_split_keeps_the_share_of_each_class() {
        let labels: Vec<Label> = (0..1000).map(|row| if row % 5 == 0 { Label::Fake } else { Label::Genuine }).collect();
        let split = stratified_split(&labels, 0.3, 1, 0);
        assert_eq!((split.train.len(), split.test.len()), (700, 300));
        assert_eq!(split.test.iter().filter(|&&row| labels[row] == Label::Fake).count(), 60);
        let mut all = [split.train.clone(), split.test.clone()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..1000).collect::<Vec<_>>());
        assert_ne!(split, stratified_split(&labels, 0.3, 1, 1));
    }
}
