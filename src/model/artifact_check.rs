//! The ranges that an artifact's parameters must keep, so that a damaged or foreign file gives an error and no figures.

use super::artifact::Artifact;
use super::prevalence_calibration::{PrevalenceCalibration, ScoreTemplate};
use super::ramps::Ramps;
use crate::error::{Error, Result};
use crate::signals::account_signal_column;
use std::ops::RangeInclusive;

/// Size that no number of a model exceeds, in whatever unit.
const LARGEST: f64 = 1e6;
/// Standard deviation of the shift between datasets, in log-odds.
const SHIFT_SDS: RangeInclusive<f64> = 0.01..=20.0;
/// Accounts' worth of evidence of an audience.
const EFFECTIVE_SAMPLE_COUNTS: RangeInclusive<f64> = 1.0..=1e6;
/// Spacing of the grid of scores, in log-odds.
const STEPS: RangeInclusive<f64> = 0.01..=10.0;
/// Parameters of a share's prior.
const SHARE_PRIORS: RangeInclusive<f64> = f64::MIN_POSITIVE..=1e3;
/// Widening of an interval's ends.
const INTERVAL_MARGINS: RangeInclusive<f64> = 0.0..=1.0;
/// Probability from which an account is suspicious.
const SUSPICIOUS_THRESHOLDS: RangeInclusive<f64> = 0.5..=0.999;
/// How far the sum of a template may lie from 1.
const SUM_TOLERANCE: f64 = 1e-3;

/// # Errors
/// `Malformed`, with the name of the first signal that this build does not measure: a model that rests on it, or on a label, would take it for missing.
pub(super) fn check_signals(artifact: &Artifact) -> Result<()> {
    match artifact.scorer.signals().iter().find(|id| account_signal_column(id).is_none()) {
        Some(id) => Err(Error::malformed("an account model", format!("{id} is no signal of accounts that this build measures"))),
        None => Ok(()),
    }
}

/// # Errors
/// `Malformed`, with the name of the first parameter that is out of its range.
pub(super) fn check_ranges(artifact: &Artifact) -> Result<()> {
    within("suspicious_threshold", artifact.suspicious_threshold, &SUSPICIOUS_THRESHOLDS)?;
    let additive = artifact.scorer.additive();
    within("base", additive.base(), &(-LARGEST..=LARGEST))?;
    all_within("domain_intercepts", additive.domain_intercepts(), &(-LARGEST..=LARGEST))?;
    for (signal, term) in artifact.scorer.signals().iter().zip(additive.terms()) {
        all_within(&format!("knots of {signal}"), term.ramps.knots(), &(-LARGEST..=LARGEST))?;
        all_within(&format!("means of {signal}"), &term.means, &(-LARGEST..=LARGEST))?;
        all_within(&format!("weights of {signal}"), &term.weights, &allowed_weights(&term.ramps))?;
    }
    check_calibration(&artifact.prevalence)
}

fn check_calibration(calibration: &PrevalenceCalibration) -> Result<()> {
    within("start", calibration.start, &(-LARGEST..=LARGEST))?;
    within("step", calibration.step, &STEPS)?;
    within("shift_sd", calibration.shift_sd, &SHIFT_SDS)?;
    within("effective_sample_count", calibration.effective_sample_count, &EFFECTIVE_SAMPLE_COUNTS)?;
    all_within("share_prior", &calibration.share_prior, &SHARE_PRIORS)?;
    all_within("interval_margins", &calibration.interval_margins, &INTERVAL_MARGINS)?;
    calibration.templates.iter().try_for_each(check_template)
}

fn check_template(template: &ScoreTemplate) -> Result<()> {
    for (class, density) in [("fake", &template.fake), ("genuine", &template.genuine)] {
        let name = format!("template {} {class}", template.name);
        all_within(&name, density, &(0.0..=1.0))?;
        let sum: f64 = density.iter().sum();
        within(&format!("sum of {name}"), sum, &(1.0 - SUM_TOLERANCE..=1.0 + SUM_TOLERANCE))?;
    }
    Ok(())
}

/// The weights that a term's trend allows.
fn allowed_weights(ramps: &Ramps) -> RangeInclusive<f64> {
    let (low, high) = ramps.bounds();
    low.max(-LARGEST)..=high.min(LARGEST)
}

fn all_within(name: &str, values: &[f64], range: &RangeInclusive<f64>) -> Result<()> {
    values.iter().try_for_each(|&value| within(name, value, range))
}

/// A number that is none lies in no range.
fn within(name: &str, value: f64, range: &RangeInclusive<f64>) -> Result<()> {
    if range.contains(&value) {
        return Ok(());
    }
    let (low, high) = (range.start(), range.end());
    Err(Error::malformed("an account model", format!("{name} is {value}, not in {low:e} to {high:e}")))
}

#[cfg(test)]
mod tests {
    use crate::error::ErrorKind;
    use crate::model::AccountModel;
    use serde_json::{Value, json};

    const EMBEDDED: &str = include_str!("../../models/account/model.json");

    /// The embedded model with one number changed.
    fn with(pointer: &str, value: Value) -> crate::error::Result<AccountModel> {
        let mut model: Value = serde_json::from_str(EMBEDDED).unwrap();
        *model.pointer_mut(pointer).unwrap() = value;
        AccountModel::from_json(&serde_json::to_vec(&model).unwrap())
    }

    #[test]
    fn a_parameter_out_of_range_is_malformed_and_named() {
        for (pointer, value, name) in [
            ("/suspicious_threshold", json!(0.49), "suspicious_threshold"),
            ("/suspicious_threshold", json!(1.0), "suspicious_threshold"),
            ("/scorer/additive/base", json!(1e7), "base"),
            ("/scorer/additive/domain_intercepts/0", json!(-1e7), "domain_intercepts"),
            ("/scorer/additive/terms/0/weights/0", json!(0.5), "weights of audience.avatar"),
            ("/scorer/additive/terms/0/weights/0", json!(-1e300), "weights of audience.avatar"),
            ("/scorer/additive/terms/1/means/0", json!(1e9), "means of audience.followers"),
            ("/scorer/additive/terms/1/ramps/knots/7", json!(1e300), "knots of audience.followers"),
            ("/prevalence/start", json!(-1e9), "start"),
            ("/prevalence/step", json!(0.0), "step"),
            ("/prevalence/step", json!(-0.25), "step"),
            ("/prevalence/shift_sd", json!(0.0), "shift_sd"),
            ("/prevalence/shift_sd", json!(21.0), "shift_sd"),
            ("/prevalence/effective_sample_count", json!(0.5), "effective_sample_count"),
            ("/prevalence/effective_sample_count", json!(1e9), "effective_sample_count"),
            ("/prevalence/share_prior/0", json!(0.0), "share_prior"),
            ("/prevalence/share_prior/1", json!(1001.0), "share_prior"),
            ("/prevalence/interval_margins/0", json!(-0.1), "interval_margins"),
            ("/prevalence/interval_margins/1", json!(1.1), "interval_margins"),
            ("/prevalence/templates/0/fake/0", json!(-0.1), "template pooled fake"),
            ("/prevalence/templates/0/genuine/0", json!(0.5), "sum of template pooled genuine"),
        ] {
            let error = with(pointer, value.clone()).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Malformed { .. }), "{pointer} {value}: {error}");
            assert!(error.to_string().contains(&format!("{name} is ")), "{pointer} {value}: {error}");
        }
    }

    #[test]
    fn a_model_that_rests_on_a_label_is_refused() {
        let error = with("/scorer/signals/0", json!("audience.label")).unwrap_err();
        assert!(error.to_string().contains("audience.label is no signal of accounts"), "{error}");
    }

    #[test]
    fn parameters_at_the_ends_of_their_ranges_are_read() {
        for (pointer, value) in [
            ("/suspicious_threshold", json!(0.5)),
            ("/suspicious_threshold", json!(0.999)),
            ("/prevalence/shift_sd", json!(20.0)),
            ("/prevalence/effective_sample_count", json!(1.0)),
            ("/prevalence/interval_margins/0", json!(1.0)),
            ("/scorer/additive/terms/0/weights/0", json!(0.0)),
        ] {
            assert!(with(pointer, value.clone()).is_ok(), "{pointer} {value}");
        }
    }
}
