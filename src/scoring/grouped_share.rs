//! The fake share of an audience of which a part came with groups that were sent.

use crate::domain::{Interval, ShareEstimate};
use statrs::distribution::{ContinuousCDF, Normal};

/// Joins the share of the followers told by their profiles with that of those who came with groups, counted with their posterior.
///
/// share = (1 − w) · rest + w · mean(p); the interval's ends move with the rest's, and by ± z √(Σ p(1 − p)/n² + w(1 − w)(m − rest)²/n) for who
/// of the members is fake and for how many of them the sample happened to hold, added as independent errors.
///
/// # Shape
/// `grouped`: probabilities of *fake* of the sampled members of groups; `rest`: the estimate from all others.
///
/// # Missing
/// Without anybody else nothing tells how the rest of the sample would look: the members speak alone.
///
/// # Source
/// Stratification after sampling: Cochran, *Sampling Techniques*, 3rd edition, 1977, section 5A.9.
pub(super) fn with_grouped(rest: Option<ShareEstimate>, grouped: &[f64], level: f64) -> Option<ShareEstimate> {
    let n_rest = rest.map_or(0.0, |rest| rest.sample_count as f64);
    let members: Vec<(f64, f64)> = grouped.iter().map(|&p| (p, 1.0)).collect();
    with_weighted(rest.map(|rest| (rest, [n_rest, n_rest])), &members, level)
}

/// The same where accounts weigh differently: w is the members' part of all weight, 1/n becomes Σw²/(Σw)², and p(1 − p)/n² the sum of w² p(1 − p)/(Σw)².
///
/// # Shape
/// `rest`: the estimate from all others with Σw and Σw² of these; `grouped`: probability and weight of each member.
pub(super) fn with_weighted(
    rest: Option<(ShareEstimate, [f64; 2])>,
    grouped: &[(f64, f64)],
    level: f64,
) -> Option<ShareEstimate> {
    let sum = |of: fn(&(f64, f64)) -> f64| grouped.iter().map(of).sum::<f64>();
    let [of_rest, squares_of_rest] = rest.map_or([0.0, 0.0], |(_, sums)| sums);
    let rest = rest.map(|(rest, _)| rest);
    if grouped.is_empty() {
        return rest;
    }
    let (all, squares) = (of_rest + sum(|of| of.1), squares_of_rest + sum(|of| of.1 * of.1));
    let (w, m) = (sum(|of| of.1) / all, sum(|of| of.0 * of.1) / sum(|of| of.1));
    let (share, low, high) = rest.map_or((m, m, m), |rest| (rest.share, rest.interval.low(), rest.interval.high()));
    let joined = (1.0 - w) * share + w * m;
    let of_members = sum(|(p, weight)| weight * weight * p * (1.0 - p)) / (all * all);
    let of_part = w * (1.0 - w) * (m - share).powi(2) * squares / (all * all);
    let z = Normal::standard().inverse_cdf(0.5 + level / 2.0);
    let more = z * z * (of_members + of_part);
    let end = |end: f64, side: f64| (joined + side * (((1.0 - w) * (end - share)).powi(2) + more).sqrt()).clamp(0.0, 1.0);
    let interval = Interval::new(end(low, -1.0), end(high, 1.0))?;
    let sample_count = rest.map_or(0, |rest| rest.sample_count) + grouped.len() as u64;
    Some(ShareEstimate { share: joined, interval, sample_count })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(share: f64, low: f64, high: f64, sample_count: u64) -> ShareEstimate {
        ShareEstimate { share, interval: Interval::new(low, high).unwrap(), sample_count }
    }

    #[test]
    fn without_members_nothing_changes() {
        let rest = Some(rest(0.1, 0.05, 0.2, 300));
        assert_eq!(with_grouped(rest, &[], 0.9), rest);
        assert_eq!(with_grouped(None, &[], 0.9), None);
    }

    #[test]
    fn a_fifth_of_certain_fakes_by_hand() {
        // 400 others at .1 [.05, .15] and 100 members at 1: .8 · .1 + .2 = .28; half width √((.8 · .05)² + 1.6449² · .2 · .8 · .9²/500) = .047972.
        let joined = with_grouped(Some(rest(0.1, 0.05, 0.15, 400)), &[1.0; 100], 0.9).unwrap();
        assert!((joined.share - 0.28).abs() < 1e-12);
        assert!((joined.interval.low() - (0.28 - 0.047_971_6)).abs() < 1e-6, "{:?}", joined.interval);
        assert!((joined.interval.high() - (0.28 + 0.047_971_6)).abs() < 1e-6);
        assert_eq!(joined.sample_count, 500);
    }

    #[test]
    fn a_member_of_twice_the_weight_counts_twice_by_hand() {
        // Others: 8 of weight 1 at .1 without width; one member of weight 2 at .5: w = .2, share .8 · .1 + .2 · .5 = .18.
        // √(4 · .25/100 + .2 · .8 · .4² · (8 + 4)/100) · 1.6449 = √(.01 + .003072) · 1.6449 = .188061.
        let others = rest(0.1, 0.1, 0.1, 8);
        let joined = with_weighted(Some((others, [8.0, 8.0])), &[(0.5, 2.0)], 0.9).unwrap();
        assert!((joined.share - 0.18).abs() < 1e-12);
        assert!((joined.interval.high() - (0.18 + 0.188_061)).abs() < 1e-5, "{:?}", joined.interval);
        assert_eq!((joined.interval.low(), joined.sample_count), (0.0, 9));
    }

    #[test]
    fn members_alone_speak_alone() {
        let joined = with_grouped(None, &[0.5; 100], 0.9).unwrap();
        let half_width = 1.644_853_626_951_472_2 * 0.05;
        assert!((joined.share - 0.5).abs() < 1e-12 && (joined.interval.low() - (0.5 - half_width)).abs() < 1e-9);
    }
}
