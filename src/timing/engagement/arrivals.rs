//! Reactions that came to a post in a window beyond what the creator's own response leads one to expect.

use super::bins::{BIN_S, Binned, HORIZON_S, bin};
use super::response::Response;
use crate::statistics::{anderson_darling, median};

/// Bins of the windows tried: half an hour to a day.
const LENGTHS: [usize; 10] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 48];
/// Reactions on a post below which it is not looked at.
const MIN_REACTIONS: usize = 20;
/// Reactions in a window below which it is no window.
const MIN_IN_WINDOW: f64 = 8.0;
/// Largest share of a post's reactions that may be expected in a window.
const MOST_EXPECTED: f64 = 0.5;
/// Bins by which the spread of windows is measured: two hours.
const SPREAD_BINS: usize = 4;
/// Expected reactions from which such a window is measured.
const SPREAD_EXPECTED: f64 = 4.0;
/// Smallest spread of a window's rate beyond counting. Assumption.
const LEAST_SPREAD: f64 = 0.15;
/// Median of χ² with one degree of freedom.
const MEDIAN_CHI2: f64 = 0.454_936;

/// When people reacted to one post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PostTimes<'a> {
    /// When it was published, in seconds since 1970.
    pub published_s: i64,
    /// Seconds from there to each reaction.
    pub delays_s: &'a [f64],
    /// Seconds for which it has been observed.
    pub observed_s: f64,
}

/// The window of one post in which most came beyond expectation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArrivalExcess {
    /// Place of the post among those given.
    pub post: usize,
    /// Seconds after the post at which the window begins and ends.
    pub window_s: (f64, f64),
    /// Reactions in it.
    pub count: u64,
    /// Reactions to be expected in it, from those outside it.
    pub expected: f64,
    /// (count − expected) over its standard deviation, counting and the creator's own spread of rates together.
    pub z: f64,
    /// Share of the post's reactions within three days that came beyond expectation.
    pub share: f64,
    /// Of what came beyond expectation, the share in the first half of the window: one half where it came at a constant rate,
    /// more where it died down.
    pub first_half: f64,
}

/// One creator's arrivals beside its own response.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrivals {
    /// The response.
    pub response: Response,
    /// Spread of the rate of two-hour windows between posts, beyond counting: a share of the rate.
    pub spread: f64,
    /// The window of each post that stands out most, where there is one.
    pub excesses: Vec<ArrivalExcess>,
    /// Share of reactions within the first minute.
    pub first_minute_share: f64,
    /// Share of reactions in the third day over what the response leads one to expect.
    pub late_ratio: Option<f64>,
    /// Median over posts of A² over the number of reactions: how far the posts' arrivals lie from the response.
    pub misfit: Option<f64>,
}

/// Fits the response to a creator's posts and holds every post against it.
///
/// # Shape
/// Posts in any order; reactions before the post or after the horizon of three days are left out.
///
/// # Missing
/// `None` where no response can be fitted: fewer than three posts observed for three days, or 60 reactions.
///
/// # Cost
/// O(reactions log reactions) and some thousand steps a post.
///
/// # Source
/// Excess over a response with hours of the day: SEISMIC, KDD 2015, and Kulldorff's scan statistic, 1997; uniformity of transforms: Anderson and
/// Darling, 1954.
pub fn compare_arrivals(posts: &[PostTimes<'_>]) -> Option<Arrivals> {
    let whole: Vec<&[f64]> = posts.iter().filter(|post| post.observed_s >= HORIZON_S).map(|post| post.delays_s).collect();
    let response = Response::fit(&whole, HORIZON_S)?;
    let binned = bin(posts, &response);
    let spread = spread(&binned);
    let excesses = binned.iter().enumerate().filter_map(|(post, bins)| widest(post, bins, spread)).collect();
    let delays = || posts.iter().flat_map(|post| post.delays_s).filter(|&&delay| (0.0..=HORIZON_S).contains(&delay));
    let all = delays().count() as f64;
    let late: f64 =
        whole.iter().flat_map(|delays| delays.iter()).filter(|&&d| (HORIZON_S / 1.5..=HORIZON_S).contains(&d)).count() as f64;
    let awaited = response.n_reactions as f64 * (1.0 - response.share(HORIZON_S / 1.5));
    Some(Arrivals {
        response,
        spread,
        excesses,
        first_minute_share: delays().filter(|&&delay| delay < 60.0).count() as f64 / all,
        late_ratio: (awaited >= 5.0).then(|| late / awaited),
        misfit: misfit(&whole, &response),
    })
}

/// Spread of rates beyond counting: median of ((k − μ)² / (χ² median) − μ) / μ², as a standard deviation.
fn spread(posts: &[Binned]) -> f64 {
    let mut squares = Vec::new();
    for post in posts {
        let all: f64 = post.observed.iter().sum();
        for (observed, expected) in post.observed.chunks(SPREAD_BINS).zip(post.expected.chunks(SPREAD_BINS)) {
            let (count, awaited): (f64, f64) = (observed.iter().sum(), all * expected.iter().sum::<f64>());
            if awaited >= SPREAD_EXPECTED {
                squares.push(((count - awaited).powi(2) / MEDIAN_CHI2 - awaited) / awaited.powi(2));
            }
        }
    }
    median(&squares).map_or(LEAST_SPREAD, |square| square.max(0.0).sqrt()).max(LEAST_SPREAD)
}

/// The window of a post that stands out most.
fn widest(post: usize, bins: &Binned, spread: f64) -> Option<ArrivalExcess> {
    let (observed, expected) = (sums(&bins.observed), sums(&bins.expected));
    let n = bins.observed.len();
    let all = observed[n];
    if all < MIN_REACTIONS as f64 {
        return None;
    }
    let mut best: Option<(f64, usize, usize, f64)> = None;
    for length in LENGTHS.into_iter().filter(|&length| length < n) {
        for from in 0..=n - length {
            let (count, share) = (observed[from + length] - observed[from], expected[from + length] - expected[from]);
            if count < MIN_IN_WINDOW || share > MOST_EXPECTED {
                continue;
            }
            let awaited = (all - count) * share / (1.0 - share);
            let z = (count - awaited) / (awaited + (spread * awaited).powi(2) + 1.0).sqrt();
            if best.is_none_or(|best| z > best.0) {
                best = Some((z, from, length, awaited));
            }
        }
    }
    let (z, from, length, awaited) = best?;
    let count = observed[from + length] - observed[from];
    let middle = from + length / 2;
    let early = observed[middle] - observed[from] - awaited * part(&expected, (from, middle), (from, from + length));
    let first_half = if length > 1 { (early / (count - awaited)).clamp(0.0, 1.0) } else { 0.5 };
    Some(ArrivalExcess {
        post,
        window_s: (from as f64 * BIN_S, (from + length) as f64 * BIN_S),
        count: count as u64,
        expected: awaited,
        z,
        share: ((count - awaited) / all).max(0.0),
        first_half,
    })
}

/// The share of a wider window's expectation that falls into a narrower one.
fn part(sums: &[f64], narrow: (usize, usize), wide: (usize, usize)) -> f64 {
    let all = sums[wide.1] - sums[wide.0];
    if all > 0.0 { (sums[narrow.1] - sums[narrow.0]) / all } else { 0.5 }
}

/// Sums up to each place, 0 first.
fn sums(values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for value in values {
        sums.push(sums[sums.len() - 1] + value);
    }
    sums
}

fn misfit(posts: &[&[f64]], response: &Response) -> Option<f64> {
    let of_post = |delays: &&[f64]| {
        let inside = delays.iter().filter(|&&delay| (0.0..=HORIZON_S).contains(&delay));
        let transformed: Vec<f64> = inside.map(|&delay| response.share(delay)).collect();
        let test = anderson_darling(&transformed).filter(|_| transformed.len() >= MIN_REACTIONS)?;
        Some(test.statistic / transformed.len() as f64)
    };
    median(&posts.iter().filter_map(of_post).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Delays at even shares of a power law.
    fn organic(count: usize) -> Vec<f64> {
        let all = 1.0 - (1.0_f64 + HORIZON_S / 600.0).powf(-0.5);
        (0..count).map(|i| 600.0 * ((1.0 - (i as f64 + 0.5) / count as f64 * all).powf(-2.0) - 1.0)).collect()
    }

    fn posts(delays: &[Vec<f64>]) -> Vec<PostTimes<'_>> {
        let published_s = |place: usize| 1_600_000_000 + place as i64 * 97_000;
        let post =
            |place: usize| PostTimes { published_s: published_s(place), delays_s: &delays[place], observed_s: 9.0 * 86_400.0 };
        (0..delays.len()).map(post).collect()
    }

    #[test]
    fn a_delivery_at_a_constant_rate_is_found_with_its_hours() {
        let mut delays = vec![organic(300); 8];
        // 90 more in the six hours that begin 10 hours after the post: 30 %.
        delays[5].extend((0..90).map(|i| 36_000.0 + f64::from(i) * 240.0));
        let arrivals = compare_arrivals(&posts(&delays)).unwrap();
        let worst = arrivals.excesses.iter().max_by(|a, b| a.z.total_cmp(&b.z)).unwrap();
        assert_eq!(worst.post, 5);
        assert!(worst.z > 8.0 && (worst.share - 90.0 / 390.0).abs() < 0.03, "{worst:?}");
        assert!((worst.window_s.0 - 36_000.0).abs() <= 3_600.0 && (worst.window_s.1 - 57_600.0).abs() <= 3_600.0, "{worst:?}");
        assert!((worst.first_half - 0.5).abs() < 0.1, "{worst:?}");
        assert!(arrivals.excesses.iter().filter(|excess| excess.post != 5).all(|excess| excess.z < 4.0), "{arrivals:?}");
    }

    #[test]
    fn untouched_posts_lie_on_their_response() {
        let delays = vec![organic(300); 5];
        let arrivals = compare_arrivals(&posts(&delays)).unwrap();
        // Share of a power law with c = 600, θ = ½ within 60 s and of the third day, by hand: 1 − 1.1^−½ over 1 − 433^−½.
        let all = 1.0 - 433.0_f64.powf(-0.5);
        assert!((arrivals.first_minute_share - (1.0 - 1.1_f64.powf(-0.5)) / all).abs() < 0.004);
        assert!((arrivals.late_ratio.unwrap() - 1.0).abs() < 0.3 && arrivals.misfit.unwrap() < 0.01, "{arrivals:?}");
    }

    #[test]
    fn hostile_times_are_left_out() {
        let odd = vec![-50.0, f64::INFINITY, 1e18, 0.0];
        assert_eq!(compare_arrivals(&posts(&[odd.clone(), odd.clone(), odd])), None);
        assert_eq!(compare_arrivals(&[]), None);
        let same = vec![vec![0.0; 100]; 4];
        assert!(compare_arrivals(&posts(&same)).is_some_and(|arrivals| arrivals.first_minute_share == 1.0));
        let mut short = posts(&same);
        short.iter_mut().for_each(|post| post.observed_s = 100.0);
        assert_eq!(compare_arrivals(&short), None);
    }
}
