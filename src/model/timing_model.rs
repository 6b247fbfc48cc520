//! The timing model: how much the times of one account's actions look like a program's.

use super::additive::AdditiveModel;
use super::artifact::Provenance;
use super::artifact_json::{ArtifactJson, sha256};
use crate::domain::Probability;
use crate::error::Result;
use crate::timing::{
    ActorTimes, DirichletMultinomial, FEWEST_EVENTS, GapProfile, TIMING_MEASURES, TimingMeasure, TimingMeasures,
};
use serde::{Deserialize, Serialize};

/// The model that the binary carries.
pub(super) const EMBEDDED: &[u8] = include_bytes!("../../models/timing/model.json");
const JSON: ArtifactJson = ArtifactJson { name: "a timing model", format_version: TimingModel::FORMAT_VERSION };
/// Id of the one term that is fitted itself.
pub const GAP_RATIO: &str = "timing.gap_likelihood_ratio";

/// What the model rests on of one account: its measures and how its gaps are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimingHistory {
    /// Its measures.
    pub measures: TimingMeasures,
    /// Its gaps by length.
    pub profile: GapProfile,
}

impl From<&ActorTimes> for TimingHistory {
    fn from(times: &ActorTimes) -> Self {
        Self { measures: times.measures(), profile: *times.profile() }
    }
}

/// Log-odds of a program = base + Σ terms of the measures + a term of ln P(gaps | program)/P(gaps | person), gaps being Dirichlet-multinomial.
///
/// # Examples
/// ```
/// use bonafide::model::{TimingHistory, TimingModel};
/// use bonafide::timing::ActorTimes;
/// let model = TimingModel::embedded().unwrap();
/// let of = |at_ms: Vec<i64>| model.p_automated(&TimingHistory::from(&ActorTimes::of(&at_ms)));
/// assert_eq!(of((0..19).map(|turn| turn * 600_000).collect()), None);
/// assert!(of((0..200).map(|turn| turn * 600_000).collect()).is_some());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TimingModel {
    artifact: TimingArtifact,
    sha256: String,
}

/// The whole artifact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct TimingArtifact {
    pub format_version: u32,
    pub provenance: Provenance,
    /// Fewest actions from which it speaks.
    pub fewest_events: u64,
    pub settings: TimingSettings,
    pub gaps: GapModels,
    /// Ids of the terms, in the order of the additive model's.
    pub signals: Vec<String>,
    pub additive: AdditiveModel,
}

/// What is chosen inside the training rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TimingSettings {
    /// Which measures stand beside the ratio of likelihoods.
    pub terms: TimingTerms,
    /// Pieces of each term's function.
    pub n_pieces: usize,
    /// λ of the ridge penalty.
    pub ridge: f64,
}

/// Which measures stand beside the ratio of likelihoods of gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimingTerms {
    /// Those that the lengths of gaps do not hold: signs of a clock, the order of pauses, and the day.
    BesideLengths,
    /// All.
    All,
}

impl TimingTerms {
    /// The measures.
    pub fn measures(self) -> &'static [TimingMeasure] {
        const BESIDE_LENGTHS: [TimingMeasure; 10] = [
            TimingMeasure::Memory,
            TimingMeasure::SameGapShare,
            TimingMeasure::WholeMinuteShare,
            TimingMeasure::SecondExcess,
            TimingMeasure::MinuteExcess,
            TimingMeasure::DayRhythm,
            TimingMeasure::HourEntropy,
            TimingMeasure::WeekdayEntropy,
            TimingMeasure::QuietShare,
            TimingMeasure::DailyPause,
        ];
        match self {
            Self::BesideLengths => &BESIDE_LENGTHS,
            Self::All => &TIMING_MEASURES,
        }
    }

    /// Ids of the terms, the ratio last.
    fn ids(self) -> impl Iterator<Item = &'static str> {
        self.measures().iter().map(|measure| measure.id()).chain([GAP_RATIO])
    }

    /// The measures of a history in the order of the terms, NaN where missing.
    pub(super) fn measured(self, history: &TimingHistory) -> impl Iterator<Item = f64> {
        self.measures().iter().map(|&measure| history.measures.get(measure).unwrap_or(f64::NAN))
    }
}

/// How gaps are spread, by class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GapModels {
    /// Of programs.
    pub fake: DirichletMultinomial,
    /// Of people.
    pub genuine: DirichletMultinomial,
}

impl GapModels {
    /// ln P(gaps | program) − ln P(gaps | person).
    pub fn ln_ratio(&self, profile: &GapProfile) -> f64 {
        self.fake.ln_probability(profile) - self.genuine.ln_probability(profile)
    }
}

impl TimingModel {
    /// What runs and reports call it.
    pub const NAME: &'static str = "timing";
    /// Version of the artifact's format.
    pub const FORMAT_VERSION: u32 = 1;

    pub(super) fn from_parts(
        provenance: Provenance,
        settings: TimingSettings,
        gaps: GapModels,
        additive: AdditiveModel,
    ) -> Result<Self> {
        let signals = settings.terms.ids().map(str::to_owned).collect();
        let artifact = TimingArtifact {
            format_version: Self::FORMAT_VERSION,
            provenance,
            fewest_events: FEWEST_EVENTS,
            settings,
            gaps,
            signals,
            additive,
        };
        Self::from_json(&JSON.write(&artifact)?)
    }

    /// The model that the binary carries.
    ///
    /// # Errors
    /// `Malformed` if it was damaged.
    pub fn embedded() -> Result<Self> {
        Self::from_json(EMBEDDED)
    }

    /// Reads an artifact.
    ///
    /// # Errors
    /// `UnsupportedVersion` for another format version; `Malformed` for anything that is no whole model.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        let artifact: TimingArtifact = JSON.read(bytes)?;
        for alpha in [&artifact.gaps.fake, &artifact.gaps.genuine] {
            DirichletMultinomial::new(alpha.alpha().to_vec()).map_err(|error| JSON.malformed(error))?;
        }
        let is_whole = artifact.settings.terms.ids().eq(artifact.signals.iter().map(String::as_str))
            && artifact.additive.terms().len() == artifact.signals.len()
            && artifact.additive.is_whole();
        if !is_whole {
            return Err(JSON.malformed("terms that are not those of the measures, or not whole"));
        }
        Ok(Self { artifact, sha256: sha256(bytes) })
    }

    /// Compact JSON with a newline at its end.
    ///
    /// # Errors
    /// `Malformed` if it cannot be written.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        JSON.write(&self.artifact)
    }

    /// SHA-256 of the artifact.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What it says of itself, for machines: the artifact whole.
    pub fn description(&self) -> impl Serialize + use<'_> {
        &self.artifact
    }

    /// Where it comes from.
    pub fn provenance(&self) -> &Provenance {
        &self.artifact.provenance
    }

    /// What was chosen inside the training rows.
    pub fn settings(&self) -> TimingSettings {
        self.artifact.settings
    }

    /// How gaps are spread, by class.
    pub fn gaps(&self) -> &GapModels {
        &self.artifact.gaps
    }

    /// The additive part; its last term is the ratio of likelihoods.
    pub fn additive(&self) -> &AdditiveModel {
        &self.artifact.additive
    }

    /// Log-odds of a program among accounts such as those it was fitted on.
    ///
    /// # Missing
    /// `None` below twenty actions: shorter histories were not seen in training.
    pub fn log_odds(&self, history: &TimingHistory) -> Option<f64> {
        if history.measures.n_events < self.artifact.fewest_events {
            return None;
        }
        let values = self.artifact.settings.terms.measured(history).chain([self.artifact.gaps.ln_ratio(&history.profile)]);
        let additive = &self.artifact.additive;
        Some(additive.base() + values.enumerate().map(|(term, value)| additive.contribution(term, value)).sum::<f64>())
    }

    /// The same as a probability.
    ///
    /// # Missing
    /// As [`TimingModel::log_odds`].
    pub fn p_automated(&self, history: &TimingHistory) -> Option<f64> {
        self.log_odds(history).map(|log_odds| Probability::from_log_odds(log_odds).get())
    }

    /// How unlike a person's the lengths of gaps are, in nats a gap; from the first gap on.
    ///
    /// # Missing
    /// `None` without a gap.
    pub fn surprise(&self, profile: &GapProfile) -> Option<f64> {
        self.artifact.gaps.genuine.surprise(profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use serde_json::{Value, json};

    fn with(pointer: &str, value: Value) -> Result<TimingModel> {
        let mut model: Value = serde_json::from_slice(EMBEDDED).unwrap();
        *model.pointer_mut(pointer).unwrap() = value;
        TimingModel::from_json(&serde_json::to_vec(&model).unwrap())
    }

    #[test]
    fn survives_save_and_load() {
        let model = TimingModel::embedded().unwrap();
        assert_eq!(model.to_json().unwrap(), EMBEDDED);
        assert_eq!(TimingModel::from_json(&model.to_json().unwrap()).unwrap(), model);
    }

    #[test]
    fn what_is_no_whole_model_is_refused() {
        for (pointer, value) in [
            ("/signals/0", json!("timing.other")),
            ("/gaps/fake/alpha/3", json!(-1.0)),
            ("/gaps/genuine/alpha", json!([1.0])),
            ("/additive/terms/2/weights", json!([])),
            ("/additive/base", json!("none")),
        ] {
            let error = with(pointer, value).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Malformed { .. }), "{pointer}: {error}");
        }
        assert!(matches!(with("/format_version", json!(9)).unwrap_err().kind(), ErrorKind::UnsupportedVersion { .. }));
        assert!(TimingModel::from_json(b"{").is_err());
    }
}
