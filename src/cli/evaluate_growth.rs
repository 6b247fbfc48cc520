//! `bonafide evaluate growth`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{parsed, reporting, tuning};
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{GrowthEvaluation, evaluate_growth, fit_growth_causes};
use crate::error::{Locate, Result};
use crate::report::EvaluationDocument;
use crate::scoring::growth_likelihoods;
use crate::tables::StagedFile;
use crate::tables::reference::load_snapshots;
use crate::timing::causes::{Cause, CauseLikelihoods};
use std::io::Write;
use std::path::Path;

/// What is stated before any case is seen.
const STATED: &str = include_str!("../../models/causes/growth_stated.csv");

/// Measures growth and its explanations in the reporting scenarios; with `--fit`, with likelihoods that it first fits on the tuning scenarios.
///
/// # Errors
/// A scenario is not valid, the reference data are damaged, or a file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let settings = if args.quick { GrowthEvaluation::quick(seed) } else { GrowthEvaluation::published(seed) };
    let file = evaluation_output::file(args)?;
    let fitted = args.fit.as_deref().map(|out| fit(out, &settings, console)).transpose()?;
    let likelihoods = fitted.as_ref().unwrap_or_else(|| growth_likelihoods());
    let folder = args.labelled.data.as_deref().map(|data| data.join("hypeauditor_top1000"));
    let real = folder.filter(|folder| folder.exists()).map_or_else(|| Ok(Vec::new()), |folder| load_snapshots(&folder))?;
    let report = evaluate_growth(&evaluation_output::scenarios(args, &reporting::FOLLOWERS)?, &real, likelihoods, &settings)?;
    evaluation_output::to_file(&EvaluationDocument::from(&report), args, file, console)
}

/// Fits the likelihoods on the tuning scenarios and writes them.
fn fit(out: &Path, settings: &GrowthEvaluation, console: Console) -> Result<CauseLikelihoods> {
    let mut file = StagedFile::replace(out)?;
    console.note("fitting likelihoods of causes on the tuning scenarios …");
    let tuning = parsed(&tuning::FOLLOWERS)?;
    let (fitted, cases) = fit_growth_causes(&tuning, &CauseLikelihoods::parse(STATED)?, settings)?;
    let mut text = String::from(
        "# Fitted by `bonafide evaluate growth --fit FILE` on the tuning scenarios, upon what growth_stated.csv states.\n# Cases:",
    );
    for cause in Cause::ALL {
        text.push_str(&format!(" {} {};", cause.word(), cases.iter().filter(|case| case.cause == cause).count()));
    }
    text = text.trim_end_matches(';').to_owned() + ". A cause without cases keeps what was stated.\n" + &fitted.to_text();
    file.write_all(text.as_bytes()).at_file(out)?;
    file.commit()?;
    // As it will be read again: written with four decimals.
    CauseLikelihoods::parse(&text)
}
