//! Reactions of each post by half hours, and how many the creator's response and the hours of the day lead one to expect.

use super::arrivals::PostTimes;
use super::response::Response;

/// Seconds of a bin.
pub const BIN_S: f64 = 1_800.0;
/// Seconds after a post within which arrivals are compared: three days.
pub const HORIZON_S: f64 = 3.0 * 86_400.0;
/// Bins within the horizon.
pub(super) const N_BINS: usize = 144;
/// Reactions worth of evenness that each hour of the day begins with.
const PRIOR_COUNT: f64 = 20.0;

/// Observed and expected arrivals of one post.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Binned {
    /// Reactions by bin.
    pub observed: Vec<f64>,
    /// Shares of the post's reactions to be expected by bin; they add up to 1 over the bins that were observed whole.
    pub expected: Vec<f64>,
}

/// Bins every post; the hours of the day weigh as they do over all of the creator's posts.
pub(super) fn bin(posts: &[PostTimes<'_>], response: &Response) -> Vec<Binned> {
    let mut binned: Vec<Binned> = posts.iter().map(|post| plain(post, response)).collect();
    let (mut seen, mut awaited) = ([PRIOR_COUNT; 24], [PRIOR_COUNT; 24]);
    for (post, bins) in posts.iter().zip(&binned) {
        let all: f64 = bins.observed.iter().sum();
        for bin in 0..bins.observed.len() {
            let hour = hour_of(post, bin);
            seen[hour] += bins.observed[bin];
            awaited[hour] += all * bins.expected[bin];
        }
    }
    for (post, bins) in posts.iter().zip(&mut binned) {
        for bin in 0..bins.expected.len() {
            let hour = hour_of(post, bin);
            bins.expected[bin] *= seen[hour] / awaited[hour];
        }
        normalise(&mut bins.expected);
    }
    binned
}

fn plain(post: &PostTimes<'_>, response: &Response) -> Binned {
    let n_bins = ((post.observed_s / BIN_S) as usize).min(N_BINS);
    let mut observed = vec![0.0; n_bins];
    for &delay in post.delays_s.iter().filter(|&&delay| delay >= 0.0) {
        if let Some(count) = observed.get_mut((delay / BIN_S) as usize) {
            *count += 1.0;
        }
    }
    let share = |bin: usize| response.share(BIN_S * (bin + 1) as f64) - response.share(BIN_S * bin as f64);
    let mut expected: Vec<f64> = (0..n_bins).map(share).collect();
    normalise(&mut expected);
    Binned { observed, expected }
}

fn hour_of(post: &PostTimes<'_>, bin: usize) -> usize {
    ((post.published_s + (BIN_S * (bin as f64 + 0.5)) as i64).div_euclid(3_600)).rem_euclid(24) as usize
}

fn normalise(shares: &mut [f64]) {
    let all: f64 = shares.iter().sum();
    if all > 0.0 {
        shares.iter_mut().for_each(|share| *share /= all);
    }
}
