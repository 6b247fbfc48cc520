//! A random forest: the learner that sees what hangs together.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Fewest rows of a leaf.
const LEAF: usize = 5;

/// Trees grown on resampled rows, each split the best (by Gini impurity) of √d features drawn at random.
///
/// # Source
/// Breiman, *Random forests*, 2001.
#[derive(Debug, Clone)]
pub(super) struct Forest {
    trees: Vec<Vec<Node>>,
}

#[derive(Debug, Clone, Copy)]
enum Node {
    /// Rows up to the threshold go to the next node, the others to this one.
    Split { feature: usize, threshold: f64, above: usize },
    /// Share of positive rows.
    Leaf(f64),
}

impl Forest {
    /// Grows a forest; each tree draws from a stream of its own, so that threads do not matter.
    ///
    /// # Cost
    /// O(trees × √d × n log² n).
    pub(super) fn fit(rows: &[&[f64]], is_positive: &[bool], n_trees: u32, seed: u64) -> Self {
        let grown = (0..n_trees).into_par_iter().map(|tree| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(u64::from(tree));
            let mut drawn: Vec<usize> = (0..rows.len()).map(|_| random.random_range(0..rows.len() as u64) as usize).collect();
            let mut nodes = Vec::new();
            Grower { rows, is_positive, random, nodes: &mut nodes }.grow(&mut drawn);
            nodes
        });
        Self { trees: grown.collect() }
    }

    /// Mean share of positive rows in the leaves that a row falls into.
    pub(super) fn predict(&self, row: &[f64]) -> f64 {
        let leaf = |tree: &Vec<Node>| {
            let mut at = 0;
            loop {
                match tree[at] {
                    Node::Leaf(share) => return share,
                    Node::Split { feature, threshold, above } => at = if row[feature] <= threshold { at + 1 } else { above },
                }
            }
        };
        self.trees.iter().map(leaf).sum::<f64>() / self.trees.len() as f64
    }
}

struct Grower<'a> {
    rows: &'a [&'a [f64]],
    is_positive: &'a [bool],
    random: ChaCha8Rng,
    nodes: &'a mut Vec<Node>,
}

impl Grower<'_> {
    fn grow(&mut self, drawn: &mut [usize]) {
        let positive = drawn.iter().filter(|&&row| self.is_positive[row]).count();
        let share = positive as f64 / drawn.len().max(1) as f64;
        let split = if positive == 0 || positive == drawn.len() { None } else { self.split(drawn, positive) };
        let Some((feature, threshold)) = split else {
            self.nodes.push(Node::Leaf(share));
            return;
        };
        let mut middle = 0;
        for place in 0..drawn.len() {
            if self.rows[drawn[place]][feature] <= threshold {
                drawn.swap(place, middle);
                middle += 1;
            }
        }
        let (below, above) = drawn.split_at_mut(middle);
        let at = self.nodes.len();
        self.nodes.push(Node::Leaf(share));
        self.grow(below);
        self.nodes[at] = Node::Split { feature, threshold, above: self.nodes.len() };
        self.grow(above);
    }

    /// The best split that leaves both sides large enough.
    fn split(&mut self, drawn: &[usize], positive: usize) -> Option<(usize, f64)> {
        let n_features = self.rows.first()?.len();
        let tries = (n_features as f64).sqrt().ceil() as usize;
        let features = rand::seq::index::sample(&mut self.random, n_features, tries);
        let mut best: Option<(f64, usize, f64)> = None;
        for feature in features {
            let mut values: Vec<(f64, bool)> =
                drawn.iter().map(|&row| (self.rows[row][feature], self.is_positive[row])).collect();
            values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some((purity, threshold)) = best_cut(&values, positive)
                && best.is_none_or(|(so_far, ..)| purity > so_far)
            {
                best = Some((purity, feature, threshold));
            }
        }
        best.map(|(_, feature, threshold)| (feature, threshold))
    }
}

/// The threshold between sorted values at which Σ p²/n of both sides is greatest, and that sum.
fn best_cut(values: &[(f64, bool)], positive: usize) -> Option<(f64, f64)> {
    let n = values.len();
    let mut below = 0_usize;
    let mut best: Option<(f64, f64)> = None;
    for place in 1..n {
        below += usize::from(values[place - 1].1);
        if place < LEAF || n - place < LEAF || values[place - 1].0 == values[place].0 {
            continue;
        }
        let side = |positive: usize, n: usize| (positive.pow(2) + (n - positive).pow(2)) as f64 / n as f64;
        let purity = side(below, place) + side(positive - below, n - place);
        if best.is_none_or(|(so_far, _)| purity > so_far) {
            best = Some((purity, f64::midpoint(values[place - 1].0, values[place].0)));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two features on a grid; positive where exactly one is large, which no single one tells.
    fn chequered() -> (Vec<Vec<f64>>, Vec<bool>) {
        let rows: Vec<Vec<f64>> = (0..900).map(|i| vec![f64::from(i % 30), f64::from(i / 30)]).collect();
        let is_positive = rows.iter().map(|row| (row[0] < 15.0) != (row[1] < 15.0)).collect();
        (rows, is_positive)
    }

    #[test]
    fn finds_what_only_two_features_together_tell() {
        let (rows, is_positive) = chequered();
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        let forest = Forest::fit(&rows, &is_positive, 30, 1);
        assert!(forest.predict(&[5.0, 25.0]) > 0.9 && forest.predict(&[25.0, 25.0]) < 0.1);
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let again = one_thread.install(|| Forest::fit(&rows, &is_positive, 30, 1));
        assert_eq!(forest.predict(&[14.5, 3.0]), again.predict(&[14.5, 3.0]));
    }

    #[test]
    fn cuts_by_hand() {
        let values: Vec<(f64, bool)> = (0..12).map(|i| (f64::from(i), i >= 6)).collect();
        assert_eq!(best_cut(&values, 6), Some((12.0, 5.5)));
        assert_eq!(best_cut(&[(1.0, true); 12], 6), None, "equal values cannot be parted");
    }
}
