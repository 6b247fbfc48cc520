//! Decisions on accounts that the model had not seen.

use super::fit;
use crate::benchmark::EvaluationSettings;
use crate::domain::Label;
use crate::error::Result;
use crate::model::{LabelledHistory, folds_by_class};
use crate::timing::{DirichletMultinomial, GapProfile};
use rayon::prelude::*;

/// Decision values, one list a repetition, by models that had not seen the row.
pub(super) struct Decisions {
    pub repeats: Vec<Vec<f64>>,
    pub labels: Vec<Label>,
}

/// Log-odds of every row by the model of the other folds, settings chosen inside them.
pub(super) fn left_out(rows: &[LabelledHistory], n_folds: usize, settings: &EvaluationSettings) -> Result<Decisions> {
    in_folds(rows, n_folds, settings, |train, test, seed| {
        let model = fit(rows, train, seed)?;
        Ok(test.iter().map(|&row| model.log_odds(&rows[row].history).unwrap_or(f64::NAN)).collect())
    })
}

/// The ratio of likelihoods of gaps alone.
pub(super) fn ratio_left_out(rows: &[LabelledHistory], n_folds: usize, settings: &EvaluationSettings) -> Option<Decisions> {
    let decisions = in_folds(rows, n_folds, settings, |train, test, _| {
        let of = |class: Label| {
            let profiles: Vec<GapProfile> =
                train.iter().filter(|&&row| rows[row].label == class).map(|&row| rows[row].history.profile).collect();
            DirichletMultinomial::fit(&profiles)
        };
        let (fake, genuine) = (of(Label::Fake)?, of(Label::Genuine)?);
        let ratio = |profile: &GapProfile| fake.ln_probability(profile) - genuine.ln_probability(profile);
        Ok(test.iter().map(|&row| ratio(&rows[row].history.profile)).collect())
    });
    decisions.ok()
}

/// Deals rows to folds, as often as asked for, and gathers what a function of (rows to fit, rows to measure, seed) says of the latter.
fn in_folds(
    rows: &[LabelledHistory],
    n_folds: usize,
    settings: &EvaluationSettings,
    decide: impl Fn(&[usize], &[usize], u64) -> Result<Vec<f64>> + Sync,
) -> Result<Decisions> {
    let labels: Vec<Label> = rows.iter().map(|row| row.label).collect();
    let n_repeats = settings.n_fold_repeats as usize;
    let folds: Vec<Vec<usize>> = (0..n_repeats)
        .map(|repeat| folds_by_class(labels.iter().copied(), n_folds, settings.seed.wrapping_add(repeat as u64)))
        .collect();
    let parts: Vec<(usize, Vec<usize>, Vec<f64>)> = (0..n_repeats * n_folds)
        .into_par_iter()
        .map(|part| {
            let (repeat, fold) = (part / n_folds, part % n_folds);
            let (test, train): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|&row| folds[repeat][row] == fold);
            let decided = decide(&train, &test, settings.seed.wrapping_add(repeat as u64))?;
            Ok((repeat, test, decided))
        })
        .collect::<Result<_>>()?;
    let mut repeats = vec![vec![f64::NAN; rows.len()]; n_repeats];
    for (repeat, test, decided) in parts {
        test.iter().zip(decided).for_each(|(&row, value)| repeats[repeat][row] = value);
    }
    Ok(Decisions { repeats, labels })
}
