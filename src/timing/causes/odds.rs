//! How much better one cause explains what was seen than another.

use super::Cause;

/// Ratio of likelihoods from which two causes count as told apart: below it the data are "barely worth more than a bare mention". Jeffreys,
/// *Theory of Probability*, 3rd edition, 1961, appendix B (10^½).
pub const TOLD_APART: f64 = 3.162_277_660_168_379_5;

/// The likelihood of what was seen under each cause, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseOdds {
    ranked: Vec<(Cause, f64)>,
    n_observed: usize,
}

impl CauseOdds {
    /// From natural logarithms of likelihoods and the number of observations behind them. Causes that cannot be are left out.
    pub fn new(ln_likelihoods: impl IntoIterator<Item = (Cause, f64)>, n_observed: usize) -> Self {
        let mut ranked: Vec<(Cause, f64)> = ln_likelihoods.into_iter().filter(|(_, ln)| ln.is_finite()).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Self { ranked, n_observed }
    }

    /// Observations behind the odds; none if nothing else is known of that time.
    pub fn n_observed(&self) -> usize {
        self.n_observed
    }

    /// The cause with the highest likelihood; of orders by either side, which no data tell apart, [`Cause::Inflated`].
    pub fn best(&self) -> Option<Cause> {
        self.ranked.first().map(|(cause, _)| *cause)
    }

    /// Causes and the natural logarithm of their likelihood, best first.
    pub fn ranked(&self) -> &[(Cause, f64)] {
        &self.ranked
    }

    /// How many times likelier what was seen is under one cause than under another.
    ///
    /// # Missing
    /// `None` if one of the two cannot be.
    pub fn of(&self, cause: Cause, over: Cause) -> Option<f64> {
        let ln = |wanted: Cause| self.ranked.iter().find(|(cause, _)| *cause == wanted).map(|(_, ln)| *ln);
        Some((ln(cause)? - ln(over)?).exp())
    }

    /// The best cause that is another kind than `cause`: orders by either side are one kind.
    pub fn best_other(&self, cause: Cause) -> Option<Cause> {
        self.ranked.iter().map(|(cause, _)| *cause).find(|other| other.column() != cause.column())
    }

    /// Odds of the best cause over the best of another kind.
    pub fn lead(&self) -> Option<f64> {
        let best = self.best()?;
        self.of(best, self.best_other(best)?)
    }

    /// Odds of ordered accounts over the best innocent cause; below 1 where the innocent one explains more.
    pub fn ordered_over_innocent(&self) -> Option<f64> {
        self.of(Cause::Inflated, self.best_other(Cause::Inflated)?)
    }

    /// Causes that explain what was seen about as well as the best: all within [`TOLD_APART`] of it.
    pub fn contenders(&self) -> Vec<Cause> {
        let Some(&(_, best)) = self.ranked.first() else { return Vec::new() };
        self.ranked.iter().take_while(|(_, ln)| best - ln < TOLD_APART.ln()).map(|(cause, _)| *cause).collect()
    }

    /// What the odds say, as one sentence without a culprit.
    ///
    /// # Examples
    /// ```
    /// use bonafide::timing::causes::{Cause, CauseOdds};
    /// let odds = CauseOdds::new([(Cause::Viral, 0.0), (Cause::Inflated, -(12.0_f64.ln()))], 4);
    /// assert_eq!(odds.statement(), "The data favour a post that went viral over accounts that somebody ordered by 12 to 1.");
    /// ```
    pub fn statement(&self) -> String {
        let Some((best, other)) = self.best().and_then(|best| Some((best, self.best_other(best)?))) else {
            return "Nothing in the data speaks for or against any cause.".to_owned();
        };
        let lead = self.lead().unwrap_or(1.0);
        let who = if best.is_ordered() { "; for the creator or against it, they do not say" } else { "" };
        if lead >= TOLD_APART {
            return format!("The data favour {} over {} by {} to 1{who}.", best.phrase(), other.phrase(), rounded(lead));
        }
        let mut names: Vec<&str> = Vec::new();
        for cause in self.contenders().into_iter().filter(|cause| *cause != Cause::Attack) {
            names.push(cause.phrase());
        }
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("With the data in hand these cannot be told apart: {} and {last}.", rest.join(", "))
            }
            _ => "With the data in hand the causes cannot be told apart.".to_owned(),
        }
    }
}

/// Odds with two digits at most, and no more than a thousand: more is not known of them.
fn rounded(odds: f64) -> String {
    match odds {
        odds if odds >= 1_000.0 => "more than 1,000".to_owned(),
        odds if odds >= 100.0 => format!("{:.0}", (odds / 10.0).round() * 10.0),
        odds if odds >= 10.0 => format!("{odds:.0}"),
        odds => format!("{odds:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_are_ratios_of_likelihoods() {
        let odds = CauseOdds::new([(Cause::Inflated, -3.0), (Cause::Attack, -3.0), (Cause::Advertisement, -1.0)], 2);
        assert_eq!(odds.best(), Some(Cause::Advertisement));
        assert!((odds.of(Cause::Advertisement, Cause::Inflated).unwrap() - 2.0_f64.exp()).abs() < 1e-12);
        assert!((odds.ordered_over_innocent().unwrap() - (-2.0_f64).exp()).abs() < 1e-12);
        assert_eq!((odds.of(Cause::Viral, Cause::Inflated), odds.n_observed()), (None, 2));
    }

    #[test]
    fn either_side_of_an_order_is_one_kind() {
        let odds = CauseOdds::new([(Cause::Inflated, 0.0), (Cause::Attack, 0.0), (Cause::Viral, -1_000.0)], 1);
        assert_eq!((odds.best(), odds.best_other(Cause::Inflated)), (Some(Cause::Inflated), Some(Cause::Viral)));
        assert!(
            odds.statement().contains("more than 1,000 to 1; for the creator or against it, they do not say"),
            "{}",
            odds.statement()
        );
    }

    #[test]
    fn what_cannot_be_told_apart_is_said_and_nothing_panics() {
        let odds = CauseOdds::new([(Cause::Viral, 0.0), (Cause::Shoutout, -0.5), (Cause::Purge, f64::NAN)], 1);
        assert_eq!(odds.contenders(), [Cause::Viral, Cause::Shoutout]);
        assert_eq!(
            odds.statement(),
            "With the data in hand these cannot be told apart: a post that went viral and a mention by a larger creator."
        );
        assert_eq!(CauseOdds::new([], 0).lead(), None);
        assert!(CauseOdds::new([], 0).statement().starts_with("Nothing"));
    }
}
