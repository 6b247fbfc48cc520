//! An audience by class.

use super::account::AccountScores;
use super::creator::{ClassShare, Estimate};
use crate::domain::{AccountClass, AccountId, INTERVAL_LEVEL, Interval};
use crate::statistics::wilson;

/// How many of the measured followers are of each class, with Wilson intervals, their ends drawn in by
/// √((N − n)/(N − 1)) where N, the size of the population spoken of, is known.
///
/// # Missing
/// Empty without measured followers; these alone are counted.
///
/// # Source
/// Cochran, *Sampling Techniques*, 1977, section 2.6 (finite population correction).
pub fn class_shares(measured: &[AccountId], accounts: &AccountScores, population: Option<u64>) -> Vec<ClassShare> {
    let n = measured.len() as u64;
    let drawn_in = population.map_or(1.0, |all| {
        let all = all.max(n);
        if all > 1 { ((all - n) as f64 / (all - 1) as f64).sqrt() } else { 0.0 }
    });
    let share_of = |class: AccountClass| {
        let count = measured.iter().filter(|&&id| accounts.class(id) == Some(class)).count() as u64;
        let value = count as f64 / n as f64;
        let whole = wilson(count, n, INTERVAL_LEVEL)?;
        let end = |end: f64| value + (end - value) * drawn_in;
        Some(ClassShare {
            class,
            count,
            share: Estimate { value, interval: Interval::new(end(whole.low()), end(whole.high()))? },
        })
    };
    AccountClass::ALL.iter().filter_map(|&class| share_of(class)).collect()
}
