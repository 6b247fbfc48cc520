//! The data that a report rests on, and what it was made with.

use super::Subject;
use crate::model::MeasuredAccuracy;
use serde::{Deserialize, Serialize};

/// What a report was made with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of bonafide.
    pub tool_version: String,
    /// Name of the account model.
    pub model_name: String,
    /// SHA-256 of its artifact.
    pub model_sha256: String,
    /// SHA-256 over the sums of all input files.
    pub dataset_fingerprint: String,
    /// Seed of everything left to chance.
    pub seed: u64,
    /// `p_fake` at and above which an account is classed suspicious.
    pub suspicious_threshold: f64,
    /// What was measured of the model on data sets left out of training; null for a model other than the one shipped.
    pub measured: Option<MeasuredAccuracy>,
}

/// The dataset.
#[derive(Debug, Clone, Serialize)]
pub struct DataSection {
    /// Tables that were there.
    pub tables: Vec<InputTable>,
    /// How follows were sampled.
    pub follows_sampling: &'static str,
    /// How engagements were sampled.
    pub engagements_sampling: &'static str,
    /// What a person should know about the data.
    pub warnings: Vec<String>,
}

/// One table of the dataset, as read.
#[derive(Debug, Clone, Serialize)]
pub struct InputTable {
    /// Its name.
    pub table: &'static str,
    /// Rows in the files.
    pub rows_count: u64,
    /// Rows that could not be read.
    pub rejected_count: u64,
    /// Identical repetitions merged.
    pub merged_count: u64,
    /// Rows replaced by a later one with the same id.
    pub replaced_count: u64,
}

pub(super) fn assemble(subject: &Subject<'_>) -> DataSection {
    let dataset = subject.source.dataset;
    let table = |(table, summary): (&crate::domain::Table, &crate::domain::TableSummary)| InputTable {
        table: table.name(),
        rows_count: summary.rows,
        rejected_count: summary.rejected,
        merged_count: summary.merged,
        replaced_count: summary.replaced,
    };
    let mut warnings = dataset.warnings.clone();
    for warning in &subject.source.audit.warnings {
        if !warnings.contains(warning) {
            warnings.push(warning.clone());
        }
    }
    DataSection {
        tables: dataset.summaries.iter().map(table).collect(),
        follows_sampling: dataset.manifest.follows_sampling.word(),
        engagements_sampling: dataset.manifest.engagements_sampling.word(),
        warnings,
    }
}
