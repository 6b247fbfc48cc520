//! The creator model: the probability that audience or engagement was inflated, from whatever blocks of signals are measured.

use super::additive::AdditiveModel;
use super::artifact::Provenance;
use super::artifact_json::{ArtifactJson, sha256};
use super::creator_inputs::{CREATOR_INPUTS, CreatorBlock, CreatorInput};
use crate::domain::{Interval, Probability};
use crate::error::Result;
use crate::statistics::Z_90;
use serde::{Deserialize, Serialize};

/// The model that the binary carries.
pub(super) const EMBEDDED: &[u8] = include_bytes!("../../models/creator/model.json");
const JSON: ArtifactJson = ArtifactJson { name: "a creator model", format_version: CreatorModel::FORMAT_VERSION };

/// A fitted creator model: each block's signals give log-odds by a monotone additive function; for each set of measured blocks one stacker joins
/// them, logit p = logit π + a (s₀ + Σ_b w_b L_b) + c, with weights of 0 or more that were fitted together, so that blocks which say the same are not
/// counted twice.
///
/// # Missing
/// A signal that is not measured contributes 0 within its block; a block without any is left to the stackers that do without it.
///
/// # Source
/// Wolpert, *Stacked generalization*, 1992; reduced models for missing blocks: Saar-Tsechansky and Provost, JMLR 2007.
///
/// # Examples
/// ```
/// use bonafide::model::{CREATOR_INPUTS, CreatorModel};
/// let model = CreatorModel::embedded().unwrap();
/// assert!(model.predict(&[f64::NAN; CREATOR_INPUTS.len()]).is_none());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorModel {
    artifact: CreatorArtifact,
    sha256: String,
}

/// The whole artifact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CreatorArtifact {
    pub format_version: u32,
    pub provenance: Provenance,
    /// π: share of inflated creators that is assumed before anything is seen.
    pub prior: f64,
    /// Rate of false `fail` that the thresholds keep.
    pub false_fail_rate: f64,
    /// Rate of strongly inflated creators among which the lower thresholds let `pass`.
    pub false_pass_rate: f64,
    /// Part of followers, likes or comments from which an order is strong.
    #[serde(default = "CreatorRates::default_strong")]
    pub strong: f64,
    /// Least probability that is claimed, and the distance from 1 of the highest.
    #[serde(default = "CreatorRates::default_least_probability")]
    pub least_probability: f64,
    /// Ids of the inputs, in their order.
    pub inputs: Vec<String>,
    /// Of each input, the value that 95 % of untouched creators do not exceed in any source that was fitted; none where no source measures it.
    pub untouched_bounds: Vec<Option<f64>>,
    /// One a block, in the order of [`CreatorBlock::ALL`].
    pub blocks: Vec<AdditiveModel>,
    /// One a set of measured blocks.
    pub stacks: Vec<CreatorStack>,
}

/// What a model assumes, and what its thresholds keep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CreatorRates {
    /// Share of inflated creators that is assumed before anything is seen.
    pub prior: f64,
    /// Highest rate of `fail` among creators for whom nothing was ordered.
    pub false_fail_rate: f64,
    /// Highest rate of `pass` among creators for whom the part `strong` or more was ordered.
    pub false_pass_rate: f64,
    /// Part of followers, likes or comments from which an order is strong.
    pub strong: f64,
    /// Least probability that is claimed, and the distance from 1 of the highest: with some thousand creators behind a model, no more is known.
    pub least_probability: f64,
}

impl CreatorRates {
    fn default_strong() -> f64 {
        0.25
    }

    fn default_least_probability() -> f64 {
        0.002
    }

    fn claimed(&self, log_odds: f64) -> Probability {
        let most = (1.0 / self.least_probability - 1.0).ln();
        Probability::from_log_odds(log_odds.clamp(-most, most))
    }
}

/// What joins the blocks of one set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CreatorStack {
    /// Bit b: block b of [`CreatorBlock::ALL`] is measured.
    pub mask: u8,
    /// Added to the log-odds, calibration and the class balance of training included.
    pub intercept: f64,
    /// Weight of each block, 0 for those not measured.
    pub weights: Vec<f64>,
    /// Standard deviation of the log-odds between kinds of fraud and sources of data.
    pub shift_sd: f64,
    /// Log-odds in the middle of creators for whom nothing was ordered.
    pub untouched_median: f64,
    /// Probability from which the verdict is `fail`; none where the data in hand could not keep the rate.
    pub fail_from: Option<f64>,
    /// Probability below which the verdict may be `pass`; none where too many inflated creators lie as low as any.
    pub pass_below: Option<f64>,
    /// Share of strongly inflated creators that reach the threshold of `fail`; none where too few were known.
    pub found_share: Option<f64>,
}

/// What the model says of one creator.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorPrediction {
    /// Blocks that were measured.
    pub blocks: Vec<CreatorBlock>,
    /// Log-odds; the base and all contributions add up to it.
    pub log_odds: f64,
    /// Log-odds if nothing that is measured showed a sign.
    pub base: f64,
    /// What each measured input adds to that, 0 or more, in the order of the inputs.
    pub contributions: Vec<(&'static str, f64)>,
    /// Standard deviation of the log-odds between kinds of fraud and sources of data.
    pub shift_sd: f64,
    /// Log-odds in the middle of untouched creators of whom the same is measured.
    pub untouched_median: f64,
    /// Probability from which the verdict is `fail`.
    pub fail_from: Option<f64>,
    /// Probability below which it may be `pass`.
    pub pass_below: Option<f64>,
    /// What the model assumes, and what the two thresholds keep.
    pub rates: CreatorRates,
    /// Share of strongly inflated creators of whom the same is measured that reach `fail_from`: what could have been found.
    pub found_share: Option<f64>,
}

impl CreatorPrediction {
    /// Probability that audience or engagement was inflated, within what the model claims to know.
    pub fn p_fake(&self) -> Probability {
        self.rates.claimed(self.log_odds)
    }

    /// 90 % interval of that probability over kinds of fraud and sources of data.
    pub fn interval(&self) -> Option<Interval> {
        let at = |z: f64| self.rates.claimed(self.log_odds + z * self.shift_sd).get();
        Interval::new(at(-Z_90), at(Z_90))
    }

    /// What each measured block adds: the sum of its signals' contributions. These and the base add up to the log-odds.
    pub fn block_contributions(&self) -> Vec<(CreatorBlock, f64)> {
        let of = |block: &CreatorBlock| {
            let own = self.contributions.iter().filter(|(id, _)| CreatorBlock::of(id) == Some(*block));
            (*block, own.map(|(_, part)| part).sum())
        };
        self.blocks.iter().map(of).collect()
    }

    /// The same with the log-odds lowered, as where a whole platform scores higher than the creators the model knows.
    #[must_use]
    pub fn lowered(mut self, shift: f64) -> Self {
        self.log_odds -= shift;
        self.base -= shift;
        self
    }
}

impl CreatorModel {
    /// Version of the format that this build reads and writes.
    pub const FORMAT_VERSION: u32 = 1;
    /// What runs and reports call it.
    pub const NAME: &'static str = "creator";

    pub(super) fn new(artifact: CreatorArtifact) -> Result<Self> {
        Self::from_json(&JSON.write(&artifact)?)
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
    /// `UnsupportedVersion` for another format version; `Malformed` for anything that is no whole model of this build's inputs.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        let artifact: CreatorArtifact = JSON.read(bytes)?;
        artifact.check()?;
        Ok(Self { artifact, sha256: sha256(bytes) })
    }

    /// Its artifact's bytes; the same model gives the same bytes.
    ///
    /// # Errors
    /// `Malformed` if it cannot be written as JSON.
    pub fn to_json(&self) -> Result<Vec<u8>> {
        JSON.write(&self.artifact)
    }

    /// SHA-256 of its artifact, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Where it comes from.
    pub fn provenance(&self) -> &Provenance {
        &self.artifact.provenance
    }

    /// What it assumes, and what its thresholds keep.
    pub fn rates(&self) -> CreatorRates {
        let CreatorArtifact { prior, false_fail_rate, false_pass_rate, strong, least_probability, .. } = self.artifact;
        CreatorRates { prior, false_fail_rate, false_pass_rate, strong, least_probability }
    }

    /// The same model under another share of inflated creators assumed beforehand: all log-odds move by logit of the new share less logit of its own, and
    /// the thresholds with them, so that verdicts stay; but nobody fails who is no likelier inflated than not. Its sum stays that of its artifact.
    ///
    /// # Examples
    /// ```
    /// use bonafide::domain::Probability;
    /// use bonafide::model::{CREATOR_INPUTS, CreatorModel};
    /// let model = CreatorModel::embedded().unwrap();
    /// let mut values = [f64::NAN; CREATOR_INPUTS.len()];
    /// values[0] = 0.3;
    /// let rare = model.assuming(Probability::new(0.05).unwrap());
    /// let p = |model: &CreatorModel| model.predict(&values).unwrap().p_fake().get();
    /// assert!(p(&rare) < p(&model));
    /// ```
    #[must_use]
    pub fn assuming(&self, prior: Probability) -> Self {
        let own = Probability::new(self.artifact.prior).map_or(0.0, Probability::log_odds);
        let shift = prior.log_odds() - own;
        let moved = |p: f64| Probability::new(p).map_or(p, |p| Probability::from_log_odds(p.log_odds() + shift).get());
        let mut assuming = self.clone();
        assuming.artifact.prior = prior.get();
        for stack in &mut assuming.artifact.stacks {
            stack.intercept += shift;
            stack.untouched_median += shift;
            stack.fail_from = stack.fail_from.map(|from| moved(from).max(0.5));
            stack.pass_below = stack.pass_below.map(moved);
        }
        assuming
    }

    /// Of each input, the value that 95 % of untouched creators do not exceed in any source that was fitted.
    pub fn untouched_bounds(&self) -> &[Option<f64>] {
        &self.artifact.untouched_bounds
    }

    /// What it says of itself.
    pub fn description(&self) -> impl Serialize + '_ {
        #[derive(Serialize)]
        struct Description<'a> {
            sha256: &'a str,
            #[serde(flatten)]
            artifact: &'a CreatorArtifact,
        }
        Description { sha256: &self.sha256, artifact: &self.artifact }
    }

    /// What one creator's signals say.
    ///
    /// # Shape
    /// `values`: one an input of [`CREATOR_INPUTS`], NaN where missing.
    ///
    /// # Missing
    /// `None` where no block is measured.
    ///
    /// # Cost
    /// O(ramps).
    ///
    /// # Panics
    /// If there is not one value an input.
    pub fn predict(&self, values: &[f64]) -> Option<CreatorPrediction> {
        assert_eq!(values.len(), CREATOR_INPUTS.len(), "one value an input");
        let mask = measured_mask(values);
        let stack = self.artifact.stacks.iter().find(|stack| stack.mask == mask)?;
        let mut base = stack.intercept;
        let mut contributions = Vec::new();
        for (place, block) in CreatorBlock::ALL.into_iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0) {
            let (weight, model) = (stack.weights[place], &self.artifact.blocks[place]);
            base += weight * model.base();
            for (term, column) in block.columns().enumerate().filter(|(_, column)| !values[*column].is_nan()) {
                let (value, input) = (values[column], &CREATOR_INPUTS[column]);
                let none = weight * model.contribution(term, value.min(input.least()));
                base += none;
                contributions.push((input.id, weight * model.contribution(term, value) - none));
            }
        }
        let log_odds = base + contributions.iter().map(|(_, part)| part).sum::<f64>();
        let blocks = CreatorBlock::ALL.into_iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0);
        Some(CreatorPrediction {
            blocks: blocks.map(|(_, block)| block).collect(),
            log_odds,
            base,
            contributions,
            shift_sd: stack.shift_sd,
            untouched_median: stack.untouched_median,
            fail_from: stack.fail_from,
            pass_below: stack.pass_below,
            rates: self.rates(),
            found_share: stack.found_share,
        })
    }
}

impl CreatorModel {
    /// What one block adds to the log-odds if the values of its measured signals are changed.
    ///
    /// # Missing
    /// `None` where the model knows no creators of whom the same is measured.
    pub(super) fn block_part(
        &self,
        values: &[f64],
        block: CreatorBlock,
        change: impl Fn(&CreatorInput, f64) -> f64,
    ) -> Option<f64> {
        let mask = measured_mask(values);
        let stack = self.artifact.stacks.iter().find(|stack| stack.mask == mask)?;
        let place = CreatorBlock::ALL.iter().position(|known| *known == block)?;
        let model = &self.artifact.blocks[place];
        let parts = block.columns().enumerate().map(|(term, column)| match values[column] {
            value if value.is_nan() => 0.0,
            value => model.contribution(term, change(&CREATOR_INPUTS[column], value)),
        });
        Some(stack.weights[place] * parts.sum::<f64>())
    }
}

/// Which blocks have a measured signal.
pub(super) fn measured_mask(values: &[f64]) -> u8 {
    let is_measured = |block: CreatorBlock| values[block.columns()].iter().any(|value| !value.is_nan());
    CreatorBlock::ALL.into_iter().enumerate().filter(|(_, block)| is_measured(*block)).map(|(place, _)| 1 << place).sum()
}

impl CreatorArtifact {
    /// Refuses what is not whole, or made for other inputs.
    fn check(&self) -> Result<()> {
        let refuse = |what: &str| Err(JSON.malformed(what));
        if !self.inputs.iter().map(String::as_str).eq(CREATOR_INPUTS.iter().map(|input| input.id)) {
            return refuse("its inputs are not those of this build");
        }
        if self.untouched_bounds.len() != CREATOR_INPUTS.len()
            || !self.untouched_bounds.iter().flatten().all(|bound| bound.is_finite())
        {
            return refuse("one bound an input is needed");
        }
        if self.blocks.len() != CreatorBlock::ALL.len() {
            return refuse("one function a block is needed");
        }
        for (block, model) in CreatorBlock::ALL.into_iter().zip(&self.blocks) {
            let is_monotone = model.terms().iter().all(|term| term.weights.iter().all(|weight| *weight >= 0.0));
            if model.terms().len() != block.columns().len() || !model.is_whole() || !is_monotone {
                return refuse(&format!("the function of {} is not whole, or falls", block.word()));
            }
        }
        let is_share = |share: f64| share > 0.0 && share < 1.0;
        if ![self.prior, self.false_fail_rate, self.false_pass_rate, self.strong].into_iter().all(is_share) {
            return refuse("prior and rates lie between 0 and 1");
        }
        if !is_share(2.0 * self.least_probability) {
            return refuse("the least probability lies between 0 and one half");
        }
        if self.stacks.iter().all(CreatorStack::is_whole) { Ok(()) } else { refuse("a stacker is not whole") }
    }
}

impl CreatorStack {
    fn is_whole(&self) -> bool {
        let is_bound = |bound: Option<f64>| bound.is_none_or(|p| (0.0..=1.0).contains(&p));
        self.weights.len() == CreatorBlock::ALL.len()
            && self.weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0)
            && [self.intercept, self.shift_sd, self.untouched_median].iter().all(|value| value.is_finite())
            && self.shift_sd >= 0.0
            && is_bound(self.fail_from)
            && is_bound(self.pass_below)
            && is_bound(self.found_share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(given: &[(&str, f64)]) -> Vec<f64> {
        let value = |id: &str| given.iter().find(|(known, _)| *known == id).map_or(f64::NAN, |(_, value)| *value);
        CREATOR_INPUTS.iter().map(|input| value(input.id)).collect()
    }

    #[test]
    fn parts_add_up_and_missing_blocks_take_no_part() {
        let model = CreatorModel::embedded().unwrap();
        let said = model.predict(&values(&[("audience.fake_share", 0.3), ("audience.fake_share_low", 0.2)])).unwrap();
        assert_eq!(said.blocks, [CreatorBlock::Audience]);
        let sum: f64 = said.contributions.iter().map(|(_, part)| part).sum();
        assert!((said.base + sum - said.log_odds).abs() < 1e-12);
        assert!(said.interval().unwrap().contains(said.p_fake().get()));
        assert!(model.predict(&values(&[])).is_none());
    }

    #[test]
    fn another_prior_moves_log_odds_and_thresholds_alike() {
        let model = CreatorModel::embedded().unwrap();
        let held = values(&[("audience.fake_share", 0.2), ("audience.fake_share_low", 0.1), ("growth.ordered_odds", 1.0)]);
        let own = model.predict(&held).unwrap();
        // by hand: logit .5 − logit .2 = ln 4
        let even = model.assuming(Probability::new(0.5).unwrap()).predict(&held).unwrap();
        assert!((even.log_odds - own.log_odds - 4.0_f64.ln()).abs() < 1e-12);
        assert_eq!((even.contributions.clone(), even.shift_sd), (own.contributions.clone(), own.shift_sd));
        let odds = |p: Option<f64>| p.map(|p| p / (1.0 - p)).unwrap();
        assert!((odds(even.fail_from) - 4.0 * odds(own.fail_from)).abs() < 1e-9);
        assert!((odds(even.pass_below) - 4.0 * odds(own.pass_below)).abs() < 1e-9);
        let rare = model.assuming(Probability::new(0.01).unwrap()).predict(&held).unwrap();
        assert_eq!(rare.fail_from, Some(0.5));
        assert!((model.assuming(Probability::new(0.2).unwrap()).predict(&held).unwrap().log_odds - own.log_odds).abs() < 1e-12);
    }

    #[test]
    fn refuses_another_version_and_what_was_edited() {
        let text = String::from_utf8(CreatorModel::embedded().unwrap().to_json().unwrap()).unwrap();
        let error =
            |from: &str, to: &str| CreatorModel::from_json(text.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
        assert!(error("\"format_version\":1", "\"format_version\":2").contains('2'));
        assert!(error("audience.fake_share_low", "audience.label").contains("inputs"));
        assert!(error("\"prior\":0.2", "\"prior\":1.2").contains("between 0 and 1"));
        assert!(CreatorModel::from_json(&text.as_bytes()[..200]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn more_of_any_signal_never_lowers_the_probability(
            held in proptest::collection::vec(proptest::option::of(0.0..1.0_f64), CREATOR_INPUTS.len()),
            column in 0..CREATOR_INPUTS.len(),
            more in 0.0..3.0_f64,
        ) {
            let model = CreatorModel::embedded().unwrap();
            let mut values: Vec<f64> = held.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
            values[column] = 0.1;
            let before = model.predict(&values).unwrap().log_odds;
            values[column] += more;
            proptest::prop_assert!(model.predict(&values).unwrap().log_odds >= before - 1e-12);
        }
    }
}
