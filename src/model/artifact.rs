//! The account model on disk.

use super::account_scorer::AccountScorer;
use super::artifact_check::{check_ranges, check_signals};
use super::artifact_json::ArtifactJson;
use super::prevalence_calibration::PrevalenceCalibration;
use crate::error::Result;
use serde::{Deserialize, Serialize};

/// Version of the format that this build reads and writes.
pub const MODEL_FORMAT_VERSION: u32 = 1;

/// One source of labelled accounts that a model was fitted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingSource {
    /// Its name, as labels give it.
    pub name: String,
    /// Fake accounts.
    pub n_fake: u64,
    /// Genuine accounts.
    pub n_genuine: u64,
}

/// Where a model comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Seed of everything drawn by chance.
    pub seed: u64,
    /// The day it was fitted, where its maker states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitted_on: Option<String>,
    /// What it was fitted on, after exact duplicates were dropped.
    pub sources: Vec<TrainingSource>,
    /// Names of the domains, in the order of the additive model's intercepts.
    pub domains: Vec<String>,
}

/// The whole artifact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Artifact {
    pub format_version: u32,
    pub provenance: Provenance,
    pub suspicious_threshold: f64,
    pub scorer: AccountScorer,
    pub prevalence: PrevalenceCalibration,
}

const JSON: ArtifactJson = ArtifactJson { name: "an account model", format_version: MODEL_FORMAT_VERSION };

impl Artifact {
    /// Compact JSON with a newline at its end.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        JSON.write(self)
    }

    /// # Errors
    /// `UnsupportedVersion` for another format version; `Malformed` for anything that is no whole model, or holds a parameter
    /// out of its range, which is named.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        let artifact: Self = JSON.read(bytes)?;
        artifact.scorer.check()?;
        check_signals(&artifact)?;
        check_ranges(&artifact)?;
        Ok(artifact)
    }
}
