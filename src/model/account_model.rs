//! The account model: predictions, explanations, and the artifact that holds it.

use super::abstention::{SUSPICIOUS_THRESHOLD, lacks_counts};
use super::account_scorer::{AccountScorer, Parts};
use super::artifact::{Artifact, MODEL_FORMAT_VERSION, Provenance, sha256};
use super::prediction::{AccountPredictions, Explanation};
use super::prevalence_calibration::PrevalenceCalibration;
use super::set_calibration::{RawRow, calibrate};
use super::share_posterior::ShareGrid;
use crate::domain::Platform;
use crate::error::{Locate, Result};
use crate::signals::SignalTable;
use crate::text::HandleModel;
use serde::Serialize;
use std::path::Path;

/// The model that the binary carries.
const EMBEDDED: &[u8] = include_bytes!("../../models/account/model.json");

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

    /// The model of an artifact on disk.
    ///
    /// # Errors
    /// As [`AccountModel::from_json`], or `Io`; with the file's name.
    pub fn load(file: &Path) -> Result<Self> {
        let bytes = std::fs::read(file).at_file(file)?;
        Self::from_json(&bytes).at_file(file)
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
