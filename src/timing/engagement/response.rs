//! How long after a post people react: a law fitted to one creator's own posts.

use statrs::function::erf::erf;

/// Reactions below which no law is fitted.
const MIN_REACTIONS: usize = 60;
/// Posts below which none is fitted.
const MIN_POSTS: usize = 3;
/// Seconds in the first bin, and how much longer each further one reaches.
const FIRST_S: f64 = 30.0;
const FURTHER: f64 = 1.35;
/// Share of the posts that fit worst and are left out of the second fit.
const TRIMMED: usize = 4;

/// A law of reaction times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResponseLaw {
    /// Density θ c^θ (t + c)^−(1 + θ).
    PowerLaw {
        /// c, in seconds.
        cutoff_s: f64,
        /// θ.
        theta: f64,
    },
    /// ln t is normal.
    LogNormal {
        /// Mean of ln t, t in seconds.
        mu: f64,
        /// Standard deviation of ln t.
        sigma: f64,
    },
}

impl ResponseLaw {
    /// Share of all reactions that ever come, within this many seconds.
    pub fn share(&self, age_s: f64) -> f64 {
        if age_s <= 0.0 {
            return 0.0;
        }
        match *self {
            Self::PowerLaw { cutoff_s, theta } => 1.0 - (1.0 + age_s / cutoff_s).powf(-theta),
            Self::LogNormal { mu, sigma } => 0.5 * (1.0 + erf((age_s.ln() - mu) / (sigma * std::f64::consts::SQRT_2))),
        }
    }
}

/// The law under which one creator's reactions came, up to a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// The likelier of the two laws.
    pub law: ResponseLaw,
    /// Seconds after a post up to which it was fitted.
    pub horizon_s: f64,
    /// Posts that it was fitted to.
    pub n_posts: usize,
    /// Reactions within the horizon on all posts given.
    pub n_reactions: usize,
}

impl Response {
    /// Fits both laws by maximum likelihood to reactions up to the horizon, every post with the same weight, then once more without the
    /// quarter of the posts that fit worst; the likelier law is kept.
    ///
    /// # Shape
    /// One list a post: seconds from the post to each reaction. The post was observed to the horizon.
    ///
    /// # Missing
    /// `None` for fewer than three posts with reactions, or 60 reactions.
    ///
    /// # Cost
    /// O(reactions) and some thousand steps over forty bins.
    ///
    /// # Source
    /// Zhao et al., *SEISMIC*, KDD 2015 (power law with a cutoff); Crane and Sornette, PNAS 2008; log-normal: Van Mieghem et al., 2011.
    pub fn fit(posts: &[&[f64]], horizon_s: f64) -> Option<Self> {
        let edges = edges(horizon_s);
        let shares: Vec<Vec<f64>> = posts.iter().filter_map(|delays| binned(delays, &edges)).collect();
        let within = |delays: &&[f64]| delays.iter().filter(|&&delay| (0.0..=horizon_s).contains(&delay)).count();
        let n_reactions = posts.iter().map(within).sum();
        if shares.len() < MIN_POSTS || n_reactions < MIN_REACTIONS {
            return None;
        }
        let all: Vec<&Vec<f64>> = shares.iter().collect();
        let first = likeliest(&all, &edges);
        let mut ranked = all;
        ranked.sort_by(|a, b| misfit(a, first, &edges).total_cmp(&misfit(b, first, &edges)));
        ranked.truncate((ranked.len() - ranked.len() / TRIMMED).max(MIN_POSTS));
        Some(Self { law: likeliest(&ranked, &edges), horizon_s, n_posts: ranked.len(), n_reactions })
    }

    /// Share of the reactions within the horizon that come within this many seconds.
    pub fn share(&self, age_s: f64) -> f64 {
        (self.law.share(age_s) / self.law.share(self.horizon_s)).min(1.0)
    }
}

fn edges(horizon_s: f64) -> Vec<f64> {
    let mut edges = vec![0.0];
    let mut edge = FIRST_S;
    while edge < horizon_s {
        edges.push(edge);
        edge *= FURTHER;
    }
    edges.push(horizon_s);
    edges
}

/// Shares of a post's reactions by bin; `None` without any within the horizon.
fn binned(delays: &[f64], edges: &[f64]) -> Option<Vec<f64>> {
    let mut counts = vec![0.0; edges.len() - 1];
    let horizon = edges[edges.len() - 1];
    for &delay in delays.iter().filter(|&&delay| (0.0..=horizon).contains(&delay)) {
        let bin = edges.partition_point(|&edge| edge <= delay).clamp(1, counts.len()) - 1;
        counts[bin] += 1.0;
    }
    let all: f64 = counts.iter().sum();
    (all > 0.0).then(|| counts.iter().map(|count| count / all).collect())
}

/// Largest distance between a post's distribution and a law's.
fn misfit(shares: &[f64], law: ResponseLaw, edges: &[f64]) -> f64 {
    let all = law.share(edges[edges.len() - 1]);
    let (mut sum, mut furthest) = (0.0, 0.0_f64);
    for (share, edge) in shares.iter().zip(&edges[1..]) {
        sum += share;
        furthest = furthest.max((sum - law.share(*edge) / all).abs());
    }
    furthest
}

fn likeliest(posts: &[&Vec<f64>], edges: &[f64]) -> ResponseLaw {
    let mut weights = vec![0.0; edges.len() - 1];
    for shares in posts {
        weights.iter_mut().zip(shares.iter()).for_each(|(weight, share)| *weight += share);
    }
    let gain = |law: ResponseLaw| -> f64 {
        let shares: Vec<f64> = edges.iter().map(|&edge| law.share(edge)).collect();
        let all = shares[shares.len() - 1].max(1e-300);
        let ln = |bin: usize| ((shares[bin + 1] - shares[bin]) / all).max(1e-12).ln();
        weights.iter().enumerate().map(|(bin, weight)| weight * ln(bin)).sum()
    };
    let power = |at: [f64; 2]| ResponseLaw::PowerLaw { cutoff_s: at[0].exp(), theta: at[1].exp() };
    let normal = |at: [f64; 2]| ResponseLaw::LogNormal { mu: at[0], sigma: at[1].exp() };
    let power = power(climb(&|at| gain(power(at)), [(1.0, 12.0), (-3.0, 2.0)]));
    let normal = normal(climb(&|at| gain(normal(at)), [(2.0, 13.0), (-1.0, 1.6)]));
    if gain(power) >= gain(normal) { power } else { normal }
}

/// The highest point within a box: the best of a grid, then steps along the axes that halve.
fn climb(gain: &dyn Fn([f64; 2]) -> f64, within: [(f64, f64); 2]) -> [f64; 2] {
    const GRID: usize = 9;
    const HALVINGS: usize = 14;
    let at = |axis: usize, place: usize| within[axis].0 + (within[axis].1 - within[axis].0) * place as f64 / (GRID - 1) as f64;
    let grid = (0..GRID * GRID).map(|place| [at(0, place / GRID), at(1, place % GRID)]);
    let mut best =
        grid.map(|point| (gain(point), point)).fold((f64::NEG_INFINITY, [0.0; 2]), |a, b| if b.0 > a.0 { b } else { a });
    let mut steps = [at(0, 1) - at(0, 0), at(1, 1) - at(1, 0)];
    for _ in 0..HALVINGS {
        let mut has_moved = true;
        while has_moved {
            has_moved = false;
            for (axis, sign) in [(0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)] {
                let mut point = best.1;
                point[axis] = (point[axis] + sign * steps[axis]).clamp(within[axis].0, within[axis].1);
                let found = gain(point);
                if found > best.0 + 1e-9 {
                    (best, has_moved) = ((found, point), true);
                }
            }
        }
        steps = steps.map(|step| 0.5 * step);
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_S: f64 = 86_400.0;

    /// Delays at even shares of a law, within the horizon.
    fn delays(law: ResponseLaw, count: usize) -> Vec<f64> {
        let inverse = |share: f64| match law {
            ResponseLaw::PowerLaw { cutoff_s, theta } => cutoff_s * ((1.0 - share).powf(-1.0 / theta) - 1.0),
            ResponseLaw::LogNormal { .. } => unreachable!(),
        };
        (0..count).map(|i| inverse((i as f64 + 0.5) / count as f64 * law.share(3.0 * DAY_S))).collect()
    }

    #[test]
    fn laws_agree_with_scipy() {
        // scipy.stats.lomax.cdf([60, 3600], 0.5, scale=300), lognorm.cdf([60, 3600], 1.5, scale=exp(8))
        let power = ResponseLaw::PowerLaw { cutoff_s: 300.0, theta: 0.5 };
        let normal = ResponseLaw::LogNormal { mu: 8.0, sigma: 1.5 };
        for (law, age, share) in [
            (power, 60.0, 0.087_129_07),
            (power, 3_600.0, 0.722_649_9),
            (normal, 60.0, 0.004_610_23),
            (normal, 3_600.0, 0.550_052_01),
        ] {
            assert!((law.share(age) - share).abs() < 1e-7, "{law:?} {age}");
        }
        assert_eq!((power.share(0.0), power.share(-5.0)), (0.0, 0.0));
    }

    #[test]
    fn finds_the_law_again_though_a_quarter_of_the_posts_follow_another() {
        let truth = ResponseLaw::PowerLaw { cutoff_s: 600.0, theta: 0.8 };
        let own = delays(truth, 400);
        let even: Vec<f64> = (0..400).map(|i| f64::from(i) * 180.0).collect();
        let posts: Vec<&[f64]> = [&own[..]; 6].into_iter().chain([&even[..]; 2]).collect();
        let response = Response::fit(&posts, 3.0 * DAY_S).unwrap();
        let ResponseLaw::PowerLaw { cutoff_s, theta } = response.law else { panic!("{response:?}") };
        assert!((cutoff_s / 600.0 - 1.0).abs() < 0.1 && (theta - 0.8).abs() < 0.05, "{response:?}");
        assert_eq!((response.n_posts, response.n_reactions, response.share(3.0 * DAY_S)), (6, 3_200, 1.0));
    }

    #[test]
    fn few_reactions_or_posts_give_no_law() {
        let own = delays(ResponseLaw::PowerLaw { cutoff_s: 600.0, theta: 0.8 }, 100);
        assert_eq!(Response::fit(&[&own, &own], DAY_S), None);
        assert_eq!(Response::fit(&[&own[..5], &own[..5], &own[..5]], DAY_S), None);
        assert_eq!(Response::fit(&[&[], &[], &[]], DAY_S), None);
        let same = [0.0; 100];
        assert!(Response::fit(&[&same, &same, &same], DAY_S).unwrap().share(60.0).is_finite());
    }
}
