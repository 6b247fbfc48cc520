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
    if grouped.is_empty() {
        return rest;
    }
    let n_grouped = grouped.len() as f64;
    let n = n_grouped + rest.map_or(0.0, |rest| rest.sample_count as f64);
    let (w, m) = (n_grouped / n, grouped.iter().sum::<f64>() / n_grouped);
    let (share, low, high) = rest.map_or((m, m, m), |rest| (rest.share, rest.interval.low(), rest.interval.high()));
    let joined = (1.0 - w) * share + w * m;
    let of_members = grouped.iter().map(|p| p * (1.0 - p)).sum::<f64>() / (n * n);
    let of_part = w * (1.0 - w) * (m - share).powi(2) / n;
    let z = Normal::standard().inverse_cdf(0.5 + level / 2.0);
    let more = z * z * (of_members + of_part);
    let end = |end: f64, side: f64| (joined + side * (((1.0 - w) * (end - share)).powi(2) + more).sqrt()).clamp(0.0, 1.0);
    let interval = Interval::new(end(low, -1.0), end(high, 1.0))?;
    Some(ShareEstimate { share: joined, interval, sample_count: n as u64 })
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
    fn members_alone_speak_alone() {
        let joined = with_grouped(None, &[0.5; 100], 0.9).unwrap();
        let half_width = 1.644_853_626_951_472_2 * 0.05;
        assert!((joined.share - 0.5).abs() < 1e-12 && (joined.interval.low() - (0.5 - half_width)).abs() < 1e-9);
    }
}
