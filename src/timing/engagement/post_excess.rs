//! Counts of posts beyond what neighbouring posts and another count of the same post lead one to expect.

use crate::statistics::median;

/// Posts with both counts below which nothing is compared.
pub const MIN_POSTS: usize = 12;
/// Posts on each side that a post is held against.
const NEIGHBOURS: usize = 5;
/// Smallest scale of logarithms: nobody's posts are more even than 5 %. Assumption.
const LEAST_SCALE: f64 = 0.05;
/// Robust standard deviations at which the weight of a tail begins, and beyond which a post adds no more.
const TAIL: (f64, f64) = (1.5, 4.0);

/// One creator's posts beside one another.
///
/// y = ln(count + ½), x = ln(other count + ½); from both the median of the five neighbours on either side is taken away; β is the
/// slope of y on x through the origin, shrunk towards 0 and kept within 0..1; what is left, e = y − β x − median, is divided by
/// s = 1.4826 · median |e|, which is never below the noise of counting.
///
/// # Shape
/// One residual a post, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct PostExcess {
    /// Natural logarithm of count over expectation; `None` where a count is missing.
    pub residuals: Vec<Option<f64>>,
    /// Robust standard deviation of the residuals.
    pub scale: f64,
    /// How much of a per cent more of the other count goes with a per cent more of this one.
    pub slope: f64,
}

impl PostExcess {
    /// Compares posts given in order of time.
    ///
    /// # Missing
    /// `None` for fewer than 12 posts that have both counts.
    ///
    /// # Cost
    /// O(posts).
    ///
    /// # Source
    /// Running medians: Tukey, *Exploratory data analysis*, 1977. Median absolute deviation: Hampel, 1974.
    pub fn of(counts: &[Option<u64>], beside: &[Option<u64>]) -> Option<Self> {
        let both: Vec<(usize, f64, f64)> = counts
            .iter()
            .zip(beside)
            .enumerate()
            .filter_map(|(post, (count, beside))| Some((post, (*count)? as f64, (*beside)? as f64)))
            .collect();
        if both.len() < MIN_POSTS {
            return None;
        }
        let ln = |value: f64| (value + 0.5).ln();
        let y = without_trend(&both.iter().map(|post| ln(post.1)).collect::<Vec<_>>());
        let x = without_trend(&both.iter().map(|post| ln(post.2)).collect::<Vec<_>>());
        let (products, squares) = y.iter().zip(&x).fold((0.0, 1.0), |(xy, xx), (y, x)| (xy + x * y, xx + x * x));
        let slope = (products / squares).clamp(0.0, 1.0);
        let left: Vec<f64> = y.iter().zip(&x).map(|(y, x)| y - slope * x).collect();
        let centre = median(&left)?;
        let left: Vec<f64> = left.iter().map(|residual| residual - centre).collect();
        let spread = 1.4826 * median(&left.iter().map(|residual| residual.abs()).collect::<Vec<_>>())?;
        let typical = median(&both.iter().map(|post| post.1).collect::<Vec<_>>())?;
        let scale = spread.max(1.0 / typical.max(1.0).sqrt()).max(LEAST_SCALE);
        let mut residuals = vec![None; counts.len()];
        for (&(post, ..), residual) in both.iter().zip(left) {
            residuals[post] = Some(residual);
        }
        Some(Self { residuals, scale, slope })
    }

    /// Residual of a post in robust standard deviations.
    pub fn z(&self, post: usize) -> Option<f64> {
        self.residuals.get(post).copied().flatten().map(|residual| residual / self.scale)
    }

    /// The post furthest above its expectation.
    pub fn top(&self) -> Option<(usize, f64)> {
        (0..self.residuals.len()).filter_map(|post| Some((post, self.z(post)?))).max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How much heavier the upper tail is than the lower: Σ (min(z, 5.5) − 1.5)₊ − Σ (min(−z, 5.5) − 1.5)₊ over √n.
    pub fn upper_tail(&self) -> f64 {
        let z: Vec<f64> = self.residuals.iter().flatten().map(|residual| residual / self.scale).collect();
        let beyond = |z: f64| (z - TAIL.0).clamp(0.0, TAIL.1);
        z.iter().map(|&z| beyond(z) - beyond(-z)).sum::<f64>() / (z.len().max(1) as f64).sqrt()
    }

    /// Posts above a number of robust standard deviations.
    pub fn above(&self, z: f64) -> Vec<usize> {
        (0..self.residuals.len()).filter(|&post| self.z(post).is_some_and(|own| own >= z)).collect()
    }
}

/// Values less the median of their neighbours.
fn without_trend(values: &[f64]) -> Vec<f64> {
    let local = |place: usize| {
        let (from, to) = (place.saturating_sub(NEIGHBOURS), (place + 1 + NEIGHBOURS).min(values.len()));
        let others: Vec<f64> = [&values[from..place], &values[place + 1..to]].concat();
        values[place] - median(&others).unwrap_or(values[place])
    };
    (0..values.len()).map(local).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(values: &[u64]) -> Vec<Option<u64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn a_post_is_held_against_its_neighbours_by_hand() {
        let mut likes = [100_u64; 14];
        for (place, like) in likes.iter_mut().enumerate() {
            *like += (place as u64 % 2) * 20;
        }
        likes[7] = 1_000;
        let excess = PostExcess::of(&some(&likes), &some(&[7; 14])).unwrap();
        // Comments do not move: no slope. Of the ten neighbours of post 7 six have 100 likes, so the median is 100. Elsewhere the five or six
        // nearest of the other kind prevail: half of the residuals are ± ln(120.5 / 100.5).
        assert_eq!(excess.slope, 0.0);
        let (top, z) = excess.top().unwrap();
        let step = (120.5_f64 / 100.5).ln();
        assert!((excess.scale - 1.4826 * step).abs() < 1e-12, "{excess:?}");
        assert!(top == 7 && (z - (1_000.5_f64 / 100.5).ln() / excess.scale).abs() < 1e-9, "{excess:?}");
        assert!(excess.scale >= 0.05 && excess.above(5.0) == [7] && excess.upper_tail() > 0.5);
    }

    #[test]
    fn what_comments_explain_is_no_excess() {
        let series =
            |every: u64, high: u64, low: u64| (0..30).map(|i| if i % every == 0 { high } else { low + i }).collect::<Vec<_>>();
        let (likes, comments) = (some(&series(6, 4_000, 1_000)), some(&series(6, 160, 40)));
        let explained = PostExcess::of(&likes, &comments).unwrap();
        let alone = PostExcess::of(&likes, &some(&[40; 30])).unwrap();
        assert!(explained.slope > 0.5);
        assert!(explained.residuals[6].unwrap() < 0.5 * alone.residuals[6].unwrap());
    }

    #[test]
    fn missing_counts_are_left_out_and_few_posts_say_nothing() {
        let mut likes = some(&(100..120).collect::<Vec<_>>());
        likes[3] = None;
        let excess = PostExcess::of(&likes, &some(&[5; 20])).unwrap();
        assert_eq!((excess.residuals[3], excess.z(3), excess.z(99)), (None, None, None));
        assert_eq!(PostExcess::of(&likes[..12], &some(&[5; 12])), None);
        let zeros = PostExcess::of(&some(&[0; 12]), &some(&[0; 12])).unwrap();
        assert!(zeros.top().unwrap().1 == 0.0 && zeros.scale == 1.0);
    }
}
