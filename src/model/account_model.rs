//! The account model: predictions, explanations, and the artifact that holds it.

use super::abstention::{SUSPICIOUS_THRESHOLD, lacks_counts};
use super::account_scorer::{AccountScorer, Parts};
use super::artifact::{Artifact, MODEL_FORMAT_VERSION, Provenance};
use super::artifact_json::sha256;
use super::measured_accuracy::MeasuredAccuracy;
use super::prediction::{AccountPredictions, Explanation};
use super::prevalence_calibration::PrevalenceCalibration;
use super::seal::unsealed;
use super::set_calibration::{RawRow, calibrate};
use super::share_posterior::ShareGrid;
use crate::domain::Platform;
use crate::error::{Locate, Result};
use crate::signals::SignalTable;
use crate::text::HandleModel;
use serde::Serialize;
use std::path::Path;

/// The model that the binary carries.
pub(super) const EMBEDDED: &[u8] = include_bytes!("../../models/account/model.json");

/// A fitted account model.
///
/// # Examples
/// ```
/// use bonafide::domain::{DatasetBuilder, Manifest};
/// use bonafide::model::AccountModel;
/// use bonafide::signals::measure_accounts;
/// let dataset = DatasetBuilder::new(Manifest::default()).finish();
/// let model = AccountModel::embedded().unwrap();
/// let table = measure_accounts(&dataset, model.handles());
/// assert!(model.predict(&table, &dataset.account_platforms()).log_odds.is_empty());
/// ```
#[derive(Debug, Clone)]
pub struct AccountModel {
    artifact: Artifact,
    sha256: String,
    grid: ShareGrid,
}

/// What a model says of itself, for machines.
#[derive(Debug, Clone, Serialize)]
pub struct ModelDescription<'a> {
    /// Version of the artifact's format.
    pub format_version: u32,
    /// SHA-256 of the artifact.
    pub sha256: &'a str,
    /// Where it comes from.
    pub provenance: &'a Provenance,
    /// Probability from which an account is suspicious.
    pub suspicious_threshold: f64,
    /// Log-odds of an account without any measurement, before calibration.
    pub base_log_odds: f64,
    /// Standard deviation of the shift between datasets, in log-odds.
    pub shift_sd: f64,
    /// Its terms.
    pub terms: Vec<TermDescription<'a>>,
}

/// One term of a model.
#[derive(Debug, Clone, Serialize)]
pub struct TermDescription<'a> {
    /// Id of its signal.
    pub signal: &'a str,
    /// Knots, in the signal's unit.
    pub knots: &'a [f64],
    /// Log-odds gained from one knot to the next.
    pub weights: &'a [f64],
}

impl AccountModel {
    /// What runs and reports call it.
    pub const NAME: &'static str = "account";

    /// A model from its fitted parts.
    ///
    /// # Errors
    /// `Malformed` if a part is not whole.
    pub fn new(scorer: AccountScorer, prevalence: PrevalenceCalibration, provenance: Provenance) -> Result<Self> {
        let suspicious_threshold = SUSPICIOUS_THRESHOLD;
        let artifact = Artifact { format_version: MODEL_FORMAT_VERSION, provenance, suspicious_threshold, scorer, prevalence };
        let bytes = artifact.to_json()?;
        Self::from_artifact(artifact, &bytes)
    }

    /// The model that is part of this build.
    ///
    /// # Errors
    /// Never in a released build: a test reads it.
    pub fn embedded() -> Result<Self> {
        Self::from_json(EMBEDDED)
    }

    /// The model of an artifact's bytes.
    ///
    /// # Errors
    /// `UnsupportedVersion` for another format version; `Malformed` for anything that is no whole model.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        Self::from_artifact(Artifact::from_json(bytes)?, bytes)
    }

    /// The model in a file, as [`sealed`](super::sealed) makes it.
    ///
    /// # Errors
    /// As [`AccountModel::from_json`] and [`unsealed`], or `Io`; with the file's name.
    pub fn load(file: &Path) -> Result<Self> {
        let bytes = std::fs::read(file).at_file(file)?;
        let artifact = unsealed(&bytes, |bytes| Self::from_json(bytes).map(|_| ())).at_file(file)?;
        Self::from_json(&artifact).at_file(file)
    }

    fn from_artifact(artifact: Artifact, bytes: &[u8]) -> Result<Self> {
        let grid = ShareGrid::new(&artifact.prevalence)?;
        Ok(Self { artifact, sha256: sha256(bytes), grid })
    }

    /// Its artifact's bytes; the same model gives the same bytes.
    ///
    /// # Errors
    /// `Malformed` if it cannot be written as JSON.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        self.artifact.to_json()
    }

    /// SHA-256 of its artifact, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What was measured of it; `None` of a model other than the one shipped, of which nothing is known.
    pub fn measured_accuracy(&self) -> Option<MeasuredAccuracy> {
        (self.sha256 == sha256(EMBEDDED)).then(MeasuredAccuracy::of_shipped).flatten()
    }

    /// What it knows of genuine handles; account signals must be measured with it.
    pub fn handles(&self) -> &HandleModel {
        self.artifact.scorer.handles()
    }

    /// What turns signals into decision values.
    pub fn scorer(&self) -> &AccountScorer {
        &self.artifact.scorer
    }

    /// How decision values are spread on sets that it had not seen.
    pub fn prevalence(&self) -> &PrevalenceCalibration {
        &self.artifact.prevalence
    }

    /// Where it comes from.
    pub fn provenance(&self) -> &Provenance {
        &self.artifact.provenance
    }

    /// Probability from which an account counts as suspicious.
    pub fn suspicious_threshold(&self) -> f64 {
        self.artifact.suspicious_threshold
    }

    /// What it says of itself.
    pub fn description(&self) -> ModelDescription<'_> {
        let Artifact { format_version, provenance, suspicious_threshold, scorer, prevalence } = &self.artifact;
        let terms = scorer.signals().iter().zip(scorer.additive().terms());
        ModelDescription {
            format_version: *format_version,
            sha256: &self.sha256,
            provenance,
            suspicious_threshold: *suspicious_threshold,
            base_log_odds: scorer.additive().base(),
            shift_sd: prevalence.shift_sd,
            terms: terms
                .map(|(signal, term)| TermDescription { signal, knots: term.ramps.knots(), weights: &term.weights })
                .collect(),
        }
    }

    /// One row's decision value taken apart; the parts add up to it.
    ///
    /// # Panics
    /// If the table has no such row.
    pub fn explain(&self, table: &SignalTable, row: usize) -> Explanation {
        self.artifact.scorer.explain(table, row)
    }

    /// Predicts a whole set of accounts at once: probabilities depend on the set, platform by platform.
    ///
    /// # Shape
    /// `table`: measured with [`AccountModel::handles`]; one platform a row.
    ///
    /// # Missing
    /// A missing signal contributes exactly 0. A row without any measurement gets the share of fakes estimated for
    /// its platform, and is abstained from.
    ///
    /// # Cost
    /// Rows × terms on all threads, and some milliseconds a platform.
    ///
    /// # Panics
    /// If there is not one platform a row.
    pub fn predict(&self, table: &SignalTable, platforms: &[Option<Platform>]) -> AccountPredictions {
        assert_eq!(table.n_rows(), platforms.len(), "one platform a row");
        let parts = self.artifact.scorer.parts(table);
        let raw = |(&Parts { decision, measured_count, .. }, &platform)| RawRow { decision, measured_count, platform };
        let rows: Vec<RawRow> = parts.iter().zip(platforms).map(raw).collect();
        let calibrated = calibrate(&rows, &self.artifact.prevalence, &self.grid);
        let lacking = lacks_counts(table);
        AccountPredictions {
            decisions: rows.iter().map(|row| row.decision).collect(),
            log_odds: calibrated.iter().map(|row| row.log_odds).collect(),
            log_odds_low: calibrated.iter().map(|row| row.low).collect(),
            log_odds_high: calibrated.iter().map(|row| row.high).collect(),
            is_abstained: calibrated.iter().zip(&lacking).map(|(row, &lacks)| row.is_undecided || lacks).collect(),
            measured_count: rows.iter().map(|row| row.measured_count).collect(),
            reasons: parts.iter().map(|parts| parts.reasons).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::ACCOUNT_SIGNALS;
    use ndarray::Array2;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static MODEL: LazyLock<AccountModel> = LazyLock::new(|| AccountModel::embedded().unwrap());

    fn table(rows: &[Vec<f64>]) -> SignalTable {
        let values = Array2::from_shape_fn((rows.len(), ACCOUNT_SIGNALS.len()), |(row, column)| rows[row][column]);
        SignalTable::new(ACCOUNT_SIGNALS.iter().map(|entry| &entry.signal).collect(), values)
    }

    /// Values of any size, a third of them missing.
    fn any_rows() -> impl Strategy<Value = Vec<Vec<f64>>> {
        let value = prop_oneof![Just(f64::NAN), 0.0..3.0_f64, 0.0..50_000.0_f64];
        prop::collection::vec(prop::collection::vec(value, ACCOUNT_SIGNALS.len()), 1..60)
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_what_is_missing_is_no_part(rows in any_rows()) {
            let table = table(&rows);
            let decisions = MODEL.scorer().decisions(&table);
            for (row, decision) in decisions.iter().enumerate() {
                let explanation = MODEL.explain(&table, row);
                prop_assert!((explanation.log_odds() - decision).abs() < 1e-9);
                for (column, &contribution) in explanation.contributions.iter().enumerate() {
                    prop_assert!(table.get(row, column).is_some() || contribution == 0.0);
                    prop_assert!(ACCOUNT_SIGNALS[column].is_in_model || contribution == 0.0);
                }
            }
        }

    }

    proptest! {
        // A set is calibrated as a whole: a few cases of many rows say as much as many of few.
        #![proptest_config(ProptestConfig::with_cases(4))]

        #[test]
        fn predictions_are_finite_and_reasons_are_the_largest_parts(rows in any_rows()) {
            let table = table(&rows);
            let predictions = MODEL.predict(&table, &vec![Some(Platform::X); rows.len()]);
            for row in 0..rows.len() {
                let (low, middle, high) = (predictions.log_odds_low[row], predictions.log_odds[row], predictions.log_odds_high[row]);
                prop_assert!(low.is_finite() && high.is_finite() && low <= middle && middle <= high);
                let mut sizes: Vec<f32> = MODEL.explain(&table, row).contributions.iter().map(|&part| (part as f32).abs()).collect();
                sizes.sort_by(|a, b| b.total_cmp(a));
                for (reason, size) in predictions.reasons[row].iter().zip(sizes) {
                    prop_assert_eq!(reason.map_or(0.0, |reason| reason.log_odds.abs()), size);
                }
            }
        }

        #[test]
        fn neither_row_order_nor_threads_change_a_bit(rows in any_rows()) {
            let turned: Vec<Vec<f64>> = rows.iter().rev().cloned().collect();
            let platforms = vec![None; rows.len()];
            let whole = MODEL.predict(&table(&rows), &platforms);
            let mut back = MODEL.predict(&table(&turned), &platforms);
            back.log_odds.reverse();
            prop_assert_eq!(&whole.log_odds, &back.log_odds);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            prop_assert_eq!(pool.install(|| MODEL.predict(&table(&rows), &platforms)), whole);
        }
    }

    #[test]
    fn platforms_are_calibrated_apart() {
        let bare = |followers: f64| {
            let mut row = vec![f64::NAN; ACCOUNT_SIGNALS.len()];
            (row[1], row[2], row[3]) = (followers, 900.0, 1.0);
            row
        };
        let both = table(&[bare(2.0), bare(900.0)]);
        let apart = MODEL.predict(&both, &[Some(Platform::X), Some(Platform::Instagram)]);
        let alone = MODEL.predict(&table(&[bare(2.0)]), &[Some(Platform::X)]);
        assert_eq!(apart.log_odds[0], alone.log_odds[0]);
        assert_ne!(MODEL.predict(&both, &[None, None]).log_odds[0], alone.log_odds[0]);
    }

    #[test]
    fn nothing_measured_is_abstained_from() {
        let predictions = MODEL.predict(&table(&[vec![f64::NAN; ACCOUNT_SIGNALS.len()]]), &[None]);
        assert_eq!((predictions.measured_count[0], predictions.is_abstained[0]), (0, true));
        assert_eq!(predictions.decisions[0], MODEL.scorer().additive().base());
        assert_eq!(predictions.reasons[0], [None; 3]);
    }

    #[test]
    fn the_embedded_model_survives_save_and_load() {
        assert_eq!(MODEL.to_json().unwrap(), EMBEDDED);
        assert_eq!(MODEL.sha256().len(), 64);
        assert!(EMBEDDED.len() < 200_000);
    }

    #[test]
    fn refuses_what_is_no_model_of_this_version() {
        let text = String::from_utf8(EMBEDDED.to_vec()).unwrap();
        let other = text.replacen("\"format_version\":1", "\"format_version\":99", 1);
        let error = AccountModel::from_json(other.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("99"), "{error}");
        for damaged in ["", "{}", &text[..text.len() / 2], &text.replacen("\"knots\":[0.0,", "\"knots\":[9e9,", 1)] {
            assert!(AccountModel::from_json(damaged.as_bytes()).is_err());
        }
    }
}
