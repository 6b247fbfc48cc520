//! The table of likelihoods from cases whose cause is known.

use super::likelihoods::Row;
use super::{Cause, CauseLikelihoods, Observed};
use std::collections::BTreeMap;

/// A case whose cause is known.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseCase {
    /// Where it was seen: the name of a market. Orders of one market are alike.
    pub source: String,
    /// What it was.
    pub cause: Cause,
    /// What was seen of it.
    pub evidence: Vec<Observed>,
}

/// How a table is fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseFit {
    /// What is stated beforehand, worth this many cases of each cause and observation. Assumption.
    pub stated_cases: f64,
    /// Orders seen in one market count together as so many cases at most: they come from a few sellers, and the next market has others. Chosen on the
    /// tuning scenarios, each left out once.
    pub orders_per_source: f64,
    /// Factors tried for dependence between observations; the one under which the cases are likeliest is taken.
    pub weights: Vec<f64>,
}

impl Default for CauseFit {
    fn default() -> Self {
        Self { stated_cases: 8.0, orders_per_source: 20.0, weights: (2..=10).map(|tenth| f64::from(tenth) / 10.0).collect() }
    }
}

impl CauseFit {
    /// Fits a table: P(outcome | cause) = (n of the outcome + m · stated) / (n of all outcomes + m), m the worth of what was stated. A cause
    /// without cases keeps what was stated of it; orders of one market weigh as [`CauseFit::orders_per_source`] says. The weight maximises Σ ln P(cause | evidence), causes equally probable beforehand and each
    /// cause with the same say, on folds of the cases that the probabilities are not fitted on.
    ///
    /// # Shape
    /// The rows of `stated`; outcomes that it does not hold are left out.
    ///
    /// # Cost
    /// O(folds × weights × cases × observations × rows).
    ///
    /// # Source
    /// Dirichlet-multinomial mean; weighting one exponent for all: Hand and Yu, *Idiot's Bayes, not so stupid after all?*, 2001, on dependence.
    pub fn fit(&self, stated: &CauseLikelihoods, cases: &[CauseCase], causes: &[Cause]) -> CauseLikelihoods {
        const FOLDS: usize = 5;
        let parts: Vec<(CauseLikelihoods, Vec<&CauseCase>)> = (0..FOLDS)
            .map(|fold| {
                let others = cases.iter().enumerate().filter(|(place, _)| place % FOLDS != fold).map(|(_, case)| case);
                let own = cases.iter().enumerate().filter(|(place, _)| place % FOLDS == fold).map(|(_, case)| case);
                (self.count(stated, others), own.collect())
            })
            .collect();
        let gain = |weight: f64| -> f64 { parts.iter().map(|(table, own)| ln_probability(table, weight, own, causes)).sum() };
        let best = self.weights.iter().copied().max_by(|a, b| gain(*a).total_cmp(&gain(*b)));
        CauseLikelihoods { weight: best.unwrap_or(stated.weight), ..self.count(stated, cases.iter()) }
    }

    fn count<'a>(&self, stated: &CauseLikelihoods, cases: impl Iterator<Item = &'a CauseCase> + Clone) -> CauseLikelihoods {
        let mut counts = vec![[0.0; Cause::ALL.len()]; stated.rows.len()];
        let mut orders: BTreeMap<&str, f64> = BTreeMap::new();
        for case in cases.clone().filter(|case| case.cause.is_ordered()) {
            *orders.entry(&case.source).or_default() += 1.0;
        }
        for case in cases {
            let n_alike = if case.cause.is_ordered() { orders[case.source.as_str()] } else { 1.0 };
            let worth = (self.orders_per_source / n_alike).min(1.0);
            for seen in &case.evidence {
                let place = stated.rows.iter().position(|row| row.observation == seen.observation && row.outcome == seen.outcome);
                if let Some(place) = place {
                    counts[place][case.cause.column() as usize] += worth;
                }
            }
        }
        let rows = stated.rows.iter().zip(&counts).map(|(row, own)| {
            let total = |cause: Cause| -> f64 {
                let all = stated.rows.iter().zip(&counts);
                all.filter(|(other, _)| other.observation == row.observation).map(|(_, counts)| counts[cause as usize]).sum()
            };
            let mut probabilities = row.probabilities;
            for cause in Cause::ALL {
                let place = cause.column() as usize;
                let stated = self.stated_cases * row.probabilities[place];
                probabilities[cause as usize] = (own[place] + stated) / (total(cause.column()) + self.stated_cases);
            }
            Row { probabilities, ..row.clone() }
        });
        CauseLikelihoods { weight: stated.weight, rows: rows.collect() }
    }
}

/// Mean over causes of the mean ln P(cause | evidence).
fn ln_probability(table: &CauseLikelihoods, weight: f64, cases: &[&CauseCase], causes: &[Cause]) -> f64 {
    let table = CauseLikelihoods { weight, ..table.clone() };
    let of_case = |case: &CauseCase| {
        let odds = table.weigh(&case.evidence, causes);
        let all: f64 = odds.ranked().iter().filter(|(cause, _)| *cause != Cause::Attack).map(|(_, ln)| ln.exp()).sum();
        let own = odds.ranked().iter().find(|(cause, _)| *cause == case.cause.column()).map_or(f64::NEG_INFINITY, |(_, ln)| *ln);
        own - all.ln()
    };
    let of_cause = |cause: Cause| {
        let own: Vec<f64> = cases.iter().filter(|case| case.cause.column() == cause).map(|case| of_case(case)).collect();
        if own.is_empty() { 0.0 } else { own.iter().sum::<f64>() / own.len() as f64 }
    };
    causes.iter().map(|&cause| of_cause(cause)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::likelihoods::testing::TABLE;
    use super::*;

    const USUAL: Observed = Observed { observation: "post", outcome: "usual" };
    const VIRAL: Observed = Observed { observation: "post", outcome: "viral" };

    #[test]
    fn counts_move_what_was_stated_and_a_cause_without_cases_keeps_it() {
        let stated = CauseLikelihoods::parse(TABLE).unwrap();
        let case = |cause, outcome| CauseCase { source: "a".to_owned(), cause, evidence: vec![outcome] };
        let cases: Vec<CauseCase> = (0..12)
            .map(|place| case(Cause::Viral, if place < 3 { USUAL } else { VIRAL }))
            .chain([case(Cause::Attack, USUAL)])
            .collect();
        let fit = CauseFit { stated_cases: 8.0, ..CauseFit::default() };
        let table = fit.fit(&stated, &cases, &Cause::ALL);
        // By hand: (3 + 8 · .1) / (12 + 8), (1 + 8 · .8) / (1 + 8).
        assert!((table.rows[0].probabilities[Cause::Viral as usize] - 0.19).abs() < 1e-12);
        assert!((table.rows[0].probabilities[Cause::Inflated as usize] - 7.4 / 9.0).abs() < 1e-12);
        assert_eq!(table.rows[0].probabilities[Cause::Attack as usize], table.rows[0].probabilities[Cause::Inflated as usize]);
        assert_eq!(table.rows[0].probabilities[Cause::Giveaway as usize], 0.5);
        assert!(fit.weights.contains(&table.weight));
    }

    #[test]
    fn orders_of_one_market_count_as_a_few_and_those_of_two_as_more() {
        let stated = CauseLikelihoods::parse(TABLE).unwrap();
        let fit = CauseFit { stated_cases: 8.0, orders_per_source: 2.0, ..CauseFit::default() };
        let inflated = |sources: &[&str]| {
            let case = |source: &&str| CauseCase { source: (*source).to_owned(), cause: Cause::Inflated, evidence: vec![VIRAL] };
            let cases: Vec<CauseCase> = sources.iter().flat_map(|source| vec![case(source); 10]).collect();
            fit.fit(&stated, &cases, &Cause::ALL).rows[0].probabilities[Cause::Inflated as usize]
        };
        // By hand: 8 · .8 / (2 + 8), 8 · .8 / (4 + 8).
        assert!((inflated(&["a"]) - 0.64).abs() < 1e-12);
        assert!((inflated(&["a", "b"]) - 6.4 / 12.0).abs() < 1e-12);
    }

    #[test]
    fn no_cases_leave_the_table_as_stated() {
        let stated = CauseLikelihoods::parse(TABLE).unwrap();
        assert_eq!(CauseFit::default().fit(&stated, &[], &Cause::ALL).rows, stated.rows);
    }
}
