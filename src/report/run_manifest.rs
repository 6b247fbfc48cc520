//! `run.json`: what a run was made of, enough to repeat it and compare bit by bit.

use crate::domain::{Dataset, TimeForm};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{AccountModel, CreatorModel, MODEL_FORMAT_VERSION, TimingModel};
use crate::tables::Format;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Version of the layout of `run.json` that this build writes and reads.
pub const RUN_FORMAT_VERSION: u32 = 1;

/// Everything about a run except its results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunManifest {
    /// Version of this layout.
    pub format_version: u32,
    /// Version of bonafide.
    pub tool_version: String,
    /// The model that scored accounts.
    pub model: ModelStamp,
    /// The other models whose values stand in the tables, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_models: Vec<ModelStamp>,
    /// What the run was asked to do.
    pub settings: RunSettings,
    /// When it began, RFC 3339; given by the caller.
    pub started_at: String,
    /// When it ended, RFC 3339; given by the caller.
    pub ended_at: String,
    /// What it ran on; given by the caller.
    pub machine: String,
    /// The instant that the data describe, RFC 3339.
    pub captured_at: Option<String>,
    /// Every file that was read, in path order.
    pub inputs: Vec<InputStamp>,
    /// What reading did to the rows, by table.
    pub tables: BTreeMap<String, TableStamp>,
    /// Every file that was written, in writing order.
    pub outputs: Vec<OutputFile>,
}

/// A model by name and content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelStamp {
    /// Name of the model.
    pub name: String,
    /// Version of its artifact's format.
    pub format_version: u32,
    /// SHA-256 of its artifact in lower-case hexadecimal.
    pub sha256: String,
}

/// Settings that change results or their form.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RunSettings {
    /// Seed of everything drawn by chance.
    pub seed: u64,
    /// Rejected rows allowed, in per cent of a table's rows.
    pub max_rejected_percent: f64,
    /// Format of the tables written.
    #[serde(serialize_with = "write_format", deserialize_with = "read_format")]
    pub format: Format,
    /// Share of inflated creators assumed beforehand, where another than the creator model's was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior: Option<f64>,
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputStamp {
    /// Path relative to the dataset's folder.
    pub path: String,
    /// Table it belongs to; none for `dataset.toml`.
    pub table: Option<String>,
    /// Bytes.
    pub bytes: u64,
    /// Rows read, rejected ones included.
    pub rows: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// What reading did to a table's rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableStamp {
    /// Rows in the files.
    pub rows: u64,
    /// Rows that could not be read; they are in `rejected/<table>.ndjson`.
    pub rejected: u64,
    /// Identical repetitions merged.
    pub merged: u64,
    /// Rows replaced by a later one with the same id.
    pub replaced: u64,
    /// Columns that the contract does not know; they were left out.
    pub unknown_columns: Vec<String>,
    /// Forms in which times were written, with their counts.
    pub time_forms: BTreeMap<TimeForm, u64>,
}

/// One file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFile {
    /// Path relative to the run's folder, with forward slashes.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
    /// Rows; 0 where the file is no table.
    pub rows: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl From<&AccountModel> for ModelStamp {
    fn from(model: &AccountModel) -> Self {
        Self { name: AccountModel::NAME.to_owned(), format_version: MODEL_FORMAT_VERSION, sha256: model.sha256().to_owned() }
    }
}

impl From<&CreatorModel> for ModelStamp {
    fn from(model: &CreatorModel) -> Self {
        let format_version = CreatorModel::FORMAT_VERSION;
        Self { name: CreatorModel::NAME.to_owned(), format_version, sha256: model.sha256().to_owned() }
    }
}

impl From<&TimingModel> for ModelStamp {
    fn from(model: &TimingModel) -> Self {
        let format_version = TimingModel::FORMAT_VERSION;
        Self { name: TimingModel::NAME.to_owned(), format_version, sha256: model.sha256().to_owned() }
    }
}

impl Default for RunSettings {
    fn default() -> Self {
        Self {
            seed: 0,
            max_rejected_percent: crate::tables::DEFAULT_MAX_REJECTED_PERCENT,
            format: Format::default(),
            prior: None,
        }
    }
}

impl RunManifest {
    /// Of a dataset as it was read, a model, the settings and the files written. Times and machine are empty until
    /// given: this floor has no clock.
    pub fn new(dataset: &Dataset, model: impl Into<ModelStamp>, settings: &RunSettings, outputs: Vec<OutputFile>) -> Self {
        let inputs = dataset.files.iter().map(|file| InputStamp {
            path: file.path.clone(),
            table: file.table.map(|table| table.to_string()),
            bytes: file.bytes,
            rows: file.rows,
            sha256: file.sha256.clone(),
        });
        let tables = dataset.summaries.iter().map(|(table, summary)| {
            let stamp = TableStamp {
                rows: summary.rows,
                rejected: summary.rejected,
                merged: summary.merged,
                replaced: summary.replaced,
                unknown_columns: summary.unknown_columns.clone(),
                time_forms: summary.time_forms.clone(),
            };
            (table.to_string(), stamp)
        });
        Self {
            format_version: RUN_FORMAT_VERSION,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.into(),
            further_models: Vec::new(),
            settings: *settings,
            started_at: String::new(),
            ended_at: String::new(),
            machine: String::new(),
            captured_at: dataset.captured_at().map(|at| at.to_string()),
            inputs: inputs.collect(),
            tables: tables.collect(),
            outputs,
        }
    }

    /// With the times of its beginning and end, RFC 3339.
    #[must_use]
    pub fn with_times(self, started_at: String, ended_at: String) -> Self {
        Self { started_at, ended_at, ..self }
    }

    /// With the models that were used beside that of accounts.
    #[must_use]
    pub fn with_further_models(self, further_models: Vec<ModelStamp>) -> Self {
        Self { further_models, ..self }
    }

    /// With a description of the machine.
    #[must_use]
    pub fn with_machine(self, machine: String) -> Self {
        Self { machine, ..self }
    }

    /// Reads `run.json`.
    ///
    /// # Errors
    /// `UnsupportedVersion` for another layout, `Malformed` for anything else.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            format_version: u32,
        }
        let malformed = |error: serde_json::Error| Error::malformed("a run.json", error);
        let found = serde_json::from_slice::<Version>(bytes).map_err(malformed)?.format_version;
        if found != RUN_FORMAT_VERSION {
            return Err(Error::new(ErrorKind::UnsupportedVersion { found, supported: RUN_FORMAT_VERSION }));
        }
        serde_json::from_slice(bytes).map_err(malformed)
    }

    /// Whether a repetition read and wrote the same bytes with the same model and settings; times and machine are free
    /// to differ.
    ///
    /// # Errors
    /// `Mismatch` that names everything that differs.
    pub fn outputs_equal(&self, repeated: &Self) -> Result<()> {
        let mut differences = Vec::new();
        let mut compare = |what: String, same: bool| {
            if !same {
                differences.push(what);
            }
        };
        compare("version of bonafide".into(), self.tool_version == repeated.tool_version);
        compare("model".into(), self.model == repeated.model);
        compare("further models".into(), self.further_models == repeated.further_models);
        compare("settings".into(), self.settings == repeated.settings);
        compare("captured_at".into(), self.captured_at == repeated.captured_at);
        compare("counts of rows".into(), self.tables == repeated.tables);
        let of_inputs = |run: &Self| run.inputs.iter().map(|file| (file.path.clone(), format!("{file:?}"))).collect();
        let of_outputs = |run: &Self| run.outputs.iter().map(|file| (file.path.clone(), format!("{file:?}"))).collect();
        for path in differing(&of_inputs(self), &of_inputs(repeated)) {
            compare(format!("input {path}"), false);
        }
        for path in differing(&of_outputs(self), &of_outputs(repeated)) {
            compare(format!("output {path}"), false);
        }
        if differences.is_empty() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Mismatch { detail: differences.join(", ") }))
    }
}

/// Paths that only one side has, or with another size, sum or number of rows.
fn differing(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> Vec<String> {
    let mut paths: Vec<String> = a.iter().filter(|(path, sum)| b.get(*path) != Some(sum)).map(|(path, _)| path.clone()).collect();
    paths.extend(b.keys().filter(|path| !a.contains_key(*path)).cloned());
    paths
}

fn write_format<S: Serializer>(format: &Format, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(format.word())
}

fn read_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Format, D::Error> {
    let word = String::deserialize(deserializer)?;
    Format::from_word(&word).ok_or_else(|| serde::de::Error::custom(format!("unknown format {word}")))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::audit::trial;
    use crate::domain::{InputFile, Sampling, Table};

    pub(in crate::report) fn manifest() -> RunManifest {
        let mut dataset = trial::dataset(Sampling::Random, false);
        dataset.files.push(InputFile {
            path: "follows.csv".into(),
            table: Some(Table::Follows),
            bytes: 10,
            sha256: "aa".into(),
            rows: 2,
        });
        let model = ModelStamp { name: "account".into(), format_version: 1, sha256: "bb".into() };
        let settings = RunSettings { seed: 7, max_rejected_percent: 1.5, format: Format::Ndjson, prior: Some(0.1) };
        let outputs = vec![OutputFile { path: "creators.ndjson".into(), bytes: 5, rows: 4, sha256: "cc".into() }];
        RunManifest::new(&dataset, model, &settings, outputs)
            .with_times("2024-06-14T00:00:00Z".into(), "2024-06-14T00:00:05Z".into())
            .with_machine("a machine".into())
    }

    #[test]
    fn survives_writing_and_reading() {
        let manifest = manifest();
        assert_eq!(RunManifest::parse(&serde_json::to_vec_pretty(&manifest).unwrap()).unwrap(), manifest);
        assert_eq!(manifest.tables["follows"].merged, 0);
        assert_eq!((manifest.inputs[0].table.as_deref(), manifest.captured_at.is_some()), (Some("follows"), true));
    }

    #[test]
    fn refuses_another_layout_and_nonsense() {
        let text = serde_json::to_string(&RunManifest { format_version: 2, ..manifest() }).unwrap();
        let error = RunManifest::parse(text.as_bytes()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::UnsupportedVersion { found: 2, supported: 1 }));
        assert!(matches!(RunManifest::parse(b"{").unwrap_err().kind(), ErrorKind::Malformed { .. }));
    }

    #[test]
    fn times_and_machine_may_differ_and_nothing_else() {
        let first = manifest();
        let later = first.clone().with_times(String::new(), String::new()).with_machine("another".into());
        assert!(first.outputs_equal(&later).is_ok());
        let mut changed = first.clone();
        changed.outputs[0].sha256 = "dd".into();
        changed.inputs.clear();
        changed.settings.seed = 8;
        let error = first.outputs_equal(&changed).unwrap_err();
        assert_eq!(error.to_string(), "differs: settings, input follows.csv, output creators.ndjson");
        let timing = TimingModel::embedded().unwrap();
        let another = first.clone().with_further_models(vec![ModelStamp::from(&timing)]);
        assert_eq!(another.further_models[0].name, "timing");
        assert_eq!(first.outputs_equal(&another).unwrap_err().to_string(), "differs: further models");
        let mut added = first.clone();
        added.outputs.push(OutputFile { path: "more".into(), ..first.outputs[0].clone() });
        assert!(first.outputs_equal(&added).unwrap_err().to_string().contains("output more"));
    }
}
