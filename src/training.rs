//! The chain from labelled datasets to a fitted account model, and from real creators to bands.

#[cfg(test)]
mod contract;
mod domains;
mod engagement_bands;
mod label_check;
mod labelled_rows;
mod own_accounts;
mod reference_sets;
mod timing;

pub use domains::{DomainSpec, REFERENCE_DOMAINS};
pub use engagement_bands::{BandCase, BandSample, band_samples, fit_piece, train_engagement_bands};
pub use label_check::{MIN_LEAK_COUNT, check_labels, check_leaks};
pub use labelled_rows::LabelledRows;
pub use own_accounts::{MIN_OWN_ACCOUNTS, MIN_OWN_OF_CLASS, update_accounts};
pub use reference_sets::{LabelledSet, load_reference_sets};
pub use timing::{history_of, labelled_histories, train_timing};

use crate::domain::Label;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{
    AccountModel, AccountScorer, AdditiveParams, HeldOutScores, PrevalenceCalibration, Provenance, TrainingRow, TrainingSource,
    account_terms,
};
use crate::text::HandleModel;
use domains::{Domain, assemble};
use linfa::Dataset;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// How a model is fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingSettings {
    /// Seed of what is drawn by chance: the audiences composed to widen intervals.
    pub seed: u64,
    /// λ of the ridge penalty.
    pub ridge: f64,
    /// Least standard deviation of the shift between datasets, in log-odds: a few datasets say little about the next.
    pub min_shift_sd: f64,
    /// Accounts' worth of evidence that an audience may carry at most.
    pub effective_sample_count: f64,
    /// The day, if the artifact shall state it (the library has no clock).
    pub fitted_on: Option<String>,
}

impl Default for TrainingSettings {
    fn default() -> Self {
        Self { seed: 0, ridge: 1e-3, min_shift_sd: 1.0, effective_sample_count: 100.0, fitted_on: None }
    }
}

/// Decision values of one domain by a scorer that had seen none of its rows, in increasing order: what is fitted to
/// them does not depend on the order in which the rows were read.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOutDomain {
    /// The domain.
    pub name: String,
    /// Rows of the labelled rows.
    pub rows: Vec<usize>,
    /// Decision values, one a row.
    pub decisions: Vec<f64>,
    /// Labels, one a row.
    pub labels: Vec<Label>,
}

/// Fits the account model on labelled sets: exact duplicates dropped, every domain and class weighing the same
/// whatever its size, handles and terms fitted, then scores calibrated on domains left out in turn.
/// Same sets, same settings, same bits.
///
/// # Errors
/// `NotEnoughData` without accounts of both classes in some domain.
///
/// # Cost
/// One fit for the model and one for each core domain; seconds for some twenty thousand rows.
pub fn train_accounts(sets: &[LabelledSet], settings: &TrainingSettings) -> Result<AccountModel> {
    let rows = LabelledRows::gather(sets);
    let all: Vec<usize> = (0..rows.len()).collect();
    train_on(&rows, &all, settings)
}

/// The same on some of the rows: what is left out is seen by nothing that is fitted, handles and calibration included.
///
/// # Errors
/// As [`train_accounts`].
pub fn train_on(rows: &LabelledRows, train: &[usize], settings: &TrainingSettings) -> Result<AccountModel> {
    let scorer = fit_scorer(rows, train, settings)?;
    let held_out = held_out_domains(rows, train, settings)?;
    let is_fake: Vec<Vec<bool>> =
        held_out.iter().map(|domain| domain.labels.iter().map(|&label| label == Label::Fake).collect()).collect();
    let scores: Vec<HeldOutScores<'_>> = held_out
        .iter()
        .zip(&is_fake)
        .map(|(domain, is_fake)| HeldOutScores { name: &domain.name, decisions: &domain.decisions, is_fake })
        .collect();
    let TrainingSettings { seed, min_shift_sd, effective_sample_count, .. } = *settings;
    let prevalence = PrevalenceCalibration::fit_margins(&scores, min_shift_sd, effective_sample_count, seed)?;
    AccountModel::new(scorer, prevalence, provenance(rows, train, settings))
}

/// Fits handles and the additive model on some of the rows.
///
/// # Errors
/// As [`train_accounts`].
pub fn fit_scorer(rows: &LabelledRows, train: &[usize], settings: &TrainingSettings) -> Result<AccountScorer> {
    let domains = assemble(rows, train);
    if domains.is_empty() {
        let detail = "no domain has accounts of both classes".to_owned();
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "train", detail }));
    }
    let corpus = genuine_handles(rows, &domains);
    let handles = HandleModel::fit(corpus.iter().copied());
    let (signals, terms) = account_terms()?;
    let (targets, members) = targets_of(rows, &domains);
    let table = rows.table_left_out(&members, &handles, &corpus);
    let columns: Vec<Option<usize>> = signals.iter().map(|id| table.column_of(id)).collect();
    let records = Array2::from_shape_fn((members.len(), signals.len()), |(row, term)| {
        columns[term].map_or(f64::NAN, |column| table.row(row)[column])
    });
    let additive = AdditiveParams::new(terms).ridge(settings.ridge).fit(&Dataset::new(records, targets))?;
    AccountScorer::new(signals, additive, handles)
}

/// Scores every core domain of the training rows by a scorer fitted without it; where a domain shares its genuine
/// accounts with others, these go with it.
///
/// # Errors
/// As [`train_accounts`].
pub fn held_out_domains(rows: &LabelledRows, train: &[usize], settings: &TrainingSettings) -> Result<Vec<HeldOutDomain>> {
    let core: Vec<Domain> = assemble(rows, train).into_iter().filter(|domain| domain.is_core).collect();
    let scored: Vec<Option<HeldOutDomain>> = core
        .into_par_iter()
        .map(|domain| {
            let left_out: BTreeSet<usize> = domain.rows().collect();
            let rest: Vec<usize> = train.iter().copied().filter(|row| !left_out.contains(row)).collect();
            match fit_scorer(rows, &rest, settings) {
                Ok(scorer) => Ok(Some(score_domain(rows, domain, &scorer))),
                // A lone domain cannot be held out.
                Err(error) if matches!(error.kind(), ErrorKind::NotEnoughData { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .collect::<Result<_>>()?;
    let scored: Vec<HeldOutDomain> = scored.into_iter().flatten().collect();
    if scored.is_empty() {
        let detail = "scores are calibrated on datasets left out: at least two are needed".to_owned();
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "calibrate", detail }));
    }
    Ok(scored)
}

fn score_domain(rows: &LabelledRows, domain: Domain, scorer: &AccountScorer) -> HeldOutDomain {
    let members: Vec<usize> = domain.rows().collect();
    let decisions = scorer.decisions(&rows.table(&members, scorer.handles()));
    let mut scored: Vec<(f64, Label, usize)> =
        decisions.into_iter().zip(members).map(|(decision, row)| (decision, rows.labels()[row], row)).collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    HeldOutDomain {
        name: domain.name,
        rows: scored.iter().map(|&(_, _, row)| row).collect(),
        decisions: scored.iter().map(|&(decision, ..)| decision).collect(),
        labels: scored.iter().map(|&(_, label, _)| label).collect(),
    }
}

fn genuine_handles<'a>(rows: &'a LabelledRows, domains: &[Domain]) -> BTreeSet<&'a str> {
    domains
        .iter()
        .flat_map(Domain::rows)
        .filter(|&row| rows.labels()[row] == Label::Genuine)
        .filter_map(|row| rows.handle(row))
        .collect()
}

/// One entry a row and domain that it serves in.
fn targets_of(rows: &LabelledRows, domains: &[Domain]) -> (Array1<TrainingRow>, Vec<usize>) {
    let mut targets = Vec::new();
    let mut members = Vec::new();
    for (domain, entry) in domains.iter().enumerate() {
        for (row, weight) in entry.weighted_rows() {
            targets.push(TrainingRow { label: rows.labels()[row], domain, weight });
            members.push(row);
        }
    }
    (Array1::from(targets), members)
}

fn provenance(rows: &LabelledRows, train: &[usize], settings: &TrainingSettings) -> Provenance {
    let mut sources: Vec<TrainingSource> = rows
        .sources()
        .iter()
        .enumerate()
        .map(|(source, name)| {
            let count = |label: Label| {
                train.iter().filter(|&&row| rows.source(row) == source && rows.labels()[row] == label).count() as u64
            };
            TrainingSource { name: name.clone(), n_fake: count(Label::Fake), n_genuine: count(Label::Genuine) }
        })
        .collect();
    sources.retain(|source| source.n_fake + source.n_genuine > 0);
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    let domains = assemble(rows, train).into_iter().map(|domain| domain.name).collect();
    Provenance { seed: settings.seed, fitted_on: settings.fitted_on.clone(), sources, domains }
}

#[cfg(test)]
mod tests {
    use super::contract::sets;
    use super::*;

    fn all(rows: &LabelledRows) -> Vec<usize> {
        (0..rows.len()).collect()
    }

    #[test]
    fn exact_duplicates_count_once() {
        let mut doubled = sets(false);
        doubled.extend(sets(false));
        assert_eq!(LabelledRows::gather(&doubled).len(), LabelledRows::gather(&sets(false)).len());
    }

    #[test]
    fn nothing_fitted_sees_what_is_left_out() {
        let rows = LabelledRows::gather(&sets(false));
        let train: Vec<usize> = rows.rows_of(&["first"]);
        let alone = LabelledRows::gather(&sets(false)[..1]);
        let settings = TrainingSettings::default();
        let scorer = fit_scorer(&rows, &train, &settings).unwrap();
        assert_eq!(scorer, fit_scorer(&alone, &all(&alone), &settings).unwrap());
    }

    #[test]
    fn the_size_of_a_set_does_not_weigh() {
        let rows = LabelledRows::gather(&sets(false));
        let domains = assemble(&rows, &all(&rows));
        for domain in &domains {
            for class in [Label::Fake, Label::Genuine] {
                let total: f64 =
                    domain.weighted_rows().filter(|&(row, _)| rows.labels()[row] == class).map(|(_, weight)| weight).sum();
                assert!((total - 0.5).abs() < 1e-12, "{}", domain.name);
            }
        }
    }

    #[test]
    fn refuses_what_cannot_be_fitted_or_calibrated() {
        let one_class =
            |rows: &LabelledRows| -> Vec<usize> { (0..rows.len()).filter(|&row| rows.labels()[row] == Label::Fake).collect() };
        let rows = LabelledRows::gather(&sets(false));
        let error = fit_scorer(&rows, &one_class(&rows), &TrainingSettings::default()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::NotEnoughData { .. }), "{error}");
        let error = train_accounts(&sets(false)[..1], &TrainingSettings::default()).unwrap_err();
        assert!(error.to_string().contains("at least two"), "{error}");
        assert!(train_accounts(&[], &TrainingSettings::default()).is_err());
    }

    #[test]
    fn provenance_counts_what_was_fitted() {
        let provenance = train_accounts(&sets(false), &TrainingSettings::default()).unwrap().provenance().clone();
        let counts: Vec<(&str, u64, u64)> =
            provenance.sources.iter().map(|source| (source.name.as_str(), source.n_fake, source.n_genuine)).collect();
        assert_eq!(counts, [("first", 40, 80), ("second", 40, 80)]);
        assert_eq!(provenance.domains, ["first", "second"]);
    }
}
