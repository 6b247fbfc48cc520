//! `bonafide evaluate engagement`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{parsed, reporting, tuning};
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{EngagementEvaluation, EngagementWorlds, evaluate_engagement, fit_engagement_causes};
use crate::error::{Locate, Result};
use crate::report::EvaluationDocument;
use crate::tables::StagedFile;
use crate::tables::reference::load_engagement_data;
use crate::timing::causes::{Cause, CauseLikelihoods};
use std::io::Write;
use std::path::Path;

/// What is stated before any case is seen.
const STATED: &str = include_str!("../../models/engagement/causes_stated.csv");

/// Measures bands and warnings of engagement on real series and in simulated arrivals; with `--fit`, fits the likelihoods of causes instead.
///
/// # Errors
/// The data are not there, a scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    if let Some(out) = args.fit.as_deref() {
        let settings = if args.quick { EngagementEvaluation::quick(seed) } else { EngagementEvaluation::published(seed) };
        return fit(out, &settings, console);
    }
    let file = evaluation_output::file(args)?;
    let data = load_engagement_data(data_folder(&args.labelled)?)?;
    let settings = if args.quick { EngagementEvaluation::quick(seed) } else { EngagementEvaluation::published(seed) };
    let tuning = if args.scenario.is_some() { Vec::new() } else { evaluation_output::scenarios(args, &tuning::EXTREMES)? };
    let worlds = EngagementWorlds { tuning, reporting: evaluation_output::scenarios(args, &reporting::EXTREMES)? };
    let document = EvaluationDocument::from(&evaluate_engagement(&data, &worlds, &settings)?);
    evaluation_output::to_file(&document, args, file, console)
}

/// Fits the likelihoods on the tuning scenarios and writes them.
fn fit(out: &Path, settings: &EngagementEvaluation, console: Console) -> Result<Outcome> {
    let mut file = StagedFile::replace(out)?;
    let tuning = parsed(&tuning::EXTREMES)?;
    let (fitted, cases) = fit_engagement_causes(&tuning, &CauseLikelihoods::parse(STATED)?, settings)?;
    let mut text = String::from(
        "# Fitted by `bonafide evaluate engagement --fit FILE` on the tuning scenarios, upon what causes_stated.csv states.\n# Cases:",
    );
    for cause in Cause::ALL {
        text.push_str(&format!(" {} {};", cause.word(), cases.iter().filter(|case| case.cause == cause).count()));
    }
    text = text.trim_end_matches(';').to_owned() + ". A cause without cases keeps what was stated.\n" + &fitted.to_text();
    file.write_all(text.as_bytes()).at_file(out)?;
    file.commit()?;
    console.print(&format!("{} cases, {}", cases.len(), out.display()))?;
    Ok(Outcome::Done)
}
