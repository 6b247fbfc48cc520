//! Which accounts belong to a group, each by its own evidence.

/// Rounds of expectation and maximisation at most; some ten are the rule.
const ROUNDS: usize = 40;
/// Rounds of the fixed point that undoes the cut at zero.
const CUT_ROUNDS: usize = 20;
/// Shares stay this far from 0 and 1.
const EDGE: f64 = 1e-4;
/// A share and a rate that change by less than this part are taken as found.
const STABLE: f64 = 1e-4;

/// An account that arrived in at least one of a group's bursts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    /// Columns of the group in whose bursts it arrived, at least one.
    pub actions: u32,
    /// In how many it would have arrived by chance, from how much it acts at all.
    pub expected: f64,
}

/// What was fitted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Membership {
    /// ln P(actions | member) − ln P(actions | passer-by), one slot a candidate.
    pub log_likelihood_ratios: Vec<f64>,
    /// Probability that the candidate is a member, one slot a candidate.
    pub posterior: Vec<f64>,
    /// Share of the group's columns that a member acts on.
    pub rate: f64,
}

/// Fits a mixture of members, who act on each of the group's columns with one probability, and passers-by, who act by
/// chance: a binomial and a Poisson count, both cut at zero, since only who arrived is seen.
///
/// # Shape
/// `n_columns` columns; `share` and `rate` begin the search: the share of members among the candidates, and the share of the
/// columns that a member acts on.
///
/// # Cost
/// O(candidates) a round.
///
/// # Source
/// Dempster, Laird and Rubin, *Maximum likelihood from incomplete data via the EM algorithm*, 1977.
pub(super) fn fit_membership(candidates: &[Candidate], n_columns: u32, share: f64, rate: f64) -> Membership {
    let (mut share, mut rate) = (share.clamp(EDGE, 1.0 - EDGE), rate.clamp(EDGE, 1.0 - EDGE));
    let most = candidates.iter().map(|candidate| candidate.actions).max().unwrap_or(0);
    let as_passer_by: Vec<f64> = candidates.iter().map(|candidate| ln_poisson(candidate.actions, candidate.expected)).collect();
    let mut fit = Membership { log_likelihood_ratios: vec![0.0; candidates.len()], posterior: vec![0.0; candidates.len()], rate };
    for _ in 0..ROUNDS {
        let as_member: Vec<f64> = (0..=most).map(|actions| ln_binomial(actions, n_columns, rate)).collect();
        let prior = (share / (1.0 - share)).ln();
        let (mut members, mut actions) = (0.0, 0.0);
        for (slot, candidate) in candidates.iter().enumerate() {
            let ratio = as_member[candidate.actions as usize] - as_passer_by[slot];
            let posterior = 1.0 / (1.0 + (-(prior + ratio)).exp());
            (fit.log_likelihood_ratios[slot], fit.posterior[slot]) = (ratio, posterior);
            members += posterior;
            actions += posterior * f64::from(candidate.actions);
        }
        if members <= 0.0 {
            break;
        }
        fit.rate = rate;
        let before = (share, rate);
        share = (members / candidates.len() as f64).clamp(EDGE, 1.0 - EDGE);
        rate = uncut_rate(actions / members, n_columns);
        if (share - before.0).abs() < STABLE * before.0 && (rate - before.1).abs() < STABLE * before.1 {
            break;
        }
    }
    fit
}

/// The rate of a binomial count whose mean, given that it is not zero, is `mean`: ρ = mean/n · (1 − (1 − ρ)^n).
fn uncut_rate(mean: f64, n: u32) -> f64 {
    let mut rate = mean / f64::from(n);
    for _ in 0..CUT_ROUNDS {
        rate = mean / f64::from(n) * (1.0 - (1.0 - rate).powi(n.cast_signed()));
    }
    rate.clamp(EDGE, 1.0 - EDGE)
}

fn ln_choose(n: u32, k: u32) -> f64 {
    (1..=k).map(|step| (f64::from(n - step + 1) / f64::from(step)).ln()).sum()
}

/// ln P(k) of a binomial count that is not zero.
fn ln_binomial(k: u32, n: u32, rate: f64) -> f64 {
    let k = k.min(n);
    let seen = 1.0 - (1.0 - rate).powi(n.cast_signed());
    ln_choose(n, k) + f64::from(k) * rate.ln() + f64::from(n - k) * (1.0 - rate).ln() - seen.ln()
}

/// ln P(k) of a Poisson count that is not zero.
fn ln_poisson(k: u32, mean: f64) -> f64 {
    let factorial: f64 = (1..=k).map(|step| f64::from(step).ln()).sum();
    f64::from(k) * mean.ln() - factorial - mean - (-(-mean).exp_m1()).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_told_from_passers_by() {
        let mut candidates = vec![Candidate { actions: 9, expected: 0.02 }; 25];
        candidates.extend(vec![Candidate { actions: 1, expected: 0.05 }; 300]);
        let fit = fit_membership(&candidates, 12, 0.5, 0.5);
        assert!(fit.posterior[..25].iter().all(|p| *p > 0.999));
        assert!(fit.posterior[25..].iter().all(|p| *p < 0.01));
        assert!((fit.rate - 0.75).abs() < 0.01, "{}", fit.rate);
    }

    #[test]
    fn who_acts_on_everything_anyway_is_no_member() {
        let mut candidates = vec![Candidate { actions: 6, expected: 0.02 }; 40];
        candidates.push(Candidate { actions: 6, expected: 9.0 });
        let fit = fit_membership(&candidates, 12, 0.5, 0.5);
        assert!(fit.log_likelihood_ratios[40] < fit.log_likelihood_ratios[0] - 15.0);
    }

    #[test]
    fn cut_probabilities_add_up_to_one() {
        let binomial: f64 = (1..=7).map(|k| ln_binomial(k, 7, 0.2).exp()).sum();
        let poisson: f64 = (1..=60).map(|k| ln_poisson(k, 1.7).exp()).sum();
        assert!((binomial - 1.0).abs() < 1e-12 && (poisson - 1.0).abs() < 1e-12);
    }
}
